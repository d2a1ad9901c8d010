"""Reading data/practical.yaml: which pairs share a list, and what is suggested to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.core.network.practical import Suggested
from bot.core.pack import Fault
from bot.fields import Entry, entries
from bot.marked import Mapped, Unreadable, read_marked
from bot.network.rules import NetworkFaults
from bot.topics import LANGUAGES, read_topics

PRACTICAL = Path(__file__).parent.parent.parent.parent / "data" / "practical.yaml"
MOST = 12
"""More than that nobody sees at a glance, and each has two lines and a button."""

LONGEST = 60
ID_LONGEST = 24


@dataclass(frozen=True, slots=True)
class PracticalList:
    """What the file says. `offers`: the pairs that share a list."""

    offers: tuple[str, ...]
    things: tuple[Suggested, ...]


@cache
def practical_list() -> PracticalList:
    """What Brobot comes with, read once."""
    return read_practical(PRACTICAL)


def read_practical(path: Path) -> PracticalList:
    """What a file says. Raises NetworkFaults with every fault there is."""
    try:
        node, faults = read_marked(path, path.name)
    except Unreadable as error:
        raise NetworkFaults((error.fault,)) from error
    if not isinstance(node, Mapped):
        raise NetworkFaults((Fault(path.name, node.line, "file", "is not a group of fields.", "Write `things:`."),))
    top = Entry(path.name, node, faults)
    found = PracticalList(top.words("offers", read_topics().ids("offer"), "an offer", least=1), _things(top))
    top.finish()
    if faults:
        raise NetworkFaults(tuple(faults))
    return found


def _things(top: Entry) -> tuple[Suggested, ...]:
    if not top.need("things", "Write a list, each with id and texts."):
        return ()
    found: list[Suggested] = []
    for entry in entries(top.file, top.node.values["things"], top.faults):
        one = Suggested(_id(entry), _texts(entry))
        if one.id and one.id in {each.id for each in found}:
            entry.wrong("id", (f"{one.id} stands twice.", "Give each thing an id of its own."))
        found.append(one)
        entry.finish()
    if len(found) > MOST:
        top.wrong("things", (f"are {len(found)}; at most {MOST} fit on a list.", "Remove some."))
    return tuple(found)


def _id(entry: Entry) -> str:
    said = entry.slug("id", "Write a short id, such as bus-card.")
    if len(said) > ID_LONGEST:
        entry.wrong("id", (f"is {len(said)} characters long.", f"At most {ID_LONGEST} fit on a button."))
    return said


def _texts(entry: Entry) -> dict[str, str]:
    said = dict(entry.by_language("texts", LANGUAGES, longest=LONGEST))
    if entry.sound("texts") and set(said) != set(LANGUAGES):
        entry.wrong("texts", ("lack a language.", "Write the thing in every language: two read it side by side."))
    return said
