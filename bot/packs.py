"""Reading a pack, data/communities/<id>/, into the domain's records: all of it, or every fault at once.

How a coordinator writes one is told in docs/packs.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal, cast
from zoneinfo import ZoneInfo

from bot.core.model import (
    Activity,
    ActivityText,
    Community,
    Organisation,
    Place,
    Repeats,
    Schedule,
    Venue,
)
from bot.core.pack import (
    ABOUT_LONGEST,
    TITLE_LONGEST,
    Fault,
    Pack,
    digest_of,
    wrong_distance,
    wrong_latitude,
    wrong_longitude,
    wrong_schedule,
    wrong_venue,
)
from bot.core.topics import Topics
from bot.fields import Entry, entries
from bot.marked import Mapped, Unreadable, read_marked
from bot.topics import LANGUAGES, read_topics

PACKS = Path(__file__).parent.parent / "data" / "communities"
LOCAL = ZoneInfo("Europe/Copenhagen")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REPEATS = ("once", "weekly", "odd weeks", "even weeks", "monthly")
NTH = {"1": 1, "2": 2, "3": 3, "4": 4, "last": -1}
LEVELS = ("member", "orientation", "none")
SIGN_UPS = ("each", "course", "none")
STATES = ("human", "draft", "outdated")
NAME_LONGEST = 60
ADDRESS_LONGEST = 100


class PackFaults(Exception):
    """The pack does not hold and nothing of it was taken: every fault, in the order of files and lines."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class _Reading:
    """A pack being read: its folder, what is known so far, and the faults and warnings found."""

    def __init__(self, folder: Path, topics: Topics) -> None:
        self.folder = folder
        self.topics = topics
        self.languages: tuple[str, ...] = LANGUAGES
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []

    def entries(self, file: str) -> list[Entry]:
        """The entries of one file; none, with the fault kept, where it cannot be read."""
        try:
            node, faults = read_marked(self.folder / file, file)
        except Unreadable as error:
            self.faults.append(error.fault)
            return []
        self.faults.extend(faults)
        return entries(file, node, self.faults)

    def warn(self, entry: Entry, key: str, problem: str, mend: str) -> None:
        self.warnings.append(Fault(entry.file, entry.line(key), f"{entry.path}{key}", problem, mend))


def read_pack(folder: Path, topics: Topics | None = None) -> Pack:
    """The pack in a folder, whole. Raises PackFaults with all its faults, TopicFaults where topics.yaml is broken."""
    reading = _Reading(folder, topics or read_topics())
    community = _community(reading)
    places = _places(reading, community)
    organisations = _organisations(reading)
    activities = _activities(reading, community, places, organisations)
    if reading.faults or community is None:
        raise PackFaults(tuple(sorted(reading.faults, key=lambda fault: (fault.file, fault.line))))
    content = (community, tuple(places.values()), organisations, activities)
    return Pack(*content, digest=digest_of(*content), warnings=tuple(reading.warnings))


# -- the community ----------------------------------------------------------------------------------------------------


def _community(reading: _Reading) -> Community | None:
    file = "community.yaml"
    try:
        node, faults = read_marked(reading.folder / file, file)
    except Unreadable as error:
        reading.faults.append(error.fault)
        return None
    reading.faults.extend(faults)
    if not isinstance(node, Mapped):
        mend = "Write fields, one a line: `id: …`."
        reading.faults.append(Fault(file, node.line, "file", "is not a group of fields.", mend))
        return None
    entry = Entry(file, node, reading.faults)
    community_id = entry.slug("id", "Write the folder's name.")
    if entry.sound("id") and community_id != reading.folder.resolve().name:
        entry.wrong("id", (f"{community_id} is not the folder's name.", f"Write {reading.folder.resolve().name}."))
    name = entry.text("name", "Write the municipality's name.", longest=NAME_LONGEST)
    languages = entry.words("languages", LANGUAGES, "a language of the app", least=1)
    if entry.sound("languages"):
        reading.languages = languages
    community = Community(
        id=community_id,
        name=name,
        languages=languages,
        office_hours=_office_hours(entry),
        centre=_centre(entry),
        demo_starts=entry.moment("demo_starts").replace(tzinfo=LOCAL),
        coordinator_contact=entry.by_language("coordinator_contact", reading.languages, longest=NAME_LONGEST),
    )
    entry.finish()
    if not entry.sound("demo_starts", "centre"):
        return replace(community, demo_starts=datetime.min.replace(tzinfo=UTC)) if entry.sound("centre") else None
    return replace(community, demo_starts=community.demo_starts.astimezone(UTC))


