"""The notices of weekly news: one waits for each who said yes, and the next is planned when its time has come."""

from __future__ import annotations

from datetime import datetime

from bot.core.news import next_news
from bot.core.schedule import WEEK, local_day
from bot.services import Services
from bot.store import activities, notices, opt_ins
from bot.store.database import Tx
from bot.store.notices import NewNotice

KIND = "news"
AT_ONCE = 200
"""Persons planned in one transaction: short enough that nobody's tap waits for it."""


async def plan(tx: Tx, community: str, person: int, since: datetime, due: datetime) -> None:
    """What came from `since` to `due` is said at `due`, within the cap; a week later it is too late."""
    content = {"since": since.isoformat(), "until": due.isoformat()}
    key = f"news/{local_day(due)}"
    await notices.add(tx, community, [NewNotice(person, KIND, key, due, content, due + WEEK, asked=False)])


async def drop(tx: Tx, community: str, person: int) -> None:
    """Takes back what waits."""
    await notices.drop(tx, community, "news/", person=person, kinds=(KIND,))


async def restore(tx: Tx, community: str, person: int, now: datetime) -> None:
    """Messages are on again: the next news waits again, with what comes from now on."""
    found = await opt_ins.one(tx, community, person, "news")
    if found is not None and found.answer == "yes":
        due = next_news(now)
        await plan(tx, community, person, now, due)
        await opt_ins.set_due(tx, community, [person], "news", due)


async def see(services: Services, now: datetime) -> None:
    """What has come into the guide is new from now on."""
    async with services.database.write() as tx:
        await activities.see_new(tx, services.community, now)


async def tick(services: Services, now: datetime) -> int:
    """For everyone whose news is said now, the next is planned; gives how many. What is said is looked up then."""
    done = 0
    while True:
        async with services.database.read() as tx:
            ripe = await opt_ins.due(tx, services.community, "news", now, AT_ONCE)
        if not ripe:
            return done
        due = next_news(now)
        async with services.database.write() as tx:
            for each in ripe:
                assert each.due is not None
                await plan(tx, services.community, each.person, each.due, due)
            await opt_ins.set_due(tx, services.community, [each.person for each in ripe], "news", due)
        done += len(ripe)
