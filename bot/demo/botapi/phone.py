"""What a person's phone does: writes, taps, shares a place, sends a voice note, edits, blocks the bot.

Each act changes the world and queues the update that Telegram would send for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.demo.botapi import media
from bot.demo.botapi.entities import found, trimmed, units
from bot.demo.botapi.errors import ControlError
from bot.demo.botapi.records import Chat, Json, Message, Person
from bot.demo.botapi.rooms import hears

if TYPE_CHECKING:  # the world calls these functions, so at run time it imports them, not they it
    from bot.demo.botapi.state import World

RINGE = (55.2366, 10.4793)
LONGEST_TEXT = 4096
KINDS = (*media.MAKERS, "forwarded", "edited")


@dataclass(frozen=True, slots=True)
class Target:
    """Which button is meant: by its label or its callback data, perhaps in one message."""

    label: str | None
    data: str | None
    message_id: int | None

    def fits(self, button: Json, *, loosely: bool = False) -> bool:
        """Whether an inline button is meant; `loosely` also where the label is only part of its text."""
        if self.data is not None:
            return bool(button.get("callback_data") == self.data)
        text: str = button["text"]
        return self.label is not None and (self.label in text if loosely else self.label == text)

    def __str__(self) -> str:
        return f'"{self.data if self.data is not None else self.label}"'


@dataclass(frozen=True, slots=True)
class Where:
    """Where somebody writes: the private chat, or a group and perhaps its topic; in reply to a message there or not."""

    chat: Chat | None = None
    thread: int = 0
    reply_to: int = 0


HERE = Where()


def says(world: World, person: Person, text: str, where: Where = HERE) -> Message:
    """A text, cut off nowhere: more than 4,096 units is more than a phone can send, as is nothing."""
    plain, _ = trimmed(text, [])
    if not 0 < units(plain) <= LONGEST_TEXT:
        raise ControlError("a text has 1 to 4096 characters")
    content: Json = {"text": plain}
    if entities := found(plain, []):
        content["entities"] = entities
    return sends(world, person, content, where)


def location(lat: float, lon: float) -> Json:
    """The content of a message that shares a place."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ControlError("lat is -90 to 90, lon -180 to 180")
    return {"location": {"latitude": lat, "longitude": lon}}


def sends(world: World, person: Person, content: Json, where: Where = HERE) -> Message:
    """Any message of a person, in the private chat or in a group, perhaps as a reply to a message that stands there."""
    room = _room(world, person, where.chat, where.thread)
    if where.thread:
        content = {**content, "message_thread_id": where.thread, "is_topic_message": True}
    if where.reply_to:
        if where.reply_to not in room.messages:
            raise ControlError(f"there is no message {where.reply_to} to reply to in this chat")
        content = {**content, "reply_to_message": _without_reply(room.messages[where.reply_to].api)}
    person.started = person.started or room.private
    message = world.keep_message(room, content, person=person)
    if room.private or hears(world, room, content):
        world.updates.push("message", message.api, room.id)
    return message


def own_number(person: Person) -> Json:
    """The content of a message that shares one's own phone number: Telegram says whose it is."""
    return {"contact": {"phone_number": f"45{person.id % 10**8:08}", "first_name": person.name, "user_id": person.id}}


def sends_media(world: World, person: Person, kind: str, text: str = "", where: Where = HERE) -> Message:
    """What else a phone can send, by its kind."""
    if kind == "edited":
        return edits(world, person, text or "I meant something else", None, where.chat)
    if kind == "forwarded":
        content = media.forwarded(world, text or "Come to the cooking club!")
    elif kind == "own_number":
        content = own_number(person)
    elif kind in media.MAKERS:
        content = media.MAKERS[kind](world, text)
    else:
        raise ControlError(f"kind is one of {', '.join(KINDS)}")
    return sends(world, person, content, where)


def edits(world: World, person: Person, text: str, message_id: int | None, chat: Chat | None = None) -> Message:
    """The person changes a text of their own, in the private chat or in a group."""
    own = [
        m
        for m in (chat or person.chat).messages.values()
        if m.sender == person.id and "text" in m.api and "forward_origin" not in m.api
    ]
    chosen = [m for m in own if message_id in (None, m.id)]
    if not chosen:
        raise ControlError("this person has no such text to change")
    message = chosen[-1]
    plain, _ = trimmed(text, [])
    if not 0 < units(plain) <= LONGEST_TEXT:
        raise ControlError("a text has 1 to 4096 characters")
    api = {key: value for key, value in message.api.items() if key != "entities"}
    entities = found(plain, [])
    message.api = {
        **api,
        "text": plain,
        **({"entities": entities} if entities else {}),
        "edit_date": int(world.now().timestamp()),
    }
    world.updates.push("edited_message", message.api, message.chat)
    world.emit({"type": "message", "chat": message.chat})
    return message


