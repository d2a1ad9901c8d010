"""Announcements: what is said to many, its versions by language, and a narrow row for each person who gets it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _id(name: str, **options: bool) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), **options)  # type: ignore[arg-type] # nullable and the like


def upgrade() -> None:
    op.create_index("ix_people_consented", "people", ["community", "consented_at"], unique=False)
    op.create_table(
        "announcements",
        _id("id", autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        _id("author", nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.Column("missing", sa.String(length=10), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("late_joiners", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        _id("activity", nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("offset_minutes", sa.Integer(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        _id("queued", nullable=True),
        _id("bubble", nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_announcements_community")),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name=op.f("fk_announcements_author"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    op.create_table(
        "versions",
        sa.Column("community", sa.String(length=40), nullable=False),
        _id("announcement", nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _id("by", nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        _id("corrected", nullable=True),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_versions_community")),
        sa.ForeignKeyConstraint(
            ["announcement"], ["announcements.id"], name=op.f("fk_versions_announcement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_versions_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("announcement", "language", name=op.f("pk_versions")),
    )
    op.create_table(
        "deliveries",
        sa.Column("community", sa.String(length=40), nullable=False),
        _id("announcement", nullable=False),
        _id("person", nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("version", sa.String(length=10), nullable=True),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        _id("message", nullable=True),
        sa.Column("more", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("again", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_deliveries_community")),
        sa.ForeignKeyConstraint(
            ["announcement"], ["announcements.id"], name=op.f("fk_deliveries_announcement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_deliveries_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("announcement", "person", name=op.f("pk_deliveries")),
        sqlite_with_rowid=False,
    )
    for name, columns, state in (
        ("ix_deliveries_due", ["announcement", "due", "person"], "state = 'waiting'"),
        ("ix_deliveries_leased", ["leased_until"], "state = 'sending'"),
    ):
        op.create_index(
            name,
            "deliveries",
            columns,
            unique=False,
            sqlite_where=sa.text(state),
            postgresql_where=sa.text(state),
        )
    op.create_index("ix_deliveries_person", "deliveries", ["person", "settled_at"], unique=False)


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("versions")
    op.drop_table("announcements")
    op.drop_index("ix_people_consented", table_name="people")
