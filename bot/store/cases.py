"""Rows of cases: somebody asked for a person, who has it, since when it waits, and what both sides wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, delete, func, select, update

from bot.store.case_tables import case_messages, cases
from bot.store.database import Tx, insert

Why = Literal["asked", "lost", "voice", "media", "danger", "again", "joins"]
"""Why a case was opened: a wish, two texts not understood, a voice note, a picture, danger, it did not help, an
association wants to take part."""

Side = Literal["person", "team", "note", "clock"]
"""Who wrote: the person, a coordinator to them, a coordinator to colleagues, or nobody: a reminder."""


@dataclass(frozen=True, slots=True)
class Case:
    """One person's wish to speak with a person. `taken_by` is the coordinator who answers.

    `waits_since`: since when the person waits for an answer; None after one. `promised`: before when they were told
    they get it. `remind_at`: when the coordinators are reminded next. `organisation`: whom it is for, where it is for
    one; such a case is a conversation of its own, beside the one with the coordinators.
    """

    id: int
    person: int
    question: str
    opened_at: datetime
    taken_by: int | None
    closed_at: datetime | None
    why: Why = "asked"
    urgent: bool = False
    waits_since: datetime | None = None
    promised: datetime | None = None
    remind_at: datetime | None = None
    reminded: int = 0
    helped: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class NewWords:
    """What one side wrote: `source` is its message in the writer's chat, `kind` text or a kind of media."""

    side: Side
    key: str
    text: str
    kind: str = "text"
    source: int | None = None
    by: int | None = None
    in_group: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Words(NewWords):
    """The same as it is kept, with its number, its case, and when it was written."""

    id: int = 0
    case: int = 0
    at: datetime | None = None


async def open_case(
    tx: Tx,
    community: str,
    person: int,
    question: str,
    key: str,
    now: datetime,
    why: Why = "asked",
    organisation: str = "",
) -> tuple[Case, bool]:
    """The person's open case with this organisation, or with the coordinators, and whether it is new. A wish that comes
    twice finds the case it opened; `key` (the bubble) may ask again when that one was closed.
    """
    case = await open_of(tx, community, person, organisation)
    if case is not None:
        return case, False
    before = await of_person(tx, community, person)
    row = {"question": question, "opened_at": now, "key": f"{key}/{len(before)}", "why": why}
    row["organisation"] = organisation
    number = await tx.scalar(cases.insert().values(community=community, person=person, **row).returning(cases.c.id))
    assert number is not None
    return Case(number, person, question, now, None, None, why, organisation=organisation), True


async def open_of(tx: Tx, community: str, person: int, organisation: str = "") -> Case | None:
    """The case of this person that is open: with the coordinators, or with an organisation."""
    found = await all_open_of(tx, community, person)
    return next((each for each in found if each.organisation == organisation), None)


async def all_open_of(tx: Tx, community: str, person: int) -> tuple[Case, ...]:
    """Every open case of this person, the one with the coordinators and those with organisations."""
    mine = (cases.c.community == community, cases.c.person == person, cases.c.closed_at.is_(None))
    return tuple(map(_case, await tx.execute(select(cases).where(*mine).order_by(cases.c.id))))


async def of_person(tx: Tx, community: str, person: int) -> tuple[int, ...]:
    """Every case of this person, open or closed."""
    rows = await tx.execute(select(cases.c.id).where(cases.c.community == community, cases.c.person == person))
    return tuple(row.id for row in rows)


async def one(tx: Tx, community: str, case: int, *, held: bool = False) -> Case | None:
    """One case; `held`: nobody else changes it before this transaction ends (SQLite has one writer anyway)."""
    query = select(cases).where(cases.c.community == community, cases.c.id == case)
    row = (await tx.execute(query.with_for_update() if held else query)).first()
    return None if row is None else _case(row)


async def by_ids(tx: Tx, community: str, ids: Sequence[int]) -> dict[int, Case]:
    rows = await tx.execute(select(cases).where(cases.c.community == community, cases.c.id.in_(ids)))
    return {row.id: _case(row) for row in rows}


async def all_open(tx: Tx, community: str) -> tuple[Case, ...]:
    """Every open case: emergencies first, then who has waited longest, then those that were answered."""
    rows = await tx.execute(select(cases).where(cases.c.community == community, cases.c.closed_at.is_(None)))
    found = map(_case, rows)
    return tuple(sorted(found, key=lambda each: (not each.urgent, each.waits_since is None, each.waits_since, each.id)))


async def last_of(tx: Tx, community: str, person: int) -> Case | None:
    """The person's open case with the coordinators, or the newest that was closed."""
    rows = await tx.execute(
        select(cases)
        .where(cases.c.community == community, cases.c.person == person, cases.c.organisation == "")
        .order_by(cases.c.closed_at.is_not(None), cases.c.id.desc())
        .limit(1)
    )
    row = rows.first()
    return None if row is None else _case(row)


async def take(tx: Tx, community: str, case: int, coordinator: int, *, over: bool = False) -> None:
    """The first who takes it has it; `over`: also where somebody else has it already."""
    query = update(cases).where(cases.c.community == community, cases.c.id == case)
    await tx.execute((query if over else query.where(cases.c.taken_by.is_(None))).values(taken_by=coordinator))


