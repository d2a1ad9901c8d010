"""What the notices of a case say, to the coordinators and to the person, from how the case stands when they go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.cases import group, hearing, showing
from bot.cases.answering import called
from bot.core.model import Person
from bot.core.rights import coordinates, may_answer, organisations
from bot.core.say import Button, Copy, Message, Moment, Rows, Text, label, say
from bot.store import cases, groups, people
from bot.store.cases import Case, Words

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


async def _case(telling: Telling, *, open_only: bool = True) -> tuple[Case, Person] | None:
    """The case that the notice is about, and who asked; None where it is closed or gone, or not the reader's."""
    community = telling.guide.community.id
    case = await cases.one(telling.tx, community, int(telling.content["case"]))
    if case is None or (open_only and case.closed_at is not None):
        return None
    if telling.person.id != case.person and not may_answer(telling.person, case.organisation):
        return None
    asker = (await people.by_ids(telling.tx, community, [case.person])).get(case.person)
    return None if asker is None else (case, asker)


async def _words(telling: Telling) -> Words | None:
    return await cases.words(telling.tx, telling.guide.community.id, int(telling.content["words"]))


async def case(telling: Telling) -> Message | None:
    """To a coordinator: somebody asks for a person, or writes more."""
    found, words = await _case(telling), await _words(telling)
    if found is None or words is None:
        return None
    case, asker = found
    first = (await cases.conversation(telling.tx, telling.guide.community.id, case.id))[0].id == words.id
    headed = first or case.urgent or (words.kind == "text" and not words.text)
    lines = [
        *([showing.head(case)] if headed else []),
        *showing.who(telling.guide, case, asker),
        *(await showing.before(telling.tx, telling.guide.community.id, case) if first else ()),
        *(await _nobody_there(telling, case)),
        *showing.said(words),
        *([_below(words)] if showing.is_copied(words) else []),
        showing.how_to_answer(),
    ]
    return Message(lines, showing.buttons(case, telling.person.id), protect=True)


async def _nobody_there(telling: Telling, case: Case) -> tuple[Text, ...]:
    """To a coordinator who is asked in place of an organisation: why."""
    if not case.organisation or case.organisation in organisations(telling.person):
        return ()
    if await hearing.is_theirs(telling.tx, telling.guide.community.id, case.organisation, case.person):
        return ()
    # NOTE: To a coordinator, under “For Ringe Boldklub”: nobody of that association uses the bot.
    return (say("Nobody from there can be reached in Brobot. Please ask them, and answer here."),)


def _below(words: Words) -> Text:
    """What stands in the next bubble, as the person sent it."""
    if words.kind == "voice":
        # NOTE: To a coordinator: the voice message stands below.
        return say("🎙 They sent a voice message:")
    # NOTE: To a coordinator: what the newcomer sent stands below.
    return say("📎 They sent this:")


async def case_media(telling: Telling) -> Message | None:
    """The media themselves, as they were sent; a reply to them is passed on too."""
    found, words = await _case(telling), await _words(telling)
    if found is None or words is None or words.source is None:
        return None
    case, asker = found
    return Message(
        (), showing.buttons(case, telling.person.id), copy=Copy(asker.chat, words.source), protect=True, silent=True
    )


async def case_taken(telling: Telling) -> Message | None:
    """To the other coordinators, softly: who has it now."""
    found = await _case(telling)
    if found is None or found[0].taken_by != telling.content["by"]:
        return None
    case, asker = found
    name = await called(telling.tx, telling.guide.community.id, case.taken_by)
    return Message((say("✋ {name} has this case.", name=name), *showing.who(telling.guide, case, asker)), silent=True)


async def case_helped_by(telling: Telling) -> Message | None:
    """To who has it: a colleague answered."""
    found = await _case(telling, open_only=False)
    if found is None:
        return None
    name = await called(telling.tx, telling.guide.community.id, int(telling.content["by"]))
    # NOTE: To a coordinator: {name} "Sana", a colleague, answered somebody whose case the reader has.
    return Message((say("📨 {name} has answered:", name=name), *showing.who(telling.guide, *found)), silent=True)


async def case_note(telling: Telling) -> Message | None:
    """To colleagues: a note on a case."""
    found, words = await _case(telling, open_only=False), await _words(telling)
    if found is None or words is None:
        return None
    name = await called(telling.tx, telling.guide.community.id, words.by)
    # NOTE: To a coordinator: {name} "Sana", a colleague, wrote a note on a case.
    head = say("📝 Note from {name}, for colleagues only", name=name)
    lines = [head, *showing.who(telling.guide, *found), *showing.said(words)]
    return Message(lines, showing.buttons(found[0], telling.person.id), protect=True)


async def case_waits(telling: Telling) -> Message | None:
    """To coordinators: somebody still waits, and before when they were promised an answer."""
    found = await _case(telling)
    if found is None or found[0].waits_since is None:
        return None
    case, asker = found
    promised = case.promised or case.opened_at
    last = showing.last_words(await cases.conversation(telling.tx, telling.guide.community.id, case.id))
    lines = [
        # NOTE: Head, to coordinators: nobody has answered a case yet.
        showing.head(case) if case.urgent else say("⏳ <b>Somebody still waits for an answer</b>"),
        *showing.who(telling.guide, case, asker),
        *(showing.said(last) if last else ()),
        # NOTE: To coordinators: before when an answer was promised to the newcomer, {when} "Thursday 26/11 13:00".
        say("Promised before {when}", when=Moment(promised)),
        showing.how_to_answer(),
    ]
    return Message(lines, showing.buttons(case, telling.person.id), protect=True)


