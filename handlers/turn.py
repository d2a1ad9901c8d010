"""One turn of a conversation: who says what to whom, and the ways to answer. Every handler begins with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from telegram import Update
from telegram.ext import CallbackContext

from bot.coordination import nothing_here
from bot.core.model import Person, Reader
from bot.core.query import Query, coded_day, decode
from bot.core.say import Button, Message, Text, label, say
from bot.i18n import Said, say_in, say_plain
from bot.people import consent, unblocked
from bot.services import Services
from bot.store.arrivals import Arrivals
from bot.telegram import bubbles
from bot.telegram.bubbles import Menu, MenuKey
from bot.telegram.pusher import PacedBot
from handlers import menu

Context = CallbackContext[PacedBot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
Step = Callable[["Turn"], Awaitable[None]]

LARGEST = 2**53
"""The largest number that is read from a button: no row of ours has a larger one."""

LATEST = 2**32
"""The latest moment that is read from a button, in seconds since 1970: a year after 2100."""


class ForgedError(Exception):
    """The data of a button that we never made, or that nobody can read any more."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An update with everything a handler needs: the services, now, the reader, the tapped data, the written text."""

    services: Services
    bot: PacedBot
    update: Update
    now: datetime
    reader: Reader
    data: str = ""
    text: str = ""
    keys: menu.Known = field(default_factory=dict)

    @property
    def person(self) -> Person | None:
        return self.reader.person

    @property
    def key(self) -> str:
        """A natural key of what was written: the same for an update that comes twice."""
        message = self.update.effective_message
        return f"{message.message_id}" if message else f"u{self.update.update_id}"

    @property
    def arguments(self) -> list[str]:
        """What follows the verb in the data of the button that was tapped."""
        return self.data.split(":")[1:]

    def argument(self, at: int, *known: str) -> str:
        """One argument; where some are `known`, one of them. Raises ForgedError."""
        found = self.arguments[at] if at < len(self.arguments) else None
        if found is None or (known and found not in known):
            raise ForgedError(self.data)
        return found

    def number(self, at: int, base: int = 10) -> int:
        """An argument that is a number, 0 or more. Raises ForgedError."""
        try:
            found = int(self.argument(at), base)
        except ValueError:
            raise ForgedError(self.data) from None
        if not 0 <= found <= LARGEST:
            raise ForgedError(self.data)
        return found

    def day(self, at: int) -> date:
        """An argument that is a day. Raises ForgedError."""
        try:
            return coded_day(self.argument(at))
        except ValueError:
            raise ForgedError(self.data) from None

    def clock(self, at: int) -> time:
        """An argument that is an hour, as `0930`. Raises ForgedError."""
        try:
            return time.fromisoformat(self.argument(at)).replace(tzinfo=None)
        except ValueError:
            raise ForgedError(self.data) from None

    def moment(self, at: int) -> datetime:
        """An argument that is a moment. Raises ForgedError."""
        seconds = self.number(at, 36)
        if seconds > LATEST:
            raise ForgedError(self.data)
        return datetime.fromtimestamp(seconds, UTC)

    def query(self, at: int) -> Query:
        """An argument that is a question. Raises ForgedError."""
        try:
            return decode(self.argument(at), self.services.guide.codes)
        except ValueError:
            raise ForgedError(self.data) from None

    @property
    def occurrence(self) -> tuple[int, date]:
        """The activity and day that most buttons are about. Raises ForgedError."""
        return self.number(0), self.day(1)

    async def say(self, message: Message) -> None:
        """Answers with a new bubble."""
        said = say_in(message, self.reader.language, self.services.catalogues, self.services.names)
        await bubbles.send(self.bot, self.reader.chat, said, self._menu(said), unknown=self._unknown)

    async def show(self, message: Message) -> None:
        """Answers in the bubble that was tapped; what was written is answered with a new one."""
        query = self.update.callback_query
        if query is None or query.message is None or not query.message.is_accessible:
            await self.say(message)
            return
        said = say_in(message, self.reader.language, self.services.catalogues, self.services.names)
        bubble = query.message.message_id
        await bubbles.edit(self.bot, self.reader.chat, bubble, said, self._menu(said), unknown=self._unknown)

    async def reveal(self, message: Message) -> None:
        """What shows a name is a bubble of its own: an edited one cannot be kept from being forwarded."""
        await (self.say(message) if message.protect else self.show(message))

    def speaking(self, language: str) -> Turn:
        """The same turn in another language."""
        person = replace(self.person, language=language) if self.person else None
        return replace(self, reader=replace(self.reader, language=language, person=person))

    def plain(self, text: Text) -> str:
        return say_plain(text, self.reader.language, self.services.catalogues, self.services.names)

    @property
    def _unknown(self) -> str:
        return "" if self.person else self.reader.language

    def _menu(self, said: Said) -> Menu:
        """The keys of the lasting keyboard, where the message brings it."""
        if not said.keyboard:
            return []
        # NOTE: Key under the text field: Telegram asks once more, and then sends the reader's phone number.
        share = [[MenuKey(self.plain(label("📱 Share my number")), contact=True)]] if said.keyboard == "contact" else []
        return [
            *share,
            *([MenuKey(self.plain(key.label), location=key.data == "near") for key in row] for row in menu.KEYS),
        ]


