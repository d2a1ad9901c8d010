"""What the notices of knowledge say: something waits for a coordinator, was approved, sent back, or comes from one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.core.model import Reader
from bot.core.rights import coordinates
from bot.core.say import Button, Message, label, say
from bot.knowledge import approving, pages, shelf
from bot.store import colleagues, knowledge
from bot.store.knowledge import Written

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


def _reader(telling: Telling) -> Reader:
    return Reader(telling.person.chat, telling.person.language, telling.person)


async def _written(telling: Telling) -> Written | None:
    return await knowledge.one(telling.tx, telling.guide.community.id, int(telling.content["item"]))


async def knowledge_new(telling: Telling) -> Message | None:
    """To a coordinator: something waits to be read."""
    found = await _written(telling)
    if found is None or found.state != "proposed" or not coordinates(telling.person):
        return None
    return approving.proposal(_reader(telling), found)


async def knowledge_yes(telling: Telling) -> Message | None:
    """To who wrote it."""
    found = await _written(telling)
    if found is None or found.state != "shown":
        return None
    return Message(
        (
            # NOTE: To a volunteer whose story or recommendation was approved: {title} its name.
            say("✅ “{title}” is there now, for all who help. Thank you.", title=str(found.content["title"])),
        ),
        ((Button(label("🔎 See it"), f"Ks:{found.id}"), Button(label("📖 Knowledge"), "K")),),
    )


async def knowledge_back(telling: Telling) -> Message | None:
    """To who wrote it, with the coordinator's words."""
    found = await _written(telling)
    if found is None or found.state != "back":
        return None
    return Message(
        (
            # NOTE: To a volunteer whose story or recommendation came back: {title} its name.
            say("💬 <b>“{title}” comes back to you</b>", title=str(found.content["title"])),
            say("💬 A coordinator wrote: “{text}”", text=str(found.content.get("note", ""))),
        ),
        # NOTE: Button: a volunteer writes a story anew that was sent back.
        ((Button(label("✍️ Write it anew"), f"Ke:{found.id}"),),),
    )


async def shared(telling: Telling) -> Message | None:
    """To a colleague: an item that somebody sends them."""
    community = telling.guide.community.id
    there = await shelf.whole(telling.tx, community)
    ref = str(telling.content["item"])
    item = there.item(ref)
    if item is None:
        return None
    name = await colleagues.name_of(telling.tx, community, int(telling.content["by"]))
    head = (
        # NOTE: Head of a story that a colleague sends: {name} "Sana".
        say("📖 <b>{name} sends you this</b>", name=name)
        if name
        # NOTE: Head of a story that a volunteer sends to the coordinators; no name is shown.
        else say("📖 <b>A volunteer sends you this</b>")
    )
    return Message(
        (head, "", *pages.lines_of(there, _reader(telling), item)), ((Button(label("🔎 See it"), f"Ks:{ref}"),),)
    )


KINDS: Mapping[str, Tell] = {
    "knowledge": shared,
    "knowledge_new": knowledge_new,
    "knowledge_yes": knowledge_yes,
    "knowledge_back": knowledge_back,
}
