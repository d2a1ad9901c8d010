"""Writing to each other through the bot: passed on as it is, read by nobody, ended or reported with one tap."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.model import Reader
from bot.core.network.model import LIVE
from bot.core.say import Button, Message, label, say
from bot.core.ways_on import PERSON
from bot.network.first_meetings import name_of
from bot.network.matches import closed
from bot.services import Services
from bot.store import network, network_log, notices, people
from bot.store.notices import NewNotice

LONGEST = 1000
SOON = timedelta(minutes=30)
"""For how long the next text is taken as words for the other side."""


async def begin(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The next text the person writes goes to the other side."""
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is None or reader.person is None or reader.person.id not in (match.newcomer, match.volunteer):
            return closed()
        if match.state not in ("meeting", "active") or match.notes.get("silent"):
            return closed()
        await people.set_step(tx, services.community, reader.person.id, {"talk": number, "since": now.isoformat()})
    name = name_of(match, match.other(reader.person.id))
    return Message(
        (
            # NOTE: “I”: the bot; {name} is the other's first name.
            say("✍️ Write now. I pass your next message on to {name}.", name=name),
            # NOTE: CPR: the Danish person number.
            say("Nobody else reads it. Never write your CPR number or address."),
        ),
        ((Button(label("◀️ Back"), f"nm:{number}"),),),
        protect=True,
    )


def talking(reader: Reader, now: datetime) -> int | None:
    """The match that the person's next text is for: soon, or it was meant for the bot."""
    step = reader.person.step if reader.person else None
    if not step or "talk" not in step or now - datetime.fromisoformat(str(step["since"])) > SOON:
        return None
    number = step["talk"]
    return number if isinstance(number, int) else None


async def pass_on(services: Services, reader: Reader, number: int, text: str, key: str, now: datetime) -> Message:
    """Passes the text on, once; the answer comes back the same way."""
    community, person = services.community, reader.person
    async with services.database.write() as tx:
        match = await network.one_match(tx, community, number)
        if person is None or match is None or person.id not in (match.newcomer, match.volunteer):
            return closed()
        await people.set_step(tx, community, person.id, None)
        if match.state not in ("meeting", "active") or match.notes.get("silent"):
            return closed()
        content = {"match": number, "text": text[:LONGEST]}
        passed = NewNotice(
            match.other(person.id), "net_message", f"m{number}/said/{person.id}/{key}", now, content, urgent=True
        )
        await notices.add(tx, community, [passed])
    services.hurry.set()
    return Message(
        (say("📨 Passed on."),),
        ((Button(label("✍️ Write more"), f"nw:{number}"), Button(label("🤝 Our match"), f"nm:{number}")),),
    )


async def hush(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """No more messages between these two; the match itself goes on."""
    async with services.database.write() as tx:
        match = await network.one_match(tx, services.community, number)
        if match is None or reader.person is None or reader.person.id not in (match.newcomer, match.volunteer):
            return closed()
        if match.state in LIVE:
            await network.set_match(tx, services.community, match, match.state, now, match.until, silent=True)
            await notices.drop(tx, services.community, f"m{number}/said/")
            await network_log.note(tx, services.community, reader.person.id, "hushed", f"m{number}", now)
    return Message(
        # NOTE: To the one who wanted no more messages; “you” are the two.
        (say("🔇 No more messages between you. You can still meet."),),
        ((Button(label("🤝 Our match"), f"nm:{number}"), PERSON),),
    )
