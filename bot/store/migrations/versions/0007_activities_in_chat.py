"""Activities in chat: what was changed over a pack, forms in the making, translators, who came."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin", sa.String(length=60), server_default="pack", nullable=False))
        batch_op.add_column(sa.Column("edited", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("confirmed", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("asked_since", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("photo", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("voices", sa.JSON(), nullable=True))
    with op.batch_alter_table("activity_texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stale", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    with op.batch_alter_table("signups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("door", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("came", sa.Boolean(), nullable=True))
    op.create_table(
        "edits",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("activity", NUMBER, nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity"], ["activities.number"], name=op.f("fk_edits_activity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_edits_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_edits_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edits")),
    )
    with op.batch_alter_table("edits", schema=None) as batch_op:
        batch_op.create_index("uq_edits_key", ["community", "person", "key"], unique=True)
        batch_op.create_index("ix_edits_state", ["community", "state"], unique=False)
    op.create_table(
        "translators",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_translators_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_translators_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "person", "language", name=op.f("pk_translators")),
    )
