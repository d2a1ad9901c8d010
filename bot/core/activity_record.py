"""An activity as plain values by field, as rows and forms keep it, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from bot.core.model import Activity, ActivityText, Held, Schedule, Venue

FIELDS = (
    *("organisation", "place", "venue", "schedule", "source", "topics", "audience", "languages"),
    *("price", "capacity", "contact", "sign_up"),
)
"""What can be changed in chat, field by field (texts have rows of their own)."""


def record_of(activity: Activity) -> dict[str, Any]:
    """The values of FIELDS, `example`, and of what a cohort is, as JSON keeps them."""
    return {
        "organisation": activity.organisation,
        "place": activity.place,
        "venue": venue_record(activity.venue),
        "schedule": schedule_record(activity.schedule),
        "source": activity.source,
        "topics": list(activity.topics),
        "audience": list(activity.audience),
        "languages": list(activity.languages),
        "price": activity.price,
        "capacity": activity.capacity,
        "contact": dict(activity.contact),
        "sign_up": activity.sign_up,
        "example": activity.example,
        **(_cohort_record(activity) if activity.programme else {}),
    }


def _cohort_record(activity: Activity) -> dict[str, Any]:
    return {
        "programme": activity.programme,
        "cohort": activity.cohort,
        "themes": {day.isoformat(): theme for day, theme in activity.themes.items()},
    }


def venue_record(venue: Venue) -> list[Any]:
    exact = [] if venue.exact else [False]
    return [venue.name, venue.address, venue.lat, venue.lon, *exact]


def schedule_record(schedule: Schedule) -> dict[str, Any]:
    return {
        "first": schedule.first.isoformat(),
        "start": schedule.start.isoformat("minutes"),
        "end": schedule.end.isoformat("minutes"),
        "repeats": schedule.repeats,
        "nth": schedule.nth,
        "until": schedule.until.isoformat() if schedule.until else None,
        "skips": sorted(day.isoformat() for day in schedule.skips),
        "on_holidays": schedule.on_holidays,
        **({"listed": _listed_record(schedule)} if schedule.repeats == "listed" else {}),
    }


def _listed_record(schedule: Schedule) -> list[list[Any]]:
    return [
        [day.isoformat(), held.start.isoformat(), held.end.isoformat(), *([True] if held.cancelled else [])]
        for day, held in schedule.listed.items()
    ]


def read_schedule(record: Mapping[str, Any]) -> Schedule:
    return Schedule(
        first=date.fromisoformat(record["first"]),
        start=time.fromisoformat(record["start"]),
        end=time.fromisoformat(record["end"]),
        repeats=record["repeats"],
        nth=record.get("nth"),
        until=date.fromisoformat(record["until"]) if record.get("until") else None,
        skips=frozenset(date.fromisoformat(day) for day in record.get("skips", ())),
        on_holidays=record.get("on_holidays", False),
        listed={
            date.fromisoformat(day): Held(datetime.fromisoformat(start), datetime.fromisoformat(end), bool(off))
            for day, start, end, *off in record.get("listed", ())
        },
    )


def read_activity(
    number: int, name: str, community: str, record: Mapping[str, Any], texts: Mapping[str, ActivityText]
) -> Activity:
    """The activity of a record that has every field."""
    return Activity(
        number=number,
        id=name,
        community=community,
        organisation=record["organisation"],
        place=record["place"],
        venue=Venue(*record["venue"]),
        schedule=read_schedule(record["schedule"]),
        texts=texts,
        source=record["source"],
        topics=tuple(record["topics"]),
        audience=tuple(record["audience"]),
        languages=tuple(record["languages"]),
        price=record["price"],
        capacity=record["capacity"],
        contact=record["contact"],
        sign_up=record["sign_up"],
        example=record.get("example", False),
        programme=record.get("programme", ""),
        cohort=record.get("cohort", ""),
        themes={date.fromisoformat(day): theme for day, theme in record.get("themes", {}).items()},
    )
