"""The guide: what there is to take part in, in memory for quick answers, rebuilt when it changes or the day does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.core.first_steps import FirstStep
from bot.core.meetings.model import Charter, Membership
from bot.core.meetings.standing import memberships
from bot.core.model import Activity, Change, Community, Occurrence, Organisation, Place
from bot.core.nearby import Index, Item
from bot.core.pack import km_between
from bot.core.programmes.model import Programme, Session
from bot.core.programmes.sessions import sessions_of
from bot.core.query import Codes, codes
from bot.core.schedule import days, local_day, occurrence, occurrences
from bot.core.topics import Topics
from bot.store import activities as activity_rows
from bot.store import charters, communities, first_steps, programmes, signups
from bot.store.database import Database, Tx

AHEAD = timedelta(days=90)
"""How far the index looks: what is later is found when it comes nearer."""


@dataclass(frozen=True, slots=True)
class Guide:
    """One community as it stood at a version: places, activities, changed occurrences, and the index over them."""

    community: Community
    version: int
    day: date
    topics: Topics
    places: Mapping[str, Place]
    organisations: Mapping[str, Organisation]
    activities: Mapping[int, Activity]
    changes: Mapping[int, Mapping[date, Change]]
    codes: Codes
    index: Index
    places_by_name: Mapping[str, Place]
    charter: Charter | None = None
    memberships: Mapping[str, Membership] = field(default_factory=dict)
    first_steps: tuple[FirstStep, ...] = ()
    programmes: Mapping[str, Programme] = field(default_factory=dict)

    def occurrence(self, number: int, day: date) -> Occurrence | None:
        """That occurrence as it is now; None where the activity is gone or is not held on that day."""
        activity = self.activities.get(number)
        if activity is None:
            return None
        change = self.changes.get(number, {}).get(day)
        if change is None and not any(days(activity.schedule, day, day)):
            return None
        found = occurrence(number, activity.schedule, day, change)
        return found if activity.state != "cancelled" else _cancelled(found)

    def seat_day(self, found: Occurrence) -> date:
        """The day a seat is kept under: the occurrence's own, or for a course its first, as one seat is for all."""
        activity = self.activities[found.activity]
        return activity.schedule.first if activity.sign_up == "course" else found.day

    def coming(self, number: int, since: datetime, until: datetime | None = None) -> tuple[Occurrence, ...]:
        """The activity's occurrences from `since` on that are held."""
        activity = self.activities[number]
        if activity.state != "on":
            return ()
        found = occurrences(number, activity.schedule, self.changes.get(number, {}), since, until or since + AHEAD)
        return tuple(each for each in found if each.state == "on")

    def sessions(self, number: int) -> tuple[Session, ...]:
        """All sessions of a cohort in their order, those that were cancelled too; none of any other activity."""
        activity = self.activities.get(number)
        programme = self.programmes.get(activity.programme) if activity else None
        if activity is None or programme is None:
            return ()
        held = [each for day in activity.themes if (each := self.occurrence(number, day)) is not None]
        return sessions_of(programme, activity, held)

    def capacity(self, number: int, day: date) -> int | None:
        change = self.changes.get(number, {}).get(day)
        if change is not None and change.capacity is not None:
            return change.capacity
        return self.activities[number].capacity

    def nearest_place(self, lat: float, lon: float) -> tuple[Place, float]:
        """The place nearest to a point, and how far it is in km."""
        place = min(self.places.values(), key=lambda each: km_between((lat, lon), (each.lat, each.lon)))
        return place, km_between((lat, lon), (place.lat, place.lon))

    def point(self, place: str | None) -> tuple[float, float]:
        """Where to measure distances from: the place, or the community's centre."""
        known = self.places.get(place or "")
        return (known.lat, known.lon) if known else self.community.centre


class CurrentGuide:
    """Holds the newest guide. `refresh` looks whether the database has a newer one or the day has changed."""

    def __init__(self, database: Database, community: str, topics: Topics) -> None:
        self._database = database
        self._community = community
        self._topics = topics
        self._guide: Guide | None = None

    @property
    def guide(self) -> Guide:
        assert self._guide is not None, "refresh() comes first"
        return self._guide

    async def refresh(self, now: datetime) -> Guide | None:
        """The newest guide; None where no pack was loaded."""
        async with self._database.read() as tx:
            version = await communities.version(tx, self._community)
            stale = self._guide is None or (self._guide.version, self._guide.day) != (version, local_day(now))
            if stale:
                self._guide = await load_guide(tx, self._community, now, self._topics)
        return self._guide


async def load_guide(tx: Tx, community: str, now: datetime, topics: Topics) -> Guide | None:
    """Reads the community from the database and builds the index. None where no pack was loaded."""
    version = await communities.version(tx, community)
    record = await communities.load_community(tx, community)
    if record is None:
        return None
    places = {place.id: place for place in await communities.load_places(tx, community)}
    activities = await activity_rows.load_activities(tx, community)
    changes = await communities.load_changes(tx, community)
    organisations = await communities.load_organisations(tx, community)
    charter = await charters.load_charter(tx, community)
    guide = Guide(
        community=record,
        version=version,
        day=local_day(now),
        topics=topics,
        places=places,
        organisations=organisations,
        activities=activities,
        changes=changes,
        codes=codes(topics.ids("topic"), topics.ids("audience"), places),
        index=Index.build(list(_items(activities, changes, now))),
        places_by_name={place.name: place for place in places.values()},
        charter=charter,
        memberships=memberships(organisations.values(), charter, await charters.changed_memberships(tx, community))
        if charter
        else {},
        first_steps=await first_steps.load_steps(tx, community),
        programmes=await programmes.load_programmes(tx, community),
    )
    await _mark_full(tx, guide, now)
    return guide


async def _mark_full(tx: Tx, guide: Guide, now: datetime) -> None:
    """What has no free seat is named after what has one."""
    for (number, day), taken in (await signups.counts(tx, guide.community.id, now)).items():
        capacity = guide.capacity(number, day) if number in guide.activities else None
        if capacity is not None:
            guide.index.set_free(number, day, max(0, capacity - taken))


def _items(
    activities: Mapping[int, Activity], changes: Mapping[int, Mapping[date, Change]], now: datetime
) -> Iterator[Item]:
    for number, activity in activities.items():
        if activity.state != "on":
            continue
        since = now - timedelta(days=1)
        for each in occurrences(number, activity.schedule, changes.get(number, {}), since, now + AHEAD):
            if each.state == "on" and (not activity.programme or each.day == activity.schedule.first):
                yield Item(
                    number=number,
                    day=each.day,
                    start=int(each.start.timestamp()),
                    end=int(each.end.timestamp()),
                    lat=activity.venue.lat,
                    lon=activity.venue.lon,
                    topics=activity.topics,
                    audience=activity.audience,
                    languages=activity.languages,
                    place=activity.place,
                )


def _cancelled(found: Occurrence) -> Occurrence:
    return Occurrence(found.activity, found.day, found.start, found.end, "cancelled", found.moved)
