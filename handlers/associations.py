"""Associations: the list by town and interest, one of them, “ask them for me”, and the ways in for who is new."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.associations import asking, pages, ways_in
from bot.people import consent
from handlers import persons
from handlers.turn import Turn, remembered, turn

LAST_PAGE = 1_000


def _page(here: Turn, at: int) -> int:
    return min(LAST_PAGE, here.number(at)) if len(here.arguments) > at else 0


async def overview(here: Turn) -> None:
    await here.show(await pages.overview(here.services, here.reader, _page(here, 0)))


async def all_towns(here: Turn) -> None:
    await here.show(await pages.towns(here.services, _page(here, 0)))


async def all_topics(here: Turn) -> None:
    await here.show(await pages.topics(here.services, _page(here, 0)))


async def of_town(here: Turn) -> None:
    await here.show(await pages.of_town(here.services, here.reader, here.argument(0), _page(here, 1)))


async def of_topic(here: Turn) -> None:
    await here.show(await pages.of_topic(here.services, here.reader, here.argument(0), _page(here, 1)))


async def card(here: Turn) -> None:
    await here.show(await pages.card(here.services, here.argument(0), here.now))


async def begin(here: Turn) -> None:
    """In a bubble of its own: what was tapped stays in sight. Who is not remembered yet finds the association again."""
    if here.person is None:
        await here.show(consent(here.services.guide, f":o_{here.argument(0)}"))
        return
    await here.say(await asking.begin(here.services, here.reader, here.argument(0), here.now))


async def open_link(here: Turn, organisation: str) -> None:
    """What a link to an association opens, and what comes after somebody said yes."""
    await here.show(await pages.card(here.services, organisation, here.now))


@remembered
async def without_words(here: Turn) -> None:
    found = await asking.without_words(here.services, here.reader, here.argument(0), here.key, here.now)
    await here.show(found)


async def new_here(here: Turn) -> None:
    await here.show(ways_in.new_here())


async def for_associations(here: Turn) -> None:
    await here.show(ways_in.for_associations())


@remembered
async def write(here: Turn) -> None:
    await here.show(await ways_in.write(here.services, here.reader, here.now))


async def invite(here: Turn) -> None:
    """In a bubble of its own: the case keeps its place, as a reply to it is what is passed on."""
    await here.say(ways_in.invite(here.services, here.reader))


async def who_asks(here: Turn) -> None:
    await here.show(await ways_in.who_asks(here.services, here.reader))


async def is_awaited(here: Turn) -> bool:
    """Whether the text is for an association, or tells the coordinators of one. Then it is passed on."""
    step = asking.listens(here.reader, here.key, here.now)
    if step is None:
        return False
    sent = persons.sent(here)
    await here.say(await asking.typed(here.services, here.reader, step, sent, here.key, here.now))
    return True


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^V(:|~|$)", overview),
        (r"^VT(:|~|$)", all_towns),
        (r"^VI(:|~|$)", all_topics),
        (r"^Vt:", of_town),
        (r"^Vi:", of_topic),
        (r"^Vo:", card),
        (r"^Va:", begin),
        (r"^VA:", without_words),
        (r"^Vn(~|$)", new_here),
        (r"^Vj(~|$)", for_associations),
        (r"^Vk(~|$)", write),
        (r"^Vv$", invite),
        (r"^Vq$", who_asks),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("associations", turn(overview)))
