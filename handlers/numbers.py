"""Numbers for coordinators, and being counted: a period's picture and files; yes or no to the statistics."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.news import keeping
from bot.numbers import consenting, showing
from handlers.turn import Turn, remembered, turn


async def periods(here: Turn) -> None:
    """In a bubble of its own: a picture cannot become words again."""
    await here.say(await showing.overview(here.services, here.reader, here.now))


async def show(here: Turn) -> None:
    await here.say(await showing.show(here.services, here.reader, here.argument(0), here.now))


async def sheet(here: Turn) -> None:
    await here.say(await showing.as_sheet(here.services, here.reader, here.argument(0), here.now))


async def report(here: Turn) -> None:
    await here.say(await showing.as_report(here.services, here.reader, here.argument(0), here.now))


async def statistics(here: Turn) -> None:
    await here.show(await consenting.overview(here.services, here.reader))


async def say_yes(here: Turn) -> None:
    await here.show(await consenting.say_yes(here.services, here.reader, here.now))


async def say_no(here: Turn) -> None:
    await here.show(await consenting.say_no(here.services, here.reader, here.now))


async def ask_apart(here: Turn) -> None:
    """After somebody told how something was: one kind question, about what they were never asked; never two at once."""
    question = await keeping.ask_once(here.services, here.reader, here.now)
    question = question or await consenting.ask_once(here.services, here.reader, here.now)
    if question is not None:
        await here.say(question)


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^ZN$", periods),
        (r"^ZN:", show),
        (r"^ZX:", sheet),
        (r"^ZP:", report),
        (r"^Z$", remembered(statistics)),
        (r"^Zy$", remembered(say_yes)),
        (r"^Zn$", remembered(say_no)),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("numbers", turn(periods)))
