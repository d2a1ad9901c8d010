"""The two yeses: the volunteer is asked, then the newcomer; a no, no answer, somebody else first; and who leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.core.model import Reader
from bot.core.network.matching import forbidden
from bot.core.network.model import ASKED, LIVE, Match, MatchState, Past, Request
from bot.core.say import Button, Message, Moment, Text, label, say
from bot.core.ways_on import NETWORK, PERSON
from bot.network.rules import network_rules
from bot.services import Services
from bot.store import network, network_log, notices, people, practical
from bot.store.database import Tx
from bot.store.notices import NewNotice

UNDO = timedelta(minutes=2)
"""How long after a coordinator's tap nothing is sent, so that it can be taken back."""

NAME_LONGEST = 30

OPEN: tuple[MatchState, ...] = ("suggested", "queued", *ASKED)
"""Before both have said yes."""


def first_name(name: str) -> str:
    """What the other side will read: the first word of the name that the person gave Telegram."""
    words = name.split()
    return words[0][:NAME_LONGEST] if words else "?"


async def tell_coordinators(
    tx: Tx,
    community: str,
    kind: str,
    key: str,
    content: Mapping[str, Any],
    now: datetime,
    *,
    urgent: bool = False,
) -> None:
    """One notice for each coordinator."""
    found = await people.with_role(tx, community, "coordinator")
    wanted = [NewNotice(each.id, kind, key, now, content, urgent=urgent) for each in found if each.state == "active"]
    await notices.add(tx, community, wanted)


async def ask_volunteer(tx: Tx, community: str, match: Match, now: datetime, wait: timedelta = timedelta(0)) -> None:
    """Asks the volunteer after `wait`, reminds them once, and wakes when the time to answer is over."""
    waits = network_rules().waits
    at, until = now + wait, now + wait + waits["answer"]
    rounds = _count(match, "rounds") + 1
    await network.set_match(tx, community, match, "asking_volunteer", now, until, rounds=rounds, asked=at.isoformat())
    key, content = f"m{match.id}/v{rounds}", {"match": match.id}
    await notices.add(
        tx,
        community,
        [
            NewNotice(match.volunteer, "net_ask", key, at, content, until),
            NewNotice(match.volunteer, "net_ask", f"{key}r", at + waits["reminder"], {**content, "again": True}, until),
        ],
    )


async def next_in_line(tx: Tx, community: str, request: int, now: datetime) -> None:
    """Asks the next volunteer whom a coordinator approved for this request; without one, it is matched again."""
    found = await network.list_matches(tx, community, request=request)
    if any(each.state in ASKED or each.state in LIVE for each in found):
        return
    queued = next((each for each in found if each.state == "queued"), None)
    if queued is not None:
        await ask_volunteer(tx, community, queued, now)
    await network_log.mark_changed(tx, community)


async def answer_volunteer(
    services: Services, reader: Reader, number: int, answer: str, name: str, now: datetime
) -> Message:
    """The volunteer's yes (`y`), not now (`n`) or ask me in a week (`w`). What was answered before stays."""
    community, person = services.community, reader.person
    async with services.database.write() as tx:
        match = await network.one_match(tx, community, number)
        if match is None or person is None or match.volunteer != person.id:
            return closed()
        if match.state in ("asking_volunteer", "later"):
            if answer == "y":
                match = await _volunteer_agrees(tx, services, match, first_name(name), now)
            elif answer == "w" and match.state == "asking_volunteer":
                until = now + network_rules().waits["later"]
                match = await _move(tx, services, match, "later", person.id, now, until=until)
            elif answer == "n":
                match = await _move(tx, services, match, "declined", person.id, now)
                await next_in_line(tx, community, match.request, now)
    services.hurry.set()
    return _said_to_volunteer(match)


async def _volunteer_agrees(tx: Tx, services: Services, match: Match, name: str, now: datetime) -> Match:
    """The rules are looked at once more: much may have changed since they were asked."""
    if not await still_allowed(tx, services, match, now):
        match = await _move(tx, services, match, "filled", match.volunteer, now)
        await next_in_line(tx, services.community, match.request, now)
        return match
    until = now + network_rules().waits["answer"]
    found = await _move(tx, services, match, "asking_newcomer", match.volunteer, now, until=until, volunteer_name=name)
    content = {"match": match.id}
    remind = now + network_rules().waits["reminder"]
    await notices.add(
        tx,
        services.community,
        [
            NewNotice(match.newcomer, "net_offer", f"m{match.id}/n", now, content, until),
            NewNotice(match.newcomer, "net_offer", f"m{match.id}/nr", remind, {**content, "again": True}, until),
        ],
    )
    return found


