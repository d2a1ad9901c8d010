"""What one does for activities that are there: their texts, the door list, messages to those who signed up."""

from __future__ import annotations

from typing import Literal

from telegram import Message as Bubble

from bot.editing import attendance, letters, media, posters, texts, translators
from bot.programmes import leading
from handlers.turn import ForgedError, Turn, shows


def _language(here: Turn, at: int) -> str:
    return here.argument(at, *here.services.guide.community.languages)


async def show_texts(here: Turn) -> None:
    await here.show(await texts.page(here.services, here.reader, here.number(0)))


async def write_text(here: Turn) -> None:
    await here.show(await texts.begin(here.services, here.reader, here.number(0), _language(here, 1)))


async def text_is_right(here: Turn) -> None:
    await here.show(await texts.approve(here.services, here.reader, here.number(0), _language(here, 1), here.now))


async def not_now(here: Turn) -> None:
    await here.show(await texts.not_now(here.services, here.reader))


async def i_translate(here: Turn) -> None:
    await here.show(await translators.page(here.services, here.reader))


async def tick_language(here: Turn) -> None:
    yes = here.argument(1, "y", "n") == "y"
    await here.show(await translators.tick(here.services, here.reader, _language(here, 0), yes=yes))


async def door_list(here: Turn) -> None:
    """Of a cohort, the list of its session, on which certificates hang."""
    if here.services.guide.sessions(here.number(0)):
        await here.show(await leading.door(here.services, here.reader, *here.occurrence, here.now))
        return
    await here.show(await attendance.page(here.services, here.reader, *here.occurrence, here.now))


async def tick(here: Turn) -> None:
    door, yes = here.number(2), here.argument(3, "y", "n") == "y"
    await here.show(await attendance.tick(here.services, here.reader, *here.occurrence, door, here.now, yes=yes))


async def finish(here: Turn) -> None:
    every = here.argument(2, "a", "d") == "a"
    await here.show(await attendance.finish(here.services, here.reader, *here.occurrence, here.now, every=every))


async def write_letter(here: Turn) -> None:
    language = _language(here, 2) if len(here.arguments) > 2 else ""
    await here.show(await letters.ask(here.services, here.reader, *here.occurrence, language))


async def send_letter(here: Turn) -> None:
    if len(here.arguments) != 2:
        raise ForgedError(here.data)
    await here.show(await letters.send(here.services, here.reader, *here.occurrence, here.now))


async def poster(here: Turn) -> None:
    """A file goes into a bubble of its own."""
    form: Literal["pdf", "svg"] = "svg" if here.argument(1, "pdf", "svg") == "svg" else "pdf"
    await here.say(await posters.poster(here.services, here.reader, here.number(0), form))


async def show_media(here: Turn) -> None:
    await here.show(await media.page(here.services, here.reader, here.number(0)))


async def ask_voice(here: Turn) -> None:
    await here.show(await media.ask_voice(here.services, here.reader, here.number(0), _language(here, 1)))


async def remove_media(here: Turn) -> None:
    what = here.argument(1, "photo", *here.services.guide.community.languages)
    await here.show(await media.remove(here.services, here.reader, here.number(0), what, here.now))


async def is_sent(here: Turn, bubble: Bubble) -> bool:
    """Whether a picture or voice note was sent for an activity. Then it is taken, and nothing else is made of it."""
    step = here.person.step if here.person else None
    if not step or "media" not in step:
        return False
    largest = bubble.photo[-1] if bubble.photo else None
    voice = bubble.voice.file_id if bubble.voice else ""
    photo, size = (largest.file_id, largest.file_size or 0) if largest else ("", 0)
    if bubble.document:
        size = bubble.document.file_size or 0
    await here.say(await media.take(here.services, here.reader, step, photo, voice, size, here.now))
    return True


LOOKING_AFTER = {
    "eT": show_texts,
    "ew": write_text,
    "er": text_is_right,
    "eq": shows(texts.ask),
    "eN": not_now,
    "eu": i_translate,
    "eU": tick_language,
    "eD": door_list,
    "eI": tick,
    "eJ": finish,
    "eh": write_letter,
    "eH": send_letter,
    "eZ": poster,
    "eR": show_media,
    "ev": ask_voice,
    "eG": remove_media,
}
"""The verbs of these buttons."""
