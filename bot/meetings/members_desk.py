"""Who belongs to the network: organisations come and leave, who represents them, who writes the papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.cases import not_yours
from bot.core.meetings.model import Level, Membership
from bot.core.model import Organisation, Person, Reader
from bot.core.query import code, day_code
from bot.core.rights import coordinates, represents, represents_role
from bot.core.say import Button, Day, Message, Text, label, say, say_many
from bot.core.schedule import local_day
from bot.guide import Guide
from bot.invitations import invite
from bot.meetings.audience import tell
from bot.meetings.words import gone, home, no_network, organisation, runs
from bot.services import Services
from bot.store import charters, colleagues, communities, meeting_papers, people
from bot.store.database import Tx

AT_ONCE = 8
LEAVES_IN = (0, 30, 90)
"""Days from today on which an organisation may leave."""

HOLDS = timedelta(days=2 * 365)
"""How long a mandate is offered to hold from today."""


def may_change(guide: Guide, reader: Reader) -> Message | None:
    """Who belongs to the network is a coordinator's to say; the secretariat sees it."""
    if not coordinates(reader.person):
        return not_yours()
    return no_network() if guide.charter is None else None


def _code(organisation_id: str) -> str:
    return code(organisation_id, 5)


def by_code(guide: Guide, known: str) -> str | None:
    """The organisation a button names; None where there is none."""
    return next((each for each in guide.organisations if _code(each) == known), None)


def _sorted(guide: Guide, today: date) -> list[Membership]:
    """Members first, then the orientation level, each by name; who has left comes last."""
    return sorted(
        guide.memberships.values(),
        key=lambda each: (not each.holds(today), each.level != "member", organisation(guide, each.organisation)),
    )


