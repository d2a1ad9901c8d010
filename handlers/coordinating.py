"""The coordinator's side of activities: the next two weeks, one occurrence, and what can be changed of it."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot import coordination, exports, subscriptions, today, wishes
from bot.cases import not_yours
from handlers.turn import Turn, turn

LAST_PAGE = 10_000


async def overview(here: Turn) -> None:
    page = here.number(0) if here.arguments else 0
    await here.show(coordination.overview(here.services, here.reader, here.now, page))


async def what_waits(here: Turn) -> None:
    page = min(LAST_PAGE, here.number(0)) if here.arguments else 0
    await here.show(await today.overview(here.services, here.reader, here.now, page))


async def of_source(here: Turn) -> None:
    letter, page = here.argument(0, *today.SOURCES), min(LAST_PAGE, here.number(1))
    await here.show(await today.of_source(here.services, here.reader, letter, here.now, page))


async def failures(here: Turn) -> None:
    await here.show(await today.failures(here.services, here.reader, here.now))


async def unmet(here: Turn) -> None:
    await here.show(await wishes.overview(here.services, here.reader, here.now))


async def manage(here: Turn) -> None:
    await here.show(await coordination.manage(here.services, here.reader, *here.occurrence))


async def add_seats(here: Turn) -> None:
    more, seen = min(20, here.number(2)), here.number(3)
    await here.show(await coordination.add_seats(here.services, here.reader, *here.occurrence, more, seen, here.now))


async def move(here: Turn) -> None:
    step, seen = here.argument(2), here.argument(3)
    await here.show(await coordination.move(here.services, here.reader, *here.occurrence, step, seen, here.now))


async def ask_cancel(here: Turn) -> None:
    await here.show(coordination.ask_cancel(here.services, here.reader, *here.occurrence))


async def cancel(here: Turn) -> None:
    await here.show(await coordination.cancel(here.services, here.reader, *here.occurrence, here.now))


async def calendar_in_trouble(here: Turn) -> None:
    await here.show(await subscriptions.trouble_page(here.services, here.reader, here.arguments[0]))


async def export(here: Turn) -> None:
    found = await exports.for_coordinator(here.services, here.reader, here.now)
    await here.say(found if found is not None else not_yours())


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^k$", overview),
        (r"^kp:", overview),
        (r"^kn", unmet),
        (r"^T(:|$)", what_waits),
        (r"^Ts:", of_source),
        (r"^Tf$", failures),
        (r"^k:", manage),
        (r"^kc:", add_seats),
        (r"^km:", move),
        (r"^kx:", ask_cancel),
        (r"^kX:", cancel),
        (r"^kf:", calendar_in_trouble),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("coordinate", turn(overview)))
    application.add_handler(CommandHandler("today", turn(what_waits)))
    application.add_handler(CommandHandler("export", turn(export)))
