"""A message in one language as bubbles in a chat: sent, or put in the place of the bubble that was tapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.core.say import Copy, Media
from bot.i18n import Said, SaidButton
from bot.telegram.pusher import Markup, PacedBot

_STYLES = {"yes": "success", "no": "danger"}


@dataclass(frozen=True, slots=True)
class MenuKey:
    """A key of the lasting keyboard; `location` asks the phone where it is, `contact` for its owner's number."""

    text: str
    location: bool = False
    contact: bool = False


Menu = Sequence[Sequence[MenuKey]]


async def send(
    bot: PacedBot,
    chat: int,
    said: Said,
    menu: Menu,
    *,
    unknown: str = "",
    lane: int | None = None,
    thread: int | None = None,
) -> int:
    """Sends the message and gives its number. A place goes first, as a pin; words and buttons follow in one bubble.

    `unknown`: the language of someone who is not remembered; it is carried by the buttons (`data~language`).
    `thread`: the topic of a group that it belongs in; words and copies only.
    """
    markup = _markup(said, menu, unknown)
    if said.venue is not None:
        pin = await bot.send_venue(
            chat,
            latitude=said.venue.lat,
            longitude=said.venue.lon,
            title=said.venue.name,
            address=said.venue.address,
            disable_notification=said.silent or bool(said.text),
            protect_content=said.protect,
            rate_limit_args=lane,
        )
        if not said.text:
            return pin.message_id
    if said.document is not None:
        file = InputFile(said.document.content, said.document.name)
        if said.document.mime == "image/png":  # seen at once, where a file has to be opened
            return (await bot.send_photo(chat, file, **_captioned(said, markup, lane))).message_id
        return (await bot.send_document(chat, file, **_captioned(said, markup, lane))).message_id
    if said.media is not None:
        return await _send_media(bot, chat, said, said.media, markup, lane)
    if said.copy is not None:
        return await _copy(bot, chat, said, said.copy, markup, lane, thread)
    return await bot.send_text(
        chat, said.text, markup, silent=said.silent, protect=said.protect, lane=lane, thread=thread
    )


async def _send_media(
    bot: PacedBot, chat: int, said: Said, media: Media, markup: Markup | None, lane: int | None
) -> int:
    """A picture or voice note that lies at Telegram already, with the words under it."""
    send = bot.send_photo if media.kind == "photo" else bot.send_voice
    return (await send(chat, media.file, **_captioned(said, markup, lane))).message_id


async def _copy(
    bot: PacedBot, chat: int, said: Said, copy: Copy, markup: Markup | None, lane: int | None, thread: int | None
) -> int:
    """Says another chat's message again; Telegram does not tell whose it was."""
    words = _captioned(said, markup, lane)
    return (await bot.copy_message(chat, copy.chat, copy.message, message_thread_id=thread, **words)).message_id


def _captioned(said: Said, markup: Markup | None, lane: int | None) -> dict[str, Any]:
    """What a file and its words below have in common, whatever the file is."""
    return {
        "caption": said.text or None,
        "parse_mode": ParseMode.HTML if said.text else None,
        "disable_notification": said.silent,
        "protect_content": said.protect,
        "rate_limit_args": lane,
        "api_kwargs": {"reply_markup": markup} if markup else None,
    }


async def edit(
    bot: PacedBot, chat: int, bubble: int, said: Said, menu: Menu, *, unknown: str = "", anew: bool = True
) -> None:
    """Puts the message in the place of a bubble; where that cannot be (too old, a file, a pin), it is sent `anew`."""
    if said.document or said.venue or said.media or said.copy or said.keyboard:
        await send(bot, chat, said, menu, unknown=unknown)
        return
    try:
        await bot.edit_text(chat, bubble, said.text, _markup(said, menu, unknown))
    except BadRequest:
        if not anew:
            raise
        await send(bot, chat, said, menu, unknown=unknown)


async def correct(bot: PacedBot, chat: int, bubble: int, said: Said, *, lane: int | None = None) -> None:
    """Puts other words into a bubble that was sent: under a picture or voice note, or the whole text. Raises."""
    markup = _markup(said, (), "")
    if said.media is None:
        await bot.edit_text(chat, bubble, said.text, markup, lane=lane)
        return
    await bot.edit_message_caption(
        chat,
        bubble,
        caption=said.text,
        parse_mode=ParseMode.HTML,
        rate_limit_args=lane,
        api_kwargs={"reply_markup": markup} if markup else None,
    )


def _markup(said: Said, menu: Menu, unknown: str) -> Markup | None:
    if said.buttons:
        suffix = f"~{unknown}" if unknown else ""
        return {"inline_keyboard": [[_button(each, suffix) for each in row] for row in said.buttons if row]}
    if said.keyboard == "remove":
        return {"remove_keyboard": True}
    if said.keyboard:
        return {
            "keyboard": [[_key(each) for each in row] for row in menu],
            "resize_keyboard": True,
            "is_persistent": True,
        }
    return None


def _key(key: MenuKey) -> Mapping[str, object]:
    asks: Mapping[str, object] = {
        **({"request_location": True} if key.location else {}),
        **({"request_contact": True} if key.contact else {}),
    }
    return {"text": key.text, **asks}


def _button(button: SaidButton, suffix: str) -> Mapping[str, str]:
    does = {"url": button.link} if button.link else {"callback_data": f"{button.data}{suffix}"}
    style = _STYLES.get(button.style)
    return {"text": button.text, **does, "style": style} if style else {"text": button.text, **does}
