"""The tables of calendars: feeds that we read, and the links by which people read their own."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

feeds = Table(
    "feeds",
    metadata,
    _community(key=True),
    Column("id", String(30), primary_key=True),
    Column("url", Encrypted("feeds.url")),
    Column("record", JSON, nullable=False),
    Column("etag", String(200), nullable=False, server_default=""),
    Column("modified", String(200), nullable=False, server_default=""),
    Column("next_at", UtcDateTime),
    Column("taken_at", UtcDateTime),
    Column("fault", String(20)),
    Column("told", String(300), nullable=False, server_default=""),
    Column("failing_since", UtcDateTime),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("unread", JSON, nullable=False, server_default="[]"),
    info=_info(
        "calendars of organisations that are read: their address (encrypted, as some hold a secret) and how they do",
        "no activity is typed twice",
        "the subscription is removed",
    ),
)

calendar_links = Table(
    "calendar_links",
    metadata,
    _community(key=True),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("token_hash", LargeBinary(16), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("community", "token_hash"),
    info=_info(
        "that somebody has a private calendar link; the link itself only as a hash",
        "their phone's calendar shows their own sign-ups",
        "they turn it off, or erase themselves",
    ),
)
