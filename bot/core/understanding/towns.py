"""Where: Danish towns however they are spelt, in three scripts, with glued prefixes, and honestly outside the pack."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.model import Place
from bot.core.understanding.folding import Script, bones, exact, folded
from bot.core.understanding.lookup import COMPOUND, INFLECTED, NEAR
from bot.core.understanding.spotting import Item
from bot.core.understanding.tokens import tokenise

_ARABIC_PREFIXES = ("", "ب", "في", "ل", "من", "عال", "ع", "ال", "بال", "و", "وب", "ف", "ه")
_GEEZ_PREFIXES = ("", "n", "b", "'ab", "kab", "nab", "z", "nay", "s")
_GEEZ_SUFFIXES = ("", "n", "do", "n'", "ken")
_IN = frozenset({"ب", "في", "ل", "من", "عال", "وب", "n", "b", "'ab", "kab", "nab"})
_LATIN_SUFFIXES = ("", "s", "en", "do", "by", "kommune")
_LATIN_PREFIXES = ("", "b", "bi", "fi", "ab", "nab", "el")
_CACHE = 4096
_VOWELS = re.compile("[aeiouyæøå]")
_TWICE = re.compile(r"(.)\1+")
_ARABIC_BONES = str.maketrans(
    {**dict(zip("بتطثجحهخدضذرزظسصشفقكلمنغ", "btttghhgdddrzzsssfgglmng", strict=True)), **dict.fromkeys("اويءع")}
)
_LATIN_BONES = str.maketrans({"v": "f", "p": "b", "k": "g", "j": "g", "q": "g", "c": "g", "w": "f", "x": "s"})
_GEEZ_BONES = str.maketrans(
    {"v": "f", "p": "b", "k": "g", "j": "g", "q": "g", "H": "h", "T": "t", "$": "s", "x": "s", "w": "f"}
)


@dataclass(frozen=True, slots=True)
class Town:
    """A town found in a sentence. `outside`: it is a Danish town, and not one of the pack's. `guessed`: a word that is
    only near its name, and nothing before it says that a place follows."""

    name: str
    outside: bool
    at: int
    until: int
    guessed: bool = False


@dataclass(slots=True)
class Gazetteer:
    """Town names indexed. Built by `gazetteer`, then only read (`seen` is a bounded cache of words looked for)."""

    exact: dict[tuple[Script, str], Place] = field(default_factory=dict)
    by_bones: dict[tuple[Script, str], Place] = field(default_factory=dict)
    near: dict[tuple[Script, str], dict[str, Place]] = field(default_factory=dict)
    long: dict[str, list[tuple[tuple[str, ...], Place]]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    seen: dict[tuple[Script, str, bool], tuple[Place | None, Place | None]] = field(default_factory=dict)


def gazetteer(places: Sequence[Place], denmark: Sequence[Place] = ()) -> Gazetteer:
    """The index over the pack's places and the Danish towns beside them; a pack's place wins a shared spelling."""
    index = Gazetteer(own=frozenset(place.name for place in places))
    for place in (*places, *denmark):
        spellings = [place.name, *(name for names in place.names.values() for name in names)]
        for spelling in spellings:
            _add(index, place, spelling)
        for script in ("arabic", "ethiopic"):
            key = _bones(exact(place.name, "latin"), "latin")
            if len(key) >= 4 or (len(key) == 3 and key[0] != "-"):
                index.by_bones.setdefault((script, key), place)
    return index


def _add(index: Gazetteer, place: Place, spelling: str) -> None:
    keys = _keys(spelling)
    if not keys:
        return
    script = keys[0][0]
    if len(keys) > 1:
        index.long.setdefault(keys[0][1], []).append((tuple(key for _, key in keys), place))
        return
    key = keys[0][1]
    index.exact.setdefault((script, key), place)
    if len(key) >= 5:
        index.near.setdefault((script, key[0]), {}).setdefault(key, place)
    if script in ("arabic", "ethiopic"):
        skeleton = _bones(key, script)
        if len(skeleton) >= 4:
            index.by_bones.setdefault((script, skeleton), place)


@cache  # a process that serves more than one community indexes Denmark more than once
def _keys(spelling: str) -> tuple[tuple[Script, str], ...]:
    return tuple((token.script, _key(token.key, token.script)) for token in tokenise(spelling))


def _key(key: str, script: Script) -> str:
    return folded(key) if script == "latin" else key


def _bones(key: str, script: Script) -> str:
    """Consonants that any spelling of a town keeps; "-" first where it begins with a vowel."""
    if script == "latin":
        letters = key.replace("ch", "k").replace("th", "t")
        vowel = bool(letters) and letters[0] in "aeiouyæøå"
        # Ge'ez v is spelt with b or f; Arabic has f only: both are f here.
        skeleton = _VOWELS.sub("", letters).translate(_LATIN_BONES)
    elif script == "arabic":
        vowel = key[:1] == "ا"
        skeleton = (key[:-1] if key.endswith("ه") else key).translate(_ARABIC_BONES)
    else:
        vowel = key[:1] in "'`"
        skeleton = bones(key).translate(_GEEZ_BONES)
    return ("-" if vowel else "") + _TWICE.sub(r"\1", skeleton)


_GLUED = frozenset("بلوفብንዝ")
"""Letters that mean in, to, of or and where they stand before a name without a space."""


def find_towns(items: Sequence[Item], index: Gazetteer, language: str = "") -> list[Town]:
    """The towns of a sentence in reading order. `language`: the text's, whose words alone a town's name may also be."""
    towns = []
    at = 0
    while at < len(items):
        item = items[at]
        key = folded(item.key) if item.script == "latin" else item.key
        found = _long_name(items, at, index, key)
        (place, guessed), until = (
            ((found[0], False), found[1]) if found else (_one_word(items, at, key, index, language), at + 1)
        )
        if place:
            towns.append(Town(place.name, place.name not in index.own, at, until, guessed))
        at = until
    return towns


def _long_name(items: Sequence[Item], at: int, index: Gazetteer, key: str) -> tuple[Place, int] | None:
    """A name of several words; to the first a letter may be glued ("in": بفستر أوبي, ብቨስተር ኦቢ)."""
    forms = (key, key[1:]) if key[:1] in _GLUED else (key,)
    for form in forms:
        for keys, place in index.long.get(form, ()):
            rest = tuple(_key(item.key, item.script) for item in items[at + 1 : at + len(keys)])
            if rest == keys[1:]:
                return place, at + len(keys)
    return None


def _one_word(items: Sequence[Item], at: int, key: str, index: Gazetteer, language: str) -> tuple[Place | None, bool]:
    """The town a word names, and whether that is a guess."""
    item = items[at]
    if item.number or item.span > 1:
        return None, False
    script = item.script
    place = index.exact.get((script, key))
    known = bool(item.entries) and item.tier <= INFLECTED
    if place:
        a_word = known and any(language in ("", entry.words[0].language) for entry in item.entries)
        return (place if not a_word or _as_a_town(items, at) else None), False
    if known or (item.entries and item.tier == COMPOUND):
        return None, False
    after_in = at > 0 and items[at - 1].has("in_place")
    without, near = _sought(index, script, key, after_in=after_in)
    if without or (item.tier == NEAR and item.entries):
        return without, False
    return near, not after_in


def _sought(index: Gazetteer, script: Script, key: str, *, after_in: bool) -> tuple[Place | None, Place | None]:
    """The town a word is with affixes cut off, and the one it is misspelt."""
    found = index.seen.get((script, key, after_in))
    if found is None:
        without = _without_affixes(index, script, key)
        found = without, None if without else _near(index, script, key, after_in=after_in)
        if len(index.seen) >= _CACHE:
            index.seen.clear()
        index.seen[script, key, after_in] = found
    return found


def _as_a_town(items: Sequence[Item], at: int) -> bool:
    """A name that is also a word (Ringe, Give, Vejen) is a town after "in", a topic or day, or before a day."""
    if at == 0:
        return len(items) == 1 or (len(items) == 2 and "time" in items[1].kinds)
    before = items[at - 1]
    if at > 1 and before.has("filler") and items[at - 2].ids & {"want", "want_to", "like"}:
        return False  # "I want to give something"
    calls = at + 1 < len(items) and bool(items[at + 1].ids & {"to_someone", "number.1"})
    if before.has("in_place") or "," in items[at].gap:
        return not calls
    named = {e.kind for e in before.entries if "number." not in e.concept}
    return bool(named) and named <= _BEFORE_A_TOWN | ({"cue"} if "topic" in named else set())


_BEFORE_A_TOWN = frozenset({"topic", "time", "audience", "place_word", "offer"})


def _without_affixes(index: Gazetteer, script: Script, key: str) -> Place | None:
    prefixes, suffixes = _AFFIXES.get(script, (("",), ("",)))
    for prefix in prefixes:
        if not key.startswith(prefix):
            continue
        for suffix in suffixes:
            stem = key[len(prefix) : len(key) - len(suffix)]
            if key.endswith(suffix) and len(stem) >= 3 and (script != "latin" or not prefix or len(stem) >= 5):
                place = index.exact.get((script, stem))
                if place:
                    return place
    return None


_AFFIXES: dict[Script, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "arabic": (_ARABIC_PREFIXES, ("", "ه", "ي")),
    "ethiopic": (_GEEZ_PREFIXES, _GEEZ_SUFFIXES),
    "latin": (_LATIN_PREFIXES, _LATIN_SUFFIXES),
}


def _near(index: Gazetteer, script: Script, key: str, *, after_in: bool) -> Place | None:
    """A name misspelt: the same consonants (three only after "in"), or one letter away (two from eight letters).

    A short word is no town elsewhere for being like one: "ghena" is singing, not Grenaa.
    """
    for prefix in _AFFIXES.get(script, (("",), ("",)))[0]:
        if not key.startswith(prefix) or (prefix and script == "latin"):
            continue
        stem = key[len(prefix) :]
        if script != "latin":
            skeleton = _bones(stem, script)
            enough = 3 if after_in or prefix in _IN else 4
            place = index.by_bones.get((script, skeleton)) if len(skeleton) >= enough else None
            if place:
                return place
        if len(stem) < 5:
            continue
        most = 2 if len(stem) >= 8 else 1
        bucket = index.near.get((script, stem[0]))
        best = process.extractOne(stem, bucket.keys(), scorer=OSA.distance, score_cutoff=most) if bucket else None
        if best and bucket and (after_in or len(stem) > 5 or bucket[best[0]].name in index.own):
            return bucket[best[0]]
    return None
