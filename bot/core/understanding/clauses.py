"""Which part of a text is the wish: what is told, given as a reason or taken back says nothing where the wish does.

"My wife was ill last week. Is there swimming on Sunday?" asks for Sunday; "on Friday, no sorry, Saturday" for Saturday.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.core.understanding.mentioned import RELATIVE, of_mine, says_work_of
from bot.core.understanding.spotting import Item
from bot.core.understanding.stretches import (
    PAUSES,
    clauses_of,
    says_adults,
    says_clock,
    says_day,
    says_group,
    says_hour,
    says_topic,
    sentences_of,
)

_ASKING = frozenset("?؟")
_WISHES = frozenset(
    ["exists", "want", "where", "when", "join", "find", "need", "help_at", "help_me", "can", "remind", "cancel",
     "cannot", "show"]
)  # fmt: skip
_REASON_LEAST = 3
"""A reason has at least so many items before the wish begins without a comma."""

_NOTHING: frozenset[str] = frozenset()
_NOWHERE: frozenset[int] = frozenset()
_Says = Callable[[Sequence[Item], int], bool]


def of_the_wish(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items without the topics, groups and days of what is only told, reasoned or taken back, where the wish or
    what was said last has its own. Positions stay."""
    if len(items) < 4:
        return items
    spoken = _without_told_times(_last_said(items))
    reasons = _reasons(spoken)
    beside = _beside_the_wish(spoken, reasons)
    gone = (
        _relatives_told(spoken)
        | _topics_told(spoken)
        | {at for at in _meanwhile(spoken, reasons) if says_group(spoken, at)}
    )
    if not beside:
        return _without(spoken, gone) if gone else spoken
    gone |= _past_told(spoken, beside)
    for says in (says_topic, says_group, says_day, says_hour):
        wished = any(says(spoken, at) for at in range(len(spoken)) if at not in beside)
        gone |= {at for at in beside if wished and says(spoken, at)}
    return _without(spoken, gone)


def _relatives_told(items: Sequence[Item]) -> set[int]:
    """Wives, husbands and parents of clauses that only tell, where another wishes for the person who writes:
    "my husband is on night shift, is there something we can do". And those by whose work something is told."""
    told = {at for at in range(len(items)) if says_work_of(items, at)}
    clauses = clauses_of(items)
    asking = [_wishes(items[start:end]) for start, end in clauses]
    wishes = [clause for clause, asks in zip(clauses, asking, strict=True) if asks]
    # who is named beside groups of the wish's own is told of, also a child
    grouped = any(says_group(items, at) for start, end in wishes for at in range(start, end))
    if not wishes or not (grouped or _my_own(items, wishes)):
        return told
    for (start, end), asks in zip(clauses, asking, strict=True):
        if not asks:
            says = says_group if grouped else _says_adult
            told |= {at for at in range(start, end) if of_mine(items, at) and says(items, at)}
    return told


_ASKS_FOR = frozenset({"exists", "where", "when", "join", "find", "learn", "show", "course", "activity"})


def _topics_told(items: Sequence[Item]) -> set[int]:
    """The topics of clauses that tell of one's own life, where a later one asks for a topic of its own:
    "I used to play football, but my knee is bad, is there swimming"."""
    clauses = clauses_of(items)
    held = [frozenset().union(*[item.ids for item in items[start:end]]) for start, end in clauses]
    wanted = _ASKS_FOR | {"want", "prefer"} if any("life_event" in ids for ids in held) else _ASKS_FOR
    asking = [
        at
        for at, (start, end) in enumerate(clauses)
        if not wanted.isdisjoint(held[at])
        and "except" not in held[at]
        and any(says_topic(items, place) for place in range(start, end))
    ]
    told: set[int] = set()
    for at, (start, end) in enumerate(clauses[: asking[-1]] if asking else ()):
        tells = not (_OWN_LIFE | RELATIVE | _LIVED_THROUGH).isdisjoint(held[at]) and (_WISHES | _ASKS_FOR).isdisjoint(
            held[at] - _NOT
        )
        if tells and end - start > 2:
            told |= {place for place in range(start, end) if says_topic(items, place) and not _is_paper(items[place])}
    return told


def _is_paper(item: Item) -> bool:
    """A letter or a case that is told of is what help is asked with."""
    return any(entry.kind == "topic" and entry.concept in ("letters", "legal") for entry in item.entries)


_NOT = frozenset({"cannot"})


def _says_adult(items: Sequence[Item], at: int) -> bool:
    return says_adults(items[at])


