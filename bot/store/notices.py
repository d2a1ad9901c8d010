"""Rows of notices: what we will say on our own initiative. Added once by their key, claimed in batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, literal, or_, select, update

from bot.store.database import Tx, insert
from bot.store.tables import claims, notices

NoticeState = Literal["waiting", "sent", "held", "stopped", "skipped", "failed"]

_WAITING = literal("waiting", literal_execute=True)
"""Written into the statement, as the partial index names this state: no engine need guess what a parameter is."""

_CLAIMED = select(claims.c.notice).where(claims.c.notice == notices.c.id).correlate(notices).exists()


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to be added. `key` makes it single for the person and kind; `asked` ones are free of the caps."""

    person: int
    kind: str
    key: str
    due: datetime
    content: Mapping[str, Any] = field(default_factory=dict)
    too_late: datetime | None = None
    asked: bool = True
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A claimed notice. `attempts` counts the times somebody began to send it, this one among them."""

    id: int
    person: int
    kind: str
    key: str
    content: Mapping[str, Any]
    due: datetime
    too_late: datetime | None
    asked: bool
    urgent: bool
    attempts: int


async def add(tx: Tx, community: str, wanted: Sequence[NewNotice]) -> None:
    """Adds those that are not there yet. One that waits takes the new values; one that was skipped or stopped lives
    again, as it is wanted again ("start" after "stop"). What was sent, held or refused stays as it is."""
    for each in wanted:
        row = {
            "content": dict(each.content),
            "due": each.due,
            "too_late": each.too_late,
            "asked": each.asked,
            "urgent": each.urgent,
        }
        anew = {"state": "waiting", "attempts": 0, "settled_at": None, "reason": None}
        await tx.execute(
            insert(notices, tx)
            .values(community=community, person=each.person, kind=each.kind, key=each.key, **row)
            .on_conflict_do_update(
                index_elements=["community", "person", "kind", "key"],
                set_={**row, **anew},
                where=notices.c.state.in_(("waiting", "skipped", "stopped")) & ~_CLAIMED,
            )
        )


async def claim(tx: Tx, community: str, now: datetime, limit: int, until: datetime) -> tuple[int, ...]:
    """Takes what is due at `now`, longest due first, and gives the ids; what another process has is passed over.

    A claim is a row of its own: the notices lie scattered and are wide, and none is written for it (docs/decisions/
    0015). It lasts `until`, which is real time however the clock was moved: it says how long its process may be
    thought alive (`take_back`).
    """
    ripe = (
        select(notices.c.community, notices.c.id, bindparam("until", until, claims.c.until.type))
        .where(*still_waiting(community), notices.c.due <= now)
        .order_by(notices.c.due, notices.c.id)
        .limit(limit)
    )
    taken = (
        insert(claims, tx)
        .from_select(("community", "notice", "until"), ripe)
        .on_conflict_do_nothing(index_elements=["notice"])  # another process was quicker
        .returning(claims.c.notice)
    )
    return tuple((await tx.execute(taken)).scalars())


async def claimed(tx: Tx, community: str, ids: Sequence[int]) -> tuple[Notice, ...]:
    """What the claimed notices hold, longest due first."""
    rows = await tx.execute(
        select(*_COLUMNS)
        .where(notices.c.community == community, notices.c.id.in_(ids))
        .order_by(notices.c.due, notices.c.id)
    )
    return tuple(map(_notice, rows))


async def take_back(tx: Tx, community: str, at: datetime | None) -> int:
    """Puts back in line what was claimed until before `at` (real time), or at all where that is None; gives how many.

    Whoever was sending it is dead. Nobody knows whether it left: this is the one way by which a notice is said twice.
    """
    taken = delete(claims).where(claims.c.community == community, *((claims.c.until <= at,) if at else ()))
    orphaned = (await tx.execute(taken.returning(claims.c.notice))).scalars().all()
    if orphaned:
        await tx.execute(update(notices).where(notices.c.id.in_(orphaned)).values(attempts=notices.c.attempts + 1))
    return len(orphaned)


def still_waiting(community: str) -> tuple[ColumnElement[bool], ...]:
    """What holds of a notice that waits and is nobody's claim.

    The few claims are read once. Looked up for each notice, PostgreSQL went through the pages that earlier claims had
    left, a thousand times: its statistics say that there are none.
    """
    taken = select(claims.c.notice).where(claims.c.community == community)
    return notices.c.community == community, notices.c.state == _WAITING, notices.c.id.not_in(taken)


async def settle(tx: Tx, ids: Sequence[int], state: NoticeState, now: datetime, *, reason: str | None = None) -> None:
    """Says what became of claimed notices. Only what still waits is settled, so a stop meanwhile wins."""
    if ids:
        await tx.execute(
            update(notices)
            .where(notices.c.id.in_(ids), notices.c.state == "waiting")
            .values(state=state, settled_at=now, reason=reason)
        )
        await _let_go(tx, ids)


async def settle_sent(tx: Tx, sent: Mapping[int, int], now: datetime) -> None:
    """Marks notices as sent, with the number of the message that each became."""
    if sent:
        await tx.execute(
            update(notices)
            .where(notices.c.id == bindparam("notice"))
            .values(state="sent", settled_at=now, message=bindparam("number")),
            [{"notice": notice, "number": number} for notice, number in sent.items()],
        )
        await _let_go(tx, list(sent))


async def _let_go(tx: Tx, ids: Sequence[int] | Select[tuple[int]]) -> None:
    await tx.execute(delete(claims).where(claims.c.notice.in_(ids)))


async def put_off(tx: Tx, notice: int, due: datetime, *, tried: bool) -> None:
    """Gives a claimed notice back, to be said at `due`; an attempt that reached nobody is not counted."""
    await tx.execute(
        update(notices)
        .where(notices.c.id == notice, notices.c.state == "waiting")
        .values(due=due, attempts=notices.c.attempts + (1 if tried else 0))
    )
    await _let_go(tx, [notice])


async def next_due(tx: Tx, community: str) -> tuple[datetime, str] | None:
    """When the next waiting notice falls due, and its kind."""
    row = (
        await tx.execute(
            select(notices.c.due, notices.c.kind).where(*still_waiting(community)).order_by(notices.c.due).limit(1)
        )
    ).first()
    return None if row is None else (row.due, row.kind)


async def any_due(tx: Tx, community: str, now: datetime, at: datetime) -> bool:
    """Whether anything is due at `now`, or was claimed until before `at` (real time) by a process that is no more."""
    ripe = select(notices.c.id).where(*still_waiting(community), notices.c.due <= now).limit(1)
    orphaned = select(claims.c.notice).where(claims.c.community == community, claims.c.until <= at).limit(1)
    return bool(await tx.scalar(select(or_(ripe.exists(), orphaned.exists()))))


async def in_flight(tx: Tx, community: str) -> int:
    """How many are being sent right now."""
    return await tx.scalar(select(func.count()).select_from(claims).where(claims.c.community == community)) or 0


async def stop(tx: Tx, community: str, person: int, now: datetime, to: NoticeState = "stopped") -> None:
    """Takes back everything that is queued for the person, also what is claimed at this moment."""
    of_person = (notices.c.community == community, notices.c.person == person)
    await _let_go(tx, select(notices.c.id).where(*of_person, notices.c.state == "waiting"))
    await tx.execute(
        update(notices).where(*of_person, notices.c.state.in_(("waiting", "held"))).values(state=to, settled_at=now)
    )


async def wake(tx: Tx, community: str, person: int) -> None:
    """What was held while the person had blocked us waits again."""
    await tx.execute(
        update(notices)
        .where(notices.c.community == community, notices.c.person == person, notices.c.state == "held")
        .values(state="waiting", settled_at=None)
    )


async def drop(
    tx: Tx, community: str, key_starts: str, *, person: int | None = None, kinds: Sequence[str] = ()
) -> None:
    """Takes back waiting notices whose key begins so: an occurrence that was left, moved or cancelled."""
    query = delete(notices).where(
        *still_waiting(community),
        notices.c.key.startswith(key_starts, autoescape=True),
    )
    if person is not None:
        query = query.where(notices.c.person == person)
    if kinds:
        query = query.where(notices.c.kind.in_(kinds))
    await tx.execute(query)


async def forget(tx: Tx, community: str, key_starts: str, *, kind: str) -> None:
    """Deletes notices of a kind whose key begins so, also those that were said: what they told is to be forgotten."""
    await tx.execute(
        delete(notices).where(
            notices.c.community == community,
            notices.c.kind == kind,
            notices.c.key.startswith(key_starts, autoescape=True),
        )
    )


async def move(tx: Tx, community: str, kind: str, key: str, due: datetime, too_late: datetime) -> None:
    """What waits under this key, for whomever, is due at another time."""
    await tx.execute(
        update(notices)
        .where(
            *still_waiting(community),
            notices.c.kind == kind,
            notices.c.key == key,
        )
        .values(due=due, too_late=too_late)
    )


async def still_wanted(tx: Tx, ids: Sequence[int]) -> set[int]:
    """Those of the claimed that nobody has stopped meanwhile."""
    rows = await tx.execute(select(notices.c.id).where(notices.c.id.in_(ids), notices.c.state == "waiting"))
    return {row.id for row in rows}


async def by_message(tx: Tx, community: str, person: int, message: int) -> Notice | None:
    """The notice that became this message in the person's chat."""
    row = (
        await tx.execute(
            select(*_COLUMNS).where(
                notices.c.community == community, notices.c.person == person, notices.c.message == message
            )
        )
    ).first()
    return None if row is None else _notice(row)


