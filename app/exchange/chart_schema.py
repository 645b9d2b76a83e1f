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
            "Practitioners, patients, their problems, no-needle zones, own pictures, scores, "
            "boxes of needles, protocols, the practice's letterhead, links between marks, and "
            "sessions with their marks and papers. Every field is required, but for what older "
            "files do not have: no_needle_zones, pictures, outcome_scores, needle_boxes, "
            "protocols, letterheads, site_links, a session's papers, a problem's condition, code "
            "and other_treatment, a needle's stay_s; null means that nothing was recorded. An "
            "anchor is a spot on the body: a triangle of the mesh of that body version, and the "
            "weights of its second and third corner. A mark on a picture names it as its "
            "body_version, picture: and the SHA-256 of the file; the picture is cut from its "
            "upper left to its lower right corner into the triangles 1000000000, upper, and "
            "1000000001, whose corners run clockwise from the upper left one. Sides are the "
            "patient's."
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
