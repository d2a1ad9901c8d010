"""What a person wants, decided: the rules' vote weighed with everything else that the text says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.understanding.frame import Evidence
from bot.core.understanding.reading import Reading
from bot.core.understanding.voting import ADVICE, derive_topic, vote_of
from bot.core.understanding.weighing import Leaning, Outline, Signs, lean, signs_of, speaks_for
from bot.core.understanding.weights import Weights

GUARDED = frozenset({"emergency", "stop", "privacy", "talk_to_person"})
"""Intents that must not be missed."""
_ONES_OWN = frozenset({"stop", "privacy"})
"""Guards of a rule that the weights do not overrule in a short text: there they are asked."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An intent, its offer ("" for none), whether it is sure, and the words that spoke for it.

    `guessed`: a guard that no rule called for. It is asked, never acted on: "I am bored" must not end all messages.
    """

    intent: str
    offer: str
    sure: bool
    evidence: tuple[Evidence, ...] = ()
    guessed: bool = False


def signs(reading: Reading, vote: str, voted_sure: bool, typed: str) -> Signs:
    """What of a reading is weighed: that a town is named, not what it is called, and not what is only told."""
    outline = Outline(reading.places, reading.unknown, reading.words, vote, voted_sure)
    towns = reading.of_towns
    items = [item for at, item in enumerate(reading.sentence.items) if at not in towns and at not in reading.told]
    return signs_of(items, outline, typed)


DOUBT = {"unknown": 8.0, "talk_to_person": 2.0}
"""Rather nothing than the wrong thing, and rather a person too many: `python -m benchmarks.doubt` (decision 0020)."""
_SURE, _SURE_OF_SLOTS, _SURE_BUT_A_WORD, _NEVER_LOST = 0.97, 0.99, 0.995, 0.03
"""Shares: of an errand by itself, of what has topic and day as well, of that with a word unread; what danger keeps."""
_MORE_DOUBT = 10.0
"""So much likelier than it is weighed "nothing" counts where the question is whether to be sure."""
_HALF, _NO_GUARD_ALONE, _HARDLY_LOST = 0.5, 0.25, 0.005
_NOTHING_SOUGHT = 0.02
"""What is left of the share of a search where every word was read and none says what for: "can somebody help me"."""
_OUTSIDE = frozenset({"far", "aside", "makes", "status", "taste", "judges", "translate", "called", "feast", "HOW_TO"})
READ_WHOLE, _NO_ANSWER = 6.0, 40.0
"""The doubt where a search was read whole, or what and for whom, and where the rules heard that it is outside."""
UNREVIEWED = (20.0, 12.0)
"""Both where no native reader has seen the lists (Arabic, Tigrinya): what they lack looks like a search."""
_SOUGHT = frozenset(
    ["TOPIC", "WEAK", "AUDIENCE", "DAY", "PART", "TOWN", "REFUSED", "OFFER", "activity", "something", "everything",
     "do", "happen", "bored", "say.find", "join", "course", "cafe", "open", "cost", "free", "list", "next", "find",
     "here"]
)  # fmt: skip
_WHAT, _FOR_WHOM = frozenset({"TOPIC", "do", "something"}), frozenset({"AUDIENCE", "DAY", "PART", "TOWN"})
_ASKED_FIRST = frozenset({"cancel", "find_activity", "ask_offer"})
"""Intents that the weights alone are not sure of: a seat given up, and what no rule saw a topic for."""
_HARDLY_HEARD = 0.01
"""The share at which plans that were named among words unread are asked about: to look at them does no harm."""
_AT_A_TIME = frozenset({"set_reminder", "cancel"})
_FEW_WORDS = 4
_MOST_WORDS = 14
"""A longer text may well hold more than one wish: what it looks for is shown and asked."""


def decide(reading: Reading, weights: Weights | None, typed: str) -> Decision:
    """The rules' vote, unless the whole of the text speaks for something else; without weights the vote alone."""
    vote, offer, sure = vote_of(reading)
    if vote == "unknown" and reading.only_when_or_where:
        return Decision("find_activity", "", sure=False)
    if weights is None:
        return Decision(vote, offer, sure)
    if sure and reading.words == 1 and reading.unknown == 0:
        return Decision(vote, offer, True)  # "help" alone is the menu's word, not a cry for it
    leaning = lean(weights, signs(reading, vote, sure, typed), _doubt(reading, vote, typed, sure=sure))
    if sure and _named_outright(reading, vote) and leaning.shares[vote] > _NEVER_LOST:
        return Decision(vote, offer, leaning.shares[vote] >= _HALF)
    plainly = vote == "find_activity" and leaning.intent not in GUARDED
    if plainly and (reading.only_what_and_when or anything_but(reading)):
        return Decision(vote, offer, sure and leaning.shares[vote] >= _HALF)
    intent = leaning.intent
    if _stays(reading, vote, leaning, sure=sure):
        intent = vote
    if intent == vote:
        doubted = vote in _ONES_OWN and leaning.intent != vote
        if vote in GUARDED and (not sure or doubted or _long_past(reading)):
            return Decision(vote, offer, sure=False, guessed=True)
        return Decision(vote, offer, _is_sure(reading, leaning, vote))
    return _overruled(reading, weights, leaning, intent)


def _doubt(reading: Reading, vote: str, typed: str, *, sure: bool) -> Mapping[str, float]:
    """What multiplies the shares: a search needs something that is sought, or a word unread that may be it."""
    anywhere, read_whole = UNREVIEWED if typed else (DOUBT["unknown"], READ_WHOLE)
    doubt = {**DOUBT, "unknown": anywhere}
    outside = not _OUTSIDE.isdisjoint(reading.places) and ADVICE.isdisjoint(reading.said.topics)
    if reading.unknown == 0 and _SOUGHT.isdisjoint(reading.places):
        return {**doubt, "find_activity": _NOTHING_SOUGHT}
    if vote == "unknown" and outside and (reading.unknown == 0 or not _says_what_and_for_whom(reading)):
        return {**doubt, "unknown": _NO_ANSWER}
    if (vote == "find_activity" and sure and not outside) or _says_what_and_for_whom(reading):
        return {**doubt, "unknown": read_whole}
    return doubt


