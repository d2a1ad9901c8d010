"""Every table: what it keeps of whom, why, and for how long (`info`), which `docs/privacy.md` and a test read.

Every row belongs to a community. What tells a person (chat, town, free text) is `Encrypted`, with a keyed hash beside
it where it must be found.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.store.types import Encrypted, RowId, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _info(keeps: str, why: str, until: str, days: int | None = None) -> dict[str, Any]:
    return {"keeps": keeps, "why": why, "until": until, "days": days}


def _community(*, key: bool = False) -> Column[str]:
    return Column("community", String(40), ForeignKey("communities.id"), primary_key=key, nullable=False)


communities = Table(
    "communities",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("record", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    info=_info("a municipality's name, office hours and centre", "everything belongs to one", "the pack is removed"),
)

places = Table(
    "places",
    metadata,
    _community(key=True),
    Column("id", String(60), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("names", JSON, nullable=False),
    info=_info("towns and villages, and how they are spelt", "to find what is near", "the pack is removed"),
)

organisations = Table(
    "organisations",
    metadata,
    _community(key=True),
    Column("id", String(60), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("level", String(20), nullable=False),
    Column("record", JSON, nullable=False, server_default="{}"),
    info=_info("associations and authorities, no persons", "who holds an activity", "the pack is removed"),
)

activities = Table(
    "activities",
    metadata,
    Column("number", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("id", String(80), nullable=False),
    Column("organisation", String(60), nullable=False),
    Column("place", String(60), nullable=False),
    Column("record", JSON, nullable=False),
    Column("capacity", Integer),
    Column("state", String(10), nullable=False, server_default="on"),
    Column("sequence", Integer, nullable=False, server_default="0"),
    Column("origin", String(60), nullable=False, server_default="pack"),
    Column("edited", JSON, nullable=False, server_default="{}"),
    Column("confirmed", UtcDateTime),
    Column("asked_since", UtcDateTime),
    Column("first_seen", UtcDateTime),
    Column("photo", String(200)),
    Column("voices", JSON),
    UniqueConstraint("community", "id"),
    info=_info("what there is to take part in", "people ask for it", "the activity is removed"),
)

activity_texts = Table(
    "activity_texts",
    metadata,
    _community(),
    Column("activity", RowId, ForeignKey("activities.number", ondelete="CASCADE"), primary_key=True),
    Column("language", String(10), primary_key=True),
    Column("title", String(80), nullable=False),
    Column("about", String(400), nullable=False),
    Column("state", String(10), nullable=False),
    Column("by_hand", Boolean, nullable=False, server_default=text("false")),
    Column("stale", Boolean, nullable=False, server_default=text("false")),
    info=_info("an activity's title and text by language", "people read it in theirs", "the activity is removed"),
)

changes = Table(
    "changes",
    metadata,
    _community(),
    Column("activity", RowId, ForeignKey("activities.number", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("start", UtcDateTime),
    Column("end", UtcDateTime),
    Column("cancelled", Boolean, nullable=False),
    Column("capacity", Integer),
    info=_info(
        "occurrences that were moved, cancelled or resized",
        "so that people are told",
        "the activity is removed",
    ),
)

people = Table(
    "people",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("chat_hash", LargeBinary(16), nullable=False),
    Column("chat", Encrypted("people.chat", "int"), nullable=False),
    Column("language", String(10), nullable=False),
    Column("place", Encrypted("people.place")),
    Column("place_hash", LargeBinary(16)),
    Column("roles", String(600), nullable=False, server_default=""),
    Column("state", String(10), nullable=False),
    Column("step", Encrypted("people.step", "json")),
    Column("asked", Encrypted("people.asked", "json")),
    Column("consent", String(20), nullable=False),
    Column("consented_at", UtcDateTime, nullable=False),
    UniqueConstraint("community", "chat_hash"),
    Index("ix_people_consented", "community", "consented_at"),
    info=_info(
        "chat (encrypted), language, town (encrypted), role, when they said yes, the step and question they are at",
        "to answer in their language and to send what they asked for",
        "they erase themselves with /deleteme",
    ),
)

signups = Table(
    "signups",
    metadata,
    _community(),
    Column("activity", RowId, ForeignKey("activities.number", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("joined", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("start", UtcDateTime, nullable=False),
    Column("answer", String(10)),
    Column("turns", Integer, nullable=False, server_default="0"),
    Column("door", Integer),
    Column("came", Boolean),
    Index("ix_signups_person", "community", "person"),
    Index(
        "ix_signups_wake",
        "until",
        sqlite_where=text("until IS NOT NULL"),
        postgresql_where=text("until IS NOT NULL"),
    ),
    info=_info(
        "who has a seat or waits for one, and whether they came",
        "the door list and the waiting list",
        "60 days after it was held",
        60,
    ),
)

notices = Table(
    "notices",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("key", String(80), nullable=False),
    Column("content", Encrypted("notices.content", "json"), nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("too_late", UtcDateTime),
    Column("asked", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("state", String(10), nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("settled_at", UtcDateTime),
    Column("message", RowId),
    Column("reason", String(200)),
    UniqueConstraint("community", "person", "kind", "key"),
    Index(
        "ix_notices_due",
        "community",
        "due",
        "id",
        "state",  # SQLite looks a partial index's condition up in the table, unless it finds it here
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    info=_info(
        "what we will say, or said, on our own initiative",
        "reminders and news arrive once",
        "60 days after",
        60,
    ),
)

claims = Table(
    "claims",
    metadata,
    Column("notice", RowId, primary_key=True, autoincrement=False),
    Column("community", String(40), nullable=False),
    Column("until", UtcDateTime, nullable=False),
    info=_info("which notices are being sent at this moment", "nothing is said twice", "sent, or two minutes"),
)

inbox = Table(
    "inbox",
    metadata,
    _community(key=True),
    Column("update_id", RowId, primary_key=True, autoincrement=False),
    Column("payload", Encrypted("inbox.payload")),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", String(300)),
    Index(
        "ix_inbox_waiting",
        "update_id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    info=_info(
        "an update from Telegram until it is answered (encrypted); after that only its number",
        "nothing confirmed is ever lost, and nothing is answered twice",
        "answered; its number for two days; one that was set aside for 30 days",
        2,
    ),
)

polling = Table(
    "polling",
    metadata,
    _community(key=True),
    Column("confirmed", RowId, nullable=False),
    info=_info("the last update number confirmed to Telegram", "to go on where we were", "replaced by the next"),
)

wishes = Table(
    "wishes",
    metadata,
    _community(key=True),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("query", String(64), primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    info=_info("what somebody wants to be told of when there is one", "so that they are told", "told, or 90 days", 90),
)

needs = Table(
    "needs",
    metadata,
    _community(key=True),
    Column("month", Date, primary_key=True),
    Column("language", String(10), primary_key=True),
    Column("topic", String(40), primary_key=True),
    Column("place", String(60), primary_key=True),
    Column("count", Integer, nullable=False),
    info=_info("how often what there is not was asked for, without who asked", "to see unmet need", "two years", 730),
)

unread_words = Table(
    "unread_words",
    metadata,
    _community(key=True),
    Column("language", String(10), primary_key=True),
    Column("word", String(30), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_month", Date, nullable=False),
    info=_info(
        "words that were not understood, without who wrote them or the rest of the sentence",
        "so that the word lists grow; shown from five times on",
        "six months after it was last written",
        180,
    ),
)

# The tables of a family each: whoever knows one table knows all, as they point at each other.
from bot.store import (  # noqa: E402 # they stand on what is above
    activity_tables,  # noqa: F401 # made known by being read
    announcement_tables,  # noqa: F401 # the same
    case_tables,  # noqa: F401 # the same
    feed_tables,  # noqa: F401 # the same
    first_step_tables,  # noqa: F401 # the same
    interpreting_tables,  # noqa: F401 # the same
    knowledge_tables,  # noqa: F401 # the same
    meeting_tables,  # noqa: F401 # the same
    network_tables,  # noqa: F401 # the same
    number_tables,  # noqa: F401 # the same
    practical_tables,  # noqa: F401 # the same
    programme_tables,  # noqa: F401 # the same
)
