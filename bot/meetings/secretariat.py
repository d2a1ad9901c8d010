"""The network's secretariat: who is convenor, who secretary, one of each; and its mandate, which is revised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.core.model import Reader
from bot.core.query import day_code
from bot.core.rights import CONVENOR, SECRETARY, coordinates
from bot.core.say import Button, Day, Message, Text, label, say
from bot.meetings.audience import tell
from bot.meetings.members_desk import may_change
from bot.meetings.words import gone, home, runs
from bot.services import Services
from bot.store import charters, colleagues, communities, people

TASKS = {"c": CONVENOR, "s": SECRETARY}
MOST_OFFERED = 16


async def overview(services: Services, reader: Reader, note: Text | None = None) -> Message:
    """Who is convenor and who secretary; a coordinator gives either to anybody who has come in."""
    guide = services.guide
    if (no := runs(guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        everybody = await colleagues.all_of(tx, services.community)
    lines: list[Text | str] = [
        *((note, "") if note else ()),
        # NOTE: Head: who looks after the network's agendas and minutes (sekretariat).
        say("✍️ <b>Secretariat</b>"),
        # NOTE: Convenor (tovholder) of the network: {name} "Per", or "–" where there is none.
        say("Convenor: {name}", name=_called(everybody, CONVENOR)),
        # NOTE: Secretary of the network: {name} "Per", or "–" where there is none.
        say("Secretary: {name}", name=_called(everybody, SECRETARY)),
    ]
    if _called(everybody, CONVENOR) == _called(everybody, SECRETARY) == "–":
        # NOTE: Where nobody is convenor or secretary of the network.
        lines.append(say("Until somebody is, coordinators are reminded."))
    until = guide.charter.revise_by if guide.charter else None
    if until is not None:
        # NOTE: {day} "Sunday 20/6", {year} "2027": until then what the network has agreed on (kommissorium) holds.
        lines.append(say("📜 The network's mandate: until {day} {year}", day=Day(until), year=str(until.year)))
    # NOTE: Button, the network's mandate was revised and holds a year longer.
    revise = ((Button(label("📜 One more year"), f"MN:{day_code(until)}"),),) if until else ()
    give = (
        # NOTE: “👤 Convenor”, “👤 Secretary”: chooses who it is.
        (Button(label("👤 Convenor"), "MS:c"), Button(label("👤 Secretary"), "MS:s")),
    )
    return Message(lines, (*((*give, *revise) if coordinates(reader.person) else ()), (home(),)))


async def revised(services: Services, reader: Reader, seen: date, now: datetime) -> Message:
    """The network has revised its mandate: it holds a year longer than what was `seen`, tapped once or twice."""
    if (no := may_change(services.guide, reader)) is not None:
        return no
    charter = services.guide.charter
    if charter is not None and charter.revise_by == seen:
        async with services.database.write() as tx:
            await charters.extend_mandate(tx, services.community, seen + timedelta(days=365))
            await communities.touch(tx, services.community)
        await services.current.refresh(now)
    return await overview(services, reader)


def _called(everybody: Sequence[colleagues.Colleague], role: str) -> str:
    names = [each.name or f"{each.person}" for each in everybody if role in each.roles]
    return ", ".join(names) or "–"


async def choose(services: Services, reader: Reader, task: str) -> Message:
    """Who shall it be? Anybody with a role here. Where somebody is it already, that is said."""
    guide = services.guide
    if (no := may_change(guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        everybody = await colleagues.all_of(tx, services.community)
    holder = next((each.person for each in everybody if TASKS[task] in each.roles), 0)
    # NOTE: Button, who looks after something: {name} "Per".
    rows = [
        (Button(label("👤 {name}", name=each.name or f"{each.person}"), f"MG:{task}:{each.person}:{holder}"),)
        for each in everybody
        if each.person != holder
    ][:MOST_OFFERED]
    # NOTE: To a coordinator who chooses the convenor or the secretary of the network.
    lines = [say("👤 <b>Who shall it be?</b>")]
    if holder:
        # NOTE: To a coordinator: there is one already, {name} "Per"; whoever is chosen takes over.
        lines.append(say("{name} is it now. Whoever you choose takes over.", name=_called(everybody, TASKS[task])))
    return Message(lines, (*rows, (Button(label("✍️ Secretariat"), "Ms"),)))


async def give(services: Services, reader: Reader, task: str, person: int, seen: int, now: datetime) -> Message:
    """There is one convenor and one secretary. `seen` is who it was when the button was made: where somebody else has
    been chosen meanwhile, nothing is changed and that is said, so that there are never two."""
    guide = services.guide
    if (no := may_change(guide, reader)) is not None:
        return no
    role = TASKS[task]
    async with services.database.write() as tx:
        await charters.hold(tx, services.community)
        everybody = await people.with_any_role(tx, services.community)
        holders = [each for each in everybody if role in each.roles]
        chosen = next((each for each in everybody if each.id == person), None)
        if chosen is None:
            return gone()
        if role in chosen.roles:
            return await overview(services, reader)
        if {each.id for each in holders} - {seen} or (seen and not holders):
            # NOTE: To a coordinator: a colleague has just chosen another convenor or secretary.
            taken = say("⚠️ Somebody else has been chosen meanwhile. There is only one: please look again.")
        else:
            taken = None
            for each in holders:
                await people.set_roles(tx, services.community, each.id, sorted(each.roles - {role}))
            await people.set_roles(tx, services.community, person, sorted({*chosen.roles, role}))
            key, at = f"role/{role}/{int(now.timestamp())}", now
            await tell(tx, services.community, [chosen], "meeting_role", key, at, {"role": role, "has": True})
            await tell(tx, services.community, holders, "meeting_role", key, at, {"role": role, "has": False})
    services.hurry.set()
    return await overview(services, reader, taken)
