"""The composition root: makes every part and joins them. Only `bot.process` and the command line import it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import structlog
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackContext

import handlers
from bot import outbox, people, wishes
from bot.announcing.running import Running
from bot.cases import threads
from bot.clock import Clock, file_clock, system_clock
from bot.core.understanding import gazetteer
from bot.faults import StartFault
from bot.guide import CurrentGuide
from bot.i18n import Catalogues, say_in
from bot.inbox import RAW, Failed, Inbox, Verdict, chat_of
from bot.passing import Passing
from bot.services import Services
from bot.settings import Settings
from bot.store import notices
from bot.store import people as people_rows
from bot.store.database import Database, Tx, is_new, is_out_of_order, reason_of
from bot.store.keys import make_keys, read_keys
from bot.telegram import bubbles
from bot.telegram.errors import Outcome, sort_error
from bot.telegram.pusher import PacedBot, make_bot
from bot.telegram.reaching import REVOKED, meet
from bot.telegram.saying import Sayer
from bot.topics import standard_topics
from bot.words import danish_towns, standard_words

log = structlog.get_logger(__name__)

RECOVERY_PAUSE = 1.0
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]

_failure: ContextVar[Exception | None] = ContextVar("failure", default=None)


@dataclass(repr=False)  # it would write out the whole community, and take a second
class App:
    """A running Brobot: its services, the inbox, and what it does when time passes."""

    services: Services
    bot: PacedBot
    application: Application[Any, Any, Any, Any, Any, Any]
    inbox: Inbox = field(init=False)
    passing: Passing = field(init=False)
    broken: asyncio.Future[None] = field(init=False)
    sayer: Sayer = field(init=False)
    many: Running = field(init=False)
    _told_version: int | None = None

    def __post_init__(self) -> None:
        services = self.services
        self.broken = asyncio.get_running_loop().create_future()
        self.sayer = Sayer(self.bot, services.catalogues, services.names, lambda: self._break(StartFault(REVOKED)))
        self.many = Running(services, self.sayer)
        services.stirred.set()
        self.passing = Passing(services)
        self.inbox = Inbox(
            services.database, services.community, services.clock, self._handle, self._give_up, self._keep_asked
        )

    async def _keep_asked(self, tx: Tx) -> None:
        """Stores last questions and counts, in the commit that marks updates as answered."""
        asked, later = dict(self.services.asked), list(self.services.later)
        for keep in later:
            await keep(tx)
        del self.services.later[: len(later)]
        if asked:
            await people_rows.keep_asked(tx, self.services.community, asked)
            for person, question in asked.items():
                if self.services.asked.get(person) is question:
                    del self.services.asked[person]

    async def _handle(self, raw: RAW) -> Verdict:
        """Answers one raw update; says whether it is done, must come again, or failed. May raise what it meets."""
        try:
            update = Update.de_json(raw, self.bot)
        except Exception as error:  # whatever Telegram may send one day, one update spoils no other
            log.exception("update cannot be read", update=raw["update_id"])
            return Failed(f"it cannot be read: {type(error).__name__}")
        _failure.set(None)
        await self.application.process_update(update)
        failure = _failure.get()
        if failure is None:
            return "done"
        if not isinstance(failure, TelegramError):
            raise failure
        return await self._judge(sort_error(failure), raw)

    async def _judge(self, outcome: Outcome, raw: RAW) -> Verdict:
        """What an answer that did not go as it should means for its update."""
        if outcome.kind == "blocked":
            await self._blocked(chat_of(raw))
            return "done"
        if outcome.kind == "unauthorised":
            self._break(StartFault(REVOKED))
            return "again"
        if outcome.kind == "refused":
            log.error("Telegram refused an answer", reason=outcome.reason, update=raw["update_id"])
            return Failed(f"refused: {outcome.reason}")
        log.warning("an answer did not get through", outcome=outcome.kind, update=raw["update_id"])
        if outcome.kind == "moved":
            return "done"  # the group writes under its new number from now on; this one never answers again
        if outcome.kind == "unsure":
            await self._reached()
            return "unsure"
        return "again"

    async def _reached(self) -> None:
        """Waits until Telegram answers again: an outage must not use up the few times an answer is repeated."""
        pause = 1.0
        while True:
            try:
                await self.bot.get_me()
            except InvalidToken:
                self._break(StartFault(REVOKED))
            except TelegramError:
                await asyncio.sleep(pause)
                pause = min(30.0, pause * 2)
            else:
                return

    async def _blocked(self, chat: int) -> None:
        async with self.services.database.read() as tx:
            person = await people.known(tx, self.services, chat)
        if person is not None:
            await people.blocked(self.services, person, self.services.clock())

    def _break(self, fault: Exception) -> None:
        if not self.broken.done():
            self.broken.set_exception(fault)

    async def _give_up(self, raw: RAW) -> None:
        """The person is told that we could not answer, in their language."""
        chat = chat_of(raw)
        if chat <= 0:
            return
        async with self.services.database.read() as tx:
            person = await people.known(tx, self.services, chat)
        language = person.language if person else "en"
        said = say_in(people.sorry(), language, self.services.catalogues, self.services.names)
        with contextlib.suppress(TelegramError):
            await bubbles.send(self.bot, chat, said, (), unknown="" if person else language)

    async def tick(self) -> bool:
        """Time has passed: the guide may be stale, offers may have run out, notices may be due. Gives whether anything
        was due that may have brought more."""
        now = self.services.clock()
        guide = await self.services.current.refresh(now)
        if guide and guide.version != self._told_version:
            await wishes.tell_of_new(self.services, now)
            self._told_version = guide.version
        was_due = await self.passing.tick(now)
        self.services.hurry.set()
        return was_due

    async def tend(self) -> None:
        """Brings the coordinators' group up to what has stirred."""
        await threads.bring_up(self.services, self.bot)

    async def drain(self) -> int:
        """Says everything that is due; gives how many notices were claimed."""
        services, claimed = self.services, 0
        while True:
            async with services.database.read() as tx:
                ripe = await notices.any_due(tx, services.community, now := services.clock(), system_clock())
            batch = await outbox.drain(services, self.sayer.push, now) if ripe else 0
            claimed += batch
            if not batch:
                return claimed

    async def deliver(self) -> None:
        """Drains whenever something was queued or a tick has come, for ever."""
        while True:
            await self.services.hurry.wait()
            self.services.hurry.clear()
            await self.unhurt(self.drain)

    async def deliver_to_many(self) -> None:
        """The same for announcements."""
        while True:
            await self.unhurt(self.many.say_next)

    async def unhurt(self, work: Callable[[], Awaitable[object]]) -> None:
        """Does what is done again and again. What stops it once is logged in a line, and the next time goes on."""
        try:
            await work()
        except Exception as error:
            if is_out_of_order(error):
                log.error("the database is out of order, trying again", cause=reason_of(error))
            else:
                log.exception("something that is done again and again failed", what=work.__name__)
            await asyncio.sleep(RECOVERY_PAUSE)

    async def now_and_then(self, work: Callable[[], Awaitable[object]]) -> None:
        """A job of the scheduler, which would log the end of one that is cut short at the end as a failure."""
        with contextlib.suppress(asyncio.CancelledError):
            await self.unhurt(work)

    async def settle(self) -> None:
        """Waits until everything taken in is answered and everything due is said. For tests and the demo."""
        while True:
            await self.inbox.settle()
            moved = await self.tick()
            await self.tend()
            if self.services.many.is_set():
                self.services.many.clear()
                moved |= await self.many.say() > 0
                await self.many.show()
            moved |= await self.drain() > 0
            stirred = self.services.many.is_set() or self.services.stirred.is_set()
            if not moved and not self.inbox.busy and not stirred:
                return


