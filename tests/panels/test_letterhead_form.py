"""The letterhead in the window: words, a logo, what cannot be one, and undo."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from app.domain.letterhead import LOGO_EDGE
from app.panels.reports.letterhead_form import LetterheadForm
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session
from tests.report import reading

OpenClinic = Callable[..., Clinic]


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    image = QImage(1200, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#0E6B6B"))
    file = tmp_path / "logo.png"
    assert image.save(str(file))
    return file


def form(clinic: Clinic) -> LetterheadForm:
    clinic.window.actions_by_id["letterhead"].trigger()
    return clinic.dialog(LetterheadForm)


def test_a_letterhead_stands_on_all_that_is_made(
    open_clinic: OpenClinic, logo: Path, tmp_path: Path
) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    asked = form(clinic)
    clinic.write(asked.name, "Praxis am Platz")
    asked.lines.setPlainText("Marktplatz 1\n\n 8001 Zürich ")
    clinic.write(asked.foot, "VAT 123")
    asked.logo.take(logo)
    clinic.wait_until(lambda: bool(asked.logo.logo))
    assert not asked.logo.picture.pixmap().isNull()
    clinic.click(asked.done_button)
    kept = clinic.practice.repository.letterhead()
    assert kept is not None
    assert (kept.name, kept.lines, kept.foot) == (
        "Praxis am Platz", ("Marktplatz 1", "8001 Zürich"), "VAT 123",
    )  # fmt: skip
    assert kept.logo_size == (LOGO_EDGE, LOGO_EDGE // 4)
    out = tmp_path / "chart.pdf"
    clinic.desk.reports.exporter.export(clinic.desk.editor.session.id, out, "a4")
    clinic.wait_until(lambda: "exported" in clinic.message)
    content = out.read_bytes()
    assert "Praxis am Platz" in reading.pages(content)[0]
    assert "Logo of Praxis am Platz" in reading.alternative_texts(content)
    again = form(clinic)
    assert again.lines.toPlainText() == "Marktplatz 1\n8001 Zürich"
    clinic.click(again.logo.remove)
    assert again.logo.picture.text() == "No logo"
    clinic.click(again.done_button)
    assert clinic.practice.repository.letterhead().logo == b""
    clinic.window.messages._act()  # Undo
    assert clinic.practice.repository.letterhead() == kept


def test_what_cannot_be_a_logo_or_a_line_is_said_at_its_field(
    open_clinic: OpenClinic, tmp_path: Path
) -> None:
    clinic = open_clinic()
    asked = form(clinic)
    huge = tmp_path / "huge.png"
    image = QImage(10_000, 10_000, QImage.Format.Format_Mono)
    image.fill(1)
    assert image.save(str(huge))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    for file, words in ((huge, "megapixels"), (broken, ""), (tmp_path / "gone.png", "read")):
        asked.field("logo").show_fault("")
        asked.logo.take(file)
        clinic.wait_until(lambda: bool(asked.field("logo").fault))
        assert words in asked.field("logo").fault
        assert asked.logo.logo == b""
        assert asked.logo.picture.text() == "No logo"
    asked.lines.setPlainText("\n".join(f"line {k}" for k in range(9)))
    clinic.click(asked.done_button)
    assert "6 lines at most" in asked.field("lines").fault
    assert clinic.practice.repository.letterhead() is None
    clinic.answer("Discard", asked.reject)
