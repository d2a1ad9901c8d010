"""What the Bot API on loopback remembers: people, chats, forum topics, messages, files and calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]

CONTENT = ["venue", "animation", "document", "photo", "voice", "location", "contact", "poll", "dice", "sticker",
           "video_note", "video", "audio", "text"]  # fmt: skip
"""The kinds of content, the telling one first: a venue also holds a location, an animation also a document."""


@dataclass(slots=True)
class Message:
    """One bubble. `api` is the message as the Bot API shows it; the rest only the phone knows.

    `sender` is the person's id, 0 for the bot. `at` is by the demo's clock. `thread` is the topic, 0 for none.
    """

    id: int
    chat: int
    sender: int
    at: datetime
    api: Json
    silent: bool = False
    reaction: str = ""
    group: str = ""

    @property
    def by_bot(self) -> bool:
        """Whether the bot sent it."""
        return self.sender == 0

    @property
    def text(self) -> str:
        """The plain text, or the caption of what is not text."""
        found: str = self.api.get("text") or self.api.get("caption") or ""
        return found

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or caption, offsets in UTF-16 units."""
        found: list[Json] = self.api.get("entities") or self.api.get("caption_entities") or []
        return found

    @property
    def kind(self) -> str:
        """`text`, `venue`, `document`, `photo`, `voice`, `location`, … or `service`."""
        return next((kind for kind in CONTENT if kind in self.api), "service")

    @property
    def buttons(self) -> list[list[Json]]:
        """The inline keyboard's rows as sent by the bot; empty without one."""
        rows: list[list[Json]] = self.api.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def labels(self) -> list[str]:
        """The texts of all inline buttons, row by row."""
        return [button["text"] for row in self.buttons for button in row]

    @property
    def edited(self) -> bool:
        """Whether its text was changed after it was sent (a new keyboard alone does not show)."""
        return "edit_date" in self.api

    @property
    def thread(self) -> int:
        """The forum topic it stands in, 0 for none."""
        return int(self.api.get("message_thread_id", 0))

    @property
    def protected(self) -> bool:
        """Whether it may not be forwarded or saved."""
        return bool(self.api.get("has_protected_content"))


@dataclass(slots=True)
class Topic:
    """A forum topic of a supergroup; `id` is its message_thread_id."""

    id: int
    name: str
    icon_color: int
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat or a (super)group. `api` is the short form that stands in messages; it is shared, never changed.

    `keyboard` is the reply keyboard now under the text field, as the bot sent it. `may_manage`: whether the bot, as an
    administrator, may manage topics.
    """

    id: int
    kind: Literal["private", "group", "supergroup"]
    api: Json
    name: str
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Json | None = None
    topics: dict[int, Topic] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    forum: bool = False
    moved_to: int = 0
    bot_is: Literal["administrator", "member", "left", "kicked"] = "administrator"
    may_manage: bool = True
    menu_button: Json | None = None
    pinned: int = 0

    @property
    def private(self) -> bool:
        """Whether it is a chat between one person and the bot."""
        return self.kind == "private"


@dataclass(slots=True)
class Person:
    """A phone. `chat` is the private chat with the bot; the id is the same, as in Telegram.

    `toast` is the text of the last answered callback. `started` is false until the person first wrote: a bot may not.
    """

    id: int
    name: str
    language_code: str
    role: str
    api: Json
    chat: Chat
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    toast: str | None = None
    alert: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on "Telegram's" side. `path` is what getFile answers and `/file/bot<token>/` serves."""

    id: str
    unique_id: str
    name: str
    mime: str
    content: bytes

    @property
    def path(self) -> str:
        """The file's path below `/file/bot<token>/`."""
        return f"files/{self.id}"


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot, for the demo's list. `status` is the HTTP status, 0 where the line was cut."""

    n: int
    time: datetime
    method: str
    chat: int | None
    name: str
    status: int
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: what was asked, what was answered (`result` None where refused)."""

    method: str
    params: Json
    result: object
    refused: str = ""
