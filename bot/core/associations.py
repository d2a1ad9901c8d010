"""Associations that are ready to receive newcomers: where they are, what they do, and in which order they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.core.model import Activity, Organisation, Place
from bot.core.pack import km_between

NOWHERE = 10_000.0
"""Kilometres to an association of which no town is known: it comes last."""


@dataclass(frozen=True, slots=True)
class Association:
    """One that is ready. `towns` are ids of places, `topics` of concepts, what it does most first. `contact` is a role
    by language, never a name. `answers`: somebody of theirs answers in Brobot."""

    organisation: Organisation
    towns: tuple[str, ...]
    topics: tuple[str, ...]
    contact: Mapping[str, str]
    answers: bool

    @property
    def id(self) -> str:
        return self.organisation.id

    @property
    def name(self) -> str:
        return self.organisation.name


def ready(
    organisations: Iterable[Organisation], activities: Iterable[Activity], answering: Collection[str]
) -> tuple[Association, ...]:
    """Those with a contact in the pack, and those for which somebody answers here, by name."""
    held: dict[str, list[Activity]] = {}
    for activity in activities:
        if activity.state == "on":
            held.setdefault(activity.organisation, []).append(activity)
    found = (
        _association(each, held.get(each.id, []), answers=each.id in answering)
        for each in organisations
        if each.contact or each.id in answering
    )
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def _association(organisation: Organisation, held: Iterable[Activity], *, answers: bool) -> Association:
    held = list(held)
    towns = Counter(each.place for each in held)
    topics = Counter(topic for each in held for topic in each.topics)
    contact = organisation.contact or next((each.contact for each in held if each.contact), {})
    return Association(
        organisation,
        _most_first(towns, (organisation.place,) if organisation.place else ()),
        _most_first(topics, organisation.topics),
        contact,
        answers,
    )


def _most_first(counted: Counter[str], said: tuple[str, ...]) -> tuple[str, ...]:
    """What the pack says first, then what the activities say, the most frequent first."""
    return tuple(dict.fromkeys((*said, *sorted(counted, key=lambda each: (-counted[each], each)))))


def nearest_first(
    found: Iterable[Association], places: Mapping[str, Place], point: tuple[float, float]
) -> tuple[Association, ...]:
    """By the town of theirs that is nearest to the point; those without a town come last."""

    def away(each: Association) -> float:
        towns = [places[town] for town in each.towns if town in places]
        return min((km_between(point, (town.lat, town.lon)) for town in towns), default=NOWHERE)

    return tuple(sorted(found, key=lambda each: (round(away(each)), each.name.casefold(), each.id)))


def in_town(found: Iterable[Association], town: str) -> tuple[Association, ...]:
    return tuple(each for each in found if town in each.towns)


def about(found: Iterable[Association], topic: str) -> tuple[Association, ...]:
    return tuple(each for each in found if topic in each.topics)


def towns_of(found: Iterable[Association]) -> tuple[str, ...]:
    """The towns there are associations in, the most first."""
    return _most_first(Counter(town for each in found for town in each.towns), ())


def topics_of(found: Iterable[Association]) -> tuple[str, ...]:
    """The topics there are associations for, the most first."""
    return _most_first(Counter(topic for each in found for topic in each.topics), ())
