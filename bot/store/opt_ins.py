"""Rows of opt-ins: what is off until somebody says yes to it apart, asked once and taken back at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, delete, select, update

from bot.store.database import Tx, insert
from bot.store.number_tables import opt_ins
from bot.store.tables import people

What = Literal["news", "statistics"]
Answer = Literal["asked", "yes", "no"]


@dataclass(frozen=True, slots=True)
class OptIn:
    """A person's answer to one thing. `version` names the text they read; `due` is when it does something next."""

    person: int
    answer: Answer
    version: str
    content: Mapping[str, Any]
    due: datetime | None


async def one(tx: Tx, community: str, person: int, what: What) -> OptIn | None:
    """None for somebody who was never asked."""
    row = (await tx.execute(_OF_ALL.where(*_of(community, person, what)))).first()
    return None if row is None else OptIn(*row)


async def ask(tx: Tx, community: str, person: int, what: What, version: str, now: datetime) -> bool:
    """Keeps that they are asked; False where they were before, or have said something by themselves."""
    row = {"answer": "asked", "version": version, "content": {}, "answered_at": now}
    done = await tx.execute(
        insert(opt_ins, tx)
        .values(community=community, person=person, what=what, **row)
        .on_conflict_do_nothing(index_elements=["community", "person", "what"])
        .returning(opt_ins.c.person)
    )
    return done.first() is not None


async def answer(
    tx: Tx,
    community: str,
    person: int,
    what: What,
    said: Answer,
    now: datetime,
    *,
    version: str,
    content: Mapping[str, Any] | None = None,
    due: datetime | None = None,
) -> None:
    """Keeps the newest answer."""
    row = {"answer": said, "version": version, "content": dict(content or {}), "answered_at": now, "due": due}
    await tx.execute(
        insert(opt_ins, tx)
        .values(community=community, person=person, what=what, **row)
        .on_conflict_do_update(index_elements=["community", "person", "what"], set_=row)
    )


def soonest(community: str, what: What) -> Select[datetime]:
    """When it next does something for somebody."""
    of = select(opt_ins.c.due).where(opt_ins.c.community == community, opt_ins.c.what == what)
    return of.where(opt_ins.c.due.is_not(None)).order_by(opt_ins.c.due).limit(1)


async def due(tx: Tx, community: str, what: What, now: datetime, most: int) -> tuple[OptIn, ...]:
    """Those who said yes and whose next time has come, at most so many."""
    rows = await tx.execute(
        _OF_ALL.where(opt_ins.c.community == community, opt_ins.c.what == what, opt_ins.c.due <= now)
        .order_by(opt_ins.c.due, opt_ins.c.person)
        .limit(most)
    )
    return tuple(OptIn(*row) for row in rows)


async def set_due(tx: Tx, community: str, persons: Sequence[int], what: What, at: datetime) -> None:
    await tx.execute(
        update(opt_ins)
        .where(opt_ins.c.community == community, opt_ins.c.what == what, opt_ins.c.person.in_(list(persons)))
        .values(due=at)
    )


async def who_said_yes(tx: Tx, community: str, what: What) -> frozenset[int]:
    rows = await tx.execute(
        select(opt_ins.c.person)
        .join(people, people.c.id == opt_ins.c.person)
        .where(opt_ins.c.community == community, opt_ins.c.what == what, opt_ins.c.answer == "yes")
    )
    return frozenset(rows.scalars())


async def forget(tx: Tx, community: str, person: int, what: What) -> None:
    await tx.execute(delete(opt_ins).where(*_of(community, person, what)))


_OF_ALL = select(opt_ins.c.person, opt_ins.c.answer, opt_ins.c.version, opt_ins.c.content, opt_ins.c.due)


def _of(community: str, person: int, what: What) -> tuple[Any, ...]:
    return opt_ins.c.community == community, opt_ins.c.person == person, opt_ins.c.what == what
