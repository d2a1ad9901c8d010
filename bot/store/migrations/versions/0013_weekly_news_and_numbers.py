"""Weekly news and numbers: what is asked apart, what is new since when, counts without persons, a period's figures."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "opt_ins",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=5), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_opt_ins_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_opt_ins_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "person", "what", name=op.f("pk_opt_ins")),
    )
    op.create_index("ix_opt_ins_due", "opt_ins", ["community", "what", "due"])
    op.create_table(
        "first_activities",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_first_activities_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_first_activities_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "person", name=op.f("pk_first_activities")),
    )
    op.create_table(
        "seat_counts",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("activity", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("organisation", sa.String(length=60), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_seat_counts_community")),
        sa.PrimaryKeyConstraint("community", "activity", "day", name=op.f("pk_seat_counts")),
    )
    op.create_index("ix_seat_counts_start", "seat_counts", ["community", "start"])
    op.create_table(
        "case_counts",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("answered", sa.String(length=10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_case_counts_community")),
        sa.PrimaryKeyConstraint("community", "month", "answered", name=op.f("pk_case_counts")),
    )
    op.create_table(
        "reports",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("counted", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_reports_community")),
        sa.PrimaryKeyConstraint("community", "period", name=op.f("pk_reports")),
    )
    op.add_column("activities", sa.Column("first_seen", sa.BigInteger(), nullable=True))
    op.execute("UPDATE activities SET first_seen = 0")  # what was there before is not new to anybody
    op.add_column("cases", sa.Column("counted", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))
