"""A file is there whole or not at all."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from app.domain.errors import ExportError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def require_place(out: Path) -> None:
    """Raises ExportError where ``out`` could never be written, before any work is done."""
    try:
        if not out.parent.is_dir():
            raise ExportError(
                f"The folder {out.parent} does not exist. Make it, or choose another folder."
            )
        if out.is_dir():
            raise ExportError(f"{out} is a folder. Choose a name for the file in it.")
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise ExportError(why_not_written(out, error)) from error


def write_whole(out: Path, content: bytes) -> None:
    """Writes ``content`` beside ``out``, makes it durable, and then gives it its name.

    The file can be read by this user only: it holds a patient's data. Raises ExportError; what
    was under the name before is then still there, unharmed.
    """
    require_place(out)
    try:
        _write_beside(Path(os.path.realpath(out)), content)  # a link stays a link
    except (OSError, ValueError) as error:
        raise ExportError(why_not_written(out, error)) from error


def _write_beside(out: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=".needlepoint-", suffix=".part")
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, out)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(out.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable, where the system can do that for a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def why_not_written(out: Path, error: OSError | ValueError) -> str:
    """What is said to the user of ``error``, and what to do about it."""
    number = getattr(error, "errno", None)
    if number in _FULL:
        return f"There is no room left for {out}. Free some space, or choose another folder."
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{out.parent} may not be written to. Choose another folder."
    if number == errno.ENAMETOOLONG:
        return "The name of the file is too long. Choose a shorter one."
    reason = getattr(error, "strerror", None) or str(error)
    return f"{out} could not be written ({reason}). Choose another name or folder."
