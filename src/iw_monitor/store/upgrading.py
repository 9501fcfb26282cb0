"""Alembic's part: the steps from the tables that a database has to those that the code knows."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def to_newest(connection: Connection) -> None:
    """Take every step that is missing, within the transaction of the caller."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def scripts() -> ScriptDirectory:
    """Return the migrations, as Alembic reads them."""
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "iw_monitor.store:migrations")
    config.set_main_option("path_separator", "os")
    return config
