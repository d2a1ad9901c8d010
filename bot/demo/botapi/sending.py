"""The methods that make messages: text, places, files, albums, copies and forwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.botapi import markup, media
from bot.demo.botapi.entities import found, given, parse_html, trimmed, units
from bot.demo.botapi.errors import BLOCKED, DEACTIVATED, NEVER_STARTED, bad, forbidden, moved
from bot.demo.botapi.params import Upload, attached
from bot.demo.botapi.records import Chat, Json, Message, StoredFile

if TYPE_CHECKING:  # methods get the world as an argument; only its type is needed
    from bot.demo.botapi.state import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LARGEST_FILE = 50 * 1024 * 1024
PREVIEW_KEYS = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}


def room(world: World, chat_id: object) -> Chat:
    """The chat of an id, or `chat not found`; a group that moved names its new id."""
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None:
        raise bad("chat not found")
    if chat.moved_to:
        raise moved(chat.moved_to)
    return chat


def writable(world: World, p: Json) -> Chat:
    """The chat to send to, where the bot may write. Raises Telegram's 403s, and 400 for a topic that is not there."""
    chat = room(world, p["chat_id"])
    person = world.people.get(chat.id)
    if person:
        if person.deactivated:
            raise DEACTIVATED
        if person.blocked:
            raise BLOCKED
        if not person.started:
            raise NEVER_STARTED
    elif chat.bot_is in {"kicked", "left"}:
        how = "was kicked from" if chat.bot_is == "kicked" else "is not a member of"
        raise forbidden(f"bot {how} the supergroup chat")
    thread = p.get("message_thread_id")
    if thread:
        if thread not in chat.topics:
            raise bad("message thread not found")
        if chat.topics[thread].closed and chat.bot_is != "administrator":
            raise bad("TOPIC_CLOSED")
    return chat


def formatted(p: Json, name: str, entities: str, most: int) -> tuple[str, list[Json]]:
    """Text and entities of a text or caption parameter; too long is refused, empty is the caller's matter."""
    source: str = p.get(name, "")
    mode = str(p.get("parse_mode", "")).lower()
    if mode not in {"", "html"}:
        raise bad("unsupported parse_mode")
    if mode:
        text, marks = parse_html(source)
    else:
        text, marks = source, given(source, p.get(entities) or [])
    text, marks = trimmed(text, marks)
    if len(text) * 2 > most and units(text) > most:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return text, found(text, marks)


def post(world: World, chat: Chat, content: Json, p: Json) -> Message:
    """Put the bot's message into the chat, with what all send methods share: topic, reply, keyboard, protection."""
    content = {**content, **_extras(chat, p)}
    kept = markup.checked(p.get("reply_markup"), private=chat.private)
    if "inline_keyboard" in kept:
        content["reply_markup"] = kept
    elif "keyboard" in kept:
        chat.keyboard = kept
    elif kept.get("remove_keyboard"):
        chat.keyboard = None
    return world.keep_message(chat, content, silent=bool(p.get("disable_notification")))


def _extras(chat: Chat, p: Json) -> Json:
    extras: Json = {}
    if p.get("protect_content"):
        extras["has_protected_content"] = True
    if thread := p.get("message_thread_id"):
        extras |= {"message_thread_id": thread, "is_topic_message": True}
    if reply := p.get("reply_parameters"):
        answered = chat.messages.get(int(reply.get("message_id", 0)))
        if answered:
            extras["reply_to_message"] = {k: v for k, v in answered.api.items() if k != "reply_to_message"}
        elif not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
    return extras


def send_message(world: World, p: Json) -> Json:
    """sendMessage."""
    text, entities = formatted(p, "text", "entities", LONGEST_TEXT)
    if not text:
        raise bad("message text is empty")
    chat = writable(world, p)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    return post(world, chat, content, p).api


def send_location(world: World, p: Json) -> Json:
    """sendLocation."""
    return post(world, writable(world, p), {"location": _point(p)}, p).api


def send_venue(world: World, p: Json) -> Json:
    """sendVenue."""
    point = _point(p)
    if not p["title"].strip() or not p["address"].strip():
        raise bad("VENUE_TITLE_INVALID" if not p["title"].strip() else "VENUE_ADDRESS_INVALID")
    venue = {"location": point, "title": p["title"], "address": p["address"]}
    return post(world, writable(world, p), {"venue": venue, "location": point}, p).api


