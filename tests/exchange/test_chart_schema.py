"""The schema in docs/ is the one that the code generates, and it says what the import takes."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from app.body.atlas import Atlas
from app.exchange.chart_format import encode_chart
from app.exchange.chart_schema import SCHEMA_FILE, build_schema, schema_text, write_schema
from app.exchange.demo import synthesize
from app.paths import BODY_MAPS
from tests.exchange.samples import any_records, sample_document, sample_records
from tests.exchange.test_bad_chart_files import FIELDS, FORMATS

VALIDATOR = Draft202012Validator(build_schema())

BEYOND_A_SCHEMA = {
    "unknown diameter", "not a number", "infinity", "half a character", "1.0 is not 1",
    "a fraction beyond all numbers", "a date that does not exist", "a time before all times",
    "a triangle that no body has", "an outline that leaves the body", "a body that is not known",
    "an id twice", "a patient number twice", "a mark number twice", "a problem of nobody",
    "a session of nobody", "a session by nobody", "a problem that is not there",
    "another patient's problem", "a parent in another session", "parents in a circle",
    "a zone of two spots", "a zone on a body that is not known", "a zone of nobody",
    "a zone in a view that no body has", "a zone that leaves the body",
    "born tomorrow", "no name", "a view that no body has",
}  # fmt: skip
"""What only the import can see: rules, references, and numbers that JSON cannot write."""


def test_the_schema_in_docs_is_the_generated_one(tmp_path: Path):
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), (
        "run: python -m app.exchange.chart_schema"
    )
    write_schema(tmp_path / "schema.json")
    assert (tmp_path / "schema.json").read_bytes() == SCHEMA_FILE.read_bytes()


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(build_schema())


def test_every_kind_of_mark_is_valid(tmp_path: Path):
    VALIDATOR.validate(sample_document(tmp_path))


def test_a_demo_practice_is_valid():
    demo = synthesize(2, 2, 1, Atlas.load(BODY_MAPS))
    VALIDATOR.validate(json.loads("".join(encode_chart(demo))))


@given(any_records())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_exported_is_valid(records):
    VALIDATOR.validate(json.loads("".join(encode_chart(records))))


@pytest.mark.parametrize("name", sorted({*FIELDS, *FORMATS} - BEYOND_A_SCHEMA))
def test_what_the_import_refuses_for_its_form_the_schema_refuses_too(tmp_path: Path, name: str):
    document = sample_document(tmp_path)
    damage, _sentence = (FIELDS | FORMATS)[name]
    damage(document)
    assert not VALIDATOR.is_valid(document)


def test_a_schema_tells_what_a_field_may_hold():
    session = build_schema()["properties"]["sessions"]["items"]
    assert session["properties"]["status"] == {"enum": ["draft", "signed", "amended"]}
    assert session["properties"]["ended_at"]["anyOf"][1] == {"type": "null"}
    assert session["additionalProperties"] is False
    kinds = [each["title"] for each in session["properties"]["marks"]["items"]["oneOf"]]
    assert kinds == [mark["kind"] for mark in _marks_of_each_kind(kinds)]


def _marks_of_each_kind(kinds: list[str]) -> list[dict[str, str]]:
    marks = json.loads("".join(encode_chart(sample_records())))["sessions"][0]["marks"]
    return sorted(marks, key=lambda mark: kinds.index(mark["kind"]))
