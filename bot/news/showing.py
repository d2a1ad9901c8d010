"""How weekly news is shown: what is new near a person and of what they said they want, three at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.activities import AT_ONCE, spot, summary, town, understood
from bot.answers import FAR
from bot.core.model import Person
from bot.core.nearby import Hit, Wish
from bot.core.news import stamp
from bot.core.query import Query, decode
from bot.core.say import Button, Line, Message, Text, label, say
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.store import activities
from bot.store.database import Tx


def about(guide: Guide, content: Mapping[str, Any]) -> Query:
    """What somebody wants news of; nothing named means everything."""
    return decode(str(content.get("query", "0")), guide.codes)


async def what_is_new(
    tx: Tx, guide: Guide, person: Person, query: Query, span: tuple[datetime, datetime], now: datetime
) -> tuple[Hit, ...]:
    """What came in `span` (from after the first to the second moment), is still to come, near their town, the best
    first; each activity once, with its next time."""
    seen = await activities.seen_since(tx, guide.community.id, *span)
    if not seen:
        return ()
    wish = Wish(
        start=int(now.timestamp()),
        point=guide.point(person.place),
        topics=query.topics,
        without=query.without,
        audience=query.audience,
        languages=(person.language,),
    )
    hits = guide.index.search(wish, limit=len(guide.activities))
    near = person.place in guide.places  # who has not said where they live is told of the whole municipality
    return tuple(hit for hit in hits if hit.number in seen and not (near and (hit.km or 0.0) > FAR))


def news(guide: Guide, person: Person, hits: Sequence[Hit], offset: int, span: tuple[datetime, datetime]) -> Message:
    """Three of what is new, a button for each, the rest a tap away, and the tap that stops it."""
    shown = hits[offset : offset + AT_ONCE]
    place = guide.places.get(person.place or "")
    # NOTE: Head of the weekly news: {town} "Ringe". Neutral: others see the phone.
    head = say("🗞 <b>New near {town}</b>", town=town(place)) if place else say("🗞 <b>New this week</b>")
    lines: list[Line] = [head]
    tiles: list[Button] = []
    for number, hit in enumerate(shown, offset + 1):
        activity, found = guide.activities[hit.number], guide.occurrence(hit.number, hit.day)
        assert found is not None
        lines += ["", *summary(guide, activity, found, hit.km or 0.0, number=number)]
        emoji = guide.topics.find("topic", activity.topics[0]).emoji if activity.topics else "▫️"
        tiles.append(Button(label("{number} {emoji}", number=number, emoji=emoji), f"Wc:{spot(hit.number, hit.day)}"))
    more = len(hits) - offset - len(shown)
    rows: list[tuple[Button, ...]] = [tuple(tiles)]
    if more:
        # NOTE: Weekly news: how many more new activities there are, {count} "4"; the button ▶️ is below.
        lines += ["", say("Also new: {count}", count=more)]
    if paging := _paging(span, offset, more=bool(more)):
        rows.append(paging)
    # NOTE: Button under weekly news: it is not said any more.
    rows.append((Button(label("🔕 Stop these"), "Wn"), PERSON))
    return Message(lines, tuple(rows))


def _paging(span: tuple[datetime, datetime], offset: int, *, more: bool) -> tuple[Button, ...]:
    week = f"{stamp(span[0])}:{stamp(span[1])}"
    return (
        *((Button(label("◀️ Back"), f"Wm:{week}:{max(0, offset - AT_ONCE)}"),) if offset else ()),
        *((Button(label("▶️ More"), f"Wm:{week}:{offset + AT_ONCE}"),) if more else ()),
    )


def described(guide: Guide, person: Person, query: Query) -> list[Text]:
    """When and about what: the lines under which one says yes or no."""
    place = guide.places.get(person.place or "")
    lines = [
        # NOTE: Weekly news. {town} "Ringe".
        say("On Thursdays at 17:00 I tell you what is new near {town}.", town=town(place))
        if place
        # NOTE: Weekly news, to somebody who has not said where they live.
        else say("On Thursdays at 17:00 I tell you what is new.")
    ]
    if query.topics or query.audience:
        # NOTE: Weekly news: what it is about: {what} "football, children".
        lines.append(say("About: {what}", what=understood(guide, query)))
    # NOTE: Weekly news. “No message”: in a week without anything new.
    lines.append(say("Nothing new, no message. You can stop at any time."))
    return lines
