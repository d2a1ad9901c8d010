"""Says our messages to persons on our own initiative: in their language, at Telegram's pace, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from telegram.error import TelegramError

from bot.core.model import Person
from bot.core.say import Message
from bot.i18n import Catalogues, Names, say_in
from bot.telegram import bubbles
from bot.telegram.errors import DELIVERED, Outcome, sort_error
from bot.telegram.lanes import ANNOUNCEMENT, NOTICE, Asking
from bot.telegram.pusher import PacedBot


@dataclass(frozen=True, slots=True)
class Sayer:
    """The bot with its languages. `revoked` is called when Telegram does not know the token any more."""

    bot: PacedBot
    catalogues: Catalogues
    names: Names
    revoked: Callable[[], None]

    async def push(self, person: Person, message: Message, wanted: Callable[[], bool]) -> tuple[Outcome, int | None]:
        """Sends a notice; gives the bubble's number."""
        return await self._send(person, message, Asking(NOTICE, wanted))

    async def push_to_many(
        self, person: Person, message: Message, wanted: Callable[[], bool]
    ) -> tuple[Outcome, int | None]:
        """The same for an announcement: it goes after answers and notices."""
        return await self._send(person, message, Asking(ANNOUNCEMENT, wanted))

    async def change(self, person: Person, bubble: int, message: Message, *, lane: int = ANNOUNCEMENT) -> Outcome:
        """Puts other words into a bubble that a person has."""
        said = say_in(message, person.language, self.catalogues, self.names)
        try:
            await bubbles.correct(self.bot, person.chat, bubble, said, lane=lane)
        except TelegramError as error:
            return self._outcome(error)
        return DELIVERED

    async def _send(self, person: Person, message: Message, lane: Asking) -> tuple[Outcome, int | None]:
        said = say_in(message, person.language, self.catalogues, self.names)
        try:
            number = await bubbles.send(self.bot, person.chat, said, (), lane=lane)
        except TelegramError as error:
            return self._outcome(error), None
        return DELIVERED, number

    def _outcome(self, error: TelegramError) -> Outcome:
        outcome = sort_error(error)
        if outcome.kind == "unauthorised":
            self.revoked()
        return outcome
