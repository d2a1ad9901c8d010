"""Somebody wants to help: the form, their own offer, a pause, the end."""

from __future__ import annotations

from dataclasses import replace

from bot.core.network.drafts import KINDS, KM, MOST_PEOPLE, ForgedDraft, Help, read_help, toggle
from bot.network import forms, volunteer_desk, volunteering
from bot.network.rules import network_rules
from handlers.network.form import shared_steps
from handlers.turn import ForgedError, Turn


async def my_offer(here: Turn) -> None:
    await here.show(await volunteering.mine(here.services, here.reader, here.now))


async def show_offers(here: Turn) -> None:
    await here.show(volunteering.choose_offers(here.services.guide, here.reader, _help(here, 0)))


async def toggle_offer(here: Turn) -> None:
    draft, alone = _help(here, 1), network_rules().alone
    chosen = toggle(draft.offers, alone[int(here.argument(0, *(f"{at}" for at in range(len(alone)))))])
    await here.show(volunteering.choose_offers(here.services.guide, here.reader, replace(draft, offers=chosen)))


async def help_how(here: Turn) -> None:
    await here.show(volunteering.choose_how(_help(here, 0)))


async def help_km(here: Turn) -> None:
    km = KM[int(here.argument(0, *(f"{at}" for at in range(len(KM)))))]
    await here.show(volunteering.choose_how(replace(_help(here, 1), km=km)))


async def help_many(here: Turn) -> None:
    many = int(here.argument(0, *(f"{each}" for each in range(1, MOST_PEOPLE + 1))))
    await here.show(volunteering.choose_how(replace(_help(here, 1), capacity=many)))


async def help_kind(here: Turn) -> None:
    await here.show(volunteering.choose_how(replace(_help(here, 1), kind=KINDS[here.argument(0, *KINDS)])))


async def help_children(here: Turn) -> None:
    draft = _help(here, 0)
    await here.show(volunteering.choose_how(replace(draft, children=not draft.children)))


async def help_start(here: Turn) -> None:
    await here.show(volunteering.choose_start(_help(here, 0), here.now))


async def help_why(here: Turn) -> None:
    await here.show(await volunteering.ask_motivation(here.services, here.reader, _help(here, 0), here.now))


async def help_pause(here: Turn) -> None:
    """Until when they rest: asked first; `n` is no longer, `y` (on older buttons) a month, else a day."""
    if not here.arguments:
        await here.show(volunteering.choose_rest(here.now))
        return
    until = None if here.argument(0) == "n" else volunteering.rest(here.now)
    if here.argument(0) not in ("y", "n"):
        until = here.day(0)
    await here.show(await volunteering.pause(here.services, here.reader, until, here.now))


async def help_stop(here: Turn) -> None:
    await here.show(await volunteer_desk.stop_helping(here.services, here.reader, here.now))


def _help(here: Turn, at: int) -> Help:
    try:
        return read_help(here.arguments[at:], forms.known(here.services.guide))
    except ForgedDraft:
        raise ForgedError(here.data) from None


HELPING = {
    "nv": my_offer,
    "nvO": show_offers,
    "nvo": toggle_offer,
    **shared_steps("nv", _help),
    "nvS": help_how,
    "nvk": help_km,
    "nvc": help_many,
    "nvd": help_kind,
    "nvb": help_children,
    "nvs": help_start,
    "nvm": help_why,
    "nvp": help_pause,
    "nvx": help_stop,
}
"""The verbs of a volunteer's buttons."""
