"""Who coordinates: one-time invitations, for everything or for one organisation; the colleagues; who is removed."""

from __future__ import annotations

from datetime import datetime

from bot.activities import title, town
from bot.cases import free_cases_of, not_yours
from bot.core.model import Person, Reader
from bot.core.rights import (
    CONVENOR,
    COORDINATOR,
    SECRETARY,
    coordinates,
    has_room_for,
    is_of_network,
    organisations,
    organiser_of,
    represents,
    trainer_of,
)
from bot.core.say import Button, Listing, Message, Text, label, say, say_many
from bot.core.ways_on import SETTINGS
from bot.guide import Guide
from bot.invitations import hash_of, invite
from bot.meetings.coming_in import in_network
from bot.people import main_menu
from bot.services import Services
from bot.store import colleagues, notices, people
from bot.store.colleagues import Colleague
from bot.store.notices import NewNotice

NAME_LONGEST = 40
AT_ONCE = 8


async def accept(services: Services, person: Person, token: str, name: str, now: datetime) -> Message:
    """The role of a one-time link. Used, expired and forged ones are answered alike. `name` is Telegram's first."""
    name = " ".join(name.split())[:NAME_LONGEST]
    async with services.database.write() as tx:
        role = await colleagues.use_invitation(tx, services.community, hash_of(token), person.id, now)
        if role is not None and has_room_for(person, role):
            await people.set_roles(tx, services.community, person.id, sorted({*person.roles, role}))
            await colleagues.add(tx, services.community, person.id, name, now)
    if role is None or not has_room_for(person, role):
        # NOTE: To somebody with an old invitation to be a coordinator.
        return Message((say("This link does not work any more. Ask for a new one."),), main_menu())
    if is_of_network(role):
        return await in_network(services, person, role, now)
    return Message(
        (
            _welcome(services.guide, role),
            # NOTE: To a new coordinator: {name} "Sana", their own first name.
            say("Your colleagues see you as {name}. The others you write with never see it.", name=name),
            # NOTE: To a new coordinator. Settings: as on the button ⚙️.
            say("Under Settings you find what you can do."),
        ),
        ((_desk(role), SETTINGS),),
    )


def _desk(role: str) -> Button:
    """Where somebody with this role begins."""
    if role == trainer_of(_of(role)):
        return Button(label("🧑‍🏫 My groups"), "PD")
    return Button(label("🗂 Coordinate"), "k")


def _of(role: str) -> str:
    """The organisation or cohort that a role is for."""
    return role.partition("/")[2]


def _welcome(guide: Guide, role: str) -> Text:
    if role == COORDINATOR:
        # NOTE: After an invitation was accepted.
        return say("🗂 You are a coordinator now.")
    if role == trainer_of(_of(role)):
        # NOTE: After an invitation to lead a group of a programme: {cohort} "MindSpring, Ringe".
        return say("🧑‍🏫 You lead a group now: {cohort}", cohort=_named(guide, role))
    # NOTE: After an invitation for one organisation was accepted: {organisation} "Ringe Boldklub".
    return say("🗂 You look after the activities of {organisation} now.", organisation=_named(guide, role))


def _named(guide: Guide, role: str) -> Text | str:
    """The organisation or cohort of a role; its id where the pack has lost it."""
    found = _of(role)
    if role == trainer_of(found):
        return cohort_name(guide, found)
    known = guide.organisations.get(found)
    return known.name if known else found


def cohort_name(guide: Guide, cohort: str) -> Text | str:
    """A cohort by its programme and town."""
    activity = next((each for each in guide.activities.values() if each.cohort == cohort), None)
    if activity is None:
        return cohort
    # NOTE: A group of a programme: {title} "MindSpring", {town} "Ringe".
    return say("{title}, {town}", title=title(activity), town=town(guide.places[activity.place]))


