"""Short names of weekdays that are other words as well (søn, man, sat, احد): days only beside other words of time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.understanding.spotting import Item

_MAYBE = "maybe_weekday."
_BESIDE = ("weekday.", "month.", "ordinal.", "part.", "next", "this", "last", "every", "at_clock", "oclock", "weekend")
_JOINS = frozenset({"until", "joins.time", "also", "joins", "or"})
_DASHES = frozenset("-–/")


def with_short_days(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, those that may be a weekday made one where a day or clock time stands beside them."""
    if not any(_weekday(item) for item in items):
        return items
    return tuple(_as_day(item) if _weekday(item) and _is_day(items, at) else item for at, item in enumerate(items))


def _weekday(item: Item) -> str:
    return next((concept for concept in item.ids if concept.startswith(_MAYBE)), "")


def _as_day(item: Item) -> Item:
    name = _weekday(item).removeprefix("maybe_")
    entries = tuple(entry._replace(concept=name) for entry in item.entries if entry.concept.startswith(_MAYBE))
    return item._replace(entries=entries[:1], ids=frozenset({name}), kinds=frozenset({"time"}))


def _is_day(items: Sequence[Item], at: int) -> bool:
    """Right beside a word of time, or joined to another weekday: "fre til søn", "mon 16:30", "man el tir"."""
    beside = [*items[max(0, at - 1) : at], *items[at + 1 : at + 2]]
    if any(_of_time(item) for item in beside):
        return True
    if any(item.number and item.number.kind in ("ordinal", "date", "clock") for item in items[at + 1 : at + 2]):
        return True
    for other, between in ((at - 2, at - 1), (at + 2, at + 1)):
        if 0 <= other < len(items) and _day(items[other]) and not _JOINS.isdisjoint(items[between].ids):
            return True
    dashed = at + 1 < len(items) and items[at + 1].gap.strip() in _DASHES and _day(items[at + 1])
    return dashed or (at > 0 and items[at].gap.strip() in _DASHES and _day(items[at - 1]))


def _day(item: Item) -> bool:
    return any(concept.startswith(("weekday.", _MAYBE)) for concept in item.ids)


def _of_time(item: Item) -> bool:
    return "time" in item.kinds and any(concept.startswith(_BESIDE) for concept in item.ids)
