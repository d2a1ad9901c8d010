"""Our match: its page, and the first meeting that both agree on, in a public place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.core.model import Reader, Venue
from bot.core.network import first_meeting
from bot.core.network.model import LIVE, Match
from bot.core.network.rhythm import next_look, plan
from bot.core.query import base36
from bot.core.reminders import DAY_BEFORE_AT
from bot.core.say import Button, Message, Moment, Text, label, say
from bot.core.schedule import DAY, local_day, moment
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.network.matches import closed, tell_coordinators
from bot.network.practical.pair import has_list, open_list
from bot.network.rules import network_rules
from bot.services import Services
from bot.store import network, network_log, notices
from bot.store.database import Tx
from bot.store.notices import NewNotice

AT_ONCE = 3


async def page(services: Services, reader: Reader, number: int, now: datetime, note: Text | None = None) -> Message:
    """Where the match stands for one of its two; anybody else is told that it is not open."""
    async with services.database.read() as tx:
        match = await network.find_match(tx, services.community, number)
        if match is None or reader.person is None or reader.person.id not in (match.newcomer, match.volunteer):
            return closed()
        if match.state not in LIVE:
            return closed()
        proposals = await _proposals(tx, services, match, now) if match.state == "meeting" else ()
        shared = await has_list(tx, services.guide, match)
    me = match.side(reader.person.id)
    lines: list[Text | str] = [note] if note else []
    # NOTE: Head of the page of a match; {name} is the other's first name.
    lines += [say("🤝 <b>You and {name}</b>", name=name_of(match, match.other(reader.person.id)))]
    if match.state == "paused":
        # NOTE: To one of two who meet, after somebody felt unsafe or a rule stopped it.
        lines.append(say("It is on pause. A coordinator writes to you."))
        return Message(lines, ((PERSON,),), protect=True)
    rows: list[tuple[Button, ...]] = []
    meeting = _meeting(match)
    if match.state == "active" and meeting:
        lines += meeting_lines(meeting)
        if have_met(match, now) and not match.notes.get(f"{me}_contact"):
            # NOTE: Button: gives one's own contact to the other of the two, once both have said yes.
            rows.append((Button(label("📱 Share my contact"), f"nk:{number}"),))
    elif meeting and meeting["by"] != me:
        # NOTE: “They”: the other of the two, one person. The lines below say when and where.
        lines += [say("They propose this for your first meeting:"), *meeting_lines(meeting)]
        at = base36(int(datetime.fromisoformat(meeting["at"]).timestamp()))
        # NOTE: Button: agrees to the time that the other has proposed.
        rows.append((Button(label("✅ That fits"), f"nc:{number}:{at}", style="yes"),))
        rows.append((Button(label("🕐 Another time"), f"nt:{number}:0"),))
    elif meeting:
        # NOTE: “Their”: the other of the two, one person.
        lines += [say("You proposed this. We wait for their answer."), *meeting_lines(meeting)]
        rows.append((Button(label("🕐 Another time"), f"nt:{number}:0"),))
    else:
        lines.append(say("When does a first meeting fit you? It is in a public place."))
        rows += _choices(number, proposals, 0)
    if match.state == "active" and meeting and not have_met(match, now):
        # NOTE: Button: asks for an interpreter at the first meeting of two.
        rows.append((Button(label("🗣 Interpreter"), f"Ia:m{number}"),))
    if shared:
        rows.append((open_list(number),))
    return Message(lines, (*rows, *_always(match)), protect=True)


async def other_times(services: Services, reader: Reader, number: int, start: int, now: datetime) -> Message:
    """More proposals, three at a time."""
    async with services.database.read() as tx:
        match = await network.find_match(tx, services.community, number)
        if match is None or not _belongs(match, reader) or match.state != "meeting":
            return closed()
        proposals = await _proposals(tx, services, match, now)
    return Message(
        (say("🕐 <b>Which time fits you?</b>"),),
        (
            *_choices(number, proposals, start),
            (Button(label("◀️ Back"), f"nm:{number}"), PERSON),
        ),
    )


def _choices(number: int, proposals: tuple[datetime, ...], start: int) -> list[tuple[Button, ...]]:
    shown = proposals[start : start + AT_ONCE]
    rows: list[tuple[Button, ...]] = [
        # NOTE: Button: a time to choose: {when} "Wednesday 25/11 16:00".
        (Button(label("{when}", when=Moment(at)), f"nd:{number}:{base36(int(at.timestamp()))}"),)
        for at in shown
    ]
    if len(proposals) > start + AT_ONCE:
        rows.append((Button(label("▶️ More"), f"nt:{number}:{start + AT_ONCE}"),))
    return rows


def _always(match: Match) -> tuple[tuple[Button, ...], ...]:
    """On every page of a match: write, stop, a person; and the one tap that reaches a person at once."""
    talk = () if match.notes.get("silent") else (Button(label("✍️ Write to them"), f"nw:{match.id}"),)
    return (
        # NOTE: Button: the reader wants to end the match; a reason is asked next.
        (*talk, Button(label("👋 End it"), f"ne:{match.id}")),
        # NOTE: Button: tells coordinators at once. Clear in an emergency.
        (Button(label("🚨 I feel unsafe"), f"nu:{match.id}", style="no"), PERSON),
    )


def name_of(match: Match, person: int) -> str:
    """The first name of one of the two; both have said yes to show it."""
    return str(match.notes.get(f"{match.side(person)}_name") or "?")


def have_met(match: Match, now: datetime) -> bool:
    """Whether the first meeting is over."""
    met = match.notes.get("met")
    return isinstance(met, str) and datetime.fromisoformat(met) <= now


def _meeting(match: Match) -> dict[str, Any] | None:
    found = match.notes.get("meeting")
    return found if isinstance(found, dict) else None


def meeting_lines(meeting: dict[str, Any]) -> list[Text | str]:
    return [
        say("📅 {when}", when=Moment(datetime.fromisoformat(meeting["at"]))),
        say("🚪 {venue}, {address}", venue=str(meeting["venue"]), address=str(meeting["address"])),
    ]


async def _proposals(tx: Tx, services: Services, match: Match, now: datetime) -> tuple[datetime, ...]:
    point = services.guide.point
    request = await network.one_request(tx, services.community, match.request, point)
    volunteer = await network.one_volunteer(tx, services.community, match.volunteer, point)
    if request is None or volunteer is None:
        return ()
    return first_meeting.times(request.free, volunteer.free, now)


def _belongs(match: Match, reader: Reader) -> bool:
    return reader.person is not None and reader.person.id in (match.newcomer, match.volunteer)


async def propose(services: Services, reader: Reader, number: int, at: datetime, now: datetime) -> Message:
    """One side chooses a time, which counts as their yes; where the other chose meanwhile, theirs is shown."""
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is None or reader.person is None or not _belongs(match, reader):
            return closed()
        me, meeting = match.side(reader.person.id), _meeting(match)
        fits = match.state == "meeting" and at in await _proposals(tx, services, match, now)
        if fits and not (meeting and meeting["at"] == at.isoformat()):
            await _keep_proposal(tx, services, match, me, at, reader.person.id, now)
    services.hurry.set()
    return await page(services, reader, number, now)


async def _keep_proposal(
    tx: Tx, services: Services, match: Match, me: str, at: datetime, person: int, now: datetime
) -> None:
    request = await network.one_request(tx, services.community, match.request, services.guide.point)
    venue = public_place(services.guide, request.point if request else services.guide.community.centre)
    kept = {"at": at.isoformat(), "by": me, "venue": venue.name, "address": venue.address}
    until = now + network_rules().waits["meeting"]
    await network.set_match(tx, services.community, match, "meeting", now, until, meeting=kept)
    await network_log.note(tx, services.community, person, "proposed", f"m{match.id}", now)
    key = f"m{match.id}/proposed/{me}/{base36(int(at.timestamp()))}"
    content = {"match": match.id, "at": at.isoformat()}
    other = NewNotice(match.other(person), "net_proposed", key, now, content, at)
    await notices.add(tx, services.community, [other])


def public_place(guide: Guide, point: tuple[float, float]) -> Venue:
    """Where a first meeting is: a place of the pack that is open to everybody, near the newcomer."""
    found = first_meeting.place(guide.activities.values(), network_rules().meeting_topics, point)
    name = guide.community.name
    return found or Venue(name, name, *guide.community.centre)


async def confirm(services: Services, reader: Reader, number: int, at: datetime, now: datetime) -> Message:
    """The other side's yes to just this time. Two taps at once, or an old button, change nothing."""
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is None or reader.person is None or not _belongs(match, reader):
            return closed()
        meeting = _meeting(match)
        if (
            match.state == "meeting"
            and meeting is not None
            and meeting["at"] == at.isoformat()
            and meeting["by"] != match.side(reader.person.id)
            and at > now
        ):
            await _agreed(tx, services, match, at, reader.person.id, now)
    services.hurry.set()
    return await page(services, reader, number, now)


