"""The first steps: when one came, one step at a time, done, remind me, a person."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.first_steps import keeping
from bot.first_steps.showing import REMIND_IN
from handlers.turn import Turn, turn


async def overview(here: Turn) -> None:
    await here.show(await keeping.overview(here.services, here.reader, here.now))


async def ask_month(here: Turn) -> None:
    await here.show(keeping.ask_month(here.services, here.reader, here.now))


async def came(here: Turn) -> None:
    await here.show(await keeping.came(here.services, here.reader, here.argument(0), here.now))


async def show(here: Turn) -> None:
    await here.show(await keeping.show(here.services, here.reader, here.argument(0), here.now))


async def done(here: Turn) -> None:
    await here.show(await keeping.tick(here.services, here.reader, here.argument(0), here.now, done=True))


async def not_done(here: Turn) -> None:
    await here.show(await keeping.tick(here.services, here.reader, here.argument(0), here.now, done=False))


async def ask_when(here: Turn) -> None:
    await here.show(await keeping.ask_when(here.services, here.reader, here.argument(0), here.now))


async def remind(here: Turn) -> None:
    days = int(here.argument(1, *map(str, REMIND_IN)))
    await here.show(await keeping.remind(here.services, here.reader, here.argument(0), days, here.now))


async def ask_person(here: Turn) -> None:
    """In a bubble of its own: the step stays in sight."""
    await here.say(await keeping.ask_person(here.services, here.reader, here.argument(0), here.key, here.now))


async def end(here: Turn) -> None:
    await here.show(await keeping.end(here.services, here.reader))


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^s$", overview),
        (r"^sw$", ask_month),
        (r"^sm:", came),
        (r"^ss:", show),
        (r"^sd:", done),
        (r"^su:", not_done),
        (r"^sr:", ask_when),
        (r"^sR:", remind),
        (r"^sh:", ask_person),
        (r"^sx$", end),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("firststeps", turn(overview)))
