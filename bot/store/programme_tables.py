"""The tables of programmes: what they are, which themes somebody chose, and which sessions they attended."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime


def _person() -> Column[int]:
    return Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, nullable=False)


programmes = Table(
    "programmes",
    metadata,
    _community(key=True),
    Column("id", String(40), primary_key=True),
    Column("record", JSON, nullable=False),
    info=_info("programmes, their themes and texts, no persons", "cohorts are held of them", "the pack is removed"),
)

theme_choices = Table(
    "theme_choices",
    metadata,
    _community(),
    Column("activity", RowId, ForeignKey("activities.number", ondelete="CASCADE"), primary_key=True),
    _person(),
    Column("themes", Encrypted("theme_choices.themes", "json"), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    info=_info(
        "which themes of choice somebody takes in a cohort (encrypted)",
        "they are reminded of their own sessions",
        "400 days after they chose",
        400,
    ),
)

session_attendances = Table(
    "session_attendances",
    metadata,
    _community(),
    Column("activity", RowId, ForeignKey("activities.number", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    _person(),
    Column("programme", String(40), nullable=False),
    Column("theme", String(40), nullable=False),
    Column("start", UtcDateTime, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("visit", Boolean, nullable=False),
    Column("came", Boolean),
    Column("offered", Boolean, nullable=False),
    Index("ix_session_attendances_person", "community", "person"),
    Index("ix_session_attendances_start", "community", "start"),
    info=_info(
        "who came to which session of a programme, or comes for one they missed",
        "a missed theme is offered again, and they get a certificate",
        "400 days after it was held",
        400,
    ),
)
