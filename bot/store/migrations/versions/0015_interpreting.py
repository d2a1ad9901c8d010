"""Interpreting: who interprets, what they are needed for, and who was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state IN ('looking', 'none', 'found')")


def upgrade() -> None:
    op.create_table(
        "interpreters",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rests", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_interpreters_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_interpreters_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "person", name=op.f("pk_interpreters")),
    )
    op.create_table(
        "interpreting_tasks",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("activity", NUMBER, nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("seat_day", sa.Date(), nullable=True),
        sa.Column("match", NUMBER, nullable=True),
        sa.Column("case", NUMBER, nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("interpreter", NUMBER, nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity"], ["activities.number"], name=op.f("fk_interpreting_tasks_activity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name=op.f("fk_interpreting_tasks_case"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_interpreting_tasks_community")),
        sa.ForeignKeyConstraint(
            ["interpreter"], ["people.id"], name=op.f("fk_interpreting_tasks_interpreter"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["match"], ["matches.id"], name=op.f("fk_interpreting_tasks_match"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_interpreting_tasks_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreting_tasks")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_interpreting_tasks_community_key")),
    )
    op.create_index(
        "ix_interpreting_tasks_open",
        "interpreting_tasks",
        ["community", "until"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "interpreting_asked",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("task", NUMBER, nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=10), server_default="", nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_interpreting_asked_community")),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_interpreting_asked_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["task"], ["interpreting_tasks.id"], name=op.f("fk_interpreting_asked_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task", "person", name=op.f("pk_interpreting_asked")),
    )