async def of_person(tx: Tx, community: str, person: int, kinds: Sequence[str]) -> tuple[Notice, ...]:
    """What waits to be said to the person, soonest first."""
    rows = await tx.execute(
        select(*_COLUMNS)
        .where(
            notices.c.community == community,
            notices.c.person == person,
            notices.c.kind.in_(kinds),
            notices.c.state == "waiting",
        )
        .order_by(notices.c.due)
    )
    return tuple(map(_notice, rows))


async def failed_since(tx: Tx, community: str, since: datetime) -> tuple[tuple[datetime, str, str], ...]:
    """When, of what kind and why: what could not be sent."""
    rows = await tx.execute(
        select(notices.c.settled_at, notices.c.kind, notices.c.reason).where(
            notices.c.community == community, notices.c.state == "failed", notices.c.settled_at >= since
        )
    )
    return tuple((row.settled_at, row.kind, row.reason or "") for row in rows)


async def forget_before(tx: Tx, community: str, settled: datetime) -> int:
    """Deletes what was settled before; gives how many."""
    done = await tx.execute(delete(notices).where(notices.c.community == community, notices.c.settled_at < settled))
    return done.rowcount


_COLUMNS = (
    notices.c.id,
    notices.c.person,
    notices.c.kind,
    notices.c.key,
    notices.c.content,
    notices.c.due,
    notices.c.too_late,
    notices.c.asked,
    notices.c.urgent,
    notices.c.attempts + 1,
)


def _notice(row: Any) -> Notice:
    return Notice(*row)  # _COLUMNS stand in the order of its fields
