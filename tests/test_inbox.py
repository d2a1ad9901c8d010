"""The inbox on both engines: stored before confirmed, answered in order, set aside and replayed."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from sqlalchemy import event, select
from structlog.testing import capture_logs

from bot.inbox import RAW, Failed, Verdict, chat_of, replay, set_aside
from bot.store.database import Database
from bot.store.tables import inbox as rows
from tests.inboxes import (
    COMMUNITY,
    NOW,
    Answering,
    hurried,
    inbox_of,
    kept,
    outage,
    states,
    update,
)

__all__ = ["hurried", "kept", "outage"]


async def test_an_update_is_stored_before_it_is_confirmed_and_answered_after(kept: Database) -> None:
    goes_on = asyncio.Event()

    async def waits(_: RAW) -> Verdict:
        await goes_on.wait()
        return "done"

    inbox = inbox_of(kept, Answering(waits))
    await inbox.take([update(7)], polled=True)
    assert await inbox.confirmed() == 7
    assert await states(kept) == {7: "waiting"}
    goes_on.set()
    await inbox.settle()
    assert await states(kept) == {7: "done"}
    assert inbox.busy == 0


async def test_what_was_written_is_forgotten_when_it_is_answered(kept: Database) -> None:
    inbox = inbox_of(kept, Answering())
    await inbox.take([update(7, words="my child is ill")], polled=True)
    await inbox.settle()
    async with kept.read() as tx:
        assert (await tx.execute(select(rows.c.payload))).scalars().all() == [None]


async def test_a_known_update_is_passed_over_while_it_waits_and_after_it_was_answered(kept: Database) -> None:
    answering = Answering()
    inbox = inbox_of(kept, answering)
    await inbox.take([update(7)], polled=True)
    await inbox.take([update(7), update(8)], polled=True)
    await inbox.settle()
    await inbox.take([update(7)], polled=True)
    await inbox_of(kept, answering).take([update(7)], polled=True)
    await inbox.settle()
    assert answering.done == [7, 8]


async def test_updates_of_one_chat_keep_their_order_while_others_go_by(kept: Database) -> None:
    first_may_go = asyncio.Event()

    async def answer(raw: RAW) -> Verdict:
        if raw["update_id"] == 1:
            await first_may_go.wait()
        return "done"

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1, chat=1), update(2, chat=1), update(3, chat=2)], polled=True)
    await inbox.take([update(4, chat=1), update(5, chat=3)], polled=True)
    while len(answering.done) < 2:
        await asyncio.sleep(0.001)
    assert sorted(answering.done) == [3, 5]
    first_may_go.set()
    await inbox.settle()
    assert [number for number in answering.done if number in {1, 2, 4}] == [1, 2, 4]


async def test_one_that_fails_three_times_is_set_aside_the_person_is_told_and_the_next_is_answered(
    kept: Database,
) -> None:
    async def answer(raw: RAW) -> Verdict:
        return Failed("KeyError") if raw["update_id"] == 1 else "done"

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1), update(2)], polled=True)
    await inbox.settle()
    assert answering.begun == [1, 1, 1, 2]
    assert answering.given_up == [1]
    assert await set_aside(kept, COMMUNITY) == ((1, "KeyError", NOW),)
    assert inbox.busy == 0


async def test_a_handler_that_raises_fails_its_update_and_no_other(kept: Database) -> None:
    async def answer(raw: RAW) -> Verdict:
        if raw["update_id"] == 1:
            raise LookupError("a name nobody may read in a log")
        return "done"

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    with capture_logs():
        await inbox.take([update(1), update(2), update(3, chat=2)], polled=True)
        await inbox.settle()
    assert sorted(answering.done) == [2, 3]
    assert [error for _, error, _ in await set_aside(kept, COMMUNITY)] == ["LookupError"]


async def test_an_update_that_was_set_aside_is_answered_after_a_replay(kept: Database) -> None:
    well = False

    async def answer(_: RAW) -> Verdict:
        return "done" if well else Failed("ValueError")

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1, words="football")], polled=True)
    await inbox.settle()
    well = True
    assert await replay(kept, COMMUNITY, [1, 99]) == 1
    assert await inbox.recover() == 1
    await inbox.settle()
    assert answering.done == [1]
    assert await set_aside(kept, COMMUNITY) == ()


async def test_failures_are_counted_over_the_deaths_of_processes(kept: Database) -> None:
    failed_once = asyncio.Event()

    async def fails_once(_: RAW) -> Verdict:
        if failed_once.is_set():
            await asyncio.Event().wait()
        failed_once.set()
        return Failed("ValueError")

    dying = inbox_of(kept, Answering(fails_once))
    await dying.take([update(1)], polled=True)
    await failed_once.wait()
    while (await _attempts(kept)) != 1:
        await asyncio.sleep(0.001)
    await dying.close()

    async def fails(_: RAW) -> Verdict:
        return Failed("ValueError")

    heir_answers = Answering(fails)
    heir = inbox_of(kept, heir_answers)
    assert await heir.recover() == 1
    await heir.settle()
    assert heir_answers.begun == [1, 1]
    assert await states(kept) == {1: "aside"}


async def _attempts(database: Database) -> int:
    async with database.read() as tx:
        return int(await tx.scalar(select(rows.c.attempts)) or 0)


async def test_what_a_dead_process_left_is_answered_in_its_order_and_what_it_answered_is_not(kept: Database) -> None:
    dying = inbox_of(kept, Answering())
    await dying.take([update(1)], polled=True)
    await dying.settle()
    await dying.close()
    await dying.take([update(3), update(2), update(4, chat=2)], polled=True)
    answering = Answering()
    heir = inbox_of(kept, answering)
    assert await heir.recover() == 3
    await heir.settle()
    assert [number for number in answering.done if number in {1, 2, 3}] == [2, 3]
    assert set(await states(kept)) == {1, 2, 3, 4}
    assert set((await states(kept)).values()) == {"done"}


async def test_looking_for_what_lies_there_answers_nothing_twice(kept: Database) -> None:
    answering = Answering()
    inbox = inbox_of(kept, answering)
    ended = asyncio.Event()

    async def looks() -> None:
        while not ended.is_set():
            await inbox.recover()

    looking = asyncio.create_task(looks())
    for start in range(0, 200, 10):
        await inbox.take([update(start + each, chat=start + each) for each in range(10)], polled=True)
    while inbox.busy:
        await asyncio.sleep(0.001)
    ended.set()
    await looking
    await inbox.settle()
    assert Counter(answering.begun) == Counter(range(200))


async def test_what_stands_in_the_way_is_waited_for_and_does_not_count_as_a_failure(kept: Database) -> None:
    tries = 0

    async def answer(_: RAW) -> Verdict:
        nonlocal tries
        tries += 1
        return "done" if tries > 6 else "again"

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1)], polled=True)
    await inbox.settle()
    assert answering.begun == [1] * 7
    assert await states(kept) == {1: "done"}


async def test_an_answer_that_may_have_arrived_is_repeated_twice_and_no_more(kept: Database) -> None:
    async def unsure(_: RAW) -> Verdict:
        return "unsure"

    answering = Answering(unsure)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1)], polled=True)
    await inbox.settle()
    assert answering.begun == [1, 1, 1]
    assert await states(kept) == {1: "done"}


async def test_many_updates_of_a_webhook_share_a_commit(kept: Database) -> None:
    commits = 0

    def count(_connection: object) -> None:
        nonlocal commits
        commits += 1

    inbox = inbox_of(kept, Answering())
    event.listen(kept.engine.sync_engine, "commit", count)
    await asyncio.gather(*(inbox.take_one(update(number, chat=number)) for number in range(100)))
    assert len(await states(kept)) == 100
    await inbox.settle()
    assert commits < 20


async def test_closing_sees_through_what_is_under_way_and_begins_nothing_more(kept: Database) -> None:
    goes_on, begun = asyncio.Event(), asyncio.Event()

    async def answer(_: RAW) -> Verdict:
        begun.set()
        await goes_on.wait()
        return "done"

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1), update(2)], polled=True)
    await begun.wait()
    closing = asyncio.create_task(inbox.close(within=5))
    await asyncio.sleep(0)
    goes_on.set()
    await closing
    assert answering.done == [1]
    assert await states(kept) == {1: "done", 2: "waiting"}


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        (update(1, chat=5), 5),
        ({"update_id": 1, "callback_query": {"from": {"id": 3}, "message": {"chat": {"id": -7}}}}, -7),
        ({"update_id": 1, "callback_query": {"from": {"id": 3}}}, 3),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 4}, "from": {"id": 3}}}, 4),
        ({"update_id": 1, "poll_answer": {"user": {"id": 6}}}, 6),
        ({"update_id": 1, "message": "not a message"}, 0),
        ({"update_id": 1, "callback_query": {"message": "not a message", "from": {"id": "x"}}}, 0),
    ],
)
def test_the_chat_whose_order_an_update_keeps(raw: RAW, chat: int) -> None:
    assert chat_of(raw) == chat
