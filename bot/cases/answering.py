"""The coordinators' side of a case: taking it, answering as the team, notes among themselves, ending it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases import hearing
from bot.cases.asking import Sent, in_private, retell
from bot.cases.showing import before, buttons, gone, head, how_to_answer, not_yours, said, who
from bot.core.model import Person, Reader
from bot.core.rights import may_answer
from bot.core.say import Button, Message, Text, label, say
from bot.services import Services
from bot.store import cases, colleagues, notices, people
from bot.store.cases import Case, NewWords
from bot.store.database import Tx
from bot.store.notices import NewNotice

LAST_SHOWN = 5
"""How many of the last words a case is shown with."""


async def take(services: Services, reader: Reader, number: int, bubble: int, *, over: bool = False) -> Message:
    """A coordinator takes the case, also `over` from another; the others see who has it. The bubble keeps its words."""
    if reader.person is None:
        return not_yours()
    me, community = reader.person.id, services.community
    async with services.database.write() as tx:
        case = await cases.one(tx, community, number, held=True)
        if not is_theirs(reader, case):
            return not_yours()
        asker = await _asker(tx, community, case)
        if case is None or asker is None:
            return gone()
        if case.closed_at is not None:
            # NOTE: To a coordinator.
            return Message((say("This case is closed."),))
        if case.taken_by not in (None, me) and not over:
            return _taken_already(number, await called(tx, community, case.taken_by))
        if case.taken_by != me:
            case = await mine(tx, services, case, me)
        told = await notices.by_message(tx, community, me, bubble)
        words = await cases.words(tx, community, int(told.content["words"])) if told and told.kind == "case" else None
    services.hurry.set()
    services.stirred.set()
    return Message(
        (
            # NOTE: To the coordinator who took a case; “reply” is Telegram's reply to a message.
            say("✋ You have this case. Reply to this message, and I pass it on."),
            *who(services.guide, case, asker),
            *(said(words) if words else ()),
        ),
        buttons(case, me),
        protect=True,
    )


async def show(services: Services, reader: Reader, number: int) -> Message:
    """A case with what was written last, to take, answer by reply, or end."""
    if reader.person is None:
        return not_yours()
    async with services.database.read() as tx:
        case = await cases.one(tx, services.community, number)
        if not is_theirs(reader, case):
            return not_yours()
        asker = await _asker(tx, services.community, case)
        if case is None or asker is None:
            return gone()
        found = await cases.conversation(tx, services.community, number)
        name = await called(tx, services.community, case.taken_by)
        earlier = await before(tx, services.community, case)
    lines: list[Text] = [head(case), *who(services.guide, case, asker), *earlier]
    for words in found[-LAST_SHOWN:]:
        lines += said(words) if words.side == "person" else ()
        # NOTE: To a coordinator: what the team answered, {text} in their own words.
        lines += [say("📨 “{text}”", text=words.text)] if words.side == "team" and words.text else []
    if case.taken_by not in (None, reader.person.id):
        lines.append(say("✋ {name} has this case.", name=name))
    return Message([*lines, how_to_answer()], buttons(case, reader.person.id), protect=True)


async def mine(tx: Tx, services: Services, case: Case, me: int) -> Case:
    """Takes it, and tells the others, softly. An emergency that somebody has rings no more."""
    community, now = services.community, services.clock()
    await cases.take(tx, community, case.id, me, over=True)
    if case.urgent:
        case = replace(case, remind_at=None)
        await cases.wait(tx, community, case)
    services.stirred.set()
    if not await in_private(tx, community, case):
        return replace(case, taken_by=me)
    others = [each for each in await hearing.hearers(tx, community, case) if each.id not in (me, case.person)]
    content = {"case": case.id, "by": me}
    key = f"{case.id}/t{me}/{int(now.timestamp())}"
    wanted = [NewNotice(each.id, "case_taken", key, now, content) for each in others if each.state == "active"]
    await notices.add(tx, community, wanted)
    return replace(case, taken_by=me)


async def called(tx: Tx, community: str, coordinator: int | None) -> Text | str:
    """How the colleagues see a coordinator."""
    name = await colleagues.name_of(tx, community, coordinator) if coordinator is not None else ""
    return name or say("no. {number}", number=coordinator or 0)


def _taken_already(number: int, name: Text | str) -> Message:
    return Message(
        # NOTE: To a coordinator who wanted to take a case: {name} "Sana", a colleague.
        (say("✋ {name} has this case.", name=name),),
        # NOTE: Button of a coordinator, takes a case over from a colleague.
        ((Button(label("🔁 I take it over"), f"ho:{number}"),),),
    )


async def reply(services: Services, reader: Reader, number: int, sent: Sent, now: datetime) -> Message:
    """Passes a coordinator's words on to the person, as from the team. A case that was closed is open again."""
    if reader.person is None:
        return not_yours()
    community, me = services.community, reader.person.id
    async with services.database.write() as tx:
        found = await cases.one(tx, community, number, held=True)
        if not is_theirs(reader, found):
            return not_yours()
        case = await still_open(tx, community, found)
        asker = await _asker(tx, community, case)
        if case is None or asker is None:
            return gone()
        if case.taken_by is None:
            case = await mine(tx, services, case, me)
        await answer(tx, community, case, as_kept(sent, me), now)
        if case.taken_by not in (None, me) and await in_private(tx, community, case):
            heard = NewNotice(
                case.taken_by, "case_helped_by", f"{case.id}/b{sent.key}", now, {"case": case.id, "by": me}
            )
            await notices.add(tx, community, [heard])
        owner = "" if case.taken_by == me else await called(tx, community, case.taken_by)
    services.hurry.set()
    services.stirred.set()
    return Message(
        [passed_on(asker), *([say("✋ {name} has this case.", name=owner)] if owner else [])],
        ((Button(label("✅ Done"), f"hc:{case.id}", style="yes"),),),
    )


