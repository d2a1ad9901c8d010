"""Rows of reports: the figures of a period as they may be shown, made once and never again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.core.hiding import Share, Shown
from bot.core.numbers import Counted, Figures
from bot.store.database import Tx, insert
from bot.store.number_tables import reports


async def keep(
    tx: Tx, community: str, period: str, shown: Figures, now: datetime, counted: Counted | None = None
) -> None:
    """Keeps a period's figures; made a second time, the first stay. `counted` is what its year is made of later."""
    await tx.execute(
        insert(reports, tx)
        .values(
            community=community,
            period=period,
            made_at=now,
            figures=asdict(shown),
            counted=None if counted is None else asdict(counted),
        )
        .on_conflict_do_nothing(index_elements=["community", "period"])
    )


async def periods(tx: Tx, community: str) -> tuple[str, ...]:
    """The periods that have figures, the newest first; a year before its quarters."""
    rows = await tx.execute(select(reports.c.period).where(reports.c.community == community))
    return tuple(sorted(rows.scalars(), key=lambda each: (-int(each[:4]), len(each), [-ord(at) for at in each])))


async def figures(tx: Tx, community: str, period: str) -> Figures | None:
    record = await tx.scalar(
        select(reports.c.figures).where(reports.c.community == community, reports.c.period == period)
    )
    return None if record is None else _figures(record)


async def counted(tx: Tx, community: str, period: str) -> Counted | None:
    """What a quarter was made of, until its year is made."""
    record = await tx.scalar(
        select(reports.c.counted).where(reports.c.community == community, reports.c.period == period)
    )
    return None if record is None else _counted(record)


async def forget_counted(tx: Tx, community: str, year: str) -> None:
    """The year is made: what its quarters hid is gone."""
    await tx.execute(
        update(reports)
        .where(reports.c.community == community, reports.c.period.startswith(year, autoescape=True))
        .values(counted=None)
    )


async def forget_before(tx: Tx, community: str, made: datetime) -> int:
    """Deletes figures made before; gives how many."""
    done = await tx.execute(delete(reports).where(reports.c.community == community, reports.c.made_at < made))
    return done.rowcount


def _figures(record: Mapping[str, Any]) -> Figures:
    return Figures(
        {
            name: Shown(tuple((row[0], row[1]) for row in each["rows"]), each["rest"], each["at_least"])
            for name, each in record["lists"].items()
        },
        record["capacity"],
        record["medians"],
        {name: {row: Share(**share) for row, share in by.items()} for name, by in record["shares"].items()},
    )


def _counted(record: Mapping[str, Any]) -> Counted:
    pairs = {name: {row: (pair[0], pair[1]) for row, pair in by.items()} for name, by in record["shares"].items()}
    return Counted(record["lists"], record["capacity"], record["days"], pairs)
