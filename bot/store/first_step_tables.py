"""The tables of the first steps: what happens when in this municipality, and where each person stands in it."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

first_steps = Table(
    "first_steps",
    metadata,
    _community(key=True),
    Column("id", String(40), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("record", JSON, nullable=False),
    info=_info(
        "what a newcomer meets when, and its texts, no persons",
        "they are told in small pieces when it matters",
        "the pack is removed",
    ),
)

beginnings = Table(
    "beginnings",
    metadata,
    _community(key=True),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("content", Encrypted("beginnings.content", "json"), nullable=False),
    Column("planned", String(16), nullable=False, server_default=""),
    Column("changed_on", Date, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_beginnings_planned", "community", "planned"),
    info=_info(
        "in which month somebody came, and which first steps they ticked (encrypted); nothing about their case",
        "to tell them each step when it matters",
        "they end it, or two years after they touched it last",
        730,
    ),
)
