"""Owns the Bot API of `benchmarks.year`: it notes every message of the bot in a file, with who got it and when."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.demo.botapi import Chat, Message, World
from bot.demo.botapi.records import Json, Person

SHOWN = 3
"""Messages that a chat keeps: enough to press a button in."""

FIRST_LETTERS = 120


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the bot. `unasked`: nobody did anything at that moment, the clock alone had moved."""

    chat: int
    at: datetime
    unasked: bool
    text: str
    buttons: tuple[str, ...]


class NotingWorld(World):
    """A world without memory, and a diary. `passing` is set while only time passes."""

    def __init__(self, now: Callable[[], datetime], diary: TextIO) -> None:
        super().__init__(now, journal=0, keep=SHOWN)
        self.passing = False
        self.written = 0
        self._diary = diary

    def keep_message(self, chat: Chat, content: Json, *, person: Person | None = None, silent: bool = False) -> Message:
        """Stores a message; the bot's is noted."""
        message = super().keep_message(chat, content, person=person, silent=silent)
        if person is None:
            self.written += 1
            buttons = [each.get("callback_data", "") for row in message.buttons for each in row]
            line = (chat.id, self.now().timestamp(), self.passing, message.text[:FIRST_LETTERS], buttons)
            self._diary.write(f"{json.dumps(line)}\n")
        return message


def read_diary(path: Path, since: datetime) -> Iterator[Said]:
    """What was noted, in order. `since` lends its zone."""
    with path.open() as lines:
        for line in lines:
            chat, at, unasked, text, buttons = json.loads(line)
            yield Said(chat, datetime.fromtimestamp(at, since.tzinfo), unasked, text, tuple(buttons))
