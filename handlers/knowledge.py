"""Knowledge: searched, read, shared, written, approved; for volunteers and coordinators."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.core.knowledge import KINDS
from bot.knowledge import approving, pages, sharing, writing
from bot.knowledge.shipped import shipped
from handlers.turn import Turn, shows, turn

LAST_PAGE = 1_000


def _page(here: Turn, at: int) -> int:
    return min(LAST_PAGE, here.number(at)) if len(here.arguments) > at else 0


def _theme(here: Turn, at: int) -> str:
    return here.argument(at, *(each.id for each in shipped().themes))


async def overview(here: Turn) -> None:
    await here.show(await pages.overview(here.services, here.reader, here.now))


async def more_found(here: Turn) -> None:
    await here.show(await pages.more_found(here.services, here.reader, _page(here, 0), here.now))


async def of_theme(here: Turn) -> None:
    found = await pages.of_theme(here.services, here.reader, _theme(here, 0), _page(here, 1), here.now)
    await here.show(found)


async def card(here: Turn) -> None:
    await here.show(await pages.card(here.services, here.reader, here.argument(0)))


async def open_link(here: Turn, ref: str) -> None:
    """What a shared link opens."""
    await here.show(await pages.card(here.services, here.reader, ref))


async def choose_colleague(here: Turn) -> None:
    await here.show(await sharing.choose(here.services, here.reader, here.argument(0), _page(here, 1)))


async def send(here: Turn) -> None:
    await here.show(await sharing.send(here.services, here.reader, here.argument(0), here.number(1), here.now))


async def begin(here: Turn) -> None:
    number = here.number(0) if here.arguments else 0
    await here.show(await writing.begin(here.services, here.reader, number))


async def choose_kind(here: Turn) -> None:
    kind = here.argument(1, *KINDS)
    await here.show(await writing.choose_kind(here.services, here.reader, here.number(0), kind, here.now))


async def choose_theme(here: Turn) -> None:
    theme = _theme(here, 1)
    await here.show(await writing.choose_theme(here.services, here.reader, here.number(0), theme, here.now))


async def mine(here: Turn) -> None:
    await here.show(await writing.mine(here.services, here.reader))


async def show_mine(here: Turn) -> None:
    await here.show(await writing.show_mine(here.services, here.reader, here.number(0)))


async def proposal(here: Turn) -> None:
    await here.show(await approving.show(here.services, here.reader, here.number(0)))


async def ask_words(here: Turn) -> None:
    await here.show(await approving.ask_words(here.services, here.reader, here.number(0)))


async def ask_take_down(here: Turn) -> None:
    await here.show(await approving.ask_take_down(here.services, here.reader, here.argument(0)))


async def take_down(here: Turn) -> None:
    await here.show(await approving.take_down(here.services, here.reader, here.argument(0), here.now))


async def is_awaited(here: Turn) -> bool:
    """Whether the text is an item, or a coordinator's words on one. Then it is taken."""
    step = here.person.step if here.person else None
    if not step:
        return False
    if "writes" in step:
        await here.say(await writing.typed(here.services, here.reader, step, here.text, here.key, here.now))
    elif "knowledge_back" in step:
        await here.say(await approving.send_back(here.services, here.reader, step, here.text, here.now))
    else:
        return False
    return True


async def is_searched(here: Turn) -> bool:
    """Whether the text is what is searched for."""
    if not pages.listens(here.reader, here.now):
        return False
    await here.say(await pages.look_for(here.services, here.reader, here.text, here.now))
    return True


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^K(~|$)", overview),
        (r"^Kp:", more_found),
        (r"^Kt:", of_theme),
        (r"^Ks:", card),
        (r"^Kc:", choose_colleague),
        (r"^KC:", send),
        (r"^K[ne](:|$)", begin),
        (r"^KK:", choose_kind),
        (r"^KT:", choose_theme),
        (r"^Km$", mine),
        (r"^Kv:", show_mine),
        (r"^Kd:", proposal),
        (r"^Ky:", shows(approving.approve)),
        (r"^Kb:", ask_words),
        (r"^Kx:", ask_take_down),
        (r"^KX:", take_down),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("knowledge", turn(overview)))
