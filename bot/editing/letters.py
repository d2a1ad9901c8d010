"""A message to those who signed up: written once, in as many languages as one has, each gets theirs or is told so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.activities import spot, title
from bot.coordination import of_theirs
from bot.core.model import Occurrence, Reader
from bot.core.query import code
from bot.core.quiet import is_urgent
from bot.core.rights import may_edit, may_lead
from bot.core.say import Button, Message, Span, Text, Word, label, say, say_many
from bot.editing.reading import language_of
from bot.i18n import clean
from bot.services import Services
from bot.store import notices, people, signups
from bot.store.database import Tx
from bot.store.notices import NewNotice

LONGEST = 1000
HELD = ("going", "waiting", "offered")


def _found(services: Services, reader: Reader, number: int, day: date) -> Occurrence | Message:
    """The time, for who may change it and for who leads the group."""
    activity = services.guide.activities.get(number)
    found = services.guide.occurrence(number, day)
    if activity is not None and found is not None and may_lead(reader.person, activity):
        return found
    return of_theirs(services, reader, number, day)


def _home(services: Services, reader: Reader, number: int, day: date) -> str:
    """Where the writer came from: the page of the time, or of the group that a trainer leads."""
    activity = services.guide.activities[number]
    return f"k:{spot(number, day)}" if may_edit(reader.person, activity.organisation) else f"PD:{number}"


async def ask(
    services: Services, reader: Reader, number: int, day: date, language: str = "", note: Text | None = None
) -> Message:
    """The next text is the message, or its version in one more language."""
    found = _found(services, reader, number, day)
    if isinstance(found, Message):
        return found
    assert reader.person is not None
    kept = _kept(reader, number, day)
    async with services.database.write() as tx:
        step = {"letter": number, "day": day.isoformat(), "texts": kept, "language": language}
        await people.set_step(tx, services.community, reader.person.id, step)
    activity = services.guide.activities[number]
    # NOTE: To a coordinator who writes to those who signed up: {language} "Arabic".
    head = say("✉️ <b>Write it in {language}</b>", language=Word("language", language)) if language else say(
        "✉️ <b>What shall they know?</b>"
    )  # fmt: skip
    return Message(
        (
            *((note, "") if note else ()),
            head,
            say("{title}, {when}", title=title(activity), when=Span(found.start, found.end)),
            # NOTE: To a coordinator who writes to those who signed up.
            say("Write it here. Nothing is sent before you say so."),
        ),
        ((Button(label("◀️ Back"), _home(services, reader, number, day)),),),
    )


def _kept(reader: Reader, number: int, day: date) -> dict[str, str]:
    """What was written so far for this very time."""
    step: Mapping[str, Any] = (reader.person.step or {}) if reader.person else {}
    if step.get("letter") != number or step.get("day") != day.isoformat():
        return {}
    return dict(step["texts"])


async def typed(services: Services, reader: Reader, step: Mapping[str, object], text: str, now: datetime) -> Message:
    """The text is kept as a version, and the plan shows who gets which."""
    number, day = int(str(step["letter"])), date.fromisoformat(str(step["day"]))
    found = _found(services, reader, number, day)
    if isinstance(found, Message):
        return found
    said = clean(text).strip()
    if len(said) > LONGEST:
        wrong = say("⚠️ That is {length} characters. At most {most} fit.", length=len(said), most=LONGEST)
        return await ask(services, reader, number, day, str(step.get("language", "")), wrong)
    language = str(step.get("language") or language_of(said, reader.language))
    texts = {**_kept(reader, number, day), language: said}
    assert reader.person is not None
    async with services.database.write() as tx:
        kept = {"letter": number, "day": day.isoformat(), "texts": texts}
        await people.set_step(tx, services.community, reader.person.id, kept)
        plan = await _plan(tx, services, found)
    return _show(services, found, texts, plan, _home(services, reader, number, day))


async def _plan(tx: Tx, services: Services, found: Occurrence) -> Counter[str]:
    """How many of those who are signed up read each language."""
    seats = await signups.of_occurrence(tx, services.community, found.activity, services.guide.seat_day(found))
    those = await people.by_ids(tx, services.community, [each.person for each in seats if each.state in HELD])
    return Counter(each.language for each in those.values() if each.state == "active")


def version_for(texts: Mapping[str, str], language: str) -> str:
    """The language of the version that a reader gets: their own, else English, else the one written first."""
    return next(each for each in (language, "en", next(iter(texts))) if each in texts)


def _show(services: Services, found: Occurrence, texts: Mapping[str, str], plan: Counter[str], home: str) -> Message:
    where = spot(found.activity, found.day)
    # NOTE: Head of a message to those who signed up, before it is sent.
    lines: list[Text | str] = [say("✉️ <b>This goes to those who signed up:</b>")]
    for text in texts.values():
        lines += ["", say("“{text}”", text=text)]
    lines.append("")
    for language, many in plan.most_common():
        gets = version_for(texts, language)
        if gets == language:
            # NOTE: Who gets which version: {language} "Arabic".
            lines.append(
                say_many("✅ {n} reads {language}", "✅ {n} read {language}", many, language=Word("language", language))
            )
        else:
            lines.append(
                # NOTE: Who gets which version: {language} "Arabic" is missing, {other} "Danish" is sent.
                say_many(
                    "⚠️ {n} reads {language} and gets {other}",
                    "⚠️ {n} read {language} and get {other}",
                    many,
                    language=Word("language", language),
                    other=Word("language", gets),
                )
            )
    if not plan:
        # NOTE: To a coordinator who writes to those who signed up.
        lines.append(say("Nobody is signed up, so nobody would get it."))
    missing = [each for each in plan if each not in texts]
    rows = [(Button(label("✍️ {language}", language=Word("language", each)), f"eh:{where}:{each}"),) for each in missing]
    # NOTE: Button, sends a message to all who signed up.
    send = ((Button(label("📨 Send"), f"eH:{where}", style="yes"),),) if plan else ()
    return Message(lines, (*rows, *send, (Button(label("◀️ Back"), home),)))


async def send(services: Services, reader: Reader, number: int, day: date, now: datetime) -> Message:
    """Queues it for everyone with a seat or in line. They asked for it by signing up, so no cap holds it back."""
    found = _found(services, reader, number, day)
    if isinstance(found, Message):
        return found
    texts = _kept(reader, number, day)
    if not texts:
        # NOTE: To a coordinator who tapped an old button.
        return await ask(services, reader, number, day, note=say("This was sent, or is not there any more."))
    assert reader.person is not None
    content = {
        "activity": number,
        "day": services.guide.seat_day(found).isoformat(),
        "on": day.isoformat(),
        "texts": texts,
    }
    key = f"letter/{number}/{day}/{code(str(texts), 6)}"
    urgent = is_urgent(now, found.start)
    async with services.database.write() as tx:
        seats = await signups.of_occurrence(tx, services.community, number, services.guide.seat_day(found))
        those = [each.person for each in seats if each.state in HELD]
        wanted = [NewNotice(each, "letter", key, now, content, found.end, urgent=urgent) for each in those]
        await notices.add(tx, services.community, wanted)
        await people.set_step(tx, services.community, reader.person.id, None)
    services.hurry.set()
    return Message(
        # NOTE: To a coordinator, after a message to those who signed up.
        (say_many("📨 Sent to {n} person.", "📨 Sent to {n} people.", len(those)),),
        ((Button(label("◀️ Back"), _home(services, reader, number, day)),),),
    )