def turn(step: Step) -> Handler:
    """Makes a handler of a step: finds the reader, takes the waiting circle off a tapped button, and goes.

    A forged button is answered as an old one. In a group nothing is said but where we can be written to.
    """

    async def handle(update: Update, context: Context) -> None:
        services: Services = context.application.bot_data["services"]
        keys: menu.Known = context.application.bot_data["keys"]
        chat = update.effective_chat
        assert chat is not None
        query = update.callback_query
        data, _, carried = (query.data or "").partition("~") if query else ("", "", "")
        arrivals: Arrivals = context.application.bot_data["arrivals"]
        person = await arrivals.find(chat.id)
        if person is not None and person.state == "blocked":
            await unblocked(services, person)
            person = replace(person, state="active")
        if person is not None and person.id in services.asked:
            person = replace(person, asked=services.asked[person.id])
        text = (update.effective_message.text or "") if update.effective_message and not query else ""
        if carried not in services.catalogues.languages:
            carried = ""
        language = person.language if person else carried or menu.language_of(services, keys, update, text)
        reader = Reader(chat.id, language, person)
        here = Turn(services, context.bot, update, services.clock(), reader, data, text, keys)
        if query is not None:
            await query.answer()
        if chat.type != chat.PRIVATE:
            await _in_group(here)
            return
        try:
            await step(here)
        except ForgedError:
            await here.show(nothing_here())

    return handle


def shows(
    use_case: Callable[[Services, Reader, int, datetime], Awaitable[Message]],
) -> Step:
    """A step that shows what a use-case makes of the thing whose number is in the button."""

    async def step(here: Turn) -> None:
        await here.show(await use_case(here.services, here.reader, here.number(0), here.now))

    return step


def by_verb(steps: Mapping[str, Step]) -> Step:
    """The step of a button's verb; each use-case looks itself who taps."""

    async def step(here: Turn) -> None:
        verb = here.data.partition(":")[0]
        if verb not in steps:
            raise ForgedError(here.data)
        await steps[verb](here)

    return step


def remembered(step: Step) -> Step:
    """A step for those we know: whoever has not said yes to be remembered is asked for that first."""

    async def ask_first(here: Turn) -> None:
        await (here.show(consent(here.services.guide)) if here.person is None else step(here))

    return ask_first


async def _in_group(here: Turn) -> None:
    """Who speaks to us in a group is shown the way to a private chat: what they ask is nobody else's business."""
    username = here.services.username
    if here.text.partition("@")[0] == "/start" or f"@{username}" in here.text:
        # NOTE: Button in a group, opens a private chat with the bot.
        link = Button(label("💬 Write to me"), link=f"https://t.me/{username}")
        # NOTE: To somebody who wrote to the bot in a group.
        await here.say(Message((say("🔒 I answer in a private chat, where nobody else reads it."),), ((link,),)))


async def _nothing(_here: Turn) -> None:
    """In a group nothing more is said than where we can be written to."""


in_group_of_others = turn(_nothing)
"""What is written in a group that is not the coordinators'."""
