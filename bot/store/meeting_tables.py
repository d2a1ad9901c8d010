"""The tables of the integration network: its charter, memberships changed in chat, meetings and their papers."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime


def _person(name: str, *, key: bool = False) -> Column[int]:
    """A person of a row that goes with them."""
    return Column(name, RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=key, nullable=False)


def _perhaps_person() -> Column[int]:
    """A person of a row that stays without them: what was proposed or agreed on is the network's."""
    return Column("person", RowId, ForeignKey("people.id", ondelete="SET NULL"))


def _meeting(*, key: bool = False, nullable: bool = False) -> Column[int]:
    return Column(
        "meeting", RowId, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=key, nullable=nullable and not key
    )


charters = Table(
    "charters",
    metadata,
    _community(key=True),
    Column("record", JSON, nullable=False),
    Column("edited", JSON, nullable=False, server_default="{}"),
    Column("planned", String(80), nullable=False, server_default=""),
    Column("wakes", UtcDateTime),
    Column("announced", JSON, nullable=False, server_default="[]"),
    info=_info(
        "what the integration network has agreed on: its rule for meetings, its mandate; no persons",
        "its meetings are computed from it",
        "the pack is removed",
    ),
)

memberships = Table(
    "memberships",
    metadata,
    _community(key=True),
    Column("organisation", String(60), primary_key=True),
    Column("record", JSON, nullable=False),
    info=_info(
        "which organisations belong to the network, at which level, from when to when, as it was changed in chat",
        "who is asked to its meetings",
        "the pack is removed",
    ),
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("kind", String(10), nullable=False),
    Column("rule_day", Date),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False, server_default="planned"),
    Column("sequence", Integer, nullable=False, server_default="0"),
    Column("parties", JSON, nullable=False, server_default="[]"),
    Column("details", Encrypted("meetings.details", "json"), nullable=False),
    Column("agenda_ready", UtcDateTime),
    Column("agenda_out", UtcDateTime),
    Column("minutes_ready", UtcDateTime),
    Column("minutes_out", UtcDateTime),
    Column("done", JSON, nullable=False, server_default="[]"),
    Column("wakes", UtcDateTime),
    Column("key", String(40)),
    UniqueConstraint("community", "rule_day"),
    UniqueConstraint("community", "key"),
    Index(
        "ix_meetings_wakes", "wakes", sqlite_where=text("wakes IS NOT NULL"), postgresql_where=text("wakes IS NOT NULL")
    ),
    info=_info(
        "meetings of the integration network: when, for which organisations, what about (encrypted), what went out",
        "members come prepared",
        "five years after it was held",
        1826,
    ),
)

meeting_replies = Table(
    "meeting_replies",
    metadata,
    _community(),
    _meeting(key=True),
    _person("person", key=True),
    Column("reply", String(10), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    info=_info("who comes to a meeting, who does not, who sends a substitute", "to know who is there", "its meeting"),
)

meeting_points = Table(
    "meeting_points",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    _meeting(nullable=True),
    _perhaps_person(),
    Column("organisation", String(60), nullable=False, server_default=""),
    Column("text", Encrypted("meeting_points.text"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("key", String(60), nullable=False),
    UniqueConstraint("community", "key"),
    Index("ix_meeting_points_meeting", "community", "meeting"),
    info=_info(
        "what members want to talk about (encrypted), and who proposed it",
        "it becomes the agenda",
        "its meeting, five years after it was held",
        1826,
    ),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    _meeting(),
    _perhaps_person(),
    Column("kind", String(10), nullable=False),
    Column("text", Encrypted("outcomes.text"), nullable=False),
    Column("whose", Encrypted("outcomes.whose"), nullable=False),
    Column("due", Date),
    Column("state", String(10), nullable=False, server_default="open"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("key", String(60), nullable=False),
    UniqueConstraint("community", "key"),
    Index("ix_outcomes_meeting", "community", "meeting"),
    info=_info(
        "the minutes of a meeting: notes, decisions, and actions with whose they are and by when (encrypted)",
        "members know what was agreed, and open actions are asked after",
        "its meeting, five years after it was held",
        1826,
    ),
)
