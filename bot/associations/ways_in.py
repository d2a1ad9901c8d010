"""“New here: what do I do?”: the ways in for newcomers, helpers and associations; and who asks an association."""

from __future__ import annotations

from datetime import datetime

from bot.associations.asking import JOINS, listen
from bot.cases import not_yours
from bot.cases.showing import in_a_line
from bot.core.model import Reader
from bot.core.rights import may_organise, organisations
from bot.core.say import Button, Message, Moment, Text, label, say
from bot.core.ways_on import PERSON
from bot.people import consent, main_menu
from bot.roles import organisations_page
from bot.services import Services
from bot.store import cases, people

MOST_SHOWN = 8


def new_here() -> Message:
    """A line for each, and a button."""
    return Message(
        (
            # NOTE: Head of a page for everyone who is new: newcomers, helpers, associations.
            say("👋 <b>New here: what do I do?</b>"),
            "",
            # NOTE: 🧭 is the button below.
            say("🧭 You have moved here: see what comes first."),
            # NOTE: 💛 is the button below. To somebody who wants to help newcomers.
            say("💛 You want to help: say what you can do. A coordinator talks with you first."),
            # NOTE: 🏘 is the button below. To somebody from a club, a group, a house.
            say("🏘 You are an association: tell the coordinators. They invite you."),
        ),
        (
            (Button(label("🧭 First steps"), "s"),),
            # NOTE: “💛 I want to help”: begins the form of a volunteer. “🏘 We are a club”: for associations that want
            # to receive newcomers.
            (Button(label("💛 I want to help"), "nv"), Button(label("🏘 We are a club"), "Vj")),
            (Button(label("🏘 Associations"), "V"), PERSON),
        ),
    )


def for_associations() -> Message:
    """How an association comes in: it writes, is invited, and answers newcomers itself."""
    return Message(
        (
            # NOTE: Head of a page for associations.
            say("🏘 <b>Your association is welcome</b>"),
            "",
            # NOTE: To an association; ✍️ is the button below.
            say("1. Tap ✍️ and write: who you are, which town, what you offer, what you need."),
            # NOTE: To an association.
            say("2. A coordinator answers you here, and sends you an invitation."),
            # NOTE: To an association.
            say("3. Then newcomers find you, and you answer them here yourselves."),
        ),
        (
            # NOTE: Button: the reader's next text goes to the coordinators.
            (Button(label("✍️ Write to them"), "Vk", style="yes"),),
            (Button(label("➕ Propose an activity"), "en"),),
            (Button(label("◀️ Back"), "Vn"),),
        ),
    )


async def write(services: Services, reader: Reader, now: datetime) -> Message:
    """The next text of the association goes to the coordinators."""
    if reader.person is None:
        return consent(services.guide)
    await listen(services, reader.person, JOINS, now)
    return Message(
        (
            # NOTE: To an association that wants to take part. Its next text goes to the coordinators.
            say("✍️ <b>Write it now, in one message</b>"),
            say("Who are you, which town, what do you offer, what do you need?"),
            # NOTE: To an association that wants to take part.
            say("Write no names and no numbers of persons."),
        ),
        ((Button(label("◀️ Back"), "Vj"),),),
    )


def invite(services: Services, reader: Reader) -> Message:
    """For a coordinator: which organisation the link is for. A new one proposes an activity, or is in the pack."""
    return organisations_page(services, reader, 0)


async def who_asks(services: Services, reader: Reader) -> Message:
    """The open questions to the organisations that the reader answers for."""
    if reader.person is None or not may_organise(reader.person):
        return not_yours()
    mine = organisations(reader.person)
    async with services.database.read() as tx:
        opened = [each for each in await cases.all_open(tx, services.community) if each.organisation in mine]
        askers = await people.by_ids(tx, services.community, {each.person for each in opened})
    # NOTE: Head of a list, to who answers for an association: newcomers' open questions.
    lines: list[Text | str] = [say("🙋 <b>Who asks you</b>")]
    rows = []
    for number, each in enumerate(opened[:MOST_SHOWN], 1):
        case = in_a_line(services.guide, each, askers[each.person])
        lines += ["", say("<b>{number}.</b> {what}", number=number, what=case)]
        if each.waits_since is not None and each.promised is not None:
            lines.append(say("Promised before {when}", when=Moment(each.promised)))
        rows.append(Button(label("{number}", number=number), f"hv:{each.id}"))
    if not opened:
        # NOTE: To who answers for an association: no newcomer waits for an answer.
        lines.append(say("Nobody waits for you."))
    grid = tuple(tuple(rows[at : at + 4]) for at in range(0, len(rows), 4))
    return Message(lines, (*grid, (Button(label("🗂 Coordinate"), "k"),), main_menu()[-1]))
