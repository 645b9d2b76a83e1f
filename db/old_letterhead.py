"""The letterhead that older versions kept as a file beside the database, taken over once.

The file goes when the practice holds what was in it. One that is damaged stays where it is.
"""

import json
from base64 import b64decode
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.errors import InvalidRecordError, StorageError
from app.domain.identity import new_id
from app.domain.letterhead import Letterhead
from app.domain.ports import Repository

FILE = "letterhead.json"
_FORMAT = "needlepoint.letterhead/1"
_LARGEST_FILE = 4_000_000
"""Bytes."""
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, RecursionError, InvalidRecordError)


def take_over(folder: Path, repository: Repository, now: datetime) -> str | None:
    """Moves the letterhead of an older version into the practice, where that has none.

    Gives a sentence to be said where there is a file that cannot be taken over.
    """
    path = folder / FILE
    if not path.exists() or repository.letterhead() is not None:
        return None
    try:
        change = Change.add("Take over letterhead", _read(path))
        repository.commit(change, Stamp(step=new_id(), action=Action.DO, at=now))
    except StorageError as error:
        return f"The letterhead of an older version could not be taken over. {error}"
    except _UNREADABLE:
        return f"{path} is damaged, so the letterhead was not taken over. Set it anew."
    with suppress(OSError):
        path.unlink()
    return None


def _read(path: Path) -> Letterhead:
    if path.stat().st_size > _LARGEST_FILE:
        raise ValueError("too large")
    found: Any = json.loads(path.read_bytes())
    if found["format"] != _FORMAT:
        raise ValueError("another format")
    lines = tuple(found["lines"])
    if not all(isinstance(each, str) for each in (found["name"], found["foot"], *lines)):
        raise TypeError("no texts")
    logo = b64decode(found["logo"], validate=True)
    return Letterhead(name=found["name"], lines=lines, foot=found["foot"], logo=logo)
