"""From an event of a feed to an activity: its words made fit to be read, its place found, the rest as subscribed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.core.feed import FeedEvent
from bot.core.model import Activity, ActivityText, Place, Schedule, Venue
from bot.core.pack import ABOUT_LONGEST, TITLE_LONGEST, VENUE_FARTHEST_KM, km_between, wrong_privacy, wrong_script
from bot.core.topics import Topics

NAME_LONGEST = 60
ADDRESS_LONGEST = 100

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_TOWN = re.compile(r"\b\d{4}\s+([^\W\d_][^\d,;()]{1,40})")
_ONLINE = re.compile(r"^\s*(?:https?://\S+|online|zoom|teams|microsoft teams.*|google meet.*)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What no calendar says and a subscription therefore does, as `Activity` has it. `venue` is for events without
    a place of their own; `language` the one that texts are written in where they do not say."""

    organisation: str
    place: str
    topics: tuple[str, ...]
    venue: Venue | None = None
    audience: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("da",)
    price: int = 0
    capacity: int | None = None
    contact: Mapping[str, str] = field(default_factory=dict)
    sign_up: Literal["each", "course", "none"] = "each"
    language: str = "da"


class NoPlace(Exception):
    """An event is not held at a place of the community; the text says why, in plain English."""


def activity_of(
    event: FeedEvent, name: str, community: str, schedule: Schedule, defaults: Defaults, places: Iterable[Place],
    topics: Topics,
) -> Activity:  # fmt: skip
    """The activity that an event is, under this id. Raises NoPlace."""
    place, venue = place_of(event, defaults, {place.id: place for place in places})
    language, said = text_of(event, defaults.language)
    return Activity(
        number=0,
        id=name,
        community=community,
        organisation=defaults.organisation,
        place=place,
        venue=venue,
        schedule=schedule,
        texts={language: said},
        source=language,
        topics=_topics(event.categories, topics) or defaults.topics,
        audience=defaults.audience,
        languages=defaults.languages,
        price=defaults.price,
        capacity=defaults.capacity,
        contact=defaults.contact,
        sign_up=defaults.sign_up,
    )


def text_of(event: FeedEvent, language: str) -> tuple[str, ActivityText]:
    """The language of an event's words and the words: short, and without anybody's number or address."""
    title = shortened(without_persons(event.title) or "–", TITLE_LONGEST)
    about = shortened(" ".join(without_persons(event.about).split("\n")), ABOUT_LONGEST)
    said = event.language if event.language in {"da", "en", "ar", "ti"} else language
    if wrong_script(title, said) is not None:
        said = language
    return said, ActivityText(title, about or title, "human")


def without_persons(text: str) -> str:
    """The text without the sentences that hold a phone number, an e-mail address or a CPR number."""
    return "\n".join(part for part in _SENTENCE.split(text) if part and wrong_privacy(part) is None)


def shortened(text: str, longest: int) -> str:
    """At most so many characters, cut after a sentence or a word."""
    if len(text) <= longest:
        return text
    whole = ""
    for part in _SENTENCE.split(text):
        if len(whole) + len(part) + 1 > longest:
            break
        whole = f"{whole} {part}".strip()
    if len(whole) * 2 >= longest:
        return whole
    cut = text[: longest - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


def place_of(event: FeedEvent, defaults: Defaults, places: Mapping[str, Place]) -> tuple[str, Venue]:
    """The place of the community and the venue. Raises NoPlace for what is held online, or in a town we do not know.

    The point is the event's own where it has one near its town; that of the town else, and then it is not exact.
    """
    said = " ".join(event.location.split())
    if _ONLINE.match(said):
        raise NoPlace("it is held online, and only what is held somewhere can be shown")
    if not said:
        return defaults.place, _pinned(defaults.venue or _town_only(places[defaults.place]), event, places)
    named = _named(said, places)
    town = _TOWN.search(said)
    if named is None and town is not None:
        raise NoPlace(f"its town, {town.group(1).strip()[:40]}, is not in places.yaml")
    place = named or places[defaults.place]
    if named is None and defaults.venue is not None and said.casefold() in defaults.venue.name.casefold():
        return place.id, defaults.venue
    name, _, address = (part.strip() for part in without_persons(said).partition(","))
    door, street = (name or place.name)[:NAME_LONGEST], (address or place.name)[:ADDRESS_LONGEST]
    venue = Venue(door, street, place.lat, place.lon, exact=False)
    return place.id, _pinned(venue, event, places, near=place)


def _town_only(place: Place) -> Venue:
    return Venue(place.name, place.name, place.lat, place.lon, exact=False)


def _pinned(venue: Venue, event: FeedEvent, places: Mapping[str, Place], near: Place | None = None) -> Venue:
    """With the event's own point, if it lies near its town (or, where it names none, near any)."""
    point = event.point
    towns = [near] if near else list(places.values())
    if point is None or all(km_between(point, (each.lat, each.lon)) > VENUE_FARTHEST_KM for each in towns):
        return venue
    return replace(venue, lat=round(point[0], 5), lon=round(point[1], 5), exact=True)


def _named(said: str, places: Mapping[str, Place]) -> Place | None:
    """The place whose name stands in the text: the one said last, as addresses end with their town."""
    words = f" {_spelt(said)} "
    found: list[tuple[int, int, Place]] = []
    for place in places.values():
        for name in {place.name, *(each for names in place.names.values() for each in names)}:
            spelt = _spelt(name)
            at = words.rfind(f" {spelt} ")
            if spelt and at >= 0:
                found.append((at + len(spelt), len(spelt), place))
    return max(found, key=lambda each: each[:2])[2] if found else None


def _spelt(text: str) -> str:
    """Its words without case and signs."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _topics(categories: Iterable[str], topics: Topics) -> tuple[str, ...]:
    """The topics that the event's categories name, by id or in any language of the app."""
    by_word = {word.casefold(): each.id for each in topics.of("topic") for word in (each.id, *each.names.values())}
    return tuple(dict.fromkeys(by_word[name.casefold()] for name in categories if name.casefold() in by_word))
