"""The outbox on both engines: each notice is claimed once, and said in its time or not at all."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot import outbox, people, privacy
from bot.clock import system_clock
from bot.core.model import Person
from bot.core.say import Message
from bot.services import Services
from bot.store import notices
from bot.store.notices import NewNotice
from bot.store.tables import claims
from bot.store.tables import notices as rows
from bot.telegram.errors import DELIVERED, Outcome
from tests.flows.outboxes import (
    NOON,
    Telegram,
    claimed_by_a_dead_process,
    drained,
    one,
    queue,
    services,
    somebody,
    states,
)
from tests.flows.stage import Stage

pytestmark = pytest.mark.both_engines

__all__ = ["services"]


async def test_what_is_due_is_said_longest_due_first_and_the_rest_waits(play: Stage, services: Services) -> None:
    person, telegram = await somebody(services), Telegram()
    await queue(services, person, "second", due=NOON - timedelta(minutes=1))
    await queue(services, person, "first", due=NOON - timedelta(minutes=2))
    await queue(services, person, "tomorrow", due=NOON + timedelta(days=1))
    assert await drained(services, telegram) == 2
    assert telegram.texts == ["first", "second"]
    assert await states(play) == {"first": "sent", "second": "sent", "tomorrow": "waiting"}


async def test_a_notice_that_was_said_keeps_the_number_of_its_bubble(play: Stage, services: Services) -> None:
    await queue(services, await somebody(services), "once")
    await drained(services, Telegram())
    row = await one(play)
    assert (row["message"], row["settled_at"]) == (1, NOON)
    assert not await play.rows(claims)


async def test_drains_side_by_side_say_everything_once(play: Stage, services: Services) -> None:
    telegram = Telegram()
    texts = [f"n{number}" for number in range(300)]
    await queue(services, await somebody(services), *texts)
    claimed = await asyncio.gather(*(drained(services, telegram) for _ in range(4)))
    assert sum(claimed) == 300
    assert Counter(telegram.texts) == Counter(texts)


async def test_a_moved_clock_does_not_let_a_second_drain_take_what_is_being_sent(services: Services) -> None:
    sending, goes_on = asyncio.Event(), asyncio.Event()

    async def slow(_person: Person, _text: str) -> Outcome:
        sending.set()
        await goes_on.wait()
        return DELIVERED

    telegram = Telegram(answer=slow)
    await queue(services, await somebody(services), "once")
    first = asyncio.create_task(drained(services, telegram))
    await sending.wait()
    assert await drained(services, telegram, NOON + timedelta(hours=26)) == 0
    goes_on.set()
    await first
    assert telegram.texts == ["once"]


async def test_a_claim_that_ran_out_is_taken_again(services: Services) -> None:
    telegram = Telegram()
    await queue(services, await somebody(services), "again")
    await claimed_by_a_dead_process(services, system_clock() - timedelta(seconds=1))
    await drained(services, telegram)
    assert telegram.texts == ["again"]


async def test_a_start_takes_back_at_once_what_its_dead_predecessor_was_sending(services: Services) -> None:
    telegram = Telegram()
    await queue(services, await somebody(services), "again")
    await claimed_by_a_dead_process(services, system_clock() + timedelta(minutes=2))
    assert await drained(services, telegram) == 0
    assert await outbox.recover(services) == 1
    await drained(services, telegram)
    assert telegram.texts == ["again"]


async def test_a_stop_reaches_what_is_queued_claimed_and_waiting_for_its_turn(play: Stage, services: Services) -> None:
    person, other = await somebody(services), await somebody(services, 502)
    sending = asyncio.Event()

    async def stops_meanwhile(_person: Person, _text: str) -> Outcome:
        await people.stop(services, person, NOON)
        sending.set()
        return DELIVERED

    await queue(services, person, "claimed", "queued")
    await queue(services, other, "other", due=NOON - timedelta(minutes=1))
    telegram = Telegram(answer=stops_meanwhile)
    waits_for_its_turn = telegram.send

    async def send(to: Person, message: Message, wanted: outbox.Wanted) -> tuple[Outcome, int | None]:
        if to.id == person.id:
            await sending.wait()
        return await waits_for_its_turn(to, message, wanted)

    while await outbox.drain(services, send, NOON):
        pass
    assert telegram.texts == ["other"]
    assert await states(play) == {"claimed": "stopped", "queued": "stopped", "other": "sent"}


async def test_what_was_stopped_and_is_wanted_again_is_said(play: Stage, services: Services) -> None:
    person, telegram = await somebody(services), Telegram()
    await queue(services, person, "reminder")
    await people.stop(services, person, NOON)
    await people.start_again(services, person, NOON)
    await queue(services, person, "reminder")
    row = await one(play)
    assert (row["state"], row["settled_at"]) == ("waiting", None)
    await drained(services, telegram)
    assert telegram.texts == ["reminder"]


async def test_what_is_too_late_is_skipped(play: Stage, services: Services) -> None:
    await queue(services, await somebody(services), "late", due=NOON - timedelta(hours=2), too_late=NOON)
    telegram = Telegram()
    await drained(services, telegram)
    assert telegram.texts == []
    assert await states(play) == {"late": "skipped"}


async def test_in_the_quiet_hours_it_waits_for_the_morning_unless_it_was_asked_for_to_the_minute(
    play: Stage, services: Services
) -> None:
    night = NOON.replace(hour=22)
    person, telegram = await somebody(services), Telegram()
    await queue(services, person, "morning", urgent=False)
    await queue(services, person, "minute", urgent=True)
    await queue(services, person, "in vain", urgent=False, too_late=night + timedelta(hours=2))
    await drained(services, telegram, night)
    assert telegram.texts == ["minute"]
    assert await states(play) == {"morning": "waiting", "minute": "sent", "in vain": "skipped"}
    morning = NOON.replace(day=24, hour=8)
    assert {row["due"] for row in await play.rows(rows) if row["state"] == "waiting"} == {morning}
    await drained(services, telegram, morning)
    assert telegram.texts == ["minute", "morning"]


async def test_of_what_nobody_asked_for_one_is_said_a_day_and_three_a_week(services: Services) -> None:
    person, telegram = await somebody(services), Telegram()
    await queue(services, person, *(f"n{number}" for number in range(5)), asked=False, urgent=False)
    said = []
    for day in range(8):
        await drained(services, telegram, NOON + timedelta(days=day))
        said.append(len(telegram.sent))
    assert said == [1, 2, 3, 3, 3, 3, 3, 4]


async def test_of_two_kept_for_a_morning_the_one_that_is_sooner_of_no_use_goes_first(services: Services) -> None:
    person, telegram = await somebody(services), Telegram()
    for name, days in (("week", 6), ("visit", 1)):
        await queue(services, person, name, asked=False, urgent=False, too_late=NOON + timedelta(days=days))
    for day in range(3):
        await drained(services, telegram, NOON + timedelta(days=day))
    assert telegram.texts == ["visit", "week"]


async def test_who_is_erased_is_told_nothing(play: Stage, services: Services) -> None:
    person, telegram = await somebody(services), Telegram()
    await queue(services, person, "never")
    await privacy.erase(services, person, NOON)
    assert await drained(services, telegram) == 0
    assert await play.rows(rows) == []


async def test_a_kind_that_nobody_knows_says_nothing(play: Stage, services: Services) -> None:
    await queue(services, await somebody(services), "of a newer Brobot", kind="telepathy")
    telegram = Telegram()
    await drained(services, telegram)
    assert telegram.texts == []
    assert await states(play) == {"of a newer Brobot": "skipped"}


async def test_one_that_cannot_be_rendered_holds_up_no_other(play: Stage, services: Services) -> None:
    person, telegram = await somebody(services), Telegram()
    async with services.database.write() as tx:
        await notices.add(tx, services.community, [NewNotice(person.id, "own", "broken", NOON, urgent=True)])
    await queue(services, person, "well")
    with capture_logs() as logs:
        await drained(services, telegram)
    assert [line["event"] for line in logs] == ["a notice cannot be said"]
    assert telegram.texts == ["well"]
    assert await states(play) == {"broken": "failed", "well": "sent"}


async def test_one_that_cannot_be_sent_holds_up_no_other(play: Stage, services: Services) -> None:
    async def breaks(_person: Person, said: str) -> Outcome:
        if said == "broken":
            raise ValueError(said)
        return DELIVERED

    telegram = Telegram(answer=breaks)
    await queue(services, await somebody(services), "broken", "well")
    with capture_logs() as logs:
        await drained(services, telegram)
    assert logs[0]["event"] == "a notice cannot be sent"
    assert await states(play) == {"broken": "waiting", "well": "sent"}


async def test_one_that_kills_its_process_each_time_is_given_up(play: Stage, services: Services) -> None:
    await queue(services, await somebody(services), "deadly")
    for _ in range(outbox.MOST_ATTEMPTS):
        await claimed_by_a_dead_process(services, system_clock())
        await outbox.recover(services)
    telegram = Telegram()
    await drained(services, telegram)
    assert telegram.texts == []
    assert await states(play) == {"deadly": "failed"}


async def test_who_is_told_to_stop_sees_the_batch_through(play: Stage, services: Services) -> None:
    sending, goes_on = asyncio.Event(), asyncio.Event()

    async def slow(_person: Person, _text: str) -> Outcome:
        sending.set()
        await goes_on.wait()
        return DELIVERED

    await queue(services, await somebody(services), "once")
    draining = asyncio.create_task(drained(services, Telegram(answer=slow)))
    await sending.wait()
    draining.cancel()
    await asyncio.sleep(0)
    goes_on.set()
    with pytest.raises(asyncio.CancelledError):
        await draining
    assert await states(play) == {"once": "sent"}