async def case_ended(telling: Telling) -> Message | None:
    """To who had it: a colleague has closed it."""
    found = await _case(telling, open_only=False)
    if found is None or found[0].closed_at is None:
        return None
    name = await called(telling.tx, telling.guide.community.id, int(telling.content["by"]))
    # NOTE: To a coordinator: {name} "Sana", a colleague, closed a case that the reader had.
    return Message((say("✅ {name} has closed this:", name=name), *showing.who(telling.guide, *found)), silent=True)


async def case_language(telling: Telling) -> Message | None:
    """To who has it: the person has chosen another language."""
    found = await _case(telling)
    if found is None:
        return None
    # NOTE: To a coordinator: somebody whose case is open has chosen another language; it stands in the next line.
    return Message((say("🌍 They read another language now:"), *showing.who(telling.guide, *found)), silent=True)


async def case_over(telling: Telling) -> Message | None:
    """To who has it: the person needs nobody any more."""
    found = await _case(telling, open_only=False)
    if found is None:
        return None
    # NOTE: To a coordinator: the newcomer took the question back.
    return Message((say("✅ They need nobody any more."), *showing.who(telling.guide, *found)), silent=True)


async def reply(telling: Telling) -> Message | None:
    """To the person: an answer, as from the team, or a corrected one."""
    words = await _words(telling)
    if words is None:
        return None
    case = await cases.one(telling.tx, telling.guide.community.id, words.case)
    head, write_back = _head_of_answer(telling, words, case.organisation if case else ""), _write_back(case)
    if not showing.is_copied(words):
        # NOTE: A coordinator's answer, in their own words.
        return Message((head, say("{text}", text=words.text)), write_back)
    chat = await _chat_of(telling, words)
    if chat is None or words.source is None:
        return Message((head, say("{text}", text=words.text)), write_back) if words.text else None
    if words.kind in showing.CAPTIONED and len(words.text) <= showing.CAPTION_LONGEST:
        lines = (head, say("{text}", text=words.text)) if words.text else (head,)
        return Message(lines, write_back, copy=Copy(chat, words.source))
    return Message((), write_back, copy=Copy(chat, words.source))


def _head_of_answer(telling: Telling, words: Words, organisation: str) -> Text:
    """Who answers: a person, or an association by its name, never by a person's."""
    known = telling.guide.organisations.get(organisation)
    if words.edited:
        # NOTE: Head of an answer to the newcomer that a coordinator has corrected.
        return say("✏️ <b>A person has corrected the answer:</b>")
    if known is not None:
        # NOTE: Head of an answer from an association to the newcomer who asked: {organisation} "Ringe Boldklub".
        return say("🏘 <b>Answer to your question to {organisation}:</b>", organisation=known.name)
    # NOTE: Head of a coordinator's answer to the newcomer. A person: not the bot.
    return say("🙋 <b>A person answers:</b>")


def _write_back(case: Case | None) -> Rows:
    """The way to answer an association: what is written without it is for the bot, or for the coordinators."""
    if case is None or not case.organisation:
        return ()
    return ((Button(label("✍️ Write more"), f"Va:{case.organisation}"),),)


async def _chat_of(telling: Telling, words: Words) -> int | None:
    """Where the original stands; None where its writer, or the group, is gone."""
    community = telling.guide.community.id
    if words.in_group:
        found = await groups.one(telling.tx, community)
        return None if found is None else found.chat
    writer = (await people.by_ids(telling.tx, community, [words.by or 0])).get(words.by or 0)
    return None if writer is None else writer.chat


async def case_late(telling: Telling) -> Message | None:
    """To the person: what was promised was not kept; an honest word, and a new day and hour."""
    found = await _case(telling)
    if found is None or found[0].waits_since is None or found[0].promised is None:
        return None
    case = found[0]
    known = telling.guide.organisations.get(case.organisation)
    return Message(
        (
            # NOTE: To the newcomer, when an association has not answered in time: {organisation} "Ringe Boldklub".
            *((say("🏘 Your question to {organisation}", organisation=known.name),) if known else ()),
            # NOTE: To the newcomer, when nobody has answered in time.
            say("🙏 It takes longer than I said. I am sorry."),
            # NOTE: A new promise: {when} "Thursday 26/11 13:00".
            say("A person answers you here before {when}.", when=Moment(found[0].promised)),
        ),
        ((Button(label("✅ Not needed any more"), f"hx:{case.id}" if case.organisation else "hx"),),),
    )


async def case_closed(telling: Telling) -> Message | None:
    return Message(
        # NOTE: After a coordinator closed the case.
        (say("🙋 Did it help?"),),
        (
            (
                # NOTE: Button under “Did it help?”.
                Button(label("👍 Yes"), f"hg:{telling.content['case']}:y"),
                # NOTE: Button under “Did it help?”; the coordinators hear of it again.
                Button(label("👎 No"), f"hg:{telling.content['case']}:n"),
            ),
        ),
    )


async def group_lost(telling: Telling) -> Message | None:
    return Message(group.lost_words()) if coordinates(telling.person) else None


async def group_back(telling: Telling) -> Message | None:
    return Message(group.back_words()) if coordinates(telling.person) else None


FOR_WHO_ANSWERS: Mapping[str, Tell] = {
    "case": case,
    "case_media": case_media,
    "case_taken": case_taken,
    "case_helped_by": case_helped_by,
    "case_note": case_note,
    "case_waits": case_waits,
    "case_over": case_over,
    "case_ended": case_ended,
    "case_language": case_language,
    "group_lost": group_lost,
    "group_back": group_back,
}
KINDS: Mapping[str, Tell] = {
    **FOR_WHO_ANSWERS,
    "reply": reply,
    "case_late": case_late,
    "case_closed": case_closed,
}
