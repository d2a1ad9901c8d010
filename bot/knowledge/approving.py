"""A coordinator looks at what somebody wrote: approves it, sends it back with words, or takes down what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.say import Button, Message, Text, label, say
from bot.core.today import Found, Todo
from bot.i18n import clean
from bot.knowledge.pages import lines_of, may_take_down, overview
from bot.knowledge.shelf import gone, item_of, not_for_you
from bot.knowledge.shipped import shipped
from bot.services import Services
from bot.store import knowledge, notices, people
from bot.store.knowledge import Written
from bot.store.notices import NewNotice

if TYPE_CHECKING:  # it imports us
    from bot.today import Look

LONGEST = 600
Step = Mapping[str, object]


async def _waits(services: Services, reader: Reader, number: int) -> Written | Message:
    """What still waits for a coordinator; what is said where it does not, or to whom it is not."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await knowledge.one(tx, services.community, number)
    if found is None:
        return gone()
    return found if found.state == "proposed" else _answered()


def _answered() -> Message:
    return Message(
        (say("Somebody has answered this already."),),
        ((Button(label("📖 Knowledge"), "K"), Button(label("🗒 Today"), "T:0")),),
    )


async def waiting(look: Look) -> Found:
    """What waits for a coordinator, for the list of today."""
    rows = [
        Todo(
            each.changed_at,
            # NOTE: In the list of what needs a coordinator today: {title} of a story that a volunteer wrote.
            say("📖 To read: {title}", title=str(each.content["title"])),
            Button(label("{number}", number=0), f"Kd:{each.id}"),
        )
        for each in await knowledge.in_state(look.tx, look.community, "proposed")
    ]
    # NOTE: In the list of what needs a coordinator today: stories that volunteers wrote for the others.
    return Found(say("📖 Knowledge"), rows)


async def show(services: Services, reader: Reader, number: int) -> Message:
    """As the others would read it, to be approved or sent back."""
    found = await _waits(services, reader, number)
    return found if isinstance(found, Message) else proposal(reader, found)


def proposal(reader: Reader, found: Written) -> Message:
    """What somebody wrote, with a coordinator's two answers."""
    return Message(
        (
            # NOTE: Head, to a coordinator: a volunteer wrote a story or recommendation that the others shall read.
            say("📥 <b>Somebody wrote this for all who help</b>"),
            "",
            *lines_of(shipped(), reader, found.item),
            "",
            # NOTE: To a coordinator, under a story that a volunteer wrote.
            say("Is it right, and does it name nobody?"),
        ),
        (
            (
                # NOTE: “✅ Approve”: all volunteers and coordinators can read it. “💬 Send back”: it goes back with
                # words.
                Button(label("✅ Approve"), f"Ky:{found.id}", style="yes"),
                Button(label("💬 Send back"), f"Kb:{found.id}"),
            ),
        ),
        protect=True,
    )


async def approve(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """From now on everybody who helps reads it, and who wrote it is told. The first answer counts."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.write() as tx:
        found = await knowledge.one(tx, services.community, number, held=True)
        if found is None:
            return gone()
        if found.state != "proposed":
            return _answered()
        await knowledge.save(tx, services.community, number, now, state="shown")
        if found.person is not None:
            told = NewNotice(found.person, "knowledge_yes", f"k{number}/yes", now, {"item": number})
            await notices.add(tx, services.community, [told])
    services.hurry.set()
    return Message(
        # NOTE: To a coordinator who approved a story or recommendation.
        (say("✅ All who help can read it now. Who wrote it is told."),),
        ((Button(label("🔎 See it"), f"Ks:{number}"), Button(label("🗒 Today"), "T:0")),),
    )


async def ask_words(services: Services, reader: Reader, number: int) -> Message:
    """What should be different? The next text goes to who wrote it."""
    found = await _waits(services, reader, number)
    if isinstance(found, Message) or reader.person is None:
        return found if isinstance(found, Message) else gone()
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, {"knowledge_back": number})
    return Message(
        # NOTE: To a coordinator who sends a story back to who wrote it.
        (say("💬 <b>What should be different?</b>"), say("Write it. They get your words and can write it anew.")),
        ((Button(label("◀️ Back"), f"Kd:{number}"),),),
    )


async def send_back(services: Services, reader: Reader, step: Step, text: str, now: datetime) -> Message:
    """It is its writer's again, with the coordinator's words; the first answer counts."""
    number, community = int(str(step["knowledge_back"])), services.community
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        await people.set_step(tx, community, reader.person.id, None)
        found = await knowledge.one(tx, community, number, held=True)
        if found is None or found.state != "proposed":
            return _answered() if found else gone()
        content = {**found.content, "note": clean(text).strip()[:LONGEST]}
        await knowledge.save(tx, community, number, now, state="back", content=content)
        if found.person is not None:
            key = f"k{number}/back{found.content.get('round', 0)}"
            await notices.add(tx, community, [NewNotice(found.person, "knowledge_back", key, now, {"item": number})])
    services.hurry.set()
    return Message((say("📨 Passed on."),), ((Button(label("🗒 Today"), "T:0"), Button(label("📖 Knowledge"), "K")),))


async def ask_take_down(services: Services, reader: Reader, ref: str) -> Message:
    """It cannot be taken back, so it is asked."""
    there = await item_of(services, reader, ref)
    if isinstance(there, Message):
        return there
    if not await may_take_down(services, reader, ref):
        return not_yours()
    said = there[1].texts[there[1].read_in(reader.language)]
    lines: list[Text | str] = [
        # NOTE: Before a story or recommendation is shown no more: {title} its name.
        say("🗑 <b>Take “{title}” down for everyone?</b>", title=said.title),
        # NOTE: Before a story or recommendation is shown no more.
        say("Nobody can read it any more. This cannot be undone."),
    ]
    return Message(
        lines,
        (
            (
                Button(label("🗑 Take it down"), f"KX:{ref}", style="no"),
                Button(label("◀️ No, go back"), f"Ks:{ref}"),
            ),
        ),
    )


async def take_down(services: Services, reader: Reader, ref: str, now: datetime) -> Message:
    """It is gone for all; twice is the same as once."""
    if not await may_take_down(services, reader, ref):
        return not_yours() if reader.person else not_for_you()
    async with services.database.write() as tx:
        if ref.isdigit():
            await knowledge.take_down(tx, services.community, int(ref), now)
        elif any(each.ref == ref for each in shipped().items):
            await knowledge.take_down_shipped(tx, services.community, ref, now)
    return await overview(services, reader, now)
