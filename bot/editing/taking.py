"""An answer to a question of the form, tapped or typed: taken, or said in words why not; the form is never lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.core.activity_record import venue_record
from bot.core.editing import Edit, fits_series, is_answered, next_step, with_schedule
from bot.core.model import Reader, Venue
from bot.core.pack import VENUE_FARTHEST_KM, km_between
from bot.core.query import code, coded_day
from bot.core.say import Message, Text, say
from bot.core.schedule import local_day
from bot.editing.forms import ask, ask_next, keep, opened, show, with_values
from bot.editing.in_words import step_name, value_of
from bot.editing.questions import REPEATS, SIGN_UPS, TOGGLED, contact_code, contacts, venue_code, venues
from bot.editing.reading import TYPED, Taken, in_town, read_number, take_day
from bot.i18n import clean
from bot.services import Services


async def tapped(services: Services, reader: Reader, number: int, step: str, value: str, now: datetime) -> Message:
    """A tap on one of the answers."""
    edit = await opened(services, reader, number)
    if isinstance(edit, Message):
        return edit
    taken = _of_tap(services, edit, step, value, local_day(now))
    return await _go_on(services, reader, edit, step, taken, now)


async def toggled(
    services: Services, reader: Reader, number: int, step: str, value: str, page: int, now: datetime
) -> Message:
    """One of several is chosen, or no more."""
    edit = await opened(services, reader, number)
    if isinstance(edit, Message):
        return edit
    kind = TOGGLED[step]
    ids = {code(each): each for each in services.guide.topics.ids(kind)}  # type: ignore[arg-type] # one of its kinds
    chosen = list(edit.values.get(step) or [])
    if value in ids:
        chosen = [each for each in chosen if each != ids[value]] if ids[value] in chosen else [*chosen, ids[value]]
        edit = with_values(edit, {**edit.values, step: chosen})
        await keep(services, edit, now)
    return await ask(services, reader, edit, step, now, page=page)


async def chosen(services: Services, reader: Reader, number: int, step: str, now: datetime) -> Message:
    """All that was wanted is ticked; nothing ticked means everyone."""
    edit = await opened(services, reader, number)
    if isinstance(edit, Message):
        return edit
    ticked = list(edit.values.get(step) or [])
    if not ticked and step != "audience":
        return await ask(services, reader, edit, step, now)
    return await _go_on(services, reader, edit, step, {**edit.values, step: ticked}, now)


async def typed(services: Services, reader: Reader, number: int, step: str, text: str, now: datetime) -> Message:
    """A text that answers the question that was asked last."""
    edit = await opened(services, reader, number)
    if isinstance(edit, Message):
        return edit
    said = " ".join(clean(text).split())
    read = TYPED.get(step) if said else None
    # NOTE: To a coordinator who wrote where the answer is a tap on a button.
    taken = read(services, reader, edit, said, now) if read else say("Tap one of these, please.")
    return await _go_on(services, reader, edit, step, taken, now)


async def located(services: Services, reader: Reader, number: int, lat: float, lon: float, now: datetime) -> Message:
    """The place as a pin of the map, for the venue of the form."""
    edit = await opened(services, reader, number)
    if isinstance(edit, Message):
        return edit
    place = services.guide.places.get(str(edit.values.get("place")))
    if place is None or not is_answered(edit.values, "venue"):
        # NOTE: To a coordinator who sent a place of the map before the town and door were said.
        return await ask_next(services, reader, edit, now, [say("First the town and what stands on the door.")])
    if km_between((lat, lon), (place.lat, place.lon)) > VENUE_FARTHEST_KM:
        # NOTE: To a coordinator: the pin on the map is in another town.
        return await ask_next(services, reader, edit, now, [say("⚠️ That is far from the town. I did not take it.")])
    name, address, *_ = edit.values["venue"]
    venue = venue_record(Venue(name, address, round(lat, 5), round(lon, 5)))
    edit = with_values(edit, {**edit.values, "venue": venue})
    await keep(services, edit, now)
    # NOTE: To a coordinator: the place on the map was taken.
    return await ask_next(services, reader, edit, now, [say("📍 The pin is set.")])


async def _go_on(services: Services, reader: Reader, edit: Edit, step: str, taken: Taken, now: datetime) -> Message:
    """With an answer the next question, or the form where it had all; without one the same question again."""
    if isinstance(taken, Message):
        return taken
    if isinstance(taken, Text):
        return await ask(services, reader, edit, step, now, notes=[taken])
    was_whole = next_step(edit.values) is None or not edit.is_new
    edit = with_values(edit, taken)
    await keep(services, edit, now)
    value = value_of(services.guide, edit.values, step)
    notes = [say("👍 {what}: {value}", what=step_name(step), value=value)] if value is not None else []
    if step == "venue" and len(edit.values["venue"]) > 4:
        # NOTE: To a coordinator, after the address was written. 📎 is Telegram's button to attach something.
        notes.append(say("📍 Send its place with 📎 now, and people get a pin on the map."))
    if was_whole:
        return await show(services, reader, edit, now, notes)
    return await ask_next(services, reader, edit, now, notes)


# -- tapped -----------------------------------------------------------------------------------------------------------


def _of_tap(services: Services, edit: Edit, step: str, value: str, today: date) -> Taken:
    guide, values = services.guide, edit.values
    match step:
        case "organisation":
            found = next((each for each in guide.organisations if code(each, 4) == value), None)
            return {**values, step: found} if found else _old()
        case "repeats":
            return _repeats(values, value)
        case "first" | "until":
            return _day_tapped(edit, step, value, today)
        case "hours":
            return _hours_tapped(values, value)
        case "place":
            place = next((each for each in guide.places.values() if code(each.id, 3) == value), None)
            return in_town(values, place) if place else _old()
        case "venue":
            venue = next((each for each in venues(guide, edit) if venue_code(each) == value), None)
            return {**values, step: venue_record(venue)} if venue else _old()
        case "sign_up" if value in SIGN_UPS:
            return {**values, step: value}
        case "price" | "capacity":
            return {**values, step: None} if value == "-" and step == "capacity" else read_number(values, step, value)
        case "contact":
            contact = next((each for each in contacts(guide, edit) if contact_code(each) == value), None)
            return {**values, step: contact or {}} if contact or value == "-" else _old()
        case _:
            return _old()


def _old() -> Text:
    # NOTE: To a coordinator who tapped an answer that is not there any more.
    return say("That is not there any more. Choose again.")


def _repeats(values: Mapping[str, Any], value: str) -> Taken:
    repeats, _, nth = value.partition(".")
    if repeats not in REPEATS or nth not in ("", "4", "-1"):
        return _old()
    found = with_schedule(values, repeats=repeats)
    if nth:
        found["schedule"]["nth"] = int(nth)
    schedule = found["schedule"]
    if "first" in schedule and not fits_series(repeats, date.fromisoformat(schedule["first"])):
        del schedule["first"]  # it is asked again: no day of this series
    if repeats != "once" and values.get("schedule", {}).get("repeats") == "once":
        del schedule["until"]
    return found


def _day_tapped(edit: Edit, step: str, value: str, today: date) -> Taken:
    if value == "-" and step == "until":
        return with_schedule(edit.values, until=None)
    try:
        return take_day(edit, step, coded_day(value), today)
    except ValueError:
        return _old()


def _hours_tapped(values: Mapping[str, Any], value: str) -> Taken:
    start, _, end = value.partition("-")
    if not all(len(each) == 4 and each.isdigit() and each[:2] < "24" and each[2:] < "60" for each in (start, end)):
        return _old()
    return with_schedule(values, start=f"{start[:2]}:{start[2:]}", end=f"{end[:2]}:{end[2:]}")
