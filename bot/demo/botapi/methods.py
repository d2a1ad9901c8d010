"""The list of methods: name, parameters, function, and whether a call counts against the limits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.demo.botapi import editing, groups, profile, sending
from bot.demo.botapi.params import Kind, table
from bot.demo.botapi.records import Json

if TYPE_CHECKING:  # methods get the world as an argument; only its type is needed
    from bot.demo.botapi.state import World

SHARED = (
    "chat_id*:chat message_thread_id:int disable_notification:bool protect_content:bool "
    "allow_paid_broadcast:bool reply_parameters:json"
)
SENT = f"{SHARED} reply_markup:json"
CAPTION = "caption:str parse_mode:str caption_entities:list"
EDITED = "chat_id:chat message_id:int inline_message_id:str reply_markup:json"
TOPIC = "chat_id*:chat message_thread_id*:int"
LANGUAGE = "language_code:str"


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `counts`: it makes messages, so the limits count it. `run` answers the result or raises."""

    name: str
    params: Mapping[str, tuple[Kind, bool]]
    run: Callable[[World, Json], object | Awaitable[object]]
    counts: bool = False
    waits: bool = False


async def get_updates(world: World, p: Json) -> list[Json]:
    """getUpdates."""
    return await world.updates.poll(
        p.get("offset", 0), p.get("limit", 100), p.get("timeout", 0), p.get("allowed_updates")
    )


def _texts() -> list[Method]:
    found = []
    for name, what in (
        ("Name", "name"),
        ("Description", "description"),
        ("ShortDescription", "short_description"),
    ):
        found += [
            Method(f"setMy{name}", table(f"{what}:str", LANGUAGE), partial(profile.set_text, what=what)),
            Method(f"getMy{name}", table(LANGUAGE), partial(profile.get_text, what=what)),
        ]
    return found


def _send(name: str, run: Callable[[World, Json], object], *params: str) -> Method:
    return Method(name, table(*params), run, counts=True)


ALL = [
    Method("getMe", table(), profile.get_me),
    Method("logOut", table(), profile.done),
    Method("close", table(), profile.done),
    Method(
        "getUpdates",
        table("offset:int limit:int timeout:int allowed_updates:list"),
        get_updates,
        waits=True,
    ),
    Method(
        "setWebhook",
        table(
            "url*:str ip_address:str max_connections:int allowed_updates:list",
            "secret_token:str drop_pending_updates:bool",
        ),
        profile.set_webhook,
        waits=True,
    ),
    Method("deleteWebhook", table("drop_pending_updates:bool"), profile.delete_webhook, waits=True),
    Method("getWebhookInfo", table(), profile.get_webhook_info),
    _send(
        "sendMessage",
        sending.send_message,
        SENT,
        "text*:str parse_mode:str entities:list link_preview_options:json",
    ),
    _send("sendLocation", sending.send_location, SENT, "latitude*:float longitude*:float"),
    _send(
        "sendVenue",
        sending.send_venue,
        SENT,
        "latitude*:float longitude*:float title*:str address*:str",
    ),
    _send(
        "sendDocument",
        sending.send_document,
        SENT,
        CAPTION,
        "document*:file disable_content_type_detection:bool",
    ),
    _send("sendPhoto", sending.send_photo, SENT, CAPTION, "photo*:file"),
    _send("sendVoice", sending.send_voice, SENT, CAPTION, "voice*:file duration:int"),
    _send("sendMediaGroup", sending.send_media_group, SHARED, "media*:list"),
    _send("copyMessage", sending.copy_message, SENT, CAPTION, "from_chat_id*:chat message_id*:int"),
    _send(
        "forwardMessage",
        sending.forward_message,
        "chat_id*:chat message_thread_id:int disable_notification:bool protect_content:bool",
        "from_chat_id*:chat message_id*:int",
    ),
    Method(
        "sendChatAction",
        table("chat_id*:chat action*:str message_thread_id:int"),
        sending.send_chat_action,
    ),
    Method(
        "editMessageText",
        table(EDITED, "text*:str parse_mode:str entities:list link_preview_options:json"),
        editing.edit_message_text,
    ),
    Method("editMessageCaption", table(EDITED, CAPTION), editing.edit_message_caption),
    Method("editMessageReplyMarkup", table(EDITED), editing.edit_message_reply_markup),
    Method("deleteMessage", table("chat_id*:chat message_id*:int"), editing.delete_message),
    Method(
        "answerCallbackQuery",
        table("callback_query_id*:str text:str show_alert:bool cache_time:int"),
        editing.answer_callback_query,
    ),
    Method(
        "setMessageReaction",
        table("chat_id*:chat message_id*:int reaction:list is_big:bool"),
        editing.set_message_reaction,
    ),
    Method(
        "pinChatMessage",
        table("chat_id*:chat message_id*:int disable_notification:bool"),
        editing.pin_chat_message,
    ),
    Method("getFile", table("file_id*:str"), profile.get_file),
    Method("setMyCommands", table("commands*:list scope:json", LANGUAGE), profile.set_my_commands),
    Method("getMyCommands", table("scope:json", LANGUAGE), profile.get_my_commands),
    Method("deleteMyCommands", table("scope:json", LANGUAGE), profile.delete_my_commands),
    *_texts(),
    Method("setChatMenuButton", table("chat_id:chat menu_button:json"), profile.set_chat_menu_button),
    Method("createForumTopic", table("chat_id*:chat name*:str icon_color:int"), groups.create_forum_topic),
    Method("editForumTopic", table(TOPIC, "name:str"), groups.edit_forum_topic),
    Method("closeForumTopic", table(TOPIC), groups.close_forum_topic),
    Method("reopenForumTopic", table(TOPIC), groups.reopen_forum_topic),
    Method("deleteForumTopic", table(TOPIC), groups.delete_forum_topic),
    Method("getChat", table("chat_id*:chat"), groups.get_chat),
    Method("getChatMember", table("chat_id*:chat user_id*:int"), groups.get_chat_member),
    Method(
        "getChatAdministrators",
        table("chat_id*:chat return_bots:bool"),
        groups.get_chat_administrators,
    ),
    Method("leaveChat", table("chat_id*:chat"), groups.leave_chat),
]

METHODS = {method.name.lower(): method for method in ALL}
