"""What there is to take part in as HSDS 3.0 (Open Referral's Human Services Data Specification): a list of services.

Which field is which, and what HSDS has no place for, is told in docs/hsds.md.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.model import Activity, Occurrence, Schedule
from bot.core.schedule import ZONE, days, local_day, nth_of
from bot.core.topics import Kind
from bot.guide import Guide

NAMESPACE = uuid.UUID("0b7b1f3e-7a8d-5c61-9d0e-6a1d0b0a2026")
"""Ours: the same activity has the same identifier in every export."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CODES = {"da": "da", "en": "en", "ar": "ar", "ti": "ti"}
AHEAD = timedelta(days=90)
STATUS = {"on": "active", "paused": "temporarily closed", "cancelled": "inactive"}
Plain = dict[str, Any]


def services_of(guide: Guide, language: str, now: datetime, username: str) -> list[Plain]:
    """Every activity that is on or paused, in one language where it has that one, else in its source's."""
    return [
        _service(guide, activity, language, now, username)
        for activity in guide.activities.values()
        if activity.state != "cancelled" and activity.texts
    ]


def identifier(*parts: str) -> str:
    """A UUID that says nothing and is the same whenever it is made of the same parts."""
    return str(uuid.uuid5(NAMESPACE, "/".join(parts)))


def _service(guide: Guide, activity: Activity, language: str, now: datetime, username: str) -> Plain:
    own = identifier(activity.community, "service", activity.id)
    text = activity.texts.get(language) or activity.texts.get(activity.source) or next(iter(activity.texts.values()))
    organisation = _organisation(guide, activity)
    found: Plain = {
        "id": own,
        "organization_id": organisation["id"],
        "name": text.title,
        "description": text.about,
        **({"url": f"https://t.me/{username}?start=a_{activity.number}"} if username else {}),
        "status": STATUS[activity.state],
        "application_process": _how_to_join(activity),
        "eligibility_description": ", ".join(_words(guide, "audience", activity.audience, language)) or "Everyone",
        "organization": organisation,
        "languages": [
            {"id": identifier(own, "language", each), "service_id": own, "name": name, **_code(each)}
            for each, name in zip(activity.languages, _words(guide, "language", activity.languages, "en"), strict=True)
        ],
        "cost_options": [_cost(own, activity)],
        "service_at_locations": [_at_location(guide, activity, own, now)],
        "contacts": _contacts(own, activity, language),
        "attributes": [*_topics(guide, activity, own), *_texts(activity, own)],
    }
    if activity.confirmed is not None:
        found["assured_date"] = local_day(activity.confirmed).isoformat()
    return found


def _organisation(guide: Guide, activity: Activity) -> Plain:
    known = guide.organisations.get(activity.organisation)
    name, kind = (known.name, known.kind) if known else (activity.organisation, "organisation")
    return {
        "id": identifier(activity.community, "organization", activity.organisation),
        "name": name,
        "description": kind or name,
    }


def _how_to_join(activity: Activity) -> str:
    """How one takes part; HSDS texts are in English where they are ours."""
    if activity.sign_up == "none":
        return "Just come."
    seats = "" if activity.capacity is None else f" {activity.capacity} seats."
    course = " One seat is for the whole course." if activity.sign_up == "course" else ""
    return f"Sign up in Telegram, at the address.{seats}{course}"


def _cost(own: str, activity: Activity) -> Plain:
    return {"id": identifier(own, "cost"), "service_id": own, "currency": "DKK", "amount": activity.price}


def _contacts(own: str, activity: Activity, language: str) -> list[Plain]:
    """A role to ask for. Nobody's name, number or address is ever exported."""
    role = activity.contact.get(language) or next(iter(activity.contact.values()), "")
    return [{"id": identifier(own, "contact"), "service_id": own, "title": role}] if role else []


def _code(language: str) -> Plain:
    return {"code": CODES[language]} if language in CODES else {}


def _words(guide: Guide, kind: Kind, ids: tuple[str, ...], language: str) -> list[str]:
    names = {each.id: each.names for each in guide.topics.of(kind)}
    return [names[each].get(language, each) if each in names else each for each in ids]


def _topics(guide: Guide, activity: Activity, own: str) -> Iterator[Plain]:
    for topic, name in zip(activity.topics, _words(guide, "topic", activity.topics, "en"), strict=True):
        term = identifier("topic", topic)
        yield {
            "id": identifier(own, "topic", topic),
            "link_id": own,
            "link_entity": "service",
            "link_type": "topic",
            "taxonomy_term_id": term,
            "taxonomy_term": {
                "id": term,
                "code": topic,
                "name": name,
                "description": name,
                "taxonomy": "Brobot topics",
            },
        }


