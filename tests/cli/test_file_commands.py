"""import chart, export chart and export pdf."""

import json
from pathlib import Path

import pytest

from app.exchange.chart_file import load_chart
from tests.cli.conftest import NOW


def test_a_practice_goes_through_a_chart_file_unchanged(filled, tmp_path: Path):
    first, second, other = tmp_path / "1.json", tmp_path / "2.json", tmp_path / "other"
    wrote = filled("export", "chart", "--all", "--out", first)
    count = len(load_chart(first, NOW.date()))
    assert wrote.out == f"Wrote {count} records to {first}.\n"

    stored = filled("import", "chart", first, "--practice", other)
    assert stored.out == f"Stored {count} new records from {first}; 0 were there already.\n"
    filled("export", "chart", "--all", "--out", second, "--practice", other)
    assert second.read_bytes() == first.read_bytes()

    again = filled("import", "chart", first, "--practice", other, "--json").document
    assert again == {"added": 0, "unchanged": count}


def test_one_patient_or_one_session_can_be_exported(filled, tmp_path: Path):
    session = filled("list", "sessions", "--json").document[0]
    out = tmp_path / "a.json"
    filled("export", "chart", "--patient", session["patient_id"], "--out", out)
    chart = json.loads(out.read_text(encoding="utf-8"))
    assert [each["id"] for each in chart["patients"]] == [session["patient_id"]]
    assert len(chart["sessions"]) == 2
    wrote = filled("export", "chart", "--session", session["id"], "--out", out, "--json").document
    chart = json.loads(out.read_text(encoding="utf-8"))
    assert [each["id"] for each in chart["sessions"]] == [session["id"]]
    assert wrote == {"file": str(out), "records": len(load_chart(out, NOW.date()))}


def test_one_wrong_field_stores_nothing(filled, tmp_path: Path):
    path, other = tmp_path / "a.json", tmp_path / "other"
    filled("export", "chart", "--all", "--out", path)
    chart = json.loads(path.read_text(encoding="utf-8"))
    mark = next(each for each in chart["sessions"][3]["marks"] if each["kind"] == "trigger_point")
    at = chart["sessions"][3]["marks"].index(mark)
    mark["trigger_point"]["tenderness"] = 5
    path.write_text(json.dumps(chart), encoding="utf-8")
    assert filled.refused("import", "chart", path, "--practice", other) == (
        f"{path}: sessions[3].marks[{at}].trigger_point.tenderness: Tenderness goes from 0 to 4. "
        "Nothing was stored; correct this place and import the file again."
    )
    assert not other.exists()


def test_a_mark_on_a_body_that_there_is_not(filled, tmp_path: Path):
    path = tmp_path / "a.json"
    filled("export", "chart", "--all", "--out", path)
    path.write_text(path.read_text(encoding="utf-8").replace('"anchor": [', '"anchor": [9999', 1))
    said = filled.refused("import", "chart", path, "--practice", tmp_path / "other")
    assert "sessions[0].marks[0].anchor[0]: the body has no triangle 9999" in said


def test_a_mark_in_a_view_that_there_is_not(filled, tmp_path: Path):
    """Such a chart could be stored and never be opened again."""
    path, other = tmp_path / "a.json", tmp_path / "other"
    filled("export", "chart", "--all", "--out", path)
    chart = json.loads(path.read_text(encoding="utf-8"))
    chart["sessions"][0]["marks"][0]["placed_in"] = "oblique"
    path.write_text(json.dumps(chart), encoding="utf-8")
    said = filled.refused("import", "chart", path, "--practice", other)
    assert "sessions[0].marks[0].placed_in: the " in said
    assert 'body has no view "oblique"; use one of: anterior, ' in said
    assert not other.exists()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"[]", b'{"format": "x"}', b'{"format'])
