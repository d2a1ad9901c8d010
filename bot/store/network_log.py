"""Rows beside the matches: answers to follow-ups, who did what and when, whether to match again, what is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, or_, select, update

from bot.store.database import Tx, insert
from bot.store.network_tables import acts, check_ins, matches, network_turns, requests, volunteers


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One side's answer to one follow-up."""

    person: int
    follow_up: str
    answer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody did something. `by` None: the clock, or somebody who has left. `about`: `r`, `v` or `m` and a number."""

    at: datetime
    by: int | None
    what: str
    about: str


async def check_in(tx: Tx, community: str, match: int, person: int, follow_up: str, answer: str, now: datetime) -> None:
    """Keeps the answer; a second one to the same question counts instead of the first."""
    row = {"answer": answer, "at": now}
    await tx.execute(
        insert(check_ins, tx)
        .values(community=community, match=match, person=person, follow_up=follow_up, **row)
        .on_conflict_do_update(index_elements=["match", "person", "follow_up"], set_=row)
    )


async def check_ins_of(tx: Tx, community: str, match: int) -> tuple[CheckIn, ...]:
    """Both sides' answers, the oldest first."""
    rows = await tx.execute(
        select(check_ins).where(check_ins.c.community == community, check_ins.c.match == match).order_by(check_ins.c.at)
    )
    return tuple(CheckIn(row.person, row.follow_up, row.answer, row.at) for row in rows)


async def note(tx: Tx, community: str, by: int | None, what: str, about: str, now: datetime) -> None:
    """Somebody did something. `about` is `r`, `v` or `m` with a number; `by` None is the clock."""
    await tx.execute(acts.insert().values(community=community, at=now, by=by, what=what, about=about))


async def acts_about(tx: Tx, community: str, *about: str) -> tuple[Act, ...]:
    """Everything that was done with any of these, the oldest first."""
    rows = await tx.execute(
        select(acts).where(acts.c.community == community, acts.c.about.in_(about)).order_by(acts.c.id)
    )
    return tuple(Act(row.at, row.by, row.what, row.about) for row in rows)


async def mark_changed(tx: Tx, community: str) -> None:
    """Something changed that matching looks at; the next tick matches again."""
    await tx.execute(
        insert(network_turns, tx)
        .values(community=community, changed=1)
        .on_conflict_do_update(index_elements=["community"], set_={"changed": network_turns.c.changed + 1})
    )


def unsettled(community: str, today: date) -> Select[int]:
    """The number of the change up to which is to be matched; no row where all was, today."""
    turn = network_turns.c
    old = or_(turn.changed != turn.settled, turn.day.is_distinct_from(today))
    return select(turn.changed).where(turn.community == community, old)


async def mark_settled(tx: Tx, community: str, changed: int, today: date) -> None:
    await tx.execute(
        update(network_turns).where(network_turns.c.community == community).values(settled=changed, day=today)
    )


async def matches_of(tx: Tx, community: str, person: int) -> list[dict[str, Any]]:
    """The person's matches, for /mydata. The other side's name and words are theirs, not told."""
    rows = await tx.execute(
        select(matches).where(
            matches.c.community == community, or_(matches.c.newcomer == person, matches.c.volunteer == person)
        )
    )
    return [_own_part(row, "newcomer" if row.newcomer == person else "volunteer") for row in rows]


def _own_part(row: Any, side: str) -> dict[str, Any]:
    """A match as one side may see it."""
    own = {name: value for name, value in row.notes.items() if name in (f"{side}_name", f"{side}_contact", "meeting")}
    return {"side": side, "state": row.state, "made_at": row.made_at, "changed_at": row.changed_at, "notes": own}


async def forget_before(tx: Tx, community: str, short: datetime, long: datetime) -> int:
    """Deletes what is over since before (`info` of the tables); gives how many rows went."""
    gone = 0
    over = ("suggested", "queued", "refused", "declined", "lapsed", "filled", "ended")
    for statement in (
        delete(matches).where(matches.c.community == community, matches.c.state.in_(over), matches.c.changed_at < long),
        delete(requests).where(
            requests.c.community == community,
            requests.c.state == "withdrawn",
            requests.c.changed_at < short,
            requests.c.id.not_in(select(matches.c.request).where(matches.c.community == community)),
        ),
        delete(volunteers).where(
            volunteers.c.community == community,
            volunteers.c.state.in_(("declined", "removed")),
            volunteers.c.changed_at < short,
        ),
        delete(acts).where(acts.c.community == community, acts.c.at < long),
    ):
        gone += (await tx.execute(statement)).rowcount
    return gone


SHORT, LONG = timedelta(days=60), timedelta(days=730)
"""How long a withdrawn request or declined volunteer is kept, and an ended match and who did what."""
