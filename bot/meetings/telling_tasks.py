"""What notices say of what somebody took on, of tasks in the network, of mandates, and of who leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from bot.core.rights import coordinates, in_secretariat
from bot.core.say import Button, Day, Message, label, say
from bot.core.schedule import local_day
from bot.core.ways_on import PERSON
from bot.meetings.words import action_line, home, network_name, organisation
from bot.store import meeting_papers

if TYPE_CHECKING:
    from bot.telling import Tell, Telling


async def action(telling: Telling) -> Message | None:
    """To whose it is: how far is it? None once it is done."""
    found = await meeting_papers.one_outcome(telling.tx, telling.guide.community.id, int(telling.content["action"]))
    if found is None or found.state != "open" or found.person != telling.person.id or found.due is None:
        return None
    return Message(
        (
            # NOTE: To somebody who took something on at a meeting, before the day by which it is to be done.
            say("📌 <b>How far is it?</b>"),
            action_line(found),
        ),
        (
            (
                # NOTE: “✅ Done”, “📅 Another day”: answers to “How far is it?”.
                Button(label("✅ Done"), f"Md:{found.id}:d", style="yes"),
                Button(label("📅 Another day"), f"Md:{found.id}:l"),
            ),
        ),
    )


async def overdue(telling: Telling) -> Message | None:
    """To who writes the papers: an action's day is over, and it is not done."""
    found = await meeting_papers.one_outcome(telling.tx, telling.guide.community.id, int(telling.content["action"]))
    if found is None or found.state != "open" or found.due is None or found.due >= local_day(telling.now):
        return None
    if not (in_secretariat(telling.person) or coordinates(telling.person)):
        return None
    return Message(
        (
            # NOTE: To the secretary: what somebody took on at a meeting is not done, and its day is over.
            say("📌 <b>Still open</b>"),
            action_line(found),
            # NOTE: To the secretary, about what is still open.
            say("It opens the next agenda."),
        ),
        ((Button(label("✅ Done"), f"Md:{found.id}:d"), Button(label("📅 Another day"), f"Md:{found.id}:l")),),
    )


async def mandate(telling: Telling) -> Message | None:
    """A mandate ends: time to revise it, while there is a meeting left."""
    whose, end = str(telling.content["whose"]), date.fromisoformat(str(telling.content["end"]))
    charter = telling.guide.charter
    if charter is None:
        return None
    member = telling.guide.memberships.get(whose)
    if (member.mandate_until if member else charter.revise_by) != end:
        return None
    said = (
        # NOTE: To an organisation of the network: {organisation} "Fynsland", {day} "Friday 31/12".
        say(
            "📜 The mandate of {organisation} in the network ends {day}. It is up for revision.",
            organisation=organisation(telling.guide, whose),
            day=Day(end),
        )
        if whose
        # NOTE: To the members of the network: {network} "Integrationsnetværket", {day} "Sunday 20/6".
        else say(
            "📜 The mandate of {network} ends {day}. It is up for revision and on the agenda.",
            network=network_name(telling.guide),
            day=Day(end),
        )
    )
    return Message((said,), ((home(),),))


async def role_given(telling: Telling) -> Message | None:
    """To the new convenor or secretary, and to the one before."""
    role, has = str(telling.content["role"]), bool(telling.content["has"])
    if (role in telling.person.roles) != has:
        return None
    if not has:
        # NOTE: To somebody whose task in the network has been given to somebody else.
        return Message((say("🏛 Somebody else looks after the agendas and minutes now. Thank you!"),), ((home(),),))
    said = (
        # NOTE: To the new convenor (tovholder) of the network.
        say("🏛 You are the convenor of the network now.")
        if role == "convenor"
        # NOTE: To the new secretary of the network, who writes agendas and minutes.
        else say("🏛 You are the secretary of the network now.")
    )
    return Message(
        # NOTE: To the new convenor or secretary of the network.
        (said, say("I remind you in good time to write agendas and minutes.")),
        ((home(),),),
    )


async def left(telling: Telling) -> Message | None:
    """To who represented an organisation that leaves the network, or represents it no more."""
    # NOTE: {organisation} "Fynsland" was in the integration network.
    said = say(
        "🏛 You do not represent {organisation} in the network any more. Thank you!",
        organisation=organisation(telling.guide, str(telling.content["organisation"])),
    )
    return Message((said,))


async def leaves(telling: Telling) -> Message | None:
    """To who represents an organisation: it leaves the network, and when."""
    id_, day = str(telling.content["organisation"]), date.fromisoformat(str(telling.content["day"]))
    member = telling.guide.memberships.get(id_)
    if member is None or member.left != day:
        return None
    return Message(
        (
            # NOTE: To who represents an organisation in the network: {organisation} "Fynsland", {day} "Monday 1/3".
            say(
                "🏛 {organisation} leaves the network {day}. Thank you for your time there!",
                organisation=organisation(telling.guide, id_),
                day=Day(day),
            ),
            # NOTE: To who represents an organisation that leaves the network.
            say("From then on you are asked to no more meetings."),
        ),
        ((PERSON,),),
    )


async def declined(telling: Telling) -> Message | None:
    """To who proposed an item that is not taken on: kindly, and their words with it."""
    # NOTE: To a member of the network: what they proposed for an agenda is not on it.
    head = say("🏛 Your item is not on the agenda this time. The secretary can tell you why.")
    return Message((head, say("“{text}”", text=str(telling.content["text"]))), ((home(),),))


KINDS: Mapping[str, Tell] = {
    "meeting_action": action,
    "meeting_overdue": overdue,
    "meeting_mandate": mandate,
    "meeting_role": role_given,
    "meeting_left": left,
    "meeting_leaves": leaves,
    "meeting_declined": declined,
}
