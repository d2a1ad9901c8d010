"""Writing an announcement: the original and its versions, as text, picture or voice note, left and taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.announcing import desk
from bot.announcing.desk import GoneError, for_coordinators
from bot.announcing.versions import tell_of_version
from bot.core.announcing import writing
from bot.core.announcing.model import Announcement, Version
from bot.core.announcing.plan import fits_caption
from bot.core.model import Reader
from bot.core.say import Button, Message, Text, Word, label, say
from bot.services import Services
from bot.store import announcements, deliveries, people
from bot.store.database import Tx

SOON = timedelta(minutes=30)
"""For how long the next text is taken for the announcement; after that it is a question to the bot."""

AT_ONCE = timedelta(seconds=10)
"""Within which a text goes on from one that Telegram's app has cut."""

LARGEST_PHOTO = 10_000_000
"""Bytes: what Telegram takes as a picture."""

What = Literal["write", "correct"]


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent: a text as Telegram's HTML (or as typed), a picture or a voice note with words under it.

    `html` is set where the app marked bold and the like; `typed` is the bare text.
    """

    typed: str = ""
    html: str = ""
    photo: str = ""
    voice: str = ""
    bytes: int = 0
    other: Literal["", "picture_file", "other"] = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """What the next message of somebody is for. `so_far` is the HTML that it goes on from, where the app has cut it."""

    announcement: int
    language: str
    what: What
    so_far: str = ""


def awaited(reader: Reader, now: datetime) -> Awaited | None:
    """What the reader's next message is for, if it is for an announcement."""
    step = reader.person.step if reader.person else None
    if not step or "announce" not in step:
        return None
    since = now - datetime.fromisoformat(str(step["since"]))
    so_far = str(step.get("so_far") or "")
    if since > (AT_ONCE if so_far else SOON):
        return None
    number, what = step["announce"], step["what"]
    assert isinstance(number, int)
    return Awaited(number, str(step["language"]), "correct" if what == "correct" else "write", so_far)


async def await_next(
    tx: Tx, reader: Reader, number: int, language: str, what: What, now: datetime, *, so_far: str = ""
) -> None:
    """From now on the reader's next message is for this."""
    assert reader.person is not None
    step = {"announce": number, "language": language, "what": what, "since": now.isoformat(), "so_far": so_far}
    await people.set_step(tx, reader.person.community, reader.person.id, step)


@for_coordinators
async def begin(services: Services, reader: Reader, now: datetime) -> Message:
    """A new draft; the next message is what it says."""
    assert reader.person is not None
    async with services.database.write() as tx:
        number = await announcements.add(tx, services.community, reader.person.id, reader.language, now)
        await await_next(tx, reader, number, reader.language, "write", now)
    return Message(
        (
            # NOTE: To a coordinator who begins a message to many.
            say("📣 <b>A new announcement</b>"),
            say("Write it now: a text, a picture with words under it, or a voice note."),
            say("You add the other languages afterwards. Nothing is sent before you say so."),
        ),
        ((Button(label("◀️ Back"), "B"),),),
    )


@for_coordinators
async def ask(services: Services, reader: Reader, number: int, language: str, what: What, now: datetime) -> Message:
    """The next message becomes the version in this language, or corrects the one that was sent."""
    async with services.database.write() as tx:
        found = await desk.one(tx, services, number)
        if language not in services.catalogues.languages or not _may(found, language, what):
            raise GoneError
        await await_next(tx, reader, number, language, what, now)
    if what == "correct":
        # NOTE: To a coordinator who corrects a message to many that was sent: {language} "Arabic".
        head = say(
            "✏️ Write the right text in {language}. I put it into the messages that were sent.",
            language=Word("language", language),
        )
    else:
        # NOTE: To a coordinator: {language} "Arabic". The announcement in one more language.
        head = say("✍️ Send it in {language}: a text or a voice note.", language=Word("language", language))
    return Message((head,), ((Button(label("◀️ Back"), f"Bo:{number}"),),))


def _may(found: Announcement, language: str, what: What) -> bool:
    if what == "correct":
        return found.state in ("sending", "sent") and bool(found.versions.get(language))
    held = found.state == "sending" and language not in found.ready
    return found.is_open or held


