"""One time of an activity is moved to any other: written in words, shown back, and only then told to everyone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from bot.activities import spot, title
from bot.coordination import manage, move_to, of_theirs, stamp
from bot.core.model import Occurrence, Reader
from bot.core.pack import LONGEST
from bot.core.query import base36
from bot.core.say import Button, Message, Moment, Span, Text, label, say
from bot.core.schedule import ZONE, local_day, moment
from bot.core.understanding import Question, understand
from bot.editing.reading import hours_in
from bot.services import Services
from bot.store import people


async def ask(services: Services, reader: Reader, number: int, day: date, note: Text | None = None) -> Message:
    """To when? The next text is the answer."""
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    assert reader.person is not None
    async with services.database.write() as tx:
        kept = {"moves": number, "day": day.isoformat()}
        await people.set_step(tx, services.community, reader.person.id, kept)
    return Message(
        (
            *((note, "") if note else ()),
            # NOTE: To a coordinator who moves one time of an activity.
            say("📅 <b>To when?</b>"),
            say("{title}, {when}", title=title(services.guide.activities[number]), when=Span(found.start, found.end)),
            say("Write the day, the time or both, such as: Friday 18-20."),
        ),
        ((Button(label("◀️ Back"), f"k:{spot(number, day)}"),),),
    )


async def typed(services: Services, reader: Reader, step: Mapping[str, object], text: str, now: datetime) -> Message:
    """What was written is shown as a time; a tap moves it there. Nothing has changed before."""
    number, day = int(str(step["moves"])), date.fromisoformat(str(step["day"]))
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    frame = understand(Question(text, reader.language, now), services.words, services.towns)
    hours = hours_in(services, reader, without_date(text), now) if any(each.isdigit() for each in text) else ()
    if not hours and frame.time:
        hours = ((time.fromisoformat(frame.time), None),)
    if frame.start is None and not hours:
        return await ask(services, reader, number, day, say("⚠️ I do not know that time. Write it such as: 17.30-20."))
    to = frame.start or local_day(found.start)
    spans = [_span(found, to, *each) for each in hours] or [_span(found, to, found.start.astimezone(ZONE).time(), None)]
    good = [each for each in spans if each[0] > now and each[1] - each[0] <= LONGEST]
    if not good:
        # NOTE: To a coordinator: {when} "Thursday 26/11 17:30".
        return await ask(services, reader, number, day, say("⚠️ {when} is over.", when=Moment(spans[0][0])))
    if any(not exists(to, each[0]) for each in hours):
        wrong = say("⚠️ That hour does not exist: the clock is put forward that night. Choose another.")
        return await ask(services, reader, number, day, wrong)
    return _confirm(services, found, good)


def without_date(text: str) -> str:
    """Without what looks like a date (27/11, 3.12.): what is left are clock times."""
    words = [word for word in text.split() if "/" not in word and not (word.endswith(".") and word[:-1].isdigit())]
    return " ".join(words)


def exists(day: date, clock: time) -> bool:
    """Whether the clock shows this time on that day: an hour of the spring night is left out."""
    return moment(day, clock).astimezone(ZONE).time() == clock


def _span(found: Occurrence, day: date, start: time, end: time | None) -> tuple[datetime, datetime]:
    """From and to; without an end it lasts as long as before."""
    begins = moment(day, start)
    if end is None:
        return begins, begins + (found.end - found.start)
    return begins, moment(day + timedelta(days=1) if end <= start else day, end)


def _confirm(services: Services, found: Occurrence, spans: list[tuple[datetime, datetime]]) -> Message:
    where, seen = spot(found.activity, found.day), stamp(found)
    rows = [
        (
            Button(
                # NOTE: Button, moves a time of an activity: {when} "Friday 27/11 18:00–20:00".
                label("✅ {when}", when=Span(start, end)),
                f"eM:{where}:{base36(int(start.timestamp()))}:{base36(int(end.timestamp()))}:{seen}",
                style="yes",
            ),
        )
        for start, end in spans
    ]
    return Message(
        (
            # NOTE: To a coordinator, before one time of an activity is moved.
            say("📅 <b>Move it for everyone?</b>"),
            say(
                "{title}, {when}",
                title=title(services.guide.activities[found.activity]),
                when=Span(found.start, found.end),
            ),
            say("Everyone who signed up is told at once."),
        ),
        (*rows, (Button(label("◀️ No, go back"), f"k:{where}"),)),
    )


async def move(
    services: Services,
    reader: Reader,
    number: int,
    day: date,
    start: datetime,
    end: datetime,
    seen: str,
    now: datetime,
) -> Message:
    """Moves one time to another that was seen before; from an old bubble nothing is moved twice."""
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    if found.state == "cancelled" or stamp(found) != seen or start <= now or not start < end <= start + LONGEST:
        return await manage(services, reader, number, day)
    assert reader.person is not None
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, None)
    await move_to(services, found, start, end, now)
    return await manage(services, reader, number, day, [say("📨 Everyone who signed up is told.")])
