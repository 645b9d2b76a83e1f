"""verify: a PDF beside the practice, in one sentence and as a document."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.helpers.pictures import png


@pytest.fixture
def session(filled) -> str:
    return filled("list", "sessions", "--json").document[0]["id"]


@pytest.fixture
def printed(filled, session, tmp_path: Path) -> Path:
    out = tmp_path / "report.pdf"
    filled("export", "pdf", "--session", session, "--out", out)
    return out


def test_a_print_is_the_same_until_something_changes(filled, session, printed):
    found = filled("verify", printed)
    assert (found.code, found.err) == (0, "")
    assert found.out == (
        "report.pdf is up to date: its session and marks are the same in this practice.\n"
    )
    document = filled("verify", printed, "--json").document
    assert document["standing"] == "same"
    assert document["sessions"] == [{"id": session, "standing": "same", "changed": []}]


def test_a_print_of_another_practice(filled, printed, tmp_path):
    other = tmp_path / "other"
    filled("demo", "--patients", "1", "--seed", "9", "--practice", other)
    found = filled("verify", printed, "--practice", other)
    assert (found.code, found.err) == (1, "")
    assert found.out == "The session that report.pdf shows is not in this practice.\n"


def test_a_file_that_is_no_report_is_told_as_a_document_too(filled, tmp_path):
    path = tmp_path / "photo.pdf"
    path.write_bytes(b"\xff\xd8\xff")
    found = filled("verify", path, "--json")
    assert (found.code, found.err) == (1, "")
    assert '"standing": "no_report"' in found.out


def test_a_file_that_is_not_there(filled):
    said = filled.refused("verify", "gone.pdf")
    assert said == "There is no file gone.pdf. Check its name and folder."


@pytest.mark.parametrize("kind", ["record", "patient", "referrer", "progress"])
def test_a_report_on_a_patient_is_written_and_can_be_checked(filled, tmp_path, kind):
    patient = filled("list", "patients", "--json").document[0]["id"]
    out = tmp_path / "report.pdf"
    wrote = filled("export", "report", "--kind", kind, "--patient", patient, "--out", out)
    assert (wrote.code, wrote.out, wrote.err) == (0, f"Wrote {out}.\n", "")
    assert filled("verify", out).code == 0


def test_a_report_of_nobody_or_of_no_problem(filled, tmp_path):
    patient = filled("list", "patients", "--json").document[0]["id"]
    asked = ("export", "report", "--kind", "progress", "--out", tmp_path / "a.pdf")
    assert filled.refused(*asked, "--patient", "x").startswith("There is no patient")
    said = filled.refused(*asked, "--patient", patient, "--problem", "x")
    assert said == "x is not the id of a problem. It stands in: export chart"
    assert not (tmp_path / "a.pdf").exists()
    assert "invalid choice" in filled.misused(
        "export", "report", "--kind", "poem", "--patient", patient, "--out", "a"
    )


def test_a_batch_says_how_far_it_is_and_names_nobody(filled, tmp_path):
    out = tmp_path / "charts"
    found = filled("export", "batch", "--kind", "session", "--all", "--out", out)
    assert (found.code, found.out) == (0, f"Wrote 4 files to {out}.\n")
    assert found.err.splitlines()[-1] == "4 of 4"
    assert found.err.startswith("1 of 4, about ")
    assert len(list(out.iterdir())) == 4
    patients = filled("list", "patients", "--json").document
    names = " ".join(each.name for each in out.iterdir())
    assert not any(each["family_name"] in names for each in patients)


def test_a_batch_of_one_patient_with_the_name(filled, tmp_path):
    whom = filled("list", "patients", "--json").document[1]
    out = tmp_path / "copies"
    twice = ("--patient", whom["id"], "--patient", whom["id"].upper())
    asked = ("--kind", "patient", *twice, "--names", "--out", out)
    assert filled("export", "batch", *asked).out == f"Wrote 1 file to {out}.\n"
    assert whom["family_name"] in next(out.iterdir()).name


def test_a_letterhead_is_set_shown_and_printed(filled, session, tmp_path):
    logo = tmp_path / "logo.png"
    logo.write_bytes(png(60, 20))
    assert filled("letterhead").out == "no name\nno foot\nno logo\n"
    asked = ("--name", "Praxis", "--line", "Seeweg 3", "--line", "Zürich", "--logo", logo)
    assert filled("letterhead", *asked).out == "Praxis\nSeeweg 3\nZürich\nno foot\nwith a logo\n"
    document = filled("letterhead", "--foot", "Since 1999", "--json").document
    assert document == {
        "name": "Praxis", "lines": ["Seeweg 3", "Zürich"], "foot": "Since 1999", "logo": True,
    }  # fmt: skip
    out = tmp_path / "a.pdf"
    for command in (
        ("export", "pdf", "--session", session),
        ("export", "report", "--kind", "patient", "--patient", _patient(filled)),
    ):
        filled(*command, "--out", out)
        page = PdfReader(out).pages[0].extract_text()
        assert page.count("Seeweg 3") == 1
        assert "Since 1999" in page
    assert filled("letterhead", "--clear").out == "no name\nno foot\nno logo\n"
    assert filled("check").code == 0


def test_a_damaged_letterhead_of_an_older_version_is_said_until_one_is_set(filled):
    (filled.folder / "letterhead.json").write_bytes(b"{")
    found = filled("check")
    assert found.code == 1
    assert found.out.endswith("is damaged, so the letterhead was not taken over. Set it anew.\n")
    filled("letterhead", "--name", "Praxis")
    assert filled("check").code == 0


def test_a_chart_file_leaves_the_letterhead_of_a_practice(filled, tmp_path):
    filled("letterhead", "--name", "Praxis")
    filled("export", "chart", "--all", "--out", tmp_path / "all.json")
    filled("letterhead", "--name", "Own")
    said = filled("import", "chart", tmp_path / "all.json").out
    assert said.endswith("The practice keeps its own letterhead.\n")
    assert filled("letterhead").out.startswith("Own\n")


def test_a_logo_that_is_none_changes_nothing(filled, tmp_path):
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"GIF89a")
    filled("letterhead", "--name", "Praxis")
    said = filled.refused("letterhead", "--name", "Other", "--logo", logo)
    assert said.startswith("This file is neither a PNG nor a JPEG.")
    assert filled("letterhead").out.startswith("Praxis\n")


def _patient(filled) -> str:
    return filled("list", "patients", "--json").document[0]["id"]
