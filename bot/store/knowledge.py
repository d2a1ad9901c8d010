"""Rows of knowledge: items written in chat, in their states, and the shipped ones that were taken down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.core.knowledge import Item, Piece, State
from bot.store.database import Tx, insert
from bot.store.knowledge_tables import knowledge

SHIPPED = "shipped/"


@dataclass(frozen=True, slots=True)
class Written:
    """An item of somebody's. `content`: kind, themes, source, title, text; `note` where a coordinator sent it back;
    `round`: how often it was sent to the coordinators."""

    id: int
    person: int | None
    state: State
    content: Mapping[str, Any]
    changed_at: datetime

    @property
    def item(self) -> Item:
        """It as it is read."""
        said = self.content
        piece = Piece(str(said["title"]), str(said["text"]))
        themes = tuple(said.get("themes", ()))
        return Item(str(self.id), said.get("kind", "recommendation"), themes, {said["source"]: piece}, said["source"])


async def shown(tx: Tx, community: str) -> tuple[Written, ...]:
    """What everybody may read, the oldest first."""
    return await in_state(tx, community, "shown")


async def in_state(tx: Tx, community: str, state: State) -> tuple[Written, ...]:
    rows = await tx.execute(
        select(knowledge).where(knowledge.c.community == community, knowledge.c.state == state).order_by(knowledge.c.id)
    )
    return tuple(map(_written, rows))


async def of_person(tx: Tx, community: str, person: int) -> tuple[Written, ...]:
    """What this person wrote and was not taken down, the newest first."""
    rows = await tx.execute(
        select(knowledge)
        .where(knowledge.c.community == community, knowledge.c.person == person, knowledge.c.state != "removed")
        .order_by(knowledge.c.id.desc())
    )
    return tuple(map(_written, rows))


async def one(tx: Tx, community: str, number: int, *, held: bool = False) -> Written | None:
    """One item that somebody wrote; `held`: nobody else changes it before this transaction ends."""
    query = select(knowledge).where(knowledge.c.community == community, knowledge.c.id == number)
    row = (await tx.execute(query.with_for_update() if held else query)).first()
    return None if row is None else _written(row)


async def add(
    tx: Tx, community: str, person: int, key: str, content: Mapping[str, Any], now: datetime
) -> tuple[Written, bool]:
    """A new item in the making, once by its key, and whether it is new."""
    values = {"community": community, "person": person, "key": f"p{person}/{key}", "state": "begun", "changed_at": now}
    number = await tx.scalar(
        insert(knowledge, tx)
        .values(**values, content=dict(content))
        .on_conflict_do_nothing(index_elements=["community", "key"])
        .returning(knowledge.c.id)
    )
    mine = (knowledge.c.community == community, knowledge.c.key == values["key"])
    row = (await tx.execute(select(knowledge).where(*mine))).one()
    return _written(row), number is not None


async def save(
    tx: Tx, community: str, number: int, now: datetime, *, state: State, content: Mapping[str, Any] | None = None
) -> None:
    """Another state, and other content where it is given."""
    values: dict[str, Any] = {"state": state, "changed_at": now}
    if content is not None:
        values["content"] = dict(content)
    await tx.execute(
        update(knowledge).where(knowledge.c.community == community, knowledge.c.id == number).values(**values)
    )


async def take_down(tx: Tx, community: str, number: int, now: datetime) -> None:
    """Its words are deleted; that it was there stays, so that old buttons are answered."""
    await save(tx, community, number, now, state="removed", content={})


async def take_down_shipped(tx: Tx, community: str, name: str, now: datetime) -> None:
    """A shipped item is shown no more in this community."""
    row = {"community": community, "key": f"{SHIPPED}{name}", "state": "removed", "content": {}, "changed_at": now}
    await tx.execute(insert(knowledge, tx).values(**row).on_conflict_do_nothing(index_elements=["community", "key"]))


async def shipped_down(tx: Tx, community: str) -> frozenset[str]:
    """The names of the shipped items that were taken down."""
    rows = await tx.execute(
        select(knowledge.c.key).where(knowledge.c.community == community, knowledge.c.key.startswith(SHIPPED))
    )
    return frozenset(row.key.removeprefix(SHIPPED) for row in rows)


async def forget_before(tx: Tx, community: str, touched: datetime) -> int:
    """Deletes what is not shown and nobody has touched since; gives how many."""
    done = await tx.execute(
        delete(knowledge).where(
            knowledge.c.community == community,
            knowledge.c.changed_at < touched,
            knowledge.c.state != "shown",
            knowledge.c.key.not_like(f"{SHIPPED}%"),
        )
    )
    return done.rowcount


def _written(row: Any) -> Written:
    return Written(row.id, row.person, row.state, row.content, row.changed_at)