async def _agreed(tx: Tx, services: Services, match: Match, at: datetime, by: int, now: datetime) -> None:
    """Reminders for both, the coordinators know, and the follow-ups are planned."""
    rules, community = network_rules(), services.community
    until = next_look(at, rules.follow_ups, now, rules.waits["follow_up"])
    await network.set_match(tx, community, match, "active", now, until, met=at.isoformat())
    await network_log.note(tx, community, by, "agreed", f"m{match.id}", now)
    content = {"match": match.id, "at": at.isoformat()}
    wanted = [NewNotice(match.other(by), "net_agreed", f"m{match.id}/agreed", now, content, at)]
    evening_before = moment(local_day(at) - DAY, DAY_BEFORE_AT)
    for person in (match.newcomer, match.volunteer):
        for name, due in (("day", evening_before), ("hours", at - timedelta(hours=2))):
            if due > now:
                soon = {**content, "near": name}
                wanted.append(NewNotice(person, "net_soon", f"m{match.id}/soon/{name}", due, soon, at))
        for each in plan(at, rules.follow_ups):
            follow = {"match": match.id, "follow_up": each.id}
            key = f"m{match.id}/follow/{each.id}"
            wanted.append(
                NewNotice(person, "net_follow", key, each.at, follow, each.at + timedelta(days=6), asked=False)
            )
    await notices.add(tx, community, wanted)
    await tell_coordinators(tx, community, "net_first", f"m{match.id}/first", content, now)
