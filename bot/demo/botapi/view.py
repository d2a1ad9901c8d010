"""What the control interface shows of the world: phones, bubbles and calls as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.botapi.errors import ControlError
from bot.demo.botapi.profile import commands_for
from bot.demo.botapi.records import Call, Chat, Json, Message, Person

if TYPE_CHECKING:  # only the type is needed
    from bot.demo.botapi.state import World

LONGEST_QUOTE = 120
FILES = ("document", "photo", "voice", "video", "audio", "animation", "video_note", "sticker")


def person(one: Person) -> Json:
    """A phone in the list of people."""
    return {
        "id": one.id,
        "name": one.name,
        "language_code": one.language_code,
        "role": one.role,
        "blocked": one.blocked,
    }


def group(chat: Chat) -> Json:
    """A group in the list of groups, with its topics."""
    topics = [{"id": t.id, "name": t.name, "closed": t.closed} for t in chat.topics.values()]
    return {"id": chat.id, "title": chat.name, "members": list(chat.members), "topics": topics}


def chat(world: World, id_: int) -> Json:
    """What a phone shows of its chat with the bot; for a group its messages and topics."""
    messages = [_bubble(world, message) for message in world.chat(id_)]
    owner = world.people.get(id_)
    if owner is None:
        room = world.chats[id_]
        return {**group(room), "name": room.name, "messages": messages, "keyboard": None, "commands": []}
    return {
        **person(owner),
        "messages": messages,
        "keyboard": _keyboard(owner),
        "commands": commands_for(world, owner),
        "toast": owner.toast,
        "alert": owner.alert,
    }


def _keyboard(owner: Person) -> list[list[Json]] | None:
    if not owner.chat.keyboard:
        return None
    return [
        [
            {
                "text": b["text"],
                "request_location": bool(b.get("request_location")),
                **({"request_contact": True} if b.get("request_contact") else {}),
            }
            for b in row
        ]
        for row in owner.chat.keyboard["keyboard"]
    ]


def _bubble(world: World, message: Message) -> Json:
    bubble: Json = {
        "id": message.id,
        "from": "bot" if message.by_bot else "person",
        "name": message.api["from"]["first_name"],
        "text": message.text,
        "entities": message.entities,
        "buttons": [[_button(button) for button in row] for row in message.buttons],
        "kind": message.kind,
        "edited": message.edited,
        "date": message.at.isoformat(),
        "protected": message.protected,
        "silent": message.silent,
    }
    for name in ("caption", "contact", "poll", "dice"):
        if name in message.api:
            bubble[name] = message.api[name]
    if message.thread:
        bubble["thread"] = message.thread
    if message.reaction:
        bubble["reaction"] = message.reaction
    if "forward_origin" in message.api:
        bubble["forwarded"] = True
    if "reply_to_message" in message.api:
        bubble["reply_to"] = _quoted(world, message)
    return bubble | _place(message) | _file(world, message)


def _quoted(world: World, reply: Message) -> Json:
    """What was replied to, as it stands now; of a message that was deleted only the id is shown."""
    id_: int = reply.api["reply_to_message"]["message_id"]
    answered = world.chats[reply.chat].messages.get(id_)
    if answered is None:
        return {"id": id_}
    text = " ".join(answered.text.split())
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + "…"
    return {"id": id_, "name": answered.api["from"]["first_name"], "text": short, "kind": answered.kind}


def _button(button: Json) -> Json:
    shown: Json = {"text": button["text"], "data": button.get("callback_data", "")}
    return shown | {key: button[key] for key in ("url", "style") if key in button}


def _place(message: Message) -> Json:
    venue, location = message.api.get("venue"), message.api.get("location")
    if venue:
        return {"venue": {"title": venue["title"], "address": venue["address"], **venue["location"]}}
    return {"location": location} if location else {}


def _file(world: World, message: Message) -> Json:
    for kind in FILES:
        shown = message.api.get(kind)
        if not shown:
            continue
        file = world.files[(shown[-1] if isinstance(shown, list) else shown)["file_id"]]
        url = f"/demo/file/{file.id}"
        return {"file": {"name": file.name, "mime": file.mime, "size": len(file.content), "url": url}}
    return {}


def call(one: Call) -> Json:
    """A request of the bot in the list of calls."""
    return {
        "n": one.n,
        "time": one.time.isoformat(),
        "method": one.method,
        "chat": one.chat,
        "name": one.name,
        "status": one.status,
        "note": one.note,
    }


def safe(name: str) -> str:
    """A file's name as it may stand in a header."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)
    if not plain:
        raise ControlError("the file has no name")
    return plain
