"""What is typed into a form, read: a day, a time, a town, a number, words; or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.activity_record import venue_record
from bot.core.editing import Edit, fits_series, with_schedule
from bot.core.model import Place, Reader, Venue
from bot.core.pack import ABOUT_LONGEST, TITLE_LONGEST, wrong_privacy
from bot.core.say import Button, Day, Message, Text, label, say
from bot.core.schedule import local_day
from bot.core.typed_times import Hours, read_hours
from bot.core.understanding import Question, understand
from bot.services import Services

NAME_LONGEST = 60
ADDRESS_LONGEST = 100
MOST_SEATS = 1000
MOST_KRONER = 5000
LENGTHS = (60, 90, 120, 180)
"""Minutes that are offered where only a start was typed."""

Taken = dict[str, Any] | Text | Message
"""The form's values with the answer; or a complaint; or a question back."""


def take_day(edit: Edit, step: str, day: date, today: date) -> Taken:
    """The first or the last day, if it can be one."""
    schedule = edit.values.get("schedule", {})
    if day < today:
        # NOTE: To a coordinator: {day} "Thursday 26/11".
        return say("⚠️ {day} is over.", day=Day(day))
    if step == "first" and not fits_series(schedule.get("repeats", "once"), day):
        # NOTE: To a coordinator, of a series in odd or even weeks: {day} "Thursday 26/11", {week} "48".
        return say("⚠️ {day} is in week {week}. Choose a day of the week before or after.", day=Day(day),
                   week=day.isocalendar().week)  # fmt: skip
    if step == "until" and day.isoformat() < schedule.get("first", ""):
        # NOTE: To a coordinator: the last day of a series is before its first.
        return say("⚠️ {day} is before the first day.", day=Day(day))
    return with_schedule(edit.values, **{step: day.isoformat()})


