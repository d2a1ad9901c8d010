"""Who coordinates: the list of colleagues, invitations, removing somebody."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot import roles
from handlers.turn import ForgedError, Turn, turn

LAST_PAGE = 10_000


async def overview(here: Turn) -> None:
    page = min(LAST_PAGE, here.number(0)) if here.arguments else 0
    await here.show(await roles.overview(here.services, here.reader, here.now, page))


async def invite(here: Turn) -> None:
    await here.show(await roles.new_invitation(here.services, here.reader, None, here.now))


async def choose_organisation(here: Turn) -> None:
    await here.show(roles.organisations_page(here.services, here.reader, min(LAST_PAGE, here.number(0))))


async def invite_for_one(here: Turn) -> None:
    await here.show(await roles.new_invitation(here.services, here.reader, here.argument(0), here.now))


async def take_back(here: Turn) -> None:
    await here.show(await roles.take_back(here.services, here.reader, _hash(here), here.now))


def _hash(here: Turn) -> bytes | None:
    """Which invitation; None for all of them. Raises ForgedError."""
    try:
        return bytes.fromhex(here.argument(0)) if here.arguments else None
    except ValueError:
        raise ForgedError(here.data) from None


async def show(here: Turn) -> None:
    await here.show(await roles.show(here.services, here.reader, here.number(0)))


async def remove(here: Turn) -> None:
    await here.show(await roles.remove(here.services, here.reader, here.number(0), here.now))


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^R(:|$)", overview),
        (r"^Ri$", invite),
        (r"^Ro:", choose_organisation),
        (r"^RO:", invite_for_one),
        (r"^Rt(:|$)", take_back),
        (r"^Rp:", show),
        (r"^RX:", remove),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("colleagues", turn(overview)))
