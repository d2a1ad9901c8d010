"""Let's Network: requests, volunteers, matches, answers to follow-ups, who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "network_turns",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("changed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("settled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_network_turns_community")),
        sa.PrimaryKeyConstraint("community", name=op.f("pk_network_turns")),
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_acts_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_acts_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    with op.batch_alter_table("acts", schema=None) as batch_op:
        batch_op.create_index("ix_acts_about", ["community", "about"], unique=False)

    op.create_table(
        "requests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("offer", sa.String(length=30), nullable=False),
        sa.Column("whom", sa.String(length=10), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_requests_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_requests_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index(
            "uq_requests_open",
            ["community", "person", "offer", "whom"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'paused', 'matched')"),
            postgresql_where=sa.text("state IN ('waiting', 'paused', 'matched')"),
        )

    op.create_table(
        "volunteers",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("safeguard", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_volunteers_community")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_volunteers_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "person", name=op.f("pk_volunteers")),
    )
    op.create_table(
        "matches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("request", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("newcomer", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("volunteer", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("apart", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_matches_community")),
        sa.ForeignKeyConstraint(["newcomer"], ["people.id"], name=op.f("fk_matches_newcomer"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["request"], ["requests.id"], name=op.f("fk_matches_request"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["volunteer"], ["people.id"], name=op.f("fk_matches_volunteer"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
        sa.UniqueConstraint("community", "request", "volunteer", name=op.f("uq_matches_community_request_volunteer")),
    )
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.create_index("ix_matches_newcomer", ["community", "newcomer"], unique=False)
        batch_op.create_index(
            "ix_matches_until",
            ["until"],
            unique=False,
            sqlite_where=sa.text("until IS NOT NULL"),
            postgresql_where=sa.text("until IS NOT NULL"),
        )
        batch_op.create_index("ix_matches_volunteer", ["community", "volunteer"], unique=False)
        batch_op.create_index(
            "uq_matches_asking",
            ["community", "request"],
            unique=True,
            sqlite_where=sa.text("state IN ('asking_volunteer', 'asking_newcomer')"),
            postgresql_where=sa.text("state IN ('asking_volunteer', 'asking_newcomer')"),
        )

    op.create_table(
        "check_ins",
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("match", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("follow_up", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.id"], name=op.f("fk_check_ins_community")),
        sa.ForeignKeyConstraint(["match"], ["matches.id"], name=op.f("fk_check_ins_match"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_check_ins_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("match", "person", "follow_up", name=op.f("pk_check_ins")),
    )


def downgrade() -> None:
    op.drop_table("check_ins")
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_matches_asking",
            sqlite_where=sa.text("state IN ('asking_volunteer', 'asking_newcomer')"),
            postgresql_where=sa.text("state IN ('asking_volunteer', 'asking_newcomer')"),
        )
        batch_op.drop_index("ix_matches_volunteer")
        batch_op.drop_index(
            "ix_matches_until", sqlite_where=sa.text("until IS NOT NULL"), postgresql_where=sa.text("until IS NOT NULL")
        )
        batch_op.drop_index("ix_matches_newcomer")

    op.drop_table("matches")
    op.drop_table("volunteers")
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_requests_open",
            sqlite_where=sa.text("state IN ('waiting', 'paused', 'matched')"),
            postgresql_where=sa.text("state IN ('waiting', 'paused', 'matched')"),
        )

    op.drop_table("requests")
    with op.batch_alter_table("acts", schema=None) as batch_op:
        batch_op.drop_index("ix_acts_about")

    op.drop_table("acts")
    op.drop_table("network_turns")
