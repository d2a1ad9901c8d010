"""I need an interpreter: for one's seat in an activity, for a first meeting; for a coordinator also for a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.activities import title
from bot.core.interpreting.model import OPEN, Task
from bot.core.interpreting.turns import tell_by
from bot.core.model import Reader
from bot.core.network.model import LIVE
from bot.core.query import day_code
from bot.core.say import Button, Line, Message, Moment, Rows, Text, Word, label, say
from bot.core.ways_on import FIND, MY_PLANS, PERSON
from bot.guide import Guide
from bot.interpreting.finding import begin, concerned
from bot.interpreting.following import call_off
from bot.interpreting.occasions import DANISH, Occasion, occasion_of
from bot.interpreting.words import closed, facts
from bot.network.first_meetings import have_met
from bot.network.matches import first_name
from bot.people import consent
from bot.services import Services
from bot.signups import times
from bot.store import interpreting, network, signups
from bot.store.database import Tx

MOST = 6
"""Seats that are offered after “I need an interpreter”; nobody has many more ahead."""


async def page(services: Services, reader: Reader, what: str, now: datetime) -> Message:
    """Where it stands, or the question whether to ask."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.read() as tx:
        it = await occasion_of(tx, services, reader, what, now)
        if it is None:
            return closed()
        task = await interpreting.by_key(tx, services.community, it.key)
        if task is not None and task.state in OPEN and task.end > now:
            return await standing(tx, services.guide, task, it.back)
    return _offer(services.guide, it, what)


async def for_what(services: Services, reader: Reader, now: datetime) -> Message:
    """“I need an interpreter”: what one is signed up for in another language, and a first meeting ahead."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.read() as tx:
        rows = [*await _seats(tx, services, reader, now), *await _meetings(tx, services, reader, now)]
    if rows:
        # NOTE: After “I need an interpreter”; each button below is something the reader is signed up for.
        line = say("🗣 <b>What do you need an interpreter for?</b>")
        return Message((line,), (*((each,) for each in rows), (PERSON,)))
    return Message(
        (
            # NOTE: To somebody who needs an interpreter and is signed up for nothing that is held in another language.
            say("🗣 First sign up for an activity. Then you can ask for an interpreter there."),
            # NOTE: A person: a human being who answers.
            say("Is it about something else? A person can help."),
        ),
        ((FIND, PERSON),),
    )


async def _seats(tx: Tx, services: Services, reader: Reader, now: datetime) -> list[Button]:
    """The next time of each seat of theirs that is not held in their language."""
    guide, found = services.guide, []
    assert reader.person is not None
    for seat in await signups.of_person(tx, services.community, reader.person.id, now):
        activity = guide.activities.get(seat.activity)
        if activity is None or seat.state != "going" or reader.language in (activity.languages or (DANISH,)):
            continue
        coming = next((each for each in times(guide, seat.activity, seat.day, now) if each.start > now), None)
        if coming is not None:
            what = f"s{seat.activity}.{day_code(coming.day)}"
            # NOTE: Button: an activity one is signed up for: {title} "Madklub".
            found.append(Button(label("🗣 {title}", title=title(activity)), f"Ia:{what}"))
    return found[:MOST]


async def _meetings(tx: Tx, services: Services, reader: Reader, now: datetime) -> list[Button]:
    assert reader.person is not None
    live = await network.list_matches(tx, services.community, person=reader.person.id, states=LIVE)
    ahead = [each for each in live if each.state == "active" and not have_met(each, now)]
    # NOTE: Button: the first meeting of two, which one of them may want an interpreter for.
    return [Button(label("🤝 First meeting"), f"Ia:m{each.id}") for each in ahead]


def _offer(guide: Guide, it: Occasion, what: str) -> Message:
    # NOTE: Head: somebody may ask for an interpreter.
    lines: list[Line] = [say("🗣 <b>Do you need an interpreter?</b>")]
    language = it.task.language
    if it.ready:
        lines += facts(guide, it.task)
        # NOTE: Under “Do you need an interpreter?”.
        lines += ["", say("We ask volunteers, one after the other. It costs nothing.")]
        # NOTE: Change nothing of what it promises. “they”: the interpreter who says yes.
        lines.append(say("Who says yes sees your first name, and you see theirs. They tell nobody what is said."))
    else:
        lines.append(say("Volunteers are asked one after the other. They hear when and where, not what it is about."))
    rows: list[tuple[Button, ...]] = []
    if language != it.task.other:
        rows = list(_ways(what, language, ready=it.ready))
    # NOTE: Button: an interpreter for another language than the reader's.
    return Message(lines, (*rows, (Button(label("🌍 Other language"), f"Il:{what}"),), (it.back, PERSON)))


def _ways(what: str, language: str, *, ready: bool) -> Rows:
    """To ask at once; for a case first by phone or in person."""
    word = Word("language", language)
    if ready:
        # NOTE: Button: asks for an interpreter: {language} "Arabic".
        return ((Button(label("✅ Yes: {language}", language=word), f"Ib:{what}:{language}", style="yes"),),)
    return (
        # NOTE: Button of a coordinator: asks for an interpreter on the phone: {language} "Arabic".
        (Button(label("📞 By phone: {language}", language=word), f"Ib:{what}:{language}:p"),),
        # NOTE: Button of a coordinator: asks for an interpreter who comes: {language} "Arabic".
        (Button(label("🚪 In person: {language}", language=word), f"Ib:{what}:{language}:m"),),
    )


async def choose_language(services: Services, reader: Reader, what: str, now: datetime) -> Message:
    """Not everybody reads here what they speak best."""
    async with services.database.read() as tx:
        it = await occasion_of(tx, services, reader, what, now)
    if it is None:
        return closed()
    ids = [each for each in services.guide.topics.ids("language") if each != it.task.other]
    tiles = [Button(label("{language}", language=Word("language", each)), f"IL:{what}:{each}") for each in ids]
    rows = [tuple(tiles[at : at + 3]) for at in range(0, len(tiles), 3)]
    # NOTE: Somebody asks for an interpreter; below are languages.
    return Message((say("🌍 <b>Which language?</b>"),), (*rows, (Button(label("◀️ Back"), f"Ia:{what}"),)))


async def chosen(services: Services, reader: Reader, what: str, language: str, now: datetime) -> Message:
    """The same question, in the language that was chosen."""
    async with services.database.read() as tx:
        it = await occasion_of(tx, services, reader, what, now)
    if it is None or language == it.task.other:
        return closed()
    # NOTE: Somebody asks for an interpreter: {language} "Somali".
    line = say("🗣 <b>An interpreter for {language}?</b>", language=Word("language", language))
    back = Button(label("◀️ Back"), f"Il:{what}")
    return Message((line,), (*_ways(what, language, ready=it.ready), (back, PERSON)))


async def ask(services: Services, reader: Reader, what: str, language: str, name: str, now: datetime) -> Message:
    """The first interpreter is asked at once; twice is the same as once."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.write() as tx:
        it = await occasion_of(tx, services, reader, what, now)
        if it is None or not it.ready or language == it.task.other:
            return closed()
        task = await begin(tx, services.guide, it.key, _named(it.task, reader, language, name), it.seat_day, now)
        told = await standing(tx, services.guide, task, it.back)
    services.hurry.set()
    return told


