"""Whom an announcement is for, chosen with buttons: town and radius, language, role, age band, audience, activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.activities import title, town
from bot.announcing import desk, words
from bot.announcing.desk import GoneError, for_coordinators
from bot.announcing.reaching import reach
from bot.core.announcing.model import EVERYONE, Announcement, Audience
from bot.core.model import Occurrence, Place, Reader
from bot.core.query import code, coded_day, day_code
from bot.core.say import Button, Content, Line, Message, Span, Text, Word, label, say
from bot.guide import Guide
from bot.services import Services
from bot.store import announcements, audiences
from bot.store.database import Tx

TOWNS_AT_ONCE = 8
ACTIVITIES_AT_ONCE = 6
AHEAD = timedelta(days=28)
RADII = (0, 5, 10, 25)


@for_coordinators
async def page(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """What is chosen, how many that are, and a button for each thing that can be chosen."""
    async with services.database.read() as tx:
        found = await desk.open_one(tx, services, number)
        return await _page(tx, services, found, now)


async def _page(tx: Tx, services: Services, found: Announcement, now: datetime) -> Message:
    how_many = await reach(tx, services, found, now)
    where = f"Bf:{found.id}"
    lines: list[Line] = [
        # NOTE: To a coordinator: who gets an announcement.
        say("👥 <b>Who gets it?</b>"),
        words.audience(services, found.audience),
        say("👥 People: {n}", n=how_many.persons),
    ]
    everyone = (
        ()
        if found.audience.is_everyone
        # NOTE: Button: an announcement is for everyone.
        else ((Button(label("🎯 Everyone"), f"Bc:{found.id}:z"),),)
    )
    return Message(
        lines,
        (
            # NOTE: “🏘 Town”: people of a town. “🌍 Language”: people who read a language.
            (Button(label("🏘 Town"), f"{where}:t:0"), Button(label("🌍 Language"), f"{where}:l:0")),
            # NOTE: “🎭 Role”: newcomers, volunteers or coordinators. “🎂 Age”: an age band.
            (Button(label("🎭 Role"), f"{where}:r:0"), Button(label("🎂 Age"), f"{where}:b:0")),
            # NOTE: “👪 Audience”: those who came to something for women, children … “📅 Signed up”: for an activity.
            (Button(label("👪 Audience"), f"{where}:u:0"), Button(label("📅 Signed up"), f"{where}:e:0")),
            *everyone,
            (Button(label("◀️ Back"), f"Bo:{found.id}"),),
        ),
    )


@for_coordinators
async def choices(services: Services, reader: Reader, number: int, what: str, start: int, now: datetime) -> Message:
    """The buttons of one kind: what is chosen has a tick."""
    async with services.database.read() as tx:
        found = await desk.open_one(tx, services, number)
        known = await audiences.bands(tx, services.community) if what == "b" else {}
        how_many = await reach(tx, services, found, now)
    buttons = _buttons(services, found, what, start, now, tuple(known))
    note: list[Text] = []
    if what == "b":
        # NOTE: To a coordinator, about age bands.
        note.append(say("Only who asked for somebody in Let's Network has told an age band."))
    if what == "u":
        # NOTE: To a coordinator, about audiences such as women or families.
        note.append(say("We do not know this of people. It means: who signed up for something for them."))
    # NOTE: To a coordinator: who gets an announcement.
    head = say("👥 <b>Who gets it?</b>")
    return Message(
        (head, words.audience(services, found.audience), say("👥 People: {n}", n=how_many.persons), *note),
        (*buttons, (Button(label("◀️ Back"), f"Ba:{number}"),)),
    )


def _buttons(
    services: Services, found: Announcement, what: str, start: int, now: datetime, bands: tuple[str, ...]
) -> tuple[tuple[Button, ...], ...]:
    match what:
        case "t":
            return _towns(services.guide, found, start)
        case "e":
            return _activities(services.guide, found, start, now)
        case "l":
            chosen = [(each, each in found.audience.languages) for each in services.catalogues.languages]
            each_one = [_ticked(services.catalogues.endonym(key), on, f"Bc:{found.id}:l:{key}") for key, on in chosen]
        case "r":
            each_one = [
                _ticked(words.ROLES[key], key == found.audience.role, f"Bc:{found.id}:r:{key}") for key in words.ROLES
            ]
        case "b":
            each_one = [_ticked(key, key == found.audience.band, f"Bc:{found.id}:b:{key}") for key in bands]
        case _:
            each_one = [
                _ticked(Word("audience", key), key == found.audience.audience, f"Bc:{found.id}:u:{key}")
                for key in services.guide.topics.ids("audience")
            ]
    return tuple(tuple(each_one[at : at + 2]) for at in range(0, len(each_one), 2))


def _ticked(name: str | Word | Text | Content, on: bool, data: str) -> Button:
    # NOTE: Button: {name} of a language, town or role; ☑️ is chosen.
    return Button(label("☑️ {name}", name=name) if on else label("{name}", name=name), data)


def _towns(guide: Guide, found: Announcement, start: int) -> tuple[tuple[Button, ...], ...]:
    """Towns a page at a time, the largest first; once one is chosen, how far round it."""
    places = sorted(guide.places.values(), key=lambda place: (place.kind != "town", place.name))
    shown = places[start * TOWNS_AT_ONCE : (start + 1) * TOWNS_AT_ONCE]
    each_one = [
        _ticked(town(place), place.id == found.audience.town, f"Bc:{found.id}:t:{code(place.id, 3)}") for place in shown
    ]
    rows = [tuple(each_one[at : at + 2]) for at in range(0, len(each_one), 2)]
    if found.audience.town:
        rows.append(tuple(_ticked(_radius(km), km == found.audience.km, f"Bc:{found.id}:k:{km}") for km in RADII))
    more = (start + 1) * TOWNS_AT_ONCE < len(places)
    return (*rows, *_paging(f"Bf:{found.id}:t", start, more=more))


def _radius(km: int) -> Text:
    # NOTE: “Only here”: the town alone. Otherwise a radius round it: {km} "10".
    return label("{km} km", km=km) if km else label("Only here")


def _activities(guide: Guide, found: Announcement, start: int, now: datetime) -> tuple[tuple[Button, ...], ...]:
    coming = coming_up(guide, now)
    shown = coming[start * ACTIVITIES_AT_ONCE : (start + 1) * ACTIVITIES_AT_ONCE]
    rows = [
        (occurrence_button(guide, each, f"Bc:{found.id}:e:{each.activity}:{day_code(each.day)}"),) for each in shown
    ]
    more = (start + 1) * ACTIVITIES_AT_ONCE < len(coming)
    return (*rows, *_paging(f"Bf:{found.id}:e", start, more=more))


def coming_up(guide: Guide, now: datetime) -> list[Occurrence]:
    """What is held in the next four weeks, soonest first."""
    found = (each for number in guide.activities for each in guide.coming(number, now, now + AHEAD))
    return sorted(found, key=lambda each: (each.start, each.activity))


def occurrence_button(guide: Guide, each: Occurrence, data: str) -> Button:
    # NOTE: Button: an activity: {title} "Madklub", {when} "Thursday 26/11 17:30–20:00".
    return Button(
        label("{when} {title}", when=Span(each.start, each.end), title=title(guide.activities[each.activity])), data
    )


def _paging(where: str, start: int, *, more: bool) -> tuple[tuple[Button, ...], ...]:
    row = (
        *((Button(label("◀️ Back"), f"{where}:{start - 1}"),) if start else ()),
        *((Button(label("▶️ More"), f"{where}:{start + 1}"),) if more else ()),
    )
    return (row,) if row else ()


@for_coordinators
async def choose(
    services: Services, reader: Reader, number: int, what: str, value: str, more: str, now: datetime
) -> Message:
    """Sets or takes back one thing. What nobody can choose is an old button."""
    async with services.database.write() as tx:
        found = await desk.open_one(tx, services, number)
        wanted = _changed(services, found.audience, what, value, more)
        if wanted is None:
            raise GoneError
        found = await announcements.change(tx, found, audience=wanted)
        if what in "ze":
            return await _page(tx, services, found, now)
    return await choices(services, reader, number, "t" if what == "k" else what, 0, now)


def _changed(services: Services, before: Audience, what: str, value: str, more: str) -> Audience | None:
    match what:
        case "z":
            return EVERYONE
        case "l" if value in services.catalogues.languages:
            return replace(before, languages=_toggled(before.languages, value))
        case "t":
            place = _place(services.guide, value)
            if place is None:
                return None
            return replace(before, town="", km=0) if place.id == before.town else replace(before, town=place.id)
        case "k" if value.isdigit() and int(value) in RADII:
            return replace(before, km=int(value))
        case "r" if value in words.ROLES:
            return replace(before, role="" if value == before.role else value)  # type: ignore[arg-type] # one of them
        case "b" if "-" in value and len(value) <= 10:
            return replace(before, band="" if value == before.band else value)
        case "u" if value in services.guide.topics.ids("audience"):
            return replace(before, audience="" if value == before.audience else value, activity=0, day=None)
        case "e" if value.isdigit() and int(value) in services.guide.activities:
            return _signed_up(services.guide, before, int(value), more)
        case _:
            return None


def _signed_up(guide: Guide, before: Audience, activity: int, more: str) -> Audience | None:
    try:
        found = guide.occurrence(activity, coded_day(more))
    except ValueError:
        return None
    if found is None:
        return None
    return replace(before, activity=activity, day=guide.seat_day(found), audience="")


def _place(guide: Guide, wanted: str) -> Place | None:
    return guide.places.get(guide.codes.places.get(wanted, ""))


def _toggled(before: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(each for each in before if each != value) if value in before else (*before, value)
