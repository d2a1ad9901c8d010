"""Seats and the waiting list of one occurrence: who is next, how long a seat is held, who stands on the door list.

Pure decisions over the sign-ups of one occurrence (or course), one row a person. A use-case calls `settle` in the
transaction of whatever happened (a cancellation, another capacity, a deadline at `next_wake`), applies the steps with
`applied`, and tells each person named. The door list and the waiting list are read from the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.core.model import SignUp
from bot.core.quiet import after_quiet

UNDO = timedelta(minutes=10)
SHORTEST_OFFER = timedelta(minutes=30)
LONGEST_OFFER = timedelta(hours=24)
BEFORE_START = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Offer:
    """Hold a seat for this person to `until`. `last`: one offer was let pass before, there will be no third."""

    person: int
    until: datetime
    last: bool


@dataclass(frozen=True, slots=True)
class Expire:
    """The offer ran out. The first time the person goes back to the end of the list, the second time leaves it.

    `back` is the new `joined`, None for who leaves. The end of the list is the start itself: nobody joins later, and
    a row that stands there has let one offer pass, which therefore needs no column of its own. Where the same steps
    offer the same person a seat anew (nobody else waits), only the offer need be said.
    """

    person: int
    back: datetime | None


@dataclass(frozen=True, slots=True)
class Release:
    """The time to undo a cancellation is over: the seat is free. There is nothing to say."""

    person: int


Step = Offer | Expire | Release


def settle(
    seats: Sequence[SignUp],
    capacity: int | None,
    now: datetime,
    start: datetime,
    busy: frozenset[int] = frozenset(),
) -> tuple[Step, ...]:
    """What must happen now, in order: seats let go, offers that ran out, then seats held for those who wait.

    First come, first served: by `joined`, then person. Those in `busy` (an open offer for another activity) are
    passed over and keep their place: one open offer a person. A lowered capacity throws nobody out and breaks no open
    offer. Settled again at the same `now`, with the steps applied, there are none.
    """
    steps: list[Step] = [Release(seat.person) for seat in _in_order(seats) if _undo_is_over(seat, now)]
    steps += [
        Expire(seat.person, back=None if _let_one_pass(seat, start) else start)
        for seat in _in_order(seats)
        if _ran_out(seat, now)
    ]
    after = apply(seats, steps)
    until = offer_until(now, start)
    if until is None:
        return tuple(steps)
    queue = [seat for seat in _waiting(after) if seat.person not in busy]
    free = len(queue) if capacity is None else max(0, capacity - _held(after, now))
    steps += [Offer(seat.person, until, last=_let_one_pass(seat, start)) for seat in queue[:free]]
    return tuple(steps)


def offer_until(now: datetime, start: datetime) -> datetime | None:
    """To when a seat is held for someone who is offered it now; None where no useful offer can be made any more.

    A quarter of the time to the start, at least 30 minutes, at most 24 hours, never past 30 minutes before the start.
    In quiet hours nobody is told, so time counts from 08:00; and a deadline in the night moves to 08:00, as the next
    in line could not be told before. With None the seat is free for whoever comes.
    """
    told = after_quiet(now)
    if start - told < SHORTEST_OFFER + BEFORE_START:
        return None
    hold = min(max((start - told) / 4, SHORTEST_OFFER), LONGEST_OFFER)
    return min(after_quiet(told + hold), start - BEFORE_START)


def can_join(
    seats: Sequence[SignUp],
    capacity: int | None,
    person: int,
    now: datetime,
    start: datetime,
    *,
    undo: bool = False,
) -> Literal["going", "waiting"]:
    """What a tap on "I will come" gives this person: a seat, or a place on the waiting list.

    Settle first. A seat is theirs if it is held for them (an open offer, a cancellation they can still undo), if
    nobody is before them for it, or if the start is too near for offers and there is room. `undo` is for someone who
    left the waiting list a moment ago: they stand where they stood.
    """
    own = next((seat for seat in seats if seat.person == person), None)
    if capacity is None or (own is not None and _holds(own, now)):
        return "going"
    ahead = [seat for seat in _waiting(seats) if seat.person != person]
    if own is not None and (own.state == "waiting" or undo):
        ahead = [seat for seat in ahead if _order(seat) < _order(own)]
    if offer_until(now, start) is None:
        ahead = []
    return "going" if capacity - _held(seats, now) > len(ahead) else "waiting"


def join(seats: Sequence[SignUp], capacity: int | None, new: SignUp, start: datetime, *, undo: bool = False) -> SignUp:
    """The row of `new.person` after joining at `new.joined`, which is now. Joining twice changes nothing.

    Whoever comes back after a cancellation is new in the line, but for an `undo` (the caller knows from its button
    that the ten minutes are not over) and for a seat that is still held.
    """
    now = new.joined
    state = can_join(seats, capacity, new.person, now, start, undo=undo)
    own = next((seat for seat in seats if seat.person == new.person), None)
    if own is None:
        return replace(new, state=state, until=None)
    keeps_place = undo or own.state != "cancelled" or _holds(own, now)
    return replace(own, state=state, joined=own.joined if keeps_place else now, until=None)


def cancelled(seat: SignUp, now: datetime) -> SignUp:
    """The row after "I cannot come". A seat, or the one offered, is kept ten minutes for an undo.

    A place in line takes up no seat: its row keeps `joined`, and `join` with `undo` gives the place back. Cancelling
    twice does not prolong the ten minutes.
    """
    if seat.state == "cancelled":
        return seat
    return replace(seat, state="cancelled", until=now + UNDO if _holds(seat, now) else None)


def applied(seat: SignUp, step: Step) -> SignUp:
    """The row of the person a step names, after it."""
    if isinstance(step, Offer):
        return replace(seat, state="offered", until=step.until)
    if isinstance(step, Release):
        # An undo tapped when the ten minutes are long over must not find the old place in line.
        return replace(seat, joined=max(seat.joined, seat.until or seat.joined), until=None)
    if step.back is not None:
        return replace(seat, state="waiting", joined=step.back, until=None)
    return replace(seat, state="cancelled", until=None)


def apply(seats: Sequence[SignUp], steps: Iterable[Step]) -> tuple[SignUp, ...]:
    """All rows after all steps, in their order."""
    rows = {seat.person: seat for seat in seats}
    for step in steps:
        rows[step.person] = applied(rows[step.person], step)
    return tuple(rows.values())


def position(seats: Sequence[SignUp], person: int) -> int | None:
    """The person's place in line, 1 for the next one; None for who does not wait."""
    line = [seat.person for seat in _waiting(seats)]
    return line.index(person) + 1 if person in line else None


