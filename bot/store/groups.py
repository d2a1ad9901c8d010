"""Rows of the coordinators' group and of its topics: which is whose, and what of a case stands there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, select, update

from bot.store.case_tables import case_messages, cases, groups, threads
from bot.store.cases import Words, as_words
from bot.store.database import Database, Tx, insert

GroupState = Literal["on", "lost"]


@dataclass(frozen=True, slots=True)
class Group:
    """The linked group; `lost` while we cannot work in it. What we say there is in `language`."""

    chat: int
    language: str
    state: GroupState


@dataclass(frozen=True, slots=True)
class Thread:
    """A person's topic. `case` is the one that `head` shows; `shown` a digest of how it shows it."""

    id: int
    person: int | None
    thread: int
    case: int | None
    head: int | None
    title: str
    shown: str
    closed: bool


async def one(tx: Tx, community: str) -> Group | None:
    row = (await tx.execute(select(groups).where(groups.c.community == community))).first()
    return None if row is None else Group(row.chat, row.language, row.state)


async def link(
    tx: Tx, database: Database, community: str, chat: int, language: str, by: int | None, now: datetime
) -> bool:
    """Makes this chat the group; gives whether it was another one before, whose topics are then forgotten."""
    before = await one(tx, community)
    row = {
        "chat": chat,
        "chat_hash": database.keys.fingerprint(f"chat {chat}"),
        "language": language,
        "linked_by": by,
        "linked_at": now,
        "state": "on",
    }
    await tx.execute(
        insert(groups, tx)
        .values(community=community, **row)
        .on_conflict_do_update(index_elements=["community"], set_=row)
    )
    other = before is not None and before.chat != chat
    if other:
        await forget_threads(tx, community)
    return other


async def move(tx: Tx, database: Database, community: str, old: int, new: int) -> bool:
    """The group has another id now; gives whether it was ours."""
    values = {"chat": new, "chat_hash": database.keys.fingerprint(f"chat {new}")}
    done = await tx.execute(
        update(groups)
        .where(groups.c.community == community, groups.c.chat_hash == database.keys.fingerprint(f"chat {old}"))
        .values(**values)
    )
    return bool(done.rowcount)


async def set_state(tx: Tx, community: str, state: GroupState) -> bool:
    """Gives whether it changed."""
    done = await tx.execute(
        update(groups).where(groups.c.community == community, groups.c.state != state).values(state=state)
    )
    return bool(done.rowcount)


async def unlink(tx: Tx, community: str) -> None:
    await tx.execute(delete(groups).where(groups.c.community == community))
    await forget_threads(tx, community)


async def forget_threads(tx: Tx, community: str) -> None:
    """No topic is known any more, and nothing stands anywhere: all is posted anew."""
    await tx.execute(delete(threads).where(threads.c.community == community))
    await tx.execute(update(case_messages).where(case_messages.c.community == community).values(posted=None))


async def all_threads(tx: Tx, community: str) -> tuple[Thread, ...]:
    rows = await tx.execute(select(threads).where(threads.c.community == community).order_by(threads.c.id))
    return tuple(map(_thread, rows))


async def thread_of(tx: Tx, community: str, thread: int) -> Thread | None:
    """By Telegram's number of the topic."""
    row = (
        await tx.execute(select(threads).where(threads.c.community == community, threads.c.thread == thread))
    ).first()
    return None if row is None else _thread(row)


async def add_thread(tx: Tx, community: str, person: int, thread: int, title: str) -> Thread:
    number = await tx.scalar(
        threads.insert().values(community=community, person=person, thread=thread, title=title).returning(threads.c.id)
    )
    return Thread(int(number or 0), person, thread, None, None, title, "", closed=False)


async def set_thread(tx: Tx, community: str, thread: int, **values: Any) -> None:
    await tx.execute(update(threads).where(threads.c.community == community, threads.c.id == thread).values(**values))


async def drop_thread(tx: Tx, community: str, thread: Thread) -> None:
    """The topic is gone; what stood in it is posted again in the next one."""
    await tx.execute(delete(threads).where(threads.c.community == community, threads.c.id == thread.id))
    if thread.person is not None:
        await tx.execute(
            update(case_messages)
            .where(case_messages.c.community == community, case_messages.c.person == thread.person)
            .values(posted=None)
        )


async def unposted(tx: Tx, community: str) -> dict[int, list[Words]]:
    """What was written in open cases and does not stand in the group yet: by case, oldest first."""
    rows = await tx.execute(
        select(case_messages)
        .join(cases, cases.c.id == case_messages.c.case)
        .where(
            case_messages.c.community == community,
            cases.c.closed_at.is_(None),
            cases.c.organisation == "",
            case_messages.c.posted.is_(None),
        )
        .order_by(case_messages.c.id)
    )
    found: dict[int, list[Words]] = {}
    for row in rows:
        found.setdefault(row.case, []).append(as_words(row))
    return found


async def set_posted(tx: Tx, community: str, words: int, message: int) -> None:
    await tx.execute(
        update(case_messages)
        .where(case_messages.c.community == community, case_messages.c.id == words)
        .values(posted=message)
    )


async def let_go(tx: Tx, community: str) -> None:
    """The topics of people without any case left are nobody's, and are deleted."""
    have = select(cases.c.person).where(cases.c.community == community)
    await tx.execute(
        update(threads).where(threads.c.community == community, threads.c.person.not_in(have)).values(person=None)
    )


def _thread(row: Any) -> Thread:
    return Thread(row.id, row.person, row.thread, row.case, row.head, row.title, row.shown, bool(row.closed))