def _office_hours(entry: Entry) -> Mapping[int, tuple[time, time]]:
    inner = entry.inner("office_hours", 'Write the days, such as mon: "10:00-15:00".')
    hours: dict[int, tuple[time, time]] = {}
    if inner is None:
        return hours
    for number, day in enumerate(DAYS, start=1):
        if not inner.has(day):
            continue
        said = inner.scalar(day, 'Write hours, such as "10:00-15:00".') or ""
        try:
            opens, closes = (time.fromisoformat(part.strip()) for part in said.split("-"))
        except ValueError:
            inner.wrong(day, (f"{said[:60]} is not from-to.", 'Write 24 hours, such as "10:00-15:00".'))
            continue
        if closes <= opens:
            inner.wrong(day, (f"{said} ends before it begins.", "Swap the two times."))
        hours[number] = (opens, closes)
    inner.finish()
    return hours


def _centre(entry: Entry) -> tuple[float, float]:
    members = entry.items("centre", "Write [latitude, longitude], such as [55.2366, 10.4787].", least=1)
    try:
        (_, lat), (_, lon) = members
        point = (float(lat), float(lon))
    except ValueError:
        if "centre" not in entry.unsound:
            entry.wrong("centre", ("is not a point.", "Write [latitude, longitude], such as [55.2366, 10.4787]."))
        return (0.0, 0.0)
    for wrong in (wrong_latitude(point[0]), wrong_longitude(point[1])):
        if wrong is not None:
            entry.wrong("centre", wrong)
    return point


# -- places and organisations -----------------------------------------------------------------------------------------


def _new(entry: Entry, entry_id: str, known: Mapping[str, object]) -> bool:
    """Whether the id is this entry's own; a second one is a fault."""
    if not entry.sound("id"):
        return False
    if entry_id in known:
        entry.wrong("id", (f"{entry_id} stands twice.", "Give it another id, or remove one of them."))
    return entry_id not in known


def _places(reading: _Reading, community: Community | None) -> dict[str, Place]:
    places: dict[str, Place] = {}
    spoken: dict[str, str] = {}
    for entry in reading.entries("places.yaml"):
        place = _place(entry, reading.languages)
        if community is not None and entry.sound("lat", "lon"):
            wrong = wrong_distance(place, community)
            if wrong is not None:
                entry.wrong("lat", wrong)
        if _new(entry, place.id, places):
            places[place.id] = place
        for spelling in {place.name, *(name for names in place.names.values() for name in names)}:
            other = spoken.setdefault(spelling.casefold(), place.id)
            if other != place.id:
                mend = "Leave it to the one people mean."
                reading.warn(entry, "names", f"{spelling} is also a spelling of {other}.", mend)
    return places


def _place(entry: Entry, languages: tuple[str, ...]) -> Place:
    names: dict[str, tuple[str, ...]] = {}
    inner = entry.inner("names", "Write the spellings by language, such as ar: [رينغه].")
    if inner is not None:
        for language in languages:
            if inner.has(language):
                names[language] = inner.spellings(language, language, longest=NAME_LONGEST)
        inner.finish()
    place = Place(
        id=entry.slug("id", "Write an id, such as noerre-broby."),
        name=entry.text("name", "Write the Danish name.", longest=NAME_LONGEST),
        lat=entry.number("lat", wrong_latitude, "55.2366"),
        lon=entry.number("lon", wrong_longitude, "10.4787"),
        names=names,
        kind=cast(Literal["town", "village"], entry.choice("kind", ("town", "village"), "a kind of place")),
    )
    entry.text("checked", "Write how the coordinate was checked.", longest=ABOUT_LONGEST)
    entry.finish()
    return place


def _organisations(reading: _Reading) -> tuple[Organisation, ...]:
    found: dict[str, Organisation] = {}
    for entry in reading.entries("organisations.yaml"):
        level = entry.choice("level", LEVELS, "a level of the network")
        organisation = Organisation(
            id=entry.slug("id", "Write an id, such as frivillignet-faaborg."),
            name=entry.text("name", "Write its name.", longest=NAME_LONGEST),
            kind=entry.text("kind", "Write what it is, such as sports club.", longest=NAME_LONGEST),
            level=cast(Literal["member", "orientation", "none"], level),
        )
        entry.finish()
        if _new(entry, organisation.id, found):
            found[organisation.id] = organisation
    return tuple(found.values())


