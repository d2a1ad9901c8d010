"""Knowledge: what volunteers and coordinators wrote, and which shipped items were taken down."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "knowledge",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", NUMBER, nullable=True),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_knowledge_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_knowledge_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_knowledge_community_key")),
    )
    op.create_index("ix_knowledge_state", "knowledge", ["community", "state"])
