"""Reading first_steps.yaml: what a newcomer meets when. A pack without one has no first steps."""

from __future__ import annotations

from typing import cast

from bot.core.first_steps import PHASES, FirstStep, Phase
from bot.fields import Entry
from bot.packs.activities import read_texts
from bot.packs.reading import Reading, is_new

FILE = "first_steps.yaml"
MOST_WEEKS = 260


def read_first_steps(reading: Reading) -> tuple[FirstStep, ...]:
    if not (reading.folder / FILE).exists():
        return ()
    found: dict[str, FirstStep] = {}
    for entry in reading.entries(FILE):
        step = _step(entry, reading)
        if is_new(entry, step.id, found):
            found[step.id] = step
    return tuple(found.values())


def _step(entry: Entry, reading: Reading) -> FirstStep:
    phase = cast(Phase, entry.choice("phase", PHASES, "a phase"))
    name = entry.slug("id", "Write an id, such as yellow-card.")
    first, last = _weeks(entry, phase)
    source, texts = read_texts(entry, reading)
    step = FirstStep(
        id=name,
        phase=phase,
        texts=texts,
        source=source,
        from_week=first,
        until_week=last,
        topics=entry.words("topics", reading.topics.ids("topic"), "a topic"),
    )
    entry.finish()
    return step


def _weeks(entry: Entry, phase: str) -> tuple[int, int]:
    """From which week to which it matters. Who has not come yet has no weeks."""
    keys = ("from_week", "until_week")
    if phase == "before":
        for key in keys:
            if entry.has(key):
                entry.wrong(key, ("counts from when somebody came; this step is before.", "Remove it."))
        return 0, 0
    first, last = (entry.whole(key, "Write a number of weeks since they came, such as 2.", least=0) for key in keys)
    if entry.sound(*keys) and last < first:
        entry.wrong("until_week", (f"{last} is before from_week, {first}.", "Write the last week it matters in."))
    if entry.sound(*keys) and last > MOST_WEEKS:
        entry.wrong("until_week", (f"{last} weeks are more than five years.", "First steps end before that."))
    return first, last
