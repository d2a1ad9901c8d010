"""What the notices to the two of a match say, once both have said yes: names, the meeting, how it goes, the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.network.model import LIVE, Match
from bot.core.query import base36
from bot.core.say import Button, Message, Moment, Text, label, say
from bot.core.ways_on import NETWORK, PERSON
from bot.network.contacts import asked_of
from bot.network.first_meetings import meeting_lines, name_of
from bot.network.follow_ups import ended_for, question
from bot.network.rules import network_rules
from bot.store import network

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


async def match_of(telling: Telling, *states: str) -> Match | None:
    """The match of the notice, if it is in one of these states and the person is still one of its two."""
    found = await network.find_match(telling.tx, telling.guide.community.id, int(telling.content["match"]))
    if found is None or found.state not in states or telling.person.id not in (found.newcomer, found.volunteer):
        return None
    return found


async def names(telling: Telling) -> Message | None:
    """Both said yes: first names, which cannot be forwarded or copied."""
    match = await match_of(telling, *LIVE)
    if match is None:
        return None
    return Message(
        (
            say("🎉 <b>You have found each other.</b>"),
            # NOTE: “Their”: of the other, one person whose sex is not known.
            say("Their first name is {name}.", name=name_of(match, match.other(telling.person.id))),
            say("The first meeting is in a public place. Tap to find a time:"),
        ),
        ((Button(label("🤝 Our match"), f"nm:{match.id}"),), (PERSON,)),
        protect=True,
    )


async def proposed(telling: Telling) -> Message | None:
    match = await match_of(telling, "meeting")
    meeting = match.notes.get("meeting") if match else None
    if match is None or not isinstance(meeting, dict) or meeting["at"] != telling.content["at"]:
        return None
    at = base36(int(datetime.fromisoformat(meeting["at"]).timestamp()))
    return Message(
        # NOTE: The other has proposed it; the lines below say when and where.
        (say("📅 <b>A time for your first meeting</b>"), *meeting_lines(meeting)),
        (
            (Button(label("✅ That fits"), f"nc:{match.id}:{at}", style="yes"),),
            (Button(label("🕐 Another time"), f"nt:{match.id}:0"), PERSON),
        ),
    )


async def agreed(telling: Telling) -> Message | None:
    return await _meeting(telling, say("✅ <b>Your first meeting is agreed.</b>"))


async def soon(telling: Telling) -> Message | None:
    if telling.content.get("near") == "hours":
        # NOTE: Head of a reminder two hours before the first meeting of two.
        return await _meeting(telling, say("⏰ <b>Soon: your first meeting</b>"))
    # NOTE: Head of a reminder on the evening before the first meeting of two.
    return await _meeting(telling, say("⏰ <b>Tomorrow: your first meeting</b>"))


async def _meeting(telling: Telling, head: Text) -> Message | None:
    match = await match_of(telling, "active")
    meeting = match.notes.get("meeting") if match else None
    if match is None or not isinstance(meeting, dict):
        return None
    return Message((head, *meeting_lines(meeting)), ((Button(label("🤝 Our match"), f"nm:{match.id}"), PERSON),))


async def follow(telling: Telling) -> Message | None:
    match = await match_of(telling, "active")
    asked = next((each for each in network_rules().follow_ups if each.id == telling.content["follow_up"]), None)
    if match is None or asked is None:  # it may be gone from the data
        return None
    return question(match.id, asked, name_of(match, match.other(telling.person.id)))


async def message(telling: Telling) -> Message | None:
    """The other side's words, as they are."""
    match = await match_of(telling, "meeting", "active")
    if match is None or match.notes.get("silent"):
        return None
    return Message(
        (
            say("✉️ <b>A message for you</b>"),
            # NOTE: Before the words of the other of a match, which follow in quotation marks.
            say("{name} writes:", name=name_of(match, match.other(telling.person.id))),
            say("“{text}”", text=str(telling.content["text"])),
        ),
        (
            # NOTE: “✍️ Answer”: Button: the reader's next message is passed on. “🔇 No messages”: Button: the reader
            # wants no more messages from the other.
            (Button(label("✍️ Answer"), f"nw:{match.id}"), Button(label("🔇 No messages"), f"nh:{match.id}")),
            # NOTE: Button: tells coordinators that something is wrong with this message.
            (Button(label("🚩 Report"), f"nu:{match.id}", style="no"), PERSON),
        ),
        protect=True,
    )


async def contact(telling: Telling) -> Message | None:
    """Both said the second yes: each other's Telegram name or number."""
    match = await match_of(telling, "active")
    if match is None:
        return None
    other = match.other(telling.person.id)
    name, found = name_of(match, other), match.notes.get(f"{match.side(other)}_contact")
    if not isinstance(found, str) or not match.notes.get(f"{match.side(telling.person.id)}_contact"):
        return None
    # NOTE: Both have agreed to share their contact; {name} is the other's first name.
    lines = [say("📱 You both said yes. You can write to {name} directly.", name=name)]
    write: tuple[Button, ...] = ()
    if found.startswith("+"):
        # NOTE: {name} is a first name, {number} a phone number.
        lines.append(say("☎️ {name}: {number}", name=name, number=found))
    else:
        # NOTE: Button: opens a chat with the other in Telegram.
        write = (Button(label("💬 Write"), link=f"https://t.me/{found.lstrip('@')}"),)
    return Message(lines, ((*write, PERSON),), protect=True)


async def ask_contact(telling: Telling) -> Message | None:
    match = await match_of(telling, "active")
    if match is None or match.notes.get(f"{match.side(telling.person.id)}_contact"):
        return None
    return asked_of(match, telling.person.id)


async def no_contact(telling: Telling) -> Message | None:
    match = await match_of(telling, "active")
    if match is None:
        return None
    return Message(
        (
            # NOTE: The other has not agreed to share their contact. Kind, without blame; {name} is their first name.
            say(
                "✍️ {name} would like to go on writing through me for now.",
                name=name_of(match, match.other(telling.person.id)),
            ),
        ),
        ((Button(label("✍️ Write to them"), f"nw:{match.id}"), PERSON),),
        protect=True,
    )


async def goes_on(telling: Telling) -> Message | None:
    match = await match_of(telling, "meeting", "active")
    if match is None:
        return None
    return Message(
        (say("▶️ Your match goes on. A coordinator has looked at it."),),
        ((Button(label("🤝 Our match"), f"nm:{match.id}"), PERSON),),
    )


async def comes(telling: Telling) -> Message | None:
    at = datetime.fromisoformat(telling.content["at"])
    return Message((say("🙋 A coordinator comes along to your meeting on {when}.", when=Moment(at)),), ((PERSON,),))


async def left(telling: Telling) -> Message | None:
    return Message(
        (
            # NOTE: To one of two; the other has left or stopped helping. No name.
            say("👋 Your match has ended: the other person is not here any more."),
            say("Thank you for the time you gave."),
        ),
        ((NETWORK, PERSON),),
    )


async def ended(telling: Telling) -> Message | None:
    return ended_for(newcomer=bool(telling.content.get("again")))


KINDS: Mapping[str, Tell] = {
    "net_names": names,
    "net_proposed": proposed,
    "net_agreed": agreed,
    "net_soon": soon,
    "net_follow": follow,
    "net_message": message,
    "net_contact": contact,
    "net_ask_contact": ask_contact,
    "net_no_contact": no_contact,
    "net_goes_on": goes_on,
    "net_comes": comes,
    "net_left": left,
    "net_ended": ended,
}
