"""A volunteer translates: asked in the chat, they say yes, and what they send next is the version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.announcing.composing import await_next
from bot.announcing.desk import plain
from bot.core.announcing.model import Announcement, Version
from bot.core.model import Reader
from bot.core.say import Button, Line, Message, Word, label, say
from bot.people import main_menu
from bot.services import Services
from bot.store import announcements, network


def request(found: Announcement, language: str) -> Message:
    """What a volunteer is asked: the text as it was written, and whether they will."""
    source = found.versions[found.source]
    where = f"{found.id}:{language}"
    lines: list[Line] = [
        # NOTE: To a volunteer: {language} "Tigrinya", into which a text is to be translated.
        say("🙏 <b>Can you write this in {language}?</b>", language=Word("language", language)),
        "",
        say("“{text}”", text=plain(source)[:1000]),
    ]
    if source.voice:
        # NOTE: To a volunteer: the original is spoken, and their version may be too.
        lines.append(say("It is a voice note. You can speak it instead of writing."))
    return Message(
        lines,
        (
            # NOTE: “✍️ Yes, I will”: a volunteer will translate. “🙅 Not this time”: they will not.
            (
                Button(label("✍️ Yes, I will"), f"BV:{where}", style="yes"),
                Button(label("🙅 Not this time"), f"BW:{where}"),
            ),
        ),
        protect=True,
    )


async def accept(services: Services, reader: Reader, number: int, language: str, now: datetime) -> Message:
    """Their next message is the version, text or voice note. Who was quicker is thanked for."""
    person = reader.person
    async with services.database.write() as tx:
        found = await announcements.one(tx, services.community, number)
        if person is None or found is None or found.is_over or _is_there(found, language):
            return _not_needed()
        helper = await network.one_volunteer(tx, services.community, person.id, services.guide.point)
        if helper is None or helper.state != "approved" or language not in helper.languages:
            return _not_needed()
        asked = found.versions.get(language) or Version(language, "asked")
        await announcements.keep_version(tx, found, replace(asked, state="asked", by=person.id))
        await await_next(tx, reader, number, language, "write", now)
    return Message(
        # NOTE: To a volunteer who translates: {language} "Tigrinya".
        (say("✍️ Send it now in {language}, as a text or a voice note.", language=Word("language", language)),)
    )


def _is_there(found: Announcement, language: str) -> bool:
    version = found.versions.get(language)
    return version is not None and version.state != "asked"


def _not_needed() -> Message:
    # NOTE: To a volunteer: somebody else has translated it.
    return Message((say("🙏 Thank you, it is not needed any more."),), main_menu())


async def decline() -> Message:
    # NOTE: To a volunteer who does not translate this time.
    return Message((say("That is all right. Thank you."),), main_menu())