def in_town(values: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """In this town; a venue of another town is asked for anew."""
    kept = dict(values)
    if values.get("place") != place.id:
        kept.pop("venue", None)
    return {**kept, "place": place.id}


def read_number(values: Mapping[str, Any], step: str, text: str) -> Taken:
    digits = "".join(str(int(each)) for each in text if each.isdigit())
    least, most = (0, MOST_KRONER) if step == "price" else (1, MOST_SEATS)
    if not digits or len(digits) > 5 or not least <= int(digits) <= most:
        # NOTE: To a coordinator who wrote something else than a number.
        return say("⚠️ Write a number from {least} to {most}.", least=least, most=most)
    return {**values, step: int(digits)}


def _organisation(services: Services, _reader: Reader, edit: Edit, said: str, _now: datetime) -> Taken:
    known = services.guide.organisations.values()
    found = next((each for each in known if each.name.casefold() == said.casefold()), None)
    if found is not None:
        return {**edit.values, "organisation": found.id}
    # what is not known yet is made when a coordinator publishes it
    return readable(said, NAME_LONGEST) or {**edit.values, "organisation": f"new:{said}"}


def readable(said: str, longest: int) -> Text | None:
    """Why these words cannot stand in an activity; None where they can."""
    if len(said) > longest:
        # NOTE: To a coordinator: {length} "63", {most} "40" characters.
        return say("⚠️ That is {length} characters. At most {most} fit.", length=len(said), most=longest)
    if wrong_privacy(said) is not None:
        # NOTE: To a coordinator: a text holds a telephone number or something like it.
        return say("⚠️ No phone number, e-mail or CPR number here. Name a role, such as: the trainer.")
    return None


def language_of(text: str, spoken: str) -> str:
    """The language an original is written in: by its letters; of Latin ones the writer's, else Danish."""
    if any("\u0600" <= letter <= "\u06ff" for letter in text):
        return "ar"
    if any("\u1200" <= letter <= "\u137f" for letter in text):
        return "ti"
    return spoken if spoken in ("da", "en") else "da"


def _title(services: Services, reader: Reader, edit: Edit, said: str, _now: datetime) -> Taken:
    source = edit.values.get("source") or language_of(said, reader.language)
    return readable(said, TITLE_LONGEST) or {**edit.values, "title": said, "source": source}


def _about(_services: Services, _reader: Reader, edit: Edit, said: str, _now: datetime) -> Taken:
    return readable(said, ABOUT_LONGEST) or {**edit.values, "about": said}


def _day(services: Services, reader: Reader, edit: Edit, said: str, now: datetime, *, step: str = "first") -> Taken:
    frame = understand(Question(said, reader.language, now), services.words, services.towns)
    if frame.start is None:
        # NOTE: To a coordinator who wrote something else than a day.
        return say("⚠️ I do not know that day. Write it such as: 3/12.")
    return take_day(edit, step, frame.start, local_day(now))


def _until(services: Services, reader: Reader, edit: Edit, said: str, now: datetime) -> Taken:
    return _day(services, reader, edit, said, now, step="until")


def _hours(services: Services, reader: Reader, edit: Edit, said: str, now: datetime) -> Taken:
    found = hours_in(services, reader, said, now)
    if not found:
        # NOTE: To a coordinator who wrote something else than a time.
        return say("⚠️ I do not know that time. Write it such as: 17.30-20.")
    if len(found) == 1 and found[0][1] is not None:
        start, end = found[0]
        return with_schedule(edit.values, start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    choices = _lengths(found) if found[0][1] is None else [(start, end) for start, end in found if end is not None]
    buttons = [
        Button(label("{value}", value=f"{start:%H:%M}–{end:%H:%M}"), f"es:{edit.id}:hours:{start:%H%M}-{end:%H%M}")
        for start, end in choices
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    # NOTE: To a coordinator, above two or more times to choose from.
    return Message((say("🕐 <b>Which do you mean?</b>"),), (*rows, (Button(label("📋 The form"), f"e:{edit.id}"),)))


def hours_in(services: Services, reader: Reader, said: str, now: datetime) -> tuple[Hours, ...]:
    """The clock times in these words: digits as typed, else as the four languages say them (halv seks)."""
    found = read_hours(said)
    if found:
        return found
    frame = understand(Question(said, reader.language, now), services.words, services.towns)
    return ((datetime.strptime(frame.time, "%H:%M").time(), None),) if frame.time else ()  # noqa: DTZ007 an hour only


def _lengths(found: tuple[Hours, ...]) -> list[tuple[Any, Any]]:
    """Only a start was typed: with it the usual lengths."""
    lengths = LENGTHS if len(found) == 1 else LENGTHS[1:3]
    return [
        (start, (datetime.combine(date(2000, 1, 1), start) + timedelta(minutes=each)).time())
        for start, _ in found
        for each in lengths
    ]


def _place(services: Services, _reader: Reader, edit: Edit, said: str, _now: datetime) -> Taken:
    wanted = said.casefold()
    for place in services.guide.places.values():
        if wanted in {place.name.casefold(), *(name.casefold() for names in place.names.values() for name in names)}:
            return in_town(edit.values, place)
    # NOTE: To a coordinator: {town} as they wrote it.
    return say("⚠️ I do not know {town} here. Tap the nearest town.", town=said)


def _venue(services: Services, _reader: Reader, edit: Edit, said: str, _now: datetime) -> Taken:
    place = services.guide.places.get(str(edit.values.get("place")))
    if place is None:
        return say("First the town and what stands on the door.")
    name, _, address = (part.strip() for part in said.partition(","))
    wrong = readable(name, NAME_LONGEST) or readable(address, ADDRESS_LONGEST)
    venue = Venue(name, address or place.name, place.lat, place.lon, exact=False)
    return wrong or {**edit.values, "venue": venue_record(venue)}


def _price(_services: Services, _reader: Reader, edit: Edit, said: str, _now: datetime) -> Taken:
    return read_number(edit.values, "price", said)


def _capacity(_services: Services, _reader: Reader, edit: Edit, said: str, _now: datetime) -> Taken:
    return read_number(edit.values, "capacity", said)


def _contact(_services: Services, reader: Reader, edit: Edit, said: str, _now: datetime) -> Taken:
    return readable(said, NAME_LONGEST) or {**edit.values, "contact": {language_of(said, reader.language): said}}


TYPED: Mapping[str, Callable[[Services, Reader, Edit, str, datetime], Taken]] = {
    "organisation": _organisation,
    "title": _title,
    "about": _about,
    "first": _day,
    "hours": _hours,
    "until": _until,
    "place": _place,
    "venue": _venue,
    "price": _price,
    "capacity": _capacity,
    "contact": _contact,
}
"""How each question reads a text."""
