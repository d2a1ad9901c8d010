"""The coordinator's part of Let's Network: lists, suggestions, volunteers and their papers, matches."""

from __future__ import annotations

from typing import cast

from telegram.ext import Application, CallbackQueryHandler

from bot.network import gate, match_desk, volunteer_desk
from bot.network.volunteer_desk import Decision
from handlers.turn import ForgedError, Turn, turn

LAST_PAGE = 10_000


def _page(here: Turn, at: int = 0) -> int:
    return min(LAST_PAGE, here.number(at))


async def overview(here: Turn) -> None:
    await here.show(await gate.overview(here.services, here.reader, here.now))


async def suggestions(here: Turn) -> None:
    await here.show(await gate.suggestions_page(here.services, here.reader, _page(here)))


async def approve(here: Turn) -> None:
    await here.show(await gate.approve(here.services, here.reader, here.number(0), here.now))


async def undo(here: Turn) -> None:
    await here.show(await gate.undo(here.services, here.reader, here.number(0), here.now))


async def refuse(here: Turn) -> None:
    await here.show(await gate.refuse(here.services, here.reader, here.number(0), here.now))


async def ranked(here: Turn) -> None:
    page = _page(here, 1) if len(here.arguments) > 1 else 0
    await here.show(await gate.ranked(here.services, here.reader, here.number(0), here.now, page))


async def pick(here: Turn) -> None:
    await here.show(await gate.pick(here.services, here.reader, here.number(0), here.number(1), here.now))


async def requests(here: Turn) -> None:
    await here.show(await gate.requests_page(here.services, here.reader, _page(here), here.now))


async def volunteers(here: Turn) -> None:
    await here.show(await gate.volunteers_page(here.services, here.reader, _page(here), here.now))


async def volunteer(here: Turn) -> None:
    await here.show(await volunteer_desk.show(here.services, here.reader, here.number(0), here.now))


async def decide(here: Turn) -> None:
    letters = {"a": "approve", "d": "decline", "r": "remove"}
    decision = cast(Decision, letters[here.argument(1, *letters)])
    await here.show(await volunteer_desk.decide(here.services, here.reader, here.number(0), decision, here.now))


async def papers(here: Turn) -> None:
    await here.show(await volunteer_desk.papers_page(here.services, here.reader, _page(here), here.now))


async def move_paper(here: Turn) -> None:
    step = here.argument(1, "asked", "assessed", "not_ok")
    await here.show(await volunteer_desk.move_paper(here.services, here.reader, here.number(0), step, here.now))


async def matches(here: Turn) -> None:
    await here.show(await match_desk.page(here.services, here.reader, _page(here)))


async def match(here: Turn) -> None:
    await here.say(await match_desk.show(here.services, here.reader, here.number(0)))


async def go_on(here: Turn) -> None:
    await here.show(await match_desk.go_on(here.services, here.reader, here.number(0), here.now))


async def end(here: Turn) -> None:
    await here.show(await match_desk.end(here.services, here.reader, here.number(0), here.now))


async def come_along(here: Turn) -> None:
    await here.show(await match_desk.come_along(here.services, here.reader, here.number(0), here.now))


STEPS = {
    "N": overview,
    "Ns": suggestions,
    "Ny": approve,
    "Nz": undo,
    "Nn": refuse,
    "Np": ranked,
    "Nk": pick,
    "Nr": requests,
    "Nv": volunteers,
    "Nw": volunteer,
    "NV": decide,
    "Na": papers,
    "NA": move_paper,
    "Nm": matches,
    "Nx": match,
    "Ng": go_on,
    "Ne": end,
    "Nt": come_along,
}


async def step(here: Turn) -> None:
    """The step of a button's verb. Each use-case looks itself whether it is a coordinator who taps."""
    verb = here.data.partition(":")[0]
    if verb not in STEPS:
        raise ForgedError(here.data)
    await STEPS[verb](here)


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    application.add_handler(CallbackQueryHandler(turn(step), pattern=r"^N"))
