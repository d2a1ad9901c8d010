"""Rows of the first steps, and of the persons who are told them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.core.first_steps import Beginning, FirstStep
from bot.core.model import ActivityText
from bot.store.database import Tx, insert
from bot.store.first_step_tables import beginnings, first_steps


async def save_steps(tx: Tx, community: str, wanted: Sequence[FirstStep]) -> None:
    """Replaces the community's first steps."""
    await tx.execute(delete(first_steps).where(first_steps.c.community == community))
    rows = [
        {"community": community, "id": step.id, "position": position, "record": _record(step)}
        for position, step in enumerate(wanted)
    ]
    if rows:
        await tx.execute(first_steps.insert(), rows)


async def load_steps(tx: Tx, community: str) -> tuple[FirstStep, ...]:
    """The community's first steps in the order of its pack."""
    rows = await tx.execute(
        select(first_steps).where(first_steps.c.community == community).order_by(first_steps.c.position)
    )
    return tuple(_step(row.id, row.record) for row in rows)


async def beginning_of(tx: Tx, community: str, person: int) -> Beginning | None:
    """Where the person stands; None for who has not said when they came."""
    row = (await tx.execute(_of(community, person))).first()
    return None if row is None else _beginning(row)


async def save_beginning(tx: Tx, community: str, beginning: Beginning, planned: str, now: datetime) -> None:
    """Keeps where the person stands; `planned` says by which steps their notices were made."""
    row = {"content": _content(beginning), "planned": planned, "changed_on": now.date()}
    await tx.execute(
        insert(beginnings, tx)
        .values(community=community, person=beginning.person, made_at=now, **row)
        .on_conflict_do_update(index_elements=["community", "person"], set_=row)
    )


async def planned_otherwise(tx: Tx, community: str, planned: str, most: int) -> tuple[Beginning, ...]:
    """Those whose notices were made by other steps than these, at most so many."""
    rows = await tx.execute(
        select(beginnings)
        .where(beginnings.c.community == community, beginnings.c.planned != planned)
        .order_by(beginnings.c.person)
        .limit(most)
    )
    return tuple(map(_beginning, rows))


async def set_planned(tx: Tx, community: str, persons: Sequence[int], planned: str) -> None:
    await tx.execute(
        update(beginnings)
        .where(beginnings.c.community == community, beginnings.c.person.in_(list(persons)))
        .values(planned=planned)
    )


async def forget(tx: Tx, community: str, person: int) -> None:
    await tx.execute(delete(beginnings).where(beginnings.c.community == community, beginnings.c.person == person))


async def forget_before(tx: Tx, community: str, changed: date) -> int:
    """Deletes what nobody has touched since; gives how many."""
    done = await tx.execute(
        delete(beginnings).where(beginnings.c.community == community, beginnings.c.changed_on < changed)
    )
    return done.rowcount


def _of(community: str, person: int) -> Any:
    return select(beginnings).where(beginnings.c.community == community, beginnings.c.person == person)


def _beginning(row: Any) -> Beginning:
    came = row.content.get("came")
    return Beginning(row.person, date.fromisoformat(came) if came else None, frozenset(row.content.get("done", ())))


def _content(beginning: Beginning) -> dict[str, Any]:
    return {
        "came": beginning.came.isoformat() if beginning.came else None,
        "done": sorted(beginning.done),
    }


def _record(step: FirstStep) -> dict[str, Any]:
    return {
        "phase": step.phase,
        "source": step.source,
        "from_week": step.from_week,
        "until_week": step.until_week,
        "topics": list(step.topics),
        "texts": {language: [said.title, said.about, said.state] for language, said in step.texts.items()},
    }


def _step(name: str, record: Mapping[str, Any]) -> FirstStep:
    return FirstStep(
        id=name,
        phase=record["phase"],
        texts={language: ActivityText(*said) for language, said in record["texts"].items()},
        source=record["source"],
        from_week=record["from_week"],
        until_week=record["until_week"],
        topics=tuple(record["topics"]),
    )
