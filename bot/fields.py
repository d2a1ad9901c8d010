"""Reading one entry of a marked file field by field: every fault is kept, with file, line, field and mend.

A field that is wrong gives a stand-in, so that reading goes on and all faults come out at once. Whoever makes records
from the values raises before a stand-in gets out, and checks across fields only what `sound` says was read well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.pack import Fault, Wrong, wrong_characters, wrong_privacy, wrong_script
from bot.marked import Listed, Mapped, Node, Scalar

NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,12})?")
WHOLE = re.compile(r"[0-9]{1,6}")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_LONGEST = 40
STAND_IN = datetime(2000, 1, 1)  # noqa: DTZ001 local by design; far from the edges, so that it can be shifted
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def nearest(word: str, known: Iterable[str]) -> str:
    """A mend: the known word that was probably meant, else all of them."""
    choices = list(known)
    found = process.extractOne(word, choices, scorer=OSA.normalized_similarity, score_cutoff=0.6)
    return f"Did you mean {found[0]}?" if found else one_of(choices)


def one_of(known: Collection[str]) -> str:
    """A mend: the known words, or the first dozen of them."""
    shown = list(known)[:12]
    return f"Use one of: {', '.join(shown)}{', …' if len(known) > len(shown) else ''}."


@dataclass(slots=True)
class Entry:
    """One mapping being read. `path` stands before its fields' names in faults (`schedule.`)."""

    file: str
    node: Mapped
    faults: list[Fault]
    path: str = ""
    read: set[str] = field(default_factory=set)
    unsound: set[str] = field(default_factory=set)

    def wrong(self, key: str, wrong: Wrong, line: int | None = None) -> None:
        """Keep a fault of this field."""
        self.unsound.add(key)
        where = line or self.line(key)
        self.faults.append(Fault(self.file, where, f"{self.path}{key}", wrong[0], wrong[1]))

    def line(self, key: str) -> int:
        """The line of a field, or of the entry where the field is missing."""
        return self.node.lines.get(key, self.node.line)

    def sound(self, *keys: str) -> bool:
        """Whether these fields are there and were read without a fault."""
        return all(key in self.node.values and key not in self.unsound for key in keys)

    def has(self, key: str) -> bool:
        """Whether something stands there; an empty value counts as nothing."""
        self.read.add(key)
        value = self.node.values.get(key)
        return value is not None and not (isinstance(value, Scalar) and value.empty)

    def need(self, key: str, mend: str) -> bool:
        """As `has`, but its absence is a fault."""
        if self.has(key):
            return True
        missing = key not in self.node.values
        self.wrong(key, ("is missing." if missing else "is empty.", mend))
        return False

    def finish(self) -> None:
        """Name the keys that nobody read: a misspelt key would else be lost without a word."""
        for key in self.node.values:
            if key not in self.read:
                self.wrong(key, ("is not a field here.", nearest(key, sorted(self.read))))

    # -- one value --------------------------------------------------------------------------------------------------

    def scalar(self, key: str, mend: str) -> str | None:
        """The text of a single value, in NFC, without spaces round it; None with a fault where it is none."""
        if not self.need(key, mend):
            return None
        return self._single(key, self.node.values[key], mend)

    def _single(self, key: str, node: Node, mend: str) -> str | None:
        if not isinstance(node, Scalar):
            kind = "a list" if isinstance(node, Listed) else "a group of fields"
            self.wrong(key, (f"is {kind}, not a single value.", mend), node.line)
            return None
        wrong = wrong_characters(node.text)
        if wrong is not None:
            self.wrong(key, wrong, node.line)
            return None
        return " ".join(unicodedata.normalize("NFC", node.text).split())

    def text(self, key: str, mend: str, *, longest: int, language: str = "") -> str:
        """Words that people read: not too long, in the language's script, and nobody's number in them."""
        said = self.scalar(key, mend)
        if said is None:
            return ""
        self._readable(key, said, longest, language, self.line(key))
        return said

    def _readable(self, key: str, said: str, longest: int, language: str, line: int) -> None:
        if not said:
            self.wrong(key, ("is empty.", "Write a text, or remove the field."), line)
        if len(said) > longest:
            problem = f"is {len(said)} characters long; at most {longest} fit."
            self.wrong(key, (problem, f"Shorten it by {len(said) - longest}."), line)
        for wrong in (wrong_privacy(said), wrong_script(said, language)):
            if wrong is not None:
                self.wrong(key, wrong, line)

    def slug(self, key: str, mend: str) -> str:
        """An id: small ASCII letters, digits and hyphens."""
        said = self.scalar(key, mend)
        if said is not None and not (ID.fullmatch(said) and len(said) <= ID_LONGEST):
            self.wrong(
                key, (f"{said[:60]} is not an id.", "Write a-z, 0-9 and hyphens, at most 40, such as noerre-broby.")
            )
        return said or ""

    def choice(self, key: str, known: Collection[str], what: str) -> str:
        """One of the known words; `what` names them ("a topic")."""
        said = self.scalar(key, one_of(known))
        if said is None:
            return ""
        if said not in known:
            self.wrong(key, (f"{said[:60]} is not {what}.", nearest(said, known)))
        return said

    def number(self, key: str, check: Callable[[float], Wrong | None], example: str) -> float:
        """Degrees, with a point."""
        said = self.scalar(key, f"Write degrees, such as {example}.")
        if said is None:
            return 0.0
        if not NUMBER.fullmatch(said):
            comma = " with a point, not a comma" if "," in said else ""
            self.wrong(key, (f"{said[:60]} is not a number.", f"Write degrees{comma}, such as {example}."))
            return 0.0
        wrong = check(float(said))
        if wrong is not None:
            self.wrong(key, wrong)
        return float(said)

    def whole(self, key: str, mend: str, *, least: int) -> int:
        """A whole number of at least `least`."""
        said = self.scalar(key, mend)
        if said is None:
            return least
        if not WHOLE.fullmatch(said) or int(said) < least:
            self.wrong(key, (f"{said[:60]} is not a whole number of {least} or more.", mend))
            return least
        return int(said)

    def flag(self, key: str, *, default: bool) -> bool:
        """true or false."""
        if not self.has(key):
            return default
        said = self.scalar(key, "Write true or false.")
        if said is not None and said not in {"true", "false"}:
            self.wrong(key, (f"{said[:60]} is neither true nor false.", "Write true or false."))
        return said == "true"

    def day(self, key: str, example: str = "2026-09-03") -> date:
        """A date, year first."""
        said = self.scalar(key, f"Write the date as {example}.")
        return self._day(key, said, example) if said is not None else date.min

    def _day(self, key: str, said: str, example: str, line: int | None = None) -> date:
        try:
            if re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", said):
                return date.fromisoformat(said)
        except ValueError:  # such as 31 February: told below
            pass
        self.wrong(key, (f"{said[:60]} is not a date.", f"Write year, month and day, such as {example}."), line)
        return date.min

    def clock(self, key: str) -> time:
        """A time of day, 24 hours."""
        said = self.scalar(key, 'Write the time in quotes, such as "17:30".')
        if said is None or not CLOCK.fullmatch(said):
            if said is not None:
                self.wrong(key, (f"{said[:60]} is not a time.", 'Write it with 24 hours, such as "17:30".'))
            return time.min
        return time.fromisoformat(said)

    def moment(self, key: str) -> datetime:
        """A date and a time, local and without an offset."""
        said = self.scalar(key, 'Write date and time, such as "2026-11-23T10:00".') or ""
        try:
            if re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", said):
                return datetime.fromisoformat(said)
        except ValueError:  # such as hour 25: told below
            pass
        if key not in self.unsound:
            mend = 'Write local date and time, such as "2026-11-23T10:00".'
            self.wrong(key, (f"{said[:60]} is not a date and time.", mend))
        return STAND_IN

    # -- several values ---------------------------------------------------------------------------------------------

    def items(self, key: str, mend: str, *, least: int = 0) -> list[tuple[int, str]]:
        """Line and text of each member of a list of single values, each once."""
        if not (self.need(key, mend) if least else self.has(key)):
            return []
        node = self.node.values[key]
        if not isinstance(node, Listed):
            self.wrong(key, ("is not a list.", mend), node.line)
            return []
        found: dict[str, int] = {}
        for item in node.items:
            said = self._single(key, item, mend)
            if said is not None and said in found:
                self.wrong(key, (f"{said[:60]} stands twice.", "Keep one of them."), item.line)
            elif said is not None:
                found[said] = item.line
        if len(node.items) < least:
            self.wrong(key, ("is an empty list.", mend), node.line)
        return [(line, said) for said, line in found.items()]

    def words(self, key: str, known: Collection[str], what: str, *, least: int = 0) -> tuple[str, ...]:
        """Several of the known words."""
        members = self.items(key, f"Write a list of known words, such as [{next(iter(known), '')}].", least=least)
        for line, said in members:
            if said not in known:
                self.wrong(key, (f"{said[:60]} is not {what}.", nearest(said, known)), line)
        return tuple(said for _, said in members)

    def days(self, key: str) -> frozenset[date]:
        """Several dates."""
        example = "2026-10-15"
        members = self.items(key, f"Write a list of dates, such as [{example}].")
        return frozenset(self._day(key, said, example, line) for line, said in members)

    def spellings(self, key: str, language: str, *, longest: int) -> tuple[str, ...]:
        """Several texts of one language."""
        members = self.items(key, "Write a list in brackets, such as [Fåborg, Faaborg].")
        for line, said in members:
            self._readable(key, said, longest, language, line)
        return tuple(said for _, said in members)

    # -- what lies within -------------------------------------------------------------------------------------------

    def inner(self, key: str, mend: str, *, needed: bool = True) -> Entry | None:
        """The group of fields under a key; None with a fault where it is none."""
        if not (self.need(key, mend) if needed else self.has(key)):
            return None
        node = self.node.values[key]
        if not isinstance(node, Mapped):
            self.wrong(key, ("is not a group of fields.", mend), node.line)
            return None
        return Entry(self.file, node, self.faults, f"{self.path}{key}.")

    def by_language(self, key: str, languages: Collection[str], *, longest: int) -> Mapping[str, str]:
        """A text in each language that stands there."""
        inner = self.inner(key, "Write a text under each language, such as da: Træneren.")
        if inner is None:
            return {}
        said = {
            language: inner.text(language, "Write the text.", longest=longest, language=language)
            for language in languages
            if inner.has(language)
        }
        if not said and not inner.node.values:
            self.wrong(key, ("is empty.", "Write a text under each language, such as da: Træneren."))
        inner.finish()
        return said


def entries(file: str, node: Node, faults: list[Fault]) -> list[Entry]:
    """The entries of a file that is a list of groups."""
    if not isinstance(node, Listed):
        mend = "Begin each entry with a hyphen: `- id: …`."
        faults.append(Fault(file, node.line, "file", "is not a list of entries.", mend))
        return []
    found = []
    for item in node.items:
        if isinstance(item, Mapped):
            found.append(Entry(file, item, faults))
        else:
            mend = "Write fields under the hyphen: `- id: …`."
            faults.append(Fault(file, item.line, "file", "has an entry without fields.", mend))
    return found
