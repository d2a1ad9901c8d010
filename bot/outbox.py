"""The outbox: the one way by which we say something unasked. Claims what is due, decides, sends, records."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog

from bot.clock import system_clock
from bot.core.model import Person
from bot.core.quiet import allowed_at, asked_for_at
from bot.core.say import Message
from bot.people import blocked
from bot.services import Services
from bot.store import audiences, notices, people
from bot.store.database import Tx, is_out_of_order, reason_of
from bot.store.notices import Notice, NoticeState
from bot.telegram.errors import Outcome, OutcomeKind
from bot.telling import Telling, tell

log = structlog.get_logger(__name__)

BATCH = 60
LEASE = timedelta(minutes=2)
"""Real time after which a claim's process is thought dead; a batch leaves in seconds."""

MOST_ATTEMPTS = 6
LOOK_BACK = timedelta(days=8)
REASON_LONGEST = 200
RECORD_PAUSE = 1.0
"""Seconds between two tries to write down what has left, while the database is out of order."""

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


@dataclass(slots=True)
class Decided:
    """What becomes of a batch: said now, put off, or settled without a word (state and reason)."""

    ready: list[Ready] = field(default_factory=list)
    later: list[tuple[int, datetime]] = field(default_factory=list)
    silent: dict[tuple[NoticeState, str | None], list[int]] = field(default_factory=dict)

    def settle(self, notice: Notice, state: NoticeState, reason: str | None = None) -> None:
        self.silent.setdefault((state, reason), []).append(notice.id)


async def drain(services: Services, send: Send, now: datetime) -> int:
    """Says a batch of what is due at `now`, longest due first; gives how many notices were claimed, 0 for none left.

    A batch that has begun is seen through when the caller is cancelled: what left unrecorded would be said twice.
    """
    at = system_clock()
    async with services.database.write() as tx:
        if orphaned := await notices.take_back(tx, services.community, at):
            log.warning("notices of a process that is no more are sent again", notices=orphaned)
        taken = await notices.claim(tx, services.community, now, BATCH, at + LEASE)
    if taken:
        await _to_the_end(_say(services, send, taken, now))
    return len(taken)


async def recover(services: Services) -> int:
    """At the start, before anyone drains: what a dead predecessor was sending waits again; gives how many."""
    async with services.database.write() as tx:
        return await notices.take_back(tx, services.community, None)


async def _to_the_end(work: Awaitable[None]) -> None:
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,), timeout=SEEN_THROUGH)
        task.cancel()
        raise


SEEN_THROUGH = 8.0
"""Seconds a batch under way is given when we are told to stop; ten is what a container has."""


async def _say(services: Services, send: Send, taken: Sequence[int], now: datetime) -> None:
    """Persons side by side; what one person is told keeps the order in which it fell due."""
    by_person: dict[int, list[Ready]] = {}
    for ready in await _decide(services, taken, now):
        by_person.setdefault(ready.person.id, []).append(ready)
    pushed = await asyncio.gather(
        *(_push_all(services, send, each, now) for each in by_person.values()), return_exceptions=True
    )
    for failure in pushed:
        if failure is not None:  # raised when all have had their turn; its notice is taken again when the lease ends
            raise failure


async def _push_all(services: Services, send: Send, of_one_person: Sequence[Ready], now: datetime) -> None:
    for ready in of_one_person:
        await _push(services, send, ready, now)


async def _decide(services: Services, taken: Sequence[int], now: datetime) -> list[Ready]:
    """Settles what must not be said now, and renders the rest from how things stand."""
    community = services.community
    decided = Decided()
    async with services.database.read() as tx:
        batch = await notices.claimed(tx, community, taken)
        persons = await people.by_ids(tx, community, {each.person for each in batch})
        unasked = [each.person for each in batch if not each.asked]
        sent = await audiences.unasked_since(tx, community, unasked, now - LOOK_BACK) if unasked else {}
        for notice in sorted(batch, key=_in_turn):
            person = persons.get(notice.person)
            verdict = _verdict(notice, person, sent.get(notice.person, []), now)
            if isinstance(verdict, datetime):
                decided.later.append((notice.id, verdict))
            elif verdict is not None or person is None:
                decided.settle(notice, verdict or "skipped")
            elif await _render(Telling(tx, services.guide, notice, person, now), decided) and not notice.asked:
                sent.setdefault(notice.person, []).append(now)
    if decided.silent or decided.later:
        async with services.database.write() as tx:
            for (state, reason), ids in decided.silent.items():
                await notices.settle(tx, ids, state, now, reason=reason)
            for number, due in decided.later:
                await notices.put_off(tx, number, due, tried=False)
    return decided.ready


