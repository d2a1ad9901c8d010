"""A pack (one municipality's places, organisations and activities) and the pure checks of what stands in it.

A check gives None, or what is wrong and how to mend it, as two plain English sentences for whoever wrote the file.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta

from bot.core.first_steps import FirstStep
from bot.core.meetings.model import Charter
from bot.core.model import Activity, Community, Organisation, Place, Schedule, Venue
from bot.core.programmes.model import Programme
from bot.core.schedule import pattern_days, problems

Wrong = tuple[str, str]  # the problem and the mend

TITLE_LONGEST = 40  # a button shows about as much
ABOUT_LONGEST = 200
FARTHEST_KM = 40.0  # from the community's centre; Faaborg-Midtfyn is 45 km from end to end
VENUE_FARTHEST_KM = 10.0  # from its place; more is a slip of the pen
LONGEST = timedelta(hours=12)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LATITUDES = (54.0, 58.0)
LONGITUDES = (8.0, 16.0)

SCRIPTS = {"ar": "ARABIC", "ti": "ETHIOPIC", "da": "LATIN", "en": "LATIN"}
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BROKEN = frozenset({"Cc", "Cs", "Co"})  # control, half a surrogate pair, private use

_CPR = re.compile(r"(?<!\d)\d{6}[ -]?\d{4}(?!\d)")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w")
_PHONE = re.compile(r"\+?\d(?:[ .()\u00a0-]{0,2}\d){7,}")
_DATE_OR_TIME = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)(?<!\d\.)(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\.?\d)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a pack: the file, its line (from 1), the field, the problem and the mend."""

    file: str
    line: int
    field: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.field}: {self.problem} {self.mend}"


@dataclass(frozen=True, slots=True)
class Pack:
    """One community's content. `digest` changes when the content does, not when only comments or spaces do.

    `warnings` are what a pack may be loaded with but should not keep (a text missing in a language).
    """

    community: Community
    places: tuple[Place, ...]
    organisations: tuple[Organisation, ...]
    activities: tuple[Activity, ...]
    digest: str
    warnings: tuple[Fault, ...] = ()
    charter: Charter | None = None
    first_steps: tuple[FirstStep, ...] = ()
    programmes: tuple[Programme, ...] = ()


