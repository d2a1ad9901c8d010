"""What the network's notices to newcomers and volunteers say, from how things stand when they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.network.model import LIVE, Match, Request
from bot.core.query import base36
from bot.core.say import Button, Message, Moment, Text, label, say
from bot.network import telling_coordinators as coordinators
from bot.network.first_meetings import meeting_lines, name_of
from bot.network.follow_ups import ended_for, question
from bot.network.words import age, free, languages, offer, place
from bot.store import network

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling

HELP = (Button(label("🙋 A person"), "h"),)


async def _match(telling: Telling, *states: str) -> Match | None:
    """The match of the notice, if it is in one of these states and the person is still one of its two."""
    found = await network.find_match(telling.tx, telling.guide.community.id, int(telling.content["match"]))
    if found is None or found.state not in states or telling.person.id not in (found.newcomer, found.volunteer):
        return None
    return found


async def _request(telling: Telling, match: Match) -> Request | None:
    return await network.one_request(telling.tx, telling.guide.community.id, match.request, telling.guide.point)


async def ask(telling: Telling) -> Message | None:
    """To a volunteer: what is asked for, without a name. The first line tells a lock screen nothing."""
    match = await _match(telling, "asking_volunteer")
    request = await _request(telling, match) if match else None
    if match is None or request is None or request.state != "waiting":
        return None
    head = say("💛 <b>Would you like to help?</b>")
    if telling.content.get("again"):
        head = say("💛 <b>A reminder: would you like to help?</b>")
    sentence = say(
        "A young person ({age}) in {town} would like: {offer}.",
        age=age(request.band),
        town=place(telling.guide, request.place),
        offer=offer(request.offer),
    )
    if request.whom == "child":
        sentence = say(
            "A child ({age}) in {town} would like: {offer}.",
            age=age(request.band),
            town=place(telling.guide, request.place),
            offer=offer(request.offer),
        )
    return Message(
        (
            head,
            sentence,
            say("🗣 {languages}", languages=languages(request.languages)),
            say("🗓 {free}", free=free(request.free)),
            say("A no is quite all right."),
        ),
        (
            (
                Button(label("✅ Yes"), f"nq:{match.id}:y", style="yes"),
                Button(label("❌ Not now"), f"nq:{match.id}:n", style="no"),
            ),
            (Button(label("🗓 Ask in a week"), f"nq:{match.id}:w"), *HELP),
        ),
    )


def offer_message(match: Match, *, again: bool = False) -> Message:
    """To a newcomer: somebody would like to help; nothing of who it is but what was wished for."""
    number = match.id
    head = say("🤝 <b>We have found somebody for you.</b>")
    if again:
        head = say("🤝 <b>A reminder: we have found somebody for you.</b>")
    return Message(
        (
            head,
            say("They fit your wishes, and a coordinator has spoken with them."),
            say("If you say yes, you both see each other's first name."),
        ),
        (
            (
                Button(label("✅ Yes"), f"ny:{number}:y", style="yes"),
                Button(label("❌ Not now"), f"ny:{number}:n", style="no"),
            ),
            HELP,
        ),
    )


async def found_you(telling: Telling) -> Message | None:
    match = await _match(telling, "asking_newcomer")
    return None if match is None else offer_message(match, again=bool(telling.content.get("again")))


async def names(telling: Telling) -> Message | None:
    """Both said yes: first names, which cannot be forwarded or copied."""
    match = await _match(telling, *LIVE)
    if match is None:
        return None
    return Message(
        (
            say("🎉 <b>You have found each other.</b>"),
            say("Their first name is {name}.", name=name_of(match, match.other(telling.person.id))),
            say("The first meeting is in a public place. Tap to find a time:"),
        ),
        ((Button(label("🤝 Our match"), f"nm:{match.id}"),), HELP),
        protect=True,
    )


async def proposed(telling: Telling) -> Message | None:
    match = await _match(telling, "meeting")
    meeting = match.notes.get("meeting") if match else None
    if match is None or not isinstance(meeting, dict) or meeting["at"] != telling.content["at"]:
        return None
    at = base36(int(datetime.fromisoformat(meeting["at"]).timestamp()))
    return Message(
        (say("📅 <b>A time for your first meeting</b>"), *meeting_lines(meeting)),
        (
            (Button(label("✅ That fits"), f"nc:{match.id}:{at}", style="yes"),),
            (Button(label("🕐 Another time"), f"nt:{match.id}:0"), *HELP),
        ),
    )


async def agreed(telling: Telling) -> Message | None:
    return await _meeting(telling, say("✅ <b>Your first meeting is agreed.</b>"))


async def soon(telling: Telling) -> Message | None:
    return await _meeting(telling, say("⏰ <b>Your first meeting</b>"))


async def _meeting(telling: Telling, head: Text) -> Message | None:
    match = await _match(telling, "active")
    meeting = match.notes.get("meeting") if match else None
    if match is None or not isinstance(meeting, dict):
        return None
    return Message((head, *meeting_lines(meeting)), ((Button(label("🤝 Our match"), f"nm:{match.id}"), *HELP),))


async def follow(telling: Telling) -> Message | None:
    match = await _match(telling, "active")
    if match is None:
        return None
    return question(match.id, str(telling.content["follow_up"]), name_of(match, match.other(telling.person.id)))


async def message(telling: Telling) -> Message | None:
    """The other side's words, as they are."""
    match = await _match(telling, "meeting", "active")
    if match is None or match.notes.get("silent"):
        return None
    return Message(
        (
            say("✉️ <b>A message for you</b>"),
            say("{name} writes:", name=name_of(match, match.other(telling.person.id))),
            say("“{text}”", text=str(telling.content["text"])),
        ),
        (
            (Button(label("✍️ Answer"), f"nw:{match.id}"), Button(label("🔇 No messages"), f"nh:{match.id}")),
            (Button(label("🚩 Report"), f"nu:{match.id}", style="no"), *HELP),
        ),
        protect=True,
    )


