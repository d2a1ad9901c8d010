"""What the notice of weekly news says, made from what is there at the moment of sending; nothing where nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.say import Message
from bot.news import showing
from bot.store import opt_ins

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


async def news(telling: Telling) -> Message | None:
    """What has come since the last time; None in a week without anything new, and for who wants no more of it."""
    guide, person = telling.guide, telling.person
    found = await opt_ins.one(telling.tx, guide.community.id, person.id, "news")
    if found is None or found.answer != "yes":
        return None
    span = (datetime.fromisoformat(telling.content["since"]), datetime.fromisoformat(telling.content["until"]))
    query = showing.about(guide, found.content)
    hits = await showing.what_is_new(telling.tx, guide, person, query, span, telling.now)
    return showing.news(guide, person, hits, 0, span) if hits else None


KINDS: Mapping[str, Tell] = {"news": news}
