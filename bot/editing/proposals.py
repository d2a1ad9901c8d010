"""An association proposes an activity; a coordinator publishes it, or sends it back with words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.cases import not_yours
from bot.core.editing import Edit
from bot.core.model import Reader
from bot.core.rights import coordinates, has_room_for, organiser_of
from bot.core.say import Button, Message, Text, label, say
from bot.editing.forms import finished
from bot.editing.publishing import bring_in, sketch, sound
from bot.i18n import clean
from bot.network.matches import tell_coordinators
from bot.people import main_menu
from bot.services import Services
from bot.store import activities, edits, notices, people
from bot.store.notices import NewNotice

LONGEST = 500


async def propose(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Who proposes is its contact person from now on, and waits for a coordinator."""
    edit = await sound(services, reader, number, now)
    if isinstance(edit, Message):
        return edit
    async with services.database.write() as tx:
        await edits.save(tx, services.community, replace(edit, state="proposed", agreed=True, note=""), now)
        key, content = f"edit/{edit.id}/{int(now.timestamp())}", {"edit": edit.id}
        await tell_coordinators(tx, services.community, "proposal", key, content, now)
    services.hurry.set()
    return Message(
        # NOTE: To an association that proposed an activity.
        (say("📨 Thank you! A coordinator looks at it. You hear from us here."),),
        main_menu(),
    )


async def waiting(services: Services, reader: Reader) -> Message:
    """What associations have proposed, oldest first."""
    if not coordinates(reader.person):
        return not_yours()
    async with services.database.read() as tx:
        found = await edits.proposed(tx, services.community)
    rows = [(Button(label("📝 {name}", name=str(each.values.get("title") or "…")), f"eV:{each.id}"),) for each in found]
    # NOTE: Head of a coordinator's list of activities that associations propose.
    head = say("📥 <b>Proposed activities</b>") if found else say("Nothing is proposed.")
    return Message((head,), (*rows, (Button(label("🗂 Activities"), "ek:0"),)))


async def _waits(services: Services, reader: Reader, number: int) -> Edit | Message:
    if not coordinates(reader.person):
        return not_yours()
    async with services.database.read() as tx:
        found = await edits.one(tx, services.community, number)
    if found is None:
        return finished()
    if found.state != "proposed":
        # NOTE: To a coordinator who opened a proposal too late.
        return Message((say("Somebody has answered this already."),), ((Button(label("🗂 Activities"), "ek:0"),),))
    return found


async def show(services: Services, reader: Reader, number: int, now: datetime, note: Text | None = None) -> Message:
    """A proposal as newcomers would see it, to be published or sent back."""
    edit = await _waits(services, reader, number)
    if isinstance(edit, Message):
        return edit
    owner = str(edit.values["organisation"])
    known = services.guide.organisations.get(owner)
    return Message(
        (
            *((note, "") if note else ()),
            # NOTE: Head of an activity that an association proposes: {name} of the association.
            say("📥 <b>{name} proposes:</b>", name=known.name if known else owner.removeprefix("new:")),
            "",
            *sketch(services, edit, reader, now),
        ),
        (
            # NOTE: “💬 Send back”: a proposal goes back to who made it, with a coordinator's words.
            (
                Button(label("✅ Publish"), f"eB:{number}", style="yes"),
                Button(label("💬 Send back"), f"eS:{number}"),
            ),
            (Button(label("◀️ Back"), "ei"),),
        ),
    )


async def approve(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Publishes a proposal; who made it looks after the activity from now on."""
    edit = await _waits(services, reader, number)
    if isinstance(edit, Message):
        return edit
    answer = await bring_in(services, reader, edit, now)
    async with services.database.write() as tx:
        done = await edits.one(tx, services.community, number)
        if done is None or done.state != "done" or done.number is None:
            return answer
        activity = await activities.load_one(tx, services.community, done.number)
        proposer = (await people.by_ids(tx, services.community, [edit.person])).get(edit.person)
        assert activity is not None
        if proposer is not None:
            role = organiser_of(activity.organisation)
            if not coordinates(proposer) and has_room_for(proposer, role):
                await people.set_roles(tx, services.community, proposer.id, sorted({*proposer.roles, role}))
            told = NewNotice(proposer.id, "proposal_yes", f"edit/{number}", now, {"activity": activity.number})
            await notices.add(tx, services.community, [told])
    services.hurry.set()
    return answer


async def ask_words(services: Services, reader: Reader, number: int) -> Message:
    """What should be different? The next text goes to who proposed it."""
    edit = await _waits(services, reader, number)
    if isinstance(edit, Message):
        return edit
    assert reader.person is not None
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, {"sends_back": number})
    return Message(
        # NOTE: To a coordinator who sends a proposal back.
        (say("💬 <b>What should be different?</b>"), say("Write it. They get your words and their form again.")),
        ((Button(label("◀️ Back"), f"eV:{number}"),),),
    )


async def send_back(
    services: Services, reader: Reader, step: Mapping[str, object], text: str, now: datetime
) -> Message:
    """The form is open again for who proposed it, with the coordinator's words at its head."""
    number = int(str(step["sends_back"]))
    edit = await _waits(services, reader, number)
    assert reader.person is not None
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, None)
        if isinstance(edit, Message):
            return edit
        words = clean(text)[:LONGEST]
        await edits.save(tx, services.community, replace(edit, state="open", note=words), now)
        content = {"edit": number, "text": words}
        told = NewNotice(edit.person, "proposal_back", f"edit/{number}/{int(now.timestamp())}", now, content)
        await notices.add(tx, services.community, [told])
    services.hurry.set()
    return Message((say("📨 Passed on."),), ((Button(label("🗂 Activities"), "ek:0"),),))
