"""Short texts compared as people type them: without case, signs, accents and the marks that few write."""

from __future__ import annotations

import unicodedata

FEW = 3
"""Words that may stand beside a title: "what is MindSpring", "jeg vil til MindSpring"."""


def bare(text: str) -> str:
    """The words alone: letters and digits in one case, without accents and vowel marks, one space between them."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    kept = (letter for letter in parted if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in kept).split())


def spelt(text: str, title: str) -> bool:
    """Whether the text is little more than one name of this title; its names are parted by ` · `."""
    words = bare(text).split()
    for name in title.split(" · "):
        own = bare(name.split(",")[0]).split()
        if own and len(words) <= len(own) + FEW and f" {' '.join(own)} " in f" {' '.join(words)} ":
            return True
    return False
