"""Alembic's way in: runs the migrations on the connection it is given, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from iw_monitor.store.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
