"""A form becomes an activity: previewed as newcomers see it, published, or kept with a word about what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.activities import card
from bot.core import editing
from bot.core.activity_record import read_schedule, record_of
from bot.core.editing import Edit, clashes, made, upcoming, values_of, wrong_with
from bot.core.model import Activity, Organisation, Reader
from bot.core.query import code
from bot.core.rights import may_edit
from bot.core.say import Button, Line, Listing, Message, Text, label, say
from bot.core.schedule import local_day, occurrence
from bot.editing.concerned import tell_concerned
from bot.editing.forms import listen, opened, show
from bot.editing.in_words import step_name
from bot.editing.looking import look
from bot.editing.translators import ask_translators, wanting
from bot.guide import Guide
from bot.services import Services
from bot.store import activities, communities, edits, signups
from bot.store.database import Tx


def complaint(wrong: editing.Wrong) -> Text:
    """What keeps a form from being published, and what would mend it."""
    return {
        "unfinished": say("❔ Something is not filled in yet."),
        "no_date": say("⚠️ This series has no day at all. Choose another last day."),
        "over": say("⚠️ All its days are over. Choose a day to come."),
        "no_such_time": say("⚠️ That hour does not exist: the clock is put forward that night. Choose another."),
        "too_long": say("⚠️ That is more than twelve hours. Look at the clock times again."),
        "no_length": say("⚠️ It ends when it begins. Look at the clock times again."),
        "not_in_series": say("⚠️ The first day is not one of the series. Choose the first day again."),
        "course_end": say("⚠️ A course is a series with a last day. Choose one."),
        "moved_course": say("⚠️ People have a seat in this course, so its first day stays. Make a copy instead."),
    }[wrong]


async def preview(services: Services, reader: Reader, number: int, language: str, now: datetime) -> Message:
    """The card as a newcomer will see it; a form with a fault is shown with what is wrong."""
    edit = await sound(services, reader, number, now)
    if isinstance(edit, Message):
        return edit
    await listen(services, reader, edit, "")
    newcomer = Reader(reader.chat, language, reader.person)
    shown = sketch(services, edit, newcomer, now)
    languages = tuple(
        Button(label("👀 {language}", language=services.catalogues.endonym(each)), f"ep:{edit.id}:{each}")
        for each in services.guide.community.languages
    )
    direct = _may_publish(services.guide, reader, edit)
    # NOTE: “✅ Publish”: an activity can be found from now on. “📨 Propose”: an activity is shown to a coordinator.
    send = Button(label("✅ Publish"), f"eP:{edit.id}", style="yes") if direct else Button(
        label("📨 Propose"), f"eP:{edit.id}", style="yes"
    )  # fmt: skip
    # NOTE: Head of a coordinator's preview of an activity.
    head = say("👀 <b>This is what newcomers see:</b>")
    return Message(
        (head, "", *shown), (languages[:2], languages[2:], (send, Button(label("✏️ Change"), f"e:{edit.id}")))
    )


def sketch(services: Services, edit: Edit, reader: Reader, now: datetime) -> tuple[Line, ...]:
    """The card of what the form describes, without its buttons."""
    activity = described(services.guide, edit, reader.language)
    guide = replace(services.guide, activities={**services.guide.activities, activity.number: activity})
    schedule = activity.schedule
    coming = upcoming(schedule, local_day(now))
    found = occurrence(activity.number, schedule, coming[0] if coming else schedule.first)
    return tuple(card(guide, replace(reader, person=None), found, (), now, username=services.username).lines)


def described(guide: Guide, edit: Edit, language: str) -> Activity:
    """The activity of a form; of one that is changed with its other texts, its state and what else it has."""
    new = made(edit, guide.community.id, language)
    old = guide.activities.get(edit.number or 0)
    if old is None:
        return new
    return replace(
        old,
        **{name: getattr(new, name) for name in record_of(new) if name != "example"},
        texts={**old.texts, **new.texts},
    )


def _may_publish(guide: Guide, reader: Reader, edit: Edit) -> bool:
    """Whether the reader may change it as it was and as it will be."""
    owners = {str(edit.values.get("organisation")), str(edit.base.get("organisation", edit.values.get("organisation")))}
    return all(may_edit(reader.person, each) for each in owners)


async def publish(services: Services, reader: Reader, number: int, now: datetime, *, force: bool = False) -> Message:
    """Makes it true: a new activity, or the fields that were changed. Doing it twice shows what the first time did."""
    edit = await sound(services, reader, number, now)
    if isinstance(edit, Message):
        return edit
    if not _may_publish(services.guide, reader, edit):
        return ask_agreed(edit)
    return await bring_in(services, reader, edit, now, force=force)


async def sound(services: Services, reader: Reader, number: int, now: datetime) -> Edit | Message:
    """The reader's form where it can be published or proposed; else what stands in the way."""
    edit = await opened(services, reader, number)
    if isinstance(edit, Message):
        return edit
    wrong = wrong_with(edit, local_day(now))
    return edit if wrong is None else await show(services, reader, edit, now, [complaint(wrong)])


def ask_agreed(edit: Edit) -> Message:
    """Who proposes says that they are the contact person: the bot will ask them now and then whether all is right."""
    return Message(
        (
            # NOTE: To an association that proposes an activity.
            say("🤝 <b>Are you the contact person of this activity?</b>"),
            # NOTE: To an association that proposes an activity: what a contact person agrees to.
            say("A coordinator looks at it first. Then I ask you every three months whether it is still right."),
        ),
        (
            # NOTE: Button, agrees to be the contact person.
            (Button(label("✅ Yes, propose it"), f"eA:{edit.id}", style="yes"),),
            (Button(label("◀️ No, go back"), f"e:{edit.id}"),),
        ),
    )


