"""Text that the shipped fonts can show: the rest gives way to a sign that can be seen.

A report never fails for a character and never prints an empty box that looks like one of the
font's own mishaps: it writes ``PLACEHOLDER`` and says how often.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

PLACEHOLDER = "□"
LONGEST_RUN = 24
"""Characters without a space or dash; no word is longer, so such a run may be broken anywhere."""
BREAK_HERE = "\u200b"
"""Zero width: a line may be broken here. Nothing is seen of it."""

_NOT_PLAIN = re.compile(r"[^ -~]")
"""The other characters, those of ASCII, every font has."""
_LONG_RUN = re.compile(rf"[^\s/–—-]{{{LONGEST_RUN + 1},}}")
_PIECE = re.compile(r".[\u0300-\u036f]*(?:.[\u0300-\u036f]*){0,7}", re.DOTALL)
"""Eight characters with their accents, which stay with them."""

_LINE_ENDS = {"\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\v": "\n", "\f": "\n"}
_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Unicode categories that are never printed: controls (also those that turn the direction of
reading, which could make a record read differently), halves of pairs, private use, unassigned.
"""
_UNSEEN = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}
"""Joiners and break marks have no picture of their own: leaving them out loses nothing."""


class Printable:
    """Makes texts printable and counts what could not be; ``covers`` asks the font."""

    def __init__(self, covers: Callable[[str], bool]) -> None:
        self._covers = covers
        self.replaced = 0

    def text(self, raw: str) -> str:
        """``raw`` with a placeholder for each character that cannot be printed."""
        plain = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
        return with_breaks(_NOT_PLAIN.sub(lambda found: self._character(found.group()), plain))

    def everything(self, value: Any) -> Any:
        """Lists, dictionaries and texts of a report's data, with all texts made printable."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list | tuple):
            return [self.everything(each) for each in value]
        if isinstance(value, dict):
            return {key: self.everything(each) for key, each in value.items()}
        return value

    def _character(self, character: str) -> str:
        character = _LINE_ENDS.get(character, character)
        if character in "\n\t":
            return character
        if character in _UNSEEN or "\ufe00" <= character <= "\ufe0f":
            return ""
        if unicodedata.category(character) in _REFUSED or not self._covers(character):
            self.replaced += 1
            return PLACEHOLDER
        return character


def with_breaks(text: str) -> str:
    """``text`` with places to break a line inside runs longer than ``LONGEST_RUN``."""
    return _LONG_RUN.sub(lambda run: BREAK_HERE.join(_PIECE.findall(run.group())), text)


def unprintable_line(count: int) -> str:
    """ "3 characters could not be printed; the record holds them", or nothing."""
    if not count:
        return ""
    if count == 1:
        return f"1 character could not be printed ({PLACEHOLDER}); the record holds it."
    return f"{count:,} characters could not be printed ({PLACEHOLDER}); the record holds them."
