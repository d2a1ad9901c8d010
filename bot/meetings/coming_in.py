"""Somebody comes into the network by an invitation: what they are now, and what the others were asked before them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.meetings.standing import standing
from bot.core.model import Person
from bot.core.rights import represents
from bot.core.say import Message, Text, say
from bot.core.schedule import local_day
from bot.meetings.audience import key_of, tell
from bot.meetings.words import home, organisations
from bot.services import Services
from bot.store import meetings


async def in_network(services: Services, person: Person, role: str, now: datetime) -> Message:
    """The welcome. Meetings that the others were asked to already are asked of the newcomer too, once."""
    guide, today = services.guide, local_day(now)
    person = replace(person, roles=person.roles | {role})
    async with services.database.write() as tx:
        for each in await meetings.since(tx, services.community, now):
            if each.state != "planned" or "invite" not in each.done or each.start <= now:
                continue
            if standing(person, guide.memberships, today, each) == "member":
                content = {"meeting": each.id}
                key = key_of(each, "invite")
                await tell(tx, services.community, [person], "meeting_invited", key, now, content, too_late=each.start)
    services.hurry.set()
    what: Text = say(
        # NOTE: After an invitation: the reader represents {organisations} "Fynsland" in the integration network.
        "🏛 You represent {organisations} in the network now.",
        organisations=organisations(guide, sorted(represents(person))),
    )
    return Message(
        (
            what,
            # NOTE: To somebody who represents an organisation in the network. Colleagues: the others of the network.
            say("Meetings, agendas and minutes come here. The others see your first name."),
        ),
        ((home(),),),
    )