async def bring_in(services: Services, reader: Reader, edit: Edit, now: datetime, *, force: bool = False) -> Message:
    """The form's values become the activity's, in one transaction with everything that hangs on them."""
    told = 0
    async with services.database.write() as tx:
        await signups.hold_line(tx, services.community)
        if edit.is_new:
            wrong: Message | editing.Wrong | None = None
            number = await _add(tx, services, edit, reader, now)
        else:
            assert edit.number is not None
            number = edit.number
            wrong = await _unfit(tx, services, edit, force=force)
            told = 0 if wrong else await _change(tx, services, edit, now)
        if wrong is None:
            await edits.save(tx, services.community, replace(edit, state="done", number=number), now)
            await communities.touch(tx, services.community)
            await _ask_for_texts(tx, services, number, reader, now)
    if isinstance(wrong, Message):
        return wrong
    if wrong is not None:
        return await show(services, reader, edit, now, [complaint(wrong)])
    await services.current.refresh(now)
    services.hurry.set()
    # NOTE: “✅ Published.”: an activity can be found from now on. “📨 Everyone who signed up is told.”: after a change.
    notes = [say("✅ Published."), *([say("📨 Everyone who signed up is told.")] if told else [])]
    return await look(services, reader, number, now, notes)


async def _ask_for_texts(tx: Tx, services: Services, number: int, reader: Reader, now: datetime) -> None:
    """Who translates is asked for what is missing or was outdated by this change."""
    current = await activities.load_one(tx, services.community, number)
    assert current is not None
    languages = wanting(current, services.guide.community.languages)
    await ask_translators(tx, services, current, languages, now, but=reader.person.id if reader.person else 0)


async def _add(tx: Tx, services: Services, edit: Edit, reader: Reader, now: datetime) -> int:
    values = dict(edit.values)
    if str(values["organisation"]).startswith("new:"):
        values["organisation"] = await _new_organisation(tx, services, str(values["organisation"])[4:])
    activity = made(replace(edit, values=values), services.community, reader.language)
    number = await activities.add_in_chat(tx, services.community, activity, now)
    said = activity.texts[activity.source]
    await activities.set_text(tx, services.community, number, activity.source, said.title, said.about)
    return number


async def _new_organisation(tx: Tx, services: Services, name: str) -> str:
    """An association that nobody had named yet."""
    made_of = f"chat-{code(name.casefold(), 6)}"
    await communities.add_organisation(tx, services.community, Organisation(made_of, name, "association"))
    return made_of


async def _unfit(tx: Tx, services: Services, edit: Edit, *, force: bool) -> Message | editing.Wrong | None:
    """What keeps a change from being made: a course that people sit in, or somebody else who changed the same."""
    assert edit.number is not None
    current = await activities.load_one(tx, services.community, edit.number)
    if current is None:
        return "over"
    if current.sign_up == "course" or edit.values["sign_up"] == "course":
        moved = current.schedule.first != read_schedule(edit.values["schedule"]).first
        if (moved or current.sign_up != edit.values["sign_up"]) and await signups.days_of(
            tx, services.community, edit.number
        ):
            return "moved_course"
    others = () if force else clashes(edit, values_of(current))
    return _ask_whose(edit, others) if others else None


def _ask_whose(edit: Edit, fields: tuple[str, ...]) -> Message:
    """Two people changed the same: whose word counts is asked, and nothing is lost."""
    return Message(
        (
            # NOTE: Two coordinators changed the same activity at the same time.
            say("⚠️ <b>Somebody else has changed this meanwhile</b>"),
            # NOTE: What both changed: {fields} "price, seats".
            say("Both of you changed: {fields}", fields=Listing(tuple(map(step_name, fields)))),
        ),
        (
            # NOTE: Button, one's own changes count.
            (Button(label("✅ Mine counts"), f"eP:{edit.id}:f", style="yes"),),
            # NOTE: Button, shows what somebody else has published.
            (Button(label("🔎 See theirs"), f"ea:{edit.number}"), Button(label("◀️ Back"), f"e:{edit.id}")),
            (Button(label("🗑 Throw away"), f"ex:{edit.id}", style="no"),),
        ),
    )


async def _change(tx: Tx, services: Services, edit: Edit, now: datetime) -> int:
    """Writes the fields that were changed, and tells who sits in it; gives how many are told."""
    assert edit.number is not None
    community, changed = services.community, edit.changed
    fields = {name: value for name, value in changed.items() if name not in ("title", "about")}
    if edit.values["sign_up"] == "none" and "sign_up" in fields:
        fields["capacity"] = None
    await activities.edit(tx, community, edit.number, fields)
    if "title" in changed or "about" in changed:
        source = str(edit.values["source"])
        words = str(edit.values["title"]), str(edit.values["about"])
        await activities.set_text(tx, community, edit.number, source, *words, outdates=True)
    await activities.confirm(tx, community, [edit.number], now)
    current = await activities.load_one(tx, community, edit.number)
    assert current is not None
    guide = services.guide
    new = replace(guide, activities={**guide.activities, edit.number: current})
    return await tell_concerned(tx, guide, new, edit.number, now)
