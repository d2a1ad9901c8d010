"""The coordinators' group: it is linked there, and each topic is a conversation with one person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Bot, CallbackQuery, ChatMember, Update
from telegram import Message as Bubble
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from bot.cases import Sent, group, in_group, saved
from bot.core.model import Person, Reader
from bot.core.rights import coordinates
from bot.core.say import Message, Text, say
from bot.i18n import Said, say_in, say_plain
from bot.services import Services
from bot.store import people
from bot.store.groups import Group
from bot.telegram import bubbles
from bot.telegram.forum import Forum
from bot.telegram.pusher import PacedBot
from handlers import persons
from handlers.turn import Context, in_group_of_others

COMMANDS = ("/link", "/unlink")
PASSED, NOTED = "👌", "✍"
"""The signs on a coordinator's words: they went to the person; they stay among colleagues."""


@dataclass(frozen=True, slots=True)
class Room:
    """An update in a group: who wrote or tapped, where we know them; the linked group, if there is one."""

    services: Services
    bot: PacedBot
    update: Update
    now: datetime
    chat: int
    person: Person | None
    linked: Group | None

    @property
    def is_linked(self) -> bool:
        return self.linked is not None and self.linked.chat == self.chat

    @property
    def language(self) -> str:
        return self.linked.language if self.linked else self.person.language if self.person else "da"

    def said(self, message: Message) -> Said:
        return say_in(message, self.language, self.services.catalogues, self.services.names)

    async def say(self, message: Message, thread: int | None = None) -> None:
        await bubbles.send(self.bot, self.chat, self.said(message), (), thread=thread)

    def plain(self, text: Text) -> str:
        return say_plain(text, self.language, self.services.catalogues, self.services.names)


async def _room(update: Update, context: Context) -> Room:
    services: Services = context.application.bot_data["services"]
    chat, user = update.effective_chat, update.effective_user
    assert chat is not None
    async with services.database.read() as tx:
        # a private chat has the number of its person
        person = await people.by_chat(tx, services.database, services.community, user.id) if user else None
    linked = await group.linked(services)
    return Room(services, context.bot, update, services.clock(), chat.id, person, linked)


async def written(update: Update, context: Context) -> None:
    """Whatever is written in a group: a command of ours, words in a topic, or nothing for us."""
    bubble = update.effective_message
    assert bubble is not None
    room = await _room(update, context)
    if bubble.migrate_to_chat_id:
        await group.move(room.services, room.chat, bubble.migrate_to_chat_id)
    elif (command := _command(bubble, context.bot)) is not None:
        await _obey(room, command)
    elif room.is_linked and bubble.message_thread_id:
        await _in_topic(room, bubble, bubble.message_thread_id)
    else:
        await in_group_of_others(update, context)


def _command(bubble: Bubble, bot: Bot) -> str | None:
    """`link` or `unlink`, also as the payload of the link by which the bot was added."""
    first, _, rest = (bubble.text or "").partition(" ")
    name, _, whose = first.partition("@")
    if whose and whose != bot.username:
        return None
    if name in COMMANDS:
        return name[1:]
    return "link" if name == "/start" and rest == "link" else None


async def _obey(room: Room, command: str) -> None:
    if command == "link":
        await room.say(await group.link(room.services, Forum(room.bot, room.chat), room.person, room.now))
    elif room.is_linked:
        await room.say(await group.unlink(room.services, room.person, room.now))


async def _in_topic(room: Room, bubble: Bubble, thread: int) -> None:
    """Words to the person, or among colleagues; a sign on them says which."""
    if bubble.forum_topic_closed and bubble.from_user and not bubble.from_user.is_bot:
        await in_group.close_by_hand(room.services, room.person, thread, room.now)
        return
    said = _sent(bubble, edited=room.update.edited_message is not None)
    if said is None:
        return
    note = said.text.startswith(persons.NOTE) or _replies_to_colleague(bubble)
    if said.text.startswith("/") and not note:
        return  # a command of another bot is no word to the person
    found = await in_group.heard(room.services, room.person, thread, _bare(said), room.now, note=note)
    if found.word is not None:
        await room.say(Message((found.word,)), thread)
    elif found.became != "nothing":
        await bubble.set_reaction(NOTED if found.became == "noted" else PASSED)


def _sent(bubble: Bubble, *, edited: bool) -> Sent | None:
    """What was sent; None for what Telegram itself says in a topic."""
    kind, text = persons.kind_of(bubble), bubble.text or bubble.caption or ""
    if kind == "text" and not text:
        return None
    edition = f"e{int(bubble.edit_date.timestamp())}" if edited and bubble.edit_date else ""
    return Sent(text, f"{abs(bubble.chat.id)}/{bubble.message_id}{edition}", kind, bubble.message_id, edited)


