"""An item is sent to a colleague by the bot: a coordinator chooses which, a volunteer sends it to the coordinators."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Person, Reader
from bot.core.rights import COORDINATOR, coordinates
from bot.core.say import Button, Message, Text, label, say
from bot.core.schedule import local_day
from bot.knowledge.pages import card
from bot.knowledge.shelf import gone, item_of
from bot.roles import called
from bot.services import Services
from bot.store import colleagues, notices, people
from bot.store.database import Tx
from bot.store.notices import NewNotice

AT_ONCE = 8


async def choose(services: Services, reader: Reader, ref: str, page: int = 0) -> Message:
    """To whom: a colleague by their name; a volunteer knows no names, and chooses the coordinators."""
    there = await item_of(services, reader, ref)
    if isinstance(there, Message) or reader.person is None:
        return there if isinstance(there, Message) else gone()
    # NOTE: Button: a story is sent to every coordinator.
    everyone = (Button(label("📨 The coordinators"), f"KC:{ref}:0"),)
    rows: list[tuple[Button, ...]] = [everyone]
    more = False
    if reader.person.roles:
        async with services.database.read() as tx:
            found = [
                each for each in await colleagues.all_of(tx, services.community) if each.person != reader.person.id
            ]
        shown, more = found[page * AT_ONCE : (page + 1) * AT_ONCE], len(found) > (page + 1) * AT_ONCE
        buttons = [Button(label("👤 {name}", name=called(each)), f"KC:{ref}:{each.person}") for each in shown]
        rows += [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    onward = (Button(label("▶️ More"), f"Kc:{ref}:{page + 1}"),) if more else ()
    # NOTE: Above buttons with colleagues.
    return Message((say("📨 <b>Send it to whom?</b>"),), (*rows, (Button(label("◀️ Back"), f"Ks:{ref}"), *onward)))


async def send(services: Services, reader: Reader, ref: str, to: int, now: datetime) -> Message:
    """Each gets it once a day from the same person, however often it is tapped. `to` 0: every coordinator."""
    there = await item_of(services, reader, ref)
    if isinstance(there, Message) or reader.person is None:
        return there if isinstance(there, Message) else gone()
    me = reader.person
    async with services.database.write() as tx:
        those = [each for each in await _those(services, tx, me, to) if each.id != me.id and each.state == "active"]
        content = {"item": ref, "by": me.id}
        key = f"k{ref}/{me.id}/{local_day(now)}"
        await notices.add(
            tx, services.community, [NewNotice(each.id, "knowledge", key, now, content) for each in those]
        )
    services.hurry.set()
    # NOTE: After a story was sent to a colleague; or where nobody could be reached.
    said: Text = say("📨 Passed on.") if those else say("Nobody could be reached.")
    return await card(services, reader, ref, [said])


async def _those(services: Services, tx: Tx, me: Person, to: int) -> list[Person]:
    """Whom it goes to; a volunteer without a role reaches coordinators only."""
    if to == 0:
        return list(await people.with_role(tx, services.community, COORDINATOR))
    found = (await people.by_ids(tx, services.community, [to])).get(to)
    if found is None or not found.roles or not (me.roles or coordinates(found)):
        return []
    return [found]
