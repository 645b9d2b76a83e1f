"""A patient's reports in the window: ticked, seen, saved and printed."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.domain.change import Change
from app.domain.identity import new_id
from app.domain.letterhead import Letterhead
from app.exchange.demo import synthesize
from app.exchange.fingerprint import seal
from app.panels.reports.choices import NAMES_HINT
from app.panels.reports.desk import ReportsDesk
from app.panels.reports.dialog import NOTHING_TICKED, ReportsDialog
from app.panels.reports.preview import MAKING
from app.panels.reports.printing import Printing, new_printer, sheets_for
from app.panels.reports.wanted import CHART, KINDS
from app.panels.texts import PlainLabel
from app.report.kinds import ReportKind
from app.report.papers import Paper, page_mm
from app.report.verifying import Standing, verify
from tests.db.builders import stamp
from tests.helpers.clinic import Clinic
from tests.helpers.pictures import own_picture, png
from tests.journeys.test_one_treatment import add_patient
from tests.report import reading
from tests.report.builders import (
    STARTED,
    patient,
    plain_mark,
    practitioner,
    problem,
    session,
)

OpenClinic = Callable[..., Clinic]
HEAD = Letterhead(name="Praxis am Platz", lines=("Marktplatz 1",), foot="VAT 123")


@pytest.fixture
def clinic(open_clinic: OpenClinic, atlas: Atlas) -> Clinic:  # type: ignore[no-untyped-def]
    """A practice of two patients with two sessions each, and a letterhead."""
    clinic = open_clinic()
    records = [HEAD, *synthesize(2, 2, 7, atlas)]
    clinic.practice.repository.commit(Change.add("Fill", *records), stamp())
    clinic.window.patients.refresh()
    return clinic


def open_reports(clinic: Clinic, first: object = CHART) -> ReportsDialog:
    """The reports of the first patient in the list."""
    desk: ReportsDesk = clinic.desk.reports
    if clinic.desk.store.patient is None:
        clinic.desk.open_patient(clinic.window.patients.model.rows[0].id)
    desk.ask(first)  # type: ignore[arg-type]
    return clinic.dialog(ReportsDialog)


def wait_for_page(clinic: Clinic, dialog: ReportsDialog, page: int = 1) -> None:
    clinic.wait_until(lambda: dialog.preview.shows_pages and dialog.preview.view.has_picture(page))


def untick_all(dialog: ReportsDialog) -> None:
    for words in KINDS:
        dialog.choices.box(words.kind).setChecked(False)


def test_the_chart_is_seen_before_it_is_saved(clinic: Clinic, tmp_path: Path) -> None:
    clinic.desk.open_patient(clinic.window.patients.model.rows[0].id)
    clinic.key("Ctrl+Shift+E")
    dialog = clinic.dialog(ReportsDialog)
    assert dialog.preview.sentence.text() == MAKING
    wait_for_page(clinic, dialog)
    assert re.fullmatch(r"Page 1 of \d", dialog.preview.page.text())
    seen = dialog.previewing.kept(dialog.choices.wanted[CHART])
    out = tmp_path / "seen.pdf"
    dialog.save_as([out])
    clinic.wait_until(lambda: "saved as seen.pdf" in clinic.message)
    content = out.read_bytes()
    assert seen is not None
    assert content == seen.pdf
    assert reading.faults(content) == []
    assert "Praxis am Platz" in reading.pages(content)[0]
    assert verify(out, clinic.practice.repository.session_records, seal).standing is Standing.SAME
    assert clinic.window.findChildren(ReportsDialog) == []


def test_several_reports_go_into_a_folder_under_names_without_the_patients(
    clinic: Clinic, tmp_path: Path
) -> None:
    dialog = open_reports(clinic)
    assert not dialog.choices.names.isChecked()
    assert any(each.text() == NAMES_HINT for each in dialog.findChildren(PlainLabel))
    for words in KINDS:
        dialog.choices.box(words.kind).setChecked(True)
    whom = clinic.desk.store.patient
    dialog.choices.names.click()
    assert all(whom.family_name in item.file_name for _wanted, item in dialog._chosen())
    dialog.choices.names.click()
    (tmp_path / "out").mkdir()
    dialog.save_into(tmp_path / "out")
    clinic.wait_until(lambda: "5 reports were saved" in clinic.message)
    files = sorted((tmp_path / "out").iterdir())
    kinds = [each.name.split()[0] for each in files]
    assert kinds == ["chart", "patient", "progress", "record", "referrer"]
    for file in files:
        assert whom.family_name not in file.name
        assert whom.number not in file.name
        content = file.read_bytes()
        assert reading.faults(content) == []
        assert reading.squeezed(whom.family_name) in reading.squeezed(reading.pages(content)[0])
        assert "Praxis am Platz" in reading.pages(content)[0]


def test_the_newest_tick_is_what_is_shown_and_what_was_made_comes_at_once(clinic: Clinic) -> None:
    dialog = open_reports(clinic)
    made: list[object] = []
    dialog.previewing.made.connect(lambda key, _pages: made.append(key.kind))
    for kind in (ReportKind.RECORD, ReportKind.PROGRESS, ReportKind.PATIENT):
        dialog.choices.box(kind).setChecked(True)
    wait_for_page(clinic, dialog)
    assert made == [ReportKind.PATIENT]
    assert dialog.tabs is not None
    clinic.segment(dialog.tabs, "Report in the preview: Progress")
    clinic.wait_until(lambda: made == [ReportKind.PATIENT, ReportKind.PROGRESS])
    dialog.show_kind(ReportKind.PATIENT)
    assert dialog.preview.shows_pages
    dialog.show_kind(ReportKind.PROGRESS)
    assert dialog.preview.shows_pages
    dialog.choices.box(ReportKind.PROGRESS).setChecked(False)
    assert dialog.preview.sentence.text() == MAKING  # the chart, which is ticked from the start
    assert dialog.tabs.value == 0
    untick_all(dialog)
    assert dialog.preview.sentence.text() == NOTHING_TICKED
    assert not dialog.save_button.isEnabled()
    assert not dialog.print_button.isEnabled()
    dialog.reject()


def test_pages_by_keys(clinic: Clinic) -> None:
    dialog = open_reports(clinic, ReportKind.RECORD)
    wait_for_page(clinic, dialog)
    view = dialog.preview.view
    assert view.count > 3
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 2
    assert dialog.preview.page.text() == f"Page 2 of {view.count}"
    wait_for_page(clinic, dialog, 2)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page == view.count
    wait_for_page(clinic, dialog, view.count)
    QTest.keyClick(view, Qt.Key.Key_Home)
    width = view.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(width * 1.25)
    QTest.keyClick(view, Qt.Key.Key_0)
    view.fit_page()
    assert view._page_size.height() <= view.viewport().height()
    dialog.reject()


def test_a_paper_is_kept_for_next_time(clinic: Clinic) -> None:
    dialog = open_reports(clinic)
    clinic.segment(dialog.choices, "Paper: US Letter")
    wait_for_page(clinic, dialog)
    wanted = dialog.choices.wanted[CHART]
    page = PdfReader(BytesIO(dialog.previewing.kept(wanted).pdf)).pages[0]
    assert float(page.mediabox.width) == pytest.approx(612)
    dialog.reject()
    again = open_reports(clinic)
    assert again.choices.paper.value == "us-letter"
    again.reject()


def test_a_patient_without_a_session_is_told_so(open_clinic: OpenClinic) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    clinic.key("Ctrl+Shift+E")
    dialog = clinic.dialog(ReportsDialog)
    assert dialog.preview.sentence.text().endswith("has no session yet. Chart one first.")
    assert not any(dialog.choices.box(words.kind).isEnabled() for words in KINDS)
    assert not dialog.save_button.isEnabled()
    dialog.reject()


def test_a_patient_of_the_list_needs_no_open_chart(clinic: Clinic) -> None:
    reports = clinic.window.actions_by_id["reports"]
    assert reports.isEnabled()
    second = clinic.window.patients.model.index(1)
    clinic.window.patients.list.setCurrentIndex(second)
    clinic.key("Ctrl+Shift+E")
    dialog = clinic.dialog(ReportsDialog)
    row = clinic.window.patients.model.rows[1]
    assert dialog._chart.patient.id == row.id
    wait_for_page(clinic, dialog)
    dialog.reject()
    clinic.write(clinic.window.patients.search, "nobody is called so")
    clinic.wait_until(lambda: not clinic.window.patients.model.rows)
    assert not reports.isEnabled()
    clinic.desk.reports.listed = new_id  # as if the patient had gone meanwhile
    clinic.desk.reports.ask()
    assert clinic.message == "This patient is not in the practice any more."


LONG = "مرحبا 中文 😀 " + "A word after another. " * 900
"""Some 20,000 characters."""


def test_odd_sessions_and_words_are_shown_and_saved(
    open_clinic: OpenClinic, atlas: Atlas, tmp_path: Path
) -> None:
    clinic = open_clinic()
    repository = clinic.practice.repository
    drawing = png(600, 1400)
    whom = patient(family_name="القحطاني 李 😀", given_name="<b>Ana</b>", note=LONG)
    who = practitioner()
    empty = session(whom, who, note=LONG)
    on_own = session(whom, who, started_at=STARTED + timedelta(days=7))
    picture = own_picture(drawing, whom.id, width=600, height=1400)
    spot = ChartAtlas(atlas, [picture]).pick(whom.body, picture.version, 300, 500)
    mark = plain_mark(
        session_id=on_own.id, anchor=spot, body_version=picture.version,
        placed_in=picture.version, side=picture.side, note=LONG[:4000],
    )  # fmt: skip
    repository.keep_picture(drawing)
    repository.commit(Change.add("Fill", whom, who, empty, picture, on_own, mark), stamp())
    clinic.window.patients.refresh()
    dialog = open_reports(clinic)
    for words in KINDS:
        dialog.choices.box(words.kind).setChecked(True)
    wait_for_page(clinic, dialog)
    assert dialog.choices.session.count() == 2
    dialog.save_into(tmp_path)
    clinic.wait_until(lambda: "5 reports were saved" in clinic.message)
    for file in tmp_path.glob("*.pdf"):
        assert reading.faults(file.read_bytes()) == []
    (record,) = tmp_path.glob("record*.pdf")
    assert reading.squeezed(LONG[-2000:]) in reading.squeezed(
        "".join(reading.pages(record.read_bytes()))
    )


def test_the_list_of_patients_and_the_review_lead_to_reports(clinic: Clinic) -> None:
    page = clinic.window.patients
    page.list.setCurrentIndex(page.model.index(1))
    page._menu().actions()[1].trigger()
    dialog = clinic.dialog(ReportsDialog)
    assert dialog._chart.patient.id == page.model.rows[1].id
    dialog.reject()
    clinic.desk.open_patient(page.model.rows[0].id)
    clinic.key("Ctrl+R")
    clinic.key("Ctrl+Shift+E")
    dialog = clinic.dialog(ReportsDialog)
    assert list(dialog.choices.wanted) == [ReportKind.PROGRESS]
    dialog.reject()


def test_a_problem_without_sessions_says_so_in_place_of_pages(clinic: Clinic) -> None:
    dialog = open_reports(clinic)
    patient = clinic.desk.store.patient
    dialog.reject()
    clinic.practice.repository.commit(Change.add("Add", problem(patient, title="Knee")), stamp())
    dialog = open_reports(clinic, ReportKind.PROGRESS)
    dialog.choices.problem.setCurrentIndex(dialog.choices.problem.findText("Knee"))
    clinic.wait_until(lambda: "no session of this problem" in dialog.preview.sentence.text())
    dialog.print()
    clinic.wait_until(lambda: "no session of this problem" in dialog.foot.text())
    dialog.reject()


def test_what_stands_against_a_folder_is_said_or_asked_once(clinic: Clinic, tmp_path: Path) -> None:
    dialog = open_reports(clinic)
    dialog.save_as([tmp_path / "gone" / "chart.pdf"])
    clinic.wait_until(lambda: "does not exist" in dialog.foot.text())
    assert dialog.save_button.isEnabled()
    dialog.choices.box(ReportKind.PATIENT).setChecked(True)
    for _wanted, item in dialog._chosen():
        (tmp_path / item.file_name).write_bytes(b"before")
    clinic.answer("Cancel", lambda: dialog.save_into(tmp_path))
    assert all(each.read_bytes() == b"before" for each in tmp_path.glob("*.pdf"))
    clinic.answer("Replace", lambda: dialog.save_into(tmp_path))
    clinic.wait_until(lambda: "2 reports were saved" in clinic.message)
    assert all(each.read_bytes().startswith(b"%PDF") for each in tmp_path.glob("*.pdf"))
    assert len(list(tmp_path.glob("*.pdf"))) == 2


# -- printing ------------------------------------------------------------------------------


def pdf_printer(paper: Paper, out: Path) -> QPrinter:
    printer = new_printer(paper, "Test")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    return printer


@pytest.mark.parametrize(
    ("paper", "kind"), [("a4", ReportKind.PROGRESS), ("us-letter", ReportKind.PATIENT)]
)
def test_every_page_is_printed_on_its_paper(
    clinic: Clinic,
    tmp_path: Path,
    paper: Paper,
    kind: ReportKind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.panels.reports.printing.MOST_PPI", 100.0)  # which is quicker
    dialog = open_reports(clinic, kind)
    dialog.choices.paper.show_value(paper)
    dialog.choices.changed.emit()
    wait_for_page(clinic, dialog)
    pages = dialog.previewing.kept(dialog.choices.wanted[kind])
    out = tmp_path / "printed.pdf"
    printer = pdf_printer(paper, out)
    dialog.print_on(printer, sheets_for(printer, [pages]))
    clinic.wait_until(lambda: dialog.foot.text() == "Everything was sent to the printer.")
    printed = PdfReader(out).pages
    assert len(printed) == pages.count
    for page in printed:
        size = (float(page.mediabox.width) / 72 * 25.4, float(page.mediabox.height) / 72 * 25.4)
        assert size == pytest.approx(page_mm(paper), abs=0.5)
        (image,) = [each.get_object() for each in page["/Resources"]["/XObject"].values()]
        assert image["/Width"] == round(page_mm(paper)[0] / 25.4 * 100)
    dialog.reject()


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_range_an_order_and_how_printing_ends(clinic: Clinic, tmp_path: Path) -> None:
    dialog = open_reports(clinic, ReportKind.RECORD)
    wait_for_page(clinic, dialog)
    pages = dialog.previewing.kept(dialog.choices.wanted[ReportKind.RECORD])
    printer = pdf_printer("a4", tmp_path / "printed.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert [each.number for each in sheets_for(printer, [pages])] == [2, 3]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert [each.number for each in sheets_for(printer, [pages])] == [3, 2]
    beyond = [each.pages for each in sheets_for(printer, [pages, pages])]
    assert beyond == [pages, pages]
    printer.setFromTo(pages.count + 5, pages.count + 6)
    run = Printing(printer, sheets_for(printer, [pages]), clinic.desk.reports.jobs)
    told: list[object] = []
    run.ended.connect(told.append)
    run.start()
    assert "no page in that range" in str(told[0])
    nowhere = pdf_printer("a4", tmp_path / "gone" / "printed.pdf")
    dialog.print_on(nowhere, sheets_for(nowhere, [pages]))
    clinic.wait_until(lambda: "printer cannot be written to" in dialog.foot.text())
    whole = pdf_printer("a4", tmp_path / "whole.pdf")
    dialog.print_on(whole, sheets_for(whole, [pages]))
    assert dialog.close_button.text() == "Cancel"
    clinic.wait_until(lambda: "page 1 of" in dialog.foot.text())
    clinic.click(dialog.close_button)
    assert dialog.isVisible()
    assert dialog.foot.text() == "Cancelled."
    assert dialog.save_button.isEnabled()
    clinic.desk.reports.jobs.wait()
    QApplication.processEvents()
    dialog.reject()
