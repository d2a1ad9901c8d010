"""When a series is held, in a line: a rule with and without an end, and the times of a calendar."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.core.model import Schedule
from bot.core.say import Day
from bot.editing.in_words import rule

FIRST, LAST = date(2027, 1, 11), date(2027, 3, 15)


@pytest.mark.parametrize(
    ("schedule", "said", "days"),
    [
        (Schedule(FIRST, time(18), time(20), "weekly"), "{how} from {day}, {hours}", {FIRST}),
        (
            Schedule(FIRST, time(18), time(20), "weekly", until=LAST),
            "{how} from {day} to {until}, {hours}",
            {FIRST, LAST},
        ),
        (Schedule(FIRST, time(18), time(20), "listed", until=LAST), "on several days from {day}", {FIRST}),
        (Schedule(FIRST, time(18), time(20)), "{day} {hours}", {FIRST}),
    ],
)
def test_a_rule_is_said_with_its_end_and_a_calendar_without_a_rule(
    schedule: Schedule, said: str, days: set[date]
) -> None:
    text = rule(schedule)
    assert (text.msgid, {each.on for each in text.values.values() if isinstance(each, Day)}) == (said, days)
