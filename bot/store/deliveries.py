"""Rows of deliveries: claimed in batches, settled in batches, and what became of them counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal, select, tuple_, update

from bot.core.announcing.model import OPEN, DeliveryState
from bot.store.announcement_tables import announcements, deliveries
from bot.store.database import Tx

_WAITING = literal("waiting", literal_execute=True)
_SENDING = literal("sending", literal_execute=True)
"""Written into the statement, as the partial indexes name these states."""

REASON_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery in flight. `attempts` counts this one; `again` is whether a process died with it in flight."""

    announcement: int
    person: int
    attempts: int
    again: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a claim. `due` is set where it waits again; `tried` whether this attempt counts."""

    announcement: int
    person: int
    state: DeliveryState
    at: datetime
    version: str | None = None
    numbers: tuple[int, ...] = ()
    reason: str | None = None
    due: datetime | None = None
    tried: bool = True


async def claim(
    tx: Tx, community: str, announcement: int, now: datetime, limit: int, until: datetime
) -> tuple[Claim, ...]:
    """Takes what is due of one announcement, longest due first. The claim lasts `until`, which is real time."""
    ripe = (
        select(deliveries.c.person)
        .where(
            deliveries.c.community == community,
            deliveries.c.announcement == announcement,
            deliveries.c.state == _WAITING,
            deliveries.c.due <= now,
        )
        .order_by(deliveries.c.due, deliveries.c.person)
        .limit(limit)
    )
    if tx.dialect.name == "postgresql":  # a named one is read once; a plain subquery might be read for every row
        ripe = select(ripe.with_for_update(skip_locked=True).cte("ripe").c.person)
    rows = await tx.execute(
        update(deliveries)
        .where(deliveries.c.announcement == announcement, deliveries.c.person.in_(ripe))
        .values(state="sending", leased_until=until, attempts=deliveries.c.attempts + 1)
        .returning(deliveries.c.announcement, deliveries.c.person, deliveries.c.attempts, deliveries.c.again)
    )
    return tuple(sorted((Claim(*row) for row in rows), key=lambda each: each.person))


async def ripe(tx: Tx, community: str, now: datetime, *, quiet: bool) -> tuple[int, ...]:
    """The announcements of which something is due, not paused; in quiet hours the urgent ones alone."""
    waits = (
        select(deliveries.c.person)
        .where(deliveries.c.announcement == announcements.c.id, deliveries.c.state == _WAITING, deliveries.c.due <= now)
        .exists()
    )
    query = select(announcements.c.id).where(
        announcements.c.community == community,
        announcements.c.state == "sending",
        announcements.c.paused.is_(False),
        waits,
    )
    if quiet:
        query = query.where(announcements.c.urgent.is_(True))
    return tuple((await tx.execute(query.order_by(announcements.c.id))).scalars())


async def take_back(tx: Tx, community: str, at: datetime | None) -> int:
    """Puts back in line what was claimed until before `at` (real time), or at all where that is None.

    Whoever was sending it is dead, and nobody knows whether it left: it is marked as perhaps said twice.
    """
    done = await tx.execute(
        update(deliveries)
        .where(
            deliveries.c.community == community,
            deliveries.c.state == _SENDING,
            *((deliveries.c.leased_until <= at,) if at else ()),
        )
        .values(state="waiting", leased_until=None, again=True, attempts=deliveries.c.attempts - 1)
    )
    return done.rowcount


_CLAIMED = (
    update(deliveries)
    .where(
        deliveries.c.announcement == bindparam("of"),
        deliveries.c.person == bindparam("whose"),
        deliveries.c.state == "sending",
    )
    .values(leased_until=None, reason=bindparam("why"))
)
_SETTLE = _CLAIMED.values(
    state=bindparam("became"),
    settled_at=bindparam("at"),
    version=bindparam("said_in"),
    message=bindparam("number"),
    more=bindparam("others"),
)
_PUT_OFF = _CLAIMED.values(
    state="waiting", due=bindparam("until"), attempts=deliveries.c.attempts - bindparam("untried")
)


async def settle(tx: Tx, settled: Sequence[Settled]) -> None:
    """Writes down what became of claims. Only what is still `sending` is settled, so a stop meanwhile wins."""
    over = [each for each in settled if each.due is None]
    again = [each for each in settled if each.due is not None]
    if over:
        await tx.execute(_SETTLE, [_over(each) for each in over])
    if again:
        await tx.execute(
            _PUT_OFF,
            [
                {
                    "of": each.announcement,
                    "whose": each.person,
                    "until": each.due,
                    "untried": 0 if each.tried else 1,
                    "why": each.reason,
                }
                for each in again
            ],
        )


def _over(each: Settled) -> dict[str, Any]:
    first, *others = each.numbers or (None,)
    return {
        "of": each.announcement,
        "whose": each.person,
        "became": each.state,
        "at": each.at,
        "said_in": each.version,
        "number": first,
        "others": ",".join(map(str, others)) or None,
        "why": each.reason[:REASON_LONGEST] if each.reason else None,
    }


async def still_wanted(tx: Tx, claims: Sequence[Claim]) -> set[tuple[int, int]]:
    """Those of the claimed (announcement, person) that nobody has stopped, erased or cancelled meanwhile."""
    keys = [(each.announcement, each.person) for each in claims]
    rows = await tx.execute(
        select(deliveries.c.announcement, deliveries.c.person).where(
            tuple_(deliveries.c.announcement, deliveries.c.person).in_(keys), deliveries.c.state == "sending"
        )
    )
    return {(row.announcement, row.person) for row in rows}


async def end_all(
    tx: Tx, community: str, announcement: int, to: DeliveryState, now: datetime, *, states: Sequence[str] = OPEN
) -> int:
    """What is not said of an announcement never will be: cancelled, or too late. Gives how many."""
    done = await tx.execute(
        update(deliveries)
        .where(
            deliveries.c.community == community,
            deliveries.c.announcement == announcement,
            deliveries.c.state.in_(states),
        )
        .values(state=to, settled_at=now, leased_until=None)
    )
    return done.rowcount


async def let_go(tx: Tx, community: str, announcement: int, languages: Sequence[str], now: datetime) -> int:
    """What was held back for a version in these languages waits to be said. Gives how many."""
    done = await tx.execute(
        update(deliveries)
        .where(
            deliveries.c.community == community,
            deliveries.c.announcement == announcement,
            deliveries.c.state == "held",
            deliveries.c.language.in_(languages),
        )
        .values(state="waiting", due=now)
    )
    return done.rowcount


async def of_person_to(
    tx: Tx, community: str, person: int, to: DeliveryState, now: datetime, *, states: Sequence[str] = (*OPEN, "blocked")
) -> None:
    """The person said stop, blocked us, or is back: everything of theirs that is open follows."""
    await tx.execute(
        update(deliveries)
        .where(deliveries.c.community == community, deliveries.c.person == person, deliveries.c.state.in_(states))
        .values(state=to, settled_at=None if to == "waiting" else now, leased_until=None)
    )


async def wake(tx: Tx, community: str, person: int, now: datetime) -> None:
    """What was kept back while the person had blocked us waits again, as long as it is worth saying."""
    alive = select(announcements.c.id).where(
        announcements.c.community == community,
        announcements.c.state.in_(("sending", "sent")),
        announcements.c.until > now,
    )
    of_person = (
        deliveries.c.community == community,
        deliveries.c.person == person,
        deliveries.c.state == "blocked",
        deliveries.c.announcement.in_(alive),
    )
    rows = await tx.execute(select(deliveries.c.announcement).where(*of_person))
    numbers = [row.announcement for row in rows]
    if numbers:
        values = {"state": "waiting", "due": now, "settled_at": None, "attempts": 0}
        await tx.execute(update(deliveries).where(*of_person).values(**values))
        again = update(announcements).where(announcements.c.community == community, announcements.c.id.in_(numbers))
        await tx.execute(again.values(state="sending", ended_at=None))


async def counts(tx: Tx, community: str, announcement: int) -> Mapping[DeliveryState, int]:
    """How many deliveries are in which state."""
    rows = await tx.execute(
        select(deliveries.c.state, func.count())
        .where(deliveries.c.community == community, deliveries.c.announcement == announcement)
        .group_by(deliveries.c.state)
    )
    return {row[0]: int(row[1]) for row in rows}


async def any_open(tx: Tx, community: str, announcement: int) -> bool:
    """Whether anything may still become a message. Asked each second, so what an index knows is asked first."""
    of = (deliveries.c.community == community, deliveries.c.announcement == announcement)
    for state in (_WAITING, _SENDING, literal("held")):
        if await tx.scalar(select(deliveries.c.person).where(*of, deliveries.c.state == state).limit(1)) is not None:
            return True
    return False


async def to_correct(
    tx: Tx, community: str, announcement: int, version: str, after: int, limit: int
) -> list[tuple[int, tuple[int, ...]]]:
    """Who has this version, from beyond `after` on: the person and the numbers of the messages it became."""
    rows = await tx.execute(
        select(deliveries.c.person, deliveries.c.message, deliveries.c.more)
        .where(
            deliveries.c.community == community,
            deliveries.c.announcement == announcement,
            deliveries.c.person > after,
            deliveries.c.state == "sent",
            deliveries.c.version == version,
        )
        .order_by(deliveries.c.person)
        .limit(limit)
    )
    return [(row.person, _numbers(row.message, row.more)) for row in rows]


def _numbers(first: int | None, others: str | None) -> tuple[int, ...]:
    return () if first is None else (first, *(int(each) for each in (others or "").split(",") if each))


async def next_due(tx: Tx, community: str) -> tuple[datetime, bool] | None:
    """When the next delivery that waits is due, and whether its announcement is urgent."""
    first = (
        select(func.min(deliveries.c.due))
        .where(deliveries.c.announcement == announcements.c.id, deliveries.c.state == _WAITING)
        .scalar_subquery()
    )
    rows = await tx.execute(
        select(first, announcements.c.urgent).where(
            announcements.c.community == community,
            announcements.c.state == "sending",
            announcements.c.paused.is_(False),
        )
    )
    return min(((row[0], row[1]) for row in rows if row[0] is not None), default=None)


async def in_flight(tx: Tx, community: str) -> int:
    """How many are being sent right now."""
    query = select(func.count()).select_from(deliveries)
    return await tx.scalar(query.where(deliveries.c.community == community, deliveries.c.state == _SENDING)) or 0


async def oldest_claim(tx: Tx, community: str, at: datetime) -> bool:
    """Whether anything was claimed until before `at` (real time) by a process that is no more."""
    query = select(deliveries.c.person).where(
        deliveries.c.community == community, deliveries.c.state == _SENDING, deliveries.c.leased_until <= at
    )
    return await tx.scalar(query.limit(1)) is not None
