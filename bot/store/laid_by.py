"""Waiting notices that are taken back and may come again: laid by for an undo, or told as one with the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, update

from bot.store.database import Tx
from bot.store.notices import still_waiting
from bot.store.tables import notices

_LAID_BY = "laid by"


async def lay_by(tx: Tx, community: str, key_starts: str, *, person: int, kind: str) -> None:
    """Takes back what the person asked for under a key that begins so, until `bring_back`."""
    await tx.execute(
        update(notices)
        .where(
            *still_waiting(community),
            notices.c.key.startswith(key_starts, autoescape=True),
            notices.c.person == person,
            notices.c.kind == kind,
        )
        .values(state="skipped", reason=_LAID_BY)
    )


async def bring_back(tx: Tx, community: str, key_starts: str, *, person: int, kind: str) -> None:
    """What was laid by waits again."""
    await tx.execute(
        update(notices)
        .where(
            notices.c.community == community,
            notices.c.key.startswith(key_starts, autoescape=True),
            notices.c.person == person,
            notices.c.kind == kind,
            notices.c.state == "skipped",
            notices.c.reason == _LAID_BY,
        )
        .values(state="waiting", reason=None)
    )


async def take_out(tx: Tx, community: str, key_starts: str, *, kind: str) -> dict[int, Mapping[str, Any]]:
    """Takes back waiting notices of a kind whose key begins so; gives what each person would have been told."""
    taken = await tx.execute(
        delete(notices)
        .where(
            *still_waiting(community),
            notices.c.key.startswith(key_starts, autoescape=True),
            notices.c.kind == kind,
        )
        .returning(notices.c.person, notices.c.content)
    )
    return {row.person: row.content for row in taken}
