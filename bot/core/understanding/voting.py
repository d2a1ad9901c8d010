"""The rules' vote: the intent of a text by the first rule of `intents` that holds, and whether that is sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.understanding.intents import DERIVED, FIND, GUARDS, OFFERS, OUTSIDE, RULES, SMALL
from bot.core.understanding.reading import PAPERS, Reading
from bot.core.understanding.rules import first_rule

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
ADVICE = frozenset({"legal", "letters", "job", "homework", "parenting", "second_hand"})
_TAKES_PART = frozenset({"activity", "join", "learn", "together", "course", "help_at", "explain"})
_FOR_ANYBODY = frozenset({"exists", "where", "find", "AUDIENCE", "join"})
_INVITES = frozenset(
    {"activity", "exists", "join", "learn", "together", "course", "open", "when", "help_at", "someone"}
)


def vote_of(reading: Reading) -> tuple[str, str, bool]:
    """Intent, offer and whether the evidence is strong, by the first rule whose signs stand in the text."""
    places = reading.places
    rule = first_rule(GUARDS, places)
    if rule and not (rule in _NOT_WANTED and _wants_after_all(places)):
        return rule.intent, "", True
    rule = first_rule(RULES, places)
    if rule:  # "I need help" asks for a person perhaps, and is asked
        return rule.intent, "", rule.intent != "talk_to_person" and _sure_of_errand(reading, rule.intent)
    if reading.said.offers and not {"want", "need", "someone", "exists", "join"}.isdisjoint(places):
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


_NOT_WANTED = [rule for rule in GUARDS.rules if rule.intent == "stop" and "not_want" in rule.needs[0]]
"""Of the rules for stop those that only hear a refusal near a message: "stop sending" is one whatever is wanted."""


def _wants_after_all(places: Mapping[str, Sequence[int]]) -> bool:
    """Whether it is not the message that is not wanted: "I do not want work, I want help with a letter"."""
    refused, helped = places.get("not_want", ()), {*places.get("help", ()), *places.get("help_me", ())}
    return any(
        first + 1 < want < message and any(want < at < message for at in helped)
        for message in places.get("message", ())
        for first in refused
        for want in places.get("want", ())
    )


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
    if first_rule(OUTSIDE, places):
        return True
    if "PAST" in places and not (reading.said.topics and ("where" in places or not _INVITES.isdisjoint(places))):
        return True  # "who won last night"; but "my mother died last year, is there a grief group"
    if "far" not in places or ("activity" in places and not _FOR_ANYBODY.isdisjoint(places)):
        return False  # "activities indoors when it rains"
    return PAPERS.isdisjoint(reading.said.topics) and (not reading.said.topics or _TAKES_PART.isdisjoint(places))


def derive_topic(reading: Reading) -> None:
    """Adds the topic that several words say together, where none is said by itself."""
    derived = first_rule(DERIVED, reading.places) if not reading.said.topics else None
    if derived and derived.intent not in reading.said.negated:
        reading.said.topics.append(derived.intent)


def _find(reading: Reading) -> tuple[str, str, bool]:
    places = reading.places
    derive_topic(reading)
    thin = reading.unknown >= 3 and reading.unknown * 5 > reading.words * 2
    if thin and reading.unknown >= 4 and _SUPPORT.isdisjoint(places):
        return "unknown", "", False
    if reading.said.topics:
        if "aside" in places and not _invites(places) and ADVICE.isdisjoint(reading.said.topics):
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
