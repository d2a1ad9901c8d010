"""The tables of interpreting: who interprets, what they are needed for, and who was asked."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, UniqueConstraint, text

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

OPEN = "state IN ('looking', 'none', 'found')"


def _person(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=key, nullable=False)


interpreters = Table(
    "interpreters",
    metadata,
    _community(key=True),
    _person("person", key=True),
    Column("details", Encrypted("interpreters.details", "json"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("rests", Date),
    Column("asked_at", UtcDateTime),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    info=_info(
        "who interprets: languages, when, how far, by phone or in person (encrypted), and when they were asked last",
        "they are asked in turn",
        "they stop, or 60 days after they were declined",
        60,
    ),
)

interpreting_tasks = Table(
    "interpreting_tasks",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("key", String(60), nullable=False),
    Column("kind", String(10), nullable=False),
    _person("person"),
    Column("activity", RowId, ForeignKey("activities.number", ondelete="CASCADE")),
    Column("day", Date),
    Column("seat_day", Date),
    Column("match", RowId, ForeignKey("matches.id", ondelete="CASCADE")),
    Column("case", RowId, ForeignKey("cases.id", ondelete="CASCADE")),
    Column("details", Encrypted("interpreting_tasks.details", "json"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("interpreter", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("community", "key"),
    Index(
        "ix_interpreting_tasks_open",
        "community",
        "until",
        sqlite_where=text(OPEN),
        postgresql_where=text(OPEN),
    ),
    info=_info(
        "who needs an interpreter, when, where and between which languages (encrypted), and who said yes",
        "interpreters are asked for it, and told when it is moved or called off",
        "60 days after it was",
        60,
    ),
)

interpreting_asked = Table(
    "interpreting_asked",
    metadata,
    _community(),
    Column("task", RowId, ForeignKey("interpreting_tasks.id", ondelete="CASCADE"), primary_key=True),
    _person("person", key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("answer", String(10), nullable=False, server_default=""),
    Column("name", Encrypted("interpreting_asked.name")),
    info=_info(
        "who was asked to interpret and what they answered; the first name of who said yes (encrypted)",
        "nobody is asked twice, and who needs them knows whom to look for",
        "with the task",
    ),
)
