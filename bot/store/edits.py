"""Rows of edits: forms of activities in the making, kept until they are sent or have long been left alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.core.editing import Edit
from bot.store.activity_tables import edits
from bot.store.database import Tx, insert


async def begin(
    tx: Tx,
    community: str,
    person: int,
    key: str,
    now: datetime,
    *,
    number: int | None = None,
    base: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
) -> Edit:
    """A new form, or the one that this tap has begun already."""
    content = {"base": dict(base or {}), "values": dict(values if values is not None else base or {})}
    row = {"person": person, "activity": number, "key": key, "state": "open", "content": content, "changed_at": now}
    await tx.execute(
        insert(edits, tx)
        .values(community=community, **row)
        .on_conflict_do_nothing(index_elements=["community", "person", "key"])
    )
    found = await tx.execute(
        select(edits).where(edits.c.community == community, edits.c.person == person, edits.c.key == key)
    )
    return _edit(found.one())


async def one(tx: Tx, community: str, number: int) -> Edit | None:
    row = (await tx.execute(select(edits).where(edits.c.community == community, edits.c.id == number))).first()
    return None if row is None else _edit(row)


async def of_person(tx: Tx, community: str, person: int) -> tuple[Edit, ...]:
    """Forms that a person has not finished, the one touched last first."""
    rows = await tx.execute(
        select(edits)
        .where(edits.c.community == community, edits.c.person == person, edits.c.state != "done")
        .order_by(edits.c.changed_at.desc(), edits.c.id.desc())
    )
    return tuple(map(_edit, rows))


async def proposed(tx: Tx, community: str) -> tuple[Edit, ...]:
    """What waits for a coordinator's yes, oldest first."""
    rows = await tx.execute(
        select(edits).where(edits.c.community == community, edits.c.state == "proposed").order_by(edits.c.changed_at)
    )
    return tuple(map(_edit, rows))


async def save(tx: Tx, community: str, edit: Edit, now: datetime) -> None:
    """Keeps the form as it is now."""
    content = {"base": dict(edit.base), "values": dict(edit.values), "agreed": edit.agreed}
    await tx.execute(
        update(edits)
        .where(edits.c.community == community, edits.c.id == edit.id)
        .values(state=edit.state, activity=edit.number, content=content, note=edit.note or None, changed_at=now)
    )


async def remove(tx: Tx, community: str, number: int) -> None:
    await tx.execute(delete(edits).where(edits.c.community == community, edits.c.id == number))


async def forget_before(tx: Tx, community: str, touched: datetime) -> int:
    """Deletes forms that were last touched before; gives how many."""
    done = await tx.execute(delete(edits).where(edits.c.community == community, edits.c.changed_at < touched))
    return done.rowcount


def _edit(row: Any) -> Edit:
    content = row.content
    return Edit(
        row.id,
        row.person,
        row.activity,
        row.state,
        content["values"],
        content["base"],
        row.note or "",
        content.get("agreed", False),
        row.changed_at,
    )
