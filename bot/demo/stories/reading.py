"""Reading the stories of a pack, data/communities/<id>/stories/NN-name.yaml: all of them, or every fault at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from bot.core.pack import Fault
from bot.demo.stories.script import ACTS, CAST, Extra, Step, Story
from bot.faults import StartFault
from bot.fields import Entry, entries
from bot.marked import Mapped, Unreadable, read_marked
from bot.topics import LANGUAGES

FOLDER = "stories"
NAME = re.compile(r"[0-9]+-([a-z]+(?:-[a-z]+)*)")
TITLE_LONGEST, CAPTION_LONGEST, WHAT_LONGEST = 60, 200, 1_000


class StoryFaults(StartFault):
    """The stories do not hold: every fault, in the order of files and lines."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def read_stories(pack: Path) -> tuple[Story, ...]:
    """The stories of the pack in this folder, by the numbers of their files; none where it has none.

    Raises StoryFaults.
    """
    faults: list[Fault] = []
    found = [_story(path, faults) for path in sorted((pack / FOLDER).glob("*.yaml"))]
    if faults:
        raise StoryFaults(tuple(sorted(faults, key=lambda fault: (fault.file, fault.line))))
    return tuple(each for each in found if each is not None)


def _story(path: Path, faults: list[Fault]) -> Story | None:
    file = f"{FOLDER}/{path.name}"
    named = NAME.fullmatch(path.stem)
    if named is None:
        faults.append(Fault(file, 1, "file", "has no number and name.", "Name it such as 03-questions.yaml."))
        return None
    try:
        node, wrong = read_marked(path, file)
    except Unreadable as error:
        faults.append(error.fault)
        return None
    faults.extend(wrong)
    if not isinstance(node, Mapped):
        faults.append(Fault(file, node.line, "file", "is not a group of fields.", "Write `title:` and `steps:`."))
        return None
    entry = Entry(file, node, faults)
    title = entry.by_language("title", LANGUAGES, longest=TITLE_LONGEST)
    _in_all(entry, "title", title)
    people = tuple(_extra(each) for each in _listed(entry, "people"))
    known = (*CAST, *(each.key for each in people))
    steps = tuple(_step(each, known) for each in _listed(entry, "steps"))
    if not steps:
        entry.wrong("steps", ("is missing or empty.", "Write what is done, a step at a time: `- who: newcomer`."))
    elif not steps[0].caption:
        entry.wrong("steps", ("begin without a caption.", "Say in the first step what the story is about."))
    entry.finish()
    return Story(named[1], title, people, steps)


def _in_all(entry: Entry, key: str, texts: Mapping[str, str]) -> None:
    """What the page shows has all of its languages."""
    missing = [language for language in LANGUAGES if language not in texts]
    if entry.has(key) and entry.sound(key) and missing:
        entry.wrong(key, (f"is missing in {', '.join(missing)}.", "Write it in da, en, ar and ti."))


def _listed(entry: Entry, key: str) -> list[Entry]:
    return entries(entry.file, entry.node.values[key], entry.faults) if entry.has(key) else []


def _extra(entry: Entry) -> Extra:
    extra = Extra(
        key=entry.slug("who", "Write how the steps name this person, such as selam."),
        name=entry.text("name", "Write the name on the phone.", longest=40),
        language=entry.choice("language", LANGUAGES, "a language"),
        role=entry.choice("role", CAST, "a role"),
    )
    entry.finish()
    return extra


def _step(entry: Entry, known: tuple[str, ...]) -> Step:
    caption = entry.by_language("caption", LANGUAGES, longest=CAPTION_LONGEST) if entry.has("caption") else {}
    _in_all(entry, "caption", caption)
    acts = [act for act in ACTS if entry.has(act)]
    if len(acts) != 1:
        entry.wrong("step", ("does nothing, or more than one thing.", f"Write exactly one of: {', '.join(ACTS)}."))
        return Step(entry.node.line, "", "", "", caption)
    (act,) = acts
    what = entry.text(act, "Write what is tapped or said.", longest=WHAT_LONGEST)
    if act == "opens_link_of":
        entry.choice(act, known, "a person of this story")
    who = "" if act == "clock" else entry.choice("who", known, "a person of this story")
    entry.finish()
    return Step(entry.node.line, who, act, what, caption)
