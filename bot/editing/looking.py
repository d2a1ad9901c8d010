"""The activities one looks after: the list, one of them with all that can be done, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.activities import spot, title, town
from bot.cases import not_yours
from bot.core.model import Activity, Reader
from bot.core.rights import coordinates, may_edit, may_organise
from bot.core.say import Button, Day, Listing, Message, Span, Text, Word, label, say, say_many
from bot.core.schedule import local_day
from bot.editing.concerned import tell_concerned
from bot.editing.in_words import rule, states
from bot.guide import Guide
from bot.services import Services
from bot.signups import gone
from bot.store import activities, communities, edits, signups

AT_ONCE = 8


def of_theirs(guide: Guide, reader: Reader) -> list[Activity]:
    """The activities that the reader may change, those that are on first, by name."""
    found = [each for each in guide.activities.values() if may_edit(reader.person, each.organisation)]
    return sorted(found, key=lambda each: (each.state == "cancelled", name_of(each).casefold()))


def name_of(activity: Activity) -> str:
    """The name in the language it was written in."""
    said = activity.texts.get(activity.source) or next(iter(activity.texts.values()), None)
    return said.title if said else activity.id


async def overview(
    services: Services, reader: Reader, now: datetime, page: int = 0, notes: Sequence[Text] = ()
) -> Message:
    """All activities that one may change, a page at a time, and the ways to a new one."""
    if reader.person is None or not may_organise(reader.person):
        return not_yours()
    found = of_theirs(services.guide, reader)
    async with services.database.read() as tx:
        open_forms = len(await edits.of_person(tx, services.community, reader.person.id))
        waiting = len(await edits.proposed(tx, services.community)) if coordinates(reader.person) else 0
    shown = found[page * AT_ONCE : (page + 1) * AT_ONCE]
    rows = [
        # NOTE: Button, opens an activity to look after: {mark} of its state, {name} "Madklub".
        (Button(label("{mark} {name}", mark=_mark(each), name=title(each)), f"ea:{each.number}"),)
        for each in shown
    ]
    turn = (
        *((Button(label("◀️ Back"), f"ek:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"ek:{page + 1}"),) if len(found) > (page + 1) * AT_ONCE else ()),
    )
    # NOTE: “➕ New activity”: begins a form. “📝 Forms: {n}”: forms not finished. “📥 Proposed: {n}”: activities
    # that associations propose. “📅 Two weeks”: what is on in the next two weeks.
    extra = (
        *((Button(label("📝 Forms: {n}", n=open_forms), "eo"),) if open_forms else ()),
        *((Button(label("📥 Proposed: {n}", n=waiting), "ei"),) if waiting else ()),
        # NOTE: Button, tells into which languages one translates.
        Button(label("🌍 I translate"), "eu"),
    )
    return Message(
        (
            *notes,
            # NOTE: Head of a coordinator's list.
            say("🗂 <b>Activities</b>"),
            say_many("{n} activity", "{n} activities", len(found)),
        ),
        tuple(
            filter(
                None, (*rows, turn, extra, (Button(label("➕ New activity"), "en"), Button(label("📅 Two weeks"), "k")))
            )
        ),
    )


def _mark(activity: Activity) -> str:
    return {"on": "▫️", "paused": "⏸", "cancelled": "❌"}[activity.state]


async def look(services: Services, reader: Reader, number: int, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """One activity as who looks after it sees it: rule, place, seats, texts, and what can be done."""
    guide = services.guide
    activity = guide.activities.get(number)
    if activity is None:
        return gone()
    if not may_edit(reader.person, activity.organisation):
        return not_yours()
    coming = guide.coming(number, now)
    async with services.database.read() as tx:
        days = await signups.days_of(tx, services.community, number)
        seats = [
            sum(seat.state == "going" for seat in await signups.of_occurrence(tx, services.community, number, day))
            for day in days
            if activity.sign_up == "course" or day >= local_day(now)
        ]
    lines: list[Text | str] = [*notes, *([""] if notes else [])]
    lines += [
        say("<b>{title}</b>", title=title(activity)),
        *_state(activity),
        say("🔁 {rule}", rule=rule(activity.schedule)),
    ]
    if coming:
        lines.append(say("📅 Next: {when}", when=Span(coming[0].start, coming[0].end)))
    lines += [
        say("📍 {place}", place=town(guide.places[activity.place])),
        say("🚪 {venue}, {address}", venue=activity.venue.name, address=activity.venue.address),
        # NOTE: To a coordinator: seats taken at all times to come.
        say_many("👥 {n} has a seat", "👥 {n} have a seat", sum(seats)),
        *_texts(services, activity),
    ]
    if activity.confirmed is not None:
        # NOTE: To a coordinator: {day} on which somebody last said that all of an activity is right.
        lines.append(say("🕰 Confirmed {day}", day=Day(local_day(activity.confirmed))))
    return Message(lines, _buttons(activity, coming[0].day if coming else None))


def _state(activity: Activity) -> list[Text]:
    if activity.state == "cancelled":
        # NOTE: To a coordinator: all times of an activity are cancelled.
        return [say("❌ <b>Cancelled</b>")]
    if activity.state == "paused":
        # NOTE: To a coordinator: an activity is not shown to newcomers.
        return [say("⏸ <b>Paused: nobody has confirmed it.</b>")]
    return []


def _texts(services: Services, activity: Activity) -> list[Text]:
    """One line with the state of each language's text."""
    parts = tuple(
        # NOTE: A language and the state of its text: {language} "Arabic", {state} "❌ missing".
        say("{language} {state}", language=Word("language", language), state=state)
        for language, state in states(activity.texts, services.guide.community.languages, activity.source)
    )
    return [say("🌍 {texts}", texts=Listing(parts))]