def _named(task: Task, reader: Reader, language: str, name: str) -> Task:
    """A first name is shown for who asked for themselves; of others nothing is said."""
    own = not reader.coordinates or task.kind == "seat"
    return replace(task, language=language, name=first_name(name) if own else "")


async def standing(tx: Tx, guide: Guide, task: Task, back: Button, note: Text | None = None) -> Message:
    """How far the looking has come, for whom it matters to."""
    # NOTE: Head: how far the looking for an interpreter has come.
    lines: list[Line] = [*((note, "") if note else ()), say("🗣 <b>Interpreter</b>"), *facts(guide, task), ""]
    lines += await said(tx, guide.community.id, task)
    # NOTE: Button: no interpreter is needed any more.
    off = Button(label("✖️ Not needed"), f"Io:{task.id}", style="no")
    return Message(lines, (*write_to(task), (off,), (back, PERSON)), protect=task.state == "found")


def write_to(task: Task) -> Rows:
    """A coordinator and who comes to their conversation agree through the bot on how they meet or are called."""
    if task.kind != "case" or task.state != "found":
        return ()
    return ((Button(label("✍️ Write to them"), f"Nq:{task.interpreter}"),),)


async def said(tx: Tx, community: str, task: Task) -> list[Line]:
    """Whether somebody comes, in a line or two."""
    if task.state == "found":
        asked = await interpreting.asked_for(tx, community, task.id)
        name = next((each.name for each in asked if each.person == task.interpreter), "")
        # NOTE: {name} is the first name of an interpreter.
        return [say("✅ <b>An interpreter comes: {name}</b>", name=name or "?")]
    if task.state == "none":
        return [
            # NOTE: Nobody has said yes to interpreting.
            say("😔 We have found nobody so far. A coordinator knows."),
            # NOTE: After “We have found nobody so far.”
            say("If somebody can after all, you hear it at once."),
        ]
    if task.told:
        # NOTE: No interpreter has said yes so far, and there is not much time left.
        return [say("😔 Nobody has said yes so far. We go on asking, and a coordinator knows.")]
    # NOTE: {when} "Thursday 26/11 15:00".
    return [
        say("⏳ We ask interpreters now. You hear from us before {when}.", when=Moment(tell_by(task.made, task.start)))
    ]


async def not_needed(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Who it is for, or a coordinator, needs nobody any more."""
    async with services.database.write() as tx:
        task = await interpreting.one_task(tx, services.community, number, hold=True)
        if task is None or reader.person is None:
            return closed()
        if not reader.coordinates and reader.person.id not in await concerned(tx, services.community, task):
            return closed()
        if task.state in OPEN:
            await call_off(tx, services.guide, task, now)
    services.hurry.set()
    return Message(
        # NOTE: After somebody said that no interpreter is needed any more.
        (say("✖️ All right. No interpreter comes, and who was asked is told."),),
        ((MY_PLANS, PERSON),),
    )
