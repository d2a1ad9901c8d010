"""An activity in the making, in words: its rule, its next days, each value of the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.activities import town
from bot.core.activity_record import read_schedule
from bot.core.editing import is_answered, upcoming
from bot.core.model import ActivityText, Schedule
from bot.core.say import Content, Day, Listing, Price, Text, Value, Word, say
from bot.guide import Guide


def step_name(step: str) -> Text:
    """The short name of a question of the form; also what two editors changed at once."""
    # NOTE: What a line of a coordinator's form is about: "price: 35 kroner", "ask for: the trainer".
    return {
        "organisation": say("organisation"),
        "title": say("name"),
        "about": say("text"),
        "schedule": say("time"),
        "repeats": say("how often"),
        "first": say("first day"),
        "hours": say("clock time"),
        "until": say("last day"),
        "place": say("town"),
        "venue": say("place"),
        "topics": say("topics"),
        "audience": say("for whom"),
        "languages": say("languages"),
        "price": say("price"),
        "sign_up": say("sign-up"),
        "capacity": say("seats"),
        "contact": say("ask for"),
    }[step]


def repeats_name(repeats: str) -> Text:
    return {
        "once": say("once"),
        "weekly": say("every week"),
        "odd_weeks": say("odd weeks"),
        "even_weeks": say("even weeks"),
        "monthly": say("every month"),
        "listed": say("on several days"),
    }[repeats]


def sign_up_name(sign_up: str) -> Text:
    return {
        "each": say("for each time"),
        "course": say("once for the whole course"),
        "none": say("just come"),
    }[sign_up]


def value_of(guide: Guide, values: Mapping[str, Any], step: str) -> Value | None:
    """What the form says to a question, as it is read; None where it has no answer."""
    if not is_answered(values, step):
        return None
    schedule = values.get("schedule", {})
    match step:
        case "organisation":
            found = guide.organisations.get(values["organisation"])
            return found.name if found else str(values["organisation"]).removeprefix("new:")
        case "repeats":
            return _repeats(schedule)
        case "first":
            return Day(date.fromisoformat(schedule["first"]))
        case "hours":
            return f"{schedule['start']}–{schedule['end']}"
        case "until":
            until = schedule.get("until")
            return Day(date.fromisoformat(until)) if until else say("no end")
        case "place":
            return town(guide.places[values["place"]]) if values["place"] in guide.places else str(values["place"])
        case _:
            return _plain(values, step)


def _plain(values: Mapping[str, Any], step: str) -> Value:
    match step:
        case "venue":
            return ", ".join(filter(None, values["venue"][:2]))
        case "topics":
            return Listing(tuple(Word("topic", each) for each in values["topics"]))
        case "audience":
            chosen = values["audience"]
            return Listing(tuple(Word("audience", each) for each in chosen)) if chosen else say("for everyone")
        case "languages":
            return Listing(tuple(Word("language", each) for each in values["languages"]))
        case "price":
            return Price(values["price"])
        case "sign_up":
            return sign_up_name(values["sign_up"])
        case "capacity":
            seats = values.get("capacity")
            return str(seats) if seats is not None else say("no limit")
        case "contact":
            chosen = values["contact"]
            return Content(chosen, next(iter(chosen))) if chosen else say("nobody in particular")
        case _:
            return str(values[step])


def _repeats(schedule: Mapping[str, Any]) -> Value:
    if schedule["repeats"] != "monthly" or not schedule.get("nth"):
        return repeats_name(schedule["repeats"])
    return monthly_name(schedule["nth"])


def monthly_name(nth: int) -> Text:
    return {
        1: say("the first such weekday of a month"),
        2: say("the second such weekday of a month"),
        3: say("the third such weekday of a month"),
        4: say("the fourth such weekday of a month"),
        -1: say("the last such weekday of a month"),
    }[nth]


def next_days(values: Mapping[str, Any], today: date) -> Listing | None:
    """The next three days it is held; None where the rule is not whole."""
    schedule = values.get("schedule", {})
    if not all(name in schedule for name in ("repeats", "first", "start", "end")):
        return None
    return Listing(tuple(map(Day, upcoming(read_schedule(schedule), today))))


def rule(schedule: Schedule) -> Text:
    """A rule in one line, as a poster or a list of one's activities shows it."""
    hours = f"{schedule.start:%H:%M}–{schedule.end:%H:%M}"
    if schedule.repeats == "once":
        # NOTE: When an activity is held: {day} "Thursday 26/11", {hours} "17:30–20:00".
        return say("{day} {hours}", day=Day(schedule.first), hours=hours)
    if schedule.repeats == "listed":
        # NOTE: When an activity is held that follows a calendar, at times that no rule says: {day} the first of them.
        return say("on several days from {day}", day=Day(schedule.first))
    how = monthly_name(schedule.nth) if schedule.nth else repeats_name(schedule.repeats)
    if schedule.until is not None:
        # NOTE: When a series is held that has an end: {how} "every week", {day} its first day "Monday 11/01", {until}
        # its last "Monday 15/03", {hours} "18:30–20:30".
        return say(
            "{how} from {day} to {until}, {hours}",
            how=how,
            day=Day(schedule.first),
            until=Day(schedule.until),
            hours=hours,
        )
    # NOTE: When a series is held: {how} "every week", {day} its first day "Thursday 26/11", {hours} "17:30–20:00".
    return say("{how} from {day}, {hours}", how=how, day=Day(schedule.first), hours=hours)


def states(texts: Mapping[str, ActivityText], languages: tuple[str, ...], source: str) -> list[tuple[str, Text]]:
    """Each language of the community with the state of its text."""
    return [(each, _state(texts.get(each), original=each == source)) for each in languages]


def _state(said: ActivityText | None, *, original: bool) -> Text:
    if original:
        return say("⭐ original")
    if said is None:
        return say("❌ missing")
    return {"human": say("✅ by a person"), "draft": say("📝 draft"), "outdated": say("⚠️ outdated")}[said.state]


def clock(text: str) -> time:
    return time.fromisoformat(text)
