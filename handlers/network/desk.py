"""The coordinator's part of Let's Network: lists, suggestions, volunteers and their papers, matches."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler

from bot.network import act_log, declining, desk_talk, gate, match_desk, volunteer_desk, waiting_lists
from handlers.turn import Turn, by_verb, shows, turn

LAST_PAGE = 10_000
NO: dict[str, declining.Step] = {"d": "decline", "r": "remove"}


def _page(here: Turn, at: int = 0) -> int:
    return min(LAST_PAGE, here.number(at))


async def overview(here: Turn) -> None:
    await here.show(await gate.overview(here.services, here.reader, here.now))


async def suggestions(here: Turn) -> None:
    await here.show(await gate.suggestions_page(here.services, here.reader, _page(here)))


async def ranked(here: Turn) -> None:
    page = _page(here, 1) if len(here.arguments) > 1 else 0
    await here.show(await gate.ranked(here.services, here.reader, here.number(0), here.now, page))


async def pick(here: Turn) -> None:
    await here.show(await gate.pick(here.services, here.reader, here.number(0), here.number(1), here.now))


async def requests(here: Turn) -> None:
    await here.show(await waiting_lists.requests_page(here.services, here.reader, _page(here), here.now))


async def volunteers(here: Turn) -> None:
    await here.show(await waiting_lists.volunteers_page(here.services, here.reader, _page(here), here.now))


async def decide(here: Turn) -> None:
    """`a` approves; `d` and `r` show what the volunteer would read, with `!` or `+` (own words) it is sent."""
    person, said = here.number(0), here.argument(1, "a", "d", "d!", "d+", "r", "r!", "r+")
    if said == "a":
        await here.show(await volunteer_desk.approve(here.services, here.reader, person, here.now))
        return
    step = NO[said[0]]
    if len(said) == 1:
        await here.show(await declining.preview(here.services, here.reader, person, step, here.now))
        return
    answer = await declining.say_no(here.services, here.reader, person, step, here.now, own=said[1] == "+")
    await here.show(answer or await volunteer_desk.show(here.services, here.reader, person, here.now))


async def own_words(here: Turn) -> None:
    step = NO[here.argument(1, *NO)]
    await here.show(await declining.begin(here.services, here.reader, here.number(0), step, here.now))


async def write_to(here: Turn) -> None:
    await here.say(await desk_talk.begin(here.services, here.reader, here.number(0), here.now))


async def both_lists(here: Turn) -> None:
    await here.show(await waiting_lists.side_by_side(here.services, here.reader, _page(here), here.now))


async def acts(here: Turn) -> None:
    await here.show(await act_log.page(here.services, here.reader, here.argument(0), _page(here, 1)))


async def papers(here: Turn) -> None:
    await here.show(await volunteer_desk.papers_page(here.services, here.reader, _page(here), here.now))


async def move_paper(here: Turn) -> None:
    step = here.argument(1, "asked", "assessed", "not_ok")
    await here.show(await volunteer_desk.move_paper(here.services, here.reader, here.number(0), step, here.now))


async def matches(here: Turn) -> None:
    await here.show(await match_desk.page(here.services, here.reader, _page(here)))


async def match(here: Turn) -> None:
    await here.say(await match_desk.show(here.services, here.reader, here.number(0)))


STEPS = {
    "N": overview,
    "Ns": suggestions,
    "Ny": shows(gate.approve),
    "Nz": shows(gate.undo),
    "Nn": shows(gate.refuse),
    "Np": ranked,
    "Nk": pick,
    "Nl": both_lists,
    "Nr": requests,
    "Nv": volunteers,
    "Nw": shows(volunteer_desk.show),
    "NV": decide,
    "Nd": own_words,
    "NL": acts,
    "Nq": write_to,
    "Na": papers,
    "NA": move_paper,
    "Nm": matches,
    "Nx": match,
    "Ng": shows(match_desk.go_on),
    "Ne": shows(match_desk.end),
    "Nt": shows(match_desk.come_along),
}


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    application.add_handler(CallbackQueryHandler(turn(by_verb(STEPS)), pattern=r"^N"))
