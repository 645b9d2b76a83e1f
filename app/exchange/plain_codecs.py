"""The codecs of single values: text, numbers, ids, dates and the words of an enumeration."""

import math
import re
from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from datetime import MAXYEAR, MINYEAR, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.domain.identity import UUID
from app.exchange.misfit import Misfit, quoted, wrong_type

LARGEST_WHOLE_NUMBER = 2**53 - 1
"""Beyond this, programs that keep JSON numbers as doubles (RFC 8259, section 6) disagree."""

_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = _DAY + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)"


class Codec(ABC):
    """How values of one type are written to JSON, read from it, and described."""

    @abstractmethod
    def encode(self, value: Any) -> Any:
        """``value`` as what ``json.dumps`` takes."""

    @abstractmethod
    def decode(self, found: object) -> Any:
        """The value that ``found`` writes. Raises Misfit where it writes none."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """JSON Schema (2020-12) of what ``decode`` takes."""


class Text(Codec):
    def encode(self, value: str) -> str:
        return value

    def decode(self, found: object) -> str:
        if not isinstance(found, str):
            raise wrong_type("text", found)
        try:
            found.encode("utf-8")
        except UnicodeEncodeError:
            raise Misfit("holds half a character, which no program can show") from None
        return found

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


class Base64(Codec):
    """Bytes, as RFC 4648 writes them."""

    def encode(self, value: bytes) -> str:
        return b64encode(value).decode("ascii")

    def decode(self, found: object) -> bytes:
        if not isinstance(found, str):
            raise wrong_type("text", found)
        try:
            return b64decode(found, validate=True)
        except ValueError:
            raise Misfit("is not base64") from None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "contentEncoding": "base64"}


class YesNo(Codec):
    def encode(self, value: bool) -> bool:
        return value

    def decode(self, found: object) -> bool:
        if not isinstance(found, bool):
            raise wrong_type("true or false", found)
        return found

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class WholeNumber(Codec):
    def encode(self, value: int) -> int:
        return value

    def decode(self, found: object) -> int:
        if isinstance(found, float):
            raise Misfit(f"must be a whole number, not {quoted(found)}")
        if isinstance(found, bool) or not isinstance(found, int):
            raise wrong_type("a whole number", found)
        if abs(found) > LARGEST_WHOLE_NUMBER:
            raise Misfit("is too large a number")
        return found

    def schema(self) -> dict[str, Any]:
        largest = LARGEST_WHOLE_NUMBER
        return {"type": "integer", "minimum": -largest, "maximum": largest}


class Number(Codec):
    def encode(self, value: float) -> float:
        return float(value)

    def decode(self, found: object) -> float:
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise wrong_type("a number", found)
        if isinstance(found, int) and abs(found) > LARGEST_WHOLE_NUMBER:
            raise Misfit("is too large a number")
        if not math.isfinite(found):  # NaN, Infinity, and 1e999
            raise Misfit("must be a number that can be written out")
        return float(found)

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}


class Patterned(Codec):
    """A text of one fixed form, such as a date."""

    pattern: ClassVar[str]
    format: ClassVar[str]
    advice: ClassVar[str]

    @abstractmethod
    def parse(self, text: str) -> Any:
        """Raises ValueError where there is no such value (the 31st of June)."""

    def encode(self, value: Any) -> str:
        return str(value.isoformat())

    def decode(self, found: object) -> Any:
        if not isinstance(found, str):
            raise wrong_type(self.advice, found)
        try:
            if not re.fullmatch(self.pattern, found):
                raise ValueError
            return self.parse(found)
        except ValueError:
            raise Misfit(f"{quoted(found)} is not {self.advice}") from None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": self.format, "pattern": f"^{self.pattern}$"}


class Id(Patterned):
    pattern, format, advice = _UUID, "uuid", "a UUID"

    def encode(self, value: UUID) -> str:
        return str(value)

    def parse(self, text: str) -> UUID:
        return UUID(text)


class Day(Patterned):
    pattern, format, advice = _DAY, "date", "a date such as 1987-03-14"

    def parse(self, text: str) -> date:
        return date.fromisoformat(text)


class Moment(Patterned):
    """A point in time with its zone, whose offset is kept as it was written.

    The first and the last year of the calendar are refused: in another zone, such a time can
    lie beyond what there is.
    """

    pattern, format = _MOMENT, "date-time"
    advice = "a date and time with its zone such as 2026-11-16T09:30:00+01:00"

    def parse(self, text: str) -> datetime:
        moment = datetime.fromisoformat(text)
        if moment.year in (MINYEAR, MAXYEAR):
            raise ValueError
        return moment


class Choice(Codec):
    """One of the words of an enumeration."""

    def __init__(self, words: type[StrEnum]) -> None:
        self._words = words

    def encode(self, value: StrEnum) -> str:
        return value.value

    def decode(self, found: object) -> StrEnum:
        if not isinstance(found, str):
            raise wrong_type("text", found)
        try:
            return self._words(found)
        except ValueError:
            known = ", ".join(self._words)
            raise Misfit(f"{quoted(found)} is not known; use one of: {known}") from None

    def schema(self) -> dict[str, Any]:
        return {"enum": [word.value for word in self._words]}