async def overview(services: Services, reader: Reader, now: datetime, page: int = 0) -> Message:
    """Who coordinates, with a button to each, and how somebody new comes in."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await colleagues.all_of(tx, services.community)
        unused = await colleagues.unused(tx, services.community, now)
    shown = found[page * AT_ONCE : (page + 1) * AT_ONCE]
    # NOTE: To a coordinator, above the list of all coordinators.
    lines: list[Text | str] = [say("👥 <b>Colleagues</b>"), *(_line(services.guide, each) for each in shown)]
    buttons = [Button(label("👤 {name}", name=called(each)), f"Rp:{each.person}") for each in shown]
    rows: list[tuple[Button, ...]] = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if unused:
        # NOTE: To a coordinator: invitations that were sent and that nobody has opened.
        lines += ["", say_many("📨 {n} invitation is not used yet", "📨 {n} invitations are not used yet", unused)]
        # NOTE: Button of a coordinator: invitations that nobody has used work no more.
        rows.append((Button(label("🗑 Take them back"), "Rt"),))
    if len(found) > len(shown):
        rows.append(_paging("R", page, len(found)))
    # NOTE: “➕ Coordinator”: invites a colleague. “➕ One organisation”: invites somebody for one organisation only.
    rows.append((Button(label("➕ Coordinator"), "Ri"), Button(label("➕ One organisation"), "Ro:0")))
    return Message(lines, (*rows, (Button(label("◀️ Back"), "k"),)))


def _paging(verb: str, page: int, total: int) -> tuple[Button, ...]:
    return (
        *((Button(label("◀️ Back"), f"{verb}:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"{verb}:{page + 1}"),) if total > (page + 1) * AT_ONCE else ()),
    )


def called(colleague: Colleague) -> Text | str:
    """How the others see a colleague: their first name, or a number for who came in before names were kept."""
    # NOTE: A coordinator without a name: {number} "7".
    return colleague.name or say("no. {number}", number=colleague.person)


def _line(guide: Guide, each: Colleague) -> Text:
    if COORDINATOR in each.roles:
        # NOTE: In the list of coordinators: {name} "Sana". They may do everything.
        return say("👤 {name}: coordinator", name=called(each))
    names = Listing(tuple(_in_words(guide, role) for role in sorted(each.roles)))
    # NOTE: In the list of coordinators: {name} "Sana" looks after {organisations} "Ringe Boldklub" only.
    return say("👤 {name}: {organisations}", name=called(each), organisations=names)


def _in_words(guide: Guide, role: str) -> Text | str:
    """A role by the organisation that it is for, or a task in the network by its name."""
    if role == CONVENOR:
        # NOTE: A task in the integration network (tovholder), in a list of colleagues.
        return say("convenor")
    # NOTE: A task in the integration network, in a list of colleagues.
    return say("secretary") if role == SECRETARY else _named(guide, role)


async def new_invitation(services: Services, reader: Reader, organisation: str | None, now: datetime) -> Message:
    """A link to hand on, for a coordinator or for who looks after one organisation."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    if organisation is not None and organisation not in services.guide.organisations:
        return organisations_page(services, reader, 0)
    role = COORDINATOR if organisation is None else organiser_of(organisation)
    return await _invited(services, reader.person, role, now)


async def new_trainer(services: Services, reader: Reader, cohort: str, now: datetime) -> Message:
    """A link to hand on, for who leads this cohort each time it is run."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    if cohort not in {each.cohort for each in services.guide.activities.values() if each.cohort}:
        return cohorts_page(services, reader)
    return await _invited(services, reader.person, trainer_of(cohort), now)


async def _invited(services: Services, by: Person, role: str, now: datetime) -> Message:
    async with services.database.write() as tx:
        token = await invite(tx, services.community, role, now, by.id)
    link = f"https://t.me/{services.username}?start=i_{token}"
    return Message(
        # NOTE: Under an invitation that a coordinator sends on.
        (
            _what_for(services.guide, role),
            link,
            say("It works once, for one person, within seven days. Send it to nobody else."),
        ),
        # NOTE: Button of a coordinator: this invitation works no more.
        ((Button(label("🗑 Take it back"), f"Rt:{hash_of(token).hex()}"), Button(label("👥 Colleagues"), "R")),),
    )


def _what_for(guide: Guide, role: str) -> Text:
    if role == COORDINATOR:
        # NOTE: An invitation that a coordinator sends on: {community} "Faaborg-Midtfyn Kommune".
        return say("🗂 Invitation to coordinate in {community}", community=guide.community.name)
    if role == trainer_of(_of(role)):
        # NOTE: An invitation that a coordinator sends on: {cohort} "MindSpring, Ringe".
        return say("🧑‍🏫 Invitation to lead the group {cohort}", cohort=_named(guide, role))
    # NOTE: An invitation that a coordinator sends on: {organisation} "Ringe Boldklub".
    return say("🗂 Invitation to look after the activities of {organisation}", organisation=_named(guide, role))


def cohorts_page(services: Services, reader: Reader) -> Message:
    """Which cohort the invitation is for."""
    if not reader.coordinates:
        return not_yours()
    found = sorted({each.cohort for each in services.guide.activities.values() if each.cohort and each.state == "on"})
    rows = [(Button(label("{name}", name=cohort_name(services.guide, each)), f"PR:{each}"),) for each in found[:20]]
    return Message(
        # NOTE: To a coordinator who invites a trainer.
        (say("Which group shall they lead? It is theirs each time it is run."),),
        (*rows, (Button(label("◀️ Back"), "PD"),)),
    )


def organisations_page(services: Services, reader: Reader, page: int) -> Message:
    """Which organisation the invitation is for."""
    if not reader.coordinates:
        return not_yours()
    found = sorted(services.guide.organisations.values(), key=lambda each: each.name)
    rows = [
        (Button(label("{name}", name=each.name), f"RO:{each.id}"),)
        for each in found[page * AT_ONCE : (page + 1) * AT_ONCE]
    ]
    paging = _paging("Ro", page, len(found))
    return Message(
        # NOTE: To a coordinator who invites somebody for one organisation only.
        (say("Whose activities may they add and change?"),),
        (*rows, *((paging,) if paging else ()), (Button(label("👥 Colleagues"), "R"),)),
    )


async def take_back(services: Services, reader: Reader, token_hash: bytes | None, now: datetime) -> Message:
    """Invitations that nobody has used work no more: one, or all of them."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.write() as tx:
        await colleagues.take_back(tx, services.community, token_hash)
    return await overview(services, reader, now)


