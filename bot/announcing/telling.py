"""What the notices round announcements say: to a volunteer who is asked, to the coordinator who waits to hear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.announcing.helping import request
from bot.core.announcing.model import Announcement
from bot.core.say import Button, Message, Word, label, say
from bot.store import announcements, deliveries

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


async def _found(telling: Telling) -> Announcement | None:
    return await announcements.one(telling.tx, telling.guide.community.id, int(telling.content["announcement"]))


async def translate(telling: Telling) -> Message | None:
    """To a volunteer. Nothing where somebody else was quicker, or it is over."""
    found, language = await _found(telling), str(telling.content["language"])
    if found is None or found.is_over or found.source not in found.versions:
        return None
    version = found.versions.get(language)
    if version is not None and version.state != "asked":
        return None
    return request(found, language)


async def version(telling: Telling) -> Message | None:
    """To the author: a volunteer has sent a version."""
    found, language = await _found(telling), str(telling.content["language"])
    if found is None or found.state == "cancelled":
        return None
    return Message(
        # NOTE: To a coordinator: {language} "Tigrinya", {number} "4" of the announcement.
        (
            say(
                "📥 A volunteer has sent announcement no. {number} in {language}.",
                number=found.id,
                language=Word("language", language),
            ),
        ),
        ((Button(label("👁 Look at it"), f"Bl:{found.id}:{language}"),),),
    )


async def announced(telling: Telling) -> Message | None:
    """To the author: nothing waits any more."""
    found = await _found(telling)
    if found is None:
        return None
    counts = await deliveries.counts(telling.tx, telling.guide.community.id, found.id)
    everyone, sent = sum(counts.values()), counts.get("sent", 0)
    return Message(
        # NOTE: To a coordinator: {number} "4" of the announcement, {sent} "120" of {everyone} "130" people got it.
        (
            say(
                "✅ Announcement no. {number} is out: {sent} of {everyone}.",
                number=found.id,
                sent=sent,
                everyone=everyone,
            ),
        ),
        ((Button(label("📊 Report"), f"Br:{found.id}"),),),
    )


async def off(telling: Telling) -> Message | None:
    """To the author: it hung on an activity that is not held."""
    found = await _found(telling)
    if found is None:
        return None
    return Message(
        # NOTE: To a coordinator: {number} "4" of the announcement, which was to be sent before or after an activity.
        (say("✖️ Announcement no. {number} was not sent: its activity is cancelled.", number=found.id),),
        ((Button(label("📣 Announcements"), "B"),),),
    )


KINDS: Mapping[str, Tell] = {
    "translate": translate,
    "version": version,
    "announced": announced,
    "announcement_off": off,
}