def _said_to_volunteer(match: Match) -> Message:
    lines: tuple[Text, ...]
    if match.state == "asking_newcomer":
        lines = (
            say("💛 Thank you! Now we ask the young person."),
            # NOTE: To a volunteer after their yes; {name} is the volunteer's own first name.
            say("If they say yes too, they see your first name: {name}", name=str(match.notes.get("volunteer_name"))),
        )
    elif match.state == "declined":
        lines = (say("All right. Thank you for telling us. We do not ask you about this again."),)
    elif match.state == "later" and match.until:
        # NOTE: {when} "Monday 30/11 10:00".
        lines = (say("All right. We ask you again on {when}.", when=Moment(match.until)),)
    elif match.state in LIVE:
        lines = (say("You have found each other. 🎉"),)
    else:
        lines = (say("Thank you. This is not open any more: somebody was found, or it was taken back."),)
    return Message(lines, ((Button(label("💛 My offer"), "nv"), PERSON),))


async def answer_newcomer(
    services: Services, reader: Reader, number: int, answer: str, name: str, now: datetime
) -> Message:
    """The newcomer's yes brings both together; a no is no harm to either."""
    community, person = services.community, reader.person
    async with services.database.write() as tx:
        match = await network.one_match(tx, community, number)
        if match is None or person is None or match.newcomer != person.id:
            return closed()
        if match.state == "asking_newcomer" and answer == "y":
            match = await _both_agree(tx, services, match, first_name(name), now)
        elif match.state == "asking_newcomer":
            match = await _move(tx, services, match, "declined", person.id, now)
            await _tell_not_now(tx, community, match, now)
            await next_in_line(tx, community, match.request, now)
    services.hurry.set()
    if match.state == "declined":
        return Message((say("All right. We look for somebody else."),), _after())
    if match.state not in LIVE:
        return closed()
    return Message(
        (
            # NOTE: To both of a match, after both said yes. Plural: the two.
            say("🎉 <b>You have found each other.</b>"),
            say("Now you find a time for a first meeting, in a public place."),
        ),
        ((Button(label("🤝 Our match"), f"nm:{match.id}"),), *_after()),
    )


async def _both_agree(tx: Tx, services: Services, match: Match, name: str, now: datetime) -> Match:
    community = services.community
    if not await still_allowed(tx, services, match, now):
        match = await _move(tx, services, match, "filled", match.newcomer, now)
        await next_in_line(tx, community, match.request, now)
        return match
    until = now + network_rules().waits["meeting"]
    found = await _move(tx, services, match, "meeting", match.newcomer, now, until=until, newcomer_name=name)
    await network.set_request(tx, community, match.request, "matched", now)
    content = {"match": match.id}
    await notices.add(
        tx,
        community,
        [
            NewNotice(each, "net_names", f"m{match.id}/names", now, content)
            for each in (match.newcomer, match.volunteer)
        ],
    )
    for other in await network.list_matches(tx, community, request=match.request):
        if other.id != match.id and other.state in (*OPEN, "lapsed"):
            await fill(tx, community, other, now)
    return found


async def still_allowed(tx: Tx, services: Services, match: Match, now: datetime, *, going_on: bool = False) -> bool:
    """Whether the request still waits and no rule that protects people stands between these two.

    `going_on`: they have found each other already, so they take nobody's room; a coordinator who lets them go on
    after a pause has spoken with who felt unsafe.
    """
    point = services.guide.point
    request = await network.one_request(tx, services.community, match.request, point)
    volunteer = await network.one_volunteer(tx, services.community, match.volunteer, point)
    if request is None or volunteer is None:
        return False
    if going_on:
        return not set(forbidden(request, volunteer, Past(), now)) - {"full", "starts", "offer"}
    if request.state != "waiting":
        return False
    past = await network.past(tx, services.community)
    return not forbidden(request, volunteer, Past(apart=past.apart), now)


async def take_back(tx: Tx, services: Services, request: Request, now: datetime) -> None:
    """The request is changed, paused or withdrawn: who was asked is told that it is not needed now."""
    for match in await network.list_matches(tx, services.community, request=request.id):
        if match.state in OPEN:
            await fill(tx, services.community, match, now, request.person)


