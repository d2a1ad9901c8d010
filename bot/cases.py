"""Cases: somebody asks for a person, every coordinator is told, one takes it, and both write through the bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.activities import town
from bot.core.model import Community, Person, Reader
from bot.core.say import Button, Content, Message, Moment, Text, Word, label, say
from bot.core.schedule import DAY, is_holiday, local_day, moment
from bot.guide import Guide
from bot.people import main_menu
from bot.services import Services
from bot.store import cases, notices, people
from bot.store.cases import Case
from bot.store.database import Tx
from bot.store.notices import NewNotice, Notice

LONGEST = 1000
"""Characters of a question or reply that are passed on."""

WORKING_TIME = timedelta(hours=4)
"""Office time within which a person is promised to answer."""


async def ask(
    services: Services, reader: Reader, question: str, key: str, now: datetime, *, urgent: bool = False
) -> Message:
    """Opens a case (or adds to the open one), tells every coordinator, and promises a day and hour."""
    person = reader.person
    if person is None:
        return _say_who(services.guide)
    async with services.database.write() as tx:
        case, _new = await cases.open_case(
            tx, services.community, person.id, question=question[:LONGEST], key=key, now=now
        )
        coordinators = await people.with_role(tx, services.community, "coordinator")
        content = {"case": case.id, "question": question[:LONGEST], "urgent": urgent}
        told = _for_each(coordinators, case, f"{case.id}/{key}", content, now, urgent=urgent)
        await notices.add(tx, services.community, told)
    services.hurry.set()
    if not told:
        return _say_who(services.guide)
    promise = answer_by(services.guide.community, now)
    return Message(
        (
            # NOTE: A promise: {when} "Thursday 26/11 13:00".
            say("🙋 A person will answer you here before {when}.", when=Moment(promise)),
            # NOTE: Under the promise that a person answers; “them” are the coordinators.
            say("You can write more. Everything you write goes to them until then."),
        ),
        # NOTE: Button, takes the question to a person back.
        ((Button(label("✅ Not needed any more"), "hx"),), main_menu()[0]),
    )


def _for_each(
    coordinators: Sequence[Person], case: Case, key: str, content: dict[str, Any], now: datetime, *, urgent: bool
) -> list[NewNotice]:
    """One notice a coordinator; once somebody took the case, only to them, unless it is urgent."""
    those = [each for each in coordinators if each.state == "active" and each.id != case.person]
    if case.taken_by is not None and not urgent:
        those = [each for each in those if each.id == case.taken_by] or those
    return [NewNotice(each.id, "case", key, now, content, urgent=urgent) for each in those]


def _say_who(guide: Guide) -> Message:
    contact = guide.community.coordinator_contact
    if not contact:
        return Message(
            # NOTE: To somebody who has not said yes to be remembered, so that we cannot write to them later.
            (say("Say yes to be remembered first, then a person can answer you: /start"),),
            main_menu(),
        )
    # NOTE: When no coordinator uses the bot yet: {contact} "The coordinator at Integration".
    return Message((say("🙋 You can ask here: {contact}", contact=Content(contact, "da")),), main_menu())


def answer_by(community: Community, now: datetime) -> datetime:
    """The end of the next four office hours: opening times and Danish holidays counted, in a local day and hour."""
    left = WORKING_TIME
    day = local_day(now)
    for _ in range(30):
        hours = community.office_hours.get(day.isoweekday())
        if hours and not is_holiday(day):
            opens, closes = moment(day, hours[0]), moment(day, hours[1])
            start = max(opens, now)
            if start + left <= closes:
                return start + left
            if start < closes:
                left -= closes - start
        day += DAY
    return now + timedelta(days=7)


async def take(services: Services, reader: Reader, number: int, bubble: int) -> Message:
    """A coordinator takes the case; the others see who has it only as "somebody". What the bubble said stays in it."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        await cases.take(tx, services.community, number, reader.person.id)
        case = await cases.one(tx, services.community, number)
        person = await asker(tx, services.community, number)
        told = await notices.by_message(tx, services.community, reader.person.id, bubble)
    if case is None:
        # NOTE: To a coordinator. A case: somebody asked for a person.
        return Message((say("This case is not there any more."),))
    if case.closed_at is not None or person is None:
        # NOTE: To a coordinator.
        return Message((say("This case is closed."),))
    if case.taken_by != reader.person.id:
        # NOTE: To a coordinator.
        return Message((say("Another coordinator has taken this case."),))
    question = str(told.content["question"]) if told and told.kind == "case" else case.question
    return Message(
        (
            # NOTE: To the coordinator who took a case; “reply” is Telegram's reply to a message.
            say("✋ You have this case. Reply to this message, and I pass it on."),
            *_asked(services.guide, person, question),
        ),
        # NOTE: Button of a coordinator, closes a case.
        ((Button(label("✅ Done"), f"hc:{number}", style="yes"),),),
    )


