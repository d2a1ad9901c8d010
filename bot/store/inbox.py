"""Rows of the inbox: updates that lie here before Telegram is told that we have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update

from bot.store.database import Tx, insert
from bot.store.tables import inbox, polling

ERROR_LONGEST = 300


async def keep(tx: Tx, community: str, updates: Mapping[int, str], now: datetime) -> set[int]:
    """Stores updates (id → JSON) and gives the ids that were new; a known id is passed over."""
    rows = await tx.execute(
        insert(inbox, tx)
        .on_conflict_do_nothing(index_elements=["community", "update_id"])
        .returning(inbox.c.update_id),
        [
            {"community": community, "update_id": number, "payload": payload, "received_at": now}
            for number, payload in updates.items()
        ],
    )
    return {row.update_id for row in rows}


async def done(tx: Tx, community: str, ids: Sequence[int]) -> None:
    """These are answered: what they said is forgotten, their number stays for a while so that it is known again."""
    await tx.execute(
        update(inbox)
        .where(inbox.c.community == community, inbox.c.update_id.in_(ids))
        .values(state="done", payload=None, error=None)
    )


async def failed(tx: Tx, community: str, number: int, error: str, attempts: int, *, aside: bool) -> None:
    """Keeps how often it has failed, and why; `aside` takes the update out of the line for the operator to see."""
    await tx.execute(
        update(inbox)
        .where(inbox.c.community == community, inbox.c.update_id == number)
        .values(attempts=attempts, error=error[:ERROR_LONGEST], **({"state": "aside"} if aside else {}))
    )


async def waiting(tx: Tx, community: str) -> tuple[tuple[int, str, int], ...]:
    """What lies unanswered, oldest first: id, JSON, attempts so far."""
    rows = await tx.execute(
        select(inbox.c.update_id, inbox.c.payload, inbox.c.attempts)
        .where(inbox.c.community == community, inbox.c.state == "waiting")
        .order_by(inbox.c.update_id)
    )
    return tuple((row.update_id, row.payload, row.attempts) for row in rows)


async def oldest(tx: Tx, community: str) -> datetime | None:
    """When the update came that has waited longest for its answer."""
    found: datetime | None = await tx.scalar(
        select(inbox.c.received_at)
        .where(inbox.c.community == community, inbox.c.state == "waiting")
        .order_by(inbox.c.update_id)
        .limit(1)
    )
    return found


async def count(tx: Tx, community: str, state: str) -> int:
    return await tx.scalar(select(func.count()).where(inbox.c.community == community, inbox.c.state == state)) or 0


async def set_aside(tx: Tx, community: str) -> tuple[Any, ...]:
    """Updates that failed three times: id, error, when. Their content is not shown."""
    rows = await tx.execute(
        select(inbox.c.update_id, inbox.c.error, inbox.c.received_at)
        .where(inbox.c.community == community, inbox.c.state == "aside")
        .order_by(inbox.c.update_id)
    )
    return tuple(rows)


async def replay(tx: Tx, community: str, ids: Sequence[int]) -> int:
    """Puts updates that were set aside back in line; gives how many."""
    done = await tx.execute(
        update(inbox)
        .where(inbox.c.community == community, inbox.c.state == "aside", inbox.c.update_id.in_(ids))
        .values(state="waiting", attempts=0)
    )
    return done.rowcount


async def forget_of(tx: Tx, community: str, is_theirs: Callable[[str], bool]) -> None:
    """Deletes updates of one person that were set aside. They are few, and only their content says whose they are."""
    rows = await tx.execute(
        select(inbox.c.update_id, inbox.c.payload).where(inbox.c.community == community, inbox.c.state == "aside")
    )
    theirs = [row.update_id for row in rows if row.payload and is_theirs(row.payload)]
    if theirs:
        await tx.execute(delete(inbox).where(inbox.c.community == community, inbox.c.update_id.in_(theirs)))


async def forget_before(tx: Tx, community: str, answered: datetime, aside: datetime) -> int:
    """Deletes answered updates received before `answered`, and set-aside ones before `aside`."""
    done = await tx.execute(
        delete(inbox).where(
            inbox.c.community == community,
            or_(
                and_(inbox.c.state == "done", inbox.c.received_at < answered),
                and_(inbox.c.state == "aside", inbox.c.received_at < aside),
            ),
        )
    )
    return done.rowcount


async def confirmed(tx: Tx, community: str) -> int | None:
    """The last update number that was confirmed to Telegram, None on the first start."""
    found: int | None = await tx.scalar(select(polling.c.confirmed).where(polling.c.community == community))
    return found


async def confirm(tx: Tx, community: str, number: int) -> None:
    await tx.execute(
        insert(polling, tx)
        .values(community=community, confirmed=number)
        .on_conflict_do_update(index_elements=["community"], set_={"confirmed": number})
    )
