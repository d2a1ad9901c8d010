"""I interpret: languages, when, how far, by phone or in person; one's own page; a rest; the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.interpreting.model import MODES, Interpreter
from bot.core.model import Reader
from bot.core.network.drafts import KM, Interpret
from bot.core.say import Button, Day, Line, Message, Span, Text, label, say
from bot.core.schedule import local_day
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.interpreting.answering import step_back
from bot.interpreting.finding import look_again
from bot.interpreting.words import MODE_WORDS, about
from bot.network import forms
from bot.network.matches import tell_coordinators
from bot.network.rules import network_rules
from bot.people import ask_town
from bot.services import Services
from bot.store import interpreters, interpreting


def choose_languages(guide: Guide, reader: Reader, draft: Interpret | None = None) -> Message:
    """The first page: between which languages."""
    if reader.place not in guide.places:
        return ask_town(guide)
    draft = draft or Interpret(tuple(dict.fromkeys((reader.language, "da"))))
    return forms.choose_languages(guide, draft, "Iv")


def choose_how(guide: Guide, reader: Reader, draft: Interpret) -> Message:
    """How far, by phone or in person, and what one says yes to by sending it."""
    if len(draft.languages) < 2 or not draft.free:
        return choose_languages(guide, reader, draft)
    km = [
        Button(
            label("{mark} {km} km", mark="✅" if each == draft.km else "▫️", km=each),
            f"IvK:{replace(draft, km=each).encode()}",
        )
        for each in KM
    ]
    modes = [
        (
            # NOTE: Button: {mark} ✅ or ▫️, {how} "by phone and in person".
            Button(
                label("{mark} {how}", mark="✅" if each == draft.mode else "▫️", how=MODE_WORDS[each]),
                f"IvK:{replace(draft, mode=each).encode()}",
            ),
        )
        for each in MODES
    ]
    return Message(
        (
            # NOTE: Head of a page of the interpreter's form; the buttons are kilometres, and by phone or in person.
            say("📏 <b>How far, and how?</b>"),
            # NOTE: What an interpreter says yes to. Change nothing of what it promises.
            say("When you say yes to a task, who needs you sees your first name."),
            # NOTE: What an interpreter says yes to. Change nothing of what it promises.
            say("You tell nobody what was said. You may always say no."),
        ),
        (
            tuple(km[:2]),
            tuple(km[2:]),
            *modes,
            # NOTE: Button: sends what a volunteer has said about interpreting.
            (Button(label("✅ I agree, send"), f"IvX:{draft.encode()}", style="yes"),),
        ),
    )


async def send(services: Services, reader: Reader, draft: Interpret, now: datetime) -> Message:
    """Keeps it; a coordinator speaks with who is new. Sent twice it is one."""
    if reader.person is None or reader.place not in services.guide.places:
        return choose_languages(services.guide, reader)
    if len(draft.languages) < 2 or not draft.free:
        return choose_languages(services.guide, reader, draft)
    person, community = reader.person.id, services.community
    details = {
        "languages": list(draft.languages),
        "free": draft.free,
        "km": draft.km,
        "mode": draft.mode,
        "place": reader.place,
    }
    async with services.database.write() as tx:
        await interpreters.keep(tx, community, person, details, now)
        kept = await interpreters.one(tx, community, person, services.guide.point, local_day(now))
        if kept is not None and kept.state == "new":
            key = f"interpreter{person}/new/{local_day(now)}"
            await tell_coordinators(tx, community, "int_new", key, {"interpreter": person}, now)
        await look_again(tx, services.guide, now)
    services.hurry.set()
    return await mine(services, reader, now)


async def mine(services: Services, reader: Reader, now: datetime) -> Message:
    """What one has said, where it stands, and what one has said yes to; the form for who has said nothing."""
    if reader.person is None:
        return choose_languages(services.guide, reader)
    person = reader.person.id
    async with services.database.read() as tx:
        found = await interpreters.one(tx, services.community, person, services.guide.point, local_day(now))
        tasks = await interpreting.of_interpreter(tx, services.community, person, now)
    if found is None:
        return choose_languages(services.guide, reader)
    # NOTE: Head of what a volunteer has said about interpreting.
    lines: list[Line] = [say("🗣 <b>I interpret</b>"), *about(found), "", _state(found, now)]
    rows = [
        # NOTE: Button: something the reader interprets: {when} "Thursday 26/11 17:30–20:00".
        (Button(label("📅 {when}", when=Span(each.start, each.end)), f"Iz:{each.id}"),)
        for each in tasks
    ]
    draft = Interpret(found.languages, found.free, found.km if found.km in KM else KM[2], found.mode)
    return Message(lines, (*rows, *_buttons(found, draft, now)))


def _state(found: Interpreter, now: datetime) -> Text:
    if found.state == "new":
        return say("⏳ A coordinator will talk with you first. You get a message here.")
    if found.state == "declined":
        return say("We cannot use your help right now. A person is glad to explain.")
    if found.rests is not None and found.rests > local_day(now):
        # NOTE: To an interpreter who rests: {day} "Wednesday 23/12".
        return say("⏸ We do not ask you before {day}.", day=Day(found.rests))
    # NOTE: To an interpreter.
    return say("✅ You are approved. We ask you when somebody needs you.")


def _buttons(found: Interpreter, draft: Interpret, now: datetime) -> tuple[tuple[Button, ...], ...]:
    resting = found.rests is not None and found.rests > local_day(now)
    # NOTE: Button: an interpreter wants not to be asked for a month.
    rest = Button(label("▶️ Ask me again"), "Ivn") if resting else Button(label("⏸ Not this month"), "Ivp")
    return (
        (Button(label("✏️ Change"), f"IvL:{draft.encode()}"), rest),
        # NOTE: Button: a volunteer interprets no more.
        (Button(label("✖️ Stop interpreting"), "Ivx", style="no"), PERSON),
    )


async def rest(services: Services, reader: Reader, now: datetime, *, month: bool) -> Message:
    """Nobody asks them for a month; or from now on again."""
    if reader.person is not None:
        until = local_day(now) + network_rules().waits["month"] if month else None
        async with services.database.write() as tx:
            await interpreters.set_values(tx, services.community, reader.person.id, now, rests=until)
            if not month:
                await look_again(tx, services.guide, now)
        services.hurry.set()
    return await mine(services, reader, now)


async def stop(services: Services, reader: Reader, now: datetime) -> Message:
    """Without a reason; what they had said yes to is looked for anew by the clock, and who counts on it is told."""
    if reader.person is not None:
        async with services.database.write() as tx:
            await interpreters.remove(tx, services.community, reader.person.id)
            await step_back(tx, services.guide, reader.person.id, now)
        services.hurry.set()
    return Message(
        (say("💛 All right. Thank you for what you have given."),),
        # NOTE: Button: for who has stopped interpreting.
        ((Button(label("🔁 Interpret again"), "Iv"), PERSON),),
    )
