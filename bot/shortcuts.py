"""`data/shortcuts.yaml`: whole short texts that open a page of the menu, and the titles of programmes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from bot.core.shortcuts import bare, spelt
from bot.guide import Guide

FILE = Path(__file__).parent.parent / "data" / "shortcuts.yaml"


@lru_cache(maxsize=1)
def read_shortcuts() -> Mapping[str, str]:
    """What a text has to be, spelt plainly → the page that it opens."""
    pages = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {bare(str(text)): page for page, said in pages.items() for texts in said.values() for text in texts}


def page_of(guide: Guide, text: str) -> str | None:
    """The page that this text opens (`first_steps`, `associations` …); None for anything else that is written."""
    words = bare(text)
    found = read_shortcuts().get(words)
    if found is not None:
        return found if _is_there(guide, found) else None
    titles = (said.title for each in guide.programmes.values() for said in each.texts.values())
    return "programmes" if any(spelt(words, title) for title in titles) else None


def _is_there(guide: Guide, page: str) -> bool:
    needs = {"first_steps": bool(guide.first_steps), "programmes": bool(guide.programmes)}
    return needs.get(page, True)
