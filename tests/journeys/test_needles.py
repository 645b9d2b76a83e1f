"""A treatment with needles: charted, counted, crashed into, taken out, and on paper."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt

from app.domain.marks import MarkKind, Needle, Strength, TwitchResponse
from app.domain.needles import count_needles, why_not_signed
from tests.helpers.clinic import START, Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

SHOULDER, NECK, HIP = (0.60, 0.22), (0.46, 0.19), (0.58, 0.45)


def test_a_needle_is_never_lost_from_the_press_to_the_paper(
    open_clinic: Callable[..., Clinic], tmp_path: Path
) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    column, body_map = clinic.desk.chart.column, clinic.desk.chart.map

    # the point, a needle in it, three twitches by pedal, their strength by key
    clinic.key("Alt+2").key("T").press("posterior", *SHOULDER)
    clinic.key("D").press("posterior", *SHOULDER)
    clinic.strike(body_map, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Space)
    clinic.strike(body_map, Qt.Key.Key_F7)
    point, needle, twitch = clinic.marks
    assert (needle.parent_id, twitch.parent_id) == (point.id, needle.id)
    assert twitch.details == TwitchResponse(count=3, strength=Strength.MEDIUM)

    # two more, one of which was meant to be a trigger point; its stay is planned
    clinic.press("posterior", *NECK).press("posterior", *HIP).key("1")
    assert clinic.marks[-1].kind is MarkKind.TRIGGER_POINT
    clinic.key("2").segment(column.mark_editor, "Planned stay: 5 min")
    assert column.needles.words == "3 in, 0 out"
    assert why_not_signed(clinic.marks) == [
        "3 needles are in: marks 2, 4 and 5. Take out what is in before the session is signed."
    ]
    clinic.close()

    # the program ended with needles in: it begins where they are
    again = open_clinic(START + timedelta(minutes=9))
    again.wait_until(lambda: again.desk.editor.session is not None)
    column = again.desk.chart.column
    assert column.needles.words == "3 in, 0 out"
    again.desk.bedside.look()
    assert column.needles.property("overdue")
    again.key("Alt+2").key("D").press("posterior", *NECK)
    assert count_needles(again.marks) == (2, 1, 0)
    again.key("Shift+O")
    assert count_needles(again.marks) == (0, 3, 0)
    assert why_not_signed(again.marks) == []
    again.key("Ctrl+Z").key("Ctrl+Y")

    out = tmp_path / "chart.pdf"
    session = again.desk.editor.session
    assert session is not None
    again.desk.reports.exporter.export(session.id, out, "a4")
    again.wait_until(lambda: "exported" in again.message)
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(out).pages).split())
    assert "needles: 3 out" in text
    assert "Needle, out" in text
    for mark in again.marks:
        if isinstance(mark.details, Needle):
            assert f"out {mark.details.out_at:%H:%M:%S}" in text
