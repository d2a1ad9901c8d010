"""A newcomer and programmes: the list, a cohort, themes, a missed session elsewhere, the certificate."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.programmes import certificates, enrolling, showing, visiting
from handlers.turn import Turn, shows, turn


async def overview(here: Turn) -> None:
    await here.show(await showing.overview(here.services, here.reader, here.now))


async def programme(here: Turn) -> None:
    await here.show(await showing.programme(here.services, here.reader, here.argument(0), here.now))


async def toggle(here: Turn) -> None:
    theme = here.argument(1)
    await here.show(await enrolling.toggle(here.services, here.reader, here.number(0), theme, here.now))


async def ask_leave(here: Turn) -> None:
    await here.show(enrolling.ask_leave(here.services, here.reader, here.number(0)))


async def again(here: Turn) -> None:
    await here.show(await visiting.again(here.services, here.reader, here.number(0), here.argument(1), here.now))


async def visit(here: Turn) -> None:
    await here.show(await visiting.visit(here.services, here.reader, *here.occurrence, here.now))


async def leave_visit(here: Turn) -> None:
    await here.show(await visiting.leave_visit(here.services, here.reader, *here.occurrence, here.now))


async def without_name(here: Turn) -> None:
    """A file goes into a bubble of its own."""
    await here.say(await certificates.make(here.services, here.reader, here.number(0), "", here.now))


async def is_awaited(here: Turn) -> bool:
    """Whether the text is the name for a certificate. Then it is printed, and nothing else is made of it."""
    step = here.person.step if here.person else None
    if not step or "certificate" not in step:
        return False
    await here.say(await certificates.typed(here.services, here.reader, step, here.text, here.now))
    return True


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^P$", overview),
        (r"^Pp:", programme),
        (r"^Pc:", shows(showing.cohort)),
        (r"^Pj:", shows(enrolling.enrol)),
        (r"^Pt:", shows(enrolling.themes_page)),
        (r"^PT:", toggle),
        (r"^Px:", ask_leave),
        (r"^PX:", shows(enrolling.leave)),
        (r"^Pw:", again),
        (r"^Pv:", visit),
        (r"^Py:", leave_visit),
        (r"^Pf:", shows(certificates.ask_name)),
        (r"^PF:", without_name),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("programmes", turn(overview)))
