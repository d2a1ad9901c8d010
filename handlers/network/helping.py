"""Somebody wants to help: the form, their own offer, a pause, the end."""

from __future__ import annotations

from dataclasses import replace

from bot.core.network.drafts import KINDS, KM, MOST_PEOPLE, ForgedDraft, Help, read_help, toggle, with_free
from bot.core.network.model import PRESETS
from bot.network import asking, volunteer_desk, volunteering
from bot.network.rules import network_rules
from handlers.turn import ForgedError, Turn

PARTS_OF_WEEK = {f"{at}": 1 << at for at in range(21)}
"""Each part of each day, as a button names it."""


async def my_offer(here: Turn) -> None:
    await here.show(await volunteering.mine(here.services, here.reader, here.now))


async def show_offers(here: Turn) -> None:
    await here.show(volunteering.choose_offers(here.services.guide, here.reader, _help(here, 0)))


async def toggle_offer(here: Turn) -> None:
    draft, alone = _help(here, 1), network_rules().alone
    chosen = toggle(draft.offers, alone[int(here.argument(0, *(f"{at}" for at in range(len(alone)))))])
    await here.show(volunteering.choose_offers(here.services.guide, here.reader, replace(draft, offers=chosen)))


async def help_languages(here: Turn) -> None:
    await here.show(asking.choose_languages(here.services.guide, _help(here, 0), "nv"))


async def help_language(here: Turn) -> None:
    draft = _help(here, 1)
    language = here.argument(0, *here.services.guide.topics.ids("language"))
    draft = replace(draft, languages=toggle(draft.languages, language))
    await here.show(asking.choose_languages(here.services.guide, draft, "nv"))


async def help_free(here: Turn) -> None:
    await here.show(asking.choose_free(_help(here, 0), "nv"))


async def help_week(here: Turn) -> None:
    await here.show(asking.choose_free(_help(here, 0), "nv", week=True))


async def help_stretch(here: Turn) -> None:
    bits = PRESETS[here.argument(0, *PRESETS)]
    await here.show(asking.choose_free(with_free(_help(here, 1), bits), "nv"))


async def help_part(here: Turn) -> None:
    bits = PARTS_OF_WEEK[here.argument(0, *PARTS_OF_WEEK)]
    await here.show(asking.choose_free(with_free(_help(here, 1), bits), "nv", week=True))


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


async def help_why(here: Turn) -> None:
    await here.show(await volunteering.ask_motivation(here.services, here.reader, _help(here, 0), here.now))


async def help_pause(here: Turn) -> None:
    yes = here.argument(0, "y", "n") == "y"
    await here.show(await volunteering.pause(here.services, here.reader, here.now, yes=yes))


async def help_stop(here: Turn) -> None:
    await here.show(await volunteer_desk.stop_helping(here.services, here.reader, here.now))


def _help(here: Turn, at: int) -> Help:
    try:
        return read_help(here.arguments[at:], asking.known(here.services.guide))
    except ForgedDraft:
        raise ForgedError(here.data) from None


HELPING = {
    "nv": my_offer,
    "nvO": show_offers,
    "nvo": toggle_offer,
    "nvL": help_languages,
    "nvl": help_language,
    "nvF": help_free,
    "nvW": help_week,
    "nvf": help_stretch,
    "nvj": help_part,
    "nvS": help_how,
    "nvk": help_km,
    "nvc": help_many,
    "nvd": help_kind,
    "nvb": help_children,
    "nvm": help_why,
    "nvp": help_pause,
    "nvx": help_stop,
}
"""The verbs of a volunteer's buttons."""
