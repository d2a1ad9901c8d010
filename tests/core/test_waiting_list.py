"""The waiting list works by itself, and never gives a seat twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.core.model import SignUp, SignUpState
from bot.core.waiting_list import (
    UNDO,
    Expire,
    Offer,
    Release,
    applied,
    apply,
    can_join,
    cancelled,
    door_list,
    free_seats,
    join,
    next_wake,
    offer_until,
    position,
    settle,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Denmark
START = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def seat(person: int, state: SignUpState = "going", until: datetime | None = None, joined: int | None = None) -> SignUp:
    order = person if joined is None else joined
    return SignUp(12, date(2026, 11, 26), person, state, NOW - timedelta(days=1) + order * MINUTE, until)


def test_a_free_seat_is_held_for_the_first_in_line_with_a_deadline() -> None:
    seats = (seat(1), seat(2, "waiting", joined=9), seat(3, "waiting", joined=5))

    steps = settle(seats, 2, NOW, START)

    assert steps == (Offer(3, local(24, 8), last=False),)  # a quarter ends in the night
    assert settle(apply(seats, steps), 2, NOW, START) == ()


def test_two_who_joined_in_the_same_moment_come_in_the_order_of_their_number() -> None:
    seats = (seat(5, "waiting", joined=1), seat(4, "waiting", joined=1))

    assert [step.person for step in settle(seats, 1, NOW, START)] == [4]


def test_a_raised_capacity_moves_as_many_as_fit() -> None:
    seats = (seat(1), *(seat(person, "waiting") for person in range(2, 7)))

    assert [step.person for step in settle(seats, 4, NOW, START)] == [2, 3, 4]
    assert [step.person for step in settle(seats, None, NOW, START)] == [2, 3, 4, 5, 6]


def test_a_lowered_capacity_throws_nobody_out() -> None:
    seats = (seat(1), seat(2), seat(3, "offered", until=NOW + HOUR), seat(4, "waiting"))

    assert settle(seats, 1, NOW, START) == ()
    assert [one.person for one in door_list(seats)] == [1, 2]
    assert can_join(seats, 1, 3, NOW, START) == "going"


def test_an_offer_that_runs_out_goes_to_the_next_and_the_person_to_the_end() -> None:
    seats = (seat(1), seat(2, "offered", until=NOW), seat(3, "waiting"), seat(4, "waiting"))

    steps = settle(seats, 2, NOW, START)
    after = apply(seats, steps)

    assert [type(step) for step in steps] == [Expire, Offer]
    assert [step.person for step in steps] == [2, 3]
    assert [position(after, person) for person in (4, 2, 3)] == [1, 2, None]


def test_who_let_one_offer_pass_stands_behind_those_who_join_later() -> None:
    seats = apply((seat(2, "offered", until=NOW),), (Expire(2, START),))
    late = SignUp(12, date(2026, 11, 26), 1, "waiting", NOW + 5 * MINUTE)

    assert [step.person for step in settle((*seats, late), 1, NOW + 5 * MINUTE, START)] == [1]


def test_the_second_offer_that_runs_out_is_the_last() -> None:
    seats: tuple[SignUp, ...] = (seat(2, "offered", until=NOW),)

    first = settle(seats, 1, NOW, START)
    seats = apply(seats, first)
    deadline = next_wake(seats, NOW)
    assert deadline is not None
    second = settle(seats, 1, deadline, START)

    assert first == (Expire(2, START), Offer(2, deadline, last=True))
    assert second == (Expire(2, None),)
    assert apply(seats, second)[0].state == "cancelled"


def test_somebody_with_an_open_offer_elsewhere_is_passed_over_and_keeps_the_place() -> None:
    seats = (seat(1, "waiting"), seat(2, "waiting"))

    steps = settle(seats, 1, NOW, START, busy=frozenset({1}))

    assert [step.person for step in steps] == [2]
    assert position(apply(seats, steps), 1) == 1


def test_a_cancelled_seat_is_held_for_ten_minutes_so_that_undo_always_works() -> None:
    seats = (cancelled(seat(1), NOW), seat(2, "waiting"))

    assert settle(seats, 1, NOW + UNDO - MINUTE, START) == ()
    assert can_join(seats, 1, 1, NOW + UNDO - MINUTE, START) == "going"
    assert can_join(seats, 1, 3, NOW + UNDO - MINUTE, START) == "waiting"
    assert next_wake(seats, NOW) == NOW + UNDO
    assert [type(step) for step in settle(seats, 1, NOW + UNDO, START)] == [Release, Offer]


def test_undo_gives_the_same_seat_back() -> None:
    before = seat(1)
    new = SignUp(12, before.day, 1, "going", NOW + MINUTE)

    assert join((cancelled(before, NOW), seat(2, "waiting")), 1, new, START) == before


def test_cancelling_twice_does_not_prolong_the_ten_minutes() -> None:
    once = cancelled(seat(1), NOW)

    assert cancelled(once, NOW + 5 * MINUTE) == once


def test_an_undo_that_comes_too_late_does_not_overtake_those_who_waited() -> None:
    seats = (cancelled(seat(1), NOW), seat(2, "waiting"), seat(3, "waiting"))
    later = NOW + HOUR
    settled = apply(seats, settle(seats, 1, later, START))

    back = join(settled, 1, SignUp(12, date(2026, 11, 26), 1, "going", later), START, undo=True)

    assert back.state == "waiting"
    assert position((*settled[1:], back), 1) == 2


def test_leaving_the_line_holds_no_seat_and_can_be_undone() -> None:
    waiting = seat(2, "waiting")
    left = cancelled(waiting, NOW)
    seats = (seat(1), left, seat(3, "waiting"))
    new = SignUp(12, waiting.day, 2, "going", NOW + MINUTE)

    assert left.until is None
    assert join(seats, 1, new, START, undo=True) == waiting
    assert join(seats, 1, new, START) == SignUp(12, waiting.day, 2, "waiting", NOW + MINUTE)


def test_joining_twice_changes_nothing() -> None:
    new = SignUp(12, date(2026, 11, 26), 9, "going", NOW)
    first = join((seat(1),), 2, new, START)
    again = SignUp(12, date(2026, 11, 26), 9, "going", NOW + HOUR)

    assert first == new
    assert join((seat(1), first), 2, again, START) == first


def test_nobody_overtakes_those_who_wait() -> None:
    seats = (seat(1), seat(2, "waiting"))

    assert can_join(seats, 2, 9, NOW, START) == "waiting"
    assert can_join(seats, 3, 9, NOW, START) == "going"
    assert can_join(seats, 2, 2, NOW, START) == "going"
    assert free_seats(seats, 3, NOW) == 1


def test_without_a_limit_everybody_has_a_seat() -> None:
    assert can_join((seat(1), seat(2, "waiting")), None, 9, NOW, START) == "going"
    assert free_seats((seat(1),), None, NOW) is None


def test_when_no_useful_offer_can_be_made_the_seat_is_for_whoever_comes() -> None:
    seats = (seat(1), seat(2, "waiting"))
    late = START - 59 * MINUTE

    assert settle(seats, 2, late, START) == ()
    assert can_join(seats, 2, 9, late, START) == "going"
    assert can_join(seats, 1, 9, late, START) == "waiting"


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the last week of November 2026 by the Danish clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - HOUR


def test_how_long_a_seat_is_held_fits_the_time_that_is_left() -> None:
    far = START + timedelta(days=30)

    assert offer_until(NOW, far) == NOW + timedelta(hours=24)
    assert offer_until(local(26, 9, 30), START) == local(26, 11, 30)
    assert offer_until(START - 90 * MINUTE, START) == START - HOUR
    assert offer_until(START - HOUR, START) == START - 30 * MINUTE
    assert offer_until(START - 59 * MINUTE, START) is None


def test_an_offer_made_in_the_night_counts_its_time_from_the_morning() -> None:
    assert offer_until(local(25, 22), START) == local(26, 8) + (START - local(26, 8)) / 4
    assert offer_until(local(25, 22), local(26, 9)) == local(26, 8, 30)
    assert offer_until(local(25, 22), local(26, 8, 30)) is None


def test_a_deadline_in_the_night_moves_to_the_morning() -> None:
    assert offer_until(local(25, 19), local(26, 16)) == local(26, 8)
    assert offer_until(local(25, 19), local(26, 8, 15)) == local(26, 7, 45)


def test_the_line_is_told_by_its_places() -> None:
    seats = (
        seat(1),
        seat(2, "offered", until=NOW + HOUR),
        seat(4, "waiting"),
        seat(3, "waiting"),
        seat(5, "cancelled"),
    )

    assert [position(seats, person) for person in range(1, 6)] == [None, None, 1, 2, None]
    assert next_wake(seats, NOW) == NOW + HOUR
    assert next_wake(seats, NOW + 2 * HOUR) == NOW + 2 * HOUR
    assert next_wake((seat(1), seat(5, "cancelled")), NOW) is None


class Club(RuleBasedStateMachine):
    """People come, cancel, answer and sleep in any order, while a coordinator changes the capacity."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.capacity: int | None = 3
        self.most: int | None = 3  # what was promised: only lowering the capacity may leave more seats taken
        self.rows: dict[int, SignUp] = {}
        self.busy: frozenset[int] = frozenset()
        self.known: set[int] = set()

    def taken(self) -> int:
        return sum(
            row.state == "going"
            or (row.state in {"offered", "cancelled"} and row.until is not None and row.until > self.now)
            for row in self.rows.values()
        )

    def settled(self) -> None:
        before = tuple(self.rows.values())
        steps = settle(before, self.capacity, self.now, START, self.busy)
        self.served_in_order(before, [step.person for step in steps if isinstance(step, Offer)])
        for step in steps:
            self.rows[step.person] = applied(self.rows[step.person], step)
        assert settle(tuple(self.rows.values()), self.capacity, self.now, START, self.busy) == ()

    def served_in_order(self, before: tuple[SignUp, ...], offered: list[int]) -> None:
        line = sorted((row for row in before if row.state == "waiting" and row.person not in self.busy), key=self.place)
        from_line = [person for person in offered if person in {row.person for row in line}]
        assert from_line == [row.person for row in line][: len(from_line)]

    @staticmethod
    def place(row: SignUp) -> tuple[datetime, int]:
        return (row.joined, row.person)

    @rule(person=st.integers(1, 8))
    def comes(self, person: int) -> None:
        self.settled()
        seats = tuple(self.rows.values())
        new = SignUp(12, date(2026, 11, 26), person, "waiting", self.now)
        self.rows[person] = join(seats, self.capacity, new, START)
        self.known.add(person)
        self.settled()

    @rule(person=st.integers(1, 8))
    def cancels(self, person: int) -> None:
        if person in self.rows:
            self.rows[person] = cancelled(self.rows[person], self.now)
        self.settled()

    @rule(minutes=st.sampled_from([1, 9, 10, 31, 200, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        self.settled()

    @rule(capacity=st.sampled_from([0, 1, 2, 3, 5, None]))
    def coordinator_changes_the_capacity(self, capacity: int | None) -> None:
        self.settled()
        seated = [row.person for row in self.rows.values() if row.state in {"going", "offered"}]
        self.capacity = capacity
        self.settled()
        assert all(self.rows[person].state in {"going", "offered"} for person in seated)

    @rule(people=st.frozensets(st.integers(1, 8), max_size=3))
    def offers_elsewhere(self, people: frozenset[int]) -> None:
        self.busy = people
        self.settled()

    @invariant()
    def never_more_seats_than_promised(self) -> None:
        allowed = None if self.capacity is None or self.most is None else max(self.capacity, self.most)
        taken = self.taken()
        assert allowed is None or taken <= allowed
        self.most = None if self.capacity is None else max(self.capacity, taken)

    @invariant()
    def nobody_is_lost(self) -> None:
        assert set(self.rows) == self.known

    @invariant()
    def no_seat_stays_empty_while_somebody_could_be_asked(self) -> None:
        asked = [row for row in self.rows.values() if row.state == "waiting" and row.person not in self.busy]
        free = 1 if self.capacity is None else self.capacity - self.taken()
        assert not asked or free <= 0 or offer_until(self.now, START) is None

    @invariant()
    def the_lists_are_one_truth(self) -> None:
        rows = tuple(self.rows.values())
        line = sorted((position(rows, person), person) for person in self.known if position(rows, person))
        assert [place for place, _ in line] == list(range(1, len(line) + 1))
        assert not {person for _, person in line} & {row.person for row in door_list(rows)}
        ordered = [self.place(self.rows[person]) for _, person in line]
        assert all(first <= second for first, second in pairwise(ordered))


TestClub = Club.TestCase
TestClub.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
