"""Before sending: the language plan, what each version looks like on a phone, a test to oneself, and the word to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.announcing import desk, scheduling, words
from bot.announcing.bubbles import messages
from bot.announcing.composing import warnings
from bot.announcing.desk import for_coordinators
from bot.announcing.reaching import reach
from bot.cases import not_yours
from bot.core.announcing.model import Announcement, Version
from bot.core.announcing.plan import Reach, Share, chosen, language_plan
from bot.core.model import Reader
from bot.core.quiet import after_quiet, is_quiet
from bot.core.say import Button, Line, Message, Moment, Text, Word, label, say
from bot.services import Services
from bot.store import announcements
from bot.store.database import Tx

Shown = tuple[str, Message]
"""A message and the language it is said in."""


@for_coordinators
async def check(services: Services, reader: Reader, number: int, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """The language plan: how many in each language and what they get, who does not, and when."""
    async with services.database.read() as tx:
        found = await desk.open_one(tx, services, number)
        return await _check(tx, services, found, now, notes)


async def _check(tx: Tx, services: Services, found: Announcement, now: datetime, notes: Sequence[Text] = ()) -> Message:
    how_many = await reach(tx, services, found, now)
    lines: list[Line] = [*notes, *([""] if notes else [])]
    # NOTE: To a coordinator, before an announcement is sent: who gets it in which language.
    lines += [say("📋 <b>Before it is sent</b>"), words.audience(services, found.audience), ""]
    lines += [_share(found, each) for each in language_plan(found, how_many.by_language)]
    lines += ["", *_others(found, how_many, now), words.when(services, found)]
    for version in found.versions.values():
        lines += warnings(version) if version.is_ready else []
    obstacle = _obstacle(found, how_many)
    if obstacle is not None:
        lines += ["", obstacle]
    return Message(lines, _rows(found, how_many, may=obstacle is None))


def _share(found: Announcement, share: Share) -> Text:
    """One language: how many, and which version they get."""
    reads = Word("language", share.language)
    if share.kind == "held":
        # NOTE: {language} "Tigrinya", {n} "12" people: no translation, so they wait for one.
        return say("⏳ {language}: {n}, held back until there is a version", language=reads, n=share.persons)
    if share.kind == "fallback":
        other = Word("language", share.version or "")
        # NOTE: {language} "Tigrinya", {n} "12" people: no translation, so they get it in {other} "English".
        return say("↪️ {language}: {n}, in {other}", language=reads, n=share.persons, other=other)
    if found.versions[share.language].state == "draft":
        # NOTE: {language} "Tigrinya", {n} "12" people: their translation was checked by nobody.
        return say("🟡 {language}: {n}, a draft that nobody has checked", language=reads, n=share.persons)
    # NOTE: {language} "Tigrinya", {n} "12" people get it in their own language.
    return say("🟢 {language}: {n}", language=reads, n=share.persons)


def _others(found: Announcement, how_many: Reach, now: datetime) -> list[Text]:
    """Who does not get it, or not at once."""
    lines: list[Text] = []
    if how_many.stopped:
        lines.append(say("🔕 Said stop: {n}", n=how_many.stopped))
    if how_many.blocked:
        lines.append(say("🚫 Blocked the bot: {n}", n=how_many.blocked))
    if how_many.capped and not found.urgent:
        lines.append(say("📆 Later, as they have had their message of the day: {n}", n=how_many.capped))
    at = found.due or now
    if is_quiet(at) and not found.urgent:
        # NOTE: To a coordinator: it is night; {when} "Thursday 26/11 08:00".
        lines.append(say("🌙 Quiet hours: everyone gets it from {when}", when=Moment(after_quiet(at))))
    return lines


def _obstacle(found: Announcement, how_many: Reach) -> Text | None:
    """Why it cannot be sent at all."""
    if not found.ready:
        # NOTE: To a coordinator: an announcement without a text.
        return say("✋ It says nothing yet. Write it first.")
    if how_many.persons == 0:
        # NOTE: To a coordinator: no person fits what was chosen.
        return say("✋ Nobody would get it. Choose other people first.")
    return None


def _rows(found: Announcement, how_many: Reach, *, may: bool) -> tuple[tuple[Button, ...], ...]:
    number = found.id
    # NOTE: “🧪 Test to me”: the coordinator alone gets the announcement, in their language.
    look = (Button(label("👁 Preview"), f"Bg:{number}"), Button(label("🧪 Test to me"), f"Be:{number}"))
    # NOTE: “🕐 Send then”: at the time that was chosen. “📨 Send now”: at once.
    word = label("🕐 Send then") if found.due is not None else label("📨 Send now")
    send = ((Button(word, f"BS:{number}:{found.edition}", style="yes"),),) if may else ()
    whom = () if how_many.persons else ((Button(label("👥 To whom"), f"Ba:{number}"),),)
    return (*send, *whom, *((look,) if found.ready else ()), (Button(label("◀️ Back"), f"Bo:{number}"),))


async def preview(services: Services, reader: Reader, number: int, *, own: bool = False) -> list[Shown]:
    """Each version as the phone shows it; with `own` the test: what the reader would get, and nothing round it."""
    if not reader.coordinates:
        return [(reader.language, not_yours())]
    async with services.database.read() as tx:
        found = await announcements.one(tx, services.community, number)
    if found is None or not found.ready:
        # NOTE: To a coordinator: an announcement without a text.
        nothing = Message(
            (say("✋ It says nothing yet. Write it first."),), ((Button(label("◀️ Back"), f"Bo:{number}"),),)
        )
        return [(reader.language, nothing if found else desk.stale(reader))]
    if own:
        version = chosen(found, reader.language) or found.versions[found.ready[0]]
        return [(version.language, _harmless(each)) for each in messages(services.guide, found, version)]
    shown: list[Shown] = []
    for version in (found.versions[each] for each in services.catalogues.languages if each in found.ready):
        shown.append((reader.language, _head(version)))
        shown += [(version.language, _harmless(each)) for each in messages(services.guide, found, version)]
    # NOTE: To a coordinator, under the previews.
    end = Message((say("👆 This is how it looks."),), ((Button(label("◀️ Back"), f"Bo:{number}"),),))
    return [*shown, (reader.language, end)]


def _harmless(message: Message) -> Message:
    """As it looks; its buttons say that it is a preview, so that looking stops nobody's messages."""
    rows = tuple(tuple(replace(button, data="BP") for button in row) for row in message.buttons)
    return replace(message, buttons=rows)


