"""Reminders people ask for themselves: from a card, or in their own words with the day and hour that are missing."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler

from bot import reminders
from handlers.turn import Turn, remembered, turn


async def remind(here: Turn) -> None:
    number, day = here.occurrence
    await here.show(reminders.choices(here.services, number, day, here.now))


@remembered
async def remind_at(here: Turn) -> None:
    assert here.person is not None
    number, day = here.occurrence
    which = here.argument(2, "d", "h")
    await here.show(await reminders.of_activity(here.services, here.person, number, day, which, here.now))


async def choose_day(here: Turn) -> None:
    await here.show(await reminders.choose_day(here.services, here.reader, here.day(0), here.now))


async def choose_hour(here: Turn) -> None:
    await here.show(await reminders.choose_hour(here.services, here.reader, here.clock(0), here.now))


async def confirm(here: Turn) -> None:
    await here.show(await reminders.confirm(here.services, here.reader, here.now))


async def forget(here: Turn) -> None:
    await here.show(await reminders.forget(here.services, here.reader))


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^r:", remind),
        (r"^ra:", remind_at),
        (r"^rd:", choose_day),
        (r"^rt:", choose_hour),
        (r"^ry$", confirm),
        (r"^rn$", forget),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
