"""The coordinators' group: linked by a coordinator, lost when we may not work there, and back again."""

from __future__ import annotations

from datetime import datetime

from bot.cases.asking import retell
from bot.cases.showing import not_yours
from bot.core.model import Person
from bot.core.rights import COORDINATOR, coordinates
from bot.core.say import Button, Message, Text, label, say
from bot.services import Services
from bot.store import cases, groups, notices, people
from bot.store.database import Tx
from bot.store.groups import Group
from bot.store.notices import NewNotice
from bot.telegram.forum import Forum, GroupGone


async def linked(services: Services) -> Group | None:
    """The group, as it is kept."""
    async with services.database.read() as tx:
        return await groups.one(tx, services.community)


def offer() -> Message:
    """When we come into a group: whether cases shall come here."""
    return Message(
        # NOTE: In a group that the bot was added to. A case: somebody asks for a person.
        (say("👋 Shall each case be a topic in this group?"), say("A coordinator can link it.")),
        # NOTE: Button in a group: from now on each case is a topic there.
        ((Button(label("🔗 Link this group"), "GL", style="yes"),),),
    )


async def link(services: Services, forum: Forum, coordinator: Person | None, now: datetime) -> Message:
    """Links the group of `forum`, where a coordinator asks for it and we can work in it; else says what is missing."""
    if not coordinates(coordinator) or coordinator is None:
        # NOTE: In a group, to somebody who is no coordinator or writes anonymously.
        return Message((say("Only a coordinator whom I know can do this, and not anonymously."),))
    try:
        able = await forum.may_manage()
    except GroupGone:
        able = False
    if not able:
        return Message(
            (
                # NOTE: In a group that cannot be linked yet. Topics: Telegram's topics of a group.
                say("Not yet. Turn on Topics in the group's settings."),
                # NOTE: In a group that cannot be linked yet.
                say("Then make me an administrator who may manage topics, and write /link again."),
            )
        )
    async with services.database.write() as tx:
        await groups.link(
            tx, services.database, services.community, forum.chat, coordinator.language, coordinator.id, now
        )
    services.stirred.set()
    return Message(
        (
            # NOTE: In the coordinators' group.
            say("🔗 <b>Linked.</b> From now on each case is a topic here."),
            # NOTE: In the coordinators' group.
            say("What a coordinator writes in a topic goes to the person, as from the team."),
            # NOTE: In the coordinators' group; // are two slashes.
            say("Begin with // for a note. So is a reply to a colleague: only you see it."),
        )
    )


async def unlink(services: Services, coordinator: Person | None, now: datetime) -> Message:
    """Cases come to each coordinator again."""
    if not coordinates(coordinator):
        return Message((not_yours().lines[0],))
    async with services.database.write() as tx:
        await groups.unlink(tx, services.community)
        await _tell_everybody(tx, services, "group_lost", now)
    services.hurry.set()
    # NOTE: In the group that was the coordinators'.
    return Message((say("This group is not linked any more. Cases come to each coordinator in private."),))


async def lose(services: Services, now: datetime) -> None:
    """We cannot work there any more: every coordinator is told, and gets the open cases in private."""
    async with services.database.write() as tx:
        if await groups.set_state(tx, services.community, "lost"):
            await _tell_everybody(tx, services, "group_lost", now)
    services.hurry.set()


async def find_again(services: Services, now: datetime) -> None:
    """We may work there again: what is missing in the topics is posted, and everybody is told."""
    async with services.database.write() as tx:
        if await groups.set_state(tx, services.community, "on"):
            await _notify(tx, services, "group_back", now)
    services.hurry.set()
    services.stirred.set()


async def move(services: Services, old: int, new: int) -> None:
    """The group became a supergroup, under another id."""
    async with services.database.write() as tx:
        await groups.move(tx, services.database, services.community, old, new)
    services.stirred.set()


async def _tell_everybody(tx: Tx, services: Services, kind: str, now: datetime) -> None:
    await _notify(tx, services, kind, now)
    for case in await cases.all_open(tx, services.community):
        await retell(tx, services.community, case, now, extra=f"g{int(now.timestamp())}")


async def _notify(tx: Tx, services: Services, kind: str, now: datetime) -> None:
    everyone = await people.with_role(tx, services.community, COORDINATOR)
    key = f"{int(now.timestamp())}"
    await notices.add(
        tx, services.community, [NewNotice(each.id, kind, key, now) for each in everyone if each.state == "active"]
    )


def lost_words() -> tuple[Text, ...]:
    return (
        # NOTE: To a coordinator: the bot was thrown out of the group, or its right to manage topics was taken.
        say("⚠️ <b>I cannot work in the coordinators' group any more.</b>"),
        # NOTE: To a coordinator.
        say("Until somebody links it again with /link, cases come to each of you here. Nothing is lost."),
    )


def back_words() -> tuple[Text, ...]:
    # NOTE: To a coordinator: the bot may write in the group again.
    return (say("✅ Cases are topics in the coordinators' group again."),)
