"""What is said of the first steps and when, as notices: planned when somebody says when they came, and kept true."""

from __future__ import annotations

from datetime import datetime

from bot.core.first_steps import Beginning, plan
from bot.core.pack import digest_of
from bot.guide import Guide
from bot.services import Services
from bot.store import first_steps, notices
from bot.store.database import Tx
from bot.store.notices import NewNotice

KIND = "first_step"
AT_ONCE = 200
"""Persons planned anew in one transaction: short enough that nobody's tap waits for it."""


def key(step: str, extra: str = "") -> str:
    """What makes a step's notice single for a person; `extra` is the day of a reminder that they asked for."""
    return f"step/{step}/{extra}"


def mark(guide: Guide) -> str:
    """Changes when a step's time does: by which steps somebody's notices were made."""
    return digest_of([(each.id, each.phase, each.from_week, each.until_week) for each in guide.first_steps])[:16]


async def keep(tx: Tx, guide: Guide, beginning: Beginning, now: datetime) -> None:
    """Keeps where a person stands, and makes what waits to be said to them agree with it."""
    await first_steps.save_beginning(tx, guide.community.id, beginning, mark(guide), now)
    await _plan(tx, guide, beginning, now)


async def _plan(tx: Tx, guide: Guide, beginning: Beginning, now: datetime) -> None:
    """Nobody asked for the day on which a step is said, so it counts against the cap; what was said is said once."""
    await drop(tx, guide, beginning.person)
    wanted = [
        NewNotice(beginning.person, KIND, key(each.step), each.due, {"step": each.step}, each.too_late, asked=False)
        for each in plan(guide.first_steps, beginning, now)
    ]
    await notices.add(tx, guide.community.id, wanted)


async def drop(tx: Tx, guide: Guide, person: int, *, reminders: bool = False) -> None:
    """Takes back what waits: the planned ones, and where said so also the reminders they asked for."""
    kinds = (KIND, "first_step_asked") if reminders else (KIND,)
    await notices.drop(tx, guide.community.id, "step/", person=person, kinds=kinds)


async def restore(tx: Tx, guide: Guide, person: int, now: datetime) -> None:
    """Messages are on again: what is still ahead waits again."""
    beginning = await first_steps.beginning_of(tx, guide.community.id, person)
    if beginning is not None:
        await _plan(tx, guide, beginning, now)


async def renew(services: Services, now: datetime) -> int:
    """Where the steps of the pack have changed, everyone is planned anew. Gives how many persons were."""
    guide, planned, done = services.guide, mark(services.guide), 0
    while True:
        async with services.database.write() as tx:
            stale = await first_steps.planned_otherwise(tx, services.community, planned, AT_ONCE)
            for beginning in stale:
                await _plan(tx, guide, beginning, now)
            await first_steps.set_planned(tx, services.community, [each.person for each in stale], planned)
        done += len(stale)
        if len(stale) < AT_ONCE:
            return done
