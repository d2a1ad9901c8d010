"""Announcements while the bot runs: what is due is said, what was said is corrected, its author sees it go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from bot.announcing import correcting, delivery, reporting
from bot.core.model import Person
from bot.core.say import Message
from bot.services import Services
from bot.telegram.errors import Outcome

SHOWN_EVERY = 4.0
"""Seconds between two edits of an author's bubble: each takes a place that somebody's message could have."""


class Sayer(Protocol):
    """What pushes to Telegram: `bot.telegram.saying.Sayer`, or a test's."""

    @property
    def push_to_many(self) -> delivery.Send: ...

    async def change(self, person: Person, bubble: int, message: Message, *, lane: int = ...) -> Outcome: ...


@dataclass
class Running:
    """The announcements of one process. What their authors' bubbles show is only remembered to save an edit."""

    services: Services
    sayer: Sayer
    _shown: dict[int, Message] = field(default_factory=dict)

    async def say(self) -> int:
        """Says what is due to many, and corrects what was said; gives how many deliveries were claimed."""
        claimed = await delivery.drain(self.services, self.sayer.push_to_many)
        await correcting.correct(self.services, self.sayer.change)
        return claimed

    async def say_next(self) -> int:
        """The same, as soon as something may be due."""
        await self.services.many.wait()
        self.services.many.clear()
        return await self.say()

    async def show(self) -> None:
        """Each announcement's bubble shows how far it has come; the last time when it is at its end."""
        await reporting.show_progress(self.services, self.sayer.change, self._shown)
