"""Follow-ups: often at first, then less; and when a pair counts as quiet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.network.rhythm import FollowUp, is_quiet, next_look, plan
from bot.core.schedule import local_day

MET = datetime(2026, 11, 24, 15, tzinfo=UTC)
RHYTHM = (FollowUp("d1", 1, {}), FollowUp("d3", 3, {}), FollowUp("w2", 14, {}), FollowUp("m6", 182, {}))
PATIENCE = timedelta(days=2)


def test_the_questions_come_in_the_late_afternoon_also_over_a_change_of_the_clock() -> None:
    assert [each.at for each in plan(MET, RHYTHM)] == [
        datetime(2026, 11, 25, 16, 30, tzinfo=UTC),
        datetime(2026, 11, 27, 16, 30, tzinfo=UTC),
        datetime(2026, 12, 8, 16, 30, tzinfo=UTC),
        datetime(2027, 5, 25, 15, 30, tzinfo=UTC),
    ]


def test_the_first_question_is_never_on_the_day_of_the_meeting() -> None:
    assert all(local_day(each.at) > local_day(MET) for each in plan(MET, RHYTHM))


def test_one_question_without_an_answer_is_not_quiet_two_are() -> None:
    assert not is_quiet(MET, RHYTHM, {}, MET + timedelta(days=4), PATIENCE)
    assert is_quiet(MET, RHYTHM, {}, MET + timedelta(days=6), PATIENCE)


def test_a_late_answer_is_a_sign_of_life_for_all_before_it() -> None:
    answered = {"d1": MET + timedelta(days=5)}
    assert not is_quiet(MET, RHYTHM, answered, MET + timedelta(days=6), PATIENCE)
    assert not is_quiet(MET, RHYTHM, answered, MET + timedelta(days=20), PATIENCE)
    assert is_quiet(MET, RHYTHM, answered, MET + timedelta(days=190), PATIENCE)


def test_after_the_last_question_nothing_is_looked_for_any_more() -> None:
    assert next_look(MET, RHYTHM, MET, PATIENCE) == datetime(2026, 11, 27, 16, 30, tzinfo=UTC)
    assert next_look(MET, RHYTHM, MET + timedelta(days=200), PATIENCE) is None
