"""What a meeting needs and when: the week before and the week after, what is late, what a move leaves standing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.meetings.model import Charter, Meeting, Rule
from bot.core.meetings.steps import due, moved, past, steps, wakes
from bot.core.quiet import is_quiet
from bot.core.schedule import ZONE, is_holiday

CHARTER = Charter({"da": "Netværket"}, Rule((2, 5, 8, 11), 2, 1, time(16, 30), time(18, 30)))


def on(day: date, clock: time = time(16, 30), **values: object) -> Meeting:
    start = datetime.combine(day, clock, ZONE)
    return replace(Meeting(1, "fixed", start, start + timedelta(hours=2)), **values)  # type: ignore[arg-type] # its fields


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2034, 12, 31)), st.times())
def test_papers_go_out_exactly_a_week_before_and_after_and_nobody_is_asked_at_night_or_on_a_holiday(
    day: date, clock: time
) -> None:
    for step in steps(on(day, clock.replace(second=0, microsecond=0, tzinfo=None)), CHARTER):
        local = step.at.astimezone(ZONE)
        assert not is_quiet(step.at)
        if step.kind == "agenda":
            assert (local.date(), local.time()) == (day - timedelta(days=7), time(9))
        elif step.kind == "minutes":
            assert (local.date(), local.time()) == (day + timedelta(days=7), time(9))
        elif step.kind not in ("invite", "reminder"):
            assert local.weekday() < 5
            assert not is_holiday(local.date())


def test_the_secretary_is_reminded_before_the_holidays_where_the_day_falls_into_them() -> None:
    found = {each.kind: each.at.astimezone(ZONE).date() for each in steps(on(date(2027, 1, 9)), CHARTER)}
    assert found["write_agenda"] == date(2026, 12, 23), "the 26th is a holiday, as is Christmas Eve"
    assert found["agenda_soon"] == date(2026, 12, 30), "the 31st counts as a holiday"
    assert found["agenda"] == date(2027, 1, 2)


def walked(meeting: Meeting, since: datetime, until: datetime) -> list[tuple[str, date]]:
    """Every step as the clock would do it, each at the moment it wakes."""
    done: list[tuple[str, date]] = []
    for _ in range(100):
        next_at = wakes(meeting, CHARTER, since)
        if next_at is None or next_at > until:
            break
        since = max(since, next_at)
        done += [(step.kind, since.astimezone(ZONE).date()) for step in due(meeting, CHARTER, since)]
        meeting = replace(meeting, done=meeting.done | past(meeting, CHARTER, since))
    return done


def test_an_agenda_that_nobody_writes_is_missed_on_its_day_and_chased_on_each_working_day() -> None:
    found = walked(on(date(2027, 2, 9)), at(date(2026, 11, 23)), at(date(2027, 2, 9), 12))
    assert found == [
        ("invite", date(2026, 12, 29)),
        ("write_agenda", date(2027, 1, 26)),
        ("agenda_soon", date(2027, 1, 29)),
        ("agenda", date(2027, 2, 2)),
        ("agenda_late", date(2027, 2, 3)),
        ("agenda_late", date(2027, 2, 4)),
        ("agenda_late", date(2027, 2, 5)),
        ("agenda_late", date(2027, 2, 8)),
        ("reminder", date(2027, 2, 8)),
    ]


def test_a_ready_agenda_is_only_sent_and_ready_minutes_too() -> None:
    meeting = on(date(2027, 2, 9), agenda_ready=at(date(2027, 1, 20)), minutes_ready=at(date(2027, 2, 10)))
    found = walked(meeting, at(date(2026, 11, 23)), at(date(2027, 6, 1)))
    assert found == [
        ("invite", date(2026, 12, 29)),
        ("agenda", date(2027, 2, 2)),
        ("reminder", date(2027, 2, 8)),
        ("minutes", date(2027, 2, 16)),
    ]


def test_minutes_are_chased_eight_times_and_then_let_be() -> None:
    meeting = on(date(2027, 2, 9), agenda_ready=at(date(2027, 1, 20)), agenda_out=at(date(2027, 2, 2)))
    found = [kind for kind, _ in walked(meeting, at(date(2026, 11, 23)), at(date(2028, 2, 9)))]
    assert found == ["invite", "reminder", "write_minutes", "minutes_soon", "minutes", *["minutes_late"] * 8]


def test_who_was_away_for_a_week_is_asked_once_for_each_paper() -> None:
    meeting = on(date(2027, 2, 9))
    assert [each.kind for each in due(meeting, CHARTER, at(date(2027, 2, 5)))] == ["invite", "agenda"]
    assert [each.kind for each in due(meeting, CHARTER, at(date(2027, 2, 1)))] == ["invite", "agenda_soon"]


def test_a_cancelled_meeting_needs_nothing_more() -> None:
    meeting = on(date(2027, 2, 9), state="cancelled")
    assert steps(meeting, CHARTER) == ()
    assert wakes(meeting, CHARTER, at(date(2026, 11, 23))) is None


def test_a_move_later_lets_the_agenda_go_out_again_on_its_new_day() -> None:
    meeting = on(date(2027, 2, 9), agenda_ready=at(date(2027, 1, 20)), agenda_out=at(date(2027, 2, 2)))
    meeting = replace(meeting, done=past(meeting, CHARTER, at(date(2027, 2, 3))))
    later = moved(meeting, *span(date(2027, 3, 9)), CHARTER, at(date(2027, 2, 3)))
    assert (later.agenda_out, later.sequence) == (None, 1)
    assert walked(later, at(date(2027, 2, 3)), at(date(2027, 3, 9))) == [
        ("agenda", date(2027, 3, 2)),
        ("reminder", date(2027, 3, 8)),
    ]


def test_a_move_past_the_agendas_day_keeps_what_went_out_and_asks_nothing_twice() -> None:
    meeting = on(date(2027, 2, 23))
    meeting = replace(meeting, done=past(meeting, CHARTER, at(date(2027, 2, 10))))
    sooner = moved(meeting, *span(date(2027, 2, 12)), CHARTER, at(date(2027, 2, 10), 12))
    assert walked(sooner, at(date(2027, 2, 10), 12), at(date(2027, 2, 12), 12)) == [
        ("agenda_late", date(2027, 2, 11)),
        ("reminder", date(2027, 2, 11)),
    ], "its agenda would have had to go out on the 5th: members hear that with the move"
    sent = replace(meeting, agenda_ready=at(date(2027, 2, 9)), agenda_out=at(date(2027, 2, 9)))
    assert moved(sent, *span(date(2027, 2, 12)), CHARTER, at(date(2027, 2, 10))).agenda_out == sent.agenda_out


def span(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(16, 30), ZONE)
    return start, start + timedelta(hours=2)
