"""Weekly news: where it stands, yes, no, stop these, the next three."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot import signups
from bot.core.query import FARTHEST, encode
from bot.news import keeping
from handlers.turn import LATEST, ForgedError, Turn, remembered, turn


async def overview(here: Turn) -> None:
    text = encode(here.query(0)) if here.arguments else ""
    await here.show(await keeping.overview(here.services, here.reader, text))


async def start(here: Turn) -> None:
    await here.show(await keeping.start(here.services, here.reader, encode(here.query(0)), here.now))


async def stop(here: Turn) -> None:
    """In a bubble of its own: what was new stays to be read."""
    await here.say(await keeping.stop(here.services, here.reader, here.now))


async def card(here: Turn) -> None:
    """In a bubble of its own, as well: there is more than one thing to look at."""
    number, day = here.occurrence
    await here.say(await signups.show(here.services, here.reader, number, day, here.now))


async def decline(here: Turn) -> None:
    await here.show(await keeping.decline(here.services, here.reader, here.now))


async def more(here: Turn) -> None:
    since, until, offset = (here.number(at) for at in range(3))
    if max(since, until) > LATEST or offset > FARTHEST:
        raise ForgedError(here.data)
    await here.show(await keeping.more(here.services, here.reader, (since, until), offset, here.now))


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^W(:|~|$)", overview),
        (r"^Wy:", start),
        (r"^Wn$", stop),
        (r"^Wx$", decline),
        (r"^Wm:", more),
        (r"^Wc:", card),
    ):
        application.add_handler(CallbackQueryHandler(turn(remembered(step)), pattern=pattern))
    application.add_handler(CommandHandler("news", turn(remembered(overview))))
