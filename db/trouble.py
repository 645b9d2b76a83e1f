"""What the database driver says, in sentences that tell the user what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from app.domain.errors import InvalidRecordError, StorageError
from app.domain.findings import Finding

GO_ON_WITH_A_BACKUP = (
    "Leave its folder as it is. Make a new folder, copy the newest file of the folder backups into "
    "it under the name practice.db, and open the new folder."
)
DAMAGED = f"The practice is damaged. {GO_ON_WITH_A_BACKUP}"
NOT_READ = (
    "The practice could not be read. Try again; where that does not help, "
    "look for damage with the command check."
)
_REFUSED = "The disk did not take or give the data: it may be full, failing or disconnected. "
_NOT_SAVED = "The last change was not saved; everything before it is safe."

CANNOT_OPEN = (
    "The practice cannot be opened. Check that its folder and the files in it are there and may "
    "be read and written."
)
READ_ONLY = (
    "The practice can be read but not written. Allow writing to its folder and the files in it, "
    "or open a copy of the folder."
)

_SENTENCES = {
    dbapi2.SQLITE_FULL: f"The disk is full. {_NOT_SAVED} Make room, then repeat it.",
    dbapi2.SQLITE_IOERR: f"{_REFUSED}{_NOT_SAVED}",
    dbapi2.SQLITE_READONLY: READ_ONLY,
    dbapi2.SQLITE_BUSY: "Another program holds the practice. Wait until it has finished or "
    "close it, then try again.",
    dbapi2.SQLITE_CANTOPEN: CANNOT_OPEN,
    dbapi2.SQLITE_CORRUPT: DAMAGED,
    dbapi2.SQLITE_NOTADB: "The file practice.db is not a practice, or it is damaged. Choose "
    f"another folder, or go on with a backup. {GO_ON_WITH_A_BACKUP}",
}
_SENTENCES[dbapi2.SQLITE_LOCKED] = _SENTENCES[dbapi2.SQLITE_BUSY]
_SENTENCES[dbapi2.SQLITE_PERM] = _SENTENCES[dbapi2.SQLITE_CANTOPEN]


@contextmanager
def storage_trouble(*, reading: bool = False) -> Iterator[None]:
    """Raises StorageError or InvalidRecordError in place of what a user could do nothing with.

    Errors that are bugs (a wrong SQL statement) pass unchanged. Not so while ``reading``:
    then nothing is at stake, and every error of the driver becomes a StorageError.
    """
    try:
        yield
    except DBAPIError as error:
        _raise_known(error.orig, error, reading)
        raise
    except dbapi2.Error as error:
        _raise_known(error, error, reading)
        raise
    except (OverflowError, UnicodeEncodeError) as error:
        raise InvalidRecordError(
            "A number or a text holds something that cannot be stored. Enter it again."
        ) from error


def taken_number() -> InvalidRecordError:
    """For a patient number that another patient has."""
    finding = Finding("number", "Another patient has this number. Enter another one.")
    return InvalidRecordError(finding.message, (finding,))


def _raise_known(said: BaseException | None, cause: Exception, reading: bool) -> None:
    sentence = sentence_of(said) or (NOT_READ if reading else None)
    if sentence is not None:
        raise StorageError(sentence) from cause


def sentence_of(said: BaseException | None) -> str | None:
    """What to tell a user about a driver's error; None where it is a bug."""
    code = getattr(said, "sqlite_errorcode", None)
    return None if code is None else _SENTENCES.get(code & 0xFF)  # without the extension
