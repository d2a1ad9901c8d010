"""A sheet of activities as records: every fault with its sheet, cell, what is wrong and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.model import Activity, Organisation, Place
from bot.core.pack import Fault
from bot.core.topics import Kind, Topics
from bot.fields import ID_LONGEST, Entry
from bot.marked import Listed, Mapped, Node, Scalar
from bot.packs.activities import read_activity
from bot.packs.reading import Reading, is_new
from bot.sheets.columns import (
    BY_HEADING,
    CALENDAR,
    COLUMNS,
    DAYS,
    DEFAULTS,
    DEGREES,
    LANGUAGES,
    LISTS,
    TIMES,
    WORDS,
    Column,
    heading,
)
from bot.sheets.files import NotASheet, Sheet, read_sheets
from bot.sheets.safety import bare

KINDS: Mapping[str, Kind] = {"topics": "topic", "audience": "audience", "languages": "language"}
NEEDED = ("place", "schedule.first")
"""Without headings for these a sheet is no sheet of activities: the template's page of help, or notes."""

_DANISH_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_TIME = re.compile(r"(?:kl\.? ?)?(\d{1,2})[.:](\d{2})(?::\d{2})?")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "o", "ä": "a", "ü": "u"})


class SheetFaults(Exception):
    """The sheet does not hold and nothing of it was taken: every fault, a line each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Known:
    """What a sheet may name: the community's places, organisations, languages, and the topics."""

    community: str
    languages: tuple[str, ...]
    places: Mapping[str, Place]
    organisations: Mapping[str, Organisation]
    topics: Topics


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of one sheet: which stands where (from 0), and in which row the headings are (from 1)."""

    sheet: Sheet
    row: int
    columns: Mapping[int, Column]

    def column(self, path: str) -> int | None:
        """Where a field stands (from 0); None where the sheet has no such column."""
        for at, column in self.columns.items():
            if column.path == path or path.startswith(f"{column.path}."):
                return at
        return None

    def place(self, path: str) -> int:
        """By which faults are told from left to right; what has no column comes last."""
        at = self.column(path)
        return len(self.sheet.rows[self.row - 1]) if at is None else at

    def cell(self, path: str, row: int) -> str:
        """The cell of a field in words: `cell D5 (By)`; the row where the sheet has no such column."""
        at = self.column(path)
        if at is not None:
            return f"cell {letters(at)}{row} ({self.sheet.rows[self.row - 1][at]})"
        name = next((each.names["en"] for each in COLUMNS if each.path == path), path)
        return f"row {row} ({name})"


def letters(at: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file holds: its activities, and in words the rows that were left alone."""

    activities: tuple[Activity, ...]
    left: tuple[str, ...]


def read_activities(path: Path, known: Known) -> Filled:
    """The activities of every sheet of a file that has their headings. Raises SheetFaults with all faults at once."""
    try:
        sheets = read_sheets(path)
    except (NotASheet, OSError) as error:
        raise SheetFaults([f"{path.name}: {error}" if isinstance(error, OSError) else str(error)]) from None
    heads = [each for each in map(_heads, sheets) if each is not None]
    if not heads:
        raise SheetFaults(
            [f"{path.name} has no row of headings with a town and a first day. Begin with: python -m bot template"]
        )
    faults: list[str] = []
    left: list[str] = []
    found: dict[str, Activity] = {}
    for each in heads:
        faults += _of_sheet(path.name, each, known, found, left)
    if faults:
        raise SheetFaults(faults)
    return Filled(tuple(found.values()), tuple(left))


def _heads(sheet: Sheet) -> Heads | None:
    """The headings, in the first ten rows."""
    for number, row in enumerate(sheet.rows[:10], 1):
        columns = {at: BY_HEADING[heading(text)] for at, text in enumerate(row) if heading(text) in BY_HEADING}
        if set(NEEDED) <= {column.path for column in columns.values()}:
            return Heads(sheet, number, columns)
    return None


def _of_sheet(file: str, heads: Heads, known: Known, found: dict[str, Activity], left: list[str]) -> list[str]:
    name = f"{file}, sheet {heads.sheet.name}" if heads.sheet.name else file
    faults = [f"{name}, {each}" for each in _strange(heads)]
    for number, row in enumerate(heads.sheet.rows[heads.row :], heads.row + 1):
        if not any(row):
            continue
        values = {column.path: row[at] for at, column in heads.columns.items() if at < len(row) and row[at]}
        if _plain("schedule.repeats", values.get("schedule.repeats", ""), known) == CALENDAR:
            left.append(f"{name}, row {number}: “{_title(values)[:60]}” follows a calendar and was left to it.")
            continue
        reading = Reading(Path(), known.topics)
        reading.languages = known.languages
        entry = Entry("", _mapped(_complete(values, known), number, known), reading.faults)
        activity = read_activity(entry, reading, known.places, list(known.organisations), known.community)
        if is_new(entry, activity.id, found):
            found[activity.id] = _without_pin(activity, values)
        told = sorted(_told(reading.faults), key=lambda each: heads.place(each.field))
        faults += [f"{name}, {heads.cell(each.field, number)}: {each.problem} {each.mend}" for each in told]
    return faults


