"""A question understood: the frame of a text, and of a text that follows another ("and on Sunday?")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.understanding.frame import Ask, Evidence, Frame, Question
from bot.core.understanding.intents import DERIVED, FIND, GUARDS, OFFERS, RULES, SMALL, first_rule
from bot.core.understanding.lexicon import Words
from bot.core.understanding.reading import Reading, read
from bot.core.understanding.towns import Gazetteer, Town

_GUARDED = frozenset({"emergency", "stop", "privacy", "talk_to_person"})
# What makes a weak topic a question: "Danish" alone is none, "learn Danish" is.
_SUPPORT = frozenset(
    [
        "want",
        "learn",
        "exists",
        "where",
        "activity",
        "practise",
        "join",
        "DAY",
        "AUDIENCE",
        "TOWN",
        "SHORT",
        "like",
        "when",
        "open",
        "someone",
        "cost",
        "free",
        "find",
        "can",
        "cafe",
        "PART",
        "need",
        "play",
        "course",
        "help_at",
        "together",
        "something",
    ]
)
# With these a topic is meant, though something stands beside it that the bot has no answer to.
_ADVICE = frozenset({"legal", "letters", "job", "homework", "parenting", "second_hand"})
_PAPERS = frozenset({"letters", "legal", "job", "second_hand"})
_TAKES_PART = frozenset({"activity", "join", "learn", "together", "course", "help_at", "explain"})
_INVITES = frozenset(
    {"activity", "exists", "join", "learn", "together", "course", "open", "when", "help_at", "someone"}
)


def understand(question: Question, words: Words, places: Gazetteer) -> Frame:
    """The frame of a question by itself: `question.asked` is for `follow_up`. Same input, same frame."""
    reading = read(question, words, places)
    intent, offer, sure = _intent(reading)
    return _frame(question, reading, intent, offer, sure)


def follow_up(question: Question, words: Words, places: Gazetteer) -> Frame:
    """The frame of a text after `question.asked`: a fragment keeps the rest of it, anything else stands alone."""
    asked = question.asked
    reading = read(question, words, places)
    intent, offer, sure = _intent(reading)
    frame = _frame(question, reading, intent, offer, sure)
    if asked is None or asked.intent not in ("find_activity", "ask_offer") or not _is_fragment(reading, frame):
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


def _is_fragment(reading: Reading, frame: Frame) -> bool:
    """A short text that names a day, town, audience or topic (or asks price or place) and has no errand of its own."""
    if frame.intent not in ("find_activity", "unknown", "how_it_works", "greeting"):
        return False
    short = reading.words <= 6 and reading.unknown <= 1
    if frame.topics and (frame.start or frame.place):
        return False  # a topic and a day or a town are a question of their own
    about = frame.has_slots or bool(frame.negated) or not {"cost", "free", "where", "when"}.isdisjoint(reading.places)
    if "far" in reading.places or "aside" in reading.places:
        return False
    return short and about and (not frame.topics or "also" in reading.places or reading.words <= 3)


def _intent(reading: Reading) -> tuple[str, str, bool]:
    """Intent, offer and whether the evidence is strong."""
    places = reading.places
    rule = first_rule(GUARDS, places)
    if rule:
        return rule.intent, "", True
    rule = first_rule(RULES, places)
    if rule:
        return rule.intent, "", _sure_of_errand(reading, rule.intent)
    if reading.said.offers and not {"want", "need", "someone", "exists"}.isdisjoint(places):
        return _offer(reading, reading.said.offers[0])
    if _is_far(reading):
        return "unknown", "", False
    if "translate" in places and "TOPIC" not in places:
        return "unknown", "", False
    if reading.said.offers:
        return _offer(reading, reading.said.offers[0])
    rule = first_rule(OFFERS, places)
    if rule:
        return "ask_offer", rule.offer, reading.plain
    return _find(reading)


def _sure_of_errand(reading: Reading, intent: str) -> bool:
    """An errand is sure where it was read whole; a long text with a topic may be about that instead."""
    if intent == "set_reminder":  # what is remembered may be anything, when is not
        return bool(reading.when.start or reading.when.time or reading.unknown == 0)
    return reading.clear and not (reading.said.topics and reading.words > 10)


def _offer(reading: Reading, offer: str) -> tuple[str, str, bool]:
    """The offer named; help with homework in a homework café is an activity, not a helper for oneself."""
    if offer == "homework_help" and "cafe" in reading.places and "home" not in reading.places:
        reading.said.topics[:] = ["homework"]
        return "find_activity", "", False
    return "ask_offer", offer, reading.plain


def _is_far(reading: Reading) -> bool:
    """Whether it asks for what the bot has no answer to, and for nothing to take part in beside it."""
    places = reading.places
    if "PAST" in places and not (reading.said.topics and not _INVITES.isdisjoint(places)):
        return True  # "who won last night"; but "my mother died last year, is there a grief group"
    if "far" not in places:
        return False
    return _PAPERS.isdisjoint(reading.said.topics) and (not reading.said.topics or _TAKES_PART.isdisjoint(places))


def _find(reading: Reading) -> tuple[str, str, bool]:
    places = reading.places
    derived = first_rule(DERIVED, places) if not reading.said.topics else None
    if derived and derived.intent not in reading.said.negated:
        reading.said.topics.append(derived.intent)
    thin = reading.unknown >= 3 and reading.unknown * 5 > reading.words * 2
    if thin and reading.unknown >= 4 and _SUPPORT.isdisjoint(places):
        return "unknown", "", False
    if reading.said.topics:
        if "aside" in places and not _invites(places) and _ADVICE.isdisjoint(reading.said.topics):
            return "unknown", "", False
        return "find_activity", "", reading.plain
    if "aside" in places:
        return "unknown", "", False
    if reading.said.weak and not _SUPPORT.isdisjoint(places):
        return "find_activity", "", reading.plain
    rule = first_rule(FIND, places)
    if rule:  # a word that stayed unread may be the topic
        return "find_activity", "", reading.plain
    if "AUDIENCE" in places and {"exists", "DAY"} & places.keys() and not thin and reading.unknown <= 2:
        return "find_activity", "", False
    rule = first_rule(SMALL, places)
    if rule and reading.unknown <= 2 and not reading.said.weak:
        return rule.intent, "", reading.unknown <= 1
    return "unknown", "", False


def _invites(places: Mapping[str, Sequence[int]]) -> bool:
    """Whether something to take part in is asked for: by its words, or by a day where nothing is bought."""
    return not _INVITES.isdisjoint(places) or ("buy" not in places and "DAY" in places)


_SLOTTED = frozenset({"find_activity", "ask_offer", "set_reminder", "my_plans", "cancel", "unknown"})


def _frame(question: Question, reading: Reading, intent: str, offer: str, sure: bool) -> Frame:
    said, when = reading.said, reading.when
    topics: tuple[str, ...] = ()
    if intent == "ask_offer":
        topics = (offer,)
    elif intent not in _GUARDED and intent != "unknown":
        topics = tuple(said.topics) or tuple(said.weak[:1] if intent == "find_activity" else said.weak)
    slotted = intent in _SLOTTED
    town = _town(reading) if slotted else None
    ask = None
    if when.hours and slotted:
        ask, sure = Ask("tigrinya_hour", when.hours), False
    elif not sure:
        ask = Ask("topic", topics) if topics else Ask("intent")
    return Frame(
        intent=intent,
        topics=topics,
        audience=_audience(said.audience, topics) if slotted else (),
        start=when.start if slotted else None,
        end=when.end if slotted else None,
        part=when.part if slotted else None,
        time=when.time if slotted else None,
        place=town.name if town else None,
        sure=sure,
        negated=tuple(said.negated),
        evidence=(*said.evidence, *when.evidence, *_town_evidence(reading, town)),
        outside=town.name if town and town.outside else None,
        ask=ask,
        language_seen=reading.sentence.languages[0] if reading.sentence.languages else "",
    )


def _audience(said: Sequence[str], topics: Sequence[str]) -> tuple[str, ...]:
    """For whom: not the family that is wished for, which is the offer itself."""
    return tuple(group for group in said if not (group == "families" and "network_family" in topics))


def _town(reading: Reading) -> Town | None:
    """The town asked about: not the one that "I live in" says if another is named."""
    items = reading.sentence.items
    for town in reading.towns:
        lives = any(items[at].has("lived") for at in range(max(0, town.at - 2), town.at))
        if not lives or len(reading.towns) == 1:
            return town
    return None


def _town_evidence(reading: Reading, town: Town | None) -> tuple[Evidence, ...]:
    if not town:
        return ()
    items = reading.sentence.items
    return (Evidence("place", town.name, items[town.at].start, items[town.until - 1].end),)
