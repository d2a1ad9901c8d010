"""What may be read, by whom: the shipped items and those that coordinators have approved, made ready to be searched."""

from __future__ import annotations

from dataclasses import replace

from bot.core.knowledge import Item, Shelf
from bot.core.knowledge_search import Index, indexed
from bot.core.model import Person, Reader
from bot.core.say import Button, Message, label, say
from bot.knowledge.shipped import shipped
from bot.people import main_menu
from bot.services import Services
from bot.store import knowledge, network
from bot.store.database import Tx

_ready: dict[str, Index] = {}
"""The newest index of each community: a copy, made anew when the shelf is another."""


async def may_read(tx: Tx, services: Services, person: Person | None) -> bool:
    """Whether knowledge is for this person: whoever has a role, and volunteers that a coordinator has approved."""
    if person is None:
        return False
    if person.roles:
        return True
    found = await network.one_volunteer(tx, services.community, person.id, services.guide.point)
    return found is not None and found.state == "approved"


async def whole(tx: Tx, community: str) -> Shelf:
    """Everything that is shown in this community."""
    down = await knowledge.shipped_down(tx, community)
    written = [each.item for each in await knowledge.shown(tx, community)]
    kept = [each for each in shipped().items if each.ref not in down]
    return replace(shipped(), items=(*kept, *written))


async def opened(services: Services, reader: Reader) -> Shelf | Message:
    """The shelf, or what is said to whom it is not for."""
    async with services.database.read() as tx:
        if not await may_read(tx, services, reader.person):
            return not_for_you()
        return await whole(tx, services.community)


async def item_of(services: Services, reader: Reader, ref: str) -> tuple[Shelf, Item] | Message:
    """One item that is shown; what is said where it is not, or not for this reader."""
    shelf = await opened(services, reader)
    if isinstance(shelf, Message):
        return shelf
    found = shelf.item(ref)
    return gone() if found is None else (shelf, found)


async def with_way_in(services: Services, reader: Reader, page: Message) -> Message:
    """The page with a button to knowledge, for whom it is; for everybody else as it is."""
    if reader.person is None:
        return page
    async with services.database.read() as tx:
        if not await may_read(tx, services, reader.person):
            return page
    return replace(page, buttons=(*page.buttons, (Button(label("📖 Knowledge"), "K"),)))


def index_of(services: Services, shelf: Shelf) -> Index:
    """The shelf ready to be searched."""
    known = _ready.get(services.community)
    if known is None or known.shelf != shelf:
        known = _ready[services.community] = indexed(shelf, services.words)
    return known


def not_for_you() -> Message:
    return Message(
        (
            # NOTE: To somebody who is neither a volunteer nor a coordinator.
            say("📖 This is for volunteers and coordinators."),
            # NOTE: 💛 is the button below.
            say("Do you want to help? Tap 💛."),
        ),
        ((Button(label("💛 I want to help"), "nv"),), main_menu()[-1]),
    )


def gone() -> Message:
    return Message(
        # NOTE: After a tap on a story or recommendation that was taken down.
        (say("📖 This is not there any more."),),
        # NOTE: Button of volunteers and coordinators: stories and recommendations to learn from.
        ((Button(label("📖 Knowledge"), "K"),),),
    )
