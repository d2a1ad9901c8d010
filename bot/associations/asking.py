"""“Ask them for me”: the newcomer's question to an association, as a case that is for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot import cases
from bot.associations.pages import gone, one
from bot.cases import Sent
from bot.core.model import Person, Reader
from bot.core.say import Button, Message, Text, label, say
from bot.services import Services
from bot.store import people

SOON = timedelta(minutes=15)
"""For how long the next text is for whom was chosen: what is written later is for the bot again."""

JOINS = "joins"
"""In place of an organisation: an association writes to the coordinators that it wants to take part."""


async def begin(services: Services, reader: Reader, organisation: str, now: datetime) -> Message:
    """Says who gets what, and listens for a few words; also none are enough."""
    found = await one(services, organisation)
    if found is None or reader.person is None:
        return gone()
    await listen(services, reader.person, organisation, now)
    lines: list[Text | str] = [
        # NOTE: Before an association is asked for a newcomer: {organisation} "Ringe Boldklub".
        say("🙋 <b>I ask {organisation} for you</b>", organisation=found.name),
        # NOTE: 📨 is the button below.
        say("What do you wish? Write a few words, or tap 📨."),
        # NOTE: Change nothing of what it promises. “They”: the association.
        say("They see your language, your town and what you write. Nothing else."),
    ]
    if not found.answers:
        # NOTE: Before an association is asked that does not use the bot.
        lines.append(say("Nobody from there is in Brobot yet. The coordinators ask them for you."))
    return Message(
        lines,
        (
            # NOTE: Button: the association is asked, without any words of the newcomer's.
            (Button(label("📨 Without words"), f"VA:{organisation}", style="yes"),),
            (Button(label("◀️ Back"), f"Vo:{organisation}"),),
        ),
    )


async def without_words(services: Services, reader: Reader, organisation: str, key: str, now: datetime) -> Message:
    """The association hears that somebody asks; twice is the same as once. `key` names the bubble that was tapped."""
    found = await one(services, organisation)
    if found is None or reader.person is None:
        return gone()
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, None)
    return await cases.ask(services, reader, Sent("", f"o{key}"), now, organisation=organisation)


async def listen(services: Services, person: Person, organisation: str, now: datetime) -> None:
    """The next text of this person is for the organisation, or for the coordinators where it is JOINS."""
    step = {"asks": organisation, "since": now.isoformat()}
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, person.id, step)


def listens(reader: Reader, key: str, now: datetime) -> Mapping[str, object] | None:
    """The step that this text is for. One that was sent already is known by its `key`: it comes twice, or corrected."""
    step = reader.person.step if reader.person else None
    if not step or "asks" not in step:
        return None
    sent = step.get("sent")
    late = now - datetime.fromisoformat(str(step["since"])) > SOON
    return step if (sent == key if sent is not None else not late) else None


async def typed(
    services: Services, reader: Reader, step: Mapping[str, object], sent: Sent, key: str, now: datetime
) -> Message:
    """Sends the words on. Words that were corrected go the same way."""
    organisation = str(step["asks"])
    assert reader.person is not None
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, {**step, "sent": key})
    if organisation == JOINS:
        return await cases.ask(services, reader, sent, now, why="joins")
    if await one(services, organisation) is None:
        return gone()
    return await cases.ask(services, reader, sent, now, organisation=organisation)
