"""A text's sentences and clauses, and whether an item of them says a topic, a group, a day or an hour."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.understanding.spotting import Item

_SENTENCE_ENDS = frozenset(".?!؟።\n")
PAUSES = _SENTENCE_ENDS | frozenset(",،;؛፣፤-–…")
STOPS = frozenset(",.;:!?،؛؟።፣፤")
"""Marks over which neither a refusal nor an age reaches."""
_TOLD_LEAST = 2
"""A question word begins a clause by itself after so many items: "I have no car where can I learn Danish"."""
_DAYS = ("weekday.", "month.", "ordinal.")
_NAMED_DAYS = frozenset(
    ["today", "tonight", "tomorrow", "after_tomorrow", "weekend", "this_week", "next_week", "this_month", "next_month",
     "unit.week", "in_two_weeks", "in_a_week"]
)  # fmt: skip
_CLOCK = frozenset({"at_clock", "oclock", "half_before", "half_past", "clock_past", "clock_to", "quarter", "half"})
_OF_AN_HOUR = frozenset({"clock_past", "clock_to"})
"""What stands before an hour, and means another thing where none follows."""


def clauses_of(items: Sequence[Item]) -> list[tuple[int, int]]:
    """The stretches between pauses, "but", and a question word that stands without either."""
    starts = [0]
    for at in range(1, len(items)):
        pauses = not PAUSES.isdisjoint(items[at].gap) and ends(items, at)
        if (
            pauses
            or items[at].has("but")
            or _so_i(items, at)
            or (at - starts[-1] >= _TOLD_LEAST and begins_asking(items[at]))
        ):
            starts.append(at)
    return list(zip(starts, [*starts[1:], len(items)], strict=True))


def _so_i(items: Sequence[Item], at: int) -> bool:
    """Where "so I", "så vi" begins what follows from what was told."""
    return items[at].has("so") and at + 1 < len(items) and items[at + 1].has("I")


def begins_asking(item: Item) -> bool:
    return bool(item.ids & {"where", "exists"}) and not item.has("in_place")


def sentences_of(items: Sequence[Item]) -> list[tuple[int, int]]:
    starts = [
        0,
        *(at for at in range(1, len(items)) if not _SENTENCE_ENDS.isdisjoint(items[at].gap) and ends(items, at)),
    ]
    return list(zip(starts, [*starts[1:], len(items)], strict=True))


def ends(items: Sequence[Item], at: int) -> bool:
    """A full stop between numbers or after an abbreviation ends nothing."""
    return "." not in items[at].gap or not (items[at].number or items[at - 1].number)


def says_topic(items: Sequence[Item], at: int) -> bool:
    return "topic" in items[at].kinds


def says_group(items: Sequence[Item], at: int) -> bool:
    return "audience" in items[at].kinds


def says_adults(item: Item) -> bool:
    return any(entry.concept in ("women", "men") for entry in item.entries if entry.kind == "audience")


def says_day(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    if item.number and item.number.kind in ("date", "ordinal"):
        return True
    if not item.number and not item.ids:
        return False
    if not _NAMED_DAYS.isdisjoint(item.ids) or any(concept.startswith(_DAYS) for concept in item.ids):
        return True
    if item.ids & {"the_date", "until"}:
        return at + 1 < len(items) and _counts_days(items[at + 1])  # "on", "the" and "to" alone say none
    near = items[max(0, at - 2) : at + 4]
    return _counts(item) and any(concept.startswith("month.") for other in near for concept in other.ids)


def _counts_days(item: Item) -> bool:
    return bool(item.number) or any(concept.startswith(("number.", *_DAYS)) for concept in item.ids)


def says_hour(items: Sequence[Item], at: int) -> bool:
    """A clock time, a part of the day, or the number after "until"."""
    if says_clock(items, at) or any(concept.startswith("part.") for concept in items[at].ids):
        return True
    return bool(items[at].number) and at > 0 and bool(items[at - 1].ids & {"until", "from", "clock_to"})


def says_clock(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    if item.number and item.number.kind == "clock":
        return True
    if not _CLOCK.isdisjoint(item.ids):
        if item.ids & _CLOCK <= _OF_AN_HOUR and not any(_counts(other) for other in items[at + 1 : at + 2]):
            return False  # "remind me before so I remember"
        return not (item.ids & {"until"}) or not _CLOCK.isdisjoint(items[at - 1].ids)
    return _counts(item) and at > 0 and not _CLOCK.isdisjoint(items[at - 1].ids)


def _counts(item: Item) -> bool:
    return bool(item.number) or any(concept.startswith("number.") for concept in item.ids)
