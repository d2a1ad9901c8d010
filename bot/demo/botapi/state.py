"""The world behind the Bot API on loopback: people, chats, messages, files, and what the bot said about itself."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import orjson

from bot.demo.botapi import phone
from bot.demo.botapi.errors import ControlError, RefusedError
from bot.demo.botapi.records import Call, Chat, Entry, Json, Message, Person, StoredFile, Topic
from bot.demo.botapi.trouble import Trouble
from bot.demo.botapi.updates import Twice, Updates
from bot.demo.botapi.webhook import Delivery

BOT_ID = 7_000_000_001
FIRST_PERSON = 700_000_001
FIRST_GROUP = -1_002_000_000_001
FILE_IDS = "DEMO"
KEPT_CALLS = 5_000
KEPT_QUERIES = 10_000


class World:
    """Everything Telegram knows here. Its methods are what people do with their phones; tests call them directly.

    `now` (aware) dates the messages. `journal` is how many requests with their answers are kept for the schema check
    (0 for none: benchmarks), `keep` how many messages a chat remembers. Methods raise ControlError where a phone
    cannot do what is asked. Nothing here waits but `next_message`.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        username: str = "brobot_demo_bot",
        name: str = "Brobot",
        journal: int = 5_000,
        keep: int = 1_000,
    ) -> None:
        self.now = now
        self.keep = keep
        self.bot: Json = {"id": BOT_ID, "is_bot": True, "first_name": name, "username": username}
        self.updates = Updates()
        self.trouble = Trouble()
        self.faults: list[str] = []
        self.journal: deque[Entry] = deque(maxlen=journal)
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.profile: dict[tuple[str, str], str] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.menu_button: Json = {"type": "commands"}
        self.delivery: Delivery | None = None
        self.webhook_pace = 1.0
        self._watchers: list[Callable[[Json], None]] = []
        self._next_person = FIRST_PERSON
        self._next_group = FIRST_GROUP
        self._next_message = 1
        self._next_query = 1
        self._next_call = 1
        self._next_file = 1
        self.empty()

    def empty(self) -> None:
        """Forget people, groups, messages, files, updates and calls. Ids go on; the bot's profile and webhook stay."""
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, Person] = {}
        self.updates.clear()
        self.calls.clear()
        self.trouble = Trouble()
        self.emit({"type": "reset"})

    @property
    def twice(self) -> Twice:
        """Whether every update comes twice: "same" update_id, or under a "new" one."""
        return self.updates.twice

    @twice.setter
    def twice(self, mode: Twice) -> None:
        self.updates.twice = mode

    @property
    def idle(self) -> bool:
        """Whether the bot has taken and confirmed every update."""
        return len(self.updates) == 0

    # Who there is

    def new_person(
        self, name: str, language_code: str = "da", *, role: str = "newcomer", started: bool = False
    ) -> Person:
        """A new phone. The bot may not write before the person did, unless `started`."""
        id_ = self._next_person
        self._next_person += 1
        user: Json = {"id": id_, "is_bot": False, "first_name": name, "language_code": language_code}
        chat = Chat(id_, "private", {"id": id_, "first_name": name, "type": "private"}, name)
        person = Person(id_, name, language_code, role, user, chat, started=started)
        self.people[id_] = person
        self.chats[id_] = chat
        self.emit({"type": "people"})
        return person

    def new_group(
        self, title: str, members: Iterable[Person] = (), *, forum: bool = True, with_bot: bool = True
    ) -> Chat:
        """A supergroup, the bot in it as administrator; `forum` gives it topics. The first member owns it."""
        id_ = self._next_group
        self._next_group -= 1
        api: Json = {"id": id_, "title": title, "type": "supergroup"}
        chat = Chat(id_, "supergroup", {**api, "is_forum": True} if forum else api, title, forum=forum)
        if not with_bot:
            chat.bot_is = "left"
        for place, person in enumerate(members):
            chat.members[person.id] = "member" if place else "creator"
        self.chats[id_] = chat
        self.emit({"type": "people"})
        return chat

    def migrates(self, group: Chat) -> Chat:
        """The group gets a new id: the bot is told, and the old one answers 400 with `migrate_to_chat_id`."""
        new = self.new_group(group.name, forum=group.forum)
        new.members.update(group.members)
        group.moved_to = new.id
        for chat, told in ((group, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": group.id})):
            self.updates.push("message", self.keep_message(chat, told).api, chat.id)
        return new

    def person(self, who: int | Person) -> Person:
        """A person by id. Raises ControlError for nobody."""
        id_ = who if isinstance(who, int) else who.id
        if id_ not in self.people:
            raise ControlError(f"there is no person {id_}")
        return self.people[id_]

    # What people do

    def says(
        self,
        who: int | Person,
        text: str,
        *,
        chat: Chat | None = None,
        thread: int = 0,
        reply_to: int = 0,
    ) -> Message:
        """Writes a text to the bot, or in a group (and topic); `reply_to` is the id of a message of the same chat."""
        return phone.says(self, self.person(who), text, phone.Where(chat, thread, reply_to))

    def starts(self, who: int | Person, payload: str = "") -> Message:
        """Presses Start (unblocks too), with the payload of a deep link."""
        person = self.person(who)
        if person.blocked:
            self.unblocks(person)
        return self.says(person, f"/start {payload}".strip())

    def taps(
        self,
        who: int | Person,
        *,
        label: str | None = None,
        data: str | None = None,
        message_id: int | None = None,
        chat: Chat | None = None,
        at: tuple[float, float] = phone.RINGE,
        twice: bool = False,
    ) -> str:
        """Taps a button by label (also of the reply keyboard) or callback data; answers what that sent."""
        return phone.taps(
            self,
            self.person(who),
            phone.Target(label, data, message_id),
            chat=chat,
            at=at,
            times=2 if twice else 1,
        )

    def shares_location(self, who: int | Person, lat: float, lon: float) -> Message:
        """Sends where the person is."""
        return phone.sends(self, self.person(who), phone.location(lat, lon))

    def sends_media(
        self,
        who: int | Person,
        kind: str,
        *,
        text: str = "",
        chat: Chat | None = None,
        thread: int = 0,
        reply_to: int = 0,
    ) -> Message:
        """Sends a voice note, a photo, a sticker …: the kinds of `phone.KINDS`, `forwarded` or `edited`."""
        return phone.sends_media(self, self.person(who), kind, text, phone.Where(chat, thread, reply_to))

    def edits(
        self, who: int | Person, text: str, *, message_id: int | None = None, chat: Chat | None = None
    ) -> Message:
        """Changes the text of a message of the person's own, the newest by default."""
        return phone.edits(self, self.person(who), text, message_id, chat)

    def blocks(self, who: int | Person) -> None:
        """Blocks the bot: it is told by my_chat_member, and every send answers 403."""
        phone.sets_blocked(self, self.person(who), blocked=True)

    def unblocks(self, who: int | Person) -> None:
        """Takes the block away."""
        phone.sets_blocked(self, self.person(who), blocked=False)

    def deactivates(self, who: int | Person) -> None:
        """The account is deleted: every send answers 403."""
        self.person(who).deactivated = True

    # What a phone shows

    def chat(self, who: int | Person | Chat) -> list[Message]:
        """The bubbles of a private chat or group, oldest first."""
        id_ = who if isinstance(who, int) else who.id
        if id_ not in self.chats:
            raise ControlError(f"there is no chat {id_}")
        return list(self.chats[id_].messages.values())

    def from_bot(self, who: int | Person | Chat) -> list[Message]:
        """Only the bot's bubbles, oldest first."""
        return [message for message in self.chat(who) if message.by_bot]

    def last(self, who: int | Person | Chat) -> Message:
        """The bot's newest bubble. Raises ControlError where it said nothing yet."""
        said = self.from_bot(who)
        if not said:
            raise ControlError("the bot has said nothing here yet")
        return said[-1]

    def keyboard(self, who: int | Person) -> list[list[Json]] | None:
        """The reply keyboard under the text field, or None."""
        kept = self.person(who).chat.keyboard
        return kept["keyboard"] if kept else None

    async def next_message(self, who: int | Person | Chat, *, after: int = 0, within: float = 10.0) -> Message:
        """The bot's first bubble with an id past `after`, awaited. Raises TimeoutError after `within` real seconds."""
        id_ = who if isinstance(who, int) else who.id
        changed = asyncio.Event()
        stop = self.watch(lambda event: changed.set() if event.get("chat") == id_ else None)
        try:
            async with asyncio.timeout(within):
                while True:
                    found = next((m for m in self.from_bot(id_) if m.id > after), None)
                    if found:
                        return found
                    changed.clear()
                    await changed.wait()
        finally:
            stop()

    # What the methods and phones use

    def watch(self, callback: Callable[[Json], None]) -> Callable[[], None]:
        """Be told of each change (`{"type": "message", "chat": id}` …); the answer stops it."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback)

    def emit(self, event: Json) -> None:
        """Tell whoever watches."""
        for callback in list(self._watchers):
            callback(event)

    def keep_message(self, chat: Chat, content: Json, *, person: Person | None = None, silent: bool = False) -> Message:
        """Store a message of a person, or of the bot, and show it."""
        at = self.now()
        id_ = self._next_message
        self._next_message += 1
        sender = person.api if person else self.bot
        api = {"message_id": id_, "from": sender, "chat": chat.api, "date": int(at.timestamp()), **content}
        message = Message(id_, chat.id, person.id if person else 0, at, api, silent=silent)
        chat.messages[id_] = message
        if len(chat.messages) > self.keep:
            del chat.messages[next(iter(chat.messages))]
        if self._watchers:
            self.emit({"type": "message", "chat": chat.id})
        return message

    def new_query(self, person: Person, message: Message, data: str) -> Json:
        """A callback query with an id of its own, which may be answered."""
        id_ = f"{person.id}{self._next_query:09d}"
        self._next_query += 1
        self.queries[id_] = person
        if len(self.queries) > KEPT_QUERIES:
            del self.queries[next(iter(self.queries))]
        return {
            "id": id_,
            "from": person.api,
            "message": message.api,
            "chat_instance": str(message.chat * 31 + 7),
            "data": data,
        }

    def new_file(self, name: str, mime: str, content: bytes) -> StoredFile:
        """Keep a file and give it ids."""
        number = self._next_file
        self._next_file += 1
        file = StoredFile(f"{FILE_IDS}{number:08d}", f"U{number:08d}", name, mime, content)
        self.files[file.id] = file
        return file

    def new_topic(self, chat: Chat, name: str, icon_color: int) -> Topic:
        """A forum topic; its id is that of the service message which opens it."""
        content = {"forum_topic_created": {"name": name, "icon_color": icon_color}}
        topic = Topic(self.keep_message(chat, content).id, name, icon_color)
        chat.topics[topic.id] = topic
        return topic

    def record(self, method: str, chat: object, status: int, note: str = "") -> None:
        """Put a request into the list of calls."""
        known = self.chats.get(chat) if isinstance(chat, int) else None
        id_ = chat if isinstance(chat, int) else None
        call = Call(self._next_call, self.now(), method, id_, known.name if known else "", status, note)
        self._next_call += 1
        self.calls.append(call)
        if self._watchers:
            self.emit({"type": "call", **asdict(call), "time": call.time.isoformat()})

    def remember(self, method: str, params: Json, result: object, refused: RefusedError | None = None) -> None:
        """Put a request and its answer into the journal."""
        if self.journal.maxlen:
            self.journal.append(Entry(method, params, result, refused.description if refused else ""))

    def write_journal(self, path: Path) -> None:
        """Append the journal to a file and empty it: a JSON object a line, with the fields of `Entry`."""
        with path.open("ab") as file:
            while self.journal:
                file.write(orjson.dumps(self.journal.popleft()) + b"\n")