def sets_blocked(world: World, person: Person, *, blocked: bool) -> None:
    """Blocks or unblocks, once: the bot hears of it as of a change of its own membership."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    member: Json = {"user": world.bot, "status": "member"}
    kicked: Json = {"user": world.bot, "status": "kicked", "until_date": 0}
    change = {
        "chat": person.chat.api,
        "from": person.api,
        "date": int(world.now().timestamp()),
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
    world.updates.push("my_chat_member", change, person.id)
    world.emit({"type": "people"})


def taps(
    world: World,
    person: Person,
    target: Target,
    *,
    chat: Chat | None = None,
    at: tuple[float, float] = RINGE,
    times: int = 1,
) -> str:
    """Finds the button and presses it: `callback`, `text`, `location` or `link` tells what that did.

    Looked for in the newest bubble of the bot, then in the reply keyboard, then in older bubbles; only then a label
    may be a part of a button's text. With a message_id the callback data is sent even where the bubble has changed
    since: a phone may still show the old one.
    """
    room = _room(world, person, chat, 0)
    if target.label is None and target.data is None:
        raise ControlError("say which button: label or data")
    for loosely in (False, True):
        inline = _inline(room, target, loosely=loosely)
        below = _below(room, target, loosely=loosely)
        if below and not (inline and inline[0] is _newest(room)):
            return _tap_below(world, person, below, at, times)
        if inline:
            return _tap_inline(world, person, *inline, times)
    old = room.messages.get(target.message_id or 0)
    if old and target.data is not None:
        return _tap_inline(world, person, old, {"callback_data": target.data}, times)
    raise ControlError(f"{person.name} sees no button {target}")


def _room(world: World, person: Person, chat: Chat | None, thread: int) -> Chat:
    if chat is None and thread:
        chat = next((c for c in world.chats.values() if thread in c.topics and person.id in c.members), None)
        if chat is None:
            raise ControlError(f"{person.name} is in no group with a topic {thread}")
    room = chat or person.chat
    if room.private and person.blocked:
        raise ControlError(f"{person.name} has blocked the bot; unblock first, or press Start")
    if not room.private and person.id not in room.members:
        raise ControlError(f"{person.name} is not in {room.name}")
    if thread and thread not in room.topics:
        raise ControlError(f"{room.name} has no topic {thread}")
    return room


def _newest(room: Chat) -> Message | None:
    return next((m for m in reversed(room.messages.values()) if m.by_bot), None)


def _inline(room: Chat, target: Target, *, loosely: bool) -> tuple[Message, Json] | None:
    for message in reversed(room.messages.values()):
        if target.message_id not in (None, message.id):
            continue
        for row in message.buttons:
            for button in row:
                if target.fits(button, loosely=loosely):
                    return message, button
    return None


def _below(room: Chat, target: Target, *, loosely: bool) -> Json | None:
    if target.label is None or target.message_id is not None or not room.keyboard:
        return None
    buttons: list[Json] = [button for row in room.keyboard["keyboard"] for button in row]
    return next((button for button in buttons if target.fits(button, loosely=loosely)), None)


def _tap_below(world: World, person: Person, button: Json, at: tuple[float, float], times: int) -> str:
    keyboard = person.chat.keyboard
    for _ in range(times):
        if button.get("request_location"):
            sends(world, person, location(*at))
        elif button.get("request_contact"):
            sends(world, person, own_number(person))
        else:
            says(world, person, button["text"])
    if keyboard and keyboard.get("one_time_keyboard"):
        person.chat.keyboard = None
    asks = ("location", "contact")
    return next((kind for kind in asks if button.get(f"request_{kind}")), "text")


def _tap_inline(world: World, person: Person, message: Message, button: Json, times: int) -> str:
    if "callback_data" not in button:
        return "link"
    # An app that sends a press twice makes two queries of it.
    for _ in range(times * (2 if world.twice == "new" else 1)):
        query = world.new_query(person, message, button["callback_data"])
        world.updates.push("callback_query", query, person.id)
    return "callback"


def _without_reply(api: Json) -> Json:
    return {key: value for key, value in api.items() if key != "reply_to_message"}
