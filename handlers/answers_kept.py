"""Saved answers: under a case, and where coordinators write and change them."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.cases import keeping, saved
from handlers.turn import Turn, remembered, turn

LAST_PAGE = 1_000


def seen(here: Turn) -> tuple[str, str, int]:
    """What stood on the preview whose button was tapped: its language, its stamp, the last words of the case."""
    return here.argument(2, *here.services.catalogues.languages), here.argument(3), here.number(4)


async def offer(here: Turn) -> None:
    """A bubble of its own: the case keeps its place."""
    await here.say(await saved.offer(here.services, here.reader, here.number(0), 0))


async def turn_page(here: Turn) -> None:
    page = min(LAST_PAGE, here.number(1))
    await here.show(await saved.offer(here.services, here.reader, here.number(0), page))


async def preview(here: Turn) -> None:
    await here.show(await saved.preview(here.services, here.reader, here.number(0), here.number(1)))


async def send(here: Turn) -> None:
    await here.show(await saved.send(here.services, here.reader, here.number(0), here.number(1), seen(here), here.now))


async def overview(here: Turn) -> None:
    page = min(LAST_PAGE, here.number(0)) if here.arguments else 0
    await here.show(await keeping.overview(here.services, here.reader, page))


async def show(here: Turn) -> None:
    await here.show(await keeping.show(here.services, here.reader, here.number(0)))


async def new(here: Turn) -> None:
    await here.show(await keeping.new(here.services, here.reader))


def _language(here: Turn) -> str:
    return here.argument(1, *here.services.guide.community.languages)


async def write(here: Turn) -> None:
    case = here.number(2) if len(here.arguments) > 2 else 0
    await here.show(await keeping.write(here.services, here.reader, here.number(0), _language(here), case))


async def approve(here: Turn) -> None:
    await here.show(await keeping.approve(here.services, here.reader, here.number(0), _language(here)))


async def rename(here: Turn) -> None:
    await here.show(await keeping.rename(here.services, here.reader, here.number(0)))


async def ask_remove(here: Turn) -> None:
    await here.show(await keeping.ask_remove(here.services, here.reader, here.number(0)))


async def remove(here: Turn) -> None:
    await here.show(await keeping.remove(here.services, here.reader, here.number(0)))


async def is_awaited(here: Turn) -> bool:
    """Whether the text is a saved answer, or its name. Then it is taken, and nothing else is made of it."""
    step = here.person.step if here.person else None
    if not step or "saved" not in step:
        return False
    await here.say(await keeping.typed(here.services, here.reader, step, here.text, here.key))
    return True


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^hs:\d+$", offer),
        (r"^hs:", turn_page),
        (r"^hS:", preview),
        (r"^hR:", send),
        (r"^S(:|$)", overview),
        (r"^Sa:", show),
        (r"^Sn$", new),
        (r"^Sw:", write),
        (r"^Sr:", approve),
        (r"^Sm:", rename),
        (r"^Sx:", ask_remove),
        (r"^SX:", remove),
    ):
        application.add_handler(CallbackQueryHandler(turn(remembered(step)), pattern=pattern))
    application.add_handler(CommandHandler("answers", turn(remembered(overview))))
