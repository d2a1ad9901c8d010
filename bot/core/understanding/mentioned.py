"""Who is only mentioned: a wife, husband or parent who is named though the activity is not for them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.understanding.spotting import Item
from bot.core.understanding.stretches import sentences_of

_CLAUSE_ENDS = frozenset(".?!؟።،,\n")
RELATIVE = frozenset({"relative", "my_people"})


def only_mentioned(items: Sequence[Item], at: int, group: str) -> bool:
    """Whether a woman or man is brought along, speaks, works, or says who one is: not for whom one asks."""
    if group not in ("women", "men"):
        return False
    if of_mine(items, at) and (
        any(item.has("bring") for item in items[max(0, at - 3) : at])  # "can I bring my sister"
        or _beside_me(items, at)
        or _whose_work(items, at)
        or _says_something(items, at)
    ):
        return True
    if items[at].has("want") and (at == 0 or _a_verb_of_mine(items[at + 1 : at + 2])):
        return True  # ابي: "I want" or "my father"
    return _introduced(items, at)


def _introduced(items: Sequence[Item], at: int) -> bool:
    """I live in Nyborg with my wife."""
    sentence = next(items[start:end] for start, end in sentences_of(items) if start <= at < end)
    if len(sentence) == len(items) or not any(item.ids & {"lived", "name"} for item in sentence):
        return False
    return not any("topic" in item.kinds for item in sentence)


def _beside_me(items: Sequence[Item], at: int) -> bool:
    """Me and my wife; jeg og min kone; انا ومرتي: who comes along says nothing of whom it is for."""
    back = at - 1
    while back >= max(0, at - 3) and items[back].ids & {"also", "my"} and not items[back].ids & {"I", "me"}:
        back -= 1
    if back >= 0 and items[back].ids & {"I", "me"} and not _marked(items[back + 1].gap, _CLAUSE_ENDS):
        return True
    after = items[at + 1 : at + 3]  # "my husband and I", زوجي وانا
    glued = bool(after) and after[0].has("I") and after[0].script == "arabic" and after[0].key.startswith("و")
    return glued or (len(after) == 2 and after[0].has("also") and after[1].has("I") and not after[0].gap.strip())


def _whose_work(items: Sequence[Item], at: int) -> bool:
    """My husband's job, min mand arbejder; شغل زوجي, ስራሕ ሰብኣየይ: who works somewhere, or whose work it is."""
    beside = items[at + 1 : at + 2]
    if items[at].script == "latin" or (beside and beside[0].has("work")):
        return bool(beside) and _is_work(beside[0]) and not _marked(beside[0].gap, _CLAUSE_ENDS)
    before = items[max(0, at - 1) : at]
    return bool(before) and _is_work(before[0]) and items[at].key[:1] not in ("ل", "n")


def says_work_of(items: Sequence[Item], at: int) -> bool:
    """Whether here stands a relative by whose work something is told."""
    return "audience" in items[at].kinds and of_mine(items, at) and _whose_work(items, at)


def of_mine(items: Sequence[Item], at: int) -> bool:
    """Whether somebody named here is one's own: my sister, زوجي."""
    return bool(items[at].ids & RELATIVE) or (at > 0 and items[at - 1].has("my"))


def _is_work(item: Item) -> bool:
    return item.has("work") or any(entry.kind == "topic" and entry.concept == "job" for entry in item.entries)


def _says_something(items: Sequence[Item], at: int) -> bool:
    """My wife says I must learn; قالت زوجتي; ሰበይተይ ኢላትኒ; or she died."""
    beside = [*items[max(0, at - 1) : at], *items[at + 1 : at + 2]]
    return any(item.ids & {"says_that", "life_event"} for item in beside)


def _a_verb_of_mine(following: Sequence[Item]) -> bool:
    """Whether an Arabic verb of the first person follows: it begins with alif, and is no noun with "the"."""
    return bool(following) and following[0].key.startswith("ا") and not following[0].key.startswith("ال")


def leave_relatives(items: Sequence[Item], topics: Sequence[str], audience: list[str]) -> None:
    """Takes relatives out of the audience where they are the old people sought for, or whom a law case is about."""
    if "seniors" not in audience and "legal" not in topics:
        return
    for group in ("women", "men", "families") if "seniors" in audience else ("women", "men"):
        named = [at for at in range(len(items)) if _says_group(items[at], group)]
        if group in audience and all(items[a].has("my_people") or _mine(items, a) for a in named):
            audience.remove(group)


def _says_group(item: Item, group: str) -> bool:
    return any(entry.kind == "audience" and entry.concept == group for entry in item.entries)


def _mine(items: Sequence[Item], at: int) -> bool:
    return at > 0 and items[at - 1].has("my_people")


def _marked(gap: str, marks: frozenset[str]) -> bool:
    return not marks.isdisjoint(gap)
