"""What a command found: as a document for programs, and as text for people."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """``document`` is printed with --json, ``text`` without. ``exit_code`` is 0 or 1."""

    document: Any
    text: str
    exit_code: int = 0

    def as_json(self) -> str:
        """The document in ASCII, which no pipe and no code page can garble."""
        return json.dumps(self.document, allow_nan=False)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> str:
    """Aligned columns under their headings, or the sentence ``empty`` where there are no rows."""
    if not rows:
        return empty
    lines = [tuple(headings), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _cell(value: object) -> str:
    return "–" if value is None or value == "" else str(value)


def _width(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def counted(number: int, word: str) -> str:
    """``3 sessions``, ``1 session``."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
