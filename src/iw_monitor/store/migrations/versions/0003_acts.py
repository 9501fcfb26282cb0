"""Acts: what people state, propose and decide beside reports, by what it is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table, append-only like the others of the journal."""
    op.create_table(
        "act",
        sa.Column("sequence", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_act"),
        sa.ForeignKeyConstraint(["sequence"], ["entry.sequence"], name="fk_act_sequence_entry"),
    )
    op.create_index("ix_act_pack_kind_subject_sequence", "act", ["pack", "kind", "subject", "sequence"])
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        op.execute(
            "CREATE TRIGGER act_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON act "
            "FOR EACH STATEMENT EXECUTE FUNCTION iw_monitor_refuse()"
        )


def _guard_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER act_refuses_{act.lower()} BEFORE {act} ON act "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )
    op.execute(
        "CREATE TRIGGER act_refuses_replace BEFORE INSERT ON act "
        "WHEN EXISTS (SELECT 1 FROM act WHERE sequence = NEW.sequence) "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only and without gaps'); END"
    )


def downgrade() -> None:
    """Refuse: a journal only grows. To go back, restore the backup made before."""
    raise NotImplementedError("a journal is not downgraded; restore the backup made before the upgrade")
