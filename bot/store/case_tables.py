"""The tables of coordinators and their work: invitations, colleagues, cases, saved answers, the group."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint, text

from bot.store.tables import _community, _info, metadata
from bot.store.types import Encrypted, RowId, UtcDateTime

invitations = Table(
    "invitations",
    metadata,
    _community(key=True),
    Column("token_hash", LargeBinary(16), primary_key=True),
    Column("role", String(80), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("made_by", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("used_by", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    info=_info("one-time invitations, hashed", "coordinators come in by a link", "they expire, after 7 days", 7),
)

colleagues = Table(
    "colleagues",
    metadata,
    _community(key=True),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Encrypted("colleagues.name"), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    info=_info(
        "the first name of who coordinates, as their colleagues see it (encrypted)",
        "so that colleagues see who has what",
        "they are a coordinator no more",
    ),
)

cases = Table(
    "cases",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("question", Encrypted("cases.question"), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("taken_by", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("closed_at", UtcDateTime),
    Column("key", String(40), nullable=False),
    Column("why", String(10), nullable=False, server_default="asked"),
    Column("urgent", Boolean, nullable=False, server_default=text("(false)")),
    Column("waits_since", UtcDateTime),
    Column("promised", UtcDateTime),
    Column("remind_at", UtcDateTime),
    Column("reminded", Integer, nullable=False, server_default="0"),
    Column("helped", String(5)),
    Column("counted", Boolean, nullable=False, server_default=text("(false)")),
    Column("organisation", String(60), nullable=False, server_default=""),
    UniqueConstraint("community", "person", "key"),
    Index("ix_cases_open", "community", "person"),
    info=_info(
        "that somebody asked for a person or an association, and what they wrote",
        "a person answers",
        "60 days after it ended",
        60,
    ),
)

case_messages = Table(
    "case_messages",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("case", RowId, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("person", RowId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("side", String(6), nullable=False),
    Column("by", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("source", RowId),
    Column("posted", RowId),
    Column("in_group", Boolean, nullable=False, server_default=text("(false)")),
    Column("kind", String(12), nullable=False),
    Column("text", Encrypted("case_messages.text"), nullable=False),
    Column("edited", Boolean, nullable=False, server_default=text("(false)")),
    Column("at", UtcDateTime, nullable=False),
    Column("key", String(60), nullable=False),
    UniqueConstraint("community", "case", "key"),
    Index("ix_case_messages_by", "community", "by", "source"),
    info=_info(
        "what a person and the coordinators wrote to each other, and notes on it (encrypted); media stay in Telegram",
        "nothing of a conversation is lost, whoever answers",
        "with its case",
    ),
)

saved_answers = Table(
    "saved_answers",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("key", String(60), nullable=False),
    Column("name", Encrypted("saved_answers.name", "json"), nullable=False),
    Column("removed", Boolean, nullable=False, server_default=text("(false)")),
    UniqueConstraint("community", "key"),
    info=_info(
        "what the team often answers, under a short name (encrypted)",
        "an answer is written once, in every language",
        "a coordinator removes it",
    ),
)

saved_answer_texts = Table(
    "saved_answer_texts",
    metadata,
    _community(),
    Column("answer", RowId, ForeignKey("saved_answers.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String(10), primary_key=True),
    Column("text", Encrypted("saved_answer_texts.text"), nullable=False),
    Column("state", String(10), nullable=False),
    info=_info(
        "a saved answer in a language (encrypted), and whether a person who speaks it wrote or read it",
        "people are answered in theirs",
        "with the answer",
    ),
)

groups = Table(
    "groups",
    metadata,
    _community(key=True),
    Column("chat", Encrypted("groups.chat", "int"), nullable=False),
    Column("chat_hash", LargeBinary(16), nullable=False),
    Column("language", String(10), nullable=False),
    Column("linked_by", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("linked_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    info=_info(
        "the coordinators' group: its chat (encrypted), its language, who linked it",
        "cases are topics there",
        "it is unlinked",
    ),
)

threads = Table(
    "threads",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    _community(),
    Column("person", RowId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("thread", RowId, nullable=False),
    Column("case", RowId),
    Column("head", RowId),
    Column("title", Encrypted("threads.title"), nullable=False),
    Column("shown", String(32), nullable=False, server_default=""),
    Column("closed", Boolean, nullable=False, server_default=text("(false)")),
    UniqueConstraint("community", "thread"),
    Index("ix_threads_person", "community", "person"),
    info=_info(
        "which topic of the group is whose, and what stands at its head (encrypted)",
        "one conversation, one topic",
        "the person or their last case is forgotten; then the topic is deleted in Telegram too",
    ),
)
