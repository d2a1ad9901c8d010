"""What stands in a text before it is decided what the person wants: its items, days, subjects, towns and concepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core.understanding.clauses import of_the_wish, refused_place, told_beside
from bot.core.understanding.frame import Question
from bot.core.understanding.lexicon import Entry, Words
from bot.core.understanding.lookup import COMPOUND, NEAR, TYPED
from bot.core.understanding.moments import When, read_when
from bot.core.understanding.short_days import with_short_days
from bot.core.understanding.spotting import Item, Sentence, spot
from bot.core.understanding.stretches import PAUSES, says_topic
from bot.core.understanding.subjects import Subjects, read_subjects
from bot.core.understanding.towns import Gazetteer, Town, find_towns

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read of one text before the intent is decided.

    `unknown`: words that no list has; `loose`: numbers, days and guessed towns of which nothing was made; `told`:
    where words stand that only tell beside a wish.
    """

    sentence: Sentence
    when: When
    said: Subjects
    towns: Sequence[Town]
    places: Mapping[str, Sequence[int]]
    unknown: int
    words: int
    loose: int
    told: frozenset[int] = frozenset()

    @property
    def clear(self) -> bool:
        """Whether hardly a word stayed unread: else the bot shows what it understood and asks."""
        return self.unknown < 2 or self.unknown * 6 <= self.words

    @property
    def only_places(self) -> bool:
        """Whether hardly more than a day or a town is said: that is no wish by itself, but may go on with one."""
        return self.words <= 4 and self.unknown == 0 and bool(self.towns or self.when.start) and not self.said.topics

    @property
    def only_when_or_where(self) -> bool:
        """Whether a day, a part of it or a town is all that is said: what there is then and there is meant."""
        if self.words > _SHORT or not (self.towns or self.when.start or self.when.part):
            return False
        items, towns = self.sentence.items, self.of_towns
        return all(at in towns or _tells_when_or_where(item) for at, item in enumerate(items))

    @property
    def only_what_and_when(self) -> bool:
        """Whether an activity, its time or town and for whom is all that is said: nobody tells or jokes so."""
        if self.unknown or not self.said.topics or "PAST" in self.places:
            return False
        covered = self.of_towns | self.when.used
        return bool(covered) and all(
            at in covered or _tells_when_or_where(item) or _names_an_activity(item) or item.kinds == _FOR_WHOM
            for at, item in enumerate(self.sentence.items)
        )

    @property
    def of_towns(self) -> set[int]:
        """Where words stand that name a town."""
        return {at for town in self.towns for at in range(town.at, town.until)}

    @property
    def opens_with_a_name(self) -> bool:
        """Whether only an activity is named before the first pause: "reading club, I finish a book a week"."""
        items = self.sentence.items
        end = next((at for at in range(1, len(items)) if not PAUSES.isdisjoint(items[at].gap)), 0)
        named = any(says_topic(items, at) for at in range(end))
        return named and end <= _SHORT and all(_names_an_activity(item) for item in items[:end])

    @property
    def plain(self) -> bool:
        """Whether every word was read, none by a bold guess, and it is one thing for one group: then it is sure."""
        return self.unknown == 0 and self._one_thing

    @property
    def plain_but_a_word(self) -> bool:
        """Whether it is plain but for one word of a sentence that is neither short nor long, and names its topic."""
        named = bool(self.said.topics or self.said.weak or self.said.offers)
        return self.unknown == 1 and named and 5 <= self.words <= 12 and self._one_thing

    @property
    def _one_thing(self) -> bool:
        said = self.said
        if said.guessed or len(said.audience) > 1 or self.loose:
            return False
        return len(said.topics) < 2 or (len(said.topics) == 2 and "also" in self.places and self.words <= 8)


_SHORT = 4
_WHEN_OR_WHERE = frozenset({"time", "function", "place_word"})
_FOR_WHOM = frozenset({"audience"})
_JOINS = frozenset({"also", "in_place", "but", "filler", "the_date"})


def _tells_when_or_where(item: Item) -> bool:
    if item.number or item.tier in (NEAR, TYPED) or item.has("greeting"):
        return False
    return not _JOINS.isdisjoint(item.ids) or (bool(item.kinds) and item.kinds <= _WHEN_OR_WHERE)


PAPERS = frozenset({"letters", "legal", "job", "second_hand"})
_NAMES = frozenset({"activity", "course", "article", "filler", "cafe"})


