"""The tables of Let's Network: requests, volunteers, matches, answers to follow-ups, and who did what."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

OPEN = "state IN ('waiting', 'paused', 'matched')"
ASKING = "state IN ('asking_volunteer', 'asking_newcomer')"


def _person(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=key, nullable=False)


requests = Table(
    "requests",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    _person("person"),
    Column("offer", String(30), nullable=False),
    Column("whom", String(10), nullable=False),
    Column("details", Encrypted("requests.details", "json"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index(
        "uq_requests_open",
        "community",
        "person",
        "offer",
        "whom",
        unique=True,
        sqlite_where=text(OPEN),
        postgresql_where=text(OPEN),
    ),
    info=_info(
        "that somebody asks for a person of their own: offer, age band, languages, free time, town (encrypted)",
        "to find them one",
        "60 days after it was withdrawn, or with its match",
        60,
    ),
)

volunteers = Table(
    "volunteers",
    metadata,
    _community(key=True),
    _person("person", key=True),
    Column("details", Encrypted("volunteers.details", "json"), nullable=False),
    Column("safeguard", Encrypted("volunteers.safeguard", "json"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    info=_info(
        "what a volunteer offers, when and where; of a børneattest only who assessed it, when, until when (encrypted)",
        "to match them, and to keep children safe",
        "60 days after they were declined or removed",
        60,
    ),
)

matches = Table(
    "matches",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("request", RowId, ForeignKey("requests.id", ondelete="CASCADE"), nullable=False),
    _person("newcomer"),
    _person("volunteer"),
    Column("state", String(20), nullable=False),
    Column("apart", Boolean, nullable=False, server_default=text("false")),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("notes", Encrypted("matches.notes", "json"), nullable=False),
    UniqueConstraint("community", "request", "volunteer"),
    Index("ix_matches_newcomer", "community", "newcomer"),
    Index("ix_matches_volunteer", "community", "volunteer"),
    Index(
        "ix_matches_until", "until", sqlite_where=text("until IS NOT NULL"), postgresql_where=text("until IS NOT NULL")
    ),
    Index(
        "uq_matches_asking",
        "community",
        "request",
        unique=True,
        sqlite_where=text(ASKING),
        postgresql_where=text(ASKING),
    ),
    info=_info(
        "who was suggested to whom, what both answered, their first names and first meeting (encrypted)",
        "a match needs both, and a coordinator",
        "two years after it ended",
        730,
    ),
)

check_ins = Table(
    "check_ins",
    metadata,
    _community(),
    Column("match", RowId, ForeignKey("matches.id", ondelete="CASCADE"), primary_key=True),
    _person("person", key=True),
    Column("follow_up", String(10), primary_key=True),
    Column("answer", Encrypted("check_ins.answer"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    info=_info(
        "how each of a match says it goes (encrypted)", "so that no pair goes quiet unnoticed", "with the match"
    ),
)

acts = Table(
    "acts",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("at", UtcDateTime, nullable=False),
    Column("by", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("what", String(30), nullable=False),
    Column("about", String(40), nullable=False),
    Index("ix_acts_about", "community", "about"),
    info=_info(
        "who did what with a request, volunteer or match, and when", "so that it can be looked up", "two years", 730
    ),
)

network_turns = Table(
    "network_turns",
    metadata,
    _community(key=True),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("settled", Integer, nullable=False, server_default="0"),
    Column("day", Date),
    info=_info(
        "whether anything changed since the last matching, no persons", "matching again", "replaced by the next"
    ),
)
