"""Names of days and months that are other words as well (søn, man, may, احد): such only beside other words of time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.understanding.spotting import Item

_MAYBE = "maybe_weekday."
_BESIDE = ("weekday.", "month.", "ordinal.", "part.", "next", "this", "last", "every", "at_clock", "oclock", "weekend")
_JOINS = frozenset({"until", "joins.time", "also", "joins", "or"})
_DASHES = frozenset("-–/")


def with_short_days(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, those that may be a weekday made one where a day or clock time stands beside them."""
    if any(_MAY in item.ids for item in items):
        items = tuple(
            _as_may(item) if _MAY in item.ids and _is_may(items, at) else item for at, item in enumerate(items)
        )
    if not any(_weekday(item) for item in items):
        return items
    return tuple(_as_day(item) if _weekday(item) and _is_day(items, at) else item for at, item in enumerate(items))


_MAY = "maybe_month.5"


def _as_may(item: Item) -> Item:
    entries = tuple(entry._replace(concept="month.5") for entry in item.entries if entry.concept == _MAY)
    return item._replace(entries=entries[:1], ids=frozenset({"month.5"}), kinds=frozenset({"time"}))


def _is_may(items: Sequence[Item], at: int) -> bool:
    """9 May, the 9th of May, May 9: a day of the month stands beside it."""
    beside = [*items[max(0, at - 1) : at], *items[at + 1 : at + 2]]
    return any(
        item.number and item.number.kind in ("count", "ordinal") and 1 <= item.number.value <= 31 for item in beside
    )


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