async def reply(services: Services, reader: Reader, number: int, text: str, key: str, now: datetime) -> Message:
    """Passes a coordinator's words on to the person, as from the team."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    async with services.database.write() as tx:
        case = await cases.one(tx, services.community, number)
        if case is None or case.closed_at is not None:
            return Message((say("This case is closed."),))
        await cases.take(tx, services.community, number, reader.person.id)
        content = {"text": text[:LONGEST], "case": number}
        await notices.add(
            tx, services.community, [NewNotice(case.person, "reply", f"{number}/{key}", now, content, urgent=True)]
        )
    services.hurry.set()
    # NOTE: “✅ Done”: closes a case. “📨 Passed on.”: To a coordinator: the answer was sent to the newcomer.
    return Message((say("📨 Passed on."),), ((Button(label("✅ Done"), f"hc:{number}", style="yes"),),))


async def close(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The coordinator ends the case, and the person is asked whether it helped."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.write() as tx:
        case = await cases.one(tx, services.community, number)
        if case is not None and case.closed_at is None:
            await cases.close(tx, services.community, number, now)
            await notices.add(
                tx, services.community, [NewNotice(case.person, "case_closed", f"{number}", now, {"case": number})]
            )
    services.hurry.set()
    # NOTE: To a coordinator who closed a case.
    return Message((say("✅ Closed. Thank you."),))


async def free_cases_of(tx: Tx, services: Services, coordinator: int, now: datetime) -> None:
    """Whoever goes leaves their open cases to the others, who hear of them as of new ones."""
    coordinators = await people.with_role(tx, services.community, "coordinator")
    for case in await cases.release(tx, services.community, coordinator):
        content = {"case": case.id, "question": case.question, "urgent": False}
        await notices.add(
            tx,
            services.community,
            _for_each(coordinators, case, f"{case.id}/free{coordinator}", content, now, urgent=False),
        )


async def withdraw(services: Services, person: Person, now: datetime) -> Message:
    """The person needs nobody any more."""
    async with services.database.write() as tx:
        case = await cases.open_of(tx, services.community, person.id)
        if case is not None:
            await cases.close(tx, services.community, case.id, now)
            await notices.drop(tx, services.community, f"{case.id}/", kinds=("case",))
    # NOTE: To a newcomer who needs no person any more.
    return Message((say("All right."),), main_menu())


async def asker(tx: Tx, community: str, number: int) -> Person | None:
    """Whose case it is; None where it was closed or the person is gone."""
    case = await cases.one(tx, community, number)
    if case is None or case.closed_at is not None:
        return None
    return (await people.by_ids(tx, community, [case.person])).get(case.person)


def tell_coordinator(guide: Guide, notice: Notice, asker: Person) -> Message:
    """What a coordinator sees: language, town, what was asked, no more."""
    content = notice.content
    head = (
        # NOTE: “🙋 <b>Somebody asks for a person</b>”: To the coordinators, head of a case. “🚨 <b>Somebody may be in
        # danger</b>”: To the coordinators, head of a case.
        say("🚨 <b>Somebody may be in danger</b>") if content["urgent"] else say("🙋 <b>Somebody asks for a person</b>")
    )
    # NOTE: To a coordinator, under a case.
    lines = [head, *_asked(guide, asker, str(content["question"])), say("Reply to this message, and I pass it on.")]
    # NOTE: Button of a coordinator, takes a case.
    return Message(lines, ((Button(label("✋ I take it"), f"ht:{content['case']}", style="yes"),),), protect=True)


def _asked(guide: Guide, asker: Person, question: str) -> list[Text]:
    # NOTE: To a coordinator: {language} of the one who asks: "Arabic".
    lines = [say("🌍 {language}", language=Word("language", asker.language))]
    if asker.place in guide.places:
        # NOTE: To a coordinator: {town} of the one who asks: "Ringe".
        lines.append(say("🏘 {town}", town=town(guide.places[asker.place or ""])))
    if question:
        # NOTE: To a coordinator: what the newcomer asked, in their own words.
        lines.append(say("“{question}”", question=question))
    return lines


def not_yours() -> Message:
    # NOTE: To somebody who tapped a coordinator's button.
    return Message((say("Only coordinators can do this."),), main_menu())
