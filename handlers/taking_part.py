"""Taking part: the list and its pages, the card, signing up and leaving, offers, my plans, the calendar file."""

from __future__ import annotations

from collections.abc import Callable

from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot import activities, answers, calendar_links, people, plans, signups, wishes
from bot.core.model import Activity
from bot.core.say import Message
from bot.editing import media
from bot.signups import gone
from handlers.numbers import ask_apart
from handlers.turn import Turn, remembered, turn


async def page(here: Turn) -> None:
    await here.show(answers.answer(here.services, here.reader, here.query(0), here.now))


async def near(here: Turn) -> None:
    """What is near: for who has no town yet, the town first."""
    if here.reader.place is None and here.person is not None:
        await here.show(people.ask_town(here.services.guide))
        return
    await here.show(answers.near(here.services, here.reader, here.now))


async def card(here: Turn) -> None:
    number, day = here.occurrence
    back = (*here.arguments, "", "")[2]
    await here.show(await signups.show(here.services, here.reader, number, day, here.now, back))


async def join(here: Turn) -> None:
    """Signing up needs to be remembered: who is not is asked, and comes back to this very seat."""
    number, day = here.occurrence
    if here.person is None:
        then = f":j:{activities.spot(number, day)}"
        await here.show(people.consent(here.services.guide, then))
        return
    await here.show(await signups.join(here.services, here.reader, number, day, here.now))


async def leave(here: Turn) -> None:
    number, day = here.occurrence
    await here.show(await signups.leave(here.services, here.reader, number, day, here.now))


async def undo(here: Turn) -> None:
    number, day = here.occurrence
    left_at = here.moment(2) if len(here.arguments) > 2 else None
    await here.show(await signups.undo(here.services, here.reader, number, day, here.now, left_at=left_at))


async def answer_offer(here: Turn) -> None:
    number, day = here.occurrence
    yes = here.argument(2, "y", "n") == "y"
    await here.show(await signups.answer_offer(here.services, here.reader, number, day, here.now, yes=yes))


async def answer_reminder(here: Turn) -> None:
    """👍 keeps the seat, 👎 frees it."""
    number, day = here.occurrence
    if here.argument(2, "y", "n") == "n":
        await here.show(await signups.leave(here.services, here.reader, number, day, here.now))
        return
    await here.show(await signups.keep(here.services, here.reader, number, day, here.now))


async def answer_follow_up(here: Turn) -> None:
    number, day = here.occurrence
    answer = here.argument(2, "again", "good", "no")
    await here.show(await signups.answer_follow_up(here.services, here.reader, number, day, answer, here.now))
    await ask_apart(here)


async def way(here: Turn) -> None:
    number, _ = here.occurrence
    if number not in here.services.guide.activities:
        await here.show(gone())
        return
    await here.say(activities.way(here.services.guide, number))


async def picture(here: Turn) -> None:
    await _media(here, media.shown)


async def recording(here: Turn) -> None:
    await _media(here, lambda activity: media.spoken(activity, here.reader.language))


async def _media(here: Turn, made: Callable[[Activity], Message | None]) -> None:
    """A picture or recording comes in a bubble of its own, under the card."""
    activity = here.services.guide.activities.get(here.number(0))
    found = made(activity) if activity else None
    await (here.say(found) if found else here.show(gone()))


@remembered
async def tell_me(here: Turn) -> None:
    await here.show(await wishes.make(here.services, here.reader, here.arguments[0], here.now))


@remembered
async def my_plans(here: Turn) -> None:
    assert here.person is not None
    await here.show(await plans.plans(here.services, here.person, here.now))


@remembered
async def calendar(here: Turn) -> None:
    only = here.occurrence if here.arguments else None
    await here.say(await plans.calendar(here.services, here.reader, here.now, only))


@remembered
async def calendar_link(here: Turn) -> None:
    await here.show(await calendar_links.show(here.services, here.reader))


@remembered
async def new_calendar_link(here: Turn) -> None:
    await here.show(await calendar_links.make(here.services, here.reader, here.now))


@remembered
async def no_calendar_link(here: Turn) -> None:
    await here.show(await calendar_links.turn_off(here.services, here.reader))


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    for pattern, step in (
        (r"^f:", page),
        (r"^near(~|$)", near),
        (r"^c:", card),
        (r"^j:", join),
        (r"^x:", leave),
        (r"^u:", undo),
        (r"^o:", answer_offer),
        (r"^a:", answer_reminder),
        (r"^g:", answer_follow_up),
        (r"^w:", way),
        (r"^vp:", picture),
        (r"^vv:", recording),
        (r"^my(~|$)", my_plans),
        (r"^ics", calendar),
        (r"^wt:", tell_me),
        (r"^cl(~|$)", calendar_link),
        (r"^cln(~|$)", new_calendar_link),
        (r"^clx(~|$)", no_calendar_link),
    ):
        application.add_handler(CallbackQueryHandler(turn(step), pattern=pattern))
    application.add_handler(CommandHandler("plans", turn(my_plans)))
