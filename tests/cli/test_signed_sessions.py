"""Signed and amended sessions on the command line: listed, printed, and carried losslessly."""

import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.domain.identity import new_id

SIGNED_AT = "2026-03-02T10:31:05.000007+01:00"


def papers(chart: dict[str, Any], addenda: int) -> dict[str, Any]:
    """Note, signature and addenda as a chart file has them."""
    who = chart["practitioners"][0]
    by = {
        "practitioner_id": who["id"],
        "name": "Ada Nadel-Früher",
        "licence_number": "PT 17",
    }
    note = {
        "id": str(new_id()), "subjective": "Stiff\nneck.", "objective": "", "assessment": "",
        "plan": "Again.", "needling": None, "needling_of": "Right trapezius: 2 insertions.",
    }  # fmt: skip
    return {
        "preparation": None,
        "closing": None,
        "note": note,
        "signature": {"id": str(new_id()), **by, "signed_at": SIGNED_AT},
        "notices": [],
        "addenda": [
            {
                "id": str(new_id()), **by, "written_at": f"2026-03-0{3 + k}T09:00:00+01:00",
                "reason": "Side", "text": f"Addition {k}.",
            }
            for k in range(addenda)
        ],
    }  # fmt: skip


@pytest.fixture
def chart(filled: Any, tmp_path: Path) -> Path:
    """A chart file with a signed session and one with two addenda."""
    path = tmp_path / "signed.json"
    filled("export", "chart", "--all", "--out", path)
    document = json.loads(path.read_text(encoding="utf-8"))
    for session, status, count in zip(
        document["sessions"][:2], ("signed", "amended"), (0, 2), strict=True
    ):
        session["status"], session["papers"] = status, papers(document, count)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def ordered(path: Path) -> str:
    return json.dumps(json.loads(path.read_text(encoding="utf-8")), sort_keys=True)


def test_a_chart_file_carries_signatures_notes_and_addenda(
    filled: Any, chart: Path, tmp_path: Path
) -> None:
    other, again = tmp_path / "other", tmp_path / "again.json"
    filled("import", "chart", chart, "--practice", other)
    filled("export", "chart", "--all", "--out", again, "--practice", other)
    assert ordered(again) == ordered(chart)
    assert filled("check", "--practice", other, "--json").document["whole"]
    listed = filled("list", "sessions", "--practice", other, "--json").document
    assert sorted(each["status"] for each in listed)[:1] == ["amended"]
    assert [each["status"] for each in listed].count("signed") == 1


def test_the_pdf_of_an_amended_session_says_all_of_it(
    filled: Any, chart: Path, tmp_path: Path
) -> None:
    other, out = tmp_path / "other", tmp_path / "chart.pdf"
    filled("import", "chart", chart, "--practice", other)
    session = json.loads(chart.read_text(encoding="utf-8"))["sessions"][1]
    filled("export", "pdf", "--session", session["id"], "--out", out, "--practice", other)
    pages = ["".join(page.extract_text().split()) for page in PdfReader(out).pages]
    for page in pages:
        assert "SignedbyAdaNadel-Früheron2March2026,10:31UTC+01:00" in page
        assert "Version3;supersedesversion2of3March2026,09:00UTC+01:00" in page
        assert "Fingerprint" in page
    whole = "".join(pages)
    for words in ("Stiff", "Righttrapezius:2insertions.", "Addition0.", "Addition1.", "Again."):
        assert words in whole


def test_a_chart_of_one_session_stands_alone(filled: Any, chart: Path, tmp_path: Path) -> None:
    other, one, third = tmp_path / "other", tmp_path / "one.json", tmp_path / "third"
    filled("import", "chart", chart, "--practice", other)
    wanted = json.loads(chart.read_text(encoding="utf-8"))["sessions"][1]
    filled("export", "chart", "--session", wanted["id"], "--out", one, "--practice", other)
    filled("import", "chart", one, "--practice", third)
    (session,) = json.loads(one.read_text(encoding="utf-8"))["sessions"]
    assert session["papers"] == wanted["papers"]


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        (lambda papers: papers["note"].update(plan="rewritten"), "another value of plan"),
        (lambda papers: papers["signature"].update(name="Somebody"), "another value of name"),
        (lambda papers: papers["addenda"][0].update(text="other"), "another value of text"),
        (lambda papers: papers.update(closing=CLOSING), "is signed in the practice"),
    ],
)
def test_an_import_does_not_rewrite_what_is_signed(
    filled: Any, chart: Path, tmp_path: Path, change: Any, trouble: str
) -> None:
    other = tmp_path / "other"
    filled("import", "chart", chart, "--practice", other)
    document = json.loads(chart.read_text(encoding="utf-8"))
    change(document["sessions"][1]["papers"])
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    assert trouble in filled.refused("import", "chart", forged, "--practice", other)
    again = tmp_path / "again.json"
    filled("export", "chart", "--all", "--out", again, "--practice", other)
    assert ordered(again) == ordered(chart)


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        (lambda session: session.update(status="draft"), "is not signed, and has a signature"),
        (
            lambda session: session.update(
                status="draft", papers={**session["papers"], "signature": None}
            ),
            "is not signed, and takes no addendum",
        ),
    ],
)
def test_a_draft_comes_with_no_signature(
    filled: Any, chart: Path, tmp_path: Path, change: Any, trouble: str
) -> None:
    document = json.loads(chart.read_text(encoding="utf-8"))
    change(document["sessions"][1])
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    assert trouble in filled.refused("import", "chart", forged, "--practice", tmp_path / "other")


CLOSING = {
    "id": str(new_id()), "needles_counted": None, "tolerance": None, "no_adverse_events": True,
    "events": [], "other_treatments": [], "advice": [], "own_advice": "", "next_step": "",
}  # fmt: skip
