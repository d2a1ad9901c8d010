"""What about and for whom: topics, offers and audience of a sentence, and the topics it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.understanding.ages import GROWN, age_at
from bot.core.understanding.frame import Evidence
from bot.core.understanding.lookup import COMPOUND, NEAR, TYPED
from bot.core.understanding.mentioned import leave_relatives, only_mentioned
from bot.core.understanding.numbers import count_at
from bot.core.understanding.spotting import Item
from bot.core.understanding.stretches import STOPS

# Said together, the first takes the second's words for its own: a letter to read is no reading group.
_SWALLOWS: dict[str, frozenset[str]] = {
    "letters": frozenset({"reading", "danish", "computer", "legal", "games"}),
    "health": frozenset({"social"}),
    "homework": frozenset({"reading", "danish", "computer"}),
    "playgroup": frozenset({"games", "social", "parenting", "singing"}),
    "parenting": frozenset({"social", "health"}),
    "film": frozenset({"reading"}),
    "faith": frozenset({"social", "walking"}),
    "job": frozenset({"computer", "danish", "cooking"}),
    "legal": frozenset({"letters", "danish", "job"}),
    "second_hand": frozenset({"sewing", "reading", "cycling"}),
    "eating_together": frozenset({"social"}),
    "cooking": frozenset({"social", "danish"}),
    "cycling": frozenset({"walking", "excursions"}),
    "swimming": frozenset({"fitness"}),
    "ball_games": frozenset({"fitness"}),
    "football": frozenset({"fitness"}),
    "martial_arts": frozenset({"fitness"}),
    "computer": frozenset({"danish"}),
    "singing": frozenset({"danish", "faith"}),
    "gardening": frozenset({"social"}),
    "walking": frozenset({"second_hand"}),
    "games": frozenset({"computer"}),
}


@dataclass(slots=True)
class Subjects:
    """Topics, offers and audience in the order said. `weak` topics count only if nothing stronger is said."""

    topics: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    audience: list[str] = field(default_factory=list)
    negated: list[str] = field(default_factory=list)
    guessed: bool = False
    evidence: list[Evidence] = field(default_factory=list)
    ages: set[int] = field(default_factory=set)


def read_subjects(items: Sequence[Item]) -> Subjects:
    """Topics, offers and audience of these items."""
    said = Subjects()
    for at, item in enumerate(items):
        _read_age(items, at, said)
        if _ABOUT_WHAT.isdisjoint(item.kinds):
            continue
        for entry in item.entries:
            if entry.kind == "topic" and entry.concept == "job" and _asks_what_is_done(items, at):
                continue
            if entry.kind == "topic":
                _add_topic(items, at, entry.concept, entry.weak, said)
            elif entry.kind == "offer":
                _add(said.offers, entry.concept)
                said.evidence.append(Evidence("topics", entry.concept, item.start, item.end))
            elif entry.kind == "audience" and not _left_out(items, at) and not only_mentioned(items, at, entry.concept):
                _add(said.audience, entry.concept)
                said.guessed = said.guessed or (item.tier == NEAR and len(item.key) < 6)
                said.evidence.append(Evidence("audience", entry.concept, item.start, item.end))
    _drop_guesses(items, said)
    _settle(said)
    _half_grown(items, said)
    leave_relatives(items, said.topics, said.audience)
    _leave_complaints(items, said)
    return said


def _asks_what_is_done(items: Sequence[Item], at: int) -> bool:
    """شو بيعملوا الشباب: where working and doing are one word, what is done is no job."""
    return items[at].has("do") and any(item.has("what") for item in items[max(0, at - 2) : at])


def _drop_guesses(items: Sequence[Item], said: Subjects) -> None:
    """A topic that is only guessed from a near word goes where another was read as it stands."""
    read = {
        entry.concept
        for item in items
        for entry in item.entries
        if entry.kind == "topic" and item.tier not in (NEAR, TYPED)
    }
    if read & {*said.topics, *said.weak}:
        said.topics = [topic for topic in said.topics if topic in read]
        said.weak = [topic for topic in said.weak if topic in read]


_CLAUSE_ENDS = frozenset(".?!؟።،,\n")
_ABOUT_WHAT = frozenset({"topic", "offer", "audience"})
_ASKS = frozenset(
    {"exists", "want", "where", "learn", "join", "find", "play", "need", "help_at", "like", "can", "when"}
)


def _leave_complaints(items: Sequence[Item], said: Subjects) -> None:
    """Takes away what a sentence without a wish is about where another sentence wishes for something else.

    "My kids sit with the tablet all day. Is there any sport?"
    """
    starts = [0, *(at for at in range(1, len(items)) if _marked(items[at].gap, _CLAUSE_ENDS))]
    if len(starts) < 2:
        return
    wished: set[str] = set()
    only_said: set[str] = set()
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        clause = items[start:end]
        topics = {entry.concept for item in clause for entry in item.entries if entry.kind == "topic"}
        ids = frozenset().union(*[item.ids for item in clause])
        told = "how_often" in ids and end - start >= 4 and _ASKS.isdisjoint(ids)
        (only_said if told else wished).update(topics)
    if wished & {*said.topics, *said.weak}:
        said.topics = [t for t in said.topics if t in wished or t not in only_said]
        said.weak = [t for t in said.weak if t in wished or t not in only_said]


def _marked(gap: str, marks: frozenset[str]) -> bool:
    """Whether one of these marks stands in a gap between two items."""
    return not marks.isdisjoint(gap)


def _left_out(items: Sequence[Item], at: int) -> bool:
    """Not for men, except children; Arabic "la" in Latin letters is "for" as well."""
    joined = at - 2 if at >= 2 and items[at - 1].has("also") else at - 1 if items[at].key.startswith("و") else -1
    if joined >= 0 and "audience" in items[joined].kinds and _left_out(items, joined):
        return True  # "without wives and children", بدون نسوان وولاد
    return at > 0 and bool(items[at - 1].ids & {"not", "except"}) and not items[at - 1].has("for")


def _add(values: list[str], value: str) -> None:
    if value not in values:
        values.append(value)


def _add_topic(items: Sequence[Item], at: int, topic: str, weak: bool, said: Subjects) -> None:
    item = items[at]
    if _negated(items, at) and not (topic == "job" and not _refused_outright(items, at)):
        _add(said.negated, topic)
        return
    said.evidence.append(Evidence("topics", topic, item.start, item.end))
    if item.tier == NEAR and len(item.key) < 6:
        said.guessed = True
    if _lived_in(items, at) or _of_a_class(items, at) or (topic == "job" and _my_job(items, at)):
        return
    if topic == "social" and item.span == 1 and item.has("friend"):
        weak = True  # "I and my friends want to play basketball"
    if topic == "job" and item.span == 1 and _comes_from(items, at):
        weak = True  # "I come from my job at six"
    _add(said.weak if weak else said.topics, topic)


_PLACED = frozenset({"in_place", "filler", "the_date"})


def _lived_in(items: Sequence[Item], at: int) -> bool:
    """Where somebody lives or lived is nothing to take part in: "I live in a camp"."""
    back = at - 1
    while back >= max(0, at - 3) and items[back].ids & _PLACED and not items[back].has("lived"):
        back -= 1
    return at - 1 > back >= 0 and items[back].has("lived") and not _marked(items[at].gap, _CLAUSE_ENDS)


_WISH = frozenset({"want", "want_to", "need", "find", "can", "learn", "cannot", "not"})


def _my_job(items: Sequence[Item], at: int) -> bool:
    """انا اشتغل, I work as: what one does is told, unless one wants to."""
    before = items[max(0, at - 2) : at]
    return items[at].has("work") and bool(before) and before[-1].has("I") and not any(i.ids & _WISH for i in before)


def _of_a_class(items: Sequence[Item], at: int) -> bool:
    """Klassetur: what a school class does together is told."""
    return at > 0 and items[at].tier == COMPOUND and items[at - 1].has("school_class") and not items[at].gap


def _comes_from(items: Sequence[Item], at: int) -> bool:
    """Fra job, من الشغل, ካብ ስራሕ: from or after work."""
    return at > 0 and items[at - 1].has("before_hour") and items[at - 1].has("in_place")


_ABOUT = (("legal", "families"), ("parenting", "youth"))
"""A topic and the group it is about, which is not for whom the activity is: bringing up teenagers."""


def _settle(said: Subjects) -> None:
    swallowed = {loser for topic in said.topics for loser in _SWALLOWS.get(topic, ())}
    said.negated = [t for t in said.negated if t not in said.topics and t not in said.weak]  # "not yoga, other sport"
    said.topics = [t for t in said.topics if t not in swallowed]
    said.weak = [t for t in said.weak if t not in said.topics]
    for topic, group in _ABOUT:
        if topic in said.topics and group in said.audience:
            said.audience.remove(group)
    if "youth" in said.audience and "men" in said.audience and "children" in said.audience:
        said.audience.remove("children")


def _half_grown(items: Sequence[Item], said: Subjects) -> None:
    """ابني المراهق: a son who is called a teenager right beside is no child."""
    if "youth" not in said.audience or "children" not in said.audience:
        return
    own = [at for at, item in enumerate(items) if item.has("children")]
    if all(at + 1 < len(items) and items[at + 1].has("youth") and not items[at + 1].gap.strip() for at in own):
        said.audience.remove("children")


_REFUSES = frozenset({"not", "not_want", "except"})
_WITHIN_NOT = frozenset({"want", "like", "filler", "for", "something"})
_ABLE = frozenset({"can", "cannot", "have", "understand", "know", "hear_no", "get"})


def _negated(items: Sequence[Item], at: int) -> bool:
    """Refused: "not football", "no football", "uden fodbold", "I don't like football", ኩዕሶ ኣይደልን."""
    if any(item.ids & _ABLE for item in items[max(0, at - 3) : at]):
        return False  # "I cannot swim" asks for a course
    if at >= 2 and items[at - 1].has("or") and "topic" in items[at - 2].kinds:
        return _negated(items, at - 2)  # "neither football nor handball"
    return _refused_before(items, at) or _refused_after(items, at)


def _refused_outright(items: Sequence[Item], at: int) -> bool:
    """Whether it is not wanted; "no job" and مش لاقي شغل only lack it."""
    return any(item.ids & {"except", "not_want", "not_want_after"} for item in items[max(0, at - 3) : at + 3])


def _refused_before(items: Sequence[Item], at: int) -> bool:
    for back in range(1, min(3, at) + 1):
        before = items[at - back]
        but = before.has("but") and not (back < at and items[at - back - 1].has("except"))  # "anything but"
        if but or _marked(items[at - back + 1].gap, STOPS):
            return False
        if before.ids & {"except", "not_want"} or (before.has("not") and back == 1):
            return True
        if before.has("not") and all(item.ids & _WITHIN_NOT for item in items[at - back + 1 : at]):
            return True
        wants = before.has("want") and not (back < at and items[at - back - 1].ids & _REFUSES)
        if wants or before.ids & {"exists", "where"}:
            return False
    return False


def _refused_after(items: Sequence[Item], at: int) -> bool:
    """As Tigrinya says it: the topic, then "is not" or "I do not want"."""
    for ahead in range(1, 3):
        if at + ahead >= len(items):
            return False
        after = items[at + ahead]
        if after.gap.strip() or (after.has("but") and not after.has("not_after")):
            return False
        if after.has("not_want_after") or (after.has("not_after") and ahead == 1):
            return True
        if after.entries and not after.has("filler"):
            return False
    return False


def _read_age(items: Sequence[Item], at: int, said: Subjects) -> None:
    """An age says for whom: children under 13, youth to 17, seniors from 60."""
    age = age_at(items, at, said.ages)
    if age is None:
        return
    said.ages.add(at)
    if age >= GROWN and at and "audience" in items[at - 1].kinds and "children" in said.audience:
        said.audience.remove("children")  # ጓል 35 ዓመት: a girl or a woman of so many years
    group = "children" if age < 13 else "youth" if age < GROWN else "seniors" if age >= 60 else ""
    younger = any((count_at(items, other) or GROWN) < 13 for other in said.ages)
    if group == "youth" and "children" in said.audience and not younger:
        said.audience.remove("children")
    if group == "seniors":
        said.audience = [a for a in said.audience if a not in ("women", "men")]
    if group:
        _add(said.audience, group)
        said.evidence.append(Evidence("audience", group, items[at].start, items[at].end))
