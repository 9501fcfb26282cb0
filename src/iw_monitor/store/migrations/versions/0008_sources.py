"""Sources: how each was last seen, what it said then, and what makes the next request a conditional one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table. It holds what is now; what a source brought is in the journal."""
    op.create_table(
        "source_state",
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("run_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("newest_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("memory", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pack", "source", name="pk_source_state"),
        sa.CheckConstraint(
            "outcome IN ('new', 'unchanged', 'empty', 'failed', 'unconfigured')", name=op.f("ck_source_state_outcome")
        ),
    )


def downgrade() -> None:
    """Refuse: a journal only grows. To go back, restore the backup made before."""
    raise NotImplementedError("a journal is not downgraded; restore the backup made before the upgrade")
