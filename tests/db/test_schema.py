"""The metadata and the migrations say the same."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, UniqueConstraint

from db.engine import open_engine
from db.schema import SHIPPED, configuration, create, migrate, revision_of
from db.tables import HEAD, metadata


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "x.db").touch()
    return open_engine(tmp_path / "x.db")


def schema_of(connection: Connection) -> list[tuple[str, str, str]]:
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
    return [(kind, name, re.sub(r"\s+", " ", sql or "")) for kind, name, sql in rows]


def test_both_ways_make_the_same_schema(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        create(connection)
        created = schema_of(connection)
    (tmp_path / "y.db").touch()
    with open_engine(tmp_path / "y.db").begin() as connection:
        migrate(connection, SHIPPED)
        migrated = schema_of(connection)
        assert revision_of(connection) == HEAD
    assert created == migrated
    assert len(created) > 20


def test_the_head_is_that_of_the_migrations() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(configuration(SHIPPED)).get_heads() == [HEAD]


def test_alembic_finds_nothing_to_migrate(engine: Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.begin() as connection:
        migrate(connection, SHIPPED)
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_every_reference_has_an_index(engine: Engine) -> None:
    """Without one, removing a record reads all rows that could refer to it."""
    for table in metadata.tables.values():
        unique = (each for each in table.constraints if isinstance(each, UniqueConstraint))
        led = {next(iter(each.columns)).name for each in (*table.indexes, *unique)}
        referring = {key.parent.name for key in table.foreign_keys}
        assert referring <= led
