"""Calendars: feeds that are read, private links to one's own sign-ups, and how often a seat was taken and left."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("signups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("turns", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "feeds",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("url", sa.LargeBinary(), nullable=True),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("etag", sa.String(length=200), server_default="", nullable=False),
        sa.Column("modified", sa.String(length=200), server_default="", nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("fault", sa.String(length=20), nullable=True),
        sa.Column("told", sa.String(length=300), server_default="", nullable=False),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unread", sa.JSON(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_feeds_community")),
        sa.PrimaryKeyConstraint("community", "id", name=op.f("pk_feeds")),
    )
    op.create_table(
        "calendar_links",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_calendar_links_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_calendar_links_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "person", name=op.f("pk_calendar_links")),
        sa.UniqueConstraint("community", "token_hash", name=op.f("uq_calendar_links_community_token_hash")),
    )