def _buttons(activity: Activity, next_day: object) -> tuple[tuple[Button, ...], ...]:
    number = activity.number
    # NOTE: “✏️ Change”: opens a form. “📄 Copy”: a new activity like this one. “🌍 Texts”: the text in each language.
    rows: list[tuple[Button, ...]] = [
        (Button(label("✏️ Change"), f"ee:{number}"), Button(label("📄 Copy"), f"ec:{number}"))
    ]
    if activity.state != "cancelled" and next_day is not None:
        where = spot(number, next_day)  # type: ignore[arg-type] # the day of its next time
        # NOTE: “📅 Next time”: one time of an activity, to move or cancel. “👀 Card”: an activity as newcomers see it.
        rows.append((Button(label("📅 Next time"), f"k:{where}"), Button(label("👀 Card"), f"c:{where}")))
    # NOTE: “✅ Still right”: a contact person has looked at an activity, and all of it is right.
    rows.append((Button(label("🌍 Texts"), f"eT:{number}"), Button(label("✅ Still right"), f"eY:{number}")))
    # NOTE: Button, sends a poster of an activity to print.
    # NOTE: “🖼 Picture, voice”: an activity's picture and recordings.
    rows.append((Button(label("🖨 Poster"), f"eZ:{number}:pdf"), Button(label("🖼 Picture, voice"), f"eR:{number}")))
    if activity.state != "cancelled":
        # NOTE: Button, cancels all times of an activity; it is asked once more.
        rows.append((Button(label("❌ Cancel all times"), f"eK:{number}", style="no"),))
    return (*rows, (Button(label("🗂 Activities"), "ek:0"),))


def ask_cancel_all(services: Services, reader: Reader, number: int) -> Message:
    """The end of an activity cannot be taken back, so it is asked."""
    activity = services.guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    return Message(
        (
            # NOTE: To a coordinator, before all times of an activity are cancelled.
            say("❌ <b>Cancel all times, for everyone?</b>"),
            say("<b>{title}</b>", title=title(activity)),
            say("Everyone who signed up is told at once."),
        ),
        (
            (
                Button(label("❌ Yes, cancel"), f"eC:{number}", style="no"),
                Button(label("◀️ No, go back"), f"ea:{number}"),
            ),
        ),
    )


async def cancel_all(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Ends an activity; everyone with a seat to come is told. Twice is the same as once."""
    guide = services.guide
    activity = guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    if activity.state != "cancelled":
        ended = replace(guide, activities={**guide.activities, number: replace(activity, state="cancelled")})
        async with services.database.write() as tx:
            await signups.hold_line(tx, services.community)
            await activities.set_state(tx, services.community, number, "cancelled")
            await tell_concerned(tx, guide, ended, number, now)
            await communities.touch(tx, services.community)
        await services.current.refresh(now)
        services.hurry.set()
    return await look(services, reader, number, now, [say("📨 Everyone who signed up is told.")])
