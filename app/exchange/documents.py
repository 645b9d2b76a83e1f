"""Reading a JSON file that may be anything, and saying in one sentence why it cannot be read."""

import json
import re
import stat
from pathlib import Path
from typing import Any, NoReturn

from app.domain.errors import ChartFileError
from app.exchange.misfit import Doubled

LARGEST_FILE = 200_000_000
"""Bytes. A practice of a thousand patients is less than half of this; reading takes memory."""


def read_document(path: Path, largest: int = LARGEST_FILE) -> Any:
    """The JSON document in ``path``; an object that gives a field twice comes as Doubled.

    Raises ChartFileError with one sentence where there is no file, or no such document in it.
    """
    text = _decoded(path, _bytes_of(path, largest))
    if not text.strip():
        raise ChartFileError(f"{path} is empty. Copy it again from where it came.")
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        _refuse_json(path, text, error)
    except RecursionError:
        raise ChartFileError(
            f"{path} nests lists too deeply to be read. Choose another file."
        ) from None
    except ValueError:  # Python refuses to read numbers of thousands of digits
        raise ChartFileError(
            f"{path} holds a number of thousands of digits. Choose another file."
        ) from None


def _bytes_of(path: Path, largest: int) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ChartFileError(f"{path} is a folder. Name the file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise ChartFileError(f"{path} is not a file. Name a file that can be read.")
        if status.st_size > largest:
            raise ChartFileError(
                f"{path} is larger than {largest / 1e6:,.0f} MB, which is more than can be read. "
                "Export fewer patients into one file."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise ChartFileError(f"There is no file {path}. Check its name and folder.") from None
    except PermissionError:
        raise ChartFileError(f"{path} may not be read. Ask for the right to read it.") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise ChartFileError(f"{path} cannot be read: {_reason(error)}.") from None


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end >= len(content) and error.reason == "unexpected end of data":
            raise ChartFileError(_cut_off(path)) from None
        raise ChartFileError(
            f"{path} is not UTF-8 text (byte {error.start:,}). Choose another file."
        ) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Doubled:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            return Doubled(name)
        fields[name] = value
    return fields


def _refuse_json(path: Path, text: str, error: json.JSONDecodeError) -> NoReturn:
    started = text.lstrip()[:1] in ("{", "[")
    # A text that ends too early ends within a string, or in a word or number that has begun.
    ended = re.fullmatch(r"[\w.+\\-]*", text[error.pos :].rstrip())
    if started and (ended or error.msg.startswith("Unterminated")):
        raise ChartFileError(_cut_off(path)) from None
    raise ChartFileError(
        f"{path} is not JSON (line {error.lineno:,}, column {error.colno:,}). "
        "Choose another file, or correct it."
    ) from None


def _cut_off(path: Path) -> str:
    return f"{path} ends too early: the file is cut off. Copy it again from where it came."


def _reason(error: OSError | ValueError) -> str:
    words = getattr(error, "strerror", None) or str(error)
    return words[:1].lower() + words[1:]
