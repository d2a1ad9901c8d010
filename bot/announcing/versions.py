"""The versions of an announcement: each language's state, who is asked for it, checked, used, moved or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.announcing import words
from bot.announcing.desk import GoneError, for_coordinators, one, open_one, plain
from bot.core.announcing.model import Announcement, Version, VersionState
from bot.core.model import Reader
from bot.core.network.model import VolunteerState
from bot.core.say import Button, Line, Message, Text, label, say
from bot.services import Services
from bot.store import announcements, deliveries, network, notices
from bot.store.database import Tx
from bot.store.notices import NewNotice

APPROVED: tuple[VolunteerState, ...] = ("approved",)
ASKED_AT_ONCE = 3
"""Volunteers who are asked for a version at a time."""


@for_coordinators
async def overview(services: Services, reader: Reader, number: int) -> Message:
    """Every language with the state of its version."""
    async with services.database.read() as tx:
        found = await one(tx, services, number)
    languages = services.catalogues.languages
    # NOTE: To a coordinator: the versions of an announcement.
    lines: list[Line] = [say("🌍 <b>In which languages</b>")]
    lines += [words.version(language, found.versions.get(language)) for language in languages]
    buttons = [
        Button(label("{name}", name=services.catalogues.endonym(each)), f"Bl:{number}:{each}") for each in languages
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Message(lines, (*rows, (Button(label("◀️ Back"), f"Bo:{number}"),)))


@for_coordinators
async def language(services: Services, reader: Reader, number: int, code: str, notes: Sequence[Text] = ()) -> Message:
    """One version: what it says, and what can be done with it."""
    async with services.database.read() as tx:
        found = await one(tx, services, number)
        speakers = await _speakers(tx, services, code)
    if code not in services.catalogues.languages:
        raise GoneError
    version = found.versions.get(code)
    lines: list[Line] = [*notes, words.version(code, version)]
    if version is not None and version.texts:
        lines += ["", say("“{text}”", text=plain(version)[:1000])]
    if version is not None and version.voice:
        # NOTE: This version has a voice note.
        lines.append(say("🎙 With a voice note"))
    if version is None or not version.is_ready:
        lines.append(
            # NOTE: To a coordinator: {n} "3" volunteers speak the language.
            say("🤝 Volunteers who speak it: {n}", n=len(speakers))
        )
    return Message(lines, _language_rows(found, code, version, may_ask=bool(speakers)))


def _language_rows(
    found: Announcement, code: str, version: Version | None, *, may_ask: bool
) -> tuple[tuple[Button, ...], ...]:
    where = f"{found.id}:{code}"
    rows: list[tuple[Button, ...]] = []
    waited_for = found.state == "sending" and (version is None or not version.is_ready)
    if version is not None and version.state == "offered" and (found.is_open or waited_for):
        # NOTE: Button: takes the translation that a volunteer has sent.
        rows.append((Button(label("✅ Use it"), f"By:{where}", style="yes"),))
    if found.is_open or waited_for:
        # NOTE: “✍️ Write it”: the next message becomes this version. “🙋 Ask a volunteer”: to translate it.
        write = Button(label("✍️ Write it"), f"Bw:{where}")
        asking = may_ask and (version is None or not version.is_ready) and code != found.source
        rows.append((write, *((Button(label("🙋 Ask a volunteer"), f"Bq:{where}"),) if asking else ())))
    if version is not None and version.is_ready and found.is_open:
        # NOTE: “👤 Checked by a speaker”: somebody who speaks the language has read it. “📝 Not checked”: nobody has.
        mark = label("📝 Not checked") if version.state == "human" else label("👤 Checked by a speaker")
        # NOTE: Button: this version is taken away.
        rows.append((Button(mark, f"Bh:{where}"), Button(label("🗑 Remove"), f"Bx:{where}", style="no")))
        # NOTE: Button: the text is in another language than the bot thought.
        rows.append((Button(label("🔁 Another language"), f"Bk:{where}"),))
    if version is not None and version.is_ready and found.state in ("sending", "sent"):
        # NOTE: Button: changes the messages that people have already.
        rows.append((Button(label("✏️ Correct what was sent"), f"BC:{where}"),))
    return (*rows, (Button(label("◀️ Back"), f"Bv:{found.id}"),))


async def _speakers(tx: Tx, services: Services, code: str) -> list[int]:
    """Approved volunteers who speak a language, the longest with us first."""
    found = await network.list_volunteers(tx, services.community, services.guide.point, states=APPROVED)
    return [each.person for each in found if code in each.languages]


@for_coordinators
async def ask_volunteers(services: Services, reader: Reader, number: int, code: str, now: datetime) -> Message:
    """A few volunteers who speak it are asked in the chat; whoever is first sends it back."""
    async with services.database.write() as tx:
        found = await one(tx, services, number)
        if found.is_over or code in found.ready:
            raise GoneError
        asked = [each for each in await _speakers(tx, services, code) if each != found.author][:ASKED_AT_ONCE]
        content = {"announcement": number, "language": code}
        key = f"{number}/{code}"
        wanted = [NewNotice(each, "translate", key, now, content, too_late=found.until) for each in asked]
        await notices.add(tx, services.community, wanted)
        if asked and code not in found.versions:
            await announcements.keep_version(tx, found, Version(code, "asked"))
    services.hurry.set()
    note = (
        # NOTE: To a coordinator: volunteers are asked to translate.
        say("🙋 Volunteers who are asked: {n}", n=len(asked))
        if asked
        # NOTE: To a coordinator: nobody speaks the language.
        else say("No volunteer speaks it.")
    )
    return await language(services, reader, number, code, (note,))


async def tell_of_version(
    tx: Tx, services: Services, found: Announcement, code: str, volunteer: int, now: datetime
) -> None:
    """A volunteer has sent a version: its author hears of it."""
    if found.author is not None:
        content = {"announcement": found.id, "language": code}
        key = f"{found.id}/{code}/{volunteer}/{now.isoformat()}"
        await notices.add(tx, services.community, [NewNotice(found.author, "version", key, now, content)])


async def mark(services: Services, reader: Reader, number: int, code: str) -> Message:
    """Checked by somebody who speaks the language, or not."""
    return await _change(services, reader, number, code, "mark")


async def accept(services: Services, reader: Reader, number: int, code: str, now: datetime) -> Message:
    """What a volunteer has sent is used: whoever was held back for it gets it."""
    return await _change(services, reader, number, code, "accept", now)


async def remove(services: Services, reader: Reader, number: int, code: str) -> Message:
    """The version goes; the one it was written in stays the first as long as there is one."""
    return await _change(services, reader, number, code, "remove")


@for_coordinators
async def _change(
    services: Services, reader: Reader, number: int, code: str, what: str, now: datetime | None = None
) -> Message:
    async with services.database.write() as tx:
        found = await one(tx, services, number)
        version = found.versions.get(code)
        if version is None or not (found.is_open or (what == "accept" and found.state == "sending")):
            raise GoneError
        if what == "remove":
            await announcements.drop_version(tx, found, code)
        else:
            state: VersionState = "human" if what == "accept" or version.state == "draft" else "draft"
            await announcements.keep_version(tx, found, replace(version, state=state))
        await announcements.change(tx, found)
        if what == "accept" and now is not None:
            await deliveries.let_go(tx, services.community, number, (code,), now)
            services.many.set()
    return await language(services, reader, number, code)


@for_coordinators
async def languages(services: Services, reader: Reader, number: int, code: str) -> Message:
    """In which language the text really is: those that have none yet."""
    async with services.database.read() as tx:
        found = await open_one(tx, services, number)
    if code not in found.versions:
        raise GoneError
    free = [each for each in services.catalogues.languages if each not in found.ready]
    buttons = [
        Button(label("{name}", name=services.catalogues.endonym(each)), f"BL:{number}:{code}:{each}") for each in free
    ]
    # NOTE: To a coordinator: the bot took the text for another language.
    head = say("🔁 In which language is it?")
    return Message((head,), (*((each,) for each in buttons), (Button(label("◀️ Back"), f"Bl:{number}:{code}"),)))


@for_coordinators
async def move_language(services: Services, reader: Reader, number: int, code: str, to: str) -> Message:
    """The version is one of another language."""
    async with services.database.write() as tx:
        found = await open_one(tx, services, number)
        if code not in found.versions or to in found.ready or to not in services.catalogues.languages:
            raise GoneError
        await announcements.keep_version(tx, found, replace(found.versions[code], language=to))
        await announcements.drop_version(tx, found, code)
        await announcements.change(tx, found, source=to if found.source == code else found.source)
    return await language(services, reader, number, to)
