"""What time brings by itself, in one order: seats, cases, matches, meetings, announcements, news; daily, the rest."""

from __future__ import annotations

from datetime import datetime

from bot import cases, privacy, signups
from bot.announcing import clock as announcing_clock
from bot.core.schedule import local_day
from bot.editing import still_right
from bot.first_steps import planning
from bot.meetings import clock as meetings_clock
from bot.network import clock as network_clock
from bot.news import planning as news
from bot.programmes import clock as programmes_clock
from bot.services import Services


class Passing:
    """Remembers on which day it forgot last and which guide it saw, so that each is gone through once a process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._cleaned: object = None
        self._version: int | None = None

    async def tick(self, now: datetime) -> None:
        """Everything that is due at `now`; a second call finds nothing."""
        services = self._services
        await signups.settle_due(services, now)
        await cases.remind_due(services, now)
        await network_clock.tick(services, now)
        await meetings_clock.tick(services, now)
        await announcing_clock.tick(services, now)
        await news.tick(services, now)
        if self._version != services.guide.version:
            self._version = services.guide.version
            await news.see(services, now)
            await planning.renew(services, now)
            await programmes_clock.follow(services, now)
        if self._cleaned != local_day(now):
            await privacy.forget_old(services, now)
            await still_right.look_through(services, now)
            await programmes_clock.look_through(services, now)
            self._cleaned = local_day(now)