def passed_on(asker: Person) -> Text:
    if asker.state == "blocked":
        # NOTE: To a coordinator: the newcomer has blocked the bot, so that nothing can be sent to them.
        return say("⏸ They have blocked the bot. I pass it on when they come back.")
    # NOTE: To a coordinator: the answer was sent to the newcomer.
    return say("📨 Passed on.")


def as_kept(sent: Sent, by: int, *, in_group: bool = False) -> NewWords:
    """What a coordinator wrote, as it is kept."""
    key = f"g{sent.key}" if in_group else f"c{by}/{sent.key}"
    return NewWords("team", key, sent.text, sent.kind, sent.source, by, in_group, sent.edited)


async def answer(tx: Tx, community: str, case: Case, words: NewWords, now: datetime) -> bool:
    """Keeps an answer and sends it; the person waits no more. Gives whether it is new."""
    number, fresh = await cases.write(tx, community, case, words, now)
    if fresh:
        content = {"case": case.id, "words": number}
        notice = NewNotice(case.person, "reply", f"{case.id}/{number}", now, content, urgent=True)
        await notices.add(tx, community, [notice])
        await cases.wait(tx, community, replace(case, waits_since=None, remind_at=None, reminded=0))
    return fresh


async def note(services: Services, reader: Reader, number: int, sent: Sent, now: datetime) -> Message:
    """Words among coordinators on a case: kept with it, told to who has it, never to the person."""
    if reader.person is None:
        return not_yours()
    community, me = services.community, reader.person.id
    async with services.database.write() as tx:
        case = await cases.one(tx, community, number)
        if not is_theirs(reader, case):
            return not_yours()
        if case is None:
            return gone()
        words = replace(as_kept(sent, me), side="note")
        kept, fresh = await cases.write(tx, community, case, words, now)
        if fresh and await in_private(tx, community, case):
            everyone = await hearing.hearers(tx, community, case)
            those = [each.id for each in everyone if each.id != me and each.state == "active"]
            if case.taken_by in those:
                those = [case.taken_by]
            content = {"case": case.id, "words": kept}
            await notices.add(
                tx, community, [NewNotice(each, "case_note", f"{case.id}/{kept}", now, content) for each in those]
            )
    services.hurry.set()
    services.stirred.set()
    # NOTE: To a coordinator who wrote a note on a case, for colleagues only.
    return Message((say("📝 Noted for your colleagues. The person does not see it."),), buttons(case, me))


async def still_open(tx: Tx, community: str, case: Case | None) -> Case | None:
    """The case to answer in: this one, opened again if it was closed, or the one that the person has opened since."""
    if case is None or case.closed_at is None:
        return case
    newer = await cases.open_of(tx, community, case.person, case.organisation)
    if newer is not None:
        return newer
    await cases.reopen(tx, community, case.id)
    return replace(case, closed_at=None)


async def close(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The coordinator ends the case, and the person is asked whether it helped."""
    if reader.person is None:
        return not_yours()
    async with services.database.read() as tx:
        if not is_theirs(reader, await cases.one(tx, services.community, number)):
            return not_yours()
    await end(services, number, now, reader.person.id)
    # NOTE: To a coordinator who closed a case.
    return Message((say("✅ Closed. Thank you."),))


async def end(services: Services, number: int, now: datetime, by: int) -> None:
    """Closes an open case once, and asks whether it helped; who had it hears that a colleague has closed it."""
    community = services.community
    async with services.database.write() as tx:
        case = await cases.one(tx, community, number)
        if case is not None and case.closed_at is None:
            await cases.close(tx, community, case.id, now)
            asked = NewNotice(case.person, "case_closed", f"{case.id}/{int(now.timestamp())}", now, {"case": case.id})
            await notices.add(tx, community, [asked])
            if case.taken_by not in (None, by) and await in_private(tx, community, case):
                content = {"case": case.id, "by": by}
                await notices.add(
                    tx, community, [NewNotice(case.taken_by, "case_ended", f"{case.id}/e{by}", now, content)]
                )
    services.hurry.set()
    services.stirred.set()


async def free_cases_of(tx: Tx, services: Services, coordinator: int, now: datetime) -> None:
    """Whoever goes leaves their open cases to the others, who hear of them as of new ones."""
    for case in await cases.release(tx, services.community, coordinator):
        await retell(tx, services.community, case, now, extra=f"f{coordinator}")
    services.stirred.set()


def is_theirs(reader: Reader, case: Case | None) -> bool:
    """Whether the reader may answer the case; of one that is gone only coordinators are told so."""
    return may_answer(reader.person, case.organisation if case is not None else "")


async def _asker(tx: Tx, community: str, case: Case | None) -> Person | None:
    return None if case is None else (await people.by_ids(tx, community, [case.person])).get(case.person)
