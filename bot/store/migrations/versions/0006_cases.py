"""Cases: why, since when they wait, what was promised; and what both sides wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for column in (
        sa.Column("why", sa.String(length=10), server_default="asked", nullable=False),
        sa.Column("urgent", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("waits_since", sa.BigInteger(), nullable=True),
        sa.Column("promised", sa.BigInteger(), nullable=True),
        sa.Column("remind_at", sa.BigInteger(), nullable=True),
        sa.Column("reminded", sa.Integer(), server_default="0", nullable=False),
        sa.Column("helped", sa.String(length=5), nullable=True),
    ):
        op.add_column("cases", column)
    op.create_table(
        "case_messages",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("case", ROW_ID, nullable=False),
        sa.Column("person", ROW_ID, nullable=False),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("by", ROW_ID, nullable=True),
        sa.Column("source", ROW_ID, nullable=True),
        sa.Column("posted", ROW_ID, nullable=True),
        sa.Column("in_group", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_case_messages_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name=op.f("fk_case_messages_case"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_case_messages_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_case_messages_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_messages")),
        sa.UniqueConstraint("community", "case", "key", name=op.f("uq_case_messages_community_case_key")),
    )
    op.create_index("ix_case_messages_by", "case_messages", ["community", "by", "source"])
    op.create_table(
        "groups",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("chat", sa.LargeBinary(), nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("linked_by", ROW_ID, nullable=True),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_groups_community")),
        sa.ForeignKeyConstraint(["linked_by"], ["people.id"], name=op.f("fk_groups_linked_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("community", name=op.f("pk_groups")),
    )
    op.create_table(
        "threads",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", ROW_ID, nullable=True),
        sa.Column("thread", ROW_ID, nullable=False),
        sa.Column("case", ROW_ID, nullable=True),
        sa.Column("head", ROW_ID, nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.String(length=32), server_default="", nullable=False),
        sa.Column("closed", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_threads_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_threads_person"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint("community", "thread", name=op.f("uq_threads_community_thread")),
    )
    op.create_index("ix_threads_person", "threads", ["community", "person"])


def downgrade() -> None:
    op.drop_table("threads")
    op.drop_table("groups")
    op.drop_table("case_messages")
    for name in ("helped", "reminded", "remind_at", "promised", "waits_since", "urgent", "why"):
        op.drop_column("cases", name)