async def take(services: Services, reader: Reader, wanted: Awaited, sent: Sent, now: datetime) -> Message:
    """Takes what was sent. What cannot be used is said, and the draft stays as it was."""
    person = reader.person
    assert person is not None
    async with services.database.write() as tx:
        found = await announcements.one(tx, services.community, wanted.announcement)
        asked = found.versions.get(wanted.language) if found else None
        helps = asked is not None and asked.state in ("asked", "offered") and asked.by == person.id
        if not reader.coordinates and not helps:
            await people.set_step(tx, services.community, person.id, None)
            return _no_more(reader)
        if found is None or not (helps or _may(found, wanted.language, wanted.what)):
            await people.set_step(tx, services.community, person.id, None)
            return desk.stale(reader)
        trouble = unusable(sent, correcting=wanted.what == "correct")
        if trouble:
            return _again(trouble, wanted, reader)
        return await _keep(tx, services, reader, found, wanted, sent, now)


def _no_more(reader: Reader) -> Message:
    """Whoever is removed while writing: what they wrote before stays with the others."""
    # NOTE: To somebody who was a coordinator and was writing a message to many.
    return Message((say("You are not a coordinator any more. The draft is kept, and the others can go on with it."),))


def unusable(sent: Sent, *, correcting: bool = False) -> tuple[Text, ...]:
    """Why it cannot be taken, in clear words; empty where it can."""
    if sent.other == "picture_file" or sent.bytes > LARGEST_PHOTO:
        # NOTE: A coordinator sent a picture as a file, or one that is too large.
        return (
            say("🖼 This picture was sent as a file, or it is over 10 MB. Telegram shows no such picture to many."),
            say("Send it again as a photo: the app makes it smaller by itself."),
        )
    if sent.other or not (sent.typed or sent.photo or sent.voice):
        # NOTE: A coordinator sent something else than text, picture or voice note.
        return (say("I can take a text, a picture or a voice note for an announcement."),)
    if correcting and not sent.typed:
        # NOTE: A coordinator wants to correct what was sent with something else than words.
        return (say("Only the words can be corrected. Write the text."),)
    return ()


def _again(trouble: Sequence[Text], wanted: Awaited, reader: Reader) -> Message:
    """Still awaited: the next message is tried again, and what there was stays."""
    # NOTE: After something that cannot be used for an announcement.
    kept = say("Your draft is kept. Try again, or go back.")
    rows = ((Button(label("◀️ Back"), f"Bo:{wanted.announcement}"),),) if reader.coordinates else ()
    return Message((*trouble, kept), rows)


def _html(sent: Sent) -> tuple[str, writing.Fault, str]:
    """What was sent as HTML: as the app marked it, else with the tags that somebody typed."""
    if sent.html and sent.html != _escaped(sent.typed):
        return sent.html, "", ""
    return writing.as_html(sent.typed)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


async def _keep(
    tx: Tx, services: Services, reader: Reader, found: Announcement, wanted: Awaited, sent: Sent, now: datetime
) -> Message:
    person = reader.person
    assert person is not None
    html, fault, tag = _html(sent)
    before = found.versions.get(wanted.language)
    if wanted.so_far and sent.typed:
        html = writing.joined(wanted.so_far, html)
    pieces = _pieces(html)
    if pieces is None:
        await await_next(tx, reader, found.id, wanted.language, wanted.what, now)
        return _again((_too_long(html),), wanted, reader)
    language = wanted.language
    if not found.versions:
        guess = writing.looks_like(sent.typed)
        language = guess if guess in services.catalogues.languages else wanted.language
        found = await announcements.note(tx, found, source=language)
    version = Version(
        language=language,
        state="human" if reader.coordinates and language == found.source else "draft",
        texts=pieces or (before.texts if before and sent.voice else ()),
        voice=sent.voice or (before.voice if before and not sent.photo and wanted.what == "correct" else ""),
        by=before.by if before else None,
        edition=(before.edition + 1) if before else 1,
    )
    if not reader.coordinates:
        version = replace(version, state="offered", by=person.id)
    if wanted.what == "correct":
        return await _correct(tx, services, reader, found, version, now)
    await announcements.keep_version(tx, found, version)
    if sent.photo:
        found = replace(found, photo=sent.photo)
    found = await announcements.change(tx, found, photo=found.photo or None)
    if found.state == "sending" and version.is_ready:
        await deliveries.let_go(tx, services.community, found.id, (language,), now)
    cut_by_the_app = len(sent.typed) >= writing.TELEGRAM_CUTS_AT
    if cut_by_the_app:
        await await_next(tx, reader, found.id, language, "write", now, so_far=html)
    else:
        await people.set_step(tx, services.community, person.id, None)
    services.many.set()
    if not reader.coordinates:
        await tell_of_version(tx, services, found, language, person.id, now)
        services.hurry.set()
        # NOTE: To a volunteer who has sent a translation.
        return Message((say("🙏 Thank you! The coordinator has it now."),))
    found = replace(found, versions={**found.versions, language: version}, photo=found.photo or "")
    return await desk.page(services, reader, found.id, now, notes=_notes(found, version, fault, tag), tx=tx)