@asynccontextmanager
async def assemble(settings: Settings, clock: Clock | None = None) -> AsyncIterator[App]:
    """Everything that runs, joined and open; closed at the end. Raises a Fault that names what is wrong."""
    clock = clock or (file_clock(settings.clock_file) if settings.clock_file else system_clock)
    database = await open_database(settings)
    try:
        topics = standard_topics()
        current = CurrentGuide(database, settings.community, topics)
        guide = await current.refresh(clock())
        if guide is None:
            raise StartFault(
                f"The community {settings.community} is not in the database. "
                f"Load it with: python -m bot load data/communities/{settings.community}"
            )
        bot = make_bot(
            settings.token.get_secret_value(),
            api_url=settings.api_url,
            rate=settings.rate,
            chat_seconds=settings.chat_seconds,
        )
        services = Services(
            settings=settings,
            database=database,
            catalogues=Catalogues.shipped(),
            names={(each.kind, each.id): each.names for each in topics.concepts},
            words=standard_words(),
            towns=gazetteer(tuple(guide.places.values()), danish_towns()),
            current=current,
            clock=clock,
        )
        application = ApplicationBuilder().bot(bot).updater(None).build()
        await meet(application)
        application.bot_data["services"] = services = replace(services, username=bot.username)
        handlers.register(application)
        application.add_error_handler(_note_failure)
        app = App(services, bot, application)
        try:
            yield app
        finally:
            await app.inbox.close()
            await application.shutdown()
    finally:
        await database.close()


async def open_database(settings: Settings) -> Database:
    """The database at its newest version. A new one gets its folder and, where there is none, a key file."""
    if settings.database_url.startswith("sqlite"):
        Path(settings.database_url.partition(":///")[2]).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.key_file.exists() and await is_new(settings.database_url):
        make_keys(settings.key_file)
    database = Database(settings.database_url, read_keys(settings.key_file))
    await database.migrate()
    return database


async def _note_failure(_update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    _failure.set(context.error)
