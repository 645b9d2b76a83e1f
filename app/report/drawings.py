"""Drawings in the data of a report: they reach the template beside its words, each once.

Among the words they would be read, compared and copied as often as these are, which takes longer
than setting a page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in the data of a report. Nobody typed it, so no check of characters sees it."""

    svg: str


def inputs_of(data: Mapping[str, Any]) -> dict[str, str]:
    """What a template is given: ``data`` as JSON, and by its name each drawing that stands there
    as that name.
    """
    names: dict[Drawing, str] = {}

    def name_of(value: object) -> str:
        if not isinstance(value, Drawing):
            raise TypeError(f"{type(value).__name__} has no place in the data of a report")
        return names.setdefault(value, f"drawing-{len(names)}")

    words = json.dumps(data, default=name_of)
    return {"data": words} | {name: each.svg for each, name in names.items()}
