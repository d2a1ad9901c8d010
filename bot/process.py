"""The bot's process: runs the app until it is told to stop: listens, ticks, delivers."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.error import InvalidToken

from bot import outbox
from bot.announcing import delivery
from bot.announcing.running import SHOWN_EVERY
from bot.app import ALLOWED, App, assemble
from bot.clock import Clock
from bot.faults import StartFault
from bot.profile import introduce
from bot.settings import Settings
from bot.store.sole import sole
from bot.subscriptions import follow
from bot.telegram.polling import poll
from bot.telegram.reaching import REVOKED, ask_for_pushes
from bot.web.server import serve

TICK_SECONDS = 1.0
MOVED_CLOCK_TICK_SECONDS = 0.1
SEEN_THROUGH = 8.0
"""Seconds that answers under way are given when we are told to stop; ten is what a container has."""


async def run(settings: Settings, clock: Clock | None = None) -> None:
    """Runs Brobot until it is cancelled: polling, or by webhook where one is set.

    Raises a Fault in an ExceptionGroup where it cannot go on: it names what is wrong, and nothing is lost.
    """
    async with assemble(settings, clock) as app, sole(app.services.database, settings.community) as lost:
        scheduler = AsyncIOScheduler()
        seconds = TICK_SECONDS
        tick: Callable[[], Awaitable[object]] = app.tick
        if settings.clock_file:
            seconds, tick = MOVED_CLOCK_TICK_SECONDS, _where_time_passed(app)
        shown = (app.many.show, SHOWN_EVERY)
        for job, every in ((tick, seconds), (app.tend, seconds), (app.inbox.recover, 10.0), shown):
            scheduler.add_job(
                app.now_and_then,
                "interval",
                (job,),
                seconds=every,
                coalesce=True,
                misfire_grace_time=None,
                max_instances=1,
            )
        await outbox.recover(app.services)
        await delivery.recover(app.services)
        await app.inbox.recover()
        scheduler.start()
        _look_at_new_garbage_only()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(app.deliver())
                group.create_task(app.deliver_to_many())
                group.create_task(introduce(app.bot, app.services))
                group.create_task(serve(app.services, app.inbox))
                group.create_task(_listen(app))
                group.create_task(follow(app.services))
                group.create_task(_watch(app.broken))
                group.create_task(lost())
        finally:
            scheduler.shutdown(wait=False)
            await app.inbox.close(within=SEEN_THROUGH)


def _where_time_passed(app: App) -> Callable[[], Awaitable[object]]:
    """A tick for a clock that is moved: it is looked at often, and the database asked where it shows another second."""
    seen: list[tuple[datetime, float]] = []

    async def look() -> None:
        shows, passed = app.services.clock(), asyncio.get_running_loop().time()
        if seen and abs(shows - seen[0][0]) < timedelta(seconds=TICK_SECONDS) and passed - seen[0][1] < TICK_SECONDS:
            return
        seen[:] = [(shows, passed)]
        await app.tick()

    return look


def _look_at_new_garbage_only() -> None:
    """What was made at the start lives to the end: words, places, catalogues. It is not looked through again and
    again for what could be thrown away, which answers would wait for. Nor is it now: there is hardly any among it."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


async def _listen(app: App) -> None:
    """Takes updates. Raises StartFault where Telegram does not know the token, now or later."""
    settings = app.services.settings
    try:
        if settings.webhook_url:
            await ask_for_pushes(app.bot, settings.webhook_url, settings.webhook_secret.get_secret_value(), ALLOWED)
        else:
            await poll(app.bot, app.inbox.take, await app.inbox.confirmed(), ALLOWED)
    except InvalidToken:
        raise StartFault(REVOKED) from None


async def _watch(broken: asyncio.Future[None]) -> None:
    await broken
