"""Opening what is there, whatever it is, without harming it."""

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from app.domain.change import Change
from app.domain.clock import local_now
from app.domain.errors import NewerPracticeError, StorageError
from db.backup import back_up
from db.engine import _use_write_ahead_log, look, open_engine, require_sound_sqlite
from db.practice import BACKUPS, Practice, open_practice
from db.schema import SHIPPED, Lineage
from db.tables import HEAD
from tests.db.builders import NOW, clock, patient, stamp


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def execute(database: Path, *statements: str) -> None:
    connection = look(database)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def backups(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / BACKUPS).iterdir())


FIRST = "daily-20260314T083000.000000Z.db"
"""The backup that is made when a new practice is closed, at ``NOW``."""


@pytest.fixture
def closed(folder: Path) -> Path:
    """A practice with one patient that nobody has open."""
    with open_practice(folder, clock=clock) as practice:
        practice.repository.commit(Change.add("Add", patient()), stamp())
    return folder


def test_a_new_practice_is_for_its_owner_alone(folder: Path, practice: Practice) -> None:
    practice.repository.commit(Change.add("Add", patient()), stamp())
    assert practice.folder == folder
    assert {path.name: mode(path) for path in [folder, *folder.iterdir()]} == {
        "practice": 0o700,
        "backups": 0o700,
        "logs": 0o700,
        "practice.db": 0o600,
        "practice.db-wal": 0o600,
        "practice.db-shm": 0o600,
    }


def test_closing_leaves_one_file(closed: Path) -> None:
    assert list(contents(closed)) == ["practice.db"]
    with open_practice(closed, create=False, clock=clock) as practice:
        assert practice.repository.count_patients() == 1
        assert practice.repository.check() == []
    assert list(contents(closed)) == ["practice.db"]


def test_opening_needs_no_alembic(closed: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from db.practice import open_practice\n"
        "open_practice(Path(sys.argv[1])).close()\n"
        "open_practice(Path(sys.argv[1]) / 'new').close()\n"
        "sys.exit('alembic' in sys.modules or 'sqlalchemy.orm' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(closed)], check=False).returncode == 0


def test_every_connection_is_durable_and_strict(practice: Practice) -> None:
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000,
        "trusted_schema": 0, "secure_delete": 1, "temp_store": 2,
    }  # fmt: skip
    with practice._transactions.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_a_sqlite_that_damages_files_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(StorageError, match=r"SQLite 3\.51\.3 or newer"):
        require_sound_sqlite(version)


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_a_sound_sqlite_is_taken(version: tuple[int, ...]) -> None:
    require_sound_sqlite(version)


def test_a_place_without_write_ahead_log_is_refused() -> None:
    """A network folder cannot keep one; neither can a database in memory."""
    connection = dbapi2.connect(":memory:")
    with pytest.raises(StorageError, match="cannot keep a write-ahead log"):
        _use_write_ahead_log(connection)
    connection.close()


def test_an_engine_that_only_reads(closed: Path) -> None:
    engine = open_engine(closed / "practice.db", read_only=True)
    with engine.connect().execution_options(needlepoint_reading=True) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM patient").scalar() == 1
        with pytest.raises(Exception, match="readonly"):
            connection.exec_driver_sql("DELETE FROM patient")


def test_the_clock_has_a_zone() -> None:
    assert local_now().utcoffset() is not None


def _text(folder: Path) -> None:
    (folder / "practice.db").write_text("Dear diary, this is no database. " * 200)


def _foreign(folder: Path) -> None:
    dbapi2.connect(str(folder / "practice.db")).execute("CREATE TABLE songs (title)").close()


def _foreign_alembic(folder: Path) -> None:
    connection = dbapi2.connect(str(folder / "practice.db"))
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)").close()


def _directory(folder: Path) -> None:
    (folder / "practice.db").mkdir()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_text, "is not a practice, or it is damaged"),
        (_foreign, "belongs to another program"),
        (_foreign_alembic, "belongs to another program"),
        (_directory, "is not a file"),
    ],
)
def test_what_is_no_practice_is_refused_untouched(tmp_path: Path, make, words: str) -> None:  # type: ignore[no-untyped-def]
    make(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(StorageError, match=words):
        open_practice(tmp_path)
    assert contents(tmp_path) == before
    assert not (tmp_path / "backups").exists()


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="is a file"):
        open_practice(tmp_path / "file")
    with pytest.raises(StorageError, match="cannot be opened: Not a directory"):
        open_practice(tmp_path / "file" / "below")


def test_a_missing_practice_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no practice in"):
        open_practice(tmp_path / "nowhere", create=False)
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "practice.db").touch()
    with pytest.raises(StorageError, match="There is no practice in"):
        open_practice(tmp_path, create=False)
    open_practice(tmp_path).close()  # what a crash at the very first start leaves
    open_practice(tmp_path, create=False).close()


