"""The tables of what is asked apart (weekly news, statistics), of counts without persons, and of a period's figures."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

opt_ins = Table(
    "opt_ins",
    metadata,
    _community(key=True),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("answer", String(5), nullable=False),
    Column("version", String(20), nullable=False),
    Column("content", Encrypted("opt_ins.content", "json"), nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("due", UtcDateTime),
    Index("ix_opt_ins_due", "community", "what", "due"),
    info=_info(
        "what somebody was asked apart (weekly news, statistics), their answer and when; which topics (encrypted)",
        "neither is done without a yes of its own, and nobody is asked twice",
        "they erase themselves with /deleteme",
    ),
)

first_activities = Table(
    "first_activities",
    metadata,
    _community(key=True),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("audience", String(10), nullable=False),
    info=_info(
        "when somebody who said yes to statistics first took part, and whether it was for children or youth",
        "to know how long it takes from the first contact",
        "they take that yes back, or erase themselves",
    ),
)

seat_counts = Table(
    "seat_counts",
    metadata,
    _community(key=True),
    Column("activity", RowId, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("start", UtcDateTime, nullable=False),
    Column("organisation", String(60), nullable=False),
    Column("audience", String(10), nullable=False),
    Column("capacity", Integer),
    Column("used", Integer, nullable=False),
    Index("ix_seat_counts_start", "community", "start"),
    info=_info(
        "how many seats were used each time something was held, without whose they were",
        "to see what is used and what is full",
        "two years",
        730,
    ),
)

case_counts = Table(
    "case_counts",
    metadata,
    _community(key=True),
    Column("month", Date, primary_key=True),
    Column("answered", String(10), primary_key=True),
    Column("count", Integer, nullable=False),
    info=_info(
        "how many who asked for a person were answered within a day, and how many later, without who they were",
        "to see whether people are answered",
        "two years",
        730,
    ),
)

reports = Table(
    "reports",
    metadata,
    _community(key=True),
    Column("period", String(10), primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("counted", Encrypted("reports.counted", "json")),
    info=_info(
        "a quarter's or year's figures as they may be shown; what they come from (encrypted) until their year is made",
        "they stay the same whenever they are looked at, so that nobody is found by comparing",
        "five years",
        1826,
    ),
)
