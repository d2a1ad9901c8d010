"""Rows of the network's meetings, and of who comes to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select, update

from bot.core.meetings.model import Meeting, Reply
from bot.store.database import Tx, insert
from bot.store.meeting_tables import meeting_replies, meetings


@dataclass(frozen=True, slots=True)
class Replied:
    """A person's answer to a meeting."""

    person: int
    reply: Reply
    at: datetime


async def add(tx: Tx, community: str, meeting: Meeting, wakes: datetime | None, key: str | None = None) -> int | None:
    """Plans a meeting; None where one of this day of the rule, or of this key, is there already."""
    row = {**_row(meeting), "kind": meeting.kind, "rule_day": meeting.rule_day, "wakes": wakes, "key": key}
    query = insert(meetings, tx).values(community=community, **row)
    by = ["community", "rule_day"] if key is None else ["community", "key"]
    found: int | None = await tx.scalar(query.on_conflict_do_nothing(index_elements=by).returning(meetings.c.id))
    return found


async def save(tx: Tx, community: str, meeting: Meeting, wakes: datetime | None) -> None:
    """Keeps a meeting as it is now, and when it needs something next."""
    await tx.execute(
        update(meetings)
        .where(meetings.c.community == community, meetings.c.id == meeting.id)
        .values(**_row(meeting), wakes=wakes)
    )


async def one(tx: Tx, community: str, number: int) -> Meeting | None:
    """The meeting, to read."""
    row = (await tx.execute(select(meetings).where(meetings.c.community == community, meetings.c.id == number))).first()
    return None if row is None else _meeting(row)


async def held(tx: Tx, community: str, number: int) -> Meeting | None:
    """The meeting, kept from other writers until the transaction ends."""
    query = select(meetings).where(meetings.c.community == community, meetings.c.id == number)
    row = (await tx.execute(query.with_for_update())).first()
    return None if row is None else _meeting(row)


async def by_key(tx: Tx, community: str, key: str) -> int | None:
    """The number of the extra meeting that was planned with this key."""
    query = select(meetings.c.id).where(meetings.c.community == community, meetings.c.key == key)
    found: int | None = await tx.scalar(query)
    return found


async def since(tx: Tx, community: str, start: datetime, *, dropped: bool = False) -> tuple[Meeting, ...]:
    """Every meeting that ends after `start`, soonest first."""
    query = select(meetings).where(meetings.c.community == community, meetings.c.end > start)
    if not dropped:
        query = query.where(meetings.c.state != "dropped")
    return tuple(_meeting(row) for row in await tx.execute(query.order_by(meetings.c.start, meetings.c.id)))


async def due(tx: Tx, community: str, now: datetime) -> tuple[int, ...]:
    """The numbers of the meetings that need something at `now`, in the order in which they began to."""
    query = select(meetings.c.id).where(meetings.c.community == community, meetings.c.wakes <= now)
    return tuple((await tx.execute(query.order_by(meetings.c.wakes, meetings.c.id))).scalars())


def soonest(community: str) -> Select[datetime]:
    """When the next meeting needs something."""
    of = select(meetings.c.wakes).where(meetings.c.community == community, meetings.c.wakes.is_not(None))
    return of.order_by(meetings.c.wakes).limit(1)


async def reply(tx: Tx, community: str, meeting: int, person: int, said: Reply, now: datetime) -> None:
    """What the person says about coming; the newest counts."""
    row = {"reply": said, "at": now}
    await tx.execute(
        insert(meeting_replies, tx)
        .values(community=community, meeting=meeting, person=person, **row)
        .on_conflict_do_update(index_elements=["meeting", "person"], set_=row)
    )


async def replies(tx: Tx, community: str, meeting: int) -> Mapping[int, Replied]:
    """What each person said, by person."""
    rows = await tx.execute(
        select(meeting_replies).where(meeting_replies.c.community == community, meeting_replies.c.meeting == meeting)
    )
    return {row.person: Replied(row.person, row.reply, row.at) for row in rows}


async def forget_replies(tx: Tx, community: str, meeting: int) -> None:
    """Nobody has said whether they come."""
    await tx.execute(
        delete(meeting_replies).where(meeting_replies.c.community == community, meeting_replies.c.meeting == meeting)
    )


async def forget_before(tx: Tx, community: str, ended: datetime) -> int:
    """Deletes meetings that were held before, with their papers; gives how many."""
    done = await tx.execute(delete(meetings).where(meetings.c.community == community, meetings.c.end < ended))
    return done.rowcount


DETAILS = ("subject", "venue", "agenda_stamp", "minutes_stamp")
"""What of a meeting is kept together, encrypted."""


def _row(meeting: Meeting) -> dict[str, Any]:
    return {
        "start": meeting.start,
        "end": meeting.end,
        "state": meeting.state,
        "sequence": meeting.sequence,
        "parties": list(meeting.parties),
        "details": {name: getattr(meeting, name) for name in DETAILS},
        "agenda_ready": meeting.agenda_ready,
        "agenda_out": meeting.agenda_out,
        "minutes_ready": meeting.minutes_ready,
        "minutes_out": meeting.minutes_out,
        "done": sorted(meeting.done),
    }


def _meeting(row: Any) -> Meeting:
    return Meeting(
        id=row.id,
        kind=row.kind,
        start=row.start,
        end=row.end,
        state=row.state,
        rule_day=row.rule_day,
        sequence=row.sequence,
        **{name: row.details[name] for name in DETAILS},
        parties=tuple(row.parties),
        agenda_ready=row.agenda_ready,
        agenda_out=row.agenda_out,
        minutes_ready=row.minutes_ready,
        minutes_out=row.minutes_out,
        done=frozenset(row.done),
    )
