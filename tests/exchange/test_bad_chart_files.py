"""Each wrong chart file gets one plain sentence with the place, and nothing of it is stored."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import ChartFileError
from app.exchange.chart_file import import_chart, load_chart
from db.practice import open_practice
from tests.exchange.samples import BODIES, SAMPLE_COUNT, TODAY, make_id, sample_document, stamp

Document = dict[str, Any]
STORED_NOT = ". Nothing was stored."
CORRECT = ". Nothing was stored; correct this place and import the file again."


def refusal(path: Path) -> str:
    with pytest.raises(ChartFileError) as refused:
        load_chart(path, TODAY, BODIES)
    return str(refused.value)


def written(document: object, folder: Path) -> Path:
    path = folder / "bad.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def mark_of(document: Document, session: int = 3, mark: int = 7) -> Document:
    return document["sessions"][session]["marks"][mark]


def put(*steps: str | int, value: Any) -> Callable[[Document], None]:
    """Puts ``value`` at the place that ``steps`` lead to."""

    def damage(document: Document) -> None:
        inner: Any = document
        for step in steps[:-1]:
            inner = inner[step]
        inner[steps[-1]] = value

    return damage


def in_mark(*steps: str | int, value: Any, mark: int = 7) -> Callable[[Document], None]:
    return put("sessions", 3, "marks", mark, *steps, value=value)


def in_zone(*steps: str | int, value: Any) -> Callable[[Document], None]:
    return put("no_needle_zones", 0, *steps, value=value)


def drop(*steps: str | int) -> Callable[[Document], None]:
    def damage(document: Document) -> None:
        inner: Any = document
        for step in steps[:-1]:
            inner = inner[step]
        del inner[steps[-1]]

    return damage


FIELDS = {
    "unknown diameter": (
        in_mark("needle", "diameter_mm", value=2.5),
        "sessions[3].marks[7].needle.diameter_mm: 2.5 is not a known diameter",
    ),
    "unknown field": (
        put("patients", 0, "nickname", value="Lin"),
        "patients[0].nickname: this field is unknown",
    ),
    "unknown field with an odd name": (
        put("patients", 0, "a\n\x1b[31m" + "b" * 99, value=1),
        'patients[0]."a\\n\\u001b[31m' + "b" * 25 + "…: this field is unknown",
    ),
    "missing field": (drop("patients", 0, "phone"), "patients[0].phone: this field is missing"),
    "missing details": (
        drop("sessions", 3, "marks", 7, "needle"),
        "sessions[3].marks[7].needle: this field is missing",
    ),
    "details of another kind": (
        in_mark("needle", value={}, mark=0),
        "sessions[3].marks[0].needle: this field is unknown",
    ),
    "missing kind": (
        drop("sessions", 3, "marks", 7, "kind"),
        "sessions[3].marks[7].kind: this field is missing",
    ),
    "unknown kind": (
        in_mark("kind", value="meridian"),
        'sessions[3].marks[7].kind: "meridian" is not known; use one of: trigger_point, needle, '
        "twitch_response, soreness, referred_pain, taut_band, reaction, note",
    ),
    "a mark that is no object": (
        put("sessions", 3, "marks", 7, value=[]),
        "sessions[3].marks[7]: must be an object, not a list",
    ),
    "true is not 1": (
        put("sessions", 0, "pain_before", value=True),
        "sessions[0].pain_before: must be a whole number, not true or false",
    ),
    "text is not a number": (
        put("sessions", 0, "pain_before", value="1"),
        "sessions[0].pain_before: must be a whole number, not text",
    ),
    "1.0 is not 1": (
        put("sessions", 0, "pain_before", value=1.0),
        "sessions[0].pain_before: must be a whole number, not 1.0",
    ),
    "1 is not true": (
        in_mark("referred_pain", "recognised", value=1, mark=3),
        "sessions[3].marks[3].referred_pain.recognised: must be true or false, not a number",
    ),
    "true is not 1.0": (
        in_mark("trigger_point", "threshold_kpa", value=True, mark=0),
        "sessions[3].marks[0].trigger_point.threshold_kpa: must be a number, not true or false",
    ),
    "not a number": (
        in_mark("trigger_point", "threshold_kpa", value=float("nan"), mark=0),
        "sessions[3].marks[0].trigger_point.threshold_kpa: must be a number that can be written "
        "out",
    ),
    "infinity": (
        in_mark("anchor", 1, value=float("-inf")),
        "sessions[3].marks[7].anchor[1]: must be a number that can be written out",
    ),
    "a number for a text": (
        put("patients", 1, "family_name", value=7),
        "patients[1].family_name: must be text, not a number",
    ),
    "null for a text": (
        put("patients", 1, "note", value=None),
        "patients[1].note: must be text, not null",
    ),
    "an object for a list": (
        put("patients", value={}),
        "patients: must be a list, not an object",
    ),
    "a number beyond all numbers": (
        in_mark("number", value=2**53),
        "sessions[3].marks[7].number: is too large a number",
    ),
    "a fraction beyond all numbers": (
        in_mark("anchor", 2, value=10**400),
        "sessions[3].marks[7].anchor[2]: is too large a number",
    ),
    "half a character": (
        put("patients", 0, "given_name", value="\ud83d"),
        "patients[0].given_name: holds half a character, which no program can show",
    ),
    "a word that is not in the list": (
        put("patients", 0, "body", value="MALE"),
        'patients[0].body: "MALE" is not known; use one of: female, male',
    ),
    "a word twice in a set": (
        in_mark("needle", "sensations", value=["sharp", "cramp", "sharp"]),
        "sessions[3].marks[7].needle.sensations[2]: is given twice",
    ),
    "a date that does not exist": (
        put("patients", 0, "birth_date", value="1987-02-30"),
        'patients[0].birth_date: "1987-02-30" is not a date such as 1987-03-14',
    ),
    "a date in another notation": (
        put("patients", 0, "birth_date", value="19870314"),
        'patients[0].birth_date: "19870314" is not a date such as 1987-03-14',
    ),
    "a time without a zone": (
        put("sessions", 0, "started_at", value="2026-11-02T09:00:00"),
        'sessions[0].started_at: "2026-11-02T09:00:00" is not a date and time with its zone '
        "such as 2026-11-16T09:30:00+01:00",
    ),
    "a time before all times": (
        put("sessions", 0, "started_at", value="0001-01-01T00:00:00+14:00"),
        'sessions[0].started_at: "0001-01-01T00:00:00+14:00" is not a date and time with its '
        "zone such as 2026-11-16T09:30:00+01:00",
    ),
    "a number for a date": (
        put("patients", 0, "birth_date", value=1987),
        "patients[0].birth_date: must be a date such as 1987-03-14, not a number",
    ),
    "a list for a word": (
        put("patients", 0, "body", value=["male"]),
        "patients[0].body: must be text, not a list",
    ),
    "no UUID": (put("patients", 0, "id", value="7"), 'patients[0].id: "7" is not a UUID'),
    "a long value is shortened": (
        put("patients", 0, "id", value="x" * 900),
        'patients[0].id: "' + "x" * 38 + "… is not a UUID",
    ),
    "an anchor of two": (
        in_mark("anchor", value=[1, 0.5]),
        "sessions[3].marks[7].anchor: must be a list [triangle, b1, b2]",
    ),
    "an anchor that is a text": (
        in_mark("anchor", value="1,0.5,0.5"),
        "sessions[3].marks[7].anchor: must be a list [triangle, b1, b2], not text",
    ),
    "a triangle that is a fraction": (
        in_mark("outline", 1, 0, value=1.5, mark=2),
        "sessions[3].marks[2].outline[1][0]: must be a whole number, not 1.5",
    ),
    "a triangle that no body has": (
        in_mark("anchor", 0, value=1000),
        "sessions[3].marks[7].anchor[0]: the body has no triangle 1000",
    ),
    "an outline that leaves the body": (
        in_mark("outline", 2, 0, value=1000, mark=2),
        "sessions[3].marks[2].outline[2][0]: the body has no triangle 1000",
    ),
    "a body that is not known": (
        in_mark("body_version", value="hm99-7"),
        "sessions[3].marks[7].body_version: this version of Needlepoint has no body hm99-7; "
        "install a newer one",
    ),
    "a view that no body has": (
        in_mark("placed_in", value="oblique", mark=2),
        'sessions[3].marks[2].placed_in: the male body has no view "oblique"; use one of: '
        "anterior, posterior",
    ),
    "a zone with a reason of its own": (
        in_zone("reason", value="tattoo"),
        'no_needle_zones[0].reason: "tattoo" is not known; use one of: implant, pacemaker, port, '
        "lymphoedema, graft, scar, tumour, wound_or_infection, other",
    ),
    "a zone of two spots": (
        in_zone("outline", value=[[4, 0.25, 0.5], [5, 0.25, 0.5]]),
        "no_needle_zones[0].outline: A no-needle zone needs an outline of at least three spots",
    ),
    "a zone on a body that is not known": (
        in_zone("body_version", value="test-9"),
        "no_needle_zones[0].body_version: this version of Needlepoint has no body test-9; "
        "install a newer one",
    ),
    "a zone in a view that no body has": (
        in_zone("placed_in", value="oblique"),
        'no_needle_zones[0].placed_in: the female body has no view "oblique"; use one of: '
        "anterior, posterior",
    ),
    "a zone that leaves the body": (
        in_zone("outline", 2, 0, value=1000),
        "no_needle_zones[0].outline[2][0]: the body has no triangle 1000",
    ),
    "a zone of nobody": (
        in_zone("patient_id", value=str(make_id(99))),
        f"no_needle_zones[0].patient_id: the file holds no patient {make_id(99)}",
    ),
    "a zone without a side": (
        drop("no_needle_zones", 0, "side"),
        "no_needle_zones[0].side: this field is missing",
    ),
    "an id twice": (
        put("problems", 1, "id", value=str(make_id(11))),
        f"problems[1].id: {make_id(11)} is the id of patients[0] too",
    ),
    "a patient number twice": (
        put("patients", 1, "number", value=" demo-0"),
        'patients[1].number: " demo-0" is the number of patients[0] too',
    ),
    "a mark number twice": (
        in_mark("number", value=2),
        "sessions[3].marks[7].number: 2 is the number of sessions[3].marks[1] too",
    ),
    "a problem of nobody": (
        put("problems", 0, "patient_id", value=str(make_id(21))),
        f"problems[0].patient_id: the file holds no patient {make_id(21)}",
    ),
    "a session of nobody": (
        put("sessions", 2, "patient_id", value=str(make_id(99))),
        f"sessions[2].patient_id: the file holds no patient {make_id(99)}",
    ),
    "a session by nobody": (
        put("sessions", 2, "practitioner_id", value=str(make_id(99))),
        f"sessions[2].practitioner_id: the file holds no practitioner {make_id(99)}",
    ),
    "a problem that is not there": (
        put("sessions", 2, "problem_id", value=str(make_id(99))),
        f"sessions[2].problem_id: the file holds no problem {make_id(99)}",
    ),
    "another patient's problem": (
        put("sessions", 2, "problem_id", value=str(make_id(21))),
        f"sessions[2].problem_id: the problem {make_id(21)} is another patient's",
    ),
    "a parent in another session": (
        in_mark("parent_id", value=str(make_id(41))),
        f"sessions[3].marks[7].parent_id: this session holds no mark {make_id(41)}",
    ),
    "parents in a circle": (
        in_mark("parent_id", value=str(make_id(72)), mark=0),
        "sessions[3].marks[0].parent_id: the marks that this one belongs to form a circle",
    ),
    "born tomorrow": (
        put("patients", 0, "birth_date", value="2026-11-23"),
        "patients[0].birth_date: The birth date lies in the future. Check day, month, year",
    ),
    "no name": (
        put("patients", 0, "family_name", value=" "),
        "patients[0].family_name: Enter the family name",
    ),
}

FORMATS = {
    "a newer version": (
        put("format", value="needlepoint.chart/2"),
        "format: the file was made by a newer version of Needlepoint (needlepoint.chart/2); "
        "install that version to read it",
    ),
    "a newer version with fields of its own": (
        lambda document: document.update(format="needlepoint.chart/12", clinics=[]),
        "format: the file was made by a newer version of Needlepoint (needlepoint.chart/12); "
        "install that version to read it",
    ),
    "a version that never was": (
        put("format", value="needlepoint.chart/0"),
        'format: must be "needlepoint.chart/1"',
    ),
    "another format": (
        put("format", value="fhir"),
        'format: "fhir" is not the format of a chart file, needlepoint.chart/1',
    ),
    "no format": (
        drop("format"),
        'this is no chart file, which says "format": "needlepoint.chart/1"',
    ),
    "a missing list": (drop("problems"), "problems: this field is missing"),
    "a foreign list": (put("clinics", value=[]), "clinics: this field is unknown"),
    "no list": (put("sessions", value=None), "sessions: must be a list, not null"),
}  # fmt: skip


def _sentence(name: str) -> tuple[Callable[[Document], None], str]:
    if name in FORMATS:
        damage, words = FORMATS[name]
        return damage, words + STORED_NOT
    damage, words = FIELDS[name]
    return damage, words + (STORED_NOT if words.startswith("patients:") else CORRECT)


@pytest.mark.parametrize("name", [*FIELDS, *FORMATS])
def test_one_wrong_place_is_named(tmp_path: Path, name: str):
    damage, sentence = _sentence(name)
    document = sample_document(tmp_path)
    damage(document)
    path = written(document, tmp_path)
    assert refusal(path) == f"{path}: {sentence}"


@pytest.mark.parametrize("document", [[], [1], {}, {"type": "FeatureCollection"}])
def test_a_foreign_file_is_no_chart_file(tmp_path: Path, document: object):
    path = written(document, tmp_path)
    assert refusal(path) == (
        f'{path}: this is no chart file, which says "format": "needlepoint.chart/1"{STORED_NOT}'
    )


@pytest.mark.parametrize(
    ("found", "doubled", "place"),
    [
        ('"phone": ""', '"phone": "", "phone": "1"', "patients[0].phone"),
        ('"kind": "needle"', '"kind": "needle", "kind": "note"', "sessions[0].marks[7].kind"),
        ('"tenderness": 3', '"tenderness": 3, "tenderness": 4',
         "sessions[0].marks[0].trigger_point.tenderness"),
        ('"patients"', '"format": "x", "patients"', "format"),
    ],
)  # fmt: skip
def test_a_field_that_is_given_twice(tmp_path: Path, found: str, doubled: str, place: str):
    sample_document(tmp_path)
    text = (tmp_path / "sample.json").read_text(encoding="utf-8")
    path = tmp_path / "doubled.json"
    path.write_text(text.replace(found, doubled, 1), encoding="utf-8")
    advice = STORED_NOT if place == "format" else CORRECT
    assert refusal(path) == f"{path}: {place}: this field is given twice{advice}"


def test_1e999_is_no_number(tmp_path: Path):
    sample_document(tmp_path)
    text = (tmp_path / "sample.json").read_text(encoding="utf-8")
    path = tmp_path / "infinite.json"
    path.write_text(text.replace("212.5", "1e999", 1), encoding="utf-8")
    assert "threshold_kpa: must be a number that can be written out" in refusal(path)


@pytest.mark.parametrize("name", ["unknown diameter", "born tomorrow", "an id twice"])
def test_nothing_of_a_bad_file_is_stored(tmp_path: Path, name: str):
    document = sample_document(tmp_path)
    FIELDS[name][0](document)
    with open_practice(tmp_path / "practice") as practice:
        with pytest.raises(ChartFileError):
            import_chart(written(document, tmp_path), practice.repository, TODAY, stamp())
        assert practice.repository.everything() == []


def test_a_very_long_chain_of_marks_is_read(tmp_path: Path):
    document = sample_document(tmp_path)
    model = mark_of(document, mark=6)
    marks = []
    for number in range(1, 3001):
        parent = str(make_id(10_000 + number + 1)) if number < 3000 else None
        marks.append(
            {**model, "id": str(make_id(10_000 + number)), "number": number, "parent_id": parent}
        )
    document["sessions"][3]["marks"] = marks
    assert len(load_chart(written(document, tmp_path), TODAY, BODIES)) == SAMPLE_COUNT - 8 + 3000