def digest_of(*parts: object) -> str:
    """SHA-256 (hex) over the records' values: the same content gives the same digest on every machine."""
    plain = json.dumps(_plain(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {entry.name: _plain(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(_plain(item)) for item in value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return value


def km_between(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Kilometres as the crow flies between two points (latitude, longitude in degrees)."""
    (lat, lon), (other_lat, other_lon) = [(math.radians(a), math.radians(b)) for a, b in (start, end)]
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def wrong_characters(text: str) -> Wrong | None:
    """Characters that nobody sees and that break lines, turn the reading order or cannot be sent."""
    for character in text:
        code = f"U+{ord(character):04X}"
        if character in BIDI:
            return f"holds {code}, which turns the reading order.", "Remove it: the bot sets the order itself."
        if unicodedata.category(character) in BROKEN:
            return f"holds the unprintable character {code}.", "Remove it, or type the text anew."
    return None


def wrong_privacy(text: str) -> Wrong | None:
    """A number or address that belongs to a person has no place in a pack (docs/packs.md)."""
    if _CPR.search(text):
        return "holds what looks like a CPR number.", "Remove it: a pack never says who somebody is."
    if _MAIL.search(text):
        return "holds an e-mail address.", "Remove it, and name a role, such as: the volunteer at the door."
    if _PHONE.search(_DATE_OR_TIME.sub("/", text)):
        return "holds what looks like a phone number.", "Remove it, and name a role, such as: the trainer."
    return None


def wrong_script(text: str, language: str) -> Wrong | None:
    """Whether most letters are of the language's script. What follows ` · ` is the Danish word and is not counted."""
    script = SCRIPTS.get(language)
    own = text.split(" · ", maxsplit=1)[0]
    letters = [character for character in own if unicodedata.category(character).startswith("L")]
    if script is None or not letters:
        return None
    right = sum(unicodedata.name(character, "").startswith(script) for character in letters)
    if right * 2 > len(letters):
        return None
    name = script.capitalize()
    return f"is not written in {name} letters.", f"Write it in {name} letters; a Danish word may follow after ` · `."


def wrong_latitude(value: float) -> Wrong | None:
    if LATITUDES[0] <= value <= LATITUDES[1]:
        return None
    return f"{value:g} is not a latitude.", "Write degrees between 54 and 58, such as 55.2366."


def wrong_longitude(value: float) -> Wrong | None:
    if LONGITUDES[0] <= value <= LONGITUDES[1]:
        return None
    return f"{value:g} is not a longitude.", "Write degrees between 8 and 16, such as 10.4787."


def wrong_distance(place: Place, community: Community) -> Wrong | None:
    """A place lies within 40 km of its community's centre; further away its coordinate is wrong."""
    km = km_between(community.centre, (place.lat, place.lon))
    if km <= FARTHEST_KM:
        return None
    problem = f"{place.name} is {km:.0f} km from the centre of {community.name}."
    return problem, f"Look the coordinate up again; it must lie within {FARTHEST_KM:.0f} km."


def wrong_venue(venue: Venue, place: Place) -> Wrong | None:
    km = km_between((venue.lat, venue.lon), (place.lat, place.lon))
    if km <= VENUE_FARTHEST_KM:
        return None
    return f"lies {km:.0f} km from {place.name}.", "Correct lat and lon, or name the place it is in."


def wrong_schedule(schedule: Schedule) -> Iterable[tuple[str, Wrong]]:
    """The field and what is wrong, for every rule of a schedule that does not hold (see Schedule's docstring)."""
    wrong = [*_wrong_times(schedule), *_wrong_rule(schedule)]
    if wrong:
        yield from wrong
        return
    if "no_date" in problems(schedule):
        yield "skips", ("leave no day on which it is held.", "Remove skips, or write on_holidays: true.")
    for day in sorted(schedule.skips):
        if not _held_on(schedule, day):
            mend = "Remove it, or write a day on which the activity would be held."
            yield "skips", (f"{day} is not a day of this series.", mend)


def _wrong_times(schedule: Schedule) -> Iterable[tuple[str, Wrong]]:
    start = datetime.combine(schedule.first, schedule.start)
    end = datetime.combine(schedule.first, schedule.end)
    if end == start:
        yield "end", ("is the same as start.", 'Write the time it ends, such as "20:00".')
    lasts = end - start if end > start else end + timedelta(days=1) - start
    if end != start and lasts > LONGEST:
        hours = lasts.total_seconds() / 3600
        problem = f"is {hours:g} hours after start."
        yield "end", (problem, "Swap start and end, or write the end on the clock of the same evening or night.")


def _wrong_rule(schedule: Schedule) -> Iterable[tuple[str, Wrong]]:
    first = schedule.first
    if schedule.until is not None and schedule.until < first:
        yield "until", (f"{schedule.until} is before first, {first}.", "Write the last day of the series.")
    if schedule.until is not None and schedule.repeats == "once":
        yield "until", ("needs a series.", "Remove until, or write repeats: weekly.")
    if (schedule.nth is not None) != (schedule.repeats == "monthly"):
        mend = "Write nth: 1, 2, 3, 4 or last beside repeats: monthly, and nowhere else."
        yield "nth", ("belongs to a monthly series, and only there.", mend)
    if schedule.nth is None and schedule.repeats == "monthly":
        return
    if _held_on(schedule, first) or (schedule.until is not None and schedule.until < first):
        return
    if schedule.repeats == "monthly":
        which = "last" if schedule.nth == -1 else f"number {schedule.nth}"
        problem = f"{first} is not the {which} {WEEKDAYS[first.weekday()]} of its month."
        yield "first", (problem, "Write the first day on which it is held.")
    else:
        week = first.isocalendar().week
        mend = f"Write {first - timedelta(days=7)} or {first + timedelta(days=7)}."
        yield "first", (f"{first} is in week {week}, which is {'odd' if week % 2 else 'even'}.", mend)


def _held_on(schedule: Schedule, day: date) -> bool:
    """Whether the rule alone (skips and holidays aside) gives this day."""
    return any(pattern_days(schedule, day, day))