def _meanwhile(items: Sequence[Item], reasons: set[int]) -> set[int]:
    """The items of "while …", up to a pause, and of reasons about school: for those children it never is."""
    found: set[int] = set()
    for at, item in enumerate(items):
        if _begins_meanwhile(items, at):
            end = at + 1
            while end < len(items) and PAUSES.isdisjoint(items[end].gap) and not items[end].has("I"):
                end += 1
            found.update(range(at, end))
        elif item.has("meanwhile_before"):
            found.update(range(_subject_of(items, at), at + 1))
    at_school = any(items[at].has("school") for at in reasons)
    needs = any(items[at].ids & {"need", "want", "help_at", "help"} for at in reasons)
    return found | reasons if at_school and not needs else found


def _begins_meanwhile(items: Sequence[Item], at: int) -> bool:
    """While …; when my kids are asleep."""
    if items[at].has("meanwhile"):
        return True
    return items[at].has("when") and not items[at].has("exists") and any(i.has("my") for i in items[at + 1 : at + 2])


def _subject_of(items: Sequence[Item], at: int) -> int:
    """Where a clause begins whose last word stands here: at whom it tells of, or after a pause."""
    start = at
    while start and PAUSES.isdisjoint(items[start].gap) and not (start < at and says_group(items, start)):
        start -= 1
    return start


def _my_own(items: Sequence[Item], wishes: Iterable[tuple[int, int]]) -> bool:
    """Whether the wishes are the writer's own: nobody told of before, no "he", no "for her"."""
    held = [item.ids for start, end in wishes for item in items[start:end]]
    others = any(ids & RELATIVE or ("harmed" in ids and "me" not in ids) for ids in held)
    return not others and any("I" in ids for ids in held)


_ASKED_AFTER = frozenset({"exists", "where", "join", "learn", "find", "can", "course", "activity", "want_to"})
_TAKEN_PART_IN = frozenset({"something", "do", "join"})
_QUESTIONS = frozenset({"where", "when", "exists", "what", "which", "how", "cost", "translate"})


def told_beside(items: Sequence[Item], outside: frozenset[str]) -> frozenset[int]:
    """Where words of `outside` stand that only tell: "my phone is broken, where can I learn Danish" is no repair.

    So it is where another clause looks for something to take part in, and this one asks nothing.
    """
    if not any(not outside.isdisjoint(item.ids) for item in items):
        return _NOWHERE
    clauses = clauses_of(items)
    if len(clauses) < 2 or not any(_looks_for(items[start:end], outside) for start, end in clauses):
        return _NOWHERE
    return frozenset(
        at
        for start, end in clauses
        if not any(_is_question(item) for item in items[start:end])
        for at in range(start, end)
        if not outside.isdisjoint(items[at].ids)
    )


def _is_question(item: Item) -> bool:
    """Whether a word asks: Arabic "in" is "is there" as well, and its "not" is "what"."""
    return not _QUESTIONS.isdisjoint(item.ids) and not item.ids & {"in_place", "not"} and "topic" not in item.kinds


def _looks_for(clause: Sequence[Item], outside: frozenset[str]) -> bool:
    held = frozenset().union(*[item.ids for item in clause])
    if _ASKED_AFTER.isdisjoint(held) or not outside.isdisjoint(held):
        return False
    kinds = frozenset().union(*[item.kinds for item in clause])
    return bool(kinds & {"topic", "offer"} or held & {"activity", "course"}) or (
        not _TAKEN_PART_IN.isdisjoint(held) and "audience" in kinds
    )


def refused_place(items: Sequence[Item], at: int, until: int) -> bool:
    """Not in Ringe; ikke i Ringe; مو برينغه; ኣብ ሪንገ ኣይኮነን: a town that is not meant."""
    for back in range(at - 1, max(-1, at - 3), -1):
        if not PAUSES.isdisjoint(items[back + 1].gap):
            break
        if items[back].ids & {"not", "except"}:
            return True
        if not items[back].ids & {"in_place", "filler"}:
            break
    after = [item for item in items[until : until + 2] if not item.has("but")]
    return bool(after) and after[0].has("not_after") and PAUSES.isdisjoint(after[0].gap)


def corrections(items: Sequence[Item]) -> list[int]:
    """Where somebody takes back what was said: after a pause or a "no", a word such as "sorry, I mean"."""
    return [at for at, item in enumerate(items) if at and item.has("correction")]


