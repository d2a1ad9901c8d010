"""Ages: which numbers of a sentence are how old somebody is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.core.understanding.mentioned import RELATIVE
from bot.core.understanding.numbers import count_at, ordinal_at, unit_of
from bot.core.understanding.spotting import Item
from bot.core.understanding.stretches import STOPS

GROWN = 18
"""Years from which somebody is no child and no youth."""
_WRITES = 13
"""Nobody much younger writes here about himself."""


def age_at(items: Sequence[Item], at: int, before_it: Collection[int]) -> int | None:
    """The age an item says: 9 år, 70 years old, ٨ سنين, ዓመቱ 9. `before_it`: where ages were read before."""
    if not items[at].number and "time" not in items[at].kinds:
        return None
    age = count_at(items, at)
    if age is None and at and items[at - 1].has("aged_if_person"):
        age = ordinal_at(items, at)  # "I am 24." at the end of a sentence
    if age is None or (items[at].number is None and not _age_in_words(items, at)):
        return None
    after = items[at + 1] if at + 1 < len(items) else None
    if after is not None and any(concept.startswith("month.") for concept in after.ids):
        return None  # ናይ ሓድሽ ዓመት 31 ታሕሳስ
    return age if _is_age(items, at, age, before_it) and not _is_something_else(items, at) else None


def _is_age(items: Sequence[Item], at: int, age: int, before_it: Collection[int]) -> bool:
    after = items[at + 1] if at + 1 < len(items) else None
    before = items[at - 1] if at else None
    return (
        (after is not None and unit_of(after) == "year")
        or (before is not None and before.has("aged"))
        or _of_a_person(items, at, age)
        or ("(" in items[at].gap and before is not None and "audience" in before.kinds)
        or (at >= 2 and (at - 2 in before_it or at - 1 in before_it))  # "6 and 9", "٦ و٩"
        or _of_two(items, at, age)
    )


def _is_something_else(items: Sequence[Item], at: int) -> bool:
    """Years that something lasted or will last, and how many are in a family."""
    before = items[at - 1].ids if at else frozenset()
    if before & {"in_place", "lasted"} and _for_so_long(items, at):
        return True  # "I was a mason for 12 years"
    if at >= 2 and items[at - 2].has("families"):
        return True  # "a family of 6", "en familie på 6"
    return bool(before & {"in_span", "lived"})


def _of_a_person(items: Sequence[Item], at: int, age: int) -> bool:
    """My mother is 68: a number after "is", someone named shortly before, and nothing counted after."""
    if not at or not items[at - 1].has("aged_if_person") or age > 99:
        return False
    if at + 1 < len(items) and (items[at + 1].has("counted") or unit_of(items[at + 1]) not in ("", "year")):
        return False
    near = items[max(0, at - 4) : at]
    if any("audience" in item.kinds or item.ids & RELATIVE for item in near):
        return True
    return age >= _WRITES and any(item.has("I") for item in near)  # "we are 2" is how many


def _of_two(items: Sequence[Item], at: int, age: int) -> bool:
    """Boys 6 to 8; my sons, 5 and 14: two numbers right after those who are so old, and no day of a month."""
    if not at or "audience" not in items[at - 1].kinds or age >= GROWN or at + 2 >= len(items):
        return False
    other = count_at(items, at + 2) if items[at + 1].ids & {"until", "also"} else None
    after = items[at + 3].ids if at + 3 < len(items) else ()
    return other is not None and other < GROWN and not any(concept.startswith("month.") for concept in after)


def _age_in_words(items: Sequence[Item], at: int) -> bool:
    """A seven year old; en dreng på syv: a number in words is an age only where a person or "old" stands by it."""
    if (
        at + 1 < len(items)
        and unit_of(items[at + 1]) == "year"
        and (items[at + 1].span > 1 or any(item.has("old") for item in items[at + 1 : at + 3]))
    ):
        return True
    ends = at + 1 == len(items) or not STOPS.isdisjoint(items[at + 1].gap)
    if ends and not items[at].has("number.1") and _of_a_person(items, at, count_at(items, at) or 0):
        return True  # "she is fifteen"
    if not at or not items[at - 1].has("aged") or (at + 1 < len(items) and unit_of(items[at + 1]) not in ("", "year")):
        return False
    return any("audience" in item.kinds for item in items[max(0, at - 3) : at])


def _for_so_long(items: Sequence[Item], at: int) -> bool:
    """Whether years are a time that something lasted: nobody of that age and no "old" stands beside them."""
    beside = [*items[max(0, at - 3) : at], *items[at + 2 : at + 4]]
    return (
        not any(
            "audience" in item.kinds or item.ids & {"old", "aged", "child", "relative", "my_people"} for item in beside
        )
        and items[at + 1 : at + 2] != []
        and items[at + 1].span == 1
    )
