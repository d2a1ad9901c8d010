"""Numbers and spans in a row of items: three, ثلاث, 2 weeks, ساعتين."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.core.understanding.spotting import Item

_UNITS = ("minute", "hour", "day", "week", "month", "year")
_UNIT_IDS = frozenset(f"unit.{unit}" for unit in _UNITS)


@lru_cache(4096)
def numbered(ids: frozenset[str], prefix: str) -> int | None:
    """The number in the concept that begins with `prefix` ("number.", "weekday.", "month."), if one of these does."""
    for concept in ids:
        if concept.startswith(prefix):
            return int(concept[len(prefix) :])
    return None


def count_at(items: Sequence[Item], at: int) -> int | None:
    """The whole number said by one item, in digits or words."""
    if not 0 <= at < len(items):
        return None
    item = items[at]
    if item.number:
        return item.number.value if item.number.kind == "count" else None
    return numbered(item.ids, "number.") if item.ids else None


def ordinal_at(items: Sequence[Item], at: int) -> int | None:
    """The ordinal said by one item: 28., 28th, niende."""
    if not 0 <= at < len(items):
        return None
    item = items[at]
    if item.number:
        return item.number.value if item.number.kind == "ordinal" else None
    return numbered(item.ids, "ordinal.") if item.ids else None


def unit_of(item: Item) -> str:
    """The unit of time an item names, or ""."""
    if _UNIT_IDS.isdisjoint(item.ids):
        return ""
    return next((unit for unit in _UNITS if f"unit.{unit}" in item.ids), "")


def unit_at(items: Sequence[Item], at: int) -> tuple[float, str, int]:
    """A span at this place: amount, unit and the item after it; unit "" where there is none."""
    if at >= len(items):
        return 0, "", at
    for concept in items[at].ids:
        if concept.startswith("span."):
            _, span_unit, span = concept.split(".", 2)
            return float(span), span_unit, at + 1
    if unit_of(items[at]):
        return 1, unit_of(items[at]), at + 1
    amount = count_at(items, at)
    if amount is None or at + 1 >= len(items):
        return 0, "", at
    after = at + 1
    extra = 0.0
    if items[after].has("and_a_half") and after + 1 < len(items):
        extra, after = 0.5, after + 1
    if items[after].has("quarter") and amount <= 3:
        return amount * 15, "minute", after + 1
    unit = unit_of(items[after])
    if unit and after + 1 < len(items) and items[after + 1].has("half_past"):
        return amount + 0.5, unit, after + 2
    return (amount + extra, unit, after + 1) if unit else (0, "", at)