async def show(services: Services, reader: Reader, person: int) -> Message:
    """One colleague, and the way to remove them, which is asked first."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = {each.person: each for each in await colleagues.all_of(tx, services.community)}
    if person not in found:
        return _gone()
    return Message(
        (
            _line(services.guide, found[person]),
            # NOTE: To a coordinator, before a colleague is removed.
            say("Remove them? They are told. The cases they have go back to the others."),
        ),
        # NOTE: Button of a coordinator: a colleague is a coordinator no more.
        ((Button(label("🗑 Remove"), f"RX:{person}", style="no"), Button(label("👥 Colleagues"), "R")),),
    )


def _gone() -> Message:
    return Message(
        # NOTE: To a coordinator who tapped a colleague that is gone.
        (say("They are not a colleague any more."),),
        # NOTE: Button of a coordinator, lists all coordinators.
        ((Button(label("👥 Colleagues"), "R"),),),
    )


async def remove(services: Services, reader: Reader, person: int, now: datetime) -> Message:
    """Takes every role of a colleague. What they had in hand is everybody's again; the last coordinator stays."""
    if not reader.coordinates:
        return not_yours()
    community = services.community
    async with services.database.write() as tx:
        found = (await people.by_ids(tx, community, [person])).get(person)
        if found is None or not found.roles:
            return _gone()
        others = [each for each in await people.with_role(tx, community, COORDINATOR) if each.id != person]
        if coordinates(found) and not others:
            return Message(
                # NOTE: To the only coordinator, who wants to be one no more.
                (say("Somebody has to be there. Invite another coordinator first."),),
                ((Button(label("👥 Colleagues"), "R"),),),
            )
        await people.set_roles(tx, community, person, ())
        await colleagues.remove(tx, community, person)
        await colleagues.spend(tx, community, person)
        await free_cases_of(tx, services, person, now)
        await notices.add(tx, community, _told(found, now))
    services.hurry.set()
    if reader.person is not None and reader.person.id == person:
        return Message((role_over(),), main_menu())
    return await overview(services, reader, now)


def _told(found: Person, now: datetime) -> list[NewNotice]:
    """What a colleague hears who has no role any more: of the network by its name, of all else in one."""
    key = f"{int(now.timestamp())}"
    left = [
        NewNotice(found.id, "meeting_left", f"left/{each}/{key}", now, {"organisation": each})
        for each in sorted(represents(found))
    ]
    others = any(not is_of_network(role) for role in found.roles)
    return [*left, *([NewNotice(found.id, "role_over", key, now)] if others or not left else [])]


def role_over() -> Text:
    # NOTE: To somebody who was a coordinator until now.
    return say("🗂 You do not coordinate here any more. Your own sign-ups stay.")


def looked_after(guide: Guide, person: Person | None) -> tuple[str, ...]:
    """The organisations of somebody who looks after some only, by name; of a coordinator, all."""
    found = guide.organisations if coordinates(person) else organisations(person)
    return tuple(sorted(each for each in found if each in guide.organisations))