def test_a_foreign_file_is_refused_with_one_sentence(needlepoint, tmp_path, content):
    path = tmp_path / "foreign.json"
    path.write_bytes(content)
    assert needlepoint.refused("import", "chart", path).startswith(str(path))
    assert not needlepoint.folder.exists()


def test_a_file_that_is_not_there(needlepoint):
    said = needlepoint.refused("import", "chart", "gone.json", "--json")
    assert said == "There is no file gone.json. Check its name and folder."


@pytest.mark.parametrize("what", ["chart", "pdf"])
def test_an_export_to_a_folder_that_does_not_exist(filled, tmp_path, what):
    session = filled("list", "sessions", "--json").document[0]["id"]
    out = tmp_path / "gone" / "file"
    assert filled.refused("export", what, "--session", session, "--out", out) == (
        f"The folder {tmp_path / 'gone'} does not exist. Make it, or choose another folder."
    )


@pytest.mark.parametrize("what", ["chart", "pdf"])
@pytest.mark.parametrize("whose", ["patient", "session"])
def test_an_export_of_nobody(filled, tmp_path, what, whose):
    said = filled.refused("export", what, f"--{whose}", "nobody", "--out", tmp_path / "a")
    assert said == f"There is no {whose} with the id nobody. See: needlepoint list {whose}s"
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("what", ["chart", "pdf"])
def test_an_export_needs_one_choice_and_a_file(filled, what):
    assert "one of the arguments" in filled.misused("export", what, "--out", "a")
    assert "not allowed with" in filled.misused(
        "export", what, "--session", "a", "--patient", "b", "--out", "a"
    )
    assert "--out" in filled.misused("export", what, "--session", "a")


def test_pdf_of_all_at_once_is_no_command(filled):
    assert filled("export", "pdf", "--all", "--out", "a").code == 2


@pytest.mark.parametrize("whose", ["patient", "session"])
def test_a_pdf_is_written(filled, tmp_path, whose):
    session = filled("list", "sessions", "--json").document[0]
    ids = {"patient": session["patient_id"], "session": session["id"]}
    out = tmp_path / "report.pdf"
    wrote = filled("export", "pdf", f"--{whose}", ids[whose], "--out", out)
    assert (wrote.code, wrote.out, wrote.err) == (0, f"Wrote {out}.\n", "")
    assert out.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_of_one_patient_or_of_all(filled, tmp_path, form):
    patient = filled("list", "patients", "--json").document[0]["id"]
    marks = len(filled("list", "marks", "--patient", patient, "--json").document)
    out = tmp_path / "out"
    whose = ("--patient", patient)
    one = filled("export", "tables", *whose, "--format", form, "--out", out, "--json").document
    assert (one["rows"]["sessions"], one["rows"]["marks"]) == (2, marks)
    every = filled("export", "tables", "--all", "--format", form, "--out", out)
    assert every.out.startswith("Wrote 4 sessions, ")
    assert (out / "marks.csv" if form == "csv" else out).stat().st_mode & 0o077 == 0


def test_tables_need_somebody_and_a_format(filled, tmp_path):
    assert "one of the arguments" in filled.misused(
        "export", "tables", "--format", "csv", "--out", "a"
    )
    assert "--format" in filled.misused("export", "tables", "--all", "--out", "a")
    said = filled.refused(
        "export", "tables", "--patient", "nobody", "--format", "csv", "--out", tmp_path / "a"
    )
    assert said.startswith("There is no patient")
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(("form", "starts"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_map_is_written(filled, tmp_path, form, starts):
    session = filled("list", "sessions", "--json").document[0]["id"]
    out = tmp_path / "map"
    asked = ("--session", session, "--view", "left", "--size", "300", "--format", form)
    assert filled("export", "picture", *asked, "--out", out).out == f"Wrote {out}.\n"
    assert out.read_bytes().startswith(starts)
    said = filled.refused("export", "picture", "--session", session, "--view", "x", "--out", out)
    assert said.startswith("There is no view 'x'.")
