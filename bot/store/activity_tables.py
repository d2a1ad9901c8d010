"""The tables of those who look after activities: forms in the making, who translates, who came to a course."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, ForeignKeyConstraint, Index, String, Table

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

edits = Table(
    "edits",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("activity", RowId, ForeignKey("activities.number", ondelete="CASCADE")),
    Column("key", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("content", Encrypted("edits.content", "json"), nullable=False),
    Column("note", Encrypted("edits.note")),
    Column("changed_at", UtcDateTime, nullable=False),
    Index("uq_edits_key", "community", "person", "key", unique=True),
    Index("ix_edits_state", "community", "state"),
    info=_info(
        "an activity that somebody is adding or changing in chat (encrypted)",
        "a form can be left and gone on with",
        "60 days after it was touched last",
        60,
    ),
)

translators = Table(
    "translators",
    metadata,
    _community(key=True),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String(10), primary_key=True),
    info=_info(
        "who translates activities into which language",
        "to ask them for a missing text",
        "they stop, or erase themselves",
    ),
)

attendance = Table(
    "attendance",
    metadata,
    _community(),
    Column("activity", RowId, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("person", RowId, primary_key=True),
    Column("seat", Date, nullable=False),
    Column("came", Boolean, nullable=False),
    ForeignKeyConstraint(
        ["activity", "seat", "person"],
        ["signups.activity", "signups.day", "signups.person"],
        ondelete="CASCADE",
    ),
    Index("ix_attendance_person", "community", "person"),
    info=_info(
        "on which days of a course somebody with a seat came",
        "the door list of a course",
        "with their seat, 60 days after the course ended",
    ),
)
