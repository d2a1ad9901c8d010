"""Short texts compared as people type them: without case, signs, accents and the marks that few write."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

FEW = 3
"""Words that may stand beside a title: "what is MindSpring", "jeg vil til MindSpring"."""


def bare(text: str) -> str:
    """The words alone: letters and digits in one case, without accents and vowel marks, one space between them."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    kept = (letter for letter in parted if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in kept).split())


def spelt(words: str, title: str) -> bool:
    """Whether these words, bare, are little more than one name of this title."""
    count, whole = words.count(" ") + 1, f" {words} "
    return any(count <= own + FEW and name in whole for own, name in _names(title))


@lru_cache(1024)
def _names(title: str) -> tuple[tuple[int, str], ...]:
    """A title's names, parted by ` · `: how many words each has, and the words with a space around them."""
    names = (bare(name.split(",")[0]) for name in title.split(" · "))
    return tuple((name.count(" ") + 1, f" {name} ") for name in names if name)
