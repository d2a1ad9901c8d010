"""A trainer: the groups they lead, the door list of a session; a coordinator invites trainers."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler

from bot import roles
from bot.programmes import leading
from handlers.turn import Turn, turn


async def desk(here: Turn) -> None:
    if here.arguments:
        await here.show(await leading.cohort(here.services, here.reader, here.number(0), here.now))
        return
    await here.show(await leading.desk(here.services, here.reader, here.now))


async def door(here: Turn) -> None:
    await here.show(await leading.door(here.services, here.reader, *here.occurrence, here.now))


async def tick(here: Turn) -> None:
    numbered, yes = here.number(2), here.argument(3, "y", "n") == "y"
    await here.show(await leading.tick(here.services, here.reader, *here.occurrence, numbered, here.now, yes=yes))


async def finish(here: Turn) -> None:
    every = here.argument(2, "a", "d") == "a"
    await here.show(await leading.finish(here.services, here.reader, *here.occurrence, here.now, every=every))


async def invite(here: Turn) -> None:
    if here.arguments:
        await here.show(await roles.new_trainer(here.services, here.reader, here.argument(0), here.now))
        return
    await here.show(roles.cohorts_page(here.services, here.reader))


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^PD(:|$)", desk),
        (r"^Pa:", door),
        (r"^PI:", tick),
        (r"^PJ:", finish),
        (r"^PR(:|$)", invite),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
