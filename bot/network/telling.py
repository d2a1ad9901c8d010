"""What the network's notices to newcomers and volunteers say before both said yes, from how things stand then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.core.network.model import Match, Request
from bot.core.say import Button, Message, label, say
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.network import telling_coordinators as coordinators
from bot.network import telling_pairs as pairs
from bot.network.practical import telling as practical
from bot.network.telling_pairs import match_of
from bot.network.words import age, declined_lines, free, helper_lines, languages, offer, place
from bot.store import network
from bot.store.database import Tx

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


async def _request(telling: Telling, match: Match) -> Request | None:
    return await network.one_request(telling.tx, telling.guide.community.id, match.request, telling.guide.point)


async def ask(telling: Telling) -> Message | None:
    """To a volunteer: what is asked for, without a name. The first line tells a lock screen nothing."""
    match = await match_of(telling, "asking_volunteer")
    request = await _request(telling, match) if match else None
    if match is None or request is None or request.state != "waiting":
        return None
    # NOTE: Head of a question to a volunteer. Neutral: others see the phone.
    head = say("💛 <b>Would you like to help?</b>")
    if telling.content.get("again"):
        head = say("💛 <b>A reminder: would you like to help?</b>")
    # NOTE: To a volunteer: {age} "15–17 years", {town} "Ringe", {offer} "homework help". Nobody's sex is known.
    sentence = say(
        "A young person ({age}) in {town} would like: {offer}.",
        age=age(request.band),
        town=place(telling.guide, request.place),
        offer=offer(request.offer),
    )
    if request.for_child:
        # NOTE: To a volunteer: {age} "under 15 years", {town} "Ringe", {offer} "homework help". Nobody's sex is
        # known.
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
            # NOTE: Under a question to a volunteer.
            say("A no is quite all right."),
        ),
        (
            (
                Button(label("✅ Yes"), f"nq:{match.id}:y", style="yes"),
                # NOTE: Button: a kind no.
                Button(label("❌ Not now"), f"nq:{match.id}:n", style="no"),
            ),
            # NOTE: Button: the volunteer wants to think it over; they are asked again in a week.
            (Button(label("🗓 Ask in a week"), f"nq:{match.id}:w"), PERSON),
        ),
    )


async def offer_message(tx: Tx, guide: Guide, match: Match, *, again: bool = False) -> Message:
    """To a newcomer: as much of the volunteer as the volunteer heard of them, and no name."""
    number = match.id
    request = await network.one_request(tx, guide.community.id, match.request, guide.point)
    volunteer = await network.one_volunteer(tx, guide.community.id, match.volunteer, guide.point)
    about = helper_lines(request, volunteer) if request and volunteer else []
    # NOTE: Head of a question to a newcomer. Neutral: others see the phone.
    head = say("🤝 <b>We have found somebody for you.</b>")
    if again:
        head = say("🤝 <b>A reminder: we have found somebody for you.</b>")
    return Message(
        (
            head,
            *about,
            # NOTE: Of a volunteer, to a newcomer who is asked whether they want to meet them.
            say("A coordinator has spoken with them."),
            say("If you say yes, you both see each other's first name."),
        ),
        (
            (
                Button(label("✅ Yes"), f"ny:{number}:y", style="yes"),
                Button(label("❌ Not now"), f"ny:{number}:n", style="no"),
            ),
            (PERSON,),
        ),
    )


async def found_you(telling: Telling) -> Message | None:
    match = await match_of(telling, "asking_newcomer")
    if match is None:
        return None
    return await offer_message(telling.tx, telling.guide, match, again=bool(telling.content.get("again")))


async def filled(telling: Telling) -> Message | None:
    return Message(
        # NOTE: To a volunteer who was asked: somebody else was found, or it was taken back.
        (say("💛 Thank you. Your help is not needed for this any more."), say("We ask you when somebody else fits.")),
        ((Button(label("💛 My offer"), "nv"), PERSON),),
    )


async def changed(telling: Telling) -> Message | None:
    """To a volunteer who was asked, and has changed what they offer since."""
    return Message(
        (
            # NOTE: To a volunteer: they changed their offer while they were being asked about somebody.
            say("💛 You have changed your offer, so what we asked you does not fit any more."),
            say("We ask you when somebody else fits."),
        ),
        ((Button(label("💛 My offer"), "nv"), PERSON),),
    )


async def again(telling: Telling) -> Message | None:
    """To a newcomer who was asked: the volunteer cannot after all."""
    return Message(
        (
            # NOTE: To a newcomer who was told that somebody was found for them. Nobody's fault.
            say("🤝 The person we had found cannot after all. It has nothing to do with you."),
            # NOTE: After “The person we had found cannot after all.”
            say("We look for somebody else."),
        ),
        ((Button(label("📋 My requests"), "nr"), PERSON),),
    )


async def desk(telling: Telling) -> Message | None:
    """A coordinator's own words to a volunteer or newcomer."""
    return Message(
        (
            # NOTE: Before the words of a coordinator, which follow in quotation marks.
            say("A coordinator writes to you:"),
            say("“{text}”", text=str(telling.content["text"])),
        ),
        ((Button(label("✍️ Answer"), f"nz:{telling.content['by']}"), PERSON),),
        protect=True,
    )


async def not_now(telling: Telling) -> Message | None:
    return Message(
        (
            # NOTE: To a volunteer: the newcomer did not say yes. Nobody's fault.
            say("💛 It did not work out this time. It has nothing to do with you."),
            say("We ask you when somebody else fits."),
        ),
        ((Button(label("💛 My offer"), "nv"), PERSON),),
    )


async def paused(telling: Telling) -> Message | None:
    number = int(telling.content["request"])
    return Message(
        # NOTE: The button below goes on with a request that is on pause.
        (say("⏸ We have not heard from you, so your request is on pause."), say("Tap when you want us to go on.")),
        ((Button(label("▶️ Go on"), f"np:{number}:n"), Button(label("✖️ Take back"), f"nb:{number}")), (PERSON,)),
    )


async def approved(telling: Telling) -> Message | None:
    return Message(
        (say("✅ <b>You are approved.</b>"), say("Thank you! We ask you when somebody fits.")),
        ((Button(label("💛 My offer"), "nv"), PERSON),),
    )


async def declined(telling: Telling) -> Message | None:
    return Message(declined_lines(str(telling.content.get("text", ""))), ((PERSON,),))


KINDS: Mapping[str, Tell] = {
    "net_ask": ask,
    "net_offer": found_you,
    "net_filled": filled,
    "net_changed": changed,
    "net_again": again,
    "net_desk": desk,
    "net_not_now": not_now,
    "net_paused": paused,
    "net_approved": approved,
    "net_declined": declined,
    **pairs.KINDS,
    **practical.KINDS,
    **coordinators.KINDS,
}
