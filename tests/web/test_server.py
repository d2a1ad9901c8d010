"""The web edge on both engines: the secret, what is no update, 200 only for what lies there, health and metrics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import insert, select

from bot.faults import StartFault
from bot.inbox import RAW, Failed, Inbox, Verdict
from bot.services import Services
from bot.settings import read_settings
from bot.store.database import Database
from bot.store.tables import communities, people
from bot.store.tables import inbox as rows
from bot.store.tables import notices as notice_rows
from bot.web.server import SECRET, make_app, serve

COMMUNITY = "ringe"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Client = TestClient[Any, Any]


class Edge:
    """A web edge over a database, with handlers that answer as `verdict` says when `goes_on` is set."""

    def __init__(self, database: Database, *, secret: str = "known-to-both", listen: str = "127.0.0.1:0") -> None:
        settings = read_settings(community=COMMUNITY, webhook_secret=secret, listen=listen)
        nothing = cast("Any", None)  # the web edge says nothing, so it needs no words
        self.services = Services(settings, database, nothing, nothing, nothing, nothing, nothing, lambda: NOW)
        self.inbox = Inbox(database, COMMUNITY, lambda: NOW, self._handle, self._give_up)
        self.goes_on = asyncio.Event()
        self.verdict: Verdict = "done"
        self.answered: list[int] = []

    async def _handle(self, raw: RAW) -> Verdict:
        await self.goes_on.wait()
        self.answered.append(raw["update_id"])
        return self.verdict

    async def _give_up(self, _: RAW) -> None:
        """Nobody is told."""

    def client(self) -> Client:
        return TestClient(TestServer(make_app(self.services, self.inbox)))


@pytest.fixture
async def edge(database: Database) -> AsyncIterator[Edge]:
    async with database.write() as tx:
        await tx.execute(insert(communities).values(id=COMMUNITY, record={}, digest=""))
    made = Edge(database)
    yield made
    await made.inbox.close()


def pushed(number: int, chat: int = 1) -> dict[str, Any]:
    return {"update_id": number, "message": {"message_id": 1, "chat": {"id": chat}}}


async def stored(database: Database) -> dict[int, str]:
    async with database.read() as tx:
        return {row.update_id: row.state for row in await tx.execute(select(rows.c.update_id, rows.c.state))}


@pytest.mark.parametrize("shown", [None, "", "guessed", "geheim-ø", "known-to-both "[:-2]])
async def test_without_the_secret_nobody_speaks_as_telegram(edge: Edge, database: Database, shown: str | None) -> None:
    async with edge.client() as client:
        headers = {} if shown is None else {SECRET: shown}
        answer = await client.post("/telegram", json=pushed(1), headers=headers)
        assert answer.status == 403
    assert await stored(database) == {}


async def test_where_no_secret_is_set_there_is_no_webhook(database: Database) -> None:
    async with Edge(database, secret="").client() as client:
        assert (await client.post("/telegram", json=pushed(1), headers={SECRET: ""})).status == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"7", b"{}", b'{"update_id": "7"}', b'{"update_id": -1}', b'{"update_id": 1e99}', b"\xff"],
)
async def test_what_is_no_update_is_refused(edge: Edge, database: Database, body: bytes) -> None:
    async with edge.client() as client:
        answer = await client.post("/telegram", data=body, headers={SECRET: "known-to-both"})
        assert answer.status == 400
    assert await stored(database) == {}


async def test_200_means_that_it_lies_there_answered_or_not(edge: Edge, database: Database) -> None:
    async with edge.client() as client:
        for _ in range(2):
            answer = await client.post("/telegram", json=pushed(7), headers={SECRET: "known-to-both"})
            assert answer.status == 200
            assert await stored(database) == {7: "waiting"}
    edge.goes_on.set()
    await edge.inbox.settle()
    assert edge.answered == [7]


async def test_what_cannot_be_stored_is_sent_again_in_a_moment(edge: Edge, database: Database) -> None:
    async with edge.client() as client:
        async with database.write() as tx:
            await tx.execute(rows.delete())
            await tx.execute(communities.delete())  # no update can belong to it: a database that refuses
        answer = await client.post("/telegram", json=pushed(7), headers={SECRET: "known-to-both"})
        assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
    assert edge.inbox.busy == 0


async def test_health_tells_what_waits_and_for_how_long(edge: Edge, database: Database) -> None:
    async with edge.client() as client:
        assert await (await client.get("/health")).json() == {
            "ok": True,
            "updates_waiting": 0,
            "updates_late_seconds": 0.0,
            "updates_set_aside": 0,
            "notices_late_seconds": 0.0,
        }
        early = NOW - timedelta(seconds=90)
        async with database.write() as tx:
            await tx.execute(insert(rows).values(community=COMMUNITY, update_id=1, payload="{}", received_at=early))
            await tx.execute(
                insert(rows).values(community=COMMUNITY, update_id=2, payload="{}", received_at=early, state="aside")
            )
            await _a_notice(tx, due=NOW - timedelta(seconds=30))
        answer = await client.get("/health")
        assert answer.status == 200
        assert await answer.json() == {
            "ok": True,
            "updates_waiting": 1,
            "updates_late_seconds": 90.0,
            "updates_set_aside": 1,
            "notices_late_seconds": 30.0,
        }
        text = await (await client.get("/metrics")).text()
        assert "brobot_updates_set_aside 1.0" in text
        assert "brobot_notices_late_seconds 30.0" in text


async def _a_notice(tx: Any, due: datetime) -> None:
    person = {"chat_hash": b"h" * 16, "chat": 5, "language": "en", "state": "active", "consent": "1"}
    await tx.execute(insert(people).values(id=1, community=COMMUNITY, consented_at=NOW, **person))
    notice = {"kind": "own", "key": "k", "content": {}, "asked": True, "urgent": True}
    await tx.execute(insert(notice_rows).values(community=COMMUNITY, person=1, due=due, **notice))


async def test_metrics_name_no_person(edge: Edge) -> None:
    edge.goes_on.set()
    edge.verdict = Failed("x")
    async with edge.client() as client:
        await client.post("/telegram", json=pushed(7, chat=4711), headers={SECRET: "known-to-both"})
        assert "4711" not in await (await client.get("/metrics")).text()


async def test_health_without_a_database_is_503(edge: Edge, database: Database) -> None:
    async with edge.client() as client:
        async with database.write() as tx:
            await tx.execute(notice_rows.delete())
            await tx.exec_driver_sql("ALTER TABLE notices RENAME TO elsewhere")
        answer = await client.get("/health")
        assert (answer.status, await answer.json()) == (503, {"ok": False})
        assert "brobot_ok 0.0" in await (await client.get("/metrics")).text()


async def test_a_taken_port_is_named_with_its_mend(edge: Edge, database: Database) -> None:
    async with edge.client() as client:
        taken = Edge(database, listen=f"127.0.0.1:{client.port}")
        with pytest.raises(StartFault, match=f"BROBOT_LISTEN: 127.0.0.1:{client.port} cannot be listened on"):
            await serve(taken.services, taken.inbox)
