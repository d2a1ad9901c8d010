"""Reading community.yaml, places.yaml and organisations.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, time
from typing import Literal, cast

from bot.core.model import Community, Organisation, Place
from bot.core.pack import ABOUT_LONGEST, wrong_distance, wrong_latitude, wrong_longitude
from bot.core.schedule import ZONE
from bot.fields import Entry
from bot.packs.reading import NAME_LONGEST, Reading, is_new
from bot.topics import LANGUAGES

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEVELS = ("member", "orientation", "none")


def read_community(reading: Reading) -> Community | None:
    """The community; None where it was not read well enough to check the rest against it."""
    entry = reading.single("community.yaml")
    if entry is None:
        return None
    folder = reading.folder.resolve().name
    community_id = entry.slug("id", f"Write the folder's name, {folder}.")
    if entry.sound("id") and community_id != folder:
        entry.wrong("id", (f"{community_id} is not the folder's name.", f"Write {folder}."))
    languages = entry.words("languages", LANGUAGES, "a language of the app", least=1)
    if entry.sound("languages"):
        reading.languages = languages
    community = Community(
        id=community_id,
        name=entry.text("name", "Write the municipality's name.", longest=NAME_LONGEST),
        languages=languages,
        office_hours=_office_hours(entry),
        centre=_centre(entry),
        demo_starts=entry.moment("demo_starts").replace(tzinfo=ZONE).astimezone(UTC),
        coordinator_contact=entry.by_language("coordinator_contact", reading.languages, longest=NAME_LONGEST),
    )
    entry.finish()
    return community if entry.sound("name", "centre") else None


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


def read_places(reading: Reading, community: Community | None) -> dict[str, Place]:
    places: dict[str, Place] = {}
    spoken: dict[str, str] = {}
    for entry in reading.entries("places.yaml"):
        place = _place(entry, reading.languages)
        if community is not None and entry.sound("lat", "lon"):
            wrong = wrong_distance(place, community)
            if wrong is not None:
                entry.wrong("lat", wrong)
        if not entry.sound("lat", "lon"):
            reading.astray.add(place.id)
        if is_new(entry, place.id, places):
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


def read_organisations(reading: Reading, places: Mapping[str, Place]) -> tuple[Organisation, ...]:
    found: dict[str, Organisation] = {}
    for entry in reading.entries("organisations.yaml"):
        level = entry.choice("level", LEVELS, "a level of the network")
        organisation = Organisation(
            id=entry.slug("id", "Write an id, such as frivillignet-faaborg."),
            name=entry.text("name", "Write its name.", longest=NAME_LONGEST),
            kind=entry.text("kind", "Write what it is, such as sports club.", longest=NAME_LONGEST),
            level=cast(Literal["member", "orientation", "none"], level),
            contact=_contact(entry, reading.languages),
            place=entry.choice("place", places, "a place of this pack") if entry.has("place") else "",
            topics=entry.words("topics", reading.topics.ids("topic"), "a topic"),
        )
        entry.finish()
        if is_new(entry, organisation.id, found):
            found[organisation.id] = organisation
    return tuple(found.values())


def _contact(entry: Entry, languages: tuple[str, ...]) -> Mapping[str, str]:
    """The role to ask for in each language; in some only, the others would read a foreign word."""
    if not entry.has("contact"):
        return {}
    said = entry.by_language("contact", languages, longest=NAME_LONGEST)
    missing = [language for language in languages if language not in said]
    if entry.sound("contact") and missing:
        entry.wrong("contact", (f"has no {', '.join(missing)}.", "Write the role in every language."))
    return said
