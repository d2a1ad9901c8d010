"""What time brings by itself, in one order: seats, cases, matches, interpreters, meetings, news …; daily, the rest."""

from __future__ import annotations

from datetime import datetime

from bot import cases, privacy, signups
from bot.announcing import clock as announcing_clock
from bot.core.schedule import local_day
from bot.editing import still_right
from bot.first_steps import planning
from bot.interpreting import following as interpreting
from bot.meetings import clock as meetings_clock
from bot.network import clock as network_clock
from bot.news import planning as news
from bot.numbers import counting, reports
from bot.programmes import clock as programmes_clock
from bot.services import Services
from bot.store import due


class Passing:
    """Remembers on which day it forgot last and which guide it saw, so that each is gone through once a process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._cleaned: object = None
        self._version: int | None = None

    async def tick(self, now: datetime) -> bool:
        """Everything that is due at `now`; a second call finds nothing. Gives whether that may have brought more."""
        services, is_due = self._services, False
        async with services.database.read() as tx:
            pending = await due.pending(tx, services.community, now, local_day(now))
        for come, work in (
            (_has_come(now, pending.seat), signups.settle_due),
            (_has_come(now, pending.case), cases.remind_due),
            (pending.unmatched or _has_come(now, pending.match), network_clock.tick),
            (pending.unplanned or _has_come(now, pending.meeting, pending.mandate), meetings_clock.tick),
        ):
            if come:
                is_due = True
                await work(services, now)
        if pending.interpreting is not None:  # what a task hangs on may change at any moment
            is_due |= await interpreting.tick(services, now) > 0
        if _has_come(now, pending.news):
            await news.tick(services, now)
        if pending.announcing:
            await announcing_clock.tick(services, now)
        await self._follow(now)
        return is_due

    async def _follow(self, now: datetime) -> None:
        """What a new guide and a new day bring."""
        services = self._services
        if self._version != services.guide.version:
            self._version = services.guide.version
            await news.see(services, now)
            await planning.renew(services, now)
            await programmes_clock.follow(services, now)
        if self._cleaned != local_day(now):
            await counting.look_through(services, now)  # before anything of it is forgotten
            await reports.make_due(services, now)
            await privacy.forget_old(services, now)
            await still_right.look_through(services, now)
            await programmes_clock.look_through(services, now)
            self._cleaned = local_day(now)


def _has_come(now: datetime, *moments: datetime | None) -> bool:
    return any(each is not None and each <= now for each in moments)
