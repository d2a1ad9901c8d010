"""The year of the benchmarks: its reckoning on cases that were worked out by hand, and a small year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.year import year
from benchmarks.year_reckoning import (
    DENMARK,
    UNASKED,
    Pair,
    Seat,
    Year,
    capped,
    compare,
    follow_up_of,
    in_quiet_hours,
    meetings_of,
    over_the_cap,
    reminders_of,
)
from benchmarks.year_town import Size


def at(text: str, year: int = 2026) -> datetime:
    """`26/11 17:30` on the Danish wall."""
    return datetime.strptime(f"{text} {year}", "%d/%m %H:%M %Y").replace(tzinfo=DENMARK)


def seat(start: str, end: str, taken: str = "20/11 12:00", year: int = 2026) -> Seat:
    starts = at(start, year)
    return Seat(7, 12, starts.date(), starts, at(end, year), at(taken))


@pytest.mark.parametrize(
    ("start", "end", "reminded", "asked"),
    [
        ("26/11 17:30", "26/11 20:00", ("25/11 17:00", "26/11 15:30"), "27/11 11:00"),
        ("26/11 09:00", "26/11 11:00", ("25/11 17:00", "26/11 08:00"), "27/11 11:00"),  # an hour is left at eight
        ("26/11 07:30", "26/11 08:30", ("25/11 17:00", "25/11 19:45"), "27/11 11:00"),  # nobody is woken
        ("26/11 22:30", "27/11 00:30", ("25/11 17:00", "26/11 19:45"), "27/11 11:00"),
        ("26/11 22:00", "27/11 11:00", ("25/11 17:00", "26/11 19:45"), "28/11 11:00"),  # it still lasts at eleven
    ],
)
def test_a_seat_brings_two_reminders_and_a_question_by_day(
    start: str, end: str, reminded: Sequence[str], asked: str
) -> None:
    assert reminders_of(seat(start, end)) == [at(each) for each in reminded]
    assert follow_up_of(seat(start, end)) == at(asked)


def test_two_hours_are_two_hours_on_the_night_when_the_clocks_change() -> None:
    spring = seat("28/03 10:00", "28/03 12:00", year=2027)
    assert reminders_of(spring) == [at("27/03 17:00", 2027), at("28/03 08:00", 2027)]
    night = seat("28/03 04:00", "28/03 06:00", year=2027)  # two hours before is 01:00, as 02:00 is left out
    assert reminders_of(night) == [at("27/03 17:00", 2027), at("27/03 19:45", 2027)]


def test_who_signs_up_late_or_gives_the_seat_back_is_told_less() -> None:
    late = seat("26/11 17:30", "26/11 20:00", taken="25/11 18:05")
    assert reminders_of(late) == [at("26/11 15:30")]
    left = replace(seat("26/11 17:30", "26/11 20:00"), left=at("25/11 19:00"))
    assert reminders_of(left) == [at("25/11 17:00")]
    assert follow_up_of(left) is None


def test_what_nobody_asked_for_is_one_a_day_and_three_in_seven_and_waits_three_days_at_most() -> None:
    assert capped(of_use("02/12 11:00", "02/12 11:00")) == [at("02/12 11:00"), at("03/12 08:00")]
    three = [at("01/12 11:00"), at("02/12 11:00"), at("03/12 11:00")]
    assert capped(of_use("01/12 11:00", "02/12 11:00", "03/12 11:00", "06/12 11:00")) == [*three, at("08/12 08:00")]
    assert capped(of_use("01/12 11:00", "02/12 11:00", "03/12 11:00", "04/12 11:00")) == three  # the eighth is too late


def of_use(*due: str) -> list[tuple[datetime, datetime]]:
    """Moments with their ends, three days later."""
    return [(at(each), at(each) + timedelta(days=3)) for each in due]


def test_the_meetings_are_the_second_tuesdays_of_four_months() -> None:
    found = meetings_of(date(2026, 11, 23), date(2027, 11, 23))
    assert found == [date(2027, 2, 9), date(2027, 5, 11), date(2027, 8, 10), date(2027, 11, 9)]


def test_a_year_expects_what_falls_due_within_it() -> None:
    lived = Year(
        begins=at("23/11 10:00"),
        ends=at("03/02 12:00", 2027),
        seats=[seat("26/11 17:30", "26/11 20:00")],
        pairs=[Pair(3, (7, 8), at("01/12 16:00"))],
        rhythm=[1, 365],
        member=1,
        orientation=2,
    )
    expected = lived.expected()
    assert {due: moments[0] for due, moments in expected.items() if due[0] in {1, 2}} == {
        (1, "will you come"): at("29/12 09:00"),
        (1, "agenda"): at("02/02 09:00", 2027),
        (2, "agenda"): at("02/02 09:00", 2027),
    }
    assert expected[7, UNASKED] == [at("27/11 11:00"), at("02/12 17:30")]
    assert expected[8, UNASKED] == [at("02/12 17:30")]
    assert sum(map(len, expected.values())) == 3 + 3 + 2


def test_what_is_missing_doubled_or_late_is_counted_with_an_example() -> None:
    due = {(1, "a"): [at("01/12 09:00")], (1, "b"): [at("01/12 09:00")], (2, "c"): [at("01/12 09:00")]}
    said = {(1, "b"): [at("01/12 09:00")] * 2, (2, "c"): [at("01/12 10:00")], (3, "d"): [at("01/12 09:00")]}
    found = compare(due, said)
    assert (found.expected, found.missing, found.doubled, found.late) == (3, 1, 2, 1)
    assert "missing: 1 a: due Tue 01/12 09:00, said never" in found.examples


def test_the_cap_and_the_quiet_hours_are_counted_over_what_was_said() -> None:
    assert over_the_cap([(1, at("01/12 09:00")), (1, at("01/12 17:00")), (2, at("01/12 09:00"))]) == 1
    assert over_the_cap([(1, at(f"0{day}/12 09:00")) for day in (1, 2, 3, 4)]) == 1
    assert over_the_cap([(1, at(f"0{day}/12 09:00")) for day in (1, 2, 3, 8)]) == 0
    assert [in_quiet_hours(at(f"01/12 {clock}")) for clock in ("07:59", "08:00", "19:59", "20:00")] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.slow
async def test_a_small_year_says_each_thing_once_at_its_time(tmp_path: Path) -> None:
    size = Size(people=16, days=7, activities=7, signups=70, enrolled=1, matches=1, seed=3)
    lived = await year(size, tmp_path)
    assert lived.verdict.examples == []
    assert lived.pairs == 1
    assert lived.verdict.expected > 20
    assert lived.messages > lived.verdict.expected
