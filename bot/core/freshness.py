"""How long an activity may go unconfirmed: asked after 90 days, said so on its card, then paused."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

ASKED_AFTER = timedelta(days=90)
SILENT_AFTER = timedelta(days=14)
PAUSED_AFTER = timedelta(days=28)

Freshness = Literal["fresh", "ask", "asked", "silent", "pause"]


def freshness(confirmed: datetime | None, asked: datetime | None, now: datetime) -> Freshness:
    """Where an activity stands that somebody confirmed then and was asked about then.

    Nobody is punished for a question that was never put: it is only paused four weeks after its contact was asked.
    """
    if confirmed is None or now - confirmed < ASKED_AFTER:
        return "fresh"
    if asked is None:
        return "ask" if now - confirmed < ASKED_AFTER + SILENT_AFTER else "silent"
    if now - asked >= PAUSED_AFTER:
        return "pause"
    return "silent" if now - asked >= SILENT_AFTER else "asked"


def is_unconfirmed(confirmed: datetime | None, now: datetime) -> bool:
    """Whether its card says since when nobody has confirmed it."""
    return confirmed is not None and now - confirmed >= ASKED_AFTER + SILENT_AFTER
