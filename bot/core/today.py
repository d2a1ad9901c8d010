"""What needs a person today: rows of many sources in one order, the oldest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.say import Button, Text

AT_ONCE = 6

OF_ONE_SOURCE = 3
"""Rows of one source in the list of all: one kind of work does not hide the others."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that needs a person: since when, what it is, and where the button leads. `urgent` ones come first."""

    since: datetime
    what: Text
    button: Button
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What one source has to do: its name, said in green where there is nothing, and its rows."""

    name: Text
    rows: Sequence[Todo]


def oldest_first(found: Iterable[Found]) -> tuple[Todo, ...]:
    """Every row of every source: what is urgent first, then by age."""
    rows = [row for each in found for row in each.rows]
    return tuple(sorted(rows, key=lambda row: (not row.urgent, row.since)))


def capped(rows: Sequence[Todo], most: int = OF_ONE_SOURCE) -> tuple[Sequence[Todo], Sequence[Todo]]:
    """What is shown of one source, and what is only counted: the oldest and whatever is urgent are shown.

    A single row too many is shown as well, since a line that counts it would be no shorter.
    """
    ordered = sorted(rows, key=lambda row: (not row.urgent, row.since))
    shown = max(most, sum(row.urgent for row in rows))
    return (ordered, ()) if len(ordered) <= shown + 1 else (ordered[:shown], ordered[shown:])


def quiet(found: Iterable[Found]) -> tuple[Text, ...]:
    """The names of the sources with nothing to do."""
    return tuple(each.name for each in found if not each.rows)


def page_of(rows: Sequence[Todo], page: int) -> tuple[Sequence[Todo], bool]:
    """A page of the rows, and whether there is another."""
    return rows[page * AT_ONCE : (page + 1) * AT_ONCE], len(rows) > (page + 1) * AT_ONCE
