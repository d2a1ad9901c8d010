"""Moving the clock: every due moment on the way is stopped at, in order."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.demo.botapi import ControlError, Hooks
from bot.demo.botapi.walk import span
from tests.demo.botapi.conftest import MONDAY_NOON, Serve, Telegram


class Plans:
    """A bot with plans: hours after Monday noon at which it speaks, each once."""

    def __init__(self, *hours: int) -> None:
        self.due = [MONDAY_NOON + timedelta(hours=hour) for hour in hours]
        self.settled_at: list[datetime] = []
        self.telegram: Telegram | None = None

    async def next_due(self) -> tuple[datetime, str] | None:
        return (self.due[0], "reminder") if self.due else None

    async def settled(self) -> None:
        assert self.telegram is not None
        now = self.telegram.clock()
        self.settled_at.append(now)
        self.due = [at for at in self.due if at > now]

    def hooks(self) -> Hooks:
        return Hooks(next_due=self.next_due, settled=self.settled)

    def hours(self) -> list[float]:
        return [(at - MONDAY_NOON).total_seconds() / 3600 for at in self.settled_at]


async def test_an_advance_stops_at_everything_due_and_goes_on_to_its_end(serve: Serve) -> None:
    plans = Plans(-1, 5, 20, 26, 30)
    async with serve(hooks=plans.hooks()) as telegram:
        plans.telegram = telegram
        _, moved = await telegram.demo("/demo/clock", {"advance": "PT26H"})

        assert plans.hours() == [0, 5, 20, 26, 26]  # at 0: what was due before the walk
        assert moved == {
            "now": "2026-11-24T14:00:00+01:00",
            "next_due": "2026-11-24T18:00:00+01:00",
            "next_kind": "reminder",
            "stops": 3,
        }


async def test_next_goes_to_the_first_due_moment_and_no_further(serve: Serve) -> None:
    plans = Plans(5, 20)
    async with serve(hooks=plans.hooks()) as telegram:
        plans.telegram = telegram
        await telegram.demo("/demo/clock", {"next": True})

        assert plans.hours() == [0, 5, 5]
        assert plans.due == [MONDAY_NOON + timedelta(hours=20)]


async def test_what_was_tapped_just_before_is_answered_before_the_next_due_moment_is_looked_for(serve: Serve) -> None:
    plans = Plans(20)
    signed_up = asyncio.Event()

    async def settled() -> None:
        if not signed_up.is_set():
            plans.due.insert(0, MONDAY_NOON + timedelta(hours=5))
            signed_up.set()
        await plans.settled()

    async with serve(hooks=Hooks(next_due=plans.next_due, settled=settled)) as telegram:
        plans.telegram = telegram
        _, moved = await telegram.demo("/demo/clock", {"next": True})

    assert moved["now"] == "2026-11-23T17:00:00+01:00"


async def test_a_moment_without_a_zone_is_danish_time(serve: Serve) -> None:
    async with serve() as telegram:
        _, moved = await telegram.demo("/demo/clock", {"to": "2027-07-01T09:00"})
        _, now = await telegram.demo("/demo/clock")

        assert moved["now"] == now["now"] == "2027-07-01T09:00:00+02:00"
        assert (now["next_due"], now["next_kind"]) == (None, None)


async def test_a_bot_that_never_settles_does_not_hold_the_clock_for_ever(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.demo.botapi.walk.MOST_STOPS", 10)

    async def always() -> tuple[datetime, str]:
        return MONDAY_NOON, "reminder"

    async with serve(hooks=Hooks(next_due=always)) as telegram:
        _, moved = await telegram.demo("/demo/clock", {"advance": "PT1H"})

        assert (moved["stops"], moved["now"]) == (10, "2026-11-23T13:00:00+01:00")


@pytest.mark.parametrize(
    ("text", "seconds"), [("PT26H", 93600), ("P1D", 86400), ("P1DT2H3M4S", 93784), ("PT90M", 5400)]
)
def test_a_time_span_is_read(text: str, seconds: int) -> None:
    assert span(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "P", "PT", "26H", "P1M", "PT1.5H", "-PT1H"])
def test_what_is_no_time_span_is_refused(text: str) -> None:
    with pytest.raises(ControlError):
        span(text)
