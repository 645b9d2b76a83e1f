"""A file is there whole or not at all."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from app.domain.errors import ExportError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

_PREFIX, _SUFFIX = ".needlepoint-", ".part"
_LEFT_BEHIND_S = 3600.0


def require_folder(path: Path) -> None:
    """Raises ExportError where ``path`` names no file that could be in a folder that exists."""
    if "\0" in str(path):
        raise ExportError("The name of the file holds a character that no name can have.")
    try:
        if not path.parent.is_dir():
            raise ExportError(
                f"The folder {path.parent} does not exist. Make it, or choose another folder."
            )
        if path.is_dir():
            raise ExportError(f"{path} is a folder. Choose a name for the file in it.")
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise ExportError(why_not_written(path, error)) from None


def make_folder(path: Path) -> None:
    """Makes ``path`` a folder, for this user only, unless it is one. Its own folder must be there.

    Raises ExportError.
    """
    if path.is_dir():
        return
    require_folder(path)
    try:
        path.mkdir(mode=0o700)
    except OSError as error:
        raise ExportError(why_not_written(path, error)) from None


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Writes a file so that ``path`` is either what it was before, or complete and on disk.

    The file can be read by this user only: it holds patients' data. Raises ExportError; what
    ``chunks`` raises is let through.
    """
    require_folder(path)
    try:
        _write_beside(Path(os.path.realpath(path)), chunks)  # a link stays a link
    except OSError as error:
        raise ExportError(why_not_written(path, error)) from None


def _write_beside(path: Path, chunks: Iterable[bytes]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=_SUFFIX)
    try:
        with open(handle, "wb") as file:
            _sweep(path.parent, os.fstat(handle).st_mtime)
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(path.parent)


def _sweep(folder: Path, now: float) -> None:
    """Takes away what a crash left here: patients' data in files that nobody knows of.

    ``now`` is by the clock of the disk, which need not be that of this computer. A younger
    file may be one that another program is writing at this moment.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX):
                with contextlib.suppress(OSError):
                    if now - entry.stat(follow_symlinks=False).st_mtime > _LEFT_BEHIND_S:
                        os.unlink(entry.path)


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable; where a system cannot do that, the file is whole anyway."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def why_not_written(path: Path, error: OSError) -> str:
    """What is said to the user of ``error``, and what to do about it."""
    number = error.errno
    if number in _FULL:
        return f"There is no room left for {path}. Free some space, or choose another folder."
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{path.parent} may not be written to. Choose another folder."
    if number == errno.ENAMETOOLONG:
        return "The name of the file is too long. Choose a shorter one."
    return f"{path} could not be written ({error.strerror}). Choose another name or folder."