def test_a_truncated_practice_is_called_damaged(closed: Path) -> None:
    database = closed / "practice.db"
    os.truncate(database, database.stat().st_size // 2)
    before = contents(closed)
    with pytest.raises(StorageError, match="damaged"):
        open_practice(closed).repository.everything()
    assert contents(closed)["practice.db"] == before["practice.db"]


def test_a_newer_practice_is_refused_untouched(closed: Path) -> None:
    execute(closed / "practice.db", "UPDATE alembic_version SET version_num = '9999'")
    before = contents(closed)
    with pytest.raises(NewerPracticeError, match="Install the newest version"):
        open_practice(closed)
    assert contents(closed) == before
    assert backups(closed) == [FIRST]


_AS_NOBODY = """
import os, sys
from pathlib import Path
from app.domain.errors import StorageError
from db.practice import open_practice
open_practice(Path(sys.argv[1])).close()  # now everything is imported that is needed
os.setgid(65534); os.setuid(65534)
try:
    open_practice(Path(sys.argv[2])).close()
except StorageError as error:
    print(error)
"""


def open_as_nobody(folder: Path, other: Path) -> str:
    """What a user is told who is neither root nor the owner."""
    program = [sys.executable, "-c", _AS_NOBODY, str(other), str(folder)]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that anybody may enter; each run of pytest closes those that it makes."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "words"),
    [
        (0o555, 0o444, "can be read but not written"),
        (0o555, 0o666, "can be read but not written"),
        (0o777, 0o444, "can be read but not written"),
        (0o777, 0o000, "cannot be opened"),
        (0o000, 0o444, "cannot be opened: Permission denied"),
        (0o777, 0o666, "^$"),
    ],
)
def test_without_permission_nothing_is_harmed(
    closed: Path, public: Path, folder_mode: int, file_mode: int, words: str
) -> None:
    before = contents(closed)
    folder = shutil.copytree(closed, public / "practice")
    for name in ("backups", "logs"):
        (folder / name).chmod(0o777)
    (folder / "practice.db").chmod(file_mode)
    folder.chmod(folder_mode)
    said = open_as_nobody(folder, public / "other")
    folder.chmod(0o700)
    assert re.search(words, said), said
    assert contents(folder) == before


def test_a_folder_that_cannot_be_made(public: Path) -> None:
    said = open_as_nobody(public / "practice", public / "other")
    assert "cannot be opened: Permission denied" in said


# Older practices -------------------------------------------------------------------------

_MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision = "{revision}"
down_revision = "{down}"
def upgrade():
    with op.batch_alter_table("patient") as batch:
        batch.add_column(sa.Column("nickname_{revision}", sa.Text()))
        batch.alter_column("phone", type_=sa.String(600))
    {more}
"""


def lineage(folder: Path, **migrations: str) -> Lineage:
    """The shipped migrations and more, as a later version of the program will have them."""
    folder.mkdir()
    down = HEAD
    for revision, more in migrations.items():
        text = _MIGRATION.format(revision=revision, down=down, more=more or "pass")
        (folder / f"{revision}.py").write_text(text)
        down = revision
    return Lineage(down, (*SHIPPED.folders, folder))


def test_an_older_practice_is_backed_up_and_migrated(closed: Path, tmp_path: Path) -> None:
    later = lineage(tmp_path / "later % versions", r2="", r3="")
    with open_practice(closed, clock=clock, lineage=later) as practice:
        (found,) = practice.repository.patients()
        assert practice.repository.check() == []
        with practice._transactions.reading() as connection:
            assert connection.exec_driver_sql(
                "SELECT nickname_r2, nickname_r3 FROM patient"
            ).all() == [(None, None)]
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    name = f"before-update-of-{HEAD}-20260314T083000.000000Z.db"
    assert backups(closed) == [name, FIRST]
    backup = closed / BACKUPS / name
    assert mode(backup) == 0o600
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(backup, restored / "practice.db")
    with open_practice(restored, create=False, clock=clock) as practice:
        assert practice.repository.patients() == [found]
    with pytest.raises(NewerPracticeError):
        open_practice(closed)
    open_practice(closed, clock=clock, lineage=later).close()
    assert len(backups(closed)) == 2


@pytest.mark.parametrize(
    "more",
    [
        "raise OSError(5, 'broke off')",
        'op.execute(sa.text("DELETE FROM patient")); op.execute(sa.text("INSERT INTO problem '
        "VALUES ('a', 'b', 't', NULL, NULL, '', NULL, NULL, '', '', 1)\"))",
    ],
)
def test_a_failed_migration_changes_nothing(closed: Path, tmp_path: Path, more: str) -> None:
    later = lineage(tmp_path / "later", r2="", r3=more)
    before = contents(closed)
    with pytest.raises(StorageError):
        open_practice(closed, clock=clock, lineage=later)
    assert contents(closed) == before
    assert len(backups(closed)) == 2
    with open_practice(closed, clock=clock) as practice:
        assert practice.repository.check() == []
        assert practice.repository.count_patients() == 1


def test_unfinished_backups_are_swept(closed: Path) -> None:
    leftovers = ("x.db.unfinished", "x.db.unfinished-journal")
    for name in (*leftovers, "whole.db"):
        (closed / "backups" / name).write_bytes(b"a whole copy of the data")
    open_practice(closed, clock=clock).close()
    assert backups(closed) == [FIRST, "whole.db"]


def test_a_backup_of_a_damaged_practice_is_refused(closed: Path, tmp_path: Path) -> None:
    database = closed / "practice.db"
    whole = bytearray(database.read_bytes())
    whole[4096 * 3 : 4096 * 12] = bytes(4096 * 9)
    database.write_bytes(whole)
    with pytest.raises(StorageError, match="damaged"):
        back_up(database, closed / "backups", "copy", NOW)
    assert backups(closed) == [FIRST]