# -- activities -------------------------------------------------------------------------------------------------------


def _activity_files(folder: Path) -> list[str]:
    """activities.yaml, or the files of a folder activities/ by name."""
    inside = sorted((folder / "activities").glob("*.yaml"))
    files = [f"activities/{path.name}" for path in inside]
    if (folder / "activities.yaml").exists() or not files:
        files.insert(0, "activities.yaml")
    return files


def _activities(
    reading: _Reading,
    community: Community | None,
    places: Mapping[str, Place],
    organisations: tuple[Organisation, ...],
) -> tuple[Activity, ...]:
    owners = [organisation.id for organisation in organisations]
    found: dict[str, Activity] = {}
    for file in _activity_files(reading.folder):
        for entry in reading.entries(file):
            activity = _activity(entry, reading, places, owners, community.id if community else "")
            if _new(entry, activity.id, found):
                found[activity.id] = activity
    return tuple(found.values())


def _activity(
    entry: Entry, reading: _Reading, places: Mapping[str, Place], owners: list[str], community: str
) -> Activity:
    topics = reading.topics
    place = entry.choice("place", places, "a place of places.yaml")
    source, texts = _texts(entry, reading)
    sign_up = entry.choice("sign_up", SIGN_UPS, "a way to sign up")
    has_limit = entry.has("capacity")
    activity = Activity(
        number=0,
        id=entry.slug("id", "Write an id, such as madklub-ringe."),
        community=community,
        organisation=entry.choice("organisation", owners, "an organisation of organisations.yaml"),
        place=place,
        venue=_venue(entry, places.get(place)),
        schedule=_schedule(entry),
        texts=texts,
        source=source,
        topics=entry.words("topics", topics.ids("topic"), "a topic", least=1),
        audience=entry.words("audience", topics.ids("audience"), "an audience"),
        languages=entry.words("languages", topics.ids("language"), "a language", least=1),
        price=entry.whole("price", "Write kroner, or 0 where it is free.", least=0),
        capacity=entry.whole("capacity", "Write a number, or remove it where there is no limit.", least=1)
        if has_limit
        else None,
        contact=entry.by_language("contact", reading.languages, longest=NAME_LONGEST),
        sign_up=cast(Literal["each", "course", "none"], sign_up),
        example=entry.flag("example", default=False),
    )
    entry.finish()
    _sign_up(entry, activity)
    _complete(reading, entry, "contact", activity.contact)
    return activity


def _sign_up(entry: Entry, activity: Activity) -> None:
    if activity.sign_up == "none" and activity.capacity is not None:
        mend = "Write sign_up: each, or remove capacity."
        entry.wrong("capacity", ("cannot be kept where nobody signs up.", mend))
    if activity.sign_up == "course" and entry.sound("schedule") and activity.schedule.until is None:
        mend = "Write until, the last day of the course, in schedule."
        entry.wrong("sign_up", ("is course, and a course has an end.", mend))


def _complete(reading: _Reading, entry: Entry, key: str, said: Mapping[str, object]) -> None:
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
        return Schedule(datetime.min.date(), time.min, time.min)  # noqa: DTZ901 a stand-in: its fault is kept
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
    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    if not inner.has("weekday"):
        return
    said = inner.choice("weekday", weekdays, "a weekday")
    if inner.sound("weekday", "first") and said != weekdays[schedule.first.weekday()]:
        right = weekdays[schedule.first.weekday()]
        inner.wrong(
            "weekday", (f"{schedule.first} is a {right}, not a {said}.", "Correct first, or write the weekday.")
        )


def _texts(entry: Entry, reading: _Reading) -> tuple[str, Mapping[str, ActivityText]]:
    inner = entry.inner("texts", "Write source, and title and about under each language.")
    if inner is None:
        return "", {}
    source = inner.choice("source", reading.languages, "a language of this community")
    texts = {}
    for language in reading.languages:
        said = inner.inner(language, "Write title, about and state.", needed=False)
        if said is not None:
            texts[language] = _text(said, language, source=language == source)
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
