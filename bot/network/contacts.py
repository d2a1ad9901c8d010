"""Contact without the bot between: each side's own yes, by a username or a phone number; a no changes nothing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.core.model import Reader
from bot.core.network.model import Match
from bot.core.say import Button, Message, label, say
from bot.core.ways_on import PERSON
from bot.network.first_meetings import have_met, name_of
from bot.network.matches import closed
from bot.services import Services
from bot.store import network, network_log, notices, people
from bot.store.database import Tx
from bot.store.notices import NewNotice

NUMBER = re.compile(r"\+?[0-9]{5,15}")
SOON = timedelta(minutes=30)
"""For how long a shared phone number is taken as the answer to our question."""


async def share(services: Services, reader: Reader, number: int, username: str, now: datetime) -> tuple[Message, ...]:
    """The second yes. Only when both have said it does each get the other's contact.

    Who has no username is asked for their phone number, which they may leave out: then two bubbles, the second of
    which brings a key that shares it.
    """
    async with services.database.write() as tx:
        match = await _meeting(tx, services, reader, number, now)
        if match is None or reader.person is None:
            return (closed(),)
        if username:
            return (await _keep(tx, services, match, reader.person.id, f"@{username}", now),)
        await people.set_step(tx, services.community, reader.person.id, {"contact": number, "since": now.isoformat()})
    return _ask_for_number(number)


def _ask_for_number(number: int) -> tuple[Message, ...]:
    return (
        Message(
            (
                # NOTE: To somebody who wants to share their contact. A username is Telegram's own public name.
                say("📱 Your Telegram has no username. You can share your phone number instead."),
                # NOTE: Before somebody shares their phone number with the one other person of their match.
                say("They get it only if they say yes too. We keep it until your match ends."),
            ),
            # NOTE: Button: go on writing to each other through the bot, without sharing a number.
            ((Button(label("✍️ Stay with the bot"), f"nK:{number}"), PERSON),),
        ),
        # NOTE: With it a key under the text field appears that shares the reader's phone number.
        Message((say("Tap 📱 below to share it, or leave it."),), keyboard="contact"),
    )


def awaited(reader: Reader, now: datetime) -> int | None:
    """The match that a phone number was asked for, if that was just now."""
    step = reader.person.step if reader.person else None
    if not step or "contact" not in step or now - datetime.fromisoformat(str(step["since"])) > SOON:
        return None
    number = step["contact"]
    return number if isinstance(number, int) else None


async def keep_number(services: Services, reader: Reader, phone: str, *, own: bool, now: datetime) -> Message:
    """A phone number was sent: kept where we asked for it and it is the sender's own, else not at all."""
    number, found = awaited(reader, now), NUMBER.fullmatch(phone.replace(" ", ""))
    if number is None or reader.person is None or not found or not own:
        # NOTE: Somebody sent a phone number that we did not ask for, or another person's.
        return Message((say("🙂 Thank you, but we need no number here. We have not kept it."),), keyboard="menu")
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, None)
        match = await _meeting(tx, services, reader, number, now)
        if match is None:
            return closed()
        return await _keep(tx, services, match, reader.person.id, f"+{found[0].lstrip('+')}", now)


async def _keep(tx: Tx, services: Services, match: Match, person: int, contact: str, now: datetime) -> Message:
    community, me = services.community, match.side(person)
    notes = {**match.notes, f"{me}_contact": contact}
    await network.set_match(tx, community, match, "active", now, match.until, **notes)
    await network_log.note(tx, community, person, "shared", f"m{match.id}", now)
    both = notes.get("newcomer_contact") and notes.get("volunteer_contact")
    content, other = {"match": match.id}, match.other(person)
    if both:
        wanted = [
            NewNotice(each, "net_contact", f"m{match.id}/contact", now, content)
            for each in (match.newcomer, match.volunteer)
        ]
    else:
        wanted = [NewNotice(other, "net_ask_contact", f"m{match.id}/ask_contact", now, content)]
    await notices.add(tx, community, wanted)
    services.hurry.set()
    # NOTE: After somebody has agreed to share their contact.
    said = say("📱 Thank you. If they say yes too, you both get each other's contact.")
    return Message(
        (said,),
        (
            (
                Button(label("🤝 Our match"), f"nm:{match.id}"),
                # NOTE: Button: does not share the contact after all.
                Button(label("↩️ Take it back"), f"nK:{match.id}"),
            ),
        ),
    )


async def decline(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """A no to sharing, or a yes taken back: they go on through the bot, and the other hears no more than that."""
    async with services.database.write() as tx:
        match = await _meeting(tx, services, reader, number, now)
        if match is None or reader.person is None:
            return closed()
        community, person = services.community, reader.person.id
        me, other = match.side(person), match.other(person)
        await people.set_step(tx, community, person, None)
        if match.notes.get("newcomer_contact") and match.notes.get("volunteer_contact"):
            return closed()  # both have it: there is nothing to take back
        notes = {f"{me}_contact": None}
        await network.set_match(tx, community, match, "active", now, match.until, **notes)
        await notices.drop(tx, community, f"m{number}/ask_contact")
        if match.notes.get(f"{match.side(other)}_contact"):
            told = NewNotice(other, "net_no_contact", f"m{number}/no_contact", now, {"match": number})
            await notices.add(tx, community, [told])
    services.hurry.set()
    return Message(
        # NOTE: After a no to sharing one's contact. Nothing else changes.
        (say("✍️ All right. You go on writing through me."),),
        ((Button(label("🤝 Our match"), f"nm:{number}"), Button(label("✍️ Write to them"), f"nw:{number}")),),
    )


async def _meeting(tx: Tx, services: Services, reader: Reader, number: int, now: datetime) -> Match | None:
    """The reader's own match, once they have met."""
    match = await network.one_match(tx, services.community, number)
    mine = match is not None and reader.person is not None and reader.person.id in (match.newcomer, match.volunteer)
    if match is None or not mine or match.state != "active" or not have_met(match, now):
        return None
    return match


def asked_of(match: Match, person: int) -> Message:
    """To the other side: the first has said yes."""
    return Message(
        (
            # NOTE: To one of two who meet; {name} is the other's first name.
            say("📱 {name} would like to write to you without me.", name=name_of(match, match.other(person))),
            # NOTE: A yes gives each of the two the other's contact.
            say("Do you want to share your contact too? A no is quite all right."),
        ),
        (
            (
                Button(label("📱 Share my contact"), f"nk:{match.id}", style="yes"),
                Button(label("✍️ Stay with the bot"), f"nK:{match.id}"),
            ),
            (PERSON,),
        ),
        protect=True,
    )
