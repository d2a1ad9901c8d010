"""Reading data/network.yaml: offers, age bands, the rhythm of follow-ups, how long steps wait, reasons of an end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from bot.core.network.rhythm import FollowUp
from bot.core.pack import Fault
from bot.fields import Entry, entries
from bot.marked import Mapped, Unreadable, read_marked
from bot.topics import LANGUAGES, read_topics

NETWORK = Path(__file__).parent.parent.parent / "data" / "network.yaml"
BAND = re.compile(r"[0-9]{1,2}-[0-9]{1,2}")
WAITS = ("answer", "reminder", "later", "meeting", "follow_up", "month")


class NetworkFaults(Exception):
    """The file does not hold: every fault of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class NetworkRules:
    """What the file says. `groups`: an offer's topics among activities. `endings`: their words by id and language."""

    alone: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    bands: tuple[str, ...]
    follow_ups: tuple[FollowUp, ...]
    waits: Mapping[str, timedelta]
    meeting_topics: tuple[str, ...]
    endings: Mapping[str, Mapping[str, str]]


@cache
def network_rules() -> NetworkRules:
    """The rules that Brobot comes with, read once."""
    return read_network(NETWORK)


def read_network(path: Path) -> NetworkRules:
    """The rules in a file. Raises NetworkFaults with every fault there is."""
    try:
        node, faults = read_marked(path, path.name)
    except Unreadable as error:
        raise NetworkFaults((error.fault,)) from error
    if not isinstance(node, Mapped):
        raise NetworkFaults((Fault(path.name, node.line, "file", "is not a group of fields.", "Write `alone: […]`."),))
    top = Entry(path.name, node, faults)
    topics = read_topics()
    rules = NetworkRules(
        alone=top.words("alone", topics.ids("offer"), "an offer", least=1),
        groups=_groups(top, topics.ids("offer"), topics.ids("topic")),
        bands=_bands(top),
        follow_ups=_follow_ups(top),
        waits=_waits(top),
        meeting_topics=top.words("meeting_topics", topics.ids("topic"), "a topic", least=1),
        endings=_endings(top),
    )
    top.finish()
    if faults:
        raise NetworkFaults(tuple(faults))
    return rules


def _groups(top: Entry, offers: tuple[str, ...], topics: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    inner = top.inner("groups", "Write the topics under each offer.")
    if inner is None:
        return {}
    found = {offer: inner.words(offer, topics, "a topic", least=1) for offer in offers if inner.has(offer)}
    inner.finish()
    return found


def _bands(top: Entry) -> tuple[str, ...]:
    """Each from the year after the one before; the last ends at 24, since the offers are for people under 25."""
    members = top.items("bands", "Write age bands, such as [0-14, 15-17, 18-24].", least=1)
    expected = 0
    for line, said in members:
        low, _, high = said.partition("-")
        if not BAND.fullmatch(said) or int(low) != expected or int(high) < int(low):
            top.wrong("bands", (f"{said[:20]} does not go on from {expected}.", "Write bands without gaps."), line)
            return ()
        if int(low) < 15 <= int(high):
            top.wrong(
                "bands", (f"{said} is on both sides of 15.", "End one band at 14: the law asks from there."), line
            )
        expected = int(high) + 1
    if members and expected != 25:
        top.wrong("bands", ("do not end at 24.", "The offers are for people under 25."))
    return tuple(said for _, said in members)


def _follow_ups(top: Entry) -> tuple[FollowUp, ...]:
    found: list[FollowUp] = []
    if top.need("follow_ups", "Write a list, each with id and days."):
        for entry in entries(top.file, top.node.values["follow_ups"], top.faults):
            one = FollowUp(
                entry.scalar("id", "Write a short id, such as w2.") or "",
                entry.whole("days", "Write days.", least=1),
                _in_every_language(entry, "texts", "the question", longest=80),
            )
            if found and (one.days <= found[-1].days or one.id in {each.id for each in found}):
                entry.wrong("days", (f"{one.days} is not later than the one before.", "Write them in their order."))
            found.append(one)
            entry.finish()
    return tuple(found)


def _waits(top: Entry) -> Mapping[str, timedelta]:
    inner = top.inner("waits", "Write how many days each step waits.")
    if inner is None:
        return {}
    found = {name: timedelta(days=inner.whole(name, "Write whole days.", least=1)) for name in WAITS}
    inner.finish()
    return found


def _endings(top: Entry) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    if top.need("endings", "Write a list, each with id and names."):
        for entry in entries(top.file, top.node.values["endings"], top.faults):
            names = _in_every_language(entry, "names", "the reason", longest=32)
            found[entry.scalar("id", "Write a short id.") or ""] = names
            entry.finish()
    return found


def _in_every_language(entry: Entry, key: str, what: str, *, longest: int) -> Mapping[str, str]:
    said = entry.by_language(key, LANGUAGES, longest=longest)
    if entry.sound(key) and set(said) != set(LANGUAGES):
        entry.wrong(key, ("lack a language.", f"Write {what} in every language."))
    return said