def _says_what_and_for_whom(reading: Reading) -> bool:
    """Whether what is sought stands beside who, when or where: hardly anything else is asked like that."""
    return not (_WHAT.isdisjoint(reading.places) or _FOR_WHOM.isdisjoint(reading.places))


def _named_outright(reading: Reading, vote: str) -> bool:
    """Whether hardly more is said than a topic or an offer, each word read: "cooking on Sunday" leaves no doubt."""
    named = reading.said.topics if vote == "find_activity" else reading.said.offers if vote == "ask_offer" else ()
    return len(named) == 1 and reading.plain and reading.words <= _FEW_WORDS and "aside" not in reading.places


def anything_but(reading: Reading) -> bool:
    """Whether everything is wanted but what is named: "alt andet end fodbold"."""
    but = reading.said.negated and not reading.said.topics and reading.unknown == 0
    return bool(but) and not _ALL.isdisjoint(reading.places) and _OUTSIDE.isdisjoint(reading.places)


_ALL = frozenset({"everything", "something"})


def _stays(reading: Reading, vote: str, leaning: Leaning, *, sure: bool) -> bool:
    """Whether the rules' vote is not overruled: danger, a day or town alone, what another firm or office has."""
    if vote == "emergency":
        return leaning.shares[vote] > _NEVER_LOST
    if vote == "talk_to_person" and leaning.intent == "unknown":
        return leaning.shares[vote] > _NO_GUARD_ALONE
    if vote in _ONES_OWN:
        return leaning.shares[vote] > _HARDLY_LOST and reading.words <= _FEW_WORDS * 2
    if vote in ("find_activity", "ask_offer") and leaning.intent == "unknown":
        named = _opens_with_a_name(reading) or (sure and _joins(reading))
        return named and leaning.shares[vote] > _NEVER_LOST
    if vote == "ask_offer" and leaning.intent == "find_activity":  # a search for an offer finds nothing
        return bool(reading.said.offers) and not reading.said.topics
    if vote == "find_activity" and leaning.intent in GUARDED and reading.said.topics:
        return reading.plain and leaning.shares[vote] > _NO_GUARD_ALONE
    if vote == "my_plans" and leaning.intent == "unknown":
        return leaning.shares[vote] > _HARDLY_HEARD
    if vote != "unknown":
        return False
    elsewhere = "far" in reading.places and not reading.said.topics and leaning.intent == "find_activity"
    return elsewhere or reading.only_places


def _long_past(reading: Reading) -> bool:
    """Whether danger is told of a day gone beside something to take part in: then it is asked whether it still is."""
    sought = reading.said.topics or not _TAKEN_PART.isdisjoint(reading.places)
    return reading.when.past and bool(sought) and bool(reading.when.start)


_TAKEN_PART = frozenset({"activity", "something", "course", "join"})


def _joins(reading: Reading) -> bool:
    """Whether it is said in words that one takes part in what was named: "we want to learn Danish in our house"."""
    return not _TAKES_PART.isdisjoint(reading.places) and _OUTSIDE.isdisjoint(reading.places)


_TAKES_PART = frozenset({"join", "learn"})


def _opens_with_a_name(reading: Reading) -> bool:
    return reading.opens_with_a_name and "PAST" not in reading.places and _OUTSIDE.isdisjoint(reading.places)


def _is_sure(reading: Reading, leaning: Leaning, intent: str) -> bool:
    """Whether hardly anything speaks for another intent, and what is to be looked for was read whole."""
    if intent == "emergency":  # rather once too often
        return leaning.shares[intent] >= _HALF and reading.unknown * 3 <= reading.words
    share = leaning.shares[intent] / (1 + _MORE_DOUBT * leaning.shares["unknown"])
    if intent == "unknown" or share < _SURE or "correction" in reading.places:
        return False
    if intent not in ("find_activity", "ask_offer"):
        return reading.unknown * 3 <= reading.words and not (reading.loose and intent in _AT_A_TIME)
    if reading.words > _MOST_WORDS or reading.told or reading.when.refused:
        return False
    if reading.plain:
        return share >= _SURE_OF_SLOTS
    return reading.plain_but_a_word and share >= _SURE_BUT_A_WORD


def _overruled(reading: Reading, weights: Weights, leaning: Leaning, intent: str) -> Decision:
    """Another intent than the rules', with the words that speak for it."""
    offer = ""
    if intent == "ask_offer":
        offer = next(iter(reading.said.offers), "") or leaning.offer
    elif intent == "find_activity":
        derive_topic(reading)
    why = _why(reading, weights, intent, offer)
    if intent in GUARDED:
        return Decision(intent, offer, sure=False, evidence=why, guessed=True)
    return Decision(intent, offer, intent not in _ASKED_FIRST and _is_sure(reading, leaning, intent), why)


def _why(reading: Reading, weights: Weights, intent: str, offer: str) -> tuple[Evidence, ...]:
    """The three items that speak most for what was decided."""
    name = f"{intent}.{offer}" if offer else intent
    items = reading.sentence.items
    told = sorted(((speaks_for(weights, item, name), -at) for at, item in enumerate(items)), reverse=True)[:3]
    return tuple(Evidence("intent", intent, items[-at].start, items[-at].end) for weight, at in told if weight > 0)
