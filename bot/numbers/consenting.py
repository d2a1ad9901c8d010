"""Being counted in the statistics: asked about apart and once, off until somebody says yes, taken back at any time."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Reader
from bot.core.say import Button, Message, Text, label, say
from bot.people import consent, main_menu
from bot.services import Services
from bot.store import counts, opt_ins

VERSION = "2026-11-22"
"""The version of the sentences that people say yes to (`_what`)."""


def _what() -> list[Text]:
    """What one says yes to."""
    return [
        # NOTE: Statistics: what is counted. “Two who meet”: a newcomer and a volunteer.
        say("We want to know how soon people find something, and whether two who meet still do later."),
        # NOTE: Statistics: promises that the reader says yes to. Change nothing of them.
        say("We show numbers only: no names, and never fewer than five people."),
        # NOTE: Statistics. ⚙️: the settings. “Nothing else changes”: one gets the same help with a no.
        say("A no is fine: nothing else changes. You can change it under ⚙️."),
    ]


_YES_OR_NO = (
    (
        # NOTE: Button: says yes to being counted.
        Button(label("✅ Yes, count me"), "Zy", style="yes"),
        # NOTE: Button: says no to being counted.
        Button(label("❌ No, do not"), "Zn", style="no"),
    ),
)


async def overview(services: Services, reader: Reader) -> Message:
    """Where it stands, in the settings."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.read() as tx:
        found = await opt_ins.one(tx, services.community, reader.person.id, "statistics")
    back = (Button(label("◀️ Back"), "set"),)
    # NOTE: Head in the settings: whether one is counted in figures without names.
    head = say("📊 <b>Statistics</b>")
    if found is not None and found.answer == "yes":
        # NOTE: Button: takes the yes to being counted back.
        stop = Button(label("❌ Count me no more"), "Zn", style="no")
        # NOTE: In the settings.
        return Message((head, say("✅ You are counted."), *_what()), ((stop,), back))
    # NOTE: In the settings.
    return Message((head, say("You are not counted."), *_what()), (*_YES_OR_NO, back))


async def ask_once(services: Services, reader: Reader, now: datetime) -> Message | None:
    """The one question, to somebody who was never asked; else None."""
    if reader.person is None or reader.person.state != "active":
        return None
    async with services.database.write() as tx:
        if not await opt_ins.ask(tx, services.community, reader.person.id, "statistics", VERSION, now):
            return None
    # NOTE: Asked once, some days after somebody began.
    return Message((say("📊 <b>May we count you?</b>"), *_what()), _YES_OR_NO)


async def say_yes(services: Services, reader: Reader, now: datetime) -> Message:
    """From now on. A second yes keeps the day of the first."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.write() as tx:
        found = await opt_ins.one(tx, services.community, reader.person.id, "statistics")
        if found is None or found.answer != "yes":
            await opt_ins.answer(tx, services.community, reader.person.id, "statistics", "yes", now, version=VERSION)
    # NOTE: After somebody said yes to being counted. ⚙️: the settings.
    return Message((say("🙏 Thank you. You can change it under ⚙️."),), main_menu()[1:])


async def say_no(services: Services, reader: Reader, now: datetime) -> Message:
    """From now on, and what was kept for it is deleted at once."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.write() as tx:
        await opt_ins.answer(tx, services.community, reader.person.id, "statistics", "no", now, version=VERSION)
        await counts.forget_first(tx, services.community, reader.person.id)
    # NOTE: After somebody said no to being counted, or took their yes back.
    return Message((say("👍 You are not counted. What was kept for it is deleted."),), main_menu()[1:])
