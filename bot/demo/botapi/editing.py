"""The methods that change what is there: edits, deletions, callback answers, reactions and pins."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.demo.botapi import markup
from bot.demo.botapi.entities import units
from bot.demo.botapi.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad
from bot.demo.botapi.records import Chat, Json, Message
from bot.demo.botapi.sending import LONGEST_TEXT, captioned, formatted, room, writable

if TYPE_CHECKING:  # methods get the world as an argument; only its type is needed
    from bot.demo.botapi.state import World

DELETABLE_FOR = timedelta(hours=48)
LONGEST_ANSWER = 200
REACTIONS = set(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)
CAPTIONED = {"photo", "document", "voice", "video", "audio", "animation"}


def edit_message_text(world: World, p: Json) -> Json:
    """editMessageText."""
    text, entities = formatted(p, "text", "entities", LONGEST_TEXT)
    if not text:
        raise bad("message text is empty")
    chat, message = _own(world, p)
    if "text" not in message.api:
        raise bad("there is no text in the message to edit")
    api = {key: value for key, value in message.api.items() if key != "entities"}
    api |= {"text": text, **({"entities": entities} if entities else {})}
    return _changed(world, chat, message, api, p)


def edit_message_caption(world: World, p: Json) -> Json:
    """editMessageCaption."""
    caption = captioned(p)
    chat, message = _own(world, p)
    if message.kind not in CAPTIONED:
        raise bad("there is no caption in the message to edit")
    api = {key: value for key, value in message.api.items() if key not in {"caption", "caption_entities"}}
    return _changed(world, chat, message, api | caption, p)


def edit_message_reply_markup(world: World, p: Json) -> Json:
    """editMessageReplyMarkup: only the keyboard; without one it goes."""
    chat, message = _own(world, p)
    return _changed(world, chat, message, dict(message.api), p)


def _own(world: World, p: Json) -> tuple[Chat, Message]:
    if "chat_id" not in p:
        raise bad("chat_id is empty" if "inline_message_id" not in p else "MESSAGE_ID_INVALID")
    if "message_id" not in p:
        raise bad("message identifier is not specified")
    chat = writable(world, {"chat_id": p["chat_id"]})
    message = chat.messages.get(p["message_id"])
    if message is None:
        raise bad("message to edit not found")
    if not message.by_bot or "forward_origin" in message.api or message.kind == "service":
        raise bad("message can't be edited")
    return chat, message


def _changed(world: World, chat: Chat, message: Message, api: Json, p: Json) -> Json:
    """Store the new form; an edit without a keyboard takes the old keyboard away."""
    api.pop("reply_markup", None)
    kept = markup.checked(p.get("reply_markup"), private=chat.private, inline_only=True)
    if kept:
        api["reply_markup"] = kept
    if api == message.api:
        raise NOT_MODIFIED
    unseen = {"reply_markup", "edit_date"}
    if {k: v for k, v in api.items() if k not in unseen} != {k: v for k, v in message.api.items() if k not in unseen}:
        api["edit_date"] = int(world.now().timestamp())
    message.api = api
    world.emit({"type": "message", "chat": chat.id})
    return api


def delete_message(world: World, p: Json) -> bool:
    """deleteMessage: the bot's own and in private chats the person's, for 48 hours."""
    chat = room(world, p["chat_id"])
    message = chat.messages.get(p["message_id"])
    if message is None:
        raise bad("message to delete not found")
    if world.now() - message.at > DELETABLE_FOR:
        raise bad("message can't be deleted for everyone")
    if not message.by_bot and not chat.private and chat.bot_is != "administrator":
        raise bad("message can't be deleted")
    del chat.messages[message.id]
    world.emit({"type": "message", "chat": chat.id})
    return True


def answer_callback_query(world: World, p: Json) -> bool:
    """answerCallbackQuery: the toast, or with `show_alert` a window, on the phone that tapped."""
    person = world.queries.get(p["callback_query_id"])
    if person is None:
        raise QUERY_TOO_OLD
    text = p.get("text", "")
    if units(text) > LONGEST_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    person.toast = text or None
    person.alert = bool(text and p.get("show_alert"))
    world.emit({"type": "message", "chat": person.id})
    return True


def set_message_reaction(world: World, p: Json) -> bool:
    """setMessageReaction: one emoji of Telegram's list, or none."""
    message = writable(world, p).messages.get(p["message_id"])
    if message is None:
        raise bad("message to react not found")
    reactions = p.get("reaction") or []
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    emoji = "".join(str(reaction.get("emoji", "")) for reaction in reactions)
    if reactions and emoji.rstrip("\ufe0f") not in REACTIONS:
        raise bad("REACTION_INVALID")
    message.reaction = emoji
    world.emit({"type": "message", "chat": message.chat})
    return True


def pin_chat_message(world: World, p: Json) -> bool:
    """pinChatMessage."""
    chat = writable(world, p)
    if p["message_id"] not in chat.messages:
        raise bad("message to pin not found")
    chat.pinned = p["message_id"]
    return True
