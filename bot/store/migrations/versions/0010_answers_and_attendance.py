"""Saved answers in several languages, and who came on which day of a course."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_answers",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_saved_answers_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_answers")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_saved_answers_community_key")),
    )
    op.create_table(
        "saved_answer_texts",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("answer", NUMBER, nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_saved_answer_texts_community")),
        sa.ForeignKeyConstraint(
            ["answer"], ["saved_answers.id"], name=op.f("fk_saved_answer_texts_answer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer", "language", name=op.f("pk_saved_answer_texts")),
    )
    op.create_table(
        "attendance",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("activity", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("seat", sa.Date(), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_attendance_community")),
        sa.ForeignKeyConstraint(
            ["activity", "seat", "person"],
            ["signups.activity", "signups.day", "signups.person"],
            name=op.f("fk_attendance_activity_seat_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity", "day", "person", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_person", ["community", "person"], unique=False)
