"""Reminders people ask for themselves, from a card or in free text, and the days and hours they choose from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from bot.activities import spot, title
from bot.core.model import Person, Reader
from bot.core.query import day_code
from bot.core.reminders import DAY_BEFORE_AT
from bot.core.say import Button, Day, Message, Moment, Span, label, say
from bot.core.schedule import DAY, local_day, moment
from bot.core.understanding import Frame
from bot.core.ways_on import MY_PLANS
from bot.guide import Guide
from bot.people import main_menu
from bot.services import Services
from bot.signups import gone
from bot.store import notices, people
from bot.store.database import Tx
from bot.store.notices import NewNotice

LONGEST = 500
"""Characters of a person's own text that are kept for a reminder."""

HOURS = ("09:00", "12:00", "17:00")


def choices(services: Services, number: int, day: date, now: datetime) -> Message:
    """When to be reminded of an activity: the moments that are still ahead."""
    found = services.guide.occurrence(number, day)
    if found is None:
        return gone()
    where = spot(number, day)
    rows = []
    if _at(services.guide, number, day, "d", now):
        # NOTE: Button, reminds at 17:00 of the day before the activity.
        rows.append((Button(label("⏰ The day before, 17:00"), f"ra:{where}:d"),))
    if _at(services.guide, number, day, "h", now):
        # NOTE: Button, reminds two hours before the activity.
        rows.append((Button(label("⏰ Two hours before"), f"ra:{where}:h"),))
    return Message(
        (
            # NOTE: Above the choices for a reminder.
            say("⏰ <b>When shall I remind you?</b>"),
            say("{title}, {when}", title=title(services.guide.activities[number]), when=Span(found.start, found.end)),
        ),
        (*rows, (Button(label("◀️ Back"), f"c:{where}"),)),
    )


def _at(guide: Guide, number: int, day: date, which: str, now: datetime) -> datetime | None:
    found = guide.occurrence(number, day)
    if found is None or found.state == "cancelled":
        return None
    at = moment(local_day(found.start) - DAY, DAY_BEFORE_AT) if which == "d" else found.start - timedelta(hours=2)
    return at if at > now else None


async def of_activity(services: Services, person: Person, number: int, day: date, which: str, now: datetime) -> Message:
    """Queues the reminder that was chosen on a card. Choosing it twice queues one."""
    at = _at(services.guide, number, day, which, now)
    if at is None:
        return choices(services, number, day, now)
    found = services.guide.occurrence(number, day)
    assert found is not None
    content = {"activity": number, "day": day.isoformat(), "on": day.isoformat()}
    wanted = NewNotice(person.id, "asked", _key(number, day, which), at, content, found.start, urgent=True)
    async with services.database.write() as tx:
        await notices.add(tx, services.community, [wanted])
    return Message(
        # NOTE: A reminder was set: {when} "Thursday 26/11 17:00".
        (say("⏰ I remind you on {when}.", when=Moment(at)),),
        ((Button(label("◀️ Back"), f"c:{spot(number, day)}"), MY_PLANS),),
    )


def _key(number: int, day: date, which: str) -> str:
    return f"{number}/{day}/{which}"


async def move_asked(tx: Tx, guide: Guide, number: int, day: date, now: datetime) -> None:
    """The occurrence was moved: what people asked for on its card moves with it."""
    found = guide.occurrence(number, day)
    for which in ("d", "h"):
        at = _at(guide, number, day, which, now)
        if at and found:
            await notices.move(tx, guide.community.id, "asked", _key(number, day, which), at, found.start)


async def begin(services: Services, reader: Reader, text: str, frame: Frame, now: datetime) -> Message:
    """A reminder in the person's own words: what is missing is asked with buttons, all is confirmed."""
    assert reader.person is not None
    step: dict[str, object] = {"remind": text[:LONGEST]}
    if frame.start:
        step["day"] = frame.start.isoformat()
    if frame.ask and frame.ask.about == "tigrinya_hour":
        step["hours"] = list(frame.ask.candidates)
    elif frame.time:
        step["at"] = frame.time
    step = _with_day(step, now)
    await _keep(services, reader.person, step)
    return _next_question(step, now)


def _with_day(step: dict[str, object], now: datetime) -> dict[str, object]:
    """An hour without a day is the next that comes."""
    if "day" in step or "at" not in step:
        return step
    today = local_day(now)
    ahead = moment(today, time.fromisoformat(str(step["at"]))) > now
    return {**step, "day": (today if ahead else today + DAY).isoformat()}


async def choose_day(services: Services, reader: Reader, day: date, now: datetime) -> Message:
    return await _choose(services, reader, {"day": day.isoformat()}, now)


