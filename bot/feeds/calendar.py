"""An iCalendar file as events: series with their exceptions, texts cleaned, and by name what could not be used."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from bot.core.feed import FeedContent, FeedEvent, FeedFault, Unread
from bot.core.model import Held
from bot.core.pack import LATITUDES, LONGITUDES
from bot.core.schedule import ZONE
from bot.feeds.recurrence import Component, NotAnActivity, Window, times_of

AHEAD = timedelta(days=400)
BACK = timedelta(days=2)
MOST_EVENTS = 2_000
UID_LONGEST = 500
TEXT_LONGEST = 4_000
OLDEST = datetime(1970, 1, 1, tzinfo=UTC)
SERIOUS = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
"""Properties that decide when it is held: an event in which one of them cannot be read is not used."""

_TAG = re.compile(r"<(?:br|/p|/div|/li)[^>]{0,200}>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]{0,500}>")


def read_calendar(content: bytes, now: datetime) -> FeedContent:
    """The events of a file with their times from two days before `now` to 400 days after it.

    Raises FeedFault. One event that cannot be used spoils no other.
    """
    calendars = _calendars(content)
    events = [each for calendar in calendars for each in calendar.walk("VEVENT")]
    if len(events) > MOST_EVENTS:
        raise FeedFault("too_many", f"It holds {len(events):,} events; at most {MOST_EVENTS:,} are read.")
    window = Window(now - BACK, now + AHEAD)
    found: list[FeedEvent] = []
    unread: list[Unread] = []
    for uid, group in _by_uid(events).items():
        try:
            found += _series(uid, group, window)
        except NotAnActivity as fault:
            unread.append(Unread(uid, _title(group[0]) or uid[:60], str(fault)))
        except (ValueError, TypeError, OverflowError, KeyError, AttributeError) as error:
            unread.append(Unread(uid, _title(group[0]) or uid[:60], f"it cannot be read: {str(error)[:80]}"))
    return FeedContent(tuple(found), tuple(unread))


def _calendars(content: bytes) -> Sequence[Calendar]:
    try:
        found: Sequence[Calendar] = Calendar.from_ical(content, multiple=True)
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError) as error:
        begins = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        if begins.startswith((b"<!doctype", b"<html", b"<?xml")):
            raise FeedFault("not_a_calendar", "It is a web page, not a calendar.") from None
        raise FeedFault("not_a_calendar", f"It is not an iCalendar file: {str(error)[:120]}") from None
    calendars = [each for each in found if each.name == "VCALENDAR"]
    if not calendars:
        raise FeedFault("not_a_calendar", "It is not an iCalendar file: nothing begins with BEGIN:VCALENDAR.")
    return calendars


def _by_uid(events: Iterable[Component]) -> Mapping[str, list[Component]]:
    """The events of each series; one without a UID is known by its title and start."""
    found: dict[str, list[Component]] = {}
    for event in events:
        uid = str(event.get("uid") or "").strip() or f"{_title(event)}/{event.get('dtstart') and event['dtstart'].dt}"
        found.setdefault(uid[:UID_LONGEST], []).append(event)
    return found


def _series(uid: str, group: Sequence[Component], window: Window) -> list[FeedEvent]:
    """The event of a UID; a series that is held twice on some days gives a second one for the later times."""
    for event in group:
        wrong = [name for name, _ in event.errors if name in SERIOUS]
        if wrong:
            raise NotAnActivity(f"its {wrong[0]} cannot be read")
    masters = [event for event in group if event.get("recurrence-id") is None]
    changed = {event["recurrence-id"].to_ical(): event for event in sorted(group, key=_age) if event not in masters}
    master = max(masters, key=_age, default=None)
    times = times_of(master, list(changed.values()), window)
    told = master or group[0]
    return [
        FeedEvent(
            uid=uid if place == 0 else f"{uid}#{place + 1}",
            title=_title(told),
            about=_text(told, "description"),
            location=_text(told, "location"),
            times=parted,
            language=_language(told),
            categories=_categories(told),
            point=_point(told),
        )
        for place, parted in enumerate(_parted(times))
        if _title(told)
    ]


def _parted(times: Sequence[Held]) -> list[tuple[Held, ...]]:
    """The first time of each day, the second ones, …: a day names one time of an activity."""
    places: list[list[Held]] = [[]]
    seen: dict[date, int] = {}
    for held in times:
        day = held.start.astimezone(ZONE).date()
        place = seen.get(day, 0)
        seen[day] = place + 1
        while len(places) <= place:
            places.append([])
        places[place].append(held)
    return [tuple(each) for each in places]


def _age(event: Component) -> tuple[int, datetime]:
    """The newest version of an event counts: its SEQUENCE, then when it was written."""
    written = event.get("last-modified") or event.get("dtstamp")
    at = written.dt if written is not None and isinstance(written.dt, datetime) else OLDEST
    return int(event.get("sequence") or 0), at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _title(event: Component) -> str:
    return " ".join(_text(event, "summary").split())


def _text(event: Component, name: str) -> str:
    """A text without mark-up (some calendars write HTML), invisible characters and needless spaces."""
    said = event.get(name)
    raw = str(said[0] if isinstance(said, list) else said or "")[:TEXT_LONGEST]
    plain = html.unescape(_MARKUP.sub("", _TAG.sub("\n", raw)))
    kept = "".join(each for each in plain if each == "\n" or unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co"})
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _language(event: Component) -> str:
    said = event.get("summary")
    found = getattr(said, "params", {}).get("LANGUAGE", "")
    return str(found).partition("-")[0].lower()[:10]


def _categories(event: Component) -> tuple[str, ...]:
    said = event.get("categories") or []
    groups = said if isinstance(said, list) else [said]
    return tuple(str(name).strip() for group in groups for name in getattr(group, "cats", []))[:20]


def _point(event: Component) -> tuple[float, float] | None:
    """Where it is; None for what is not in Denmark (0;0 is what some programs write for nowhere)."""
    geo = event.get("geo")
    try:
        lat, lon = float(geo.latitude), float(geo.longitude)
    except (AttributeError, TypeError, ValueError):
        return None
    inside = LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]
    return (lat, lon) if inside else None
