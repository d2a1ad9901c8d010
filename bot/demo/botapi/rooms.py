"""What people do with a group: add the bot, give and take its rights, throw it out, close and delete topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.botapi.errors import ControlError
from bot.demo.botapi.groups import bot_as_member, forget_topic
from bot.demo.botapi.records import Chat, Json, Person

if TYPE_CHECKING:  # the world calls these functions, so at run time it imports them, not they it
    from bot.demo.botapi.state import World

ACTS = ("add", "promote", "demote", "limit", "kick", "migrate", "close", "reopen", "delete")


def act(world: World, person: Person, chat: Chat, what: str, thread: int = 0) -> None:
    """One of ACTS, by a member of the group. `promote` makes the bot an administrator who may manage topics, `limit`
    leaves it one who may not, `migrate` gives the group another id; the last three are about a topic."""
    if person.id not in chat.members:
        raise ControlError(f"{person.name} is not in {chat.name}")
    match what:
        case "add":
            _sets_bot(world, person, chat, "member")
        case "promote" | "limit":
            _sets_bot(world, person, chat, "administrator", may_manage=what == "promote")
        case "demote":
            _sets_bot(world, person, chat, "member")
        case "kick":
            _sets_bot(world, person, chat, "kicked")
        case "migrate":
            world.migrates(chat)
        case "close" | "reopen":
            _closes(world, person, chat, thread, closed=what == "close")
        case "delete":
            forget_topic(world, chat, _topic_of(chat, thread))
        case _:
            raise ControlError(f"act is one of {', '.join(ACTS)}")


def _sets_bot(world: World, person: Person, chat: Chat, status: str, *, may_manage: bool = False) -> None:
    before = bot_as_member(world, chat)
    chat.bot_is = status  # type: ignore[assignment] # one of the four, as `act` says
    chat.may_manage = may_manage
    change = {
        "chat": chat.api,
        "from": person.api,
        "date": int(world.now().timestamp()),
        "old_chat_member": before,
        "new_chat_member": bot_as_member(world, chat),
    }
    world.updates.push("my_chat_member", change, chat.id)
    world.emit({"type": "people"})


def _topic_of(chat: Chat, thread: int) -> int:
    if thread not in chat.topics:
        raise ControlError(f"{chat.name} has no topic {thread}")
    return thread


def _closes(world: World, person: Person, chat: Chat, thread: int, *, closed: bool) -> None:
    chat.topics[_topic_of(chat, thread)].closed = closed
    content = {"message_thread_id": thread, "is_topic_message": True}
    told: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    message = world.keep_message(chat, {**content, **told}, person=person)
    world.updates.push("message", message.api, chat.id)


def hears(world: World, chat: Chat, content: Json) -> bool:
    """Whether the bot is given a message of a group: all as administrator, else only what is meant for it."""
    if chat.bot_is in {"left", "kicked"}:
        return False
    text, answered = str(content.get("text", "")), content.get("reply_to_message", {})
    for_it = text.startswith("/") or f"@{world.bot['username']}" in text
    return chat.bot_is == "administrator" or for_it or answered.get("from", {}).get("id") == world.bot["id"]
