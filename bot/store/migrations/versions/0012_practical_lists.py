"""The practical list of a pair."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "practical_things",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("match", NUMBER, nullable=False),
        sa.Column("thing", sa.String(length=60), nullable=False),
        sa.Column("person", NUMBER, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("off", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("done_by", sa.String(length=10), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_practical_things_community")),
        sa.ForeignKeyConstraint(["match"], ["matches.id"], name=op.f("fk_practical_things_match"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_practical_things_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_things")),
        sa.UniqueConstraint("community", "match", "thing", name=op.f("uq_practical_things_community_match_thing")),
    )
