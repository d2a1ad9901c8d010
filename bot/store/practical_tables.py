"""The table of the practical lists: what the two of a match ticked, took off and added."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, UniqueConstraint, text

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

practical_things = Table(
    "practical_things",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("match", RowId, ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
    Column("thing", String(60), nullable=False),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE")),
    Column("words", Encrypted("practical_things.words")),
    Column("language", String(10)),
    Column("off", Boolean, nullable=False, server_default=text("false")),
    Column("done_by", String(10)),
    Column("done_at", UtcDateTime),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("community", "match", "thing"),
    info=_info(
        "what two who meet want to do together, what is done, and what they added in their own words (encrypted)",
        "a mentor and a mentee share a small list",
        "the match ends",
    ),
)
