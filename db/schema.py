"""Which schema a practice has, and how it gets the newest one.

Alembic is imported only where a practice must be migrated: that costs 0.15 s, which every
start of the program would pay. A new practice is made from ``tables.metadata`` instead, and
a test holds that the migrations make the very same schema.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, insert, inspect, select

from app.domain.errors import NewerPracticeError, StorageError
from db.table_parts import metadata
from db.tables import HEAD, alembic_version

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"


class Lineage(NamedTuple):
    """The revisions that a program knows: the newest one, and the folders of migrations."""

    head: str
    folders: Sequence[Path]


SHIPPED = Lineage(HEAD, (_MIGRATIONS / "versions",))


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema; None where the database is empty.

    Raises StorageError where the database holds something else than a practice.
    """
    names = inspect(connection).get_table_names()
    if not names:
        return None
    found: str | None = None
    if alembic_version.name in names:
        found = connection.scalar(select(alembic_version.c.version_num))
    if found is None:
        raise StorageError(
            "The file practice.db belongs to another program. Choose another folder."
        )
    return found


def create(connection: Connection) -> None:
    """Makes the newest schema in an empty database."""
    metadata.create_all(connection)
    alembic_version.create(connection)
    connection.execute(insert(alembic_version), {"version_num": HEAD})


def require_known(revision: str, lineage: Lineage) -> None:
    """Raises NewerPracticeError where ``revision`` is none that this program knows."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(configuration(lineage))
    if revision not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerPracticeError(
            "A newer version of Needlepoint has written this practice. Nothing was changed. "
            "Install the newest version, then open it again."
        )


def migrate(connection: Connection, lineage: Lineage) -> None:
    """Brings the schema to the head of ``lineage`` in the transaction of ``connection``.

    Foreign keys must be off, because a table that is changed is made anew and its rows are
    carried over; they are checked here at the end. Raises StorageError where that fails.
    """
    from alembic import command

    config = configuration(lineage)
    config.attributes["connection"] = connection
    command.upgrade(config, lineage.head)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StorageError(
            "The practice could not be brought to this version: records that belong together "
            "have lost each other. Nothing was changed. Go on with the version you had."
        )


def configuration(lineage: Lineage) -> "Config":
    """Alembic's settings, which need no file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _escaped(str(_MIGRATIONS)))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", _escaped("\n".join(map(str, lineage.folders))))
    return config


def _escaped(text: str) -> str:
    return text.replace("%", "%%")  # the settings interpolate
