"""The journal: entries in a chain, and observations and retractions as typed columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPLICATION_ID = 0x49574D4A
_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# When an insert would take the place of a row that is there, or leave a gap.
_WRONG_INSERT = {
    "entry": (
        "NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM entry)"
        " OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)"
    ),
    "observation": "EXISTS (SELECT 1 FROM observation WHERE sequence = NEW.sequence)",
    "retraction": (
        "EXISTS (SELECT 1 FROM retraction"
        " WHERE sequence = NEW.sequence OR observation_sequence = NEW.observation_sequence)"
    ),
}


def upgrade() -> None:
    """Create the tables, and the triggers that keep them append-only whoever writes."""
    _create_entry()
    _create_observation()
    _create_retraction()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
        op.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    else:
        _guard_postgresql()


def downgrade() -> None:
    """Refuse: a journal only grows. To go back, restore the backup made before."""
    raise NotImplementedError("a journal is not downgraded; restore the backup made before the upgrade")


def _create_entry() -> None:
    op.create_table(
        "entry",
        sa.Column("sequence", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("pack_hash", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_entry"),
        sa.UniqueConstraint("id", name="uq_entry_id"),
    )


def _create_observation() -> None:
    op.create_table(
        "observation",
        sa.Column("sequence", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("reliability", sa.Text(), nullable=False),
        sa.Column("credibility", sa.SmallInteger(), nullable=False),
        sa.Column("originator", sa.Text(), nullable=False),
        sa.Column("observed_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_observation"),
        sa.ForeignKeyConstraint(["sequence"], ["entry.sequence"], name="fk_observation_sequence_entry"),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_observation_level")),
        sa.CheckConstraint("credibility BETWEEN 1 AND 6", name=op.f("ck_observation_credibility")),
        sa.CheckConstraint("recorded_at >= observed_at", name=op.f("ck_observation_recorded_after_observed")),
    )
    op.create_index(
        "ix_observation_indicator_pack_observed_at_sequence",
        "observation",
        ["indicator", "pack", "observed_at", "sequence"],
    )


def _create_retraction() -> None:
    op.create_table(
        "retraction",
        sa.Column("sequence", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("observation_sequence", _SEQUENCE, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_retraction"),
        sa.ForeignKeyConstraint(["sequence"], ["entry.sequence"], name="fk_retraction_sequence_entry"),
        sa.ForeignKeyConstraint(
            ["observation_sequence"],
            ["observation.sequence"],
            name="fk_retraction_observation_sequence_observation",
        ),
        sa.UniqueConstraint("observation_sequence", name="uq_retraction_observation_sequence"),
    )


def _guard_sqlite() -> None:
    for table, wrong in _WRONG_INSERT.items():
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN {wrong} "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only and without gaps'); END"
        )


def _guard_postgresql() -> None:
    # An upsert that would change a row counts as UPDATE, also when it meets none.
    op.execute(
        "CREATE FUNCTION iw_monitor_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in _WRONG_INSERT:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION iw_monitor_refuse()"
        )
    # Keys refuse what is there twice; the gap is looked for once a statement, however many rows it adds.
    op.execute(
        "CREATE FUNCTION iw_monitor_refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE fine boolean; BEGIN "
        "EXECUTE format('SELECT NOT EXISTS (SELECT 1 FROM added WHERE sequence < 1 OR sequence > 1 AND NOT EXISTS "
        "(SELECT 1 FROM %I.%I AS held WHERE held.sequence = added.sequence - 1))', TG_TABLE_SCHEMA, TG_TABLE_NAME) "
        "INTO fine; "
        "IF NOT fine THEN RAISE EXCEPTION 'the journal is append-only and without gaps' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER entry_refuses_gap AFTER INSERT ON entry REFERENCING NEW TABLE AS added "
        "FOR EACH STATEMENT EXECUTE FUNCTION iw_monitor_refuse_gap()"
    )
