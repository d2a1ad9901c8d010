"""The integration network: its charter, memberships, meetings, who comes, items of agendas, outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _id(name: str, **options: bool) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), **options)  # type: ignore[arg-type] # nullable and the like


def _community() -> "sa.Column[str]":
    return sa.Column("community", sa.String(length=40), nullable=False)


def _of_community(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f(f"fk_{table}_community"))


def _of_meeting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name=op.f(f"fk_{table}_meeting"), ondelete="CASCADE")


def _of_person(table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f(f"fk_{table}_person"), ondelete=ondelete)


def _charters() -> None:
    op.create_table(
        "charters",
        _community(),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("edited", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("planned", sa.String(length=80), server_default="", nullable=False),
        sa.Column("wakes", sa.BigInteger(), nullable=True),
        sa.Column("announced", sa.JSON(), server_default="[]", nullable=False),
        _of_community("charters"),
        sa.PrimaryKeyConstraint("community", name=op.f("pk_charters")),
    )
    op.create_table(
        "memberships",
        _community(),
        sa.Column("organisation", sa.String(length=60), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        _of_community("memberships"),
        sa.PrimaryKeyConstraint("community", "organisation", name=op.f("pk_memberships")),
    )


def _meetings() -> None:
    op.create_table(
        "meetings",
        _id("id", autoincrement=True, nullable=False),
        _community(),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("rule_day", sa.Date(), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="planned", nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("parties", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("agenda_ready", sa.BigInteger(), nullable=True),
        sa.Column("agenda_out", sa.BigInteger(), nullable=True),
        sa.Column("minutes_ready", sa.BigInteger(), nullable=True),
        sa.Column("minutes_out", sa.BigInteger(), nullable=True),
        sa.Column("done", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("wakes", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(length=40), nullable=True),
        _of_community("meetings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_meetings_community_key")),
        sa.UniqueConstraint("community", "rule_day", name=op.f("uq_meetings_community_rule_day")),
    )
    condition = sa.text("wakes IS NOT NULL")
    op.create_index("ix_meetings_wakes", "meetings", ["wakes"], sqlite_where=condition, postgresql_where=condition)
    op.create_table(
        "meeting_replies",
        _community(),
        _id("meeting", nullable=False),
        _id("person", nullable=False),
        sa.Column("reply", sa.String(length=10), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _of_community("meeting_replies"),
        _of_meeting("meeting_replies"),
        _of_person("meeting_replies", "CASCADE"),
        sa.PrimaryKeyConstraint("meeting", "person", name=op.f("pk_meeting_replies")),
    )


def _papers() -> None:
    op.create_table(
        "meeting_points",
        _id("id", autoincrement=True, nullable=False),
        _community(),
        _id("meeting", nullable=True),
        _id("person", nullable=True),
        sa.Column("organisation", sa.String(length=60), server_default="", nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        _of_community("meeting_points"),
        _of_meeting("meeting_points"),
        _of_person("meeting_points", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_points")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_meeting_points_community_key")),
    )
    op.create_index("ix_meeting_points_meeting", "meeting_points", ["community", "meeting"])
    op.create_table(
        "outcomes",
        _id("id", autoincrement=True, nullable=False),
        _community(),
        _id("meeting", nullable=False),
        _id("person", nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("whose", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), server_default="open", nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        _of_community("outcomes"),
        _of_meeting("outcomes"),
        _of_person("outcomes", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_outcomes_community_key")),
    )
    op.create_index("ix_outcomes_meeting", "outcomes", ["community", "meeting"])


def upgrade() -> None:
    _charters()
    _meetings()
    _papers()