def _point(p: Json) -> Json:
    if not (-90 <= p["latitude"] <= 90 and -180 <= p["longitude"] <= 180):
        raise bad("wrong latitude or longitude specified")
    return {"latitude": p["latitude"], "longitude": p["longitude"]}


def send_document(world: World, p: Json) -> Json:
    """sendDocument."""
    return _send_file(world, p, "document")


def send_photo(world: World, p: Json) -> Json:
    """sendPhoto."""
    return _send_file(world, p, "photo")


def send_voice(world: World, p: Json) -> Json:
    """sendVoice."""
    return _send_file(world, p, "voice")


def _send_file(world: World, p: Json, kind: str) -> Json:
    caption = captioned(p)
    chat = writable(world, p)
    shown = _shown(_file(world, p[kind], p), kind, p)
    return post(world, chat, {kind: shown, **caption}, p).api


def captioned(p: Json) -> Json:
    """Caption and its entities as they stand in a message; empty for none."""
    text, entities = formatted(p, "caption", "caption_entities", LONGEST_CAPTION)
    caption: Json = {"caption": text} if text else {}
    if text and entities:
        caption["caption_entities"] = entities
    return caption


def _file(world: World, value: object, given_values: Json) -> StoredFile:
    value = attached(value, given_values)
    if isinstance(value, Upload):
        if not value.content:
            raise bad("file must be non-empty")
        if len(value.content) > LARGEST_FILE:
            raise bad("file is too big")
        return world.new_file(value.name, value.mime, value.content)
    if isinstance(value, str) and value in world.files:
        return world.files[value]
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    raise bad("wrong file identifier/HTTP URL specified")


def _shown(file: StoredFile, kind: str, p: Json) -> object:
    if kind == "photo":
        return media.photo(file)
    if kind == "voice":
        return media.voice(file, int(p.get("duration", 0)))
    return media.document(file)


def send_media_group(world: World, p: Json) -> list[Json]:
    """sendMediaGroup: 2 to 10 photos or documents, one caption each, no keyboard."""
    items = p["media"]
    if not 2 <= len(items) <= 10:
        raise bad("there must be 2 to 10 items in the album")
    chat = writable(world, p)
    contents = [_album_item(world, item, p) for item in items]
    album = str(world.now().timestamp()).replace(".", "")
    return [post(world, chat, {**content, "media_group_id": album}, p).api for content in contents]


def _album_item(world: World, item: Json, p: Json) -> Json:
    kind = item.get("type")
    if kind not in {"photo", "document"}:
        raise bad("can't parse InputMedia: type must be photo or document")
    return {kind: _shown(_file(world, item.get("media"), p), kind, {}), **captioned(item)}


def copy_message(world: World, p: Json) -> Json:
    """copyMessage: the content without its origin, as a message of the bot's own."""
    source = _source(world, p, "copied")
    chat = writable(world, p)
    content = _content(source)
    if "caption" in p:
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | captioned(p)
    return {"message_id": post(world, chat, content, p).id}


def forward_message(world: World, p: Json) -> Json:
    """forwardMessage: the content with its origin."""
    source = _source(world, p, "forwarded")
    chat = writable(world, p)
    origin = {"type": "user", "sender_user": source.api["from"], "date": source.api["date"]}
    return post(world, chat, {"forward_origin": origin, **_content(source)}, p).api


def _source(world: World, p: Json, verb: str) -> Message:
    source = room(world, p["from_chat_id"]).messages.get(p["message_id"])
    if source is None:
        raise bad(f"message to {'copy' if verb == 'copied' else 'forward'} not found")
    if source.protected or source.kind == "service":
        raise bad(f"message can't be {verb}")
    return source


LEFT_BEHIND = {
    "message_id", "from", "chat", "date", "edit_date", "message_thread_id", "is_topic_message", "reply_to_message",
    "reply_markup", "has_protected_content", "media_group_id", "forward_origin",
}  # fmt: skip


def _content(source: Message) -> Json:
    return {key: value for key, value in source.api.items() if key not in LEFT_BEHIND}


def send_chat_action(world: World, p: Json) -> bool:
    """sendChatAction: checked, and shown nowhere."""
    if p["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    writable(world, p)
    return True


ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