async def choose_hour(services: Services, reader: Reader, at: time, now: datetime) -> Message:
    return await _choose(services, reader, {"at": at.isoformat("minutes")}, now)


async def _choose(services: Services, reader: Reader, chosen: dict[str, object], now: datetime) -> Message:
    step = _step(reader)
    if step is None:
        return _over()
    assert reader.person is not None
    step = _with_day({**step, **chosen}, now)
    await _keep(services, reader.person, step)
    return _next_question(step, now)


async def confirm(services: Services, reader: Reader, now: datetime) -> Message:
    """Queues the reminder that was shown. It comes at the very minute, quiet hours or not: they asked for it."""
    step = _step(reader)
    due = _due(step) if step else None
    if step is None or due is None:
        return _confirmed(reader, now) or _over()
    assert reader.person is not None
    if due <= now:
        return _next_question({"remind": step["remind"]}, now)
    text = str(step["remind"])
    key = f"own/{due:%Y-%m-%dT%H:%M}/{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    wanted = NewNotice(reader.person.id, "own", key, due, {"text": text}, due + timedelta(days=1), urgent=True)
    async with services.database.write() as tx:
        await notices.add(tx, services.community, [wanted])
        await people.set_step(tx, services.community, reader.person.id, {"reminded": due.isoformat()})
    services.hurry.set()
    return _promise(due)


def _promise(due: datetime) -> Message:
    return Message((say("⏰ I remind you on {when}.", when=Moment(due)),), main_menu())


def _confirmed(reader: Reader, now: datetime) -> Message | None:
    """The second tap on the same button says what the first one did."""
    step = reader.person.step if reader.person else None
    due = datetime.fromisoformat(str(step["reminded"])) if step and "reminded" in step else None
    return _promise(due) if due and due > now else None


async def forget(services: Services, reader: Reader) -> Message:
    if reader.person is None:
        return _over()
    await _keep(services, reader.person, None)
    # NOTE: After a reminder was given up.
    return Message((say("All right, no reminder."),), main_menu())


def _next_question(step: dict[str, object], now: datetime) -> Message:
    due = _due(step)
    hours = step.get("hours")
    if isinstance(hours, list) and "at" not in step:
        # NOTE: Above two buttons such as 09:00 and 15:00: “3 o'clock” may mean either in Tigrinya.
        return Message((say("🕐 <b>Which hour do you mean?</b>"),), (_hours(hours), _never()))
    if "day" not in step:
        days = [local_day(now) + DAY * ahead for ahead in range(6)]
        # NOTE: Button, a day for a reminder: {day} "Thursday 26/11".
        buttons = [Button(label("{day}", day=Day(day)), f"rd:{day_code(day)}") for day in days]
        rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
        # NOTE: Above six days to choose from.
        return Message((say("⏰ <b>Which day shall I remind you?</b>"),), (*rows, _never()))
    if due is None:
        return Message(
            (
                # NOTE: Above hours to choose from.
                say("⏰ <b>At what time shall I remind you?</b>"),
                # NOTE: The day that was chosen for a reminder: {day} "Thursday 26/11".
                say("📅 {day}", day=Day(date.fromisoformat(str(step["day"])))),
            ),
            (_hours(HOURS), _never()),
        )
    if due <= now:
        return _next_question({"remind": step["remind"]}, now)
    return Message(
        (
            # NOTE: Before a reminder is set: {when} "Thursday 26/11 09:00".
            say("⏰ <b>Shall I remind you on {when}?</b>", when=Moment(due)),
            # NOTE: What the reader asked to be reminded of, in their own words.
            say("“{text}”", text=str(step["remind"])),
        ),
        # NOTE: Button, sets the reminder.
        ((Button(label("✅ Yes"), "ry", style="yes"), *_never()),),
    )


def _hours(hours: Iterable[str]) -> tuple[Button, ...]:
    # NOTE: Button, an hour for a reminder: {hour} "09:00".
    return tuple(Button(label("{hour}", hour=each), f"rt:{each.replace(':', '')}") for each in hours)


def _never() -> tuple[Button, ...]:
    # NOTE: Button, no reminder.
    return (Button(label("❌ No"), "rn", style="no"),)


def _due(step: dict[str, object]) -> datetime | None:
    if "day" not in step or "at" not in step:
        return None
    return moment(date.fromisoformat(str(step["day"])), time.fromisoformat(str(step["at"])))


def _step(reader: Reader) -> dict[str, object] | None:
    step = reader.person.step if reader.person else None
    return dict(step) if step and "remind" in step else None


def _over() -> Message:
    # NOTE: After a tap on an old button for a reminder.
    return Message((say("This was a while ago. Write again what to remind you of."),), main_menu())


async def _keep(services: Services, person: Person, step: dict[str, object] | None) -> None:
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, person.id, step)
