"""Brings the group up to the rows: each open case a topic, its head as it stands, and everything that was written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot.activities import town
from bot.cases import group as case_group
from bot.cases import showing
from bot.cases.answering import called
from bot.core.model import Person
from bot.core.say import Button, Copy, Message, Moment, Text, Word, label, say
from bot.i18n import Said, say_in, say_plain
from bot.services import Services
from bot.store import cases, groups, people
from bot.store.cases import Case, Words
from bot.store.groups import Group, Thread
from bot.telegram.forum import Forum, GroupGone, GroupMoved, Refused, ThreadGone, Unreachable
from bot.telegram.pusher import PacedBot

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """The group while it is brought up."""

    services: Services
    group: Group
    forum: Forum

    def said(self, message: Message) -> Said:
        return say_in(message, self.group.language, self.services.catalogues, self.services.names)

    def plain(self, text: Text) -> str:
        return say_plain(text, self.group.language, self.services.catalogues, self.services.names)


async def bring_up(services: Services, bot: PacedBot) -> None:
    """Does in the group what the rows say and is not done there yet, where something stirred. What stands in the way is
    tried again."""
    if not services.stirred.is_set():
        return
    services.stirred.clear()
    try:
        found = await case_group.linked(services)
        if found is not None and found.state == "on":
            await _bring_up(Desk(services, found, Forum(bot, found.chat)))
    except GroupMoved as moved:
        await case_group.move(services, moved.old, moved.chat)
    except GroupGone as gone:
        log.warning("the coordinators' group is lost", reason=str(gone))
        await case_group.lose(services, services.clock())
    except Unreachable as error:
        log.warning("the group could not be brought up, trying again", cause=str(error))
        services.stirred.set()
    except Exception:
        services.stirred.set()
        raise


async def _bring_up(desk: Desk) -> None:
    community = desk.services.community
    async with desk.services.database.read() as tx:
        threads = await groups.all_threads(tx, community)
        opened = [each for each in await cases.all_open(tx, community) if not each.organisation]
        unposted = await groups.unposted(tx, community)
        ended = await cases.by_ids(tx, community, [each.case for each in threads if each.case is not None])
        persons = await people.by_ids(tx, community, {each.person for each in opened})
    mine: Mapping[int | None, Thread] = {each.person: each for each in threads if each.person is not None}
    for case in opened:
        await _bring(desk, case, persons[case.person], mine.get(case.person), unposted.get(case.id, []))
    for thread in threads:
        if thread.person is None:
            await desk.forum.delete(thread.thread)
            async with desk.services.database.write() as tx:
                await groups.drop_thread(tx, community, thread)
        elif thread.case in ended and ended[thread.case].closed_at is not None and thread.person not in persons:
            await _finish(desk, ended[thread.case], thread)


async def _bring(desk: Desk, case: Case, asker: Person, thread: Thread | None, new: list[Words]) -> None:
    """One open case; a topic that was deleted by hand is made anew, with all that was said."""
    try:
        thread = await _opened(desk, case, asker, thread)
        for words in new:
            try:
                number = await _post(desk, thread, case, asker, words)
            except Refused as refused:
                log.error("something of a case cannot be said in the group", reason=str(refused), words=words.id)
                number = 0
            async with desk.services.database.write() as tx:
                await groups.set_posted(tx, desk.services.community, words.id, number)
    except ThreadGone:
        if thread is None:
            raise
        async with desk.services.database.write() as tx:
            await groups.drop_thread(tx, desk.services.community, thread)
        desk.services.stirred.set()


async def _opened(desk: Desk, case: Case, asker: Person, thread: Thread | None) -> Thread:
    """The case's topic, open, with the right title and head."""
    community, title = desk.services.community, desk.plain(_title(desk, case, asker))
    if thread is None:
        number = await desk.forum.open(title)
        async with desk.services.database.write() as tx:
            thread = await groups.add_thread(tx, community, case.person, number, title)
    changes: dict[str, object] = {}
    if thread.closed:
        await desk.forum.reopen(thread.thread)
        changes["closed"] = False
    if thread.title != title:
        await desk.forum.rename(thread.thread, title)
        changes["title"] = title
    head, digest = await _head(desk, case, asker)
    if thread.case != case.id or thread.head is None:
        changes |= {"head": await desk.forum.post(desk.said(head), thread.thread), "case": case.id, "shown": digest}
    elif thread.shown != digest:
        await desk.forum.edit(thread.head, desk.said(head))
        changes["shown"] = digest
    if changes:
        async with desk.services.database.write() as tx:
            await groups.set_thread(tx, community, thread.id, **changes)
    return thread


async def _finish(desk: Desk, case: Case, thread: Thread) -> None:
    """A case that was closed: its head says so, and whether it helped; the topic is closed."""
    head, digest = await _head(desk, case, None)
    if thread.closed and thread.shown == digest:
        return
    try:
        if thread.head is not None and thread.shown != digest:
            await desk.forum.edit(thread.head, desk.said(head))
        if not thread.closed:
            await desk.forum.close(thread.thread)
    except ThreadGone:
        async with desk.services.database.write() as tx:
            await groups.drop_thread(tx, desk.services.community, thread)
        return
    async with desk.services.database.write() as tx:
        await groups.set_thread(tx, desk.services.community, thread.id, closed=True, shown=digest)


