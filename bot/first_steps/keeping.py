"""What a newcomer does with the first steps: says when they came, ticks, is reminded, asks for a person, ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot import cases
from bot.cases import Sent
from bot.core.first_steps import LONG_AGO, SAID_AT, Beginning, FirstStep, day_of, months
from bot.core.model import Person, Reader
from bot.core.say import Button, Message, Moment, label, say
from bot.core.schedule import DAY, local_day, moment
from bot.first_steps import showing
from bot.first_steps.planning import drop, keep, key
from bot.guide import Guide
from bot.people import consent, main_menu
from bot.services import Services
from bot.store import first_steps, notices
from bot.store.notices import NewNotice


def find(guide: Guide, step: str) -> FirstStep | None:
    return next((each for each in guide.first_steps if each.id == step), None)


async def overview(services: Services, reader: Reader, now: datetime) -> Message:
    """The step that matters now, or the one question before it."""
    guide = services.guide
    if not guide.first_steps:
        return showing.none_written()
    if reader.person is None:
        return consent(guide)
    beginning = await _beginning(services, reader.person)
    if beginning is None:
        return showing.ask_month(guide, local_day(now))
    return showing.overview(guide, beginning, now)


def ask_month(services: Services, reader: Reader, now: datetime) -> Message:
    if reader.person is None:
        return consent(services.guide)
    return showing.ask_month(services.guide, local_day(now))


async def came(services: Services, reader: Reader, said: str, now: datetime) -> Message:
    """Keeps when they came: a month (`202611`), 0 for longer ago, 1 for not yet, 2 for this month."""
    guide, person, today = services.guide, reader.person, local_day(now)
    if person is None:
        return consent(guide)
    month = next((each for each in months(today) if f"{each:%Y%m}" == said), None)
    if month is None and said not in ("0", "1", "2"):  # a button from a year ago
        return showing.ask_month(guide, today)
    day: date | None = {"0": today - LONG_AGO, "1": None, "2": today}[said] if month is None else day_of(month, today)
    async with services.database.write() as tx:
        before = await first_steps.beginning_of(tx, services.community, person.id)
        if before is not None and before.came and day and f"{before.came:%Y%m}" == f"{day:%Y%m}":
            day = before.came  # the same month said again, or tapped twice, changes nothing
        beginning = Beginning(person.id, day, before.done if before else frozenset())
        await keep(tx, guide, beginning, now)
    # NOTE: After somebody said in which month they moved here.
    return showing.overview(guide, beginning, now, (say("👍 Thank you."),))


async def show(services: Services, reader: Reader, step: str, now: datetime) -> Message:
    found, beginning = await _both(services, reader, step)
    if found is None or beginning is None:
        return await _not_so(services, reader, found, now)
    return showing.one(services.guide, beginning, found, now)


async def tick(services: Services, reader: Reader, step: str, now: datetime, *, done: bool) -> Message:
    """It is done, or was ticked by mistake; twice is the same as once. What waits about it is taken back."""
    found = find(services.guide, step)
    if found is None or reader.person is None:
        return await _not_so(services, reader, found, now)
    async with services.database.write() as tx:
        before = await first_steps.beginning_of(tx, services.community, reader.person.id)
        if before is None:
            return showing.ask_month(services.guide, local_day(now))
        after = replace(before, done=before.done | {step} if done else before.done - {step})
        await keep(tx, services.guide, after, now)
        if done:
            await notices.drop(tx, services.community, key(step), person=reader.person.id)
    if done:
        # NOTE: After “I have done it” on a first step: {title} "The yellow card".
        return showing.overview(services.guide, after, now, (say("✅ Done: {title}", title=showing.name_of(found)),))
    return showing.one(services.guide, after, found, now)


async def ask_when(services: Services, reader: Reader, step: str, now: datetime) -> Message:
    found = find(services.guide, step)
    if found is None or reader.person is None:
        return await _not_so(services, reader, found, now)
    return showing.ask_when(found)


async def remind(services: Services, reader: Reader, step: str, days: int, now: datetime) -> Message:
    """Says it again at 10:00 after so many days; asking twice is one reminder, and the newest day counts."""
    found = find(services.guide, step)
    if found is None or reader.person is None:
        return await _not_so(services, reader, found, now)
    due = moment(local_day(now) + days * DAY, SAID_AT)
    wanted = NewNotice(
        reader.person.id, "first_step_asked", key(step, f"{local_day(due)}"), due, {"step": step}, due + 14 * DAY
    )
    async with services.database.write() as tx:
        await notices.drop(tx, services.community, key(step), person=reader.person.id, kinds=("first_step_asked",))
        await notices.add(tx, services.community, [wanted])
    return Message(
        (say("⏰ I remind you on {when}.", when=Moment(due)), say("{title}", title=showing.name_of(found))),
        ((Button(label("◀️ Back"), f"ss:{step}"), Button(label("🧭 First steps"), "s")),),
    )


async def ask_person(services: Services, reader: Reader, step: str, tapped: str, now: datetime) -> Message:
    """A person is asked, and is told which step it is about; nothing else of the newcomer."""
    found = find(services.guide, step)
    if found is None or reader.person is None:
        return await _not_so(services, reader, found, now)
    about = f"🧭 {found.texts[found.source].title}"
    return await cases.ask(services, reader, Sent(about, f"s{tapped}"), now)


async def end(services: Services, reader: Reader) -> Message:
    """No more steps: the month and the ticks are forgotten at once."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.write() as tx:
        await drop(tx, services.guide, reader.person.id, reminders=True)
        await first_steps.forget(tx, services.community, reader.person.id)
    return Message(
        # NOTE: After somebody wanted no more first steps. “it”: when they moved here, and what they ticked.
        (say("🗑 I tell you no more first steps. What you told me about it is deleted."),),
        main_menu(),
    )


async def _both(services: Services, reader: Reader, step: str) -> tuple[FirstStep | None, Beginning | None]:
    beginning = await _beginning(services, reader.person) if reader.person else None
    return find(services.guide, step), beginning


async def _beginning(services: Services, person: Person) -> Beginning | None:
    async with services.database.read() as tx:
        return await first_steps.beginning_of(tx, services.community, person.id)


async def _not_so(services: Services, reader: Reader, found: FirstStep | None, now: datetime) -> Message:
    """The step is gone, nobody is remembered, or they have not said when they came."""
    if reader.person is None:
        return consent(services.guide)
    return showing.gone() if found is None else await overview(services, reader, now)
