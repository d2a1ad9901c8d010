"""A claim on a notice is a row of its own, and what is due is found in the index alone."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WAITING: dict[str, Any] = {
    "sqlite_where": sa.text("state = 'waiting'"),
    "postgresql_where": sa.text("state = 'waiting'"),
}
_SENDING: dict[str, Any] = {
    "sqlite_where": sa.text("state = 'sending'"),
    "postgresql_where": sa.text("state = 'sending'"),
}


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("notice", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("notice", name=op.f("pk_claims")),
    )
    # What was being sent when the old Brobot ended waits again, as at every start.
    op.execute("UPDATE notices SET state = 'waiting' WHERE state = 'sending'")
    op.drop_index("ix_notices_leased", table_name="notices", **_SENDING)
    op.drop_index("ix_notices_due", table_name="notices", **_WAITING)
    op.drop_column("notices", "leased_until")
    op.create_index("ix_notices_due", "notices", ["community", "due", "id", "state"], unique=False, **_WAITING)


def downgrade() -> None:
    op.drop_index("ix_notices_due", table_name="notices", **_WAITING)
    op.add_column("notices", sa.Column("leased_until", sa.BigInteger(), nullable=True))
    op.create_index("ix_notices_due", "notices", ["due"], unique=False, **_WAITING)
    op.create_index("ix_notices_leased", "notices", ["leased_until"], unique=False, **_SENDING)
    op.drop_table("claims")