def _title(desk: Desk, case: Case, asker: Person) -> Text:
    """Number, language, town, what; no name."""
    language = Word("language", asker.language)
    place = desk.services.guide.places.get(asker.place or "")
    what = showing.what(case)
    if place is None:
        # NOTE: The name of a topic in the coordinators' group: {number} "12", {language} "Arabic", {what} "asks".
        return say("{number} · {language} · {what}", number=case.id, language=language, what=what)
    # NOTE: The name of a topic: {number} "12", {language} "Arabic", {town} "Ringe", {what} "asks for a person".
    return say(
        "{number} · {language} · {town} · {what}",
        number=case.id,
        language=language,
        town=town(place),
        what=what,
    )


async def _head(desk: Desk, case: Case, asker: Person | None) -> tuple[Message, str]:
    """The bubble at the top of a case, and a digest of it."""
    async with desk.services.database.read() as tx:
        name = await called(tx, desk.services.community, case.taken_by)
    message = _closed_head(case) if case.closed_at is not None or asker is None else _open_head(desk, case, asker, name)
    said = desk.said(message)
    digest = hashlib.sha256(f"{case.id}{said.text}{said.buttons}".encode()).hexdigest()[:32]
    return message, digest


def _open_head(desk: Desk, case: Case, asker: Person, name: Text | str) -> Message:
    lines = [showing.head(case), *showing.who(desk.services.guide, case, asker)]
    if case.waits_since is not None and case.promised is not None:
        lines.append(say("Promised before {when}", when=Moment(case.promised)))
    if case.taken_by is None:
        # NOTE: In the coordinators' group, at the head of a case.
        lines.append(say("✋ Nobody has it yet."))
        # NOTE: Button of a coordinator, takes a case.
        take = Button(label("✋ I take it"), f"Gt:{case.id}", style="yes")
    else:
        lines.append(say("✋ {name} has this case.", name=name))
        # NOTE: Button of a coordinator, takes a case over from a colleague.
        take = Button(label("🔁 I take it over"), f"Go:{case.id}")
    # NOTE: In the coordinators' group, at the head of a case; // are two slashes.
    lines.append(say("What you write here goes to them. // is a note, and so is a reply to a colleague."))
    saved = Button(label("💬 Saved answers"), f"Gs:{case.id}")
    return Message(lines, ((take, Button(label("✅ Done"), f"Gc:{case.id}", style="yes")), (saved,)))


def _closed_head(case: Case) -> Message:
    lines = [
        # NOTE: In the coordinators' group, at the head of a case: {number} "12".
        say("✅ <b>No. {number} is closed.</b>", number=case.id),
    ]
    if case.helped == "yes":
        # NOTE: In the coordinators' group: what the newcomer said of the help.
        lines.append(say("👍 It helped."))
    if case.helped == "no":
        # NOTE: In the coordinators' group: what the newcomer said of the help.
        lines.append(say("👎 It did not help."))
    # NOTE: In the coordinators' group, under a closed case.
    lines.append(say("Write here, and it is open again."))
    return Message(lines)


async def _post(desk: Desk, thread: Thread, case: Case, asker: Person, words: Words) -> int:
    """Says in the topic what was written, and gives its number there; 0 where there was nothing to say."""
    lines = await _lines(desk, case, words)
    number = await desk.forum.post(desk.said(Message(lines)), thread.thread) if lines else 0
    if not showing.is_copied(words) or words.source is None or words.side == "clock":
        return number
    chat = asker.chat if words.side == "person" else await _chat_of(desk, words)
    if chat is None:
        return number
    try:
        return await desk.forum.post(desk.said(Message((), copy=Copy(chat, words.source))), thread.thread)
    except Refused:
        # NOTE: In the coordinators' group: Telegram does not let us show something that was sent.
        return await desk.forum.post(desk.said(Message((say("📎 (This cannot be shown here.)"),))), thread.thread)


async def _lines(desk: Desk, case: Case, words: Words) -> list[Text]:
    """What goes before or instead of a copy: who of the team wrote it, and the words where they are short."""
    if words.side == "person":
        return [] if showing.is_copied(words) else showing.said(words)
    if words.side == "clock":
        promised = Moment(case.promised or case.opened_at)
        return [say("⏳ <b>Somebody still waits for an answer</b>"), say("Promised before {when}", when=promised)]
    async with desk.services.database.read() as tx:
        name = await called(tx, desk.services.community, words.by)
    if words.side == "note":
        head = say("📝 Note from {name}, for colleagues only", name=name)
    else:
        head = say("📨 {name} has answered:", name=name)
    return [head, *showing.said(words)]


async def _chat_of(desk: Desk, words: Words) -> int | None:
    """Where a coordinator wrote it; None where they are gone."""
    if words.in_group:
        return desk.group.chat
    async with desk.services.database.read() as tx:
        found = await people.by_ids(tx, desk.services.community, [words.by or 0])
    return found[words.by].chat if words.by in found else None
