"""What is said of a value that the format does not allow, and where in the file it is."""

import dataclasses
import json
import re

_LONGEST_QUOTATION = 40


class Misfit(Exception):  # noqa: N818 - never shown: whoever reads a file makes a sentence of it
    """A value is not what the format asks for. ``steps`` lead to it from the outermost value."""

    def __init__(self, message: str, *steps: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.steps = steps

    def inside(self, step: str | int) -> "Misfit":
        """The same trouble, seen from one level further out."""
        return Misfit(self.message, step, *self.steps)

    @property
    def place(self) -> str:
        return place(*self.steps)


@dataclasses.dataclass(frozen=True)
class Doubled:
    """Stands for an object that gives one field twice, until a codec can say where it is."""

    field: str


def place(*steps: str | int) -> str:
    """Where something is in a file: ``sessions[3].marks[7].needle``."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{_plain(step)}" for step in steps)
    return "".join(parts).removeprefix(".")


def quoted(found: object) -> str:
    """A value of the file as the file writes it, on one line and never long."""
    text = json.dumps(found, default=str, ensure_ascii=False)
    return text if len(text) <= _LONGEST_QUOTATION else text[: _LONGEST_QUOTATION - 1] + "…"


def _plain(field: str) -> str:
    return field if re.fullmatch(r"\w{1,60}", field, re.ASCII) else quoted(field)


def _kind_of(found: object) -> str:
    if found is None:
        return "null"
    if isinstance(found, bool):
        return "true or false"
    for types, words in (((int, float), "a number"), (str, "text"), (list, "a list")):
        if isinstance(found, types):
            return words
    return "an object"


def wrong_type(expected: str, found: object) -> Misfit:
    return Misfit(f"must be {expected}, not {_kind_of(found)}")
