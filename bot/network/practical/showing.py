"""How the practical list is shown: each thing in both languages, a number to tick it by, and a warm word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.network.practical import MOST_OWN, Reached, Thing, done_of
from bot.core.say import Button, Content, Line, Message, Rows, Text, Word, label, say
from bot.core.ways_on import PERSON
from bot.network.first_meetings import name_of
from bot.network.practical.pair import Pair
from bot.network.practical.things import LONGEST

SOURCE = "da"
A_ROW = 4

# NOTE: “🎉 The first one …”: After the first thing on the list of two was ticked. “🌟 Half …”: “you”: the two. “🏆
# Everything …”: “you two” did all that stood on their list.
WARM: Mapping[Reached, Text] = {
    "first": say("🎉 The first one. A good beginning!"),
    "half": say("🌟 Half of the list is done. Well done, both of you!"),
    "all": say("🏆 Everything on the list is done. You two can be proud!"),
}


def back_to_match(match: int) -> tuple[Button, ...]:
    return Button(label("🤝 Our match"), f"nm:{match}"), PERSON


def mark(thing: Thing) -> str:
    return "✅" if thing.is_done else "▫️"


def page(pair: Pair, mine: str, notes: Sequence[Text] = ()) -> Message:
    """The list; a tap on a number ticks, a second one takes the tick away."""
    number, things = pair.match.id, pair.things
    ticks = [
        Button(
            # NOTE: Button: ticks the thing with this number: {mark} ✅ or ▫️, {n} "3".
            label("{mark} {n}", mark=mark(thing), n=at),
            f"njt:{number}:{thing.id}:{'n' if thing.is_done else 'y'}",
        )
        for at, thing in enumerate(things, 1)
    ]
    # NOTE: “➕ Add”: Button: adds something to the list of two. “✖️ Take off”: Button: takes something off that list.
    change = (Button(label("➕ Add"), f"nja:{number}"), Button(label("✖️ Take off"), f"njx:{number}"))
    return Message(
        (
            *notes,
            *([""] if notes else []),
            *_head(pair),
            # NOTE: Under the head of the list of two. The numbers are the buttons below.
            say("Tap a number when you have done it together. Only you two see this list."),
            *_lines(pair, mine),
        ),
        (*_rows(ticks), change, back_to_match(number)),
        protect=True,
    )


def _head(pair: Pair) -> list[Line]:
    other = pair.match.newcomer if pair.me == "volunteer" else pair.match.volunteer
    total = len(pair.things)
    # NOTE: Head of the list of things to do together; {name} is the other's first name.
    lines: list[Line] = [say("📝 <b>Your list with {name}</b>", name=name_of(pair.match, other))]
    if total:
        # NOTE: How far two have come with their list: {done} "3", {total} "9".
        lines.append(say("{done} of {total} done", done=done_of(pair.things), total=total))
    else:
        # NOTE: The two have taken everything off their list.
        lines.append(say("It is empty. Add something that you would like to do."))
    return lines


def _lines(pair: Pair, mine: str) -> list[Line]:
    lines: list[Line] = []
    for at, thing in enumerate(pair.things, 1):
        lines.append("")
        if thing.kept.by is not None:
            # NOTE: A thing on the list of two: {mark} ✅ or ▫️, {n} "3", {thing} is said in the next sentence.
            lines.append(say("{mark} {n}. {thing}", mark=mark(thing), n=at, thing=in_own_words(pair, thing)))
            continue
        lines.append(say("{mark} {n}. {thing}", mark=mark(thing), n=at, thing=Content(thing.texts, SOURCE)))
        if pair.theirs != mine and pair.theirs in thing.texts:
            lines.append(say("🔹 {thing}", thing=thing.texts[pair.theirs]))
    return lines


def in_own_words(pair: Pair, thing: Thing) -> Text:
    """As it was written, with who wrote it and in which language."""
    writer = pair.match.newcomer if thing.kept.by == "newcomer" else pair.match.volunteer
    # NOTE: What one of two added to their list, as they wrote it: {name} a first name, {language} "Arabic".
    return say(
        "“{words}” ({name}, {language})",
        words=thing.kept.words,
        name=name_of(pair.match, writer),
        language=Word("language", thing.kept.language),
    )


def named(pair: Pair, thing: Thing) -> Text:
    """A thing in one line."""
    if thing.kept.by is not None:
        return in_own_words(pair, thing)
    return say("{thing}", thing=Content(thing.texts, SOURCE))


def take_off_page(pair: Pair, mine: str) -> Message:
    """The same list, where a tap takes a thing off."""
    number = pair.match.id
    crosses = [
        # NOTE: Button: takes the thing with this number off the list: {n} "3".
        Button(label("✖️ {n}", n=at), f"njX:{number}:{thing.id}")
        for at, thing in enumerate(pair.things, 1)
    ]
    return Message(
        (
            *_head(pair),
            # NOTE: Above the list of two; each number is a button.
            say("Which one do you not want on the list? Tap its number."),
            *_lines(pair, mine),
        ),
        (*_rows(crosses), (Button(label("◀️ Back"), f"nj:{number}"),)),
        protect=True,
    )


def add_page(pair: Pair, *, may_write: bool, notes: Sequence[Text] = ()) -> Message:
    """What was taken off can come back; the next text is a thing of one's own."""
    number = pair.match.id
    lines: list[Line] = [*notes, *([""] if notes else [])]
    # NOTE: Head: somebody adds to the list of two.
    lines.append(say("➕ <b>What would you like to do together?</b>"))
    if may_write:
        # NOTE: Somebody adds to the list of two: {most} "60" characters.
        lines.append(say("Write one thing in your own language, at most {most} characters.", most=LONGEST))
    elif not pair.silent:
        # NOTE: Somebody has added as much to the list of two as fits: {most} "6".
        lines.append(say("You have added {most} things. Take one off before you add another.", most=MOST_OWN))
    rows: list[tuple[Button, ...]] = [
        # NOTE: Button: puts a thing back on the list that was taken off: {thing} "Get a library card".
        (Button(label("↩️ {thing}", thing=Content(each.texts, SOURCE)), f"njA:{number}:{each.id}"),)
        for each in pair.off
    ]
    return Message(lines, (*rows, (Button(label("◀️ Back"), f"nj:{number}"),)))


def _rows(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + A_ROW]) for at in range(0, len(buttons), A_ROW))