def _pieces(html: str) -> tuple[str, ...] | None:
    """One bubble's words, or two; None where two cannot hold them."""
    if not html:
        return ()
    return (html,) if writing.visible_length(html) <= writing.TEXT_ROOM else writing.in_two(html)


def _too_long(html: str) -> Text:
    # NOTE: {n} "9000" and {most} "7800" are numbers of characters.
    return say(
        "This has {n} characters. Two messages hold {most}. Please make it shorter.",
        n=writing.visible_length(html),
        most=2 * writing.TEXT_ROOM,
    )


def _notes(found: Announcement, version: Version, fault: writing.Fault, tag: str) -> tuple[Text, ...]:
    """What its writer should know: it is kept, and what may be wrong with it."""
    # NOTE: To a coordinator: an announcement was written or changed, and is kept.
    notes = [say("💾 Kept.")]
    notes += warnings(version)
    if fault:
        # NOTE: {tag} "b": a mark of bold text that was typed by hand and does not fit.
        notes.append(say("⚠️ <b>{tag}</b> is opened or closed wrongly, so people see it as letters.", tag=f"<{tag}>"))
    if len(version.texts) == 2:
        # NOTE: A text that is too long for one message.
        notes.append(say("✂️ It is too long for one message. It goes out as two: the preview shows where it is cut."))
    elif (found.photo or version.voice) and version.texts and not fits_caption(version.texts):
        # NOTE: A text too long to stand under a picture or voice note.
        notes.append(
            say("✂️ The text is too long to stand under a picture or voice note. It comes as a message after it.")
        )
    return tuple(notes)


def warnings(version: Version) -> list[Text]:
    """A text that seems to be in another language than it is for."""
    seems = writing.seems_wrong(" ".join(version.texts), version.language)
    if not seems:
        return []
    # NOTE: {language} "Tigrinya": the text may be in another language. To a coordinator.
    return [
        say("⚠️ This does not look like {language}. Please look again.", language=Word("language", version.language))
    ]


async def _correct(
    tx: Tx, services: Services, reader: Reader, found: Announcement, version: Version, now: datetime
) -> Message:
    """The delivered messages are edited, one after another, where the new words fit into as many bubbles."""
    assert reader.person is not None
    before = found.versions[version.language]
    if len(version.texts) != len(before.texts) or fits_caption(version.texts) != fits_caption(before.texts):
        # NOTE: A correction that is much longer or shorter than what was sent.
        trouble = (say("The new text does not fit into the messages that were sent. Write one about as long."),)
        return _again(trouble, Awaited(found.id, version.language, "correct"), reader)
    kept = replace(before, texts=version.texts, state="human", corrected=0)
    await announcements.keep_version(tx, found, kept)
    await people.set_step(tx, services.community, reader.person.id, None)
    services.many.set()
    # NOTE: To a coordinator: messages that were sent are being changed.
    notes = (say("✏️ I am putting it into the messages that were sent."), *warnings(kept))
    return await desk.page(services, reader, found.id, now, notes=notes, tx=tx)
