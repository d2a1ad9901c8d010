"""Rows of the practical lists: what the two of a match made of each thing. A suggested thing has none until then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from bot.core.network.model import Match
from bot.core.network.practical import Kept, Side
from bot.store.database import Tx, insert
from bot.store.network_tables import matches
from bot.store.practical_tables import practical_things

OWN = "="
"""Begins the id of a thing that one of the two added: no id of the data does."""


async def of_match(tx: Tx, match: Match, community: str) -> tuple[Kept, ...]:
    """What the two have made of their list."""
    rows = await tx.execute(select(practical_things).where(*_of(community, match.id)).order_by(practical_things.c.id))
    return tuple(_kept(row, match) for row in rows)


async def add_own(
    tx: Tx, community: str, match: int, person: int, key: str, words: str, language: str, now: datetime
) -> None:
    """A thing in somebody's own words; the same message twice is one thing."""
    row = {"person": person, "words": words, "language": language, "made_at": now}
    await tx.execute(
        insert(practical_things, tx)
        .values(community=community, match=match, thing=f"{OWN}{person}/{key}", **row)
        .on_conflict_do_nothing(index_elements=["community", "match", "thing"])
    )


async def set_thing(tx: Tx, community: str, match: int, thing: str, now: datetime, **values: Any) -> None:
    """`done_by` and `done_at`, or `off`, of a thing."""
    if thing.startswith(OWN):
        await tx.execute(update(practical_things).where(*_one(community, match, thing)).values(**values))
        return
    await tx.execute(
        insert(practical_things, tx)
        .values(community=community, match=match, thing=thing, made_at=now, **values)
        .on_conflict_do_update(index_elements=["community", "match", "thing"], set_=values)
    )


async def remove_own(tx: Tx, community: str, match: int, thing: str) -> None:
    """Somebody's own words are gone when their thing is taken off."""
    await tx.execute(delete(practical_things).where(*_one(community, match, thing)))


async def forget(tx: Tx, community: str, match: int) -> None:
    """The match has ended: nothing of its list is kept."""
    await tx.execute(delete(practical_things).where(*_of(community, match)))


async def of_person(tx: Tx, community: str, person: int) -> list[dict[str, Any]]:
    """The person's lists, for /mydata. What the other wrote is theirs, not told."""
    rows = await tx.execute(
        select(practical_things)
        .join(matches, matches.c.id == practical_things.c.match)
        .where(
            practical_things.c.community == community, or_(matches.c.newcomer == person, matches.c.volunteer == person)
        )
        .order_by(practical_things.c.id)
    )
    return [
        {
            "thing": "" if row.person else row.thing,
            "words": row.words if row.person == person else None,
            "off": row.off,
            "done_by": row.done_by,
            "done_at": row.done_at,
            "made_at": row.made_at,
        }
        for row in rows
        if row.person in (None, person)
    ]


def _of(community: str, match: int) -> tuple[ColumnElement[bool], ...]:
    return practical_things.c.community == community, practical_things.c.match == match


def _one(community: str, match: int, thing: str) -> tuple[ColumnElement[bool], ...]:
    number = thing.removeprefix(OWN)
    return *_of(community, match), practical_things.c.id == (int(number) if number.isdecimal() else 0)


def _kept(row: Any, match: Match) -> Kept:
    by: Side | None = None if row.person is None else match.side(row.person)
    return Kept(
        thing=f"{OWN}{row.id}" if by else row.thing,
        made=row.made_at,
        by=by,
        words=row.words or "",
        language=row.language or "",
        off=row.off,
        done_by=row.done_by,
        done=row.done_at,
    )