def _texts(activity: Activity, own: str) -> Iterator[Plain]:
    """The texts in every language, which HSDS 3.0 has no place for: `title:ar`, `description:ar`, and their state."""
    for language, said in activity.texts.items():
        for name, value in (("title", said.title), ("description", said.about), ("state", said.state)):
            yield {
                "id": identifier(own, "text", name, language),
                "link_id": own,
                "link_entity": "service",
                "link_type": f"{name}:{language}",
                "value": value,
            }


def _at_location(guide: Guide, activity: Activity, own: str, now: datetime) -> Plain:
    venue = activity.venue
    place = guide.places.get(activity.place)
    town = place.name if place else activity.place
    location = identifier(activity.community, "location", venue.name, venue.address)
    here = identifier(own, "at", location)
    street, _, post = (part.strip() for part in venue.address.rpartition(","))
    number, _, city = post.partition(" ")
    is_post = number.isdigit() and len(number) == 4
    return {
        "id": here,
        "service_id": own,
        "location_id": location,
        "location": {
            "id": location,
            "location_type": "physical",
            "name": venue.name,
            "description": f"{venue.name}, {venue.address}",
            "latitude": venue.lat,
            "longitude": venue.lon,
            "addresses": [
                {
                    "id": identifier(location, "address"),
                    "location_id": location,
                    "address_1": street if is_post else venue.address,
                    "city": city if is_post else town,
                    "state_province": guide.community.name,
                    "postal_code": number if is_post else "",
                    "country": "DK",
                    "address_type": "physical",
                }
            ],
        },
        "schedules": [{"service_at_location_id": here, **each} for each in _schedules(guide, activity, here, now)],
    }


def _schedules(guide: Guide, activity: Activity, here: str, now: datetime) -> Iterator[Plain]:
    """The rule, where HSDS has one for it; then each time of the next 90 days that is not as the rule has it."""
    schedule = activity.schedule
    rule = _rule(schedule)
    coming = guide.coming(activity.number, now, now + AHEAD)
    if rule is not None and (schedule.until is None or schedule.until >= local_day(now)):
        regular = next((each for each in coming if not each.moved), None)
        clock = (
            _clock(regular)
            if regular
            else {"opens_at": f"{schedule.start:%H:%M}", "closes_at": f"{schedule.end:%H:%M}"}
        )
        out = sorted({*schedule.skips, *_not_held(guide, activity, now)})
        yield {
            "id": identifier(here, "schedule"),
            "dtstart": schedule.first.isoformat(),
            **({"until": schedule.until.isoformat()} if schedule.until else {}),
            **rule,
            **clock,
            **({"notes": f"Not held: {', '.join(day.isoformat() for day in out)}"} if out else {}),
        }
        coming = tuple(each for each in coming if each.moved)
    for each in coming:
        day = each.start.astimezone(ZONE).date().isoformat()
        yield {
            "id": identifier(here, "schedule", each.day.isoformat()),
            "dtstart": day,
            "until": day,
            "count": 1,
            **_clock(each),
        }


def _not_held(guide: Guide, activity: Activity, now: datetime) -> Iterator[date]:
    """Days of the next 90 that the rule gives and that are left out: holidays, cancelled and moved times."""
    schedule, since = activity.schedule, local_day(now)
    held = {each.day for each in guide.coming(activity.number, now - timedelta(days=1), now + AHEAD) if not each.moved}
    bare = replace(schedule, skips=frozenset(), on_holidays=True)
    for day in days(bare, since + timedelta(days=1), since + AHEAD - timedelta(days=1)):
        if day not in held:
            yield day


def _rule(schedule: Schedule) -> Plain | None:
    weekday = WEEKDAYS[schedule.first.weekday()]
    match schedule.repeats:
        case "weekly":
            return {"freq": "WEEKLY", "interval": 1, "byday": weekday}
        case "monthly":
            return {"freq": "MONTHLY", "interval": 1, "byday": f"{nth_of(schedule)}{weekday}"}
        case _:  # odd and even weeks are no “every second week” over a year of 53; lists have no rule
            return None


def _clock(one: Occurrence) -> Plain:
    """The hours with their offset from UTC, which HSDS asks for: that of the time itself, in winter or in summer."""
    start, end = one.start.astimezone(ZONE), one.end.astimezone(ZONE)
    offset = start.utcoffset() or timedelta()
    return {
        "opens_at": f"{start:%H:%M}{start.isoformat()[-6:]}",
        "closes_at": f"{end:%H:%M}{end.isoformat()[-6:]}",
        "timezone": offset.total_seconds() / 3600,
    }
