"""An activity in the making: which question comes next, what is wrong with it, and what two editors changed at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from bot.core.activity_record import read_activity, read_schedule, record_of
from bot.core.model import Activity, ActivityText, Schedule
from bot.core.pack import LONGEST
from bot.core.schedule import DAY, ZONE, days, local_day, moment, nth_of, occurrence, problems

STEPS = (
    *("organisation", "title", "about", "repeats", "first", "hours", "until", "place", "venue"),
    *("topics", "audience", "languages", "price", "sign_up", "capacity", "contact"),
)
"""The questions of the form, in their order."""

IN_SCHEDULE = ("repeats", "first", "hours", "until")
AHEAD = timedelta(days=366)

Wrong = Literal[
    "unfinished",
    "no_date",
    "over",
    "no_such_time",
    "too_long",
    "no_length",
    "not_in_series",
    "course_end",
    "moved_course",
]
EditState = Literal["open", "proposed", "done"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Somebody's form. `base` are the values it began with (empty for a new activity), `values` what they say now.

    `number` is the activity it changes, or became. `note` is what a coordinator wrote who sent it back. `touched` is
    when it was changed last, where it comes from its row.
    """

    id: int
    person: int
    number: int | None
    state: EditState
    values: Mapping[str, Any]
    base: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    agreed: bool = False
    touched: datetime | None = None

    @property
    def is_new(self) -> bool:
        return not self.base

    @property
    def changed(self) -> dict[str, Any]:
        """The values that differ from what the form began with."""
        return {name: value for name, value in self.values.items() if self.base.get(name, ...) != value}


def values_of(activity: Activity) -> dict[str, Any]:
    """The values of a form that begins with this activity: its record, and the words of the original."""
    said = activity.texts.get(activity.source)
    record = record_of(activity)
    del record["example"]
    return {**record, "title": said.title if said else "", "about": said.about if said else ""}


def without_dates(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values for a copy: all but the days, which are asked anew."""
    kept = {name: value for name, value in values.items() if name != "schedule"}
    hours = ("start", "end", "on_holidays")
    return {**kept, "schedule": {name: value for name, value in values["schedule"].items() if name in hours}}


def is_answered(values: Mapping[str, Any], step: str) -> bool:
    """Whether this question has its answer, or needs none."""
    schedule = values.get("schedule", {})
    if step == "hours":
        return "start" in schedule and "end" in schedule
    if step == "until":
        return schedule.get("repeats") == "once" or "until" in schedule
    if step in IN_SCHEDULE:
        return step in schedule
    if step == "capacity":
        return values.get("sign_up") == "none" or "capacity" in values
    return step in values


def next_step(values: Mapping[str, Any]) -> str | None:
    """The first question without an answer; None where all are answered."""
    return next((step for step in STEPS if not is_answered(values, step)), None)


def with_schedule(values: Mapping[str, Any], **changed: Any) -> dict[str, Any]:
    """The values with another rule. What no longer fits it (the `nth` of a month, days left out) is made anew."""
    schedule = {**values.get("schedule", {}), **changed}
    if "repeats" in changed or "first" in changed:
        schedule["skips"] = []
        if schedule.get("repeats") == "once":
            schedule["until"] = None
        if "first" in schedule and "repeats" in schedule:
            first = date.fromisoformat(schedule["first"])
            bare = Schedule(first, datetime.min.time(), datetime.min.time(), "monthly")
            schedule["nth"] = nth_of(bare) if schedule["repeats"] == "monthly" else None
    return {**values, "schedule": schedule}


def fits_series(repeats: str, day: date) -> bool:
    """Whether a series of this kind can begin on the day: odd and even weeks by the number of a Danish calendar."""
    parity = {"odd_weeks": 1, "even_weeks": 0}.get(repeats)
    return parity is None or day.isocalendar().week % 2 == parity


def made(edit: Edit, community: str, language: str) -> Activity:
    """The activity that the form describes. It must have no question open."""
    record = {"source": language, **edit.values}
    words = ActivityText(str(record["title"]), str(record["about"]), "human")
    if record["sign_up"] == "none":
        record["capacity"] = None
    return read_activity(edit.number or 0, f"chat-{edit.id}", community, record, {record["source"]: words})


def wrong_with(edit: Edit, today: date) -> Wrong | None:
    """What keeps the form from being published; None where it is good."""
    if next_step(edit.values) is not None:
        return "unfinished"
    schedule = read_schedule(edit.values["schedule"])
    found = _wrong_rule(schedule) or _wrong_clock(schedule)
    if found is None and edit.values["sign_up"] == "course" and (schedule.until is None or schedule.repeats == "once"):
        return "course_end"
    if found is None and "schedule" in edit.changed and not any(days(schedule, today, today + AHEAD)):
        return "over"
    return found


def _wrong_rule(schedule: Schedule) -> Wrong | None:
    found = problems(schedule)
    if "no_length" in found:
        return "no_length"
    if "first_not_in_series" in found:
        return "not_in_series"
    return "no_date" if found else None


def _wrong_clock(schedule: Schedule) -> Wrong | None:
    held = occurrence(0, schedule, schedule.first)
    if held.end - held.start > LONGEST:
        return "too_long"
    clocks = ((schedule.first, schedule.start), (local_day(held.end), schedule.end))
    if schedule.repeats == "once" and any(moment(day, clock).astimezone(ZONE).time() != clock for day, clock in clocks):
        return "no_such_time"
    return None


def upcoming(schedule: Schedule, today: date, many: int = 3) -> tuple[date, ...]:
    """The next days it is held, as the preview shows them."""
    found = []
    for day in days(schedule, today, today + AHEAD):
        found.append(day)
        if len(found) == many:
            break
    return tuple(found)


def clashes(edit: Edit, current: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that somebody else changed meanwhile to something other than this form says."""
    return tuple(
        name
        for name, mine in edit.changed.items()
        if name in current and current[name] != edit.base.get(name) and current[name] != mine
    )


def first_days(repeats: str, today: date, page: int, at_once: int = 10) -> tuple[date, ...]:
    """Days to begin on, from today, as pages of buttons."""
    fitting: list[date] = []
    day = today
    while len(fitting) < (page + 1) * at_once:
        if fits_series(repeats, day):
            fitting.append(day)
        day += DAY
    return tuple(fitting[page * at_once :])
