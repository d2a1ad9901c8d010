"""A coordinator and one person of the network write to each other through the bot: without a name, without a chat."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.network.model import LIVE
from bot.core.say import Button, Message, label, say
from bot.core.schedule import local_day
from bot.core.ways_on import NETWORK, PERSON
from bot.network.matches import OPEN, closed, tell_coordinators
from bot.services import Services
from bot.store import interpreters, network, network_log, notices, people
from bot.store.database import Tx
from bot.store.notices import NewNotice

LONGEST = 1000
SOON = timedelta(minutes=30)
"""For how long the next text is taken as words for the other."""


async def begin(services: Services, reader: Reader, person: int, now: datetime) -> Message:
    """The coordinator's next text goes to this person, who is a volunteer, has a request, or is one of a match."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        if person == reader.person.id or not await _is_known(tx, services, person):
            return closed()
        step = {"desk_to": person, "since": now.isoformat()}
        await people.set_step(tx, services.community, reader.person.id, step)
    return Message(
        (
            # NOTE: To a coordinator, who writes to a volunteer or newcomer; {number} stands for their name.
            say("✍️ Write now. I pass your next message on to no. {number}.", number=person),
            # NOTE: Under “Write now.”; “they” is the volunteer or newcomer.
            say("They do not see your name, and answer through me."),
        ),
        ((Button(label("🤝 Overview"), "N"),),),
    )


async def _is_known(tx: Tx, services: Services, person: int) -> bool:
    community, point = services.community, services.guide.point
    if await network.one_volunteer(tx, community, person, point) is not None:
        return True
    if await interpreters.one(tx, community, person, point, local_day(services.clock())) is not None:
        return True
    if await network.list_requests(tx, community, point, person=person):
        return True
    return bool(await network.list_matches(tx, community, person=person, states=(*LIVE, *OPEN)))


async def begin_answer(services: Services, reader: Reader, coordinator: int, now: datetime) -> Message:
    """The person's next text goes back to the coordinator who wrote."""
    assert reader.person is not None
    step = {"desk_from": coordinator, "since": now.isoformat()}
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, step)
    return Message(
        # NOTE: To a volunteer or newcomer, who answers a coordinator.
        (say("✍️ Write now. I pass your next message on to the coordinator."),),
        ((PERSON,),),
    )


def is_writing(reader: Reader, now: datetime) -> bool:
    """Whether the next text is for the other: soon, or it was meant for the bot."""
    step = reader.person.step if reader.person else None
    if not step or not ({"desk_to", "desk_from"} & set(step)):
        return False
    return now - datetime.fromisoformat(str(step["since"])) <= SOON


async def pass_on(services: Services, reader: Reader, text: str, key: str, now: datetime) -> Message:
    """Passes the words on, once; the answer comes back the same way."""
    person = reader.person
    assert person is not None
    step, words = person.step or {}, text[:LONGEST]
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, person.id, None)
        if "desk_to" in step:
            if not reader.coordinates:
                return not_yours()
            to = step["desk_to"]
            assert isinstance(to, int)
            content = {"text": words, "by": person.id}
            told = NewNotice(to, "net_desk", f"desk/{to}/{person.id}/{key}", now, content, urgent=True)
            await notices.add(tx, services.community, [told])
            await network_log.note(tx, services.community, person.id, "wrote", f"v{to}", now)
        else:
            await _answer(tx, services, person.id, step["desk_from"], words, key, now)
    services.hurry.set()
    up = Button(label("🤝 Overview"), "N") if "desk_to" in step else NETWORK
    # NOTE: After somebody's words were passed on.
    return Message((say("📨 Passed on."),), ((up, PERSON),))


async def _answer(tx: Tx, services: Services, person: int, to: object, words: str, key: str, now: datetime) -> None:
    """To the coordinator who wrote; where they coordinate no more, to all."""
    content, key = {"text": words, "from": person}, f"desk/{person}/{key}"
    coordinators = await people.with_role(tx, services.community, "coordinator")
    if any(each.id == to and each.state == "active" for each in coordinators):
        assert isinstance(to, int)
        await notices.add(tx, services.community, [NewNotice(to, "net_answer", key, now, content, urgent=True)])
        return
    await tell_coordinators(tx, services.community, "net_answer", key, content, now)