async def wait(tx: Tx, community: str, case: Case) -> None:
    """Writes since when the case waits, what was promised, and when to remind."""
    await tx.execute(
        update(cases)
        .where(cases.c.community == community, cases.c.id == case.id)
        .values(
            urgent=case.urgent,
            waits_since=case.waits_since,
            promised=case.promised,
            remind_at=case.remind_at,
            reminded=case.reminded,
        )
    )


async def close(tx: Tx, community: str, case: int, now: datetime) -> None:
    await tx.execute(
        update(cases)
        .where(cases.c.community == community, cases.c.id == case, cases.c.closed_at.is_(None))
        .values(closed_at=now, waits_since=None, remind_at=None)
    )


async def reopen(tx: Tx, community: str, case: int) -> None:
    await tx.execute(
        update(cases).where(cases.c.community == community, cases.c.id == case).values(closed_at=None, helped=None)
    )


async def set_helped(tx: Tx, community: str, case: int, person: int, answer: str) -> None:
    """What the person said of it, in one tap."""
    await tx.execute(
        update(cases)
        .where(cases.c.community == community, cases.c.id == case, cases.c.person == person)
        .values(helped=answer)
    )


async def release(tx: Tx, community: str, coordinator: int) -> tuple[Case, ...]:
    """The open cases of a coordinator who goes are nobody's again; gives them."""
    mine = (cases.c.community == community, cases.c.taken_by == coordinator, cases.c.closed_at.is_(None))
    found = tuple(map(_case, await tx.execute(select(cases).where(*mine))))
    await tx.execute(update(cases).where(*mine).values(taken_by=None))
    return tuple(replace(each, taken_by=None) for each in found)


async def due(tx: Tx, community: str, now: datetime) -> tuple[Case, ...]:
    """The cases of which the coordinators are to be reminded now."""
    rows = await tx.execute(
        select(cases).where(cases.c.community == community, cases.c.closed_at.is_(None), cases.c.remind_at <= now)
    )
    return tuple(map(_case, rows))


def soonest(community: str) -> Select[datetime]:
    """When the next case is to be called to mind."""
    return select(func.min(cases.c.remind_at)).where(cases.c.community == community, cases.c.closed_at.is_(None))


async def write(tx: Tx, community: str, case: Case, words: NewWords, now: datetime) -> tuple[int, bool]:
    """Keeps what was written, once by its key; gives its number, and whether it is new."""
    row = {
        "person": case.person,
        "side": words.side,
        "by": words.by,
        "source": words.source,
        "in_group": words.in_group,
        "posted": words.source if words.in_group else None,
        "kind": words.kind,
        "text": words.text,
        "edited": words.edited,
        "at": now,
    }
    number = await tx.scalar(
        insert(case_messages, tx)
        .values(community=community, case=case.id, key=words.key, **row)
        .on_conflict_do_nothing(index_elements=["community", "case", "key"])
        .returning(case_messages.c.id)
    )
    if number is not None:
        return int(number), True
    mine = (case_messages.c.community == community, case_messages.c.case == case.id, case_messages.c.key == words.key)
    return int(await tx.scalar(select(case_messages.c.id).where(*mine)) or 0), False


async def words(tx: Tx, community: str, number: int) -> Words | None:
    """One thing that was written."""
    rows = await tx.execute(
        select(case_messages).where(case_messages.c.community == community, case_messages.c.id == number)
    )
    row = rows.first()
    return None if row is None else as_words(row)


async def conversation(tx: Tx, community: str, case: int) -> tuple[Words, ...]:
    """Everything that was written in a case, oldest first."""
    rows = await tx.execute(
        select(case_messages)
        .where(case_messages.c.community == community, case_messages.c.case == case)
        .order_by(case_messages.c.id)
    )
    return tuple(map(as_words, rows))


async def by_source(tx: Tx, community: str, coordinator: int, message: int) -> int | None:
    """The case that a coordinator's own message in their chat was an answer in."""
    found: int | None = await tx.scalar(
        select(case_messages.c.case).where(
            case_messages.c.community == community,
            case_messages.c.by == coordinator,
            case_messages.c.in_group.is_(False),
            case_messages.c.source == message,
        )
    )
    return found


async def forget_before(tx: Tx, community: str, ended: datetime) -> int:
    """Deletes cases that ended before; gives how many."""
    done = await tx.execute(delete(cases).where(cases.c.community == community, cases.c.closed_at < ended))
    return done.rowcount


def _case(row: Any) -> Case:
    return Case(
        row.id,
        row.person,
        row.question,
        row.opened_at,
        row.taken_by,
        row.closed_at,
        row.why,
        bool(row.urgent),
        row.waits_since,
        row.promised,
        row.remind_at,
        row.reminded,
        row.helped or "",
        row.organisation,
    )


def as_words(row: Any) -> Words:
    """A row of what was written."""
    return Words(
        row.side,
        row.key,
        row.text,
        row.kind,
        row.source,
        row.by,
        bool(row.in_group),
        bool(row.edited),
        id=row.id,
        case=row.case,
        at=row.at,
    )
