"""Lists of questions in a JSON file, read as strictly as a chart file."""

from pathlib import Path
from typing import TypeVar

from app.domain.errors import ChartFileError
from app.exchange.codec import ListOf, codec_of
from app.exchange.documents import read_document
from app.exchange.misfit import Misfit

Question = TypeVar("Question")


def read_list(path: Path, made: type[Question]) -> tuple[Question, ...]:
    """The values of the dataclass ``made`` that ``path`` lists. Raises ChartFileError."""
    document = read_document(path)
    try:
        values: tuple[Question, ...] = ListOf(codec_of(made)).decode(document)
    except Misfit as misfit:
        where = f"{misfit.place}: " if misfit.steps else ""
        raise ChartFileError(f"{path}: {where}{misfit.message}.") from None
    return values
