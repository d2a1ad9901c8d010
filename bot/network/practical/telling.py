"""What the notice of a practical list says: what the other of the two has ticked and added since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.network.practical import news_for
from bot.core.say import Line, Message, say, say_many
from bot.core.ways_on import PERSON
from bot.network.first_meetings import name_of
from bot.network.practical.pair import open_list, pair_of
from bot.network.practical.showing import WARM, named

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling

MOST = 5
"""Things that are named; the rest is a number, and a tap away."""


async def news(telling: Telling) -> Message | None:
    """What is new and still stands; nothing where it was taken back meanwhile."""
    pair = await pair_of(telling.tx, telling.guide, telling.person, int(telling.content["match"]))
    if pair is None or pair.silent:
        return None
    found = news_for(pair.me, pair.things, datetime.fromisoformat(telling.content["since"]))
    if found.is_empty:
        return None
    name = name_of(pair.match, pair.match.other(telling.person.id))
    # NOTE: Head of a message: something is new on the list of two; {name} is the other's first name.
    lines: list[Line] = [say("📝 <b>New on your list with {name}</b>", name=name)]
    said = [say("✅ {thing}", thing=named(pair, each)) for each in found.ticked]
    # NOTE: A thing that the other added to the list of two.
    said += [say("➕ {thing}", thing=named(pair, each)) for each in found.added]
    lines += said[:MOST]
    if len(said) > MOST:
        lines.append(say_many("… and {n} more", "… and {n} more", len(said) - MOST))
    if found.reached:
        lines.append(WARM[found.reached])
    buttons = ((open_list(pair.match.id), PERSON),)
    return Message(lines, buttons, protect=True)


KINDS: Mapping[str, Tell] = {"net_list": news}
