"""The coordinator's gate: both waiting lists with what blocks, suggestions to approve, another picked, or none."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.network.matching import between, rank
from bot.core.network.matching_rules import SAFETY
from bot.core.network.model import ASKED, LIVE, SUGGESTED, Match, Past
from bot.core.say import Button, Message, Text, label, say, say_many
from bot.network.matches import UNDO, ask_volunteer, closed, next_in_line, still_allowed, was_asked
from bot.network.suggestions import waiting
from bot.network.waiting_lists import AT_ONCE, lists
from bot.network.words import reasons, request_lines, volunteer_lines
from bot.services import Services
from bot.store import network, network_log, notices
from bot.store.database import Tx


async def overview(services: Services, reader: Reader, now: datetime) -> Message:
    """How many wait on each side, and the ways to each list."""
    if not reader.coordinates:
        return not_yours()
    both = await lists(services, now)
    async with services.database.read() as tx:
        suggested = await network.list_matches(tx, services.community, states=SUGGESTED)
        live = await network.list_matches(tx, services.community, states=LIVE)
    new = sum(each.state == "new" for each in both.volunteers)
    ready = sum(each.state == "approved" and each.room > 0 for each in both.volunteers)
    return Message(
        (
            say("🤝 <b>Let's Network</b>"),
            # NOTE: A line of the coordinator's overview; {n} counts requests.
            say_many("⏳ {n} request waits", "⏳ {n} requests wait", len(both.requests)),
            # NOTE: A line of the coordinator's overview; {n} counts volunteers with room for somebody.
            say_many("💛 {n} volunteer is free", "💛 {n} volunteers are free", ready),
            # NOTE: A line of the coordinator's overview: nobody has spoken with them yet.
            say_many("🆕 {n} new volunteer", "🆕 {n} new volunteers", new),
            # NOTE: A line of the coordinator's overview: pairs that the matching suggests.
            say_many("💡 {n} suggestion", "💡 {n} suggestions", len(suggested)),
            # NOTE: A line of the coordinator's overview: pairs that have found each other.
            say_many("🤝 {n} match", "🤝 {n} matches", len(live)),
        ),
        (
            # NOTE: “💡 Suggestions”: Button: the pairs that the matching suggests. “🤝 Matches”: Button: pairs that are
            # asked, or meet.
            (Button(label("💡 Suggestions"), "Ns:0"), Button(label("🤝 Matches"), "Nm:0")),
            # NOTE: Button: requests and volunteers that wait, on one page.
            (Button(label("⚖️ Both lists"), "Nl:0"),),
            # NOTE: Button: newcomers who wait for somebody.
            (Button(label("⏳ Requests"), "Nr:0"), Button(label("💛 Volunteers"), "Nv:0")),
            # NOTE: Button: the Danish police certificate for work with children; the word stays Danish.
            (Button(label("📄 Børneattest"), "Na:0"), Button(label("◀️ Back"), "k")),
        ),
    )


async def suggestions_page(services: Services, reader: Reader, page: int) -> Message:
    """One suggestion at a time: both sides, and approve, others, or not these two."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await network.list_matches(tx, services.community, states=SUGGESTED)
        match = found[page] if page < len(found) else None
        if match is None:
            return Message((say("💡 There is no suggestion right now."),), ((Button(label("🤝 Overview"), "N"),),))
        point = services.guide.point
        request = await network.one_request(tx, services.community, match.request, point)
        volunteer = await network.one_volunteer(tx, services.community, match.volunteer, point)
    assert request is not None
    assert volunteer is not None
    more = (Button(label("▶️ More"), f"Ns:{page + 1}"),) if page + 1 < len(found) else ()
    return Message(
        (
            # NOTE: Head of a suggestion; the newcomer's wish and the volunteer's offer follow.
            say("💡 <b>These two may fit</b>"),
            "",
            *request_lines(services.guide, request),
            "",
            *volunteer_lines(services.guide, volunteer),
        ),
        (
            (
                # NOTE: Button: a coordinator agrees to a suggestion, or to a volunteer.
                Button(label("✅ Approve"), f"Ny:{match.id}", style="yes"),
                # NOTE: Button: other volunteers who could be asked instead.
                Button(label("👥 Others"), f"Np:{request.id}"),
            ),
            # NOTE: Button: a coordinator does not want to bring these two together.
            (Button(label("❌ Not these two"), f"Nn:{match.id}", style="no"), *more),
            (Button(label("🤝 Overview"), "N"),),
        ),
    )


