"""The person's side of a case: asking, adding to it, needing nobody any more, whether it helped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.cases import hearing
from bot.core.model import Person, Reader
from bot.core.office import answer_by, remind_at
from bot.core.say import Button, Content, Message, Moment, label, say
from bot.guide import Guide
from bot.people import main_menu
from bot.services import Services
from bot.store import cases, groups, notices
from bot.store.cases import Case, NewWords, Why
from bot.store.database import Tx
from bot.store.notices import NewNotice

ECHOED = 200
"""Characters of what was sent to an association that are said again to who wrote it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody wrote or sent: `source` is its number in their chat, `key` makes it single in its case."""

    text: str
    key: str
    kind: str = "text"
    source: int | None = None
    edited: bool = False


async def ask(
    services: Services,
    reader: Reader,
    sent: Sent,
    now: datetime,
    *,
    why: Why = "asked",
    urgent: bool = False,
    organisation: str = "",
) -> Message:
    """Opens a case, or adds to the open one; tells the coordinators, or those of the `organisation`, and promises a day
    and hour."""
    person, community = reader.person, services.community
    if person is None:
        return _say_who(services.guide)
    async with services.database.write() as tx:
        who = await hearing.those_of(tx, community, organisation, person.id)
        if all(each.id == person.id for each in who):
            return _say_who(services.guide)
        promise = await _promises(tx, services.guide, organisation, person.id, sent.text)
        case, new = await cases.open_case(tx, community, person.id, sent.text, sent.key, now, why, organisation)
        if not new and case.waits_since is not None and not sent.text and sent.kind == "text" and not urgent:
            return promise(case, now)  # asked once more, without a word: everybody knows that they wait
        words = NewWords("person", sent.key, sent.text, sent.kind, sent.source, edited=sent.edited)
        number, fresh = await cases.write(tx, community, case, words, now)
        if fresh:
            case = _waits(services.guide, case, now, urgent=urgent)
            await cases.wait(tx, community, case)
            await tell(tx, community, who, case, number, now)
        heard = await is_heard(tx, community, who, case)
    services.hurry.set()
    services.stirred.set()
    return promise(case, now) if heard else _say_who(services.guide)


async def is_heard(tx: Tx, community: str, coordinators: Sequence[Person], case: Case) -> bool:
    """Whether anybody hears of the case now: no answer is promised while every coordinator is away. It is kept for
    when one comes back."""
    if any(each.state == "active" and each.id != case.person for each in coordinators):
        return True
    return not await in_private(tx, community, case)


def _waits(guide: Guide, case: Case, now: datetime, *, urgent: bool) -> Case:
    """The case as it waits from now on. A promise that was given and not yet kept stays as it was given."""
    rings = urgent and not case.urgent
    if case.waits_since is not None and not rings:
        return case
    hours = guide.community.office_hours
    urgent = urgent or case.urgent
    return replace(
        case,
        urgent=urgent,
        waits_since=now,
        promised=case.promised if case.waits_since else answer_by(hours, now),
        remind_at=remind_at(hours, now, 0, now, urgent=urgent),
        reminded=0,
    )


async def in_private(tx: Tx, community: str, case: Case) -> bool:
    """Whether those who answer hear of the case in their own chats: of an emergency and of what is for an organisation
    always, else where no group is linked."""
    group = await groups.one(tx, community)
    return case.urgent or bool(case.organisation) or group is None or group.state != "on"


async def tell(
    tx: Tx, community: str, coordinators: Sequence[Person], case: Case, number: int, now: datetime, extra: str = ""
) -> None:
    """One notice a coordinator; once somebody took the case, only to them, unless it is urgent."""
    if not await in_private(tx, community, case):
        return
    those = [each for each in coordinators if each.state == "active" and each.id != case.person]
    if case.taken_by is not None and not case.urgent:
        those = [each for each in those if each.id == case.taken_by] or those
    content = {"case": case.id, "words": number}
    key = f"{case.id}/{number}{extra}"
    wanted = [NewNotice(each.id, "case", key, now, content, urgent=case.urgent) for each in those]
    words = await cases.words(tx, community, number)
    if words is not None and words.kind != "text":
        wanted += [NewNotice(each.person, "case_media", key, now, content, urgent=case.urgent) for each in wanted]
    await notices.add(tx, community, wanted)


async def retell(tx: Tx, community: str, case: Case, now: datetime, extra: str) -> None:
    """Tells of an open case anew, by the newest thing the person wrote; `extra` makes it another telling."""
    found = await cases.conversation(tx, community, case.id)
    last = next((each for each in reversed(found) if each.side == "person"), None)
    if last is not None:
        await tell(tx, community, await hearing.hearers(tx, community, case), case, last.id, now, extra)


async def switched(services: Services, person: Person, language: str, now: datetime) -> None:
    """Somebody who waits, or is being answered, reads another language from now on: who has the case hears it."""
    if person.language == language:
        return
    async with services.database.write() as tx:
        for case in await cases.all_open_of(tx, services.community, person.id):
            if await in_private(tx, services.community, case):
                await _tell_language(tx, services.community, case, language, now)
    services.hurry.set()


async def _tell_language(tx: Tx, community: str, case: Case, language: str, now: datetime) -> None:
    those = [each.id for each in await hearing.hearers(tx, community, case) if each.id != case.person]
    those = [case.taken_by] if case.taken_by in those else those
    key = f"{case.id}/l{language}{int(now.timestamp())}"
    wanted = [NewNotice(each, "case_language", key, now, {"case": case.id}) for each in those if each is not None]
    await notices.add(tx, community, wanted)


async def _promises(
    tx: Tx, guide: Guide, organisation: str, asker: int, text: str
) -> Callable[[Case, datetime], Message]:
    """What is promised: by the coordinators, or by an organisation, whose name stands in it."""
    known = guide.organisations.get(organisation)
    if known is None:
        return _promise
    theirs = await hearing.is_theirs(tx, guide.community.id, organisation, asker)
    return partial(_promised_for, known.name, text[:ECHOED], theirs=theirs)


def _promised_for(name: str, text: str, case: Case, now: datetime, *, theirs: bool) -> Message:
    first = (
        # NOTE: After a newcomer let the bot ask an association: {organisation} "Ringe Boldklub".
        say("📨 {organisation} has your question.", organisation=name)
        if theirs
        # NOTE: The same where nobody of the association uses the bot: {organisation} "Ringe Boldklub".
        else say("📨 The coordinators ask {organisation} for you.", organisation=name)
    )
    return Message(
        (
            first,
            # NOTE: What the newcomer wrote to an association, in their own words.
            *((say("“{question}”", question=text),) if text else ()),
            # NOTE: A promise: {when} "Thursday 26/11 13:00".
            say("🙋 You get an answer here before {when}.", when=Moment(case.promised or now)),
        ),
        (
            # NOTE: Button, the reader's next text goes to the association that they asked.
            (Button(label("✍️ Write more"), f"Va:{case.organisation}"),),
            (Button(label("✅ Not needed any more"), f"hx:{case.id}"),),
            main_menu()[0],
        ),
    )


def _promise(case: Case, now: datetime) -> Message:
    return Message(
        (
            # NOTE: A promise: {when} "Thursday 26/11 13:00".
            say("🙋 A person will answer you here before {when}.", when=Moment(case.promised or now)),
            # NOTE: Under the promise that a person answers; “them” are the coordinators.
            say("You can write more. Everything you write goes to them until then."),
        ),
        # NOTE: Button, takes the question to a person back.
        ((Button(label("✅ Not needed any more"), "hx"),), main_menu()[0]),
    )


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


async def withdraw(services: Services, person: Person, now: datetime, number: int = 0) -> Message:
    """The person needs nobody any more; who has the case hears it. `number`: one of theirs with an organisation."""
    async with services.database.write() as tx:
        mine = await cases.all_open_of(tx, services.community, person.id)
        case = next((each for each in mine if (each.id == number if number else not each.organisation)), None)
        if case is not None:
            await cases.close(tx, services.community, case.id, now)
            await notices.drop(tx, services.community, f"{case.id}/", kinds=("case", "case_media", "case_waits"))
            if case.taken_by is not None:
                over = NewNotice(case.taken_by, "case_over", f"{case.id}/over", now, {"case": case.id})
                await notices.add(tx, services.community, [over])
    services.hurry.set()
    services.stirred.set()
    # NOTE: To a newcomer who needs no person any more.
    return Message((say("All right."),), main_menu())


async def helped(services: Services, reader: Reader, number: int, now: datetime, *, well: bool) -> Message:
    """Did it help? If not, the coordinators hear of it again."""
    if reader.person is not None:
        async with services.database.write() as tx:
            answer = "yes" if well else "no"
            await cases.set_helped(tx, services.community, number, reader.person.id, answer)
        services.stirred.set()
    if not well:
        return await ask(services, reader, Sent("", f"again{number}"), now, why="again")
    # NOTE: After the newcomer said that a person's answer helped.
    return Message((say("🙏 Thank you. We are glad."),), main_menu())
