"""The way out of announcements: claims deliveries in batches, keeps the line to Telegram full, records in batches.

It is the outbox for many (docs/decisions/0015): the same push, the same pace in its last lane, the same rules of stop,
quiet hours and cap; other rows, and no pause between two batches.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.announcing.bubbles import messages
from bot.clock import Clock, system_clock
from bot.core.announcing.model import Announcement, Version
from bot.core.announcing.plan import chosen
from bot.core.model import Person
from bot.core.quiet import allowed_at, is_quiet
from bot.core.say import Message
from bot.outbox import LEASE, LOOK_BACK, MOST_ATTEMPTS, RECORD_PAUSE, SEEN_THROUGH
from bot.people import blocked
from bot.services import Services
from bot.store import announcements, deliveries, people
from bot.store.audiences import unasked_since
from bot.store.database import Tx, is_out_of_order, reason_of
from bot.store.deliveries import Claim, Settled
from bot.telegram.errors import Outcome

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 500
RECORD_EVERY = 0.25
"""Seconds after which what has left is written down at the latest: a crash forgets no more than that."""

RECORD_AT = 50
"""How many are written down at once at the latest, however fast they go."""

GONE = ("deactivated", "chat not found", "user not found", "peer_id_invalid")
"""What Telegram says of an account that is no more, as against one that has blocked us. Lower case."""

PART_TRIES = 5

Send = Callable[[Person, Message, Callable[[], bool]], Awaitable[tuple[Outcome, int | None]]]
"""Pushes a message to a person's chat in the announcements' lane; gives what became of it and the message's number."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery that may go out now, and the messages it has become."""

    claim: Claim
    person: Person
    version: Version
    messages: tuple[Message, ...]


