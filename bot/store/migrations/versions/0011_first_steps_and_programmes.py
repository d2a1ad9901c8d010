"""First steps and programmes: what there is, where a person stands, which themes and sessions are theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "first_steps",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_first_steps_community")),
        sa.PrimaryKeyConstraint("community", "id", name=op.f("pk_first_steps")),
    )
    op.create_table(
        "beginnings",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("planned", sa.String(length=16), server_default="", nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_beginnings_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_beginnings_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "person", name=op.f("pk_beginnings")),
    )
    op.create_index("ix_beginnings_planned", "beginnings", ["community", "planned"])
    op.create_table(
        "programmes",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_programmes_community")),
        sa.PrimaryKeyConstraint("community", "id", name=op.f("pk_programmes")),
    )
    op.create_table(
        "theme_choices",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("activity", NUMBER, nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("themes", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity"], ["activities.number"], name=op.f("fk_theme_choices_activity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_theme_choices_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_theme_choices_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("activity", "person", name=op.f("pk_theme_choices")),
    )
    op.create_table(
        "session_attendances",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("activity", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("visit", sa.Boolean(), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity"], ["activities.number"], name=op.f("fk_session_attendances_activity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_session_attendances_community")),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_session_attendances_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("activity", "day", "person", name=op.f("pk_session_attendances")),
    )
    op.create_index("ix_session_attendances_person", "session_attendances", ["community", "person"])
    op.create_index("ix_session_attendances_start", "session_attendances", ["community", "start"])
