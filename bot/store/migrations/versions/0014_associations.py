"""Associations that are asked: whom a case is for, and what is known of organisations that receive newcomers."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation", sa.String(length=60), server_default="", nullable=False))
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("record", sa.JSON(), server_default="{}", nullable=False))