def _head(version: Version) -> Message:
    # NOTE: To a coordinator: above the preview in {language} "Tigrinya".
    return Message(
        (say("👇 In {language}", language=Word("language", version.language)), *warnings(version)), silent=True
    )


@for_coordinators
async def send(services: Services, reader: Reader, number: int, edition: int, bubble: int, now: datetime) -> Message:
    """The word to go, for what was seen: an announcement that was changed meanwhile is shown again first.

    The `bubble` that was tapped shows from then on how far it has come.
    """
    async with services.database.write() as tx:
        found = await announcements.one(tx, services.community, number)
        if found is None or not found.is_open:
            return await desk.page(services, reader, number, now, tx=tx)
        how_many = await reach(tx, services, found, now)
        if found.edition != edition or _obstacle(found, how_many) is not None:
            # NOTE: To a coordinator: somebody else changed the announcement meanwhile.
            changed = (say("It was changed meanwhile. Please look again."),) if found.edition != edition else ()
            return await _check(tx, services, found, now, changed)
        at = await scheduling.plan(tx, services, found, now)
        if at is None:
            # NOTE: To a coordinator: the activity that an announcement hangs on was cancelled.
            return await _check(tx, services, found, now, (say("That activity is not held. Choose another time."),))
        assert reader.person is not None
        await announcements.note(tx, found, bubble=bubble, author=found.author or reader.person.id)
        return await desk.page(services, reader, number, now, tx=tx)
