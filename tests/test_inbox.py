"""The inbox on both engines: stored before confirmed, in order, set aside and replayed, patient where nothing works."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import asyncpg  # type: ignore[import-untyped] # it has no types
import pytest
from sqlalchemy import event, insert, select, text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

import bot.inbox
from bot.inbox import RAW, Failed, Inbox, Verdict, chat_of, replay, set_aside
from bot.store.database import Database, is_out_of_order
from bot.store.tables import communities
from bot.store.tables import inbox as rows
from tests.postgres import Postgres

COMMUNITY = "ringe"
OUT_OF_ORDER = (DBAPIError, OSError, asyncpg.PostgresError)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def update(number: int, chat: int = 1, words: str = "hej") -> RAW:
    message = {"message_id": number, "chat": {"id": chat}, "from": {"id": chat}, "text": words}
    return {"update_id": number, "message": message}


class Answering:
    """Stands where the handlers stand: keeps what was asked of it and answers as it is told."""

    def __init__(self, answer: Callable[[RAW], Awaitable[Verdict]] | None = None) -> None:
        self.begun: list[int] = []
        self.done: list[int] = []
        self.given_up: list[int] = []
        self._answer = answer

    async def handle(self, raw: RAW) -> Verdict:
        self.begun.append(raw["update_id"])
        verdict = await self._answer(raw) if self._answer else "done"
        if verdict == "done":
            self.done.append(raw["update_id"])
        return verdict

    async def give_up(self, raw: RAW) -> None:
        self.given_up.append(raw["update_id"])


def inbox_of(database: Database, answering: Answering) -> Inbox:
    return Inbox(database, COMMUNITY, lambda: NOW, answering.handle, answering.give_up)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses before another try are short."""
    monkeypatch.setattr(bot.inbox, "FIRST_PAUSE", 0.005)
    monkeypatch.setattr(bot.inbox, "LONGEST_PAUSE", 0.02)


@pytest.fixture
async def kept(database: Database) -> Database:
    """A database with a community, to which updates can belong."""
    async with database.write() as tx:
        await tx.execute(insert(communities).values(id=COMMUNITY, record={}, digest=""))
    return database


async def states(database: Database) -> dict[int, str]:
    async with database.read() as tx:
        found = await tx.execute(select(rows.c.update_id, rows.c.state))
        return {row.update_id: row.state for row in found}


class Outage:
    """Takes the database away from everyone, and gives it back."""

    def __init__(self, database: Database, postgres: Postgres | None) -> None:
        self._database = database
        self._postgres = postgres
        self._read_only = False
        if database.is_sqlite:
            event.listen(database.engine.sync_engine, "connect", self._connected)

    def _connected(self, connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA query_only={'ON' if self._read_only else 'OFF'}")

    async def begins(self) -> None:
        await self._set(away=True)

    async def ends(self) -> None:
        await self._set(away=False)

    async def _set(self, *, away: bool) -> None:
        self._read_only = away
        if self._postgres is not None:
            name = self._database.url.database
            self._postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {'false' if away else 'true'}")
            self._postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        else:
            await self._database.engine.dispose()


@pytest.fixture
def outage(kept: Database, request: pytest.FixtureRequest) -> Outage:
    """SQLite: the disk may not be written any more. PostgreSQL: every connection is cut and none is let in."""
    return Outage(kept, None if kept.is_sqlite else request.getfixturevalue("postgres"))


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


async def test_while_the_database_is_away_nothing_is_confirmed_and_afterwards_nothing_is_lost(
    kept: Database, outage: Outage
) -> None:
    answering = Answering()
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1)], polled=True)
    await inbox.settle()
    await outage.begins()
    with capture_logs() as logs:
        for _ in range(3):
            with pytest.raises(OUT_OF_ORDER) as refused:
                await inbox.take([update(2, chat=2)], polled=True)
            assert is_out_of_order(refused.value)
        with pytest.raises(OUT_OF_ORDER):
            await inbox.take_one(update(3, chat=3))
    told = [line for line in logs if "cannot be stored" in line["event"]]
    assert len(told) == 1
    assert told[0]["cause"]
    await outage.ends()
    assert await inbox.confirmed() == 1
    assert inbox.busy == 0
    await inbox.take([update(2, chat=2)], polled=True)
    await inbox.take_one(update(3, chat=3))
    await inbox.settle()
    assert answering.done == [1, 2, 3]


async def test_what_was_answered_while_the_database_was_away_is_marked_and_not_answered_again(
    kept: Database, outage: Outage
) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def answer(_: RAW) -> Verdict:
        begun.set()
        await goes_on.wait()
        return "done"

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1)], polled=True)
    await begun.wait()
    await outage.begins()
    goes_on.set()
    await asyncio.sleep(0.1)
    assert inbox.busy == 1
    await outage.ends()
    await inbox.settle()
    await inbox.recover()
    await inbox.settle()
    assert answering.begun == [1]
    assert await states(kept) == {1: "done"}


async def test_a_handler_that_finds_the_database_away_is_tried_until_it_is_back(kept: Database, outage: Outage) -> None:
    async def answer(raw: RAW) -> Verdict:
        async with kept.write() as tx:
            await tx.execute(text("UPDATE communities SET digest = 'seen'"))
        return "done"

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1)], polled=True)
    await inbox.settle()
    blocked = Answering(answer)
    heir = inbox_of(kept, blocked)
    begun = asyncio.Event()

    async def first_an_outage(raw: RAW) -> Verdict:
        if not begun.is_set():
            await outage.begins()
            begun.set()
        return await answer(raw)

    blocked._answer = first_an_outage
    await heir.take([update(2)], polled=True)
    await begun.wait()
    await asyncio.sleep(0.1)
    assert blocked.done == []
    await outage.ends()
    await heir.settle()
    assert blocked.done == [2]
    assert blocked.given_up == []


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_a_full_disk_confirms_nothing_and_takes_all_when_there_is_room(kept: Database) -> None:
    room = 0

    def limit(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={room}")

    async with kept.read() as tx:
        room = int(await tx.scalar(text("PRAGMA page_count")) or 0)
    event.listen(kept.engine.sync_engine, "connect", limit)
    await kept.engine.dispose()
    answering = Answering()
    inbox = inbox_of(kept, answering)
    long = [update(number, chat=number, words="ord " * 4_000) for number in range(1, 9)]
    with pytest.raises(DBAPIError, match="full"):
        await inbox.take(long, polled=True)
    assert await inbox.confirmed() is None
    assert await states(kept) == {}
    room = 1_000_000
    await kept.engine.dispose()
    await inbox.take(long, polled=True)
    await inbox.settle()
    assert sorted(answering.done) == list(range(1, 9))


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