async def approve(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """One tap: the volunteer is asked, after the time in which it can be undone."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is None:
            return closed()
        if match.state == "suggested":
            if not await still_allowed(tx, services, match, now):
                return closed()
            await _line_up(tx, services, match, reader.person.id, now)
            match = await network.one_match(tx, services.community, number)
            assert match is not None
    services.hurry.set()
    return _approved(match)


async def _line_up(tx: Tx, services: Services, match: Match, by: int, now: datetime) -> None:
    """Asked at once, or next in line where somebody else is being asked for the same request."""
    community = services.community
    others = await network.list_matches(tx, community, request=match.request)
    await network_log.note(tx, community, by, "approved", f"m{match.id}", now)
    match = await _with_breaks(tx, services, match, now)
    if any(each.state in ASKED and each.id != match.id for each in others):
        await network.set_match(tx, community, match, "queued", now)
    else:
        await ask_volunteer(tx, community, match, now, UNDO)
    for each in others:
        if each.state == "suggested" and each.id != match.id:
            await network.set_match(tx, community, each, "filled", now)
    await network_log.mark_changed(tx, community)


async def _with_breaks(tx: Tx, services: Services, match: Match, now: datetime) -> Match:
    """Notes which wishes the coordinator sets aside by this approval; whatever breaks later is not among them."""
    request = await network.one_request(tx, services.community, match.request, services.guide.point)
    volunteer = await network.one_volunteer(tx, services.community, match.volunteer, services.guide.point)
    assert request is not None
    assert volunteer is not None
    breaks = [each for each in between(request, volunteer, Past(), now) if each not in SAFETY]
    return replace(match, notes={**match.notes, "breaks": breaks})


def _approved(match: Match) -> Message:
    # NOTE: Button: approves more volunteers, who are asked if the first does not answer.
    others = Button(label("👥 Others too"), f"Np:{match.request}")
    if match.state == "asking_volunteer":
        return Message(
            (
                say("✅ Approved. The volunteer is asked in two minutes."),
                # NOTE: After an approval; in line are volunteers whom a coordinator has approved too.
                say("Without an answer, the next in line is asked."),
            ),
            ((Button(label("↩️ Undo"), f"Nz:{match.id}"), others), (Button(label("💡 Suggestions"), "Ns:0"),)),
        )
    if match.state == "queued":
        return Message(
            # NOTE: Somebody else is being asked first.
            (say("✅ Approved, as the next in line."),),
            ((Button(label("↩️ Undo"), f"Nz:{match.id}"), others), (Button(label("💡 Suggestions"), "Ns:0"),)),
        )
    # NOTE: To a coordinator with an old button: it was approved or asked meanwhile.
    return Message((say("This has gone on already."),), ((Button(label("🤝 Overview"), "N"),),))


async def undo(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Takes an approval back, as long as nothing was sent."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is None:
            return closed()
        unsent = match.state == "asking_volunteer" and match.notes.get("rounds") == 1 and not was_asked(match, now)
        if unsent or match.state == "queued":
            await network.set_match(tx, services.community, match, "suggested", now)
            await notices.drop(tx, services.community, f"m{number}/")
            await network_log.note(tx, services.community, reader.person.id, "undone", f"m{number}", now)
            await network_log.mark_changed(tx, services.community)
            return Message((say("↩️ Taken back. Nobody was asked."),), ((Button(label("💡 Suggestions"), "Ns:0"),),))
    return Message((say("It was sent already."),), ((Button(label("🤝 Overview"), "N"),),))


async def refuse(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Not these two: they are not suggested for this request again, and nobody hears of it."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is not None and match.state == "suggested":
            await network.set_match(tx, services.community, match, "refused", now)
            await network_log.note(tx, services.community, reader.person.id, "refused", f"m{number}", now)
            await next_in_line(tx, services.community, match.request, now)
    return Message(
        (say("All right. These two are not suggested again."),), ((Button(label("💡 Suggestions"), "Ns:0"),),)
    )


async def ranked(services: Services, reader: Reader, number: int, now: datetime, page: int = 0) -> Message:
    """Everyone who may be asked for a request, the best first, with the wishes that would not be met."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        request = await network.one_request(tx, services.community, number, services.guide.point)
        if request is None or request.state != "waiting":
            return closed()
        _, volunteers = await waiting(tx, services)
        past = await network.past(tx, services.community)
    found = await asyncio.to_thread(rank, request, volunteers, past, now)
    by_person = {each.person: each for each in volunteers}
    lines: list[Text | str] = [say("👥 <b>Who could be asked</b>")]
    rows: list[tuple[Button, ...]] = []
    for each in found[page * AT_ONCE : (page + 1) * AT_ONCE]:
        # NOTE: Button or head: a volunteer, who has a number instead of a name.
        lines += ["", say("👤 Volunteer no. {number}", number=each.volunteer)]
        lines += volunteer_lines(services.guide, by_person[each.volunteer])[1:4]
        if each.breaks:
            # NOTE: To a coordinator: {reasons} "language, distance".
            lines.append(say("⚠️ Does not fit: {reasons}", reasons=reasons(each.breaks)))
        # NOTE: Button: asks this volunteer; {number} instead of a name.
        rows.append((Button(label("✅ Ask no. {number}", number=each.volunteer), f"Nk:{number}:{each.volunteer}"),))
    if not found:
        lines.append(say("Nobody may be asked right now."))
    onward = ((Button(label("▶️ More"), f"Np:{number}:{page + 1}"),),) if len(found) > (page + 1) * AT_ONCE else ()
    return Message(lines, (*rows, *onward, (Button(label("🤝 Overview"), "N"),)))


async def pick(services: Services, reader: Reader, number: int, volunteer: int, now: datetime) -> Message:
    """Another one than suggested. What protects people cannot be set aside; a wish can, by who knows both."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    community = services.community
    async with services.database.write() as tx:
        request = await network.one_request(tx, community, number, services.guide.point)
        _, volunteers = await waiting(tx, services)
        past = await network.past(tx, community)
        if request is None or request.state != "waiting":
            return closed()
        allowed = {each.volunteer for each in rank(request, volunteers, past, now)}
        if volunteer not in allowed:
            return closed()
        match = await network.add_match(tx, community, request, volunteer, "suggested", now, None)
        if match is not None:
            await _line_up(tx, services, match, reader.person.id, now)
            match = await network.one_match(tx, community, match.id)
    services.hurry.set()
    return _approved(match) if match is not None else closed()