@dataclass
class Delivery:
    """One run: sends until nothing is due any more, or until it is told to end."""

    services: Services
    send: Send
    clock: Clock
    claimed: int = 0
    _ending: bool = False
    _under_way: int = 0
    _settled: list[Settled] = field(default_factory=list)
    _room: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def batch(self) -> int:
        """About a second's messages: the next batch is claimed when one is left, so no more than two are in flight."""
        return min(MOST_AT_ONCE, max(30, int(self.services.settings.rate)))

    async def run(self) -> int:
        """Gives how many deliveries were claimed. Cut short, it lets what has left be answered and recorded."""
        work = asyncio.ensure_future(self._work())
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self._ending = True
            await asyncio.wait((work,), timeout=SEEN_THROUGH)
            work.cancel()
            raise

    async def _work(self) -> int:
        more = True
        while True:
            self._room.clear()
            if more and not self._ending and self._under_way < self.batch:
                ready, more = await self._claim()
                for each in ready:
                    self._begin(each)
            if self._under_way:
                await self._wait()
            await self._record()
            if not self._under_way and (self._ending or not more):
                return self.claimed

    async def _wait(self) -> None:
        """Until another batch can be claimed, or what has come back has lain unrecorded for long enough."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(RECORD_EVERY):
                await self._room.wait()

    def _begin(self, ready: Ready) -> None:
        self._under_way += 1
        task = asyncio.create_task(self._push(ready))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _claim(self) -> tuple[list[Ready], bool]:
        """A batch, shared evenly by the announcements that are being sent; and whether there may be more."""
        services, now, at = self.services, self.clock(), system_clock()
        async with services.database.write() as tx:
            # With some of ours under way nothing is taken back: a long silence that Telegram asks for outlasts a lease.
            if not self._under_way and (lost := await deliveries.take_back(tx, services.community, at)):
                log.warning("deliveries of a process that is no more are sent again", deliveries=lost)
            ripe = await deliveries.ripe(tx, services.community, now, quiet=is_quiet(now))
            claims: list[Claim] = []
            for number in ripe:
                share = -(-self.batch // len(ripe))
                claims += await deliveries.claim(tx, services.community, number, now, share, at + LEASE)
        self.claimed += len(claims)
        return (await self._decide(claims, now) if claims else []), bool(claims)

    async def _decide(self, claims: Sequence[Claim], now: datetime) -> list[Ready]:
        """What may not be said now is settled or put off; the rest becomes messages."""
        community = self.services.community
        found: list[Ready] = []
        async with self.services.database.read() as tx:
            persons = await people.by_ids(tx, community, {each.person for each in claims})
            sent = await unasked_since(tx, community, [each.person for each in claims], now - LOOK_BACK)
            told = await self._announcements(tx, claims)
        for claim in claims:
            person, announcement = persons.get(claim.person), told.get(claim.announcement)
            if person is None or announcement is None:
                continue  # erased meanwhile: the row is gone too
            verdict = _verdict(announcement, claim, person, sent.get(person.id, []), now)
            version = chosen(announcement, person.language)
            if verdict is not None:
                self._settled.append(verdict)
            elif version is None:
                self._settled.append(Settled(claim.announcement, claim.person, "held", now))
            else:
                reader = replace(person, language=version.language)
                found.append(Ready(claim, reader, version, messages(self.services.guide, announcement, version)))
        return found

    async def _announcements(self, tx: Tx, claims: Sequence[Claim]) -> dict[int, Announcement]:
        numbers = {each.announcement for each in claims}
        found = [await announcements.one(tx, self.services.community, each) for each in sorted(numbers)]
        return {each.id: each for each in found if each is not None}

    async def _push(self, ready: Ready) -> None:
        claim, services = ready.claim, self.services

        def wanted() -> bool:
            off = claim.person in services.silenced or claim.announcement in services.hushed
            return not (self._ending or off)

        try:
            outcome, numbers = await self._push_all(ready, wanted)
            if outcome.kind == "blocked":
                await self._unhurt(blocked(services, ready.person, self.clock()))
            self._settled.append(self._judge(ready, outcome, numbers))
        except Exception as error:  # one that cannot be sent holds up no other
            log.exception("a delivery cannot be sent", announcement=claim.announcement)
            self._settled.append(self._judge(ready, Outcome("failing", type(error).__name__), ()))
        finally:
            self._under_way -= 1
            if self._under_way in (0, self.batch - 1) or len(self._settled) >= RECORD_AT:
                self._room.set()

    async def _push_all(self, ready: Ready, wanted: Callable[[], bool]) -> tuple[Outcome, tuple[int, ...]]:
        """All bubbles in their order. Once the first has arrived, the others are tried with patience."""
        numbers: list[int] = []
        for message in ready.messages:
            for attempt in range(1, PART_TRIES + 1):
                outcome, number = await self.send(ready.person, message, wanted)
                if outcome.kind not in ("later", "never_left", "failing") or not numbers or attempt == PART_TRIES:
                    break
                await asyncio.sleep(outcome.retry_after or float(attempt))
            if number is not None:
                numbers.append(number)
            if outcome.kind not in ("delivered", "unsure"):
                break
        if numbers and outcome.kind != "delivered":
            return Outcome("unsure", "not all of it is known to have arrived"), tuple(numbers)
        return outcome, tuple(numbers)

    def _judge(self, ready: Ready, outcome: Outcome, numbers: tuple[int, ...]) -> Settled:
        """What an outcome makes of a delivery. A lost answer counts as sent: better once than twice."""
        now, claim = self.clock(), ready.claim
        basis = Settled(claim.announcement, claim.person, "sent", now, version=ready.version.language)
        reason = outcome.reason.lower()
        match outcome.kind:
            case "delivered":
                return replace(basis, numbers=numbers)
            case "unsure":
                return replace(basis, numbers=numbers, reason="unsure")
            case "blocked":
                gone = any(each in reason for each in GONE)
                return replace(basis, state="gone" if gone else "blocked", version=None, reason=outcome.reason)
            case "refused":
                return replace(basis, state="failed", version=None, reason=outcome.reason)
            case "unwanted":
                if claim.person in self.services.silenced:
                    return replace(basis, state="stopped", version=None)
                return replace(basis, state="waiting", due=now, tried=False)
            case "failing" if claim.attempts >= MOST_ATTEMPTS:
                return replace(basis, state="failed", version=None, reason=outcome.reason)
            case "failing":
                return replace(basis, state="waiting", due=now + timedelta(seconds=min(300.0, 7.5 * 2**claim.attempts)))
            case _:
                wait = outcome.retry_after or {"never_left": 15.0, "unauthorised": 60.0}.get(outcome.kind, 1.0)
                return replace(basis, state="waiting", due=now + timedelta(seconds=wait), tried=False)

    async def _unhurt(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception as error:
            if not is_out_of_order(error):
                raise
            log.error("a block cannot be recorded", cause=reason_of(error))

    async def _record(self) -> None:
        """Writes down what has come back; a database that is out of order is waited for."""
        while self._settled:
            batch, self._settled = self._settled, []
            try:
                async with self.services.database.write() as tx:
                    await deliveries.settle(tx, batch)
            except Exception as error:
                self._settled = batch + self._settled
                if not is_out_of_order(error):
                    raise
                log.error("deliveries cannot be recorded, trying again", cause=reason_of(error), deliveries=len(batch))
                await asyncio.sleep(RECORD_PAUSE)


def _verdict(
    announcement: Announcement, claim: Claim, person: Person, sent: Sequence[datetime], now: datetime
) -> Settled | None:
    """None: say it now. Otherwise what it becomes instead."""
    basis = Settled(claim.announcement, claim.person, "late", now)
    if announcement.until is not None and announcement.until <= now:
        return basis
    if claim.attempts > MOST_ATTEMPTS:
        return replace(basis, state="failed", reason="tried too often")
    if person.state != "active":
        return replace(basis, state="stopped" if person.state == "stopped" else "blocked")
    if announcement.urgent:
        return None
    at = allowed_at(now, sent)
    if at <= now:
        return None
    if announcement.until is not None and at >= announcement.until:
        return replace(basis, reason="cap")
    return replace(basis, state="waiting", due=at, tried=False, reason="cap")


async def drain(services: Services, send: Send) -> int:
    """Sends everything that is due to many; gives how many deliveries were claimed."""
    async with services.database.read() as tx:
        now, at = services.clock(), system_clock()
        ripe = await deliveries.ripe(tx, services.community, now, quiet=is_quiet(now))
        lost = await deliveries.oldest_claim(tx, services.community, at)
    return await Delivery(services, send, services.clock).run() if ripe or lost else 0


async def recover(services: Services) -> int:
    """At the start, before anyone drains: what a dead predecessor was sending waits again; gives how many."""
    async with services.database.write() as tx:
        return await deliveries.take_back(tx, services.community, None)
