"""What somebody has answered so far, as it fits into a button: a request, an offer, an interpreter in the making.

Nothing is stored until it is sent, so a half-filled form is never kept, and the oldest bubble still works.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.interpreting.model import MODES, Mode
from bot.core.network.model import WHOLE_WEEK, Whom
from bot.core.query import base36, code, coded_day, day_code

MOST_LANGUAGES = 7
WISHES = {"w": "woman", "f": "family"}
KINDS = {"w": "woman", "m": "man", "f": "family", "x": ""}
KM = (5, 10, 20, 40)
MOST_PEOPLE = 3
WHOM: dict[str, Whom] = {"m": "me", "c": "child", "d": "child2", "e": "child3"}
"""For whom it is, as a letter: a guardian may ask for three children, each with a request of their own."""


class ForgedDraft(Exception):
    """The text is no draft of ours."""


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that a draft may hold."""

    offers: Sequence[str]
    bands: Sequence[str]
    languages: Sequence[str]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request in the making."""

    offer: str
    whom: Whom
    band: str
    languages: tuple[str, ...]
    free: int = 0
    wishes: frozenset[str] = frozenset()

    def encode(self) -> str:
        wishes = "".join(letter for letter, wish in WISHES.items() if wish in self.wishes)
        return ":".join(
            (
                code(self.offer),
                letter_of(self.whom),
                self.band,
                ".".join(self.languages),
                base36(self.free),
                wishes or "-",
            )
        )


@dataclass(frozen=True, slots=True)
class Help:
    """A volunteer's offer in the making. `starts`: the first day they can; None is now."""

    offers: tuple[str, ...]
    languages: tuple[str, ...]
    free: int = 0
    km: int = 10
    capacity: int = 1
    kind: str = ""
    children: bool = False
    starts: date | None = None

    def encode(self) -> str:
        kind = next(letter for letter, name in KINDS.items() if name == self.kind)
        offers = "".join(code(offer) for offer in self.offers)
        rest = f"{KM.index(self.km)}{self.capacity}{kind}{int(self.children)}"
        starts = day_code(self.starts) if self.starts else ""
        return ":".join((offers, ".".join(self.languages), base36(self.free), f"{rest}{starts}"))


@dataclass(frozen=True, slots=True)
class Interpret:
    """What an interpreter says of themselves, in the making."""

    languages: tuple[str, ...]
    free: int = 0
    km: int = 20
    mode: Mode = "both"

    def encode(self) -> str:
        return ":".join((".".join(self.languages), base36(self.free), f"{KM.index(self.km)}{MODES.index(self.mode)}"))


Draft = Ask | Help | Interpret


def letter_of(whom: Whom) -> str:
    return next(letter for letter, each in WHOM.items() if each == whom)


def read_ask(parts: Sequence[str], known: Known) -> Ask:
    """The draft in these parts of a button. Raises ForgedDraft."""
    if len(parts) != 6 or parts[1] not in WHOM or parts[2] not in known.bands:
        raise ForgedDraft(":".join(parts))
    offers = _offers(parts[0], known)
    if len(offers) != 1 or (parts[1] == "m" and int(parts[2].partition("-")[0]) < 15):
        raise ForgedDraft(":".join(parts))
    wishes = frozenset(WISHES[letter] for letter in parts[5] if letter in WISHES)
    return Ask(offers[0], WHOM[parts[1]], parts[2], _languages(parts[3], known), _week(parts[4]), wishes)


def read_help(parts: Sequence[str], known: Known) -> Help:
    """The draft in these parts of a button. Raises ForgedDraft."""
    if len(parts) != 4 or len(parts[3]) < 4:
        raise ForgedDraft(":".join(parts))
    km, capacity, kind, children = tuple(parts[3][:4])
    if km not in "0123" or capacity not in "123" or kind not in KINDS or children not in "01":
        raise ForgedDraft(":".join(parts))
    return Help(
        _offers(parts[0], known),
        _languages(parts[1], known),
        _week(parts[2]),
        KM[int(km)],
        int(capacity),
        KINDS[kind],
        children == "1",
        _start(parts[3][4:]),
    )


def read_interpret(parts: Sequence[str], known: Known) -> Interpret:
    """The draft in these parts of a button. Raises ForgedDraft."""
    if len(parts) != 3 or len(parts[2]) != 2 or parts[2][0] not in "0123" or parts[2][1] not in "012":
        raise ForgedDraft(":".join(parts))
    km, mode = KM[int(parts[2][0])], MODES[int(parts[2][1])]
    return Interpret(_languages(parts[0], known), _week(parts[1]), km, mode)


def toggle(chosen: tuple[str, ...], one: str, most: int = MOST_LANGUAGES) -> tuple[str, ...]:
    """With it if it was not there, without it if it was; not more than `most`."""
    if one in chosen:
        return tuple(each for each in chosen if each != one)
    return (*chosen, one) if len(chosen) < most else chosen


def with_free(draft: Draft, bits: int) -> Draft:
    """The parts of the week are added; where all of them were there, they are taken away."""
    free = draft.free & ~bits if draft.free & bits == bits else draft.free | bits
    return replace(draft, free=free)


def _offers(text: str, known: Known) -> tuple[str, ...]:
    codes = {code(offer): offer for offer in known.offers}
    pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
    if any(pair not in codes for pair in pairs) or len(set(pairs)) != len(pairs):
        raise ForgedDraft(text)
    return tuple(codes[pair] for pair in pairs)


def _languages(text: str, known: Known) -> tuple[str, ...]:
    found = tuple(filter(None, text.split(".")))
    if len(found) > MOST_LANGUAGES or len(set(found)) != len(found) or not set(found) <= set(known.languages):
        raise ForgedDraft(text)
    return found


def _start(text: str) -> date | None:
    try:
        return coded_day(text) if text else None
    except ValueError:
        raise ForgedDraft(text) from None


def _week(text: str) -> int:
    try:
        found = int(text, 36)
    except ValueError:
        raise ForgedDraft(text) from None
    if not 0 <= found <= WHOLE_WEEK:
        raise ForgedDraft(text)
    return found
