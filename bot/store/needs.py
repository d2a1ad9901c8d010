"""Rows of unmet need and of unread words: counted by month, without who asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select

from bot.store.database import Tx, insert
from bot.store.tables import needs, unread_words


async def count_need(tx: Tx, community: str, month: date, *, language: str, topic: str, place: str) -> None:
    await tx.execute(
        insert(needs, tx)
        .values(community=community, month=month, language=language, topic=topic, place=place, count=1)
        .on_conflict_do_update(
            index_elements=["community", "month", "language", "topic", "place"], set_={"count": needs.c.count + 1}
        )
    )


async def count_words(tx: Tx, community: str, month: date, language: str, words: Sequence[str]) -> None:
    for word in words:
        await tx.execute(
            insert(unread_words, tx)
            .values(community=community, language=language, word=word, count=1, last_month=month)
            .on_conflict_do_update(
                index_elements=["community", "language", "word"],
                set_={"count": unread_words.c.count + 1, "last_month": month},
            )
        )


async def by(tx: Tx, community: str, column: str, since: date) -> dict[str, int]:
    """How often need was unmet since a month, by `topic`, `place` or `language`."""
    group = needs.c[column]
    rows = await tx.execute(
        select(group, func.sum(needs.c.count).label("times"))
        .where(needs.c.community == community, needs.c.month >= since)
        .group_by(group)
    )
    return {row[0]: int(row.times) for row in rows}


async def words(tx: Tx, community: str, least: int) -> tuple[tuple[str, str, int], ...]:
    """Words written at least so often: language, word, times, most often first."""
    rows = await tx.execute(
        select(unread_words.c.language, unread_words.c.word, unread_words.c.count)
        .where(unread_words.c.community == community, unread_words.c.count >= least)
        .order_by(unread_words.c.count.desc(), unread_words.c.word)
        .limit(200)
    )
    return tuple((row[0], row[1], int(row[2])) for row in rows)


async def forget_before(tx: Tx, community: str, month: date, word_month: date) -> int:
    """Deletes counts of months before `month`, and words last written before `word_month`; gives how many."""
    gone = await tx.execute(delete(needs).where(needs.c.community == community, needs.c.month < month))
    lost = await tx.execute(
        delete(unread_words).where(unread_words.c.community == community, unread_words.c.last_month < word_month)
    )
    return gone.rowcount + lost.rowcount
