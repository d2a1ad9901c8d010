"""Interpreters: I interpret, I need one, the question and its answers, and the coordinator's pages."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.core.network.drafts import ForgedDraft, Interpret, read_interpret
from bot.interpreting import answering, asking, calendars, desk, for_case, offering
from bot.network import forms
from handlers.network.form import shared_steps
from handlers.turn import ForgedError, Turn, by_verb, remembered, shows, turn


def _draft(here: Turn, at: int) -> Interpret:
    try:
        return read_interpret(here.arguments[at:], forms.known(here.services.guide))
    except ForgedDraft:
        raise ForgedError(here.data) from None


def _name(here: Turn) -> str:
    user = here.update.effective_user
    return user.first_name if user else ""


def _language(here: Turn, at: int) -> str:
    return here.argument(at, *here.services.guide.topics.ids("language"))


# -- I interpret ------------------------------------------------------------------------------------------------------


async def mine(here: Turn) -> None:
    await here.show(await offering.mine(here.services, here.reader, here.now))


async def choose_how(here: Turn) -> None:
    await here.show(offering.choose_how(here.services.guide, here.reader, _draft(here, 0)))


async def send(here: Turn) -> None:
    await here.show(await offering.send(here.services, here.reader, _draft(here, 0), here.now))


async def rest(here: Turn) -> None:
    await here.show(await offering.rest(here.services, here.reader, here.now, month=True))


async def ask_again(here: Turn) -> None:
    await here.show(await offering.rest(here.services, here.reader, here.now, month=False))


async def stop(here: Turn) -> None:
    await here.show(await offering.stop(here.services, here.reader, here.now))


async def yes(here: Turn) -> None:
    await _answer(here, "y")


async def no(here: Turn) -> None:
    await _answer(here, "n")


async def not_this_month(here: Turn) -> None:
    await _answer(here, "m")


async def _answer(here: Turn, said: str) -> None:
    found = await answering.answer(here.services, here.reader, here.number(0), said, _name(here), here.now)
    await here.reveal(found)


async def calendar(here: Turn) -> None:
    """In a bubble of its own: a file cannot become words again."""
    await here.say(await calendars.calendar(here.services, here.reader, here.number(0), here.now))


# -- I need one -------------------------------------------------------------------------------------------------------


async def for_what(here: Turn) -> None:
    """“I need an interpreter”, in words."""
    await here.show(await asking.for_what(here.services, here.reader, here.now))


async def page(here: Turn) -> None:
    found = await asking.page(here.services, here.reader, here.argument(0), here.now)
    await here.reveal(found)


async def choose_language(here: Turn) -> None:
    await here.show(await asking.choose_language(here.services, here.reader, here.argument(0), here.now))


async def chosen(here: Turn) -> None:
    await here.show(await asking.chosen(here.services, here.reader, here.argument(0), _language(here, 1), here.now))


async def ask(here: Turn) -> None:
    """At once; for a case the time and perhaps the place are asked first."""
    what, language = here.argument(0), _language(here, 1)
    if len(here.arguments) > 2:
        phone = here.argument(2, "p", "m") == "p"
        await here.show(await for_case.begin_form(here.services, here.reader, what, language, phone=phone))
        return
    await here.show(await asking.ask(here.services, here.reader, what, language, _name(here), here.now))


async def ask_for_case(here: Turn) -> None:
    await here.show(await for_case.send(here.services, here.reader, here.argument(0), here.now))


async def is_awaited(here: Turn) -> bool:
    """Whether the text is the time or the place of a coordinator's conversation. Then it is taken, and nothing else."""
    step = for_case.awaits(here.reader)
    if step is None:
        return False
    await here.say(await for_case.typed(here.services, here.reader, step, here.text, here.now))
    return True


# -- the coordinator --------------------------------------------------------------------------------------------------


async def overview(here: Turn) -> None:
    await here.show(await desk.overview(here.services, here.reader, min(99, here.number(0)), here.now))


async def decide(here: Turn) -> None:
    yes = here.argument(1, "a", "d") == "a"
    await here.show(await desk.decide(here.services, here.reader, here.number(0), here.now, yes=yes))


STEPS = {
    "Iv": mine,
    **shared_steps("Iv", _draft),
    "IvS": choose_how,
    "IvK": choose_how,
    "IvX": send,
    "Ivp": rest,
    "Ivn": ask_again,
    "Ivx": stop,
    "Iy": yes,
    "Iq": no,
    "Ir": not_this_month,
    "Iz": shows(answering.show),
    "Ic": calendar,
    "Ix": shows(answering.ask_cannot),
    "IX": shows(answering.cannot),
    "Ia": page,
    "Il": choose_language,
    "IL": chosen,
    "Ib": ask,
    "IK": ask_for_case,
    "Io": shows(asking.not_needed),
    "ID": overview,
    "It": shows(desk.task),
    "Iw": shows(desk.show),
    "IV": decide,
}


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    application.add_handler(CallbackQueryHandler(turn(remembered(by_verb(STEPS))), pattern=r"^I"))
    application.add_handler(CommandHandler("interpreter", turn(remembered(mine))))