def _strange(heads: Heads) -> Iterable[str]:
    """Headings that nobody reads, and two of the same: what stands under them would be lost without a word."""
    row = heads.sheet.rows[heads.row - 1]
    seen: dict[str, int] = {}
    for at, text in enumerate(row):
        column = heads.columns.get(at)
        if column is None and text and any(len(each) > at and each[at] for each in heads.sheet.rows[heads.row :]):
            yield f"cell {letters(at)}{heads.row}: “{text[:40]}” is no heading here. Remove it, or see the template."
        elif column is not None and column.path in seen:
            yield f"cell {letters(at)}{heads.row}: “{text[:40]}” stands twice. Keep one of the two columns."
        elif column is not None:
            seen[column.path] = at


def _told(faults: Iterable[Fault]) -> Iterable[Fault]:
    """Each fault once: a field that is wrong in two ways is told in the first."""
    seen: set[str] = set()
    for fault in faults:
        if fault.field not in seen:
            seen.add(fault.field)
            yield fault


def _complete(values: Mapping[str, str], known: Known) -> dict[str, str]:
    """The row's values as a pack writes them, with what may be left out."""
    plain = {path: _plain(path, text, known) for path, text in values.items()}
    found = {**DEFAULTS, **{path: text for path, text in plain.items() if text}}
    place = known.places.get(found.get("place", ""))
    if place is not None and not DEGREES & set(found):
        found |= {"venue.lat": f"{place.lat}", "venue.lon": f"{place.lon}"}
    found.setdefault("id", _slug(_title(found), found.get("place", "")))
    found.setdefault("venue.address", place.name if place else "")
    return found


def _title(values: Mapping[str, str]) -> str:
    return next((values[f"texts.{each}.title"] for each in LANGUAGES if values.get(f"texts.{each}.title")), "")


def _slug(*words: str) -> str:
    """An id of a title and a town."""
    said = "-".join(words).casefold().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", said).strip("-")[:ID_LONGEST].strip("-")


def _plain(path: str, text: str, known: Known) -> str:
    """A cell as a pack writes it: days year first, 24 hours with a colon, degrees with a point, words by their id."""
    said = bare(" ".join(text.split()))
    if path in LISTS:
        parts = (_single(path, part.strip(), known) for part in re.split(r"[,;،]", said))
        return ",".join(part for part in parts if part)
    return _single(path, said, known)


def _single(path: str, said: str, known: Known) -> str:
    if path in DAYS:
        day = _DANISH_DAY.fullmatch(said)
        return f"{day.group(3)}-{int(day.group(2)):02}-{int(day.group(1)):02}" if day else said
    if path in TIMES:
        clock = _TIME.fullmatch(said.casefold())
        return f"{int(clock.group(1)):02}:{clock.group(2)}" if clock else said
    if path in DEGREES:
        return said.replace(",", ".")
    if path in WORDS:
        return WORDS[path].get(said.casefold(), said.casefold())
    if path in KINDS:
        return _concept(KINDS[path], said, known.topics)
    if path in {"place", "organisation"}:
        return _named(said, known.places if path == "place" else known.organisations)
    return said


def _concept(kind: Kind, said: str, topics: Topics) -> str:
    wanted = said.casefold()
    return next(
        (
            each.id
            for each in topics.of(kind)
            if wanted in {each.id, *(name.casefold() for name in each.names.values())}
        ),
        said,
    )


def _named(said: str, known: Mapping[str, Place] | Mapping[str, Organisation]) -> str:
    """The id of what has this name in any spelling."""
    wanted = said.casefold()
    for name, each in known.items():
        spelt = {each.name.casefold(), name}
        if isinstance(each, Place):
            spelt |= {one.casefold() for names in each.names.values() for one in names}
        if wanted in spelt:
            return name
    return wanted


def _mapped(values: Mapping[str, str], row: int, known: Known) -> Mapped:
    """The flat row as the groups of fields that a pack has."""
    inside: dict[str, dict[str, Node]] = {}
    found: dict[str, Node] = {}
    for path, text in values.items():
        group, _, field = path.partition(".")
        node: Node = Scalar(row, text, not text)
        if path in LISTS:
            node = Listed(row, tuple(Scalar(row, part, not part) for part in text.split(",") if part))
        if not field:
            found[path] = node
        elif group != "texts":
            inside.setdefault(group, {})[field] = node
    found |= {group: _group(fields, row) for group, fields in inside.items()}
    texts = _texts(values, row, known.languages)
    if texts:
        found["texts"] = _group(texts, row)
    return _group(found, row)


def _texts(values: Mapping[str, str], row: int, languages: Iterable[str]) -> dict[str, Node]:
    """The texts: the first of the languages that is written is the original, the others are drafts."""
    written = [each for each in LANGUAGES if each in languages and f"texts.{each}.title" in values]
    found: dict[str, Node] = {}
    for language in (each for each in LANGUAGES if any(path.startswith(f"texts.{each}.") for path in values)):
        state = "human" if language in written[:1] else "draft"
        fields: dict[str, Node] = {"state": Scalar(row, state, empty=False)}
        for name in ("title", "about"):
            text = values.get(f"texts.{language}.{name}")
            if text:
                fields[name] = Scalar(row, text, empty=False)
        found[language] = _group(fields, row)
    if written:
        found["source"] = Scalar(row, written[0], empty=False)
    return found


def _group(fields: Mapping[str, Node], row: int) -> Mapped:
    return Mapped(row, fields, dict.fromkeys(fields, row))


def _without_pin(activity: Activity, values: Mapping[str, str]) -> Activity:
    """Where nobody gave the point it is the town's: good for distances, not as a pin."""
    if set(values) >= DEGREES:
        return activity
    return replace(activity, venue=replace(activity.venue, exact=False))
