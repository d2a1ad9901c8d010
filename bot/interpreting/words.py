"""How a task and an interpreter are said: languages, when, where, what it is for; never what a case is about."""

from __future__ import annotations

from collections.abc import Mapping

from bot.activities import title
from bot.core.interpreting.model import Interpreter, Mode, Task
from bot.core.say import Button, Line, Message, Span, Text, Word, label, say
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.network.words import free, languages

# NOTE: “by phone and in person”: How somebody interprets. The others are said in its place.
MODE_WORDS: Mapping[Mode, Text] = {
    "both": say("by phone and in person"),
    "meet": say("only in person"),
    "phone": say("only by phone"),
}


def facts(guide: Guide, task: Task) -> list[Line]:
    """All that an interpreter is told of a task: what kind, languages, time and place."""
    lines: list[Line] = [what(guide, task)]
    # NOTE: What is interpreted: {language} "Arabic", {other} "Danish".
    lines.append(
        say("🗣 {language} ↔ {other}", language=Word("language", task.language), other=Word("language", task.other))
    )
    lines.append(say("📅 {when}", when=Span(task.start, task.end)))
    # NOTE: “📞 By phone”: where somebody interprets. “🚪 {where}”: a place and its street, as the organiser wrote it.
    lines.append(say("📞 By phone") if task.by_phone else say("🚪 {where}", where=task.where))
    return lines


def what(guide: Guide, task: Task) -> Text:
    """What it is for, in a word or two."""
    activity = guide.activities.get(task.activity or 0)
    if activity is not None:
        return say("<b>{title}</b>", title=title(activity))
    if task.kind == "first":
        # NOTE: What an interpreter is needed for: two of Let's Network meet for the first time.
        return say("🤝 A first meeting of two people")
    # NOTE: What an interpreter is needed for.
    return say("💬 A conversation with a coordinator")


def about(each: Interpreter) -> list[Line]:
    """What an interpreter has said of themselves."""
    lines: list[Line] = [
        say("🗣 {languages}", languages=languages(each.languages)),
        say("🗓 {free}", free=free(each.free)),
    ]
    if each.mode == "phone":
        lines.append(say("📞 {how}", how=MODE_WORDS[each.mode]))
    else:
        # NOTE: Of an interpreter: {km} "20" they would go, {how} "by phone and in person".
        lines.append(say("📏 Up to {km} km, {how}", km=each.km, how=MODE_WORDS[each.mode]))
    return lines


def closed() -> Message:
    """An old button, somebody else's, and one that never was are answered alike."""
    return Message((say("This is not open any more."),), ((mine(), PERSON),))


def mine() -> Button:
    # NOTE: Button: opens what a volunteer has said about interpreting, and what they have said yes to.
    return Button(label("🗣 I interpret"), "Iv")


def in_calendar(number: int) -> Button:
    """Sends a file for the phone's calendar; for who does not come any more, one that takes it out."""
    return Button(label("📅 Calendar"), f"Ic:{number}")
