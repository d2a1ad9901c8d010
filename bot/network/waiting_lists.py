"""Both waiting lists for a coordinator: side by side, or each with all of it; the oldest first, with what blocks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.network.matching import Suggestion, suggest
from bot.core.network.model import Past, Request, Volunteer
from bot.core.say import Button, Day, Message, Text, label, say, say_many
from bot.core.schedule import local_day
from bot.network.suggestions import waiting
from bot.network.words import age, languages, offer, offers, place, request_lines, to_coordinator, volunteer_lines
from bot.services import Services
from bot.store import network

AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Lists:
    """Both waiting lists as they stand, and what the matching says of them."""

    requests: tuple[Request, ...]
    volunteers: tuple[Volunteer, ...]
    past: Past
    found: Suggestion


async def lists(services: Services, now: datetime) -> Lists:
    """Reads both lists and decides anew, off the loop."""
    async with services.database.read() as tx:
        requests, volunteers = await waiting(tx, services)
        past = await network.past(tx, services.community)
    found = await asyncio.to_thread(suggest, requests, volunteers, past, now)
    return Lists(requests, volunteers, past, found)


async def side_by_side(services: Services, reader: Reader, page: int, now: datetime) -> Message:
    """Who waits on each side, the oldest of both first, a line each with the one thing that blocks most."""
    if not reader.coordinates:
        return not_yours()
    both = await lists(services, now)
    matched = {pair.volunteer for pair in both.found.pairs}
    free = [each for each in both.volunteers if each.room and each.person not in matched]
    at = slice(page * AT_ONCE, (page + 1) * AT_ONCE)
    lines: list[Text | str] = [
        # NOTE: Head of one half of a page; {n} counts requests.
        say_many("⏳ <b>{n} request waits</b>", "⏳ <b>{n} requests wait</b>", len(both.requests))
    ]
    for request in both.requests[at]:
        lines += _request_in_short(services, both, request)
    # NOTE: Head of the other half of the page; {n} counts volunteers.
    lines += ["", say_many("💛 <b>{n} volunteer waits</b>", "💛 <b>{n} volunteers wait</b>", len(free))]
    for volunteer in free[at]:
        lines += _volunteer_in_short(services, both, volunteer)
    # NOTE: Button: opens who could be asked for a request; {number} instead of a name.
    asks = [Button(label("👥 No. {number}", number=each.id), f"Np:{each.id}") for each in both.requests[at]]
    # NOTE: Button: opens a volunteer; {number} instead of a name.
    helps = [Button(label("👤 No. {number}", number=each.person), f"Nw:{each.person}") for each in free[at]]
    rows = [tuple(row for row in pair if row) for pair in _zipped(asks, helps)]
    return Message(lines, (*rows, *paging("Nl", page, max(len(both.requests), len(free)))))


def _zipped(left: list[Button], right: list[Button]) -> list[tuple[Button | None, Button | None]]:
    longest = max(len(left), len(right))
    return list(zip([*left, *[None] * (longest - len(left))], [*right, *[None] * (longest - len(right))], strict=True))


def _request_in_short(services: Services, both: Lists, each: Request) -> list[Text | str]:
    causes = both.found.requests.get(each.id, ())
    since = Day(local_day(each.since))
    return [
        # NOTE: A request in one line, for a coordinator: {offer} "homework help", {age} "15–17 years".
        say("👥 No. {number}: {offer}, {age}", number=each.id, offer=offer(each.offer), age=age(each.band)),
        # NOTE: The rest of that line: {town} "Ringe", {languages} "Arabic, Danish", {day} "Monday 23/11".
        say(
            "{town} · {languages} · since {day}",
            town=place(services.guide, each.place),
            languages=languages(each.languages),
            day=since,
        ),
        # NOTE: What keeps somebody without a match, or that one is suggested.
        say("🚧 {cause}", cause=to_coordinator(causes[0], each)) if causes else say("💡 Somebody is suggested."),
    ]


def _volunteer_in_short(services: Services, both: Lists, each: Volunteer) -> list[Text | str]:
    causes = both.found.volunteers.get(each.person, ())
    lines: list[Text | str] = [
        # NOTE: A volunteer in one line, for a coordinator: {offers} "homework help, mentor".
        say("👤 No. {number}: {offers}", number=each.person, offers=offers(each)),
        say(
            "{town} · {languages} · since {day}",
            town=place(services.guide, each.place),
            languages=languages(each.languages),
            day=Day(local_day(each.since)),
        ),
    ]
    if each.state == "new":
        return [*lines, say("🆕 Not spoken with yet")]
    return [*lines, *(say("🚧 {cause}", cause=to_coordinator(cause, each)) for cause in causes[:1])]


async def requests_page(services: Services, reader: Reader, page: int, now: datetime) -> Message:
    """Who waits, the oldest first, with what blocks."""
    if not reader.coordinates:
        return not_yours()
    both = await lists(services, now)
    shown = both.requests[page * AT_ONCE : (page + 1) * AT_ONCE]
    lines: list[Text | str] = [say("⏳ <b>Requests that wait</b>")]
    rows: list[tuple[Button, ...]] = []
    for each in shown:
        # NOTE: How long somebody has waited: {day} "Monday 23/11".
        lines += ["", *request_lines(services.guide, each), say("📅 Since {day}", day=Day(local_day(each.since)))]
        causes = both.found.requests.get(each.id, ())
        lines += [say("🚧 {cause}", cause=to_coordinator(cause, each)) for cause in causes[:3]]
        # NOTE: Button: opens who could be asked for this request.
        rows.append((Button(label("👥 Who fits no. {number}", number=each.id), f"Np:{each.id}"),))
    return Message(lines, (*rows, *paging("Nr", page, len(both.requests))))


async def volunteers_page(services: Services, reader: Reader, page: int, now: datetime) -> Message:
    """Volunteers, new ones first and then the oldest, each with what blocks."""
    if not reader.coordinates:
        return not_yours()
    both = await lists(services, now)
    ordered = sorted(both.volunteers, key=lambda each: (each.state != "new", each.since, each.person))
    lines: list[Text | str] = [say("💛 <b>Volunteers</b>")]
    rows: list[tuple[Button, ...]] = []
    for each in ordered[page * AT_ONCE : (page + 1) * AT_ONCE]:
        lines += ["", *volunteer_lines(services.guide, each), say("📅 Since {day}", day=Day(local_day(each.since)))]
        if each.state == "new":
            lines.append(say("🆕 Not spoken with yet"))
        else:
            causes = both.found.volunteers.get(each.person, ())
            lines += [say("🚧 {cause}", cause=to_coordinator(cause, each)) for cause in causes[:3]]
        rows.append((Button(label("👤 Volunteer no. {number}", number=each.person), f"Nw:{each.person}"),))
    return Message(lines, (*rows, *paging("Nv", page, len(ordered))))


def paging(verb: str, page: int, total: int) -> tuple[tuple[Button, ...], ...]:
    """Back and more, and the way up."""
    return (
        (
            *((Button(label("◀️ Back"), f"{verb}:{page - 1}"),) if page else ()),
            *((Button(label("▶️ More"), f"{verb}:{page + 1}"),) if total > (page + 1) * AT_ONCE else ()),
            Button(label("🤝 Overview"), "N"),
        ),
    )
