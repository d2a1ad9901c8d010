"""The network's meetings: where each button leads, and what a text answers that was asked for there."""

from __future__ import annotations

from collections.abc import Mapping

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.core.model import Reader
from bot.core.say import Message
from bot.meetings import actions, agenda_desk, calendars, extra_desk, minutes_desk, pages, planning_desk, rule_desk
from handlers.meetings import desk
from handlers.meetings.desk import page_of
from handlers.turn import Step, Turn, by_verb, remembered, shows, turn


async def overview(here: Turn) -> None:
    await here.show(await pages.overview(here.services, here.reader, here.now, page_of(here)))


async def answer(here: Turn) -> None:
    said = here.argument(1, *pages.REPLIES)
    await here.show(await pages.answer(here.services, here.reader, here.number(0), said, here.now))


async def calendar(here: Turn) -> None:
    only = here.number(0) if here.arguments else None
    await here.say(await calendars.calendar(here.services, here.reader, here.now, only))


# -- the agenda -------------------------------------------------------------------------------------------------------


async def propose(here: Turn) -> None:
    await here.say(await agenda_desk.ask_point(here.services, here.reader, here.number(0), here.now))


async def decide(here: Turn) -> None:
    what = here.argument(1, "y", "n", "u", "o")
    number, meeting = here.number(0), here.number(2)
    await here.show(await agenda_desk.decide(here.services, here.reader, number, what, meeting, here.now))


# -- the minutes ------------------------------------------------------------------------------------------------------


async def add_line(here: Turn) -> None:
    kind = here.argument(1, *minutes_desk.KINDS)
    await here.show(await minutes_desk.ask_line(here.services, here.reader, here.number(0), kind, here.now))


async def whose(here: Turn) -> None:
    person = here.number(1)
    await here.show(await minutes_desk.whose(here.services, here.reader, here.number(0), here.now, person=person))


async def due(here: Turn) -> None:
    await here.show(await minutes_desk.due(here.services, here.reader, here.number(0), here.day(1), here.now))


async def open_actions(here: Turn) -> None:
    await here.show(await actions.overview(here.services, here.reader, here.now))


async def about_action(here: Turn) -> None:
    said = here.argument(1, "d", "l")
    await here.show(await actions.answer(here.services, here.reader, here.number(0), said, here.now))


VERBS: Mapping[str, Step] = {
    "M": overview,
    "Mm": shows(pages.show),
    "Ma": answer,
    "Mc": calendar,
    "Mg": shows(pages.read_agenda),
    "Mh": shows(pages.read_minutes),
    "Mp": propose,
    "Mw": shows(agenda_desk.write),
    "Mn": shows(agenda_desk.ask_item),
    "Mi": shows(agenda_desk.item),
    "Mj": decide,
    "My": shows(agenda_desk.ready),
    "Mv": shows(minutes_desk.write),
    "Mb": add_line,
    "Mq": shows(minutes_desk.line),
    "MD": shows(minutes_desk.take_off),
    "Mu": shows(minutes_desk.ask_whose),
    "MU": whose,
    "ME": due,
    "Mz": shows(minutes_desk.ready),
    "MA": open_actions,
    "Md": about_action,
    **desk.VERBS,
}


async def is_awaited(here: Turn) -> bool:
    """Whether the text answers what was asked about the network's meetings. Then it is taken, and nothing else."""
    kept = here.person.step if here.person else None
    if not kept or "meets" not in kept:
        return False
    what, _, more = str(kept["meets"]).partition(":")
    said = await _typed(here, what, more, int(str(kept["number"])))
    if said is None:
        return False
    await here.say(said)
    return True


async def _typed(here: Turn, what: str, more: str, number: int) -> Message | None:
    services, reader, text, now = here.services, here.reader, here.text, here.now
    match what:
        case "point":
            return await agenda_desk.proposed(services, reader, number, text, here.key, now)
        case "item":
            return await agenda_desk.item_added(services, reader, number, text, here.key, now)
        case "line":
            return await minutes_desk.line_added(services, reader, number, more, text, here.key, now)
        case "whose":
            return await minutes_desk.whose(services, reader, number, now, text=text)
        case "due":
            return await minutes_desk.due_typed(services, reader, number, text, now)
        case _:
            return await _planned(here, reader, what, more, number)


async def _planned(here: Turn, reader: Reader, what: str, more: str, number: int) -> Message | None:
    services, text, now = here.services, here.text, here.now
    match what:
        case "move":
            return await planning_desk.time_typed(services, reader, number, text, now)
        case "new":
            return await extra_desk.new_typed(services, reader, desk.KINDS[more], text, now)
        case "words":
            return await extra_desk.words_typed(services, reader, number, more, text, now)
        case "hours":
            return await rule_desk.hours_typed(services, reader, desk.read_rule(more.split(":")), text, now)
        case _:
            return None


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    application.add_handler(CallbackQueryHandler(turn(remembered(by_verb(VERBS))), pattern=r"^M[a-zA-Z]?(:|$)"))
    application.add_handler(CommandHandler("meetings", turn(remembered(overview))))
