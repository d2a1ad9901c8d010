"""A question understood: the frame of a text, and of a text that follows another ("and on Sunday?")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.understanding.deciding import GUARDED, Decision, anything_but, decide
from bot.core.understanding.frame import Ask, Evidence, Frame, Question
from bot.core.understanding.lexicon import Words
from bot.core.understanding.mentioned import of_mine
from bot.core.understanding.reading import Reading, read
from bot.core.understanding.spotting import Item
from bot.core.understanding.stretches import PAUSES
from bot.core.understanding.towns import Gazetteer, Town


def understand(question: Question, words: Words, places: Gazetteer) -> Frame:
    """The frame of a question by itself: `question.asked` is for `follow_up`. Same input, same frame."""
    reading = read(question, words, places)
    return _frame(question, reading, _decision(reading, words))


def follow_up(question: Question, words: Words, places: Gazetteer) -> Frame:
    """The frame of a text after `question.asked`: a fragment keeps the rest of it, anything else stands alone."""
    asked = question.asked
    reading = read(question, words, places)
    frame = _frame(question, reading, _decision(reading, words))
    if asked is None or asked.intent not in ("find_activity", "ask_offer") or not _is_fragment(reading, frame):
        return frame
    if _looks_for_anything(reading, frame, asked):
        return frame
    topics = frame.topics or tuple(t for t in asked.topics if t not in frame.negated)
    has_day = frame.start is not None
    return replace(
        frame,
        intent=asked.intent if asked.intent == "find_activity" or not frame.topics else frame.intent,
        topics=topics,
        audience=frame.audience or asked.audience,
        start=frame.start if has_day else asked.start,
        end=frame.end if has_day else asked.end,
        part=frame.part or (None if has_day else asked.part),
        time=frame.time or (None if has_day else asked.time),
        place=frame.place or asked.place,
        outside=frame.outside if frame.place else asked.outside,
        sure=frame.ask is None or frame.ask.about == "intent",
        ask=frame.ask if frame.ask and frame.ask.about != "intent" else None,
    )


def _looks_for_anything(reading: Reading, frame: Frame, asked: Frame) -> bool:
    """Whether the topic of before is left: "anything but football" after drawing, "something for seniors"."""
    if anything_but(reading) and set(frame.negated).isdisjoint(asked.topics):
        return True
    return "something" in reading.places and not set(frame.audience) <= set(asked.audience)


def _decision(reading: Reading, words: Words) -> Decision:
    languages = reading.sentence.languages
    return decide(reading, words.weights, words.typed.get(languages[0], "") if languages else "")


def _is_fragment(reading: Reading, frame: Frame) -> bool:
    """A short text that names a day, town, audience or topic (or asks price or place) and has no errand of its own."""
    if frame.intent not in ("find_activity", "unknown", "how_it_works", "greeting"):
        return False
    short = reading.words <= 6 and reading.unknown <= 1
    if frame.topics and (frame.start or frame.place):
        return False  # a topic and a day or a town are a question of their own
    asks = not {"cost", "free", "where", "when"}.isdisjoint(reading.places) and reading.unknown == 0
    about = frame.has_slots or bool(frame.negated) or asks  # "how much is the swimsuit" is of something else
    if "far" in reading.places or "aside" in reading.places:
        return False
    if "TELLS" in reading.places and frame.intent == "unknown":
        return False  # "my son got his first tooth today" is news, "for my son on Sunday" goes on
    return short and about and (not frame.topics or "also" in reading.places or reading.words <= 3)


_ABOUT = {"network_family": ("families",), "legal": ("families", "children"), "parenting": ("youth",)}
"""Groups that a topic is about, which says nothing of whom the activity is for: bringing up teenagers."""
_SLOTTED = frozenset({"find_activity", "ask_offer", "set_reminder", "my_plans", "cancel", "unknown"})


def _frame(question: Question, reading: Reading, decision: Decision) -> Frame:
    said, when = reading.said, reading.when
    intent, offer, sure = decision.intent, decision.offer, decision.sure
    topics: tuple[str, ...] = ()
    if intent == "ask_offer":
        topics = (offer,)
    elif intent not in GUARDED and intent != "unknown":
        weak = [topic for topic in said.weak if topic != "danish"] or said.weak  # dinner with Danes is dinner
        topics = tuple(said.topics) or tuple(weak[:1] if intent == "find_activity" else said.weak)
    slotted = intent in _SLOTTED
    dated = slotted and not (when.refused and intent in ("find_activity", "ask_offer"))  # "not on Saturdays"
    town = _town(reading) if slotted else None
    ask = None
    if when.hours and slotted:
        ask, sure = Ask("tigrinya_hour", when.hours), False
    elif not sure:
        ask = Ask("topic", topics) if topics else Ask("intent", (intent,) if decision.guessed else ())
    return Frame(
        intent=intent,
        topics=topics,
        audience=_audience(said.audience, topics) if slotted else (),
        start=when.start if dated else None,
        end=when.end if dated else None,
        part=when.part if slotted else None,
        time=when.time if slotted else None,
        place=town.name if town else None,
        sure=sure,
        negated=tuple(said.negated),
        evidence=(*decision.evidence, *said.evidence, *when.evidence, *_town_evidence(reading, town)),
        outside=town.name if town and town.outside else None,
        ask=ask,
        language_seen=reading.sentence.languages[0] if reading.sentence.languages else "",
    )


def _audience(said: Sequence[str], topics: Sequence[str]) -> tuple[str, ...]:
    """For whom: not whom the topic is about, as the family wished for, or the child of a divorce."""
    about = {group for topic in topics for group in _ABOUT.get(topic, ())}
    return tuple(group for group in said if group not in about)


def _lived_beside(items: Sequence[Item], town: Town, *, alone: bool) -> int | None:
    """Where "live" stands by a town: shortly before it, or where another is named further off, or behind it."""
    before = range(max(0, town.at - (2 if alone else _FAR_BACK)), town.at)
    lived = next((at for at in before if items[at].has("lived")), None)
    if lived is not None:
        paused = any(not PAUSES.isdisjoint(item.gap) for item in items[lived + 1 : town.at + 1])
        return None if paused else lived
    behind = range(town.until, min(len(items), town.until + (0 if alone else 2)))
    return next((at for at in behind if items[at].has("lived")), None)  # ኣብ ክቨርንድሩፕ እየ ዝነብር


_FAR_BACK = 6
"""So many words may stand between "I live" and the town, where another is named: "out in the country near Espe"."""


def _town(reading: Reading) -> Town | None:
    """The town asked about: not the one that "I live in" says if another is named."""
    items = reading.sentence.items
    for town in reading.towns:
        lived = _lived_beside(items, town, alone=len(reading.towns) == 1)
        elsewhere = lived is not None and (len(reading.towns) > 1 or (lived > 0 and of_mine(items, lived - 1)))
        if not elsewhere and not _somebody_from(items, town.at):
            return town
    return None


def _somebody_from(items: Sequence[Item], at: int) -> bool:
    """My brother from Aarhus, the bus from Odense: not where it is to be."""
    if at and items[at - 1].span > 1 and items[at - 1].ids & {"aside", "far"}:
        return True
    if at < 2 or not (items[at - 1].has("before_hour") and items[at - 1].has("in_place")):
        return False
    return bool(items[at - 2].ids & {"relative", "my_people", "friend", "aside", "far"})


def _town_evidence(reading: Reading, town: Town | None) -> tuple[Evidence, ...]:
    if not town:
        return ()
    items = reading.sentence.items
    return (Evidence("place", town.name, items[town.at].start, items[town.until - 1].end),)