async def overview(services: Services, reader: Reader, now: datetime, page: int = 0) -> Message:
    """The organisations of the network with who represents them, by number; a button to each."""
    guide = services.guide
    if (no := runs(guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        everybody = await people.with_any_role(tx, services.community)
    found = _sorted(guide, local_day(now))
    shown = found[page * AT_ONCE : (page + 1) * AT_ONCE]
    # NOTE: Head of the list of organisations in the integration network.
    lines: list[Text | str] = [say("👥 <b>Who is in the network</b>")]
    lines += [_line(guide, each, everybody, local_day(now), at) for at, each in enumerate(shown, page * AT_ONCE + 1)]
    buttons = [
        Button(label("{number}", number=at), f"MO:{_code(each.organisation)}")
        for at, each in enumerate(shown, page * AT_ONCE + 1)
    ]
    rows = [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
    paging = (
        *((Button(label("◀️ Back"), f"Mo:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"Mo:{page + 1}"),) if len(found) > (page + 1) * AT_ONCE else ()),
    )
    # NOTE: Button, takes one more organisation into the network.
    add = (Button(label("➕ Another one"), "Ml:0"),) if coordinates(reader.person) else ()
    return Message(lines, (*rows, *((paging,) if paging else ()), (*add, home())))


def _line(guide: Guide, each: Membership, everybody: Sequence[Person], today: date, at: int) -> Text:
    name = organisation(guide, each.organisation)
    if not each.holds(today):
        # NOTE: In a list: {number} "3", {name} "Fynsland" is not in the network (any more, or not yet).
        return say("{number}. {name} (not in the network)", number=at, name=name)
    mark = "🏛" if each.level == "member" else "📨"
    many = sum(each.organisation in represents(person) for person in everybody)
    # NOTE: In a list: {number} "3", {mark} 🏛 a member or 📨 at orientation level, {name} "Fynsland", {many} "2" people.
    return say("{number}. {mark} {name}: 👤 {many}", number=at, mark=mark, name=name, many=many)


async def show(
    services: Services, reader: Reader, known: str, now: datetime, notes: Sequence[Text | str] = ()
) -> Message:
    """One organisation: its level and dates, who represents it, and what can be changed."""
    guide = services.guide
    if (no := runs(guide, reader)) is not None:
        return no
    id_ = by_code(guide, known)
    if id_ is None:
        return gone()
    today = local_day(now)
    membership = guide.memberships.get(id_)
    async with services.database.read() as tx:
        those = await _who(tx, services, id_)
    lines: list[Text | str] = [*notes, *([""] if notes else []), say("<b>{name}</b>", name=organisation(guide, id_))]
    lines += _standing(membership, today)
    # NOTE: Who represents an organisation in the network: {name} "Per".
    lines += [say("👤 {name}", name=name) for name in those.values()]
    if not coordinates(reader.person):
        return Message(lines, ((Button(label("👥 Members"), "Mo:0"),),))
    return Message(lines, _buttons(known, membership, those, today))


def _standing(membership: Membership | None, today: date) -> list[Text]:
    if membership is None or not membership.holds(today):
        if membership is not None and membership.joined is not None and membership.joined > today:
            # NOTE: An organisation comes into the network later: {day} "Monday 1/3".
            return [say("In the network from {day}.", day=Day(membership.joined))]
        # NOTE: An organisation does not belong to the network.
        return [say("Not in the network.")]
    lines = [
        # NOTE: An organisation's level in the network.
        say("🏛 Member")
        if membership.level == "member"
        # NOTE: An organisation's level in the network (orienteringsniveau): gets agendas and minutes.
        else say("📨 At orientation level: gets agendas and minutes")
    ]
    if membership.left is not None:
        # NOTE: {day} "Monday 1/3" is the first day on which an organisation is not in the network.
        lines.append(say("Leaves {day}.", day=Day(membership.left)))
    if membership.mandate_until is not None:
        until = membership.mandate_until
        # NOTE: {day} "Friday 31/12", {year} "2027": until then an organisation's mandate in the network holds.
        lines.append(say("Mandate until {day} {year}.", day=Day(until), year=str(until.year)))
    return lines


async def _who(tx: Tx, services: Services, id_: str) -> dict[int, str]:
    """Who represents it, by the first name that colleagues see."""
    role = represents_role(id_)
    found = [each for each in await colleagues.all_of(tx, services.community) if role in each.roles]
    return {each.person: each.name or f"{each.person}" for each in found}


def _buttons(
    known: str, membership: Membership | None, those: dict[int, str], today: date
) -> tuple[tuple[Button, ...], ...]:
    back = (Button(label("👥 Members"), "Mo:0"),)
    if membership is None or not membership.holds(today):
        return (
            # NOTE: “🏛 As a member”, “📨 Orientation”: an organisation comes into the network at this level.
            (
                Button(label("🏛 As a member"), f"ML:{known}:m", style="yes"),
                Button(label("📨 Orientation"), f"ML:{known}:o"),
            ),
            back,
        )
    # NOTE: Button, makes an invitation for somebody who represents an organisation in the network.
    rows: list[tuple[Button, ...]] = [(Button(label("➕ Invite"), f"MI:{known}"),)]
    # NOTE: Button, somebody represents an organisation no more: {name} "Per".
    rows += [
        (Button(label("🗑 {name}", name=name), f"MJ:{known}:{person}", style="no"),) for person, name in those.items()
    ]
    other = ("o", label("📨 Orientation")) if membership.level == "member" else ("m", label("🏛 As a member"))
    # NOTE: Button, an organisation leaves the network; it is asked when.
    rows.append((Button(other[1], f"ML:{known}:{other[0]}"), Button(label("🚪 It leaves"), f"MQ:{known}", style="no")))
    # NOTE: Button, sets until when an organisation's mandate holds: two years from today.
    rows.append((Button(label("📜 Two years"), f"MM:{known}"),))
    return (*rows, back)


async def candidates(services: Services, reader: Reader, now: datetime, page: int = 0) -> Message:
    """Organisations that are known and not in the network."""
    guide = services.guide
    if (no := may_change(guide, reader)) is not None:
        return no
    known = guide.memberships
    found: list[Organisation] = sorted(
        (each for each in guide.organisations.values() if each.id not in known), key=lambda each: each.name
    )
    rows = [
        (Button(label("{name}", name=each.name), f"MO:{_code(each.id)}"),)
        for each in found[page * AT_ONCE : (page + 1) * AT_ONCE]
    ]
    paging = (
        *((Button(label("◀️ Back"), f"Ml:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"Ml:{page + 1}"),) if len(found) > (page + 1) * AT_ONCE else ()),
    )
    return Message(
        # NOTE: To a coordinator who takes an organisation into the network.
        (say("➕ <b>Which organisation?</b>"),),
        (*rows, *((paging,) if paging else ()), (Button(label("👥 Members"), "Mo:0"),)),
    )


async def _change(services: Services, membership: Membership, now: datetime) -> None:
    async with services.database.write() as tx:
        await charters.change_membership(tx, services.community, membership)
        await communities.touch(tx, services.community)
    await services.current.refresh(now)


async def set_level(services: Services, reader: Reader, known: str, level: Level, now: datetime) -> Message:
    """Comes in at this level from today, or changes it; coming in again begins anew."""
    guide = services.guide
    if (no := may_change(guide, reader)) is not None:
        return no
    id_ = by_code(guide, known)
    if id_ is None:
        return gone()
    today = local_day(now)
    before = guide.memberships.get(id_)
    if before is not None and before.holds(today):
        await _change(services, replace(before, level=level), now)
    else:
        await _change(services, Membership(id_, level, joined=today), now)
    return await show(services, reader, known, now)


async def ask_leave(services: Services, reader: Reader, known: str, now: datetime) -> Message:
    """When does it leave?"""
    guide = services.guide
    if (no := may_change(guide, reader)) is not None:
        return no
    id_ = by_code(guide, known)
    if id_ is None or id_ not in guide.memberships:
        return gone()
    days = [local_day(now) + timedelta(days=each) for each in LEAVES_IN]
    # NOTE: Button, the day on which an organisation leaves the network: {day} "Monday 1/3".
    rows = [(Button(label("🚪 {day}", day=Day(each)), f"MV:{known}:{day_code(each)}"),) for each in days]
    return Message(
        (
            # NOTE: To a coordinator: {name} "Fynsland" leaves the network.
            say("🚪 <b>When does {name} leave?</b>", name=organisation(guide, id_)),
            # NOTE: To a coordinator, before an organisation leaves the network.
            say("Those who represent it are told. What it proposed and took on stays."),
        ),
        (*rows, (Button(label("◀️ No, go back"), f"MO:{known}"),)),
    )


async def leave(services: Services, reader: Reader, known: str, day: date, now: datetime) -> Message:
    """It leaves on a day. From then on it is asked to nothing; what it took on is named, so that nothing is lost."""
    guide = services.guide
    if (no := may_change(guide, reader)) is not None:
        return no
    id_ = by_code(guide, known)
    membership = guide.memberships.get(id_ or "")
    if id_ is None or membership is None or day < local_day(now):
        return gone()
    await _change(services, replace(membership, left=day), now)
    async with services.database.write() as tx:
        everybody = await people.with_any_role(tx, services.community)
        those = [each for each in everybody if id_ in represents(each)]
        content = {"organisation": id_, "day": day.isoformat()}
        await tell(tx, services.community, those, "meeting_leaves", f"leaves/{id_}/{day}", now, content)
        gone_with = {each.id for each in those if not represents(each) - {id_}}
        actions = [
            each for each in await meeting_papers.open_actions(tx, services.community) if each.person in gone_with
        ]
    services.hurry.set()
    notes: list[Text | str] = []
    if actions:
        # NOTE: To a coordinator: an organisation leaves, and {n} things that its people took on are not done.
        notes.append(
            say_many(
                "⚠️ {n} action is theirs and still open. See 📌 Actions.",
                "⚠️ {n} actions are theirs and still open. See 📌 Actions.",
                len(actions),
            )
        )
    return await show(services, reader, known, now, notes)


async def mandate(services: Services, reader: Reader, known: str, now: datetime) -> Message:
    """Its mandate holds for two years from today; its end is announced in good time."""
    guide = services.guide
    if (no := may_change(guide, reader)) is not None:
        return no
    membership = guide.memberships.get(by_code(guide, known) or "")
    if membership is None:
        return gone()
    await _change(services, replace(membership, mandate_until=local_day(now) + HOLDS), now)
    return await show(services, reader, known, now)


async def invite_one(services: Services, reader: Reader, known: str, now: datetime) -> Message:
    """A link for somebody who represents the organisation."""
    guide = services.guide
    if (no := may_change(guide, reader)) is not None:
        return no
    id_ = by_code(guide, known)
    if id_ is None or reader.person is None:
        return gone()
    async with services.database.write() as tx:
        token = await invite(tx, services.community, represents_role(id_), now, reader.person.id)
    return Message(
        (
            # NOTE: An invitation that a coordinator sends on: {organisation} "Fynsland".
            say("🏛 Invitation to represent {organisation} in the network", organisation=organisation(guide, id_)),
            f"https://t.me/{services.username}?start=i_{token}",
            say("It works once, for one person, within seven days. Send it to nobody else."),
        ),
        ((Button(label("👥 Members"), f"MO:{known}"),),),
    )


async def remove(services: Services, reader: Reader, known: str, person: int, now: datetime) -> Message:
    """Somebody represents the organisation no more; they are told, and keep what else they do here."""
    guide = services.guide
    if (no := may_change(guide, reader)) is not None:
        return no
    id_ = by_code(guide, known)
    async with services.database.write() as tx:
        found = (await people.by_ids(tx, services.community, [person])).get(person)
        if id_ is None or found is None or id_ not in represents(found):
            return gone()
        left = found.roles - {represents_role(id_)}
        await people.set_roles(tx, services.community, person, sorted(left))
        if not left:
            await colleagues.remove(tx, services.community, person)
        key = f"left/{id_}/{int(now.timestamp())}"
        await tell(tx, services.community, [found], "meeting_left", key, now, {"organisation": id_})
    services.hurry.set()
    return await show(services, reader, known, now)
