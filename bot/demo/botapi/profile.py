"""The methods about the bot itself: who it is, its names, descriptions, commands, menu button and webhook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.demo.botapi.errors import bad
from bot.demo.botapi.records import Json, Person
from bot.demo.botapi.sending import room
from bot.demo.botapi.webhook import Delivery, Webhook, check_address

if TYPE_CHECKING:  # methods get the world as an argument; only its type is needed
    from bot.demo.botapi.state import World

COMMAND = re.compile(r"^[a-z0-9_]{1,32}$")
LANGUAGE = re.compile(r"^([a-z]{2})?$")
SECRET = re.compile(r"^[A-Za-z0-9_-]{1,256}$")
MOST_COMMANDS = 100
LONGEST = {"name": 64, "description": 512, "short_description": 120}
LONGEST_COMMAND = 256
CAN_NOT = (
    "can_manage_bots", "can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business",
    "has_main_web_app", "has_topics_enabled", "allows_users_to_create_topics",
)  # fmt: skip
PLAIN_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}


def get_me(world: World, _: Json) -> Json:
    """getMe."""
    return {**world.bot, "can_join_groups": True, **dict.fromkeys(CAN_NOT, False)}


def done(_: World, __: Json) -> bool:
    """logOut and close: accepted, without effect."""
    return True


def language(p: Json) -> str:
    """The language of a text of the profile: two letters, or none for everybody else."""
    code: str = p.get("language_code", "")
    if not LANGUAGE.match(code):
        raise bad("invalid language code specified")
    return code


def set_text(world: World, p: Json, what: str) -> bool:
    """setMyName, setMyDescription, setMyShortDescription: `what` names the parameter; empty takes it away."""
    text = p.get(what, "")
    if len(text) > LONGEST[what]:
        raise bad(f"{what.replace('_', ' ')} is too long")
    key = (what, language(p))
    if text:
        world.profile[key] = text
    else:
        world.profile.pop(key, None)
    return True


def get_text(world: World, p: Json, what: str) -> Json:
    """getMyName and the like, in a language, else the default."""
    fallback = world.profile.get((what, ""), world.bot["first_name"] if what == "name" else "")
    return {what: world.profile.get((what, language(p)), fallback)}


def set_my_commands(world: World, p: Json) -> bool:
    """setMyCommands."""
    commands = p["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not COMMAND.match(str(command.get("command", "")).lstrip("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= LONGEST_COMMAND:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    kept = [{"command": c["command"].lstrip("/"), "description": c["description"]} for c in commands]
    world.commands[scope(world, p), language(p)] = kept
    return True


def get_my_commands(world: World, p: Json) -> list[Json]:
    """getMyCommands: exactly those of the scope and language."""
    return world.commands.get((scope(world, p), language(p)), [])


def delete_my_commands(world: World, p: Json) -> bool:
    """deleteMyCommands."""
    world.commands.pop((scope(world, p), language(p)), None)
    return True


def scope(world: World, p: Json) -> str:
    """A scope as a key: `default`, `chat:700000001`, …"""
    given = p.get("scope") or {"type": "default"}
    kind = given.get("type")
    if kind in PLAIN_SCOPES:
        return str(kind)
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    chat = given.get("chat_id", "")
    found = room(world, int(chat) if str(chat).lstrip("-").isdigit() else chat)
    member = f":{given.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{found.id}{member}"


def commands_for(world: World, person: Person) -> list[Json]:
    """The command menu this phone shows: the narrowest scope first, in it the phone's language first."""
    for name in (f"chat:{person.id}", "all_private_chats", "default"):
        for code in (person.language_code[:2], ""):
            if found := world.commands.get((name, code)):
                return found
    return []


def set_chat_menu_button(world: World, p: Json) -> bool:
    """setChatMenuButton: for a private chat, or for all."""
    button = p.get("menu_button") or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad("can't parse menu button: unsupported type specified")
    if "chat_id" not in p:
        world.menu_button = button
        return True
    chat = room(world, p["chat_id"])
    if not chat.private:
        raise bad("chat not found")
    chat.menu_button = button
    return True


def get_file(world: World, p: Json) -> Json:
    """getFile: where the bytes lie below `/file/bot<token>/`."""
    file = world.files.get(p["file_id"])
    if file is None:
        raise bad("invalid file_id")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


async def set_webhook(world: World, p: Json) -> bool:
    """setWebhook; an empty address is deleteWebhook."""
    if not p["url"]:
        return await delete_webhook(world, p)
    check_address(p["url"])
    if "secret_token" in p and not SECRET.match(p["secret_token"]):
        raise bad("secret token contains unallowed characters")
    connections = p.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad("max_connections must be between 1 and 100")
    await delete_webhook(world, p)
    world.updates.allow(p.get("allowed_updates"))
    webhook = Webhook(p["url"], p.get("secret_token", ""), connections)
    world.delivery = Delivery(webhook, world.updates, world.now, pace=world.webhook_pace)
    world.delivery.start()
    return True


async def delete_webhook(world: World, p: Json) -> bool:
    """deleteWebhook."""
    if world.delivery:
        delivery, world.delivery = world.delivery, None
        await delivery.stop()
    if p.get("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _: Json) -> Json:
    """getWebhookInfo."""
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates)}
    if world.delivery:
        webhook = world.delivery.webhook
        info |= {"url": webhook.url, "max_connections": webhook.connections, "ip_address": "127.0.0.1"}
        if webhook.failure:
            info |= {"last_error_date": webhook.failed_at, "last_error_message": webhook.failure}
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info
