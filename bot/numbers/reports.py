"""The figures of a quarter and a year: made once, a week after it ended, and the same ever after."""

from __future__ import annotations

from datetime import datetime

from bot.core.numbers import Counted, Figures, figures, figures_of_year
from bot.core.periods import Period, last_ready, quarters_of, whole_year
from bot.numbers.counting import count, look_through
from bot.services import Services
from bot.store import reports
from bot.store.database import Tx


async def for_reader(services: Services, now: datetime) -> tuple[str, ...]:
    """The ids of the periods that have figures, the newest first.

    What a new day brings by itself may come a moment after the first coordinator of that day asks: whatever is due is
    counted and made here then, as it is kept for ever and must not lack what was not counted yet.
    """
    async with services.database.read() as tx:
        made = await reports.periods(tx, services.community)
    if last_ready(now).id in made:
        return made
    await look_through(services, now)
    await make_due(services, now)
    async with services.database.read() as tx:
        return await reports.periods(tx, services.community)


async def make_due(services: Services, now: datetime) -> None:
    """Once a day: the last quarter that is ready, and with its fourth the year, where they are not made yet."""
    last = last_ready(now)
    async with services.database.write() as tx:
        made = set(await reports.periods(tx, services.community))
        if last.id not in made:
            counted = await count(tx, services.community, last)
            if not made and not any(any(by.values()) for by in counted.sizes().values()):
                return  # before Brobot began here
            await reports.keep(tx, services.community, last.id, figures(counted), now, counted)
        year = whole_year(last.first.year)
        if last.after == year.after and year.id not in made:
            await _make_year(tx, services.community, year, now)


async def _make_year(tx: Tx, community: str, year: Period, now: datetime) -> None:
    """Out of the quarters that were made, as they were then; what they hid is forgotten after that."""
    found: list[tuple[Counted, Figures]] = []
    for each in quarters_of(year):
        counted, shown = await reports.counted(tx, community, each.id), await reports.figures(tx, community, each.id)
        if counted is not None and shown is not None:
            found.append((counted, shown))
    await reports.keep(tx, community, year.id, figures_of_year(found), now)
    await reports.forget_counted(tx, community, year.id)
