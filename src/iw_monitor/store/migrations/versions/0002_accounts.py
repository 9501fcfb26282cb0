"""Accounts: who may sign in, in which role; their sessions; and where failed attempts are counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables. They hold what is now and may change; the journal beside them tells how it came to be."""
    op.create_table(
        "user_account",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("password_set_at", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_user_account"),
    )
    op.create_table(
        "user_role",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", "pack", name="pk_user_role"),
        sa.ForeignKeyConstraint(["name"], ["user_account.name"], name="fk_user_role_name_user_account"),
        sa.CheckConstraint("role IN ('viewer', 'editor', 'approver', 'admin')", name=op.f("ck_user_role_role")),
    )
    _create_session()
    op.create_table(
        "sign_in_attempt",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "place", name="pk_sign_in_attempt"),
    )


def _create_session() -> None:
    op.create_table(
        "user_session",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_user_session"),
        sa.ForeignKeyConstraint(["name"], ["user_account.name"], name="fk_user_session_name_user_account"),
    )
    op.create_index("ix_user_session_name", "user_session", ["name"])


def downgrade() -> None:
    """Refuse: a journal only grows. To go back, restore the backup made before."""
    raise NotImplementedError("a journal is not downgraded; restore the backup made before the upgrade")