def _last_said(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items without what is taken back: "on Friday, no sorry, Saturday" is Saturday."""
    for turn in reversed(corrections(items)):
        gone: set[int] = set()
        for says in (says_topic, says_day, says_clock):
            again = any(says(items, at) for at in range(turn, min(len(items), turn + 7)))
            gone |= {at for at in range(turn) if again and says(items, at)}
        if gone:
            return _without(items, gone)
    return items


_OWN_LIFE = frozenset({"I", "my", "my_people", "have", "cannot", "not", "job", "work", "school", "full"})


def _without_told_times(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items without the days and hours of one's own life, where the wish that follows has its own.

    "I work until 4 every day, is there a gym in the evening?"
    """
    clauses = clauses_of(items)
    if len(clauses) < 2:
        return items
    gone: set[int] = set()
    for says in (says_day, says_hour):
        wishes = [c for c in clauses if _wishes(items[c[0] : c[1]])]
        asked = [c for c in wishes if any(says(items, at) for at in range(*c))]
        for start, end in clauses:
            held = frozenset().union(*[item.ids for item in items[start:end]])
            own = _AT_WORK if says is says_hour else _LIVED_THROUGH
            later = asked if own.isdisjoint(held) or not _SIGNED_UP.isdisjoint(held) else wishes
            if (
                later
                and end <= later[-1][0]
                and not (_OWN_LIFE | _LIVED_THROUGH).isdisjoint(held)
                and _WISHES.isdisjoint(held - _MEANS)
            ):
                gone |= {at for at in range(start, end) if says(items, at)}
    gone |= _days_one_cannot(items, clauses)
    return _without(items, gone) if gone else items


def _days_one_cannot(items: Sequence[Item], clauses: Sequence[tuple[int, int]]) -> set[int]:
    """Tuesday I can't, but Wednesday: the day one cannot, where a later clause has its own. Giving up is another."""
    gone: set[int] = set()
    for at, (start, end) in enumerate(clauses[:-1]):
        held = frozenset().union(*[item.ids for item in items[start:end]])
        later = any(says_day(items, place) for place in range(end, clauses[-1][1]))
        if later and "cannot" in held and held.isdisjoint(_GIVES_UP) and clauses[at + 1][0] == end:
            gone |= {place for place in range(start, end) if says_day(items, place)}
    return gone


_GIVES_UP = frozenset({"come", "not_come", "cancel", "say.cancel", "say.cancel_mine", "signed_up", "sign_up"})
_LIVED_THROUGH = frozenset({"life_event"})
_SIGNED_UP = frozenset({"signed_up", "sign_up"})
_AT_WORK = frozenset({"job", "work"})
"""The hours one works are never those one asks for: "I work nights, when can I learn Danish"."""
_MEANS = frozenset({"cannot", "can", "exists"})
"""What is no wish in a clause of one's own life: "I cannot on Friday", and Arabic "in", which is "is there" as well."""


def _wishes(clause: Sequence[Item]) -> bool:
    return any(not _WISHES.isdisjoint(item.ids) or item.ids & {"also", "activity", "something"} for item in clause)


def _beside_the_wish(items: Sequence[Item], reasons: set[int]) -> set[int]:
    """The items of sentences that only tell, where another asks, and of reasons."""
    sentences = sentences_of(items)
    asks = [_asks(items, start, end) for start, end in sentences]
    beside = set(reasons)
    if any(asks):
        for (start, end), asking in zip(sentences, asks, strict=True):
            if not asking:
                beside.update(range(start, end))
    return beside if len(beside) < len(items) else set()


def _asks(items: Sequence[Item], start: int, end: int) -> bool:
    if end < len(items) and not _ASKING.isdisjoint(items[end].gap):
        return True
    return any(not _WISHES.isdisjoint(item.ids) for item in items[start:end])


def _reasons(items: Sequence[Item]) -> set[int]:
    """The items of "because …": up to a comma, or to where the wish begins; in Tigrinya up to its verb."""
    found: set[int] = set()
    for at, item in enumerate(items):
        if item.has("because") or item.has("meanwhile"):
            end = at + 1
            while end < len(items) and PAUSES.isdisjoint(items[end].gap):
                if end - at > _REASON_LEAST and not _WISHES.isdisjoint(items[end].ids):
                    break
                end += 1
            found.update(range(at, end))
        elif item.has("because_of_before") or (item.script == "ethiopic" and item.key.startswith("slez")):
            start = _subject_of(items, at)
            found.update(range(start, min(len(items), at + (2 if item.has("because_of_before") else 1))))
    return found


def _past_told(items: Sequence[Item], beside: set[int]) -> set[int]:
    """What is told of a day gone: its day, and the wife or husband it is told of."""
    gone: set[int] = set()
    for start, end in sentences_of(items):
        if start in beside and any(item.ids & {"yesterday", "last", "last_after"} for item in items[start:end]):
            gone |= {at for at in range(start, end) if at in beside and _of_the_past(items[at])}
    return gone


def _of_the_past(item: Item) -> bool:
    return bool(item.ids & {"yesterday", "last", "last_after"}) or says_adults(item)


def _without(items: tuple[Item, ...], gone: set[int]) -> tuple[Item, ...]:
    return tuple(
        item._replace(entries=(), ids=_NOTHING, kinds=_NOTHING, number=None) if at in gone else item
        for at, item in enumerate(items)
    )
