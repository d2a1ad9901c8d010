"""The tables of announcements: what is said, in which languages, and a narrow row for each person who gets it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    text,
)

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

announcements = Table(
    "announcements",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("author", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("state", String(10), nullable=False),
    Column("source", String(10), nullable=False),
    Column("audience", JSON, nullable=False),
    Column("photo", Encrypted("announcements.photo")),
    Column("missing", String(10), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("late_joiners", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("due", UtcDateTime),
    Column("activity", RowId),
    Column("day", Date),
    Column("offset_minutes", Integer),
    Column("until", UtcDateTime),
    Column("queued", RowId),
    Column("bubble", RowId),
    Column("made_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    info=_info(
        "a coordinator's message to many: to which towns, languages and roles, when, and how far it has come",
        "it is written once and said to each in their language",
        "60 days after it ended; a draft 90 days after it was begun",
        60,
    ),
)

versions = Table(
    "versions",
    metadata,
    _community(),
    Column("announcement", RowId, ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String(10), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("content", Encrypted("versions.content", "json"), nullable=False),
    Column("by", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("edition", Integer, nullable=False),
    Column("corrected", RowId),
    info=_info(
        "an announcement's text or voice note in a language (encrypted), and who was asked for it",
        "people read it in theirs",
        "with its announcement",
        60,
    ),
)

deliveries = Table(
    "deliveries",
    metadata,
    _community(),
    Column("announcement", RowId, ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("state", String(9), nullable=False),
    Column("language", String(10), nullable=False),
    Column("version", String(10)),
    Column("due", UtcDateTime, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("leased_until", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column("message", RowId),
    Column("more", String(60)),
    Column("reason", String(60)),
    Column("again", Boolean, nullable=False, server_default=text("false")),
    Index(
        "ix_deliveries_due",
        "announcement",
        "due",
        "person",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_deliveries_leased",
        "leased_until",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index("ix_deliveries_person", "person", "settled_at"),
    info=_info(
        "who gets an announcement, in which language, and what became of it",
        "each gets it once, and who was not reached is known",
        "with its announcement",
        60,
    ),
    sqlite_with_rowid=False,  # it lies in the order of its key, and is read and written in that order
)