async def contact(telling: Telling) -> Message | None:
    """Both said the second yes: each other's Telegram name."""
    match = await _match(telling, "active")
    if match is None:
        return None
    other = match.other(telling.person.id)
    name, username = name_of(match, other), match.notes.get(f"{match.side(other)}_contact")
    return Message(
        (say("📱 You both said yes. You can write to {name} directly.", name=name),),
        ((Button(label("💬 Write"), link=f"https://t.me/{username}"),), HELP),
        protect=True,
    )


async def goes_on(telling: Telling) -> Message | None:
    match = await _match(telling, "meeting", "active")
    if match is None:
        return None
    return Message(
        (say("▶️ Your match goes on. A coordinator has looked at it."),),
        ((Button(label("🤝 Our match"), f"nm:{match.id}"), *HELP),),
    )


async def comes(telling: Telling) -> Message | None:
    at = datetime.fromisoformat(telling.content["at"])
    return Message((say("🙋 A coordinator comes along to your meeting on {when}.", when=Moment(at)),), (HELP,))


async def filled(telling: Telling) -> Message | None:
    return Message(
        (say("💛 Thank you. Your help is not needed for this any more."), say("We ask you when somebody else fits.")),
        ((Button(label("💛 My offer"), "nv"), *HELP),),
    )


async def not_now(telling: Telling) -> Message | None:
    return Message(
        (
            say("💛 It did not work out this time. It has nothing to do with you."),
            say("We ask you when somebody else fits."),
        ),
        ((Button(label("💛 My offer"), "nv"), *HELP),),
    )


async def paused(telling: Telling) -> Message | None:
    number = int(telling.content["request"])
    return Message(
        (say("⏸ We have not heard from you, so your request is on pause."), say("Tap when you want us to go on.")),
        ((Button(label("▶️ Go on"), f"np:{number}:n"), Button(label("✖️ Take back"), f"nb:{number}")), HELP),
    )


async def left(telling: Telling) -> Message | None:
    return Message(
        (
            say("👋 Your match has ended: the other person is not here any more."),
            say("Thank you for the time you gave."),
        ),
        ((Button(label("🤝 Let's Network"), "n"), *HELP),),
    )


async def ended(telling: Telling) -> Message | None:
    return ended_for(newcomer=bool(telling.content.get("again")))


async def approved(telling: Telling) -> Message | None:
    return Message(
        (say("✅ <b>You are approved.</b>"), say("Thank you! We ask you when somebody fits.")),
        ((Button(label("💛 My offer"), "nv"), *HELP),),
    )


async def declined(telling: Telling) -> Message | None:
    return Message(
        (
            say("💛 Thank you for wanting to help."),
            say("We cannot use your help right now. A person is glad to explain."),
        ),
        (HELP,),
    )


KINDS: Mapping[str, Tell] = {
    "net_ask": ask,
    "net_offer": found_you,
    "net_names": names,
    "net_proposed": proposed,
    "net_agreed": agreed,
    "net_soon": soon,
    "net_follow": follow,
    "net_message": message,
    "net_contact": contact,
    "net_goes_on": goes_on,
    "net_comes": comes,
    "net_filled": filled,
    "net_not_now": not_now,
    "net_paused": paused,
    "net_left": left,
    "net_ended": ended,
    "net_approved": approved,
    "net_declined": declined,
    **coordinators.KINDS,
}
