"""The JSON Schema of the chart file, from the same codecs that read and write it.

``python -m app.exchange.chart_schema`` writes docs/chart.schema.json anew; a test compares.
"""

import json
from pathlib import Path
from typing import Any

from app.exchange.chart_format import FORMAT, chart_schema
from app.files import write_whole
from app.paths import PROGRAM_FOLDER

SCHEMA_FILE = PROGRAM_FOLDER / "docs" / "chart.schema.json"


def build_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a chart file.

    It describes the form: every field, its type, and the words it may hold. The import also
    asks for what a schema cannot say: that references lead somewhere, and the domain's rules.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Needlepoint chart file, {FORMAT}",
        "description": (
            "Practitioners, patients, their problems, no-needle zones and sessions, and the marks "
            "of each session. Every field is required, but for no_needle_zones and a needle's "
            "stay_s, which older files do not have; null means that nothing was recorded. "
            "An anchor is a spot on the body: a triangle of the mesh of that body version, and "
            "the weights of its second and third corner. Sides are the patient's."
        ),
        **chart_schema(),
    }


def schema_text() -> str:
    """The schema as it is kept in docs/."""
    return json.dumps(build_schema(), indent=2, ensure_ascii=False) + "\n"


def write_schema(path: Path = SCHEMA_FILE) -> None:
    write_whole(path, [schema_text().encode()])


if __name__ == "__main__":
    write_schema()
