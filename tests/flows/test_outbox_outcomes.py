"""What became of a push, on both engines: every outcome is recorded as what it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import people
from bot.services import Services
from bot.telegram.errors import Outcome
from tests.flows.outboxes import NOON, Telegram, drained, one, queue, services, somebody, states
from tests.flows.stage import Stage

pytestmark = pytest.mark.both_engines

__all__ = ["services"]


async def test_a_chat_that_blocked_us_is_held_and_woken_on_its_return(play: Stage, services: Services) -> None:
    person = await somebody(services)
    await queue(services, person, "now")
    await queue(services, person, "later", due=NOON + timedelta(hours=1))
    telegram = Telegram(Outcome("blocked", "Forbidden: bot was blocked by the user"))
    await drained(services, telegram)
    assert await states(play) == {"now": "held", "later": "held"}
    assert await drained(services, telegram, NOON + timedelta(hours=2)) == 0
    async with services.database.read() as tx:
        back = await people.known(tx, services, person.chat)
    assert back is not None
    await people.unblocked(services, back)
    await drained(services, telegram, NOON + timedelta(hours=2))
    assert telegram.texts == ["now", "now", "later"]


async def test_a_429_puts_it_off_and_is_no_try(play: Stage, services: Services) -> None:
    await queue(services, await somebody(services), "later")
    await drained(services, Telegram(Outcome("later", "Too Many Requests", retry_after=7)))
    row = await one(play)
    assert (row["state"], row["due"], row["attempts"]) == ("waiting", NOON + timedelta(seconds=7), 0)


async def test_a_day_without_network_loses_nothing(play: Stage, services: Services) -> None:
    await queue(services, await somebody(services), "at last")
    telegram = Telegram(*[Outcome("never_left", "no route")] * 20)
    now = NOON
    for _ in range(20):
        await drained(services, telegram, now)
        now += timedelta(hours=1)
    assert (await one(play))["state"] == "waiting"
    await drained(services, telegram, now)
    assert await states(play) == {"at last": "sent"}


async def test_a_refusal_fails_with_telegrams_reason_and_is_not_tried_again(play: Stage, services: Services) -> None:
    await queue(services, await somebody(services), "wrong")
    telegram = Telegram(Outcome("refused", "Bad Request: can't parse entities"))
    await drained(services, telegram)
    await drained(services, telegram, NOON + timedelta(days=1))
    row = await one(play)
    assert (row["state"], row["reason"]) == ("failed", "Bad Request: can't parse entities")
    assert telegram.texts == ["wrong"]


async def test_a_lost_answer_counts_as_said_is_marked_and_not_said_twice(play: Stage, services: Services) -> None:
    await queue(services, await somebody(services), "perhaps")
    telegram = Telegram(Outcome("unsure", "ServerDisconnectedError"))
    await drained(services, telegram)
    await drained(services, telegram, NOON + timedelta(days=1))
    row = await one(play)
    assert (row["state"], row["reason"], row["message"]) == ("sent", "ServerDisconnectedError", None)
    assert telegram.texts == ["perhaps"]


async def test_a_failing_telegram_is_tried_with_growing_pauses_and_not_for_ever(
    play: Stage, services: Services
) -> None:
    await queue(services, await somebody(services), "hard")
    telegram, now = Telegram(*[Outcome("failing", "Bad Gateway")] * 20), NOON
    pauses = []
    while (row := await one(play))["state"] == "waiting":
        pauses.append((row["due"] - now).total_seconds())
        now = row["due"]
        await drained(services, telegram, now)
    assert pauses == [0, 30, 60, 120, 240, 300]
    assert (row["state"], row["reason"]) == ("failed", "Bad Gateway")