def _names_an_activity(item: Item) -> bool:
    """A topic, or what may stand beside it in a name. A paper named first is what something is told of."""
    return PAPERS.isdisjoint(item.ids) and ("topic" in item.kinds or not _NAMES.isdisjoint(item.ids))


def read(question: Question, words: Words, places: Gazetteer) -> Reading:
    """Everything read of a question's text."""
    sentence = spot(words, question.text, question.language)
    items = with_short_days(sentence.items)
    now = question.now.astimezone(_COPENHAGEN)
    tigrinya = bool(sentence.languages) and words.lists[sentence.languages[0]].typed == "tigrinya"
    named = find_towns(items, places, sentence.languages[0] if sentence.languages else "")
    towns = [town for town in named if not refused_place(items, town.at, town.until)]
    items = _named(items, named)
    wish = of_the_wish(items)
    said = read_subjects(wish)
    when = read_when(_without_ages(wish, said), now, ask_bare_hours=tigrinya)
    unread = [at for at, item in enumerate(items) if not item.entries and not item.number]
    unknown = sum(not any(town.at <= at < town.until for town in named) for at in unread) if named else len(unread)
    told = told_beside(items, _TELLING)
    held = _held(_without_told(items, told), when, said, towns)
    held.update({name: [-1] for name in _manner(items, question.text, when)})
    if not unknown:
        held["READ"] = [-1]
    loose = _loose(items, when, said) + sum(town.guessed for town in towns)
    return Reading(sentence, when, said, towns, held, unknown, len(items), loose, told)


def _named(items: tuple[Item, ...], towns: Sequence[Town]) -> tuple[Item, ...]:
    """The items with nothing but a town where a town stands."""
    if not towns:
        return items
    covered = {at for town in towns for at in range(town.at, town.until)}
    nothing: frozenset[str] = frozenset()
    return tuple(
        item._replace(entries=(), ids=nothing, kinds=nothing) if at in covered else item
        for at, item in enumerate(items)
    )


def _without_ages(items: Sequence[Item], said: Subjects) -> Sequence[Item]:
    """The items with the numbers of ages taken out, so that "8 år" is no hour; positions stay."""
    if not said.ages:
        return items
    return [item._replace(number=None) if at in said.ages else item for at, item in enumerate(items)]


_TELLING = frozenset({"far", "aside", "buy", "status", "judges", "feast"})
"""What the bot has no answer to, but may be told of before a wish."""


def _without_told(items: tuple[Item, ...], told: frozenset[int]) -> tuple[Item, ...]:
    nothing: frozenset[str] = frozenset()
    return tuple(
        item._replace(entries=(), ids=nothing, kinds=nothing) if at in told else item for at, item in enumerate(items)
    )


_TELLS_TIME = ("weekday.", "month.", "part.")
_NAMES_TIME = frozenset({"weekend", "next_week", "this_week", "next_month", "tomorrow", "after_tomorrow", "today"})


def _loose(items: Sequence[Item], when: When, said: Subjects) -> int:
    """How many numbers and days were said that no slot took: something of the question was not understood."""
    left = [at for at in range(len(items)) if at not in when.used and at not in said.ages]
    return sum(_is_loose(items, at) for at in left)


