"""Moving the demo's clock: forward only, stopping at each moment something falls due so that all comes in order."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.demo.botapi.errors import ControlError
from bot.demo.botapi.records import Json
from bot.demo.clock import DemoClock

if TYPE_CHECKING:  # `control` makes a Walk, so at run time it imports this module
    from bot.demo.botapi.control import Hooks
    from bot.demo.botapi.state import World

LOCAL = ZoneInfo("Europe/Copenhagen")
MOST_STOPS = 5_000
SPAN = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def span(text: str) -> timedelta:
    """An ISO 8601 time span of days, hours, minutes and seconds, such as `PT26H` or `P1DT2H`."""
    match = SPAN.fullmatch(text)
    if not match or not any(match.groups()):
        raise ControlError('"advance" is a time span such as PT26H or P1D; the clock only moves forward')
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


class Walk:
    """Moves the clock, one walk at a time."""

    def __init__(self, world: World, clock: DemoClock, hooks: Hooks) -> None:
        self._world = world
        self._clock = clock
        self._hooks = hooks
        self._lock = asyncio.Lock()

    async def told(self) -> Json:
        """The demo's now in Copenhagen, and what falls due next."""
        due = await self._hooks.next_due()
        return {
            "now": self._clock().astimezone(LOCAL).isoformat(timespec="seconds"),
            "next_due": due[0].astimezone(LOCAL).isoformat(timespec="seconds") if due else None,
            "next_kind": due[1] if due else None,
        }

    async def go(self, asked: Json) -> int:
        """Walk to `{"advance"}`, `{"to"}` or `{"next": true}`; answers how many due moments lay on the way.

        The walk begins once the bot has answered what was said and tapped before it.
        """
        async with self._lock:
            await self._hooks.settled()  # what was just tapped may itself make something due
            target = await self._target(asked)
            stops = 0
            while stops < MOST_STOPS:
                due = await self._hooks.next_due()
                if due is None or due[0] > target:
                    break
                await self._set(due[0])
                stops += 1
            await self._set(target)
            return stops

    async def _set(self, at: datetime) -> None:
        self._clock.set(max(at, self._clock()))
        await self._hooks.settled()
        self._world.emit({"type": "clock", "now": self._clock().astimezone(LOCAL).isoformat(timespec="seconds")})

    async def _target(self, asked: Json) -> datetime:
        if asked.get("next") is True:
            due = await self._hooks.next_due()
            if due is None:
                raise ControlError("nothing is due")
            return max(due[0], self._clock())
        if isinstance(asked.get("advance"), str):
            return self._clock() + span(asked["advance"])
        if not isinstance(asked.get("to"), str):
            raise ControlError('say {"advance": "PT26H"}, {"to": "2026-11-26T17:00"} or {"next": true}')
        try:
            at = datetime.fromisoformat(asked["to"])
        except ValueError:
            raise ControlError('"to" is a moment such as 2026-11-26T17:00') from None
        at = at if at.tzinfo else at.replace(tzinfo=LOCAL)
        if at < self._clock():
            raise ControlError("the clock only moves forward")
        return at
