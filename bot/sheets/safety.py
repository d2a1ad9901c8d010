"""Texts in cells: what a program of sheets would take for a formula is made a text, and a text again when it is read.

People choose what an activity is called; whoever opens the sheet must not run it. As OWASP's “CSV Injection” says.
"""

from __future__ import annotations

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the same signs in full width, which some programs take for them."""

MARK = "'"


def safe(text: str) -> str:
    """The text as a cell may hold it: with an apostrophe before what begins as a formula, and without zero bytes."""
    kept = text.replace("\0", "")
    return f"{MARK}{kept}" if kept.lstrip(" ").startswith(BEGINS_A_FORMULA) or kept.startswith(MARK) else kept


def bare(text: str) -> str:
    """The text that `safe` has marked."""
    if text.startswith(MARK) and (text[1:].lstrip(" ").startswith(BEGINS_A_FORMULA) or text[1:].startswith(MARK)):
        return text[1:]
    return text
