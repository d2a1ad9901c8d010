"""Roles: a coordinator for one organisation, who invited, and the names that colleagues see."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "colleagues",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", ROW_ID, nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_colleagues_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_colleagues_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "person", name=op.f("pk_colleagues")),
    )
    _widen_roles(600, before=80)
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.alter_column("role", existing_type=sa.String(length=20), type_=sa.String(length=80))
        batch_op.add_column(sa.Column("made_by", ROW_ID, nullable=True))
        batch_op.create_foreign_key(op.f("fk_invitations_made_by"), "people", ["made_by"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_invitations_made_by"), type_="foreignkey")
        batch_op.drop_column("made_by")
        batch_op.alter_column("role", existing_type=sa.String(length=80), type_=sa.String(length=20))
    _widen_roles(80, before=600)
    op.drop_table("colleagues")


def _widen_roles(length: int, before: int) -> None:
    """SQLite minds no length, and to alter the table there is to make it anew, which would empty what points at it."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("people", "roles", existing_type=sa.String(length=before), type_=sa.String(length=length))
