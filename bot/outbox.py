"""The outbox: the one way by which we say something unasked. Claims what is due, decides, sends, records."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.core.model import Person
from bot.core.quiet import allowed_at, asked_for_at
from bot.core.say import Message
from bot.people import blocked
from bot.services import Services
from bot.store import notices, people
from bot.store.notices import Notice
from bot.telegram.errors import Outcome
from bot.telling import Telling, tell

log = structlog.get_logger(__name__)

BATCH = 60
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 6
LOOK_BACK = timedelta(days=8)

Send = Callable[[Person, Message, "Wanted"], Awaitable[tuple[Outcome, int | None]]]
"""Pushes a message to a person's chat; gives what became of it and the message's number."""

Wanted = Callable[[], bool]
"""Asked at the last moment before a push: whether the person still wants it."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A notice that may go out now, and the message it has become."""

    notice: Notice
    person: Person
    message: Message


async def drain(services: Services, send: Send, now: datetime) -> int:
    """Says everything that is due at `now`; gives how many notices were claimed."""
    claimed = 0
    while True:
        async with services.database.write() as tx:
            batch = await notices.claim(tx, services.community, now, BATCH, LEASE)
        if not batch:
            return claimed
        claimed += len(batch)
        ready = await _decide(services, batch, now)
        await asyncio.gather(*(_push(services, send, each, now) for each in ready))


async def _decide(services: Services, batch: Sequence[Notice], now: datetime) -> list[Ready]:
    """Settles what must not be said now, and renders the rest from how things stand."""
    community = services.community
    ready: list[Ready] = []
    silent: dict[notices.NoticeState, list[int]] = {}
    later: list[tuple[int, datetime]] = []
    async with services.database.read() as tx:
        persons = await people.by_ids(tx, community, {each.person for each in batch})
        unasked = [each.person for each in batch if not each.asked]
        sent = await notices.unasked_since(tx, community, unasked, now - LOOK_BACK) if unasked else {}
        for notice in batch:
            person = persons.get(notice.person)
            verdict = _verdict(notice, person, sent.get(notice.person, []), now)
            if isinstance(verdict, datetime):
                later.append((notice.id, verdict))
            elif verdict is not None or person is None:
                silent.setdefault(verdict or "skipped", []).append(notice.id)
            else:
                message = await tell(Telling(tx, services.guide, notice, person, now))
                if message is None:
                    silent.setdefault("skipped", []).append(notice.id)
                    continue
                ready.append(Ready(notice, person, message))
                if not notice.asked:
                    sent.setdefault(notice.person, []).append(now)
    if silent or later:
        async with services.database.write() as tx:
            for state, ids in silent.items():
                await notices.settle(tx, ids, state, now)
            for number, due in later:
                await notices.put_off(tx, number, due, tried=False)
    return ready


def _verdict(
    notice: Notice, person: Person | None, sent: Sequence[datetime], now: datetime
) -> notices.NoticeState | datetime | None:
    """None: say it now. A moment: not before then. A state: it is settled without a word."""
    if person is None or (notice.too_late is not None and notice.too_late <= now):
        return "skipped"
    if person.state == "stopped" and notice.kind != "reply":
        return "stopped"
    if person.state == "blocked":
        return "held"
    at = asked_for_at(now, urgent=notice.urgent) if notice.asked else allowed_at(now, sent)
    if at <= now:
        return None
    if notice.too_late is not None and at >= notice.too_late:
        return "skipped"
    return at


async def _push(services: Services, send: Send, ready: Ready, now: datetime) -> None:
    """Sends one and records what became of it. A lost answer counts as sent: better once than twice."""
    notice, person = ready.notice, ready.person
    async with services.database.read() as tx:
        if notice.id not in await notices.still_wanted(tx, [notice.id]):
            return
    outcome, message = await send(person, ready.message, lambda: person.id not in services.silenced)
    record = _RECORD.get(outcome.kind)
    if outcome.kind == "blocked":
        await blocked(services, person, now)
    async with services.database.write() as tx:
        if outcome.kind == "delivered" and message is not None:
            await notices.settle_sent(tx, {notice.id: message}, now)
        elif record is not None:
            await notices.settle(tx, [notice.id], record, now, reason=outcome.reason[:200])
        elif notice.attempts >= MOST_ATTEMPTS and outcome.kind != "later":
            await notices.settle(tx, [notice.id], "failed", now, reason=outcome.reason[:200])
        else:
            wait = timedelta(seconds=outcome.retry_after or min(300, 2.0**notice.attempts))
            await notices.put_off(tx, notice.id, now + wait, tried=outcome.kind != "later")
    if outcome.kind != "delivered":
        log.info("notice not delivered", notice=notice.id, kind=notice.kind, outcome=outcome.kind)


_RECORD: Mapping[str, notices.NoticeState] = {
    "delivered": "sent",
    "unsure": "sent",
    "refused": "failed",
    "blocked": "held",
    "unwanted": "stopped",
}