async def fill(
    tx: Tx, community: str, match: Match, now: datetime, by: int | None = None, kind: str = "net_filled"
) -> None:
    """It is not needed any more, or does not fit: everybody who was asked is told, but for whoever it comes from.

    Who let the time run out has the question in their chat still, and hears too that somebody was found. Who said
    yes to it in vain was thanked then. `kind`: what a volunteer is told.
    """
    if match.state != "lapsed":
        await network.set_match(tx, community, match, "filled", now)
        await network_log.note(tx, community, by, "filled", f"m{match.id}", now)
    await notices.drop(tx, community, f"m{match.id}/")
    said_yes = match.state == "lapsed" and "volunteer_name" in match.notes
    wanted = []
    if was_asked(match, now) and not said_yes:
        wanted.append(NewNotice(match.volunteer, kind, f"m{match.id}/filled", now))
    if match.state == "asking_newcomer" and by != match.newcomer:
        wanted.append(NewNotice(match.newcomer, "net_again", f"m{match.id}/again", now))
    await notices.add(tx, community, wanted)


def was_asked(match: Match, now: datetime) -> bool:
    """Whether the volunteer has had our question: not while the coordinator can still take it back."""
    asked = match.notes.get("asked")
    return isinstance(asked, str) and datetime.fromisoformat(asked) <= now


async def _tell_not_now(tx: Tx, community: str, match: Match, now: datetime) -> None:
    await notices.drop(tx, community, f"m{match.id}/")
    await notices.add(tx, community, [NewNotice(match.volunteer, "net_not_now", f"m{match.id}/not_now", now)])


async def run_out(tx: Tx, services: Services, match: Match, now: datetime) -> None:
    """Nobody answered in time: on to the next in line, without a reproach."""
    community = services.community
    if match.state == "later":
        if await still_allowed(tx, services, match, now):
            await ask_volunteer(tx, community, match, now)
            return
        await _move(tx, services, match, "filled", None, now)
    elif match.state == "asking_volunteer":
        await _move(tx, services, match, "lapsed", None, now)
    elif match.state == "asking_newcomer":
        await _move(tx, services, match, "lapsed", None, now)
        await _tell_not_now(tx, community, match, now)
        await network.set_request(tx, community, match.request, "paused", now)
        content = {"request": match.request}
        await notices.add(tx, community, [NewNotice(match.newcomer, "net_paused", f"m{match.id}/paused", now, content)])
    await next_in_line(tx, community, match.request, now)


async def leave(tx: Tx, community: str, person: int, now: datetime, *, helps_no_more: bool = False) -> None:
    """The person is about to be forgotten: the other side of every match is told, without a name.

    With `helps_no_more` they stay, and only what they do as a volunteer ends.
    """
    if not helps_no_more:
        await notices.forget(tx, community, f"desk/{person}/", kind="net_answer")
    for match in await network.list_matches(tx, community, person=person):
        if helps_no_more and person != match.volunteer:
            continue
        await notices.drop(tx, community, f"m{match.id}/")
        await notices.forget(tx, community, f"m{match.id}/said/{person}/", kind="net_message")
        if match.state in LIVE:
            other = match.other(person)
            await notices.add(tx, community, [NewNotice(other, "net_left", f"m{match.id}/left", now)])
        elif match.state in ASKED and person == match.newcomer and was_asked(match, now):
            await notices.add(tx, community, [NewNotice(match.volunteer, "net_filled", f"m{match.id}/filled", now)])
        elif match.state == "asking_newcomer" and person == match.volunteer:
            await notices.add(tx, community, [NewNotice(match.newcomer, "net_again", f"m{match.id}/again", now)])
        if match.state in (*LIVE, *OPEN) and person == match.volunteer:
            await network.set_match(tx, community, match, "ended" if match.state in LIVE else "filled", now)
            if match.state in LIVE:
                await practical.forget(tx, community, match.id)
                await network.set_request(tx, community, match.request, "waiting", now)
            await next_in_line(tx, community, match.request, now)
    await network_log.mark_changed(tx, community)


async def _move(
    tx: Tx,
    services: Services,
    match: Match,
    state: MatchState,
    by: int | None,
    now: datetime,
    until: datetime | None = None,
    **notes: object,
) -> Match:
    """The next state, written down with who brought it about."""
    await network.set_match(tx, services.community, match, state, now, until, **notes)
    await notices.drop(tx, services.community, f"m{match.id}/")
    await network_log.note(tx, services.community, by, state, f"m{match.id}", now)
    found = await network.one_match(tx, services.community, match.id)
    assert found is not None
    return found


def closed() -> Message:
    # NOTE: To somebody with an old button, or somebody else's.
    return Message((say("This is not open any more."),), _after())


def _after() -> tuple[tuple[Button, ...], ...]:
    return ((NETWORK, PERSON),)


def _count(match: Match, name: str) -> int:
    found = match.notes.get(name)
    return found if isinstance(found, int) else 0
