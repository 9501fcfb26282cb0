"""Accounts of people for whom an identity provider vouches: who they are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who an account is at an identity provider; those that are there have a password and none."""
    op.add_column("user_account", sa.Column("issuer", sa.Text(), nullable=True))
    op.add_column("user_account", sa.Column("subject", sa.Text(), nullable=True))
    op.create_index("ix_user_account_issuer_subject", "user_account", ["issuer", "subject"], unique=True)


def downgrade() -> None:
    """Refuse: a journal only grows. To go back, restore the backup made before."""
    raise NotImplementedError("a journal is not downgraded; restore the backup made before the upgrade")
