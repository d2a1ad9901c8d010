"""My requests: where each stands, why, and what happens next; change, pause, go on, take back."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.core.model import Reader
from bot.core.network.drafts import Ask
from bot.core.network.matching import blocking
from bot.core.network.model import Match, Request
from bot.core.say import Button, Day, Message, Moment, Text, label, say
from bot.core.schedule import local_day
from bot.core.ways_on import NETWORK, PERSON
from bot.network.matches import take_back
from bot.network.words import offer, request_lines, to_newcomer
from bot.services import Services
from bot.store import network, network_log

SHOWN = ("asking_newcomer", "meeting", "active", "paused", "asking_volunteer", "later", "queued", "suggested")
"""The match that tells most about where a request stands, the first of these there is."""


async def mine(services: Services, reader: Reader, now: datetime) -> Message:
    """All open requests of the person; a single one is shown at once."""
    assert reader.person is not None
    async with services.database.read() as tx:
        found = await network.list_requests(tx, services.community, services.guide.point, person=reader.person.id)
    if len(found) == 1:
        return await status(services, reader, found[0].id, now)
    if not found:
        return Message((say("📋 You have no requests."),), ((NETWORK,),))
    return Message(
        (say("📋 <b>My requests</b>"),),
        (
            # NOTE: Button: one of the reader's requests: {offer} "homework help".
            *((Button(label("{offer}", offer=offer(each.offer)), f"nr:{each.id}"),) for each in found),
            (Button(label("◀️ Back"), "n"),),
        ),
    )


def gone() -> Message:
    """Another person's request, an old one, and one that never was are answered alike."""
    return Message(
        (say("This is not open any more."),),
        ((NETWORK, PERSON),),
    )


def sent() -> Text:
    return say("✅ <b>Sent.</b> We look for somebody who fits.")


async def status(services: Services, reader: Reader, number: int, now: datetime, note: Text | None = None) -> Message:
    """One request of the person's own."""
    async with services.database.read() as tx:
        request = await network.one_request(tx, services.community, number, services.guide.point)
        if (
            request is None
            or reader.person is None
            or request.person != reader.person.id
            or request.state == "withdrawn"
        ):
            return gone()
        matches = await network.list_matches(tx, services.community, request=number)
        match = next((each for state in SHOWN for each in matches if each.state == state), None)
        where = [] if match and match.state != "suggested" else [await _blocked(services, request, now)]
    if match is not None:
        where = _where(match)
    head: list[Text | str] = [note, ""] if note else []
    return Message(
        (
            *head,
            *request_lines(services.guide, request),
            "",
            # NOTE: Head; the next line says how far a request has come.
            say("⏸ You have paused this.") if request.state == "paused" else say("⏳ <b>Where it stands</b>"),
            *([] if request.state == "paused" else where),
        ),
        _buttons(request, match),
    )


async def _blocked(services: Services, request: Request, now: datetime) -> Text:
    async with services.database.read() as tx:
        volunteers = await network.list_volunteers(tx, services.community, services.guide.point)
        past = await network.past(tx, services.community)
        unsettled = await tx.scalar(network_log.unsettled(services.community, local_day(now))) is not None
    found = await asyncio.to_thread(blocking, request, volunteers, past, now)
    if unsettled and found[0].reason == "taken":
        # NOTE: Just after a request was sent or changed: the matching has not run yet.
        return say("Somebody may fit. We look right now.")
    return to_newcomer(found[0], request)


def _where(match: Match) -> list[Text]:
    match match.state:
        case "suggested" | "queued":
            return [say("A coordinator looks at somebody who may fit.")]
        case "asking_volunteer" if match.until:
            # NOTE: Where a request stands: {when} "Thursday 26/11 10:00".
            return [say("We have asked somebody. You hear from us before {when}.", when=Moment(match.until))]
        case "later" if match.until:
            # NOTE: Where a request stands: a volunteer thinks it over.
            return [say("Somebody asked for more time, until {day}.", day=Day(local_day(match.until)))]
        case "asking_newcomer":
            return [say("Somebody would like to help. We wait for your answer.")]
        case "paused":
            return [say("It is on pause. A coordinator looks at it.")]
        case _:
            return [say("You have found each other. 🎉")]


def _buttons(request: Request, match: Match | None) -> tuple[tuple[Button, ...], ...]:
    last = (Button(label("◀️ Back"), "n"), PERSON)
    if match is not None and match.state in ("meeting", "active", "paused"):
        return ((Button(label("🤝 Our match"), f"nm:{match.id}"),), last)
    rows: list[tuple[Button, ...]] = []
    if match is not None and match.state == "asking_newcomer":
        # NOTE: Button: the question whether the reader wants to meet the one who was found.
        rows.append((Button(label("👀 See it"), f"na:{match.id}"),))
    draft = Ask(request.offer, request.whom, request.band, request.languages, request.free, request.wishes)
    # NOTE: Button: nobody is looked for meanwhile.
    pause = Button(label("⏸ Pause"), f"np:{request.id}:y")
    if request.state == "paused":
        pause = Button(label("▶️ Go on"), f"np:{request.id}:n")
    # NOTE: Button: changes the request or the offer.
    rows.append((Button(label("✏️ Change"), f"nL:{draft.encode()}"), pause))
    # NOTE: Button: the reader wants nobody any more.
    rows.append((Button(label("✖️ Take back"), f"nb:{request.id}", style="no"),))
    return (*rows, last)


async def pause(services: Services, reader: Reader, number: int, now: datetime, *, yes: bool) -> Message:
    """Nobody is looked for meanwhile; who was asked is told kindly that it is not needed now."""
    return await _set(services, reader, number, "paused" if yes else "waiting", now)


async def withdraw(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    return await _set(services, reader, number, "withdrawn", now)


async def _set(services: Services, reader: Reader, number: int, state: str, now: datetime) -> Message:
    async with services.database.write() as tx:
        request = await network.one_request(tx, services.community, number, services.guide.point)
        if request is None or reader.person is None or request.person != reader.person.id:
            return gone()
        if request.state in ("waiting", "paused") and request.state != state:
            await network.set_request(tx, services.community, number, state, now)
            await network_log.note(tx, services.community, reader.person.id, state, f"r{number}", now)
            await network_log.mark_changed(tx, services.community)
            if state != "waiting":
                await take_back(tx, services, request, now)
    services.hurry.set()
    if state == "withdrawn" and request.state in ("waiting", "paused", "withdrawn"):
        return Message(
            (say("✖️ Your request is taken back. You can ask again at any time."),),
            ((NETWORK,),),
        )
    return await status(services, reader, number, now)