FOR_EVER = datetime.max.replace(tzinfo=UTC)


def _in_turn(notice: Notice) -> tuple[datetime, bool, datetime]:
    """By when they fell due. Of those that the caps kept for the same morning, what is sooner of no use goes first: one
    alone is said that day, and the other would never be."""
    return notice.due, not notice.asked, FOR_EVER if notice.asked else notice.too_late or FOR_EVER


async def _render(telling: Telling, decided: Decided) -> bool:
    """Whether the notice became a message. One that cannot be said holds up no other."""
    try:
        message = await tell(telling)
    except Exception as error:
        if is_out_of_order(error):
            raise
        log.exception("a notice cannot be said", notice=telling.notice.id, kind=telling.notice.kind)
        decided.settle(telling.notice, "failed", type(error).__name__)
        return False
    if message is None:
        decided.settle(telling.notice, "skipped")
        return False
    decided.ready.append(Ready(telling.notice, telling.person, message))
    return True


def _verdict(
    notice: Notice, person: Person | None, sent: Sequence[datetime], now: datetime
) -> NoticeState | datetime | None:
    """None: say it now. A moment: not before then. A state: it is settled without a word."""
    if person is None or (notice.too_late is not None and notice.too_late <= now):
        return "skipped"
    if notice.attempts > MOST_ATTEMPTS:
        return "failed"
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

    def wanted() -> bool:
        return notice.kind == "reply" or person.id not in services.silenced

    try:
        outcome, message = await send(person, ready.message, wanted)
    except Exception:  # a message that cannot be built or sent: counted as a try, and it holds up no other
        log.exception("a notice cannot be sent", notice=notice.id, kind=notice.kind)
        outcome, message = Outcome("failing", "it cannot be sent"), None
    if outcome.kind != "delivered":
        log.info("notice not delivered", notice=notice.id, kind=notice.kind, outcome=outcome.kind)
    await _persist(services, ready, outcome, message, now)


async def _persist(services: Services, ready: Ready, outcome: Outcome, message: int | None, now: datetime) -> None:
    """Records the outcome; a database that is out of order is waited for: unrecorded, it would be said twice."""
    while True:
        try:
            if outcome.kind == "blocked":
                await blocked(services, ready.person, now)
            async with services.database.write() as tx:
                await _record(tx, ready.notice, outcome, message, now)
        except Exception as error:
            if not is_out_of_order(error):
                raise
            log.error("a sent notice cannot be recorded, trying again", cause=reason_of(error), notice=ready.notice.id)
            await asyncio.sleep(RECORD_PAUSE)
        else:
            return


async def _record(tx: Tx, notice: Notice, outcome: Outcome, message: int | None, now: datetime) -> None:
    reason = outcome.reason[:REASON_LONGEST]
    state = _STATES.get(outcome.kind)
    if outcome.kind == "delivered" and message is not None:
        await notices.settle_sent(tx, {notice.id: message}, now)
    elif state is not None:
        await notices.settle(tx, [notice.id], state, now, reason=reason)
    elif outcome.kind in _NOT_A_TRY:
        wait = outcome.retry_after or _NOT_A_TRY[outcome.kind]
        await notices.put_off(tx, notice.id, now + timedelta(seconds=wait), tried=False)
    elif notice.attempts >= MOST_ATTEMPTS:
        await notices.settle(tx, [notice.id], "failed", now, reason=reason)
    else:
        wait = min(300.0, 15.0 * 2**notice.attempts)
        await notices.put_off(tx, notice.id, now + timedelta(seconds=wait), tried=True)


_STATES: Mapping[OutcomeKind, NoticeState] = {
    "delivered": "sent",
    "unsure": "sent",
    "refused": "failed",
    "blocked": "held",
    "unwanted": "stopped",
}
_NOT_A_TRY: Mapping[OutcomeKind, float] = {"later": 1.0, "never_left": 15.0, "unauthorised": 60.0}
"""Seconds until what certainly reached nobody is tried again: as often as it takes, until it is too late to say."""
