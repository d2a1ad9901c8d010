"""An interpreter for a coordinator's conversation: when and where are written, shown back, and only then asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases import not_yours
from bot.core.interpreting.model import Task
from bot.core.model import Reader
from bot.core.pack import LONGEST
from bot.core.say import Button, Message, Moment, Text, label, say
from bot.core.schedule import DAY, moment
from bot.core.understanding import Question, understand
from bot.editing.moving import exists, without_date
from bot.editing.reading import hours_in, readable
from bot.i18n import clean
from bot.interpreting.asking import standing
from bot.interpreting.finding import begin
from bot.interpreting.occasions import Occasion, occasion_of
from bot.interpreting.words import closed, facts
from bot.services import Services
from bot.store import people
from bot.store.database import Tx

USUAL = timedelta(hours=1)
PLACE_LONGEST = 100
Step = Mapping[str, object]
Span = tuple[datetime, datetime]


async def begin_form(services: Services, reader: Reader, what: str, language: str, *, phone: bool) -> Message:
    """By phone or in person is said; the next text is the time."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    await _listen(services, reader, {"interpret": what, "language": language, "phone": phone})
    return _ask_when(what)


async def _listen(services: Services, reader: Reader, step: Step | None) -> None:
    assert reader.person is not None
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, step)


def _ask_when(what: str, note: Text | None = None) -> Message:
    return Message(
        (
            *((note, "") if note else ()),
            # NOTE: To a coordinator who needs an interpreter for a conversation.
            say("🗣 <b>When do you need the interpreter?</b>"),
            say("Write day and time, such as: Friday 14-15."),
        ),
        ((Button(label("◀️ Back"), f"Ia:{what}"),),),
    )


def _ask_where(what: str, note: Text | None = None) -> Message:
    return Message(
        (
            *((note, "") if note else ()),
            # NOTE: To a coordinator who needs an interpreter for a conversation.
            say("🚪 <b>Where shall the interpreter come?</b>"),
            say("Write the place and the street. The interpreter reads it."),
        ),
        ((Button(label("◀️ Back"), f"Ia:{what}"),),),
    )


async def typed(services: Services, reader: Reader, step: Step, text: str, now: datetime) -> Message:
    """The time, then the place where it is not by phone: what does not fit is asked again, and nothing is lost."""
    what = str(step["interpret"])
    if not reader.coordinates:
        return not_yours()
    if "start" not in step:
        span = _span(services, reader, text, now)
        if isinstance(span, Text):
            return _ask_when(what, span)
        kept = {**step, "start": span[0].isoformat(), "end": span[1].isoformat()}
        await _listen(services, reader, kept)
        return await _confirm(services, reader, kept, now) if step["phone"] else _ask_where(what)
    said = " ".join(clean(text).split())
    wrong = readable(said, PLACE_LONGEST)
    if wrong is not None or not said:
        return _ask_where(what, wrong)
    kept = {**step, "where": said}
    await _listen(services, reader, kept)
    return await _confirm(services, reader, kept, now)


def _span(services: Services, reader: Reader, text: str, now: datetime) -> Span | Text:
    """From and to, an hour where no end is said; or why it cannot be."""
    frame = understand(Question(text, reader.language, now), services.words, services.towns)
    hours = hours_in(services, reader, without_date(text), now)
    if frame.start is None or len(hours) != 1:
        return say("⚠️ I do not know that time. Write day and time, such as: Friday 14-15.")
    start, end = hours[0]
    if not exists(frame.start, start):
        return say("⚠️ That hour does not exist: the clock is put forward that night. Choose another.")
    begins = moment(frame.start, start)
    ends = begins + USUAL if end is None else moment(frame.start if end > start else frame.start + DAY, end)
    if begins <= now:
        # NOTE: To a coordinator: {when} "Thursday 26/11 17:30".
        return say("⚠️ {when} is over.", when=Moment(begins))
    if ends - begins > LONGEST:
        return say("⚠️ I do not know that time. Write day and time, such as: Friday 14-15.")
    return begins, ends


async def _confirm(services: Services, reader: Reader, step: Step, now: datetime) -> Message:
    what = str(step["interpret"])
    async with services.database.read() as tx:
        found = await _task(tx, services, reader, step, now)
    if found is None:
        return closed()
    return Message(
        # NOTE: To a coordinator, before interpreters are asked.
        (say("🗣 <b>Shall I ask for this?</b>"), *facts(services.guide, found[1])),
        (
            # NOTE: Button of a coordinator: interpreters are asked now.
            (Button(label("✅ Ask now"), f"IK:{what}", style="yes"), Button(label("◀️ Back"), f"Ia:{what}")),
        ),
    )


async def _task(tx: Tx, services: Services, reader: Reader, step: Step, now: datetime) -> tuple[Occasion, Task] | None:
    it = await occasion_of(tx, services, reader, str(step["interpret"]), now)
    if it is None or "start" not in step or not (step["phone"] or "where" in step):
        return None
    task = replace(
        it.task,
        language=str(step["language"]),
        start=datetime.fromisoformat(str(step["start"])),
        end=datetime.fromisoformat(str(step["end"])),
        where="" if step["phone"] else str(step["where"]),
    )
    return it, task


async def send(services: Services, reader: Reader, what: str, now: datetime) -> Message:
    """Asks, once; who taps again sees how far it has come."""
    step = reader.person.step if reader.person else None
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        if not step or step.get("interpret") != what:
            return closed()
        found = await _task(tx, services, reader, step, now)
        if found is None or found[1].start <= now:
            return closed()
        it, wanted = found
        task = await begin(tx, services.guide, it.key, wanted, None, now)
        await people.set_step(tx, services.community, reader.person.id, None)
        told = await standing(tx, services.guide, task, it.back)
    services.hurry.set()
    return told


def awaits(reader: Reader) -> Step | None:
    """What the reader's next text is for, where it is about an interpreter."""
    step = reader.person.step if reader.person else None
    return step if step and "interpret" in step and "language" in step else None