def _is_loose(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    after = items[at + 1] if at + 1 < len(items) else None
    if item.number:
        return after is None or not after.has("counted")
    if "time" not in item.kinds or "greeting" in item.ids:
        return False
    if any(concept.startswith("maybe_weekday.") for concept in item.ids):  # "sat 10 am", "man el tir"
        return any(_near_a_day(other) for other in items[at + 1 : at + 3])
    if "function" in item.kinds:
        return False
    return not _NAMES_TIME.isdisjoint(item.ids) or any(concept.startswith(_TELLS_TIME) for concept in item.ids)


def _near_a_day(item: Item) -> bool:
    return bool(item.number) or any(concept.startswith("maybe_weekday.") for concept in item.ids)


_GUARD_WORDS = frozenset({"say.stop", "say.person", "say.privacy"})
_WRITES = frozenset({"cancel", "say.cancel", "unsubscribe"})
_MISLEADING = _GUARD_WORDS | _WRITES | {"fire", "say.emergency"}
_PERSONAL = frozenset({"me", "I", "my", "my_people", "home", "help_me"})


def _held(items: Sequence[Item], when: When, said: Subjects, towns: Sequence[Town]) -> dict[str, list[int]]:
    """Where each concept stands; in capitals what holds of the whole sentence (at -1)."""
    held: dict[str, list[int]] = {}
    negated = said.negated
    personal = not _PERSONAL.isdisjoint(frozenset().union(*[item.ids for item in items]))
    for at, item in enumerate(items):
        for entry in item.entries:
            concept, kind = entry.concept, entry.kind
            if concept in negated:
                continue
            if (kind == "outside" or concept in _MISLEADING) and _set_off_by_accident(
                items, at, entry, personal=personal, said_topics=bool(said.topics)
            ):
                continue
            if concept in held:
                held[concept].append(at)
            else:
                held[concept] = [at]
            if kind == "language":
                held.setdefault("LANGUAGE", []).append(at)
    if "buy" in held and "second_hand" not in said.topics:
        held.setdefault("aside", []).extend(held["buy"])
    whole = {
        "TOPIC": [topic for topic in said.topics if topic != "danish"],
        "WEAK": said.weak,
        "OFFER": said.offers,
        "LETTER": "letters" in said.topics,
        "AUDIENCE": said.audience,
        "REFUSED": said.negated,
        "TOWN": towns,
        "DAY": when.start,
        "PART": when.part or when.time,
        "CLOCK": when.time,
        "PAST": when.past,
        "SPAN": when.span,
        "HOW_TO": bool(said.topics or said.weak) and any(_how_to(items, at) for at in range(len(items))),
        "ALONE": len(items) <= 2,
        "SHORT": len(items) <= 4,
        "BRIEF": len(items) <= 6,
        "LONG": len(items) > 10,
    }
    held.update({name: [-1] for name, value in whole.items() if value})
    return held


_QUESTION_MARKS = frozenset("?؟፧")
_ASKS = frozenset(
    ["exists", "where", "when", "what", "which", "how", "how_often", "cost", "free", "find", "join", "learn",
     "show", "want", "want_to", "need", "can", "cannot", "help_at", "help_me", "something", "activity", "course",
     "remind", "cancel", "prefer", "bored", "list", "open", "next", "sign_up", "translate", "explain",
     "together"]
)  # fmt: skip
_OF_ONESELF = frozenset({"I", "me", "my", "my_people", "relative", "life_event"})
_TELLS_LEAST = 3


def _manner(items: Sequence[Item], text: str, when: When) -> list[str]:
    """Whether a text is marked as a question, and whether it only tells: of oneself or one's own, or of what is past,
    and no word of it asks or wishes. "Football, Ringe, Saturday" does neither."""
    if not _QUESTION_MARKS.isdisjoint(text):
        return ["ASKED"]
    if len(items) < _TELLS_LEAST or any(_asks(item.ids) for item in items):
        return []
    return ["TELLS"] if when.past or any(item.ids & _OF_ONESELF for item in items) else []


def _asks(ids: frozenset[str]) -> bool:
    return not _ASKS.isdisjoint(ids) or any(concept.startswith("say.") for concept in ids)


_MADE = frozenset({"cooking", "sewing", "gardening", "second_hand", "art", "cycling", "eating_together"})
_HOW_NEAR = 3


def _how_to(items: Sequence[Item], at: int) -> bool:
    """How do I knit a heel, كيف بزرع بندورة: how something is made, not where to do it with others.

    Tigrinya asks after it: ኮሚደረ ብኸመይ ይተክል.
    """
    if not items[at].has("how") or items[at].ids & {"cost", "how_often"}:
        return False
    near = items[max(0, at - _HOW_NEAR) : at] if items[at].script == "ethiopic" else items[at + 1 : at + 1 + _HOW_NEAR]
    return any(entry.kind == "topic" and entry.concept in _MADE for item in near for entry in item.entries)


def _set_off_by_accident(items: Sequence[Item], at: int, entry: Entry, *, personal: bool, said_topics: bool) -> bool:
    """A word that does not mean it here: a guard's in a long text, a guessed or calmed word of danger, a guess."""
    alone = len(entry.words) == 1
    if entry.concept in _WRITES and items[at].tier == NEAR and alone and len(items[at].key) < 7:
        return True  # a sign-up is not cancelled by a guess: "الماء" is no "الغاء"
    if entry.kind == "outside" and said_topics and alone and items[at].tier >= TYPED:
        return True  # a guess beside a topic
    if entry.concept == "fire":
        return items[at].tier == COMPOUND
    if entry.concept in _GUARD_WORDS:
        return alone and len(items) > 6
    if entry.concept != "say.emergency":
        return False
    if alone and at and items[at - 1].has("not"):
        return True  # "not dangerous"
    if alone and items[at].tier == NEAR and len(items[at].key) < 7:
        return True
    return not personal and (len(items) > 14 or (alone and items[at].tier == NEAR))
