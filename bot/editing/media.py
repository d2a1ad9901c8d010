"""An activity's picture, and its text spoken by who knows the language: sent in the chat, shown from the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.cases import not_yours
from bot.core.model import Activity, Reader
from bot.core.rights import may_edit
from bot.core.say import Button, Media, Message, Text, Word, label, say
from bot.services import Services
from bot.signups import gone
from bot.store import activities, communities, people

MOST_BYTES = 10_000_000
"""A larger picture is slow to open where the connection is poor; Telegram's own pictures are far smaller."""


async def page(services: Services, reader: Reader, number: int, notes: Sequence[Text] = ()) -> Message:
    """What there is to see and hear, and a button for each that can be sent or taken away."""
    activity = services.guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    await _listen(services, reader, {"media": number})
    spoken = activity.voices
    rows = [
        (
            Button(label("🎙 {language}", language=Word("language", each)), f"ev:{number}:{each}"),
            # NOTE: Button, takes a picture or a recording away.
            *((Button(label("🗑 Remove"), f"eG:{number}:{each}", style="no"),) if each in spoken else ()),
        )
        for each in services.guide.community.languages
    ]
    picture = ((Button(label("🗑 Remove the picture"), f"eG:{number}:photo", style="no"),),) if activity.photo else ()
    return Message(
        (
            *notes,
            *([""] if notes else []),
            # NOTE: To a coordinator: an activity's picture and recordings.
            say("🖼 <b>Picture and voice</b>"),
            say("🖼 There is a picture.") if activity.photo else say("🖼 There is no picture yet."),
            *(say("🎙 Spoken in {language}", language=Word("language", each)) for each in spoken),
            "",
            # NOTE: To a coordinator, who sends it in Telegram.
            say("Send a picture here, without faces. Or tap a language, and record its text as a voice note."),
        ),
        (*rows, *picture, (Button(label("◀️ Back"), f"ea:{number}"),)),
    )


async def _listen(services: Services, reader: Reader, step: Mapping[str, object] | None) -> None:
    assert reader.person is not None
    async with services.database.write() as tx:
        await people.set_step(tx, services.community, reader.person.id, step)


async def ask_voice(services: Services, reader: Reader, number: int, language: str) -> Message:
    """The next voice note is the text in this language; what is to be read stands above."""
    activity = services.guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    await _listen(services, reader, {"media": number, "language": language})
    said = activity.texts.get(language)
    return Message(
        (
            # NOTE: To a coordinator: {language} "Tigrinya".
            say("🎙 <b>Record it in {language}</b>", language=Word("language", language)),
            say("Hold 🎤 below and speak slowly. Half a minute is enough."),
            *((say("<b>{title}</b>", title=said.title), say("{about}", about=said.about)) if said else ()),
        ),
        ((Button(label("◀️ Back"), f"eR:{number}"),),),
    )


async def take(
    services: Services, reader: Reader, step: Mapping[str, object], photo: str, voice: str, size: int, now: datetime
) -> Message:
    """A picture or a voice note that was sent while this page was open."""
    number = int(str(step["media"]))
    activity = services.guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    language = str(step.get("language", ""))
    if size > MOST_BYTES:
        # NOTE: To a coordinator who sent a very large picture.
        return await page(services, reader, number, [say("⚠️ That is larger than 10 MB. Send it as a picture.")])
    if voice and not language:
        # NOTE: To a coordinator who sent a voice note without saying its language.
        return await page(services, reader, number, [say("First tap the language, then record.")])
    if not (photo or voice):
        # NOTE: To a coordinator who sent something else than a picture or a voice note.
        return await page(services, reader, number, [say("⚠️ I can only use a picture or a voice note here.")])
    if photo:
        await _set(services, number, now, photo=photo)
    else:
        await _set(services, number, now, voices={**activity.voices, language: voice})
    # NOTE: To a coordinator: a picture or recording was taken.
    return await page(services, reader, number, [say("👍 Done. It can be opened from the card.")])


async def remove(services: Services, reader: Reader, number: int, what: str, now: datetime) -> Message:
    """Takes the picture, or one language's recording, away."""
    activity = services.guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    if what == "photo":
        await _set(services, number, now, photo=None)
    else:
        kept = {language: file for language, file in activity.voices.items() if language != what}
        await _set(services, number, now, voices=kept)
    return await page(services, reader, number)


async def _set(services: Services, number: int, now: datetime, **files: object) -> None:
    async with services.database.write() as tx:
        await activities.set_media(tx, services.community, number, **files)
        await communities.touch(tx, services.community)
    await services.current.refresh(now)


def shown(activity: Activity) -> Message | None:
    """The picture, in a bubble of its own; None where there is none any more."""
    return Message((), media=Media("photo", activity.photo)) if activity.photo else None


def spoken(activity: Activity, language: str) -> Message | None:
    """The recording in the reader's language; None where there is none any more."""
    file = activity.voices.get(language)
    return Message((), media=Media("voice", file)) if file else None
