"""A coordinator and the matches: by state, with both sides' last word; going on after a pause, or ended."""

from __future__ import annotations

from datetime import datetime

from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.network.model import ASKED, LIVE, Match
from bot.core.network.rhythm import next_look, plan
from bot.core.say import Button, Day, Message, Text, label, say
from bot.core.schedule import local_day
from bot.network.first_meetings import meeting_lines
from bot.network.follow_ups import finish
from bot.network.matches import closed, still_allowed
from bot.network.rules import network_rules
from bot.network.waiting_lists import AT_ONCE, paging
from bot.network.words import request_lines
from bot.services import Services
from bot.store import network, network_log, notices
from bot.store.database import Tx
from bot.store.notices import NewNotice

STATES = {
    # NOTE: The state of a match, in a list: "No. 3: the volunteer is asked, since Monday 23/11".
    "asking_volunteer": say("the volunteer is asked"),
    # NOTE: The state of a match, in a list.
    "later": say("the volunteer is asked again later"),
    # NOTE: The state of a match, in a list.
    "asking_newcomer": say("the newcomer is asked"),
    # NOTE: The state of a match, in a list.
    "meeting": say("a first meeting is being agreed on"),
    # NOTE: The state of a match, in a list: they have agreed on a first meeting, or met already.
    "active": say("they meet"),
    # NOTE: The state of a match, in a list.
    "paused": say("on pause"),
}
ANSWERS = {
    # NOTE: What one side answered last: "Newcomer: going well".
    "well": say("going well"),
    # NOTE: What one side answered last: "Newcomer: could be better".
    "better": say("could be better"),
    # NOTE: What one side answered last: "Newcomer: not met yet".
    "not_met": say("not met yet"),
    # NOTE: What one side answered last.
    "stop": say("wants to stop"),
    # NOTE: What one side answered last: would like to talk with a coordinator.
    "person": say("needs a person"),
}


async def page(services: Services, reader: Reader, number: int) -> Message:
    """Matches by state: on pause first, then those being asked, then those that meet."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await network.list_matches(tx, services.community, states=(*LIVE, *ASKED))
    order = ("paused", "meeting", "asking_volunteer", "asking_newcomer", "later", "active")
    ordered = sorted(found, key=lambda each: (order.index(each.state), each.made))
    lines: list[Text | str] = [say("🤝 <b>Matches</b>")]
    rows: list[tuple[Button, ...]] = []
    for each in ordered[number * AT_ONCE : (number + 1) * AT_ONCE]:
        since = Day(local_day(each.changed))
        # NOTE: A match in a list: {state} "they meet", {day} "Monday 23/11".
        lines.append(say("No. {number}: {state}, since {day}", number=each.id, state=STATES[each.state], day=since))
        rows.append((Button(label("🤝 Match no. {number}", number=each.id), f"Nx:{each.id}"),))
    if not found:
        lines.append(say("There are none yet."))
    return Message(lines, (*rows, *paging("Nm", number, len(ordered))))


async def show(services: Services, reader: Reader, number: int) -> Message:
    """One match: what was asked for, the first meeting, each side's last word, and what can be done."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        match = await network.find_match(tx, services.community, number)
        if match is None:
            return closed()
        request = await network.one_request(tx, services.community, match.request, services.guide.point)
        words = await last_words(tx, services, match)
    # NOTE: The state of a match that has ended.
    state = STATES.get(match.state, say("over"))
    lines: list[Text | str] = [say("🤝 <b>Match no. {number}</b>", number=number), state]
    if request is not None:
        lines += request_lines(services.guide, request)
    meeting = match.notes.get("meeting")
    if isinstance(meeting, dict):
        lines += meeting_lines(meeting)
    lines += words
    rows: list[tuple[Button, ...]] = []
    if match.state == "paused":
        # NOTE: Button: a match that is on pause goes on.
        rows.append((Button(label("▶️ Let them go on"), f"Ng:{number}"),))
    if match.state in LIVE:
        rows.append((Button(label("👋 End it"), f"Ne:{number}", style="no"),))
    if match.state == "active" and not match.notes.get("coordinator_comes"):
        # NOTE: Button: the coordinator comes along to the first meeting of two.
        rows.append((Button(label("🙋 I will be there"), f"Nt:{number}"),))
    if match.state == "active":
        # NOTE: Button: asks for an interpreter at the first meeting of two.
        rows.append((Button(label("🗣 Interpreter"), f"Ia:m{number}"),))
    return Message(
        lines,
        (
            *rows,
            (
                # NOTE: Button: a coordinator writes to one of the two through the bot.
                Button(label("✍️ To the newcomer"), f"Nq:{match.newcomer}"),
                # NOTE: Button: a coordinator writes to one of the two through the bot.
                Button(label("✍️ To the volunteer"), f"Nq:{match.volunteer}"),
            ),
            # NOTE: Button: the list of who did what with this match, and when.
            (Button(label("📜 Who did what"), f"NL:m{number}:0"),),
            (Button(label("🤝 Matches"), "Nm:0"), Button(label("🤝 Overview"), "N")),
        ),
        protect=True,
    )


