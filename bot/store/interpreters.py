"""Rows of who interprets: their languages and time, whether they are approved, and when they were asked last."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.core.interpreting.model import Interpreter, InterpreterState
from bot.core.network.safeguarding import may_meet_children
from bot.store.database import Tx, insert
from bot.store.interpreting_tables import interpreters
from bot.store.network import Point, list_volunteers


async def keep(tx: Tx, community: str, person: int, details: dict[str, Any], now: datetime) -> None:
    """Says that they interpret, or says it anew: who was approved stays so, who was declined is looked at again."""
    row = {"details": details, "changed_at": now}
    await tx.execute(
        insert(interpreters, tx)
        .values(community=community, person=person, state="new", made_at=now, **row)
        .on_conflict_do_update(index_elements=["community", "person"], set_=row)
    )
    declined = interpreters.c.state == "declined"
    await tx.execute(update(interpreters).where(*_of(community, person), declined).values(state="new"))


async def list_all(
    tx: Tx, community: str, point: Point, today: date, *, person: int | None = None
) -> tuple[Interpreter, ...]:
    """Interpreters, the oldest first, with whether Let's Network knows of a børneattest that holds on this day."""
    query = select(interpreters).where(interpreters.c.community == community)
    if person is not None:
        query = query.where(interpreters.c.person == person)
    rows = (await tx.execute(query.order_by(interpreters.c.made_at, interpreters.c.person))).all()
    known = await list_volunteers(tx, community, point, persons=[row.person for row in rows]) if rows else ()
    attested = {each.person for each in known if may_meet_children(each.safeguard, today)}
    return tuple(_interpreter(row, point, row.person in attested) for row in rows)


async def one(tx: Tx, community: str, person: int, point: Point, today: date) -> Interpreter | None:
    found = await list_all(tx, community, point, today, person=person)
    return found[0] if found else None


async def set_values(tx: Tx, community: str, person: int, now: datetime, **values: Any) -> None:
    """`state`, `rests` or `asked_at` of an interpreter."""
    await tx.execute(update(interpreters).where(*_of(community, person)).values(changed_at=now, **values))


async def remove(tx: Tx, community: str, person: int) -> None:
    await tx.execute(delete(interpreters).where(*_of(community, person)))


def _of(community: str, person: int) -> tuple[Any, Any]:
    return interpreters.c.community == community, interpreters.c.person == person


def _interpreter(row: Any, point: Point, children: bool) -> Interpreter:
    found = row.details
    state: InterpreterState = row.state
    return Interpreter(
        row.person,
        tuple(found["languages"]),
        found["free"],
        found["km"],
        found["mode"],
        found["place"],
        point(found["place"]),
        row.made_at,
        state,
        row.rests,
        row.asked_at,
        children,
    )


async def forget_before(tx: Tx, community: str, declined: datetime) -> int:
    """Deletes who was declined since before; gives how many rows went."""
    gone = await tx.execute(
        delete(interpreters).where(
            interpreters.c.community == community,
            interpreters.c.state == "declined",
            interpreters.c.changed_at < declined,
        )
    )
    return gone.rowcount
