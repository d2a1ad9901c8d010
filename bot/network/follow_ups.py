"""How it goes: one tap each, never shown to the other; feeling unsafe; an end with thanks."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Reader
from bot.core.network.model import LIVE, Match
from bot.core.network.rhythm import FollowUp
from bot.core.say import Button, Content, Message, Text, label, say
from bot.core.ways_on import PERSON
from bot.network.first_meetings import name_of
from bot.network.matches import closed, tell_coordinators
from bot.network.rules import network_rules
from bot.services import Services
from bot.store import network, network_log, notices, practical
from bot.store.database import Tx
from bot.store.notices import NewNotice

ANSWERS = {"w": "well", "b": "better", "n": "not_met", "s": "stop", "p": "person"}


def question(match: int, follow_up: FollowUp, other: str) -> Message:
    """Five answers; they are asked of both, each alone."""

    def tap(letter: str) -> str:
        return f"ni:{match}:{follow_up.id}:{letter}"

    return Message(
        (
            # NOTE: Above a question of how it goes with somebody; {name} is their first name.
            say("💬 <b>{name}</b>", name=other),
            # NOTE: The question comes from data: {question} "Two weeks: how is it going?".
            say("{question}", question=Content(follow_up.texts, "da")),
            say("Only the coordinator sees your answer. {name} never does.", name=other),
        ),
        (
            # NOTE: “👍 Going well”: Button: answer to “How is it going?”. “😕 Could be better”: Button: answer to “How
            # is it going?”.
            (Button(label("👍 Going well"), tap("w"), style="yes"), Button(label("😕 Could be better"), tap("b"))),
            # NOTE: “🕐 Not met yet”: Button: answer to “How is it going?”. “👋 I want to stop”: Button: answer to “How
            # is it going?”; a reason is asked next.
            (Button(label("🕐 Not met yet"), tap("n")), Button(label("👋 I want to stop"), tap("s"))),
            (
                Button(label("🚨 I feel unsafe"), f"nu:{match}", style="no"),
                # NOTE: Button: answer to “How is it going?”; a coordinator is told.
                Button(label("🙋 I need a person"), tap("p")),
            ),
        ),
        protect=True,
    )


async def answer(
    services: Services, reader: Reader, number: int, follow_up: str, letter: str, now: datetime
) -> Message:
    """Keeps the answer. The next step depends on it: thanks, the end, contact after a second yes."""
    community, person = services.community, reader.person
    async with services.database.write() as tx:
        match = await network.one_match(tx, community, number)
        known = {each.id for each in network_rules().follow_ups}
        if (
            match is None
            or person is None
            or person.id not in (match.newcomer, match.volunteer)
            or follow_up not in known
        ):
            return closed()
        if match.state != "active":
            return closed()
        await network_log.check_in(tx, community, number, person.id, follow_up, ANSWERS[letter], now)
    if letter == "s":
        return ask_reason(number)
    back = (Button(label("🤝 Our match"), f"nm:{number}"), PERSON)
    if letter == "w" and not match.notes.get(f"{match.side(person.id)}_contact"):
        return Message(
            (
                say("👍 Thank you. We are glad."),
                # NOTE: After “Going well”; “me” is the bot.
                say("You can write to each other directly, if you both want to. Until then you write through me."),
            ),
            ((Button(label("📱 Share my contact"), f"nk:{number}"),), back),
        )
    return Message((say("🙏 Thank you for telling us."),), (back,))


async def unsafe(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """A person is told at once, day or night, and the match is on pause until they have looked."""
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is None or reader.person is None or reader.person.id not in (match.newcomer, match.volunteer):
            return closed()
        await raise_alarm(tx, services, match, reader.person.id, now)
    services.hurry.set()
    return Message(
        (
            say("🚨 <b>Thank you for telling us.</b>"),
            # NOTE: 112 is the Danish emergency number. Simple words.
            say("Are you in danger now? Call 112."),
            # NOTE: To somebody who feels unsafe; “me” is the bot.
            say("A person has been told and writes to you. Nobody can write to you through me meanwhile."),
        ),
        ((PERSON,),),
    )


async def raise_alarm(tx: Tx, services: Services, match: Match, by: int, now: datetime) -> None:
    """Pauses the match, keeps the two apart from then on, and tells every coordinator, quiet hours or not."""
    if match.state in LIVE:
        if match.state != "paused":
            await network.set_match(
                tx, services.community, match, "paused", now, alarm=match.side(by), before=match.state
            )
        await network.keep_apart(tx, services.community, match.id)
        await notices.drop(tx, services.community, f"m{match.id}/")
    await network_log.note(tx, services.community, by, "unsafe", f"m{match.id}", now)
    content = {"match": match.id, "side": match.side(by)}
    key = f"m{match.id}/unsafe/{match.side(by)}"
    await tell_coordinators(tx, services.community, "net_unsafe", key, content, now, urgent=True)


async def ask_to_end(services: Services, reader: Reader, number: int) -> Message:
    """The reasons, for one of the two of a match that goes on."""
    async with services.database.read() as tx:
        match = await network.find_match(tx, services.community, number)
    if match is None or reader.person is None or reader.person.id not in (match.newcomer, match.volunteer):
        return closed()
    return ask_reason(number) if match.state in LIVE else closed()


def ask_reason(number: int) -> Message:
    """A reason in one tap; it is never shown to the other."""
    tiles = [
        # NOTE: Button: a reason to end a match: {reason} "No more time".
        Button(label("{reason}", reason=Content(names, "da")), f"nE:{number}:{ending}")
        for ending, names in network_rules().endings.items()
    ]
    return Message(
        # NOTE: Kind, without a reproach.
        (say("👋 <b>You want to end it. That is all right.</b>"), say("Why? Only the coordinator sees it.")),
        (
            *(tuple(tiles[at : at + 2]) for at in range(0, len(tiles), 2)),
            (Button(label("◀️ No, go back"), f"nm:{number}"), PERSON),
        ),
    )


async def end(services: Services, reader: Reader, number: int, reason: str, now: datetime) -> Message:
    """Ends it, with thanks to both; who ends it twice has ended it once."""
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is None or reader.person is None or reader.person.id not in (match.newcomer, match.volunteer):
            return closed()
        if match.state in LIVE:
            await finish(tx, services, match, reader.person.id, reason, now)
            other = match.other(reader.person.id)
            content = {"name": name_of(match, reader.person.id), "again": other == match.newcomer}
            ended = NewNotice(other, "net_ended", f"m{number}/ended", now, content)
            await notices.add(tx, services.community, [ended])
    services.hurry.set()
    return ended_for(newcomer=reader.person.id == match.newcomer)


async def finish(tx: Tx, services: Services, match: Match, by: int | None, reason: str, now: datetime) -> None:
    """The match is over: what was planned for it is taken back, the volunteer has room again."""
    gone = {"newcomer_contact": None, "volunteer_contact": None}
    await network.set_match(tx, services.community, match, "ended", now, reason=reason, **gone)
    await network.set_request(tx, services.community, match.request, "withdrawn", now)
    await practical.forget(tx, services.community, match.id)
    await notices.drop(tx, services.community, f"m{match.id}/")
    await network_log.note(tx, services.community, by, "ended", f"m{match.id}", now)
    await network_log.mark_changed(tx, services.community)


def ended_for(*, newcomer: bool) -> Message:
    """Thanks, and a new start if it is wished."""
    lines: tuple[Text, ...] = (say("👋 It is ended. Thank you for the time you gave each other."),)
    # NOTE: “🔁 Ask again”: Button: begins a new request. “💛 My offer”: Button and head: what a volunteer has said they
    # can do.
    anew = Button(label("🔁 Ask again"), "n") if newcomer else Button(label("💛 My offer"), "nv")
    return Message(lines, ((anew, PERSON),))