async def last_words(tx: Tx, services: Services, match: Match) -> list[Text]:
    """What each side said last, for a coordinator's eyes only."""
    found = {each.person: each for each in await network_log.check_ins_of(tx, services.community, match.id)}
    lines = []
    # NOTE: “Newcomer”: One side of a match, in "Newcomer: going well". “Volunteer”: One side of a match, in
    # "Volunteer: going well".
    for person, who in ((match.newcomer, say("Newcomer")), (match.volunteer, say("Volunteer"))):
        last = found.get(person)
        # NOTE: In place of an answer: "Newcomer: nothing yet".
        said = ANSWERS.get(last.answer, say("nothing yet")) if last else say("nothing yet")
        # NOTE: {who} "Newcomer", {said} "going well".
        lines.append(say("💬 {who}: {said}", who=who, said=said))
    return lines


async def go_on(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """After a pause both go on, if no rule stands between them now; both are told."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    community = services.community
    async with services.database.write() as tx:
        match = await network.one_match(tx, community, number)
        if match is None or match.state != "paused":
            return closed()
        if not await still_allowed(tx, services, match, now, going_on=True):
            return Message(
                (say("A rule that protects people stands between these two now. It cannot go on."),),
                ((Button(label("🤝 Matches"), "Nm:0"),),),
            )
        await _resume(tx, services, match, now)
        await network_log.note(tx, community, reader.person.id, "resumed", f"m{number}", now)
    services.hurry.set()
    return await show(services, reader, number)


async def _resume(tx: Tx, services: Services, match: Match, now: datetime) -> None:
    rules, community = network_rules(), services.community
    met = match.notes.get("met")
    wanted = [
        NewNotice(each, "net_goes_on", f"m{match.id}/on/{int(now.timestamp())}", now, {"match": match.id})
        for each in (match.newcomer, match.volunteer)
    ]
    if not isinstance(met, str):
        await network.set_match(tx, community, match, "meeting", now, now + rules.waits["meeting"])
    else:
        at = datetime.fromisoformat(met)
        until = next_look(at, rules.follow_ups, now, rules.waits["follow_up"])
        await network.set_match(tx, community, match, "active", now, until)
        for each in plan(at, rules.follow_ups):
            if each.at > now:
                content, key = {"match": match.id, "follow_up": each.id}, f"m{match.id}/follow/{each.id}"
                wanted += [
                    NewNotice(person, "net_follow", key, each.at, content, asked=False)
                    for person in (match.newcomer, match.volunteer)
                ]
    await notices.add(tx, community, wanted)


async def end(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """A coordinator ends it: both are thanked, nobody is told why."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is not None and match.state in LIVE:
            await finish(tx, services, match, reader.person.id, "coordinator", now)
            wanted = [
                NewNotice(each, "net_ended", f"m{number}/ended", now, {"again": each == match.newcomer})
                for each in (match.newcomer, match.volunteer)
            ]
            await notices.add(tx, services.community, wanted)
    services.hurry.set()
    return await show(services, reader, number)


async def come_along(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """A coordinator will be at the first meeting; both are told."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is None or match.state != "active":
            return closed()
        if not match.notes.get("coordinator_comes"):
            await network.set_match(tx, services.community, match, "active", now, match.until, coordinator_comes=True)
            await network_log.note(tx, services.community, reader.person.id, "comes", f"m{number}", now)
            meeting = match.notes.get("meeting")
            at = datetime.fromisoformat(str(meeting["at"])) if isinstance(meeting, dict) else now
            wanted = [
                NewNotice(each, "net_comes", f"m{number}/comes", now, {"at": at.isoformat()}, at)
                for each in (match.newcomer, match.volunteer)
            ]
            await notices.add(tx, services.community, wanted)
    services.hurry.set()
    return await show(services, reader, number)
