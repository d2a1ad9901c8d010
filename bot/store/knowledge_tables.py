"""The table of knowledge: what volunteers and coordinators wrote, and which shipped items were taken down."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

knowledge = Table(
    "knowledge",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE")),
    Column("key", String(60), nullable=False),
    Column("state", String(10), nullable=False),
    Column("content", Encrypted("knowledge.content", "json"), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("community", "key"),
    Index("ix_knowledge_state", "community", "state"),
    info=_info(
        "stories and recommendations that volunteers and coordinators wrote (encrypted), and which were taken down",
        "who helps learns from the others",
        "it is taken down, or who wrote it erases themselves; what is not shown, 60 days after it was touched",
        60,
    ),
)
