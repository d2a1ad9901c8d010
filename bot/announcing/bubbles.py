"""What a person gets of an announcement: whose news it is, the words or voice, and the ways on."""

from __future__ import annotations

from bot.activities import spot
from bot.core.announcing.model import Announcement, Version
from bot.core.announcing.plan import Bubble, bubbles
from bot.core.say import Button, Html, Line, Media, Message, Rows, label, say
from bot.core.ways_on import PERSON
from bot.guide import Guide


def messages(guide: Guide, announcement: Announcement, version: Version) -> tuple[Message, ...]:
    """The bubbles in their order. The first says whose news it is, the last has the buttons."""
    parts = bubbles(announcement.photo, version)
    return tuple(
        _message(guide, part, announcement, first=at == 0, last=at == len(parts) - 1) for at, part in enumerate(parts)
    )


def _message(guide: Guide, part: Bubble, announcement: Announcement, *, first: bool, last: bool) -> Message:
    lines: list[Line] = []
    if first:
        # NOTE: Head of a message to many: {community} "Faaborg-Midtfyn Kommune". Neutral: others see the phone.
        lines.append(say("📣 <b>News from {community}</b>", community=guide.community.name))
    if part.html:
        lines += [*([""] if first else []), Html(part.html)]
    media = None if part.kind == "text" else Media(part.kind, part.file)
    return Message(lines, _buttons(guide, announcement) if last else (), media=media)


def _buttons(guide: Guide, announcement: Announcement) -> Rows:
    found = None
    if announcement.activity is not None and announcement.day is not None:
        found = guide.occurrence(announcement.activity, announcement.day)
    see = ((Button(label("🔎 See it"), f"c:{spot(found.activity, found.day)}"),),) if found else ()
    return (*see, (PERSON, Button(label("🔕 Messages off"), "stop")))