def _bare(said: Sent) -> Sent:
    mark = next((each for each in persons.NOTE if said.text.startswith(each)), "")
    return Sent(said.text.removeprefix(mark).strip(), said.key, said.kind, said.source, said.edited)


def _replies_to_colleague(bubble: Bubble) -> bool:
    """Whether it answers what another coordinator wrote; every message of a topic answers its first one."""
    replied = bubble.reply_to_message
    if replied is None or replied.forum_topic_created or replied.from_user is None or bubble.from_user is None:
        return False
    return not replied.from_user.is_bot and replied.from_user.id != bubble.from_user.id


async def tapped(update: Update, context: Context) -> None:
    """A button in the group."""
    query = update.callback_query
    assert query is not None
    room = await _room(update, context)
    verb, _, number = (query.data or "").partition(":")
    word: Text | None = None
    if verb == "GL":
        await query.answer()
        await _obey(room, "link")
        return
    if number.isdigit() and len(number) < 16 and room.is_linked:
        word = await TAPS[verb](room, int(number))
    await _answer(query, room.plain(word) if word else None)


async def _answer(query: CallbackQuery, word: str | None) -> None:
    await query.answer(word, show_alert=word is not None)


async def _take(room: Room, number: int) -> Text | None:
    return await in_group.take(room.services, room.person, number, over=False)


async def _take_over(room: Room, number: int) -> Text | None:
    return await in_group.take(room.services, room.person, number, over=True)


async def _close(room: Room, number: int) -> Text | None:
    return await in_group.close(room.services, room.person, number, room.now)


TAPS: dict[str, Callable[[Room, int], Awaitable[Text | None]]] = {"Gt": _take, "Go": _take_over, "Gc": _close}


async def answers(update: Update, context: Context) -> None:
    """Saved answers in a topic: the list in a bubble of its own, which then shows one, and says that it was sent."""
    query = update.callback_query
    assert query is not None
    room = await _room(update, context)
    numbers = (query.data or "").split(":")[1:]
    if not coordinates(room.person) or not room.is_linked or not all(map(_is_number, (*numbers[:2], *numbers[4:]))):
        # NOTE: In the coordinators' group, to somebody who is no coordinator.
        await _answer(query, room.plain(say("Only coordinators can do this.")))
        return
    await query.answer()
    message, anew = await _about_answers(room, (query.data or "")[:2], numbers)
    bubble = update.effective_message
    if anew or bubble is None:
        await room.say(message, bubble.message_thread_id if bubble else None)
    else:
        await bubbles.edit(room.bot, room.chat, bubble.message_id, room.said(message), ())


def _is_number(text: str) -> bool:
    return text.isdigit() and len(text) < 16


async def _about_answers(room: Room, verb: str, arguments: list[str]) -> tuple[Message, bool]:
    """What there is to say, and whether in a new bubble."""
    services, way = room.services, saved.IN_GROUP
    reader = Reader(room.chat, room.language, room.person)
    case = int(arguments[0])
    match verb, arguments[1:]:
        case "Gs", []:
            return await saved.offer(services, reader, case, 0, way), True
        case "Gs", [page, *_]:
            return await saved.offer(services, reader, case, int(page), way), False
        case "GR", [answer, language, stamp, last]:
            seen = (language, stamp, int(last))
            return await saved.send(services, reader, case, int(answer), seen, room.now, way), False
        case _, [answer, *_]:
            return await saved.preview(services, reader, case, int(answer), way), False
    return await saved.offer(services, reader, case, 0, way), False


async def membership(update: Update, context: Context) -> None:
    """We were added, made administrator, thrown out, or a right of ours was given or taken."""
    change = update.my_chat_member
    assert change is not None
    room = await _room(update, context)
    new = change.new_chat_member
    came = change.old_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)
    able = new.status == ChatMember.ADMINISTRATOR and bool(getattr(new, "can_manage_topics", False))
    if room.is_linked:
        await (group.find_again(room.services, room.now) if able else group.lose(room.services, room.now))
    elif new.status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR) and room.linked is None and came:
        await room.say(group.offer())


def register(application: Application) -> None:  # type: ignore[type-arg] # its six parameters are nobody's business
    application.add_handler(MessageHandler(filters.ChatType.GROUPS, written))
    application.add_handler(CallbackQueryHandler(tapped, pattern=r"^G[tocL](:|$)"))
    application.add_handler(CallbackQueryHandler(answers, pattern=r"^G[sSR]:\d"))
