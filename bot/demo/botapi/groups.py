"""The methods about chats: what they are, who is in them, and the topics of a forum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.botapi.errors import bad, forbidden
from bot.demo.botapi.records import Chat, Json, Topic
from bot.demo.botapi.sending import room, writable

if TYPE_CHECKING:  # methods get the world as an argument; only its type is needed
    from bot.demo.botapi.state import World

COLOURS = {7322096, 16766590, 13338331, 9367192, 16749490, 16478047}
LONGEST_TOPIC = 128
GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
RIGHTS = [
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics", "can_send_welcome_messages",
]  # fmt: skip
NOT_OURS = {"can_be_edited", "is_anonymous", "can_promote_members"}


def get_chat(world: World, p: Json) -> Json:
    """getChat."""
    chat = room(world, p["chat_id"])
    full = {**chat.api, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    if chat.pinned in chat.messages:
        full["pinned_message"] = chat.messages[chat.pinned].api
    return full


def get_chat_member(world: World, p: Json) -> Json:
    """getChatMember."""
    chat = room(world, p["chat_id"])
    if p["user_id"] == world.bot["id"]:
        return bot_as_member(world, chat)
    person = world.people.get(p["user_id"])
    if person is None:
        raise bad("PARTICIPANT_ID_INVALID")
    status = "member" if chat.id == person.id else chat.members.get(person.id, "left")
    return _member(person.api, status)


def get_chat_administrators(world: World, p: Json) -> list[Json]:
    """getChatAdministrators: the people who are, and the bot only where it is asked for."""
    chat = _group(world, p)
    found = [
        _member(world.people[id_].api, status)
        for id_, status in chat.members.items()
        if status in {"creator", "administrator"}
    ]
    if p.get("return_bots") and chat.bot_is == "administrator":
        found.append(bot_as_member(world, chat))
    return found


def bot_as_member(world: World, chat: Chat) -> Json:
    """The bot as a member of a chat, with its rights."""
    member = _member(world.bot, "member" if chat.private else chat.bot_is)
    if member["status"] == "administrator":
        member["can_manage_topics"] = chat.may_manage
    return member


def _member(user: Json, status: str) -> Json:
    member: Json = {"user": user, "status": status}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= {right: right not in NOT_OURS for right in RIGHTS}
    elif status == "kicked":
        member["until_date"] = 0
    return member


def leave_chat(world: World, p: Json) -> bool:
    """leaveChat."""
    _group(world, p).bot_is = "left"
    return True


def _group(world: World, p: Json) -> Chat:
    chat = room(world, p["chat_id"])
    if chat.private:
        raise bad("there are no administrators in the private chat")
    if chat.bot_is in {"left", "kicked"}:
        raise forbidden("bot is not a member of the supergroup chat")
    return chat


def create_forum_topic(world: World, p: Json) -> Json:
    """createForumTopic."""
    chat = _forum(world, p)
    colour = p.get("icon_color", 7322096)
    if colour not in COLOURS:
        raise bad("icon color is invalid")
    topic = world.new_topic(chat, _name(p["name"]), colour)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def edit_forum_topic(world: World, p: Json) -> bool:
    """editForumTopic: the name."""
    chat, topic = _topic(world, p)
    name = _name(p["name"]) if "name" in p else topic.name
    if name == topic.name:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name = name
    _notice(world, chat, topic, {"forum_topic_edited": {"name": name}})
    return True


def close_forum_topic(world: World, p: Json) -> bool:
    """closeForumTopic."""
    return _set_closed(world, p, closed=True)


def reopen_forum_topic(world: World, p: Json) -> bool:
    """reopenForumTopic."""
    return _set_closed(world, p, closed=False)


def _set_closed(world: World, p: Json, *, closed: bool) -> bool:
    chat, topic = _topic(world, p)
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _notice(world, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


def delete_forum_topic(world: World, p: Json) -> bool:
    """deleteForumTopic: with all that stands in it."""
    chat, topic = _topic(world, p)
    forget_topic(world, chat, topic.id)
    return True


def forget_topic(world: World, chat: Chat, topic: int) -> None:
    """The topic and every message in it are gone."""
    del chat.topics[topic]
    for id_ in [m.id for m in chat.messages.values() if topic in (m.thread, m.id)]:
        del chat.messages[id_]
    world.emit({"type": "message", "chat": chat.id})


def _notice(world: World, chat: Chat, topic: Topic, content: Json) -> None:
    world.keep_message(chat, {**content, "message_thread_id": topic.id, "is_topic_message": True})


def _forum(world: World, p: Json) -> Chat:
    chat = writable(world, {"chat_id": p["chat_id"]})
    if not chat.forum:
        raise bad("the chat is not a forum")
    if chat.bot_is != "administrator" or not chat.may_manage:
        raise bad("not enough rights to create a topic")
    return chat


def _topic(world: World, p: Json) -> tuple[Chat, Topic]:
    chat = _forum(world, p)
    topic = chat.topics.get(p["message_thread_id"])
    if topic is None:
        raise bad("TOPIC_ID_INVALID")
    return chat, topic


def _name(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_TOPIC:
        raise bad("TOPIC_NAME_INVALID" if name else "topic name must be non-empty")
    return name