def door_list(seats: Sequence[SignUp]) -> tuple[SignUp, ...]:
    """Who has a seat, in the order they came. Held seats (offers, open undo) are nobody's yet."""
    return tuple(_in_order(seat for seat in seats if seat.state == "going"))


def free_seats(seats: Sequence[SignUp], capacity: int | None, now: datetime) -> int | None:
    """How many seats a card may promise: not taken, not held and not waited for; None without limit, never below 0."""
    if capacity is None:
        return None
    return max(0, capacity - _held(seats, now) - len(_waiting(seats)))


def next_wake(seats: Sequence[SignUp], now: datetime) -> datetime | None:
    """When to settle again although nothing happens: the first deadline, `now` if one has passed; None without any."""
    deadlines = [seat.until for seat in seats if seat.until is not None and seat.state in {"offered", "cancelled"}]
    return max(min(deadlines), now) if deadlines else None


def _order(seat: SignUp) -> tuple[datetime, int]:
    return (seat.joined, seat.person)


def _in_order(seats: Iterable[SignUp]) -> list[SignUp]:
    return sorted(seats, key=_order)


def _waiting(seats: Iterable[SignUp]) -> list[SignUp]:
    return _in_order(seat for seat in seats if seat.state == "waiting")


def _open(seat: SignUp, now: datetime) -> bool:
    return seat.until is not None and seat.until > now


def _holds(seat: SignUp, now: datetime) -> bool:
    """Whether a seat is taken: by someone who comes, by an open offer, or by a cancellation that can be undone."""
    return seat.state == "going" or (seat.state in {"offered", "cancelled"} and _open(seat, now))


def _held(seats: Iterable[SignUp], now: datetime) -> int:
    return sum(_holds(seat, now) for seat in seats)


def _undo_is_over(seat: SignUp, now: datetime) -> bool:
    return seat.state == "cancelled" and seat.until is not None and seat.until <= now


def _ran_out(seat: SignUp, now: datetime) -> bool:
    return seat.state == "offered" and not _open(seat, now)


def _let_one_pass(seat: SignUp, start: datetime) -> bool:
    """Whether an offer ran out on this person before: then the row stands at the very end, at the start."""
    return seat.joined >= start
