"""Reading activities.yaml, or the files of activities/: what to take part in, when, and its texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Literal, cast

from bot.core.model import Activity, ActivityText, Community, Organisation, Place, Repeats, Schedule, Venue
from bot.core.pack import (
    ABOUT_LONGEST,
    TITLE_LONGEST,
    WEEKDAYS,
    wrong_latitude,
    wrong_longitude,
    wrong_schedule,
    wrong_venue,
)
from bot.fields import Entry
from bot.packs.reading import NAME_LONGEST, Reading, is_new

REPEATS = ("once", "weekly", "odd weeks", "even weeks", "monthly")
NTH = {"1": 1, "2": 2, "3": 3, "4": 4, "last": -1}
SIGN_UPS = ("each", "course", "none")
STATES = ("human", "draft", "outdated")
ADDRESS_LONGEST = 100


def _activity_files(folder: Path) -> list[str]:
    """activities.yaml, or the files of a folder activities/ by name."""
    inside = sorted((folder / "activities").glob("*.yaml"))
    files = [f"activities/{path.name}" for path in inside]
    if (folder / "activities.yaml").exists() or not files:
        files.insert(0, "activities.yaml")
    return files


def read_activities(
    reading: Reading,
    community: Community | None,
    places: Mapping[str, Place],
    organisations: tuple[Organisation, ...],
) -> tuple[Activity, ...]:
    owners = [organisation.id for organisation in organisations]
    found: dict[str, Activity] = {}
    for file in _activity_files(reading.folder):
        for entry in reading.entries(file):
            activity = read_activity(entry, reading, places, owners, community.id if community else "")
            if is_new(entry, activity.id, found):
                found[activity.id] = activity
    return tuple(found.values())


def read_activity(
    entry: Entry, reading: Reading, places: Mapping[str, Place], owners: list[str], community: str
) -> Activity:
    """One activity of its fields. A fault is kept in `reading`, and what is read then holds stand-ins."""
    source, texts = read_texts(entry, reading)
    sign_up = entry.choice("sign_up", SIGN_UPS, "a way to sign up")
    name = entry.slug("id", "Write an id, such as madklub-ringe.")
    held = Activity(0, name, community, "", "", Venue("", "", 0.0, 0.0), _schedule(entry), texts, source, ())
    activity = replace(
        where_and_for_whom(entry, reading, places, owners, held),
        sign_up=cast(Literal["each", "course", "none"], sign_up),
    )
    entry.finish()
    _sign_up(entry, activity)
    _complete(reading, entry, "contact", activity.contact)
    return activity


def where_and_for_whom(
    entry: Entry, reading: Reading, places: Mapping[str, Place], owners: list[str], activity: Activity
) -> Activity:
    """The activity with who holds it, where, for whom, in which languages, for how many and for how much."""
    topics = reading.topics
    place = _known(entry, "place", places, "a place of places.yaml")
    has_limit = entry.has("capacity")
    return replace(
        activity,
        organisation=_known(entry, "organisation", owners, "an organisation of organisations.yaml"),
        place=place,
        venue=_venue(entry, None if place in reading.astray else places.get(place)),
        topics=entry.words("topics", topics.ids("topic"), "a topic", least=1),
        audience=entry.words("audience", topics.ids("audience"), "an audience"),
        languages=entry.words("languages", topics.ids("language"), "a language", least=1),
        price=entry.whole("price", "Write kroner, or 0 where it is free.", least=0),
        capacity=entry.whole("capacity", "Write a number, or remove it where there is no limit.", least=1)
        if has_limit
        else None,
        contact=entry.by_language("contact", reading.languages, longest=NAME_LONGEST) if entry.has("contact") else {},
        example=entry.flag("example", default=False),
    )


def _known(entry: Entry, key: str, known: Collection[str], what: str) -> str:
    """An id of another file; where that file could not be read, only its own fault is told."""
    return entry.choice(key, known, what) if known else entry.slug(key, f"Write {what}.")


def _sign_up(entry: Entry, activity: Activity) -> None:
    if activity.sign_up == "none" and activity.capacity is not None:
        mend = "Write sign_up: each, or remove capacity."
        entry.wrong("capacity", ("cannot be kept where nobody signs up.", mend))
    if activity.sign_up == "course" and entry.sound("schedule") and activity.schedule.until is None:
        mend = "Write until, the last day of the course, in schedule."
        entry.wrong("sign_up", ("is course, and a course has an end.", mend))


def _complete(reading: Reading, entry: Entry, key: str, said: Mapping[str, object]) -> None:
    missing = [language for language in reading.languages if language not in said]
    if said and missing:
        reading.warn(entry, key, f"has no {', '.join(missing)}.", "Add the text, as state: draft.")


def _venue(entry: Entry, place: Place | None) -> Venue:
    inner = entry.inner("venue", "Write name, address, lat and lon.")
    if inner is None:
        return Venue("", "", 0.0, 0.0)
    venue = Venue(
        name=inner.text("name", "Write what stands on the door.", longest=NAME_LONGEST),
        address=inner.text("address", "Write street, number, postcode and town.", longest=ADDRESS_LONGEST),
        lat=inner.number("lat", wrong_latitude, "55.2366"),
        lon=inner.number("lon", wrong_longitude, "10.4787"),
    )
    inner.finish()
    if place is not None and inner.sound("lat", "lon"):
        wrong = wrong_venue(venue, place)
        if wrong is not None:
            inner.wrong("lat", wrong)
    return venue


def _schedule(entry: Entry) -> Schedule:
    inner = entry.inner("schedule", "Write first, start, end and repeats.")
    if inner is None:
        return Schedule(date.min, time.min, time.min)
    nth = inner.choice("nth", NTH, "1, 2, 3, 4 or last") if inner.has("nth") else ""
    schedule = Schedule(
        first=inner.day("first"),
        start=inner.clock("start"),
        end=inner.clock("end"),
        repeats=cast(Repeats, inner.choice("repeats", REPEATS, "a way to repeat").replace(" ", "_")),
        nth=NTH.get(nth),
        until=inner.day("until", "2027-06-24") if inner.has("until") else None,
        skips=inner.days("skips"),
        on_holidays=inner.flag("on_holidays", default=False),
    )
    _weekday(inner, schedule)
    inner.finish()
    if inner.unsound:
        entry.unsound.add("schedule")
        return schedule
    for key, wrong in wrong_schedule(schedule):
        inner.wrong(key, wrong)
    return schedule


def _weekday(inner: Entry, schedule: Schedule) -> None:
    """`weekday` says the day of `first` again, in a word: a slip in one of them shows."""
    if not inner.has("weekday"):
        return
    said = inner.choice("weekday", WEEKDAYS, "a weekday")
    if inner.sound("weekday", "first") and said != WEEKDAYS[schedule.first.weekday()]:
        right = WEEKDAYS[schedule.first.weekday()]
        inner.wrong(
            "weekday", (f"{schedule.first} is a {right}, not a {said}.", "Correct first, or write the weekday.")
        )


def read_texts(entry: Entry, reading: Reading) -> tuple[str, Mapping[str, ActivityText]]:
    inner = entry.inner("texts", "Write source, and title and about under each language.")
    if inner is None:
        return "", {}
    source = inner.choice("source", reading.languages, "a language of this community")
    texts = {}
    for language in reading.languages:
        said = inner.inner(language, "Write title, about and state.", needed=False)
        if said is not None:
            texts[language] = _text(said, language, source=language == source or not inner.sound("source"))
    if inner.sound("source") and source not in texts and source not in inner.unsound:
        inner.wrong("source", (f"is {source}, but that text is missing.", f"Write the text under {source}."))
    inner.finish()
    _complete(reading, entry, "texts", texts)
    return source, texts


def _text(said: Entry, language: str, *, source: bool) -> ActivityText:
    state = said.choice("state", STATES, "a state of a text")
    if said.has("reviewer"):
        said.text("reviewer", "Write who has read it, as a role.", longest=NAME_LONGEST)
    elif state == "human" and not source:
        mend = "Write state: draft until somebody who reads the language has signed as reviewer."
        said.wrong("state", ("is human, but nobody is named who read it.", mend))
    text = ActivityText(
        title=said.text("title", "Write what it is called.", longest=TITLE_LONGEST, language=language),
        about=said.text("about", "Write what it is, in a sentence or two.", longest=ABOUT_LONGEST, language=language),
        state=cast(Literal["human", "draft", "outdated"], state),
    )
    said.finish()
    return text
