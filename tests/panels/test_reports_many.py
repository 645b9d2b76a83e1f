"""Reports of many in the window: chosen, made beside the work, cancelled, and what they leave."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.letterhead import Letterhead
from app.exchange.demo import synthesize
from app.panels.reports.many import BUSY, NOTHING
from app.panels.reports.many_dialog import ManyDialog
from app.panels.reports.strip import BatchStrip
from app.panels.reports.wanted import KINDS
from app.report.batch import Progress
from app.report.kinds import ReportKind
from tests.db.builders import stamp
from tests.helpers.clinic import Clinic
from tests.report import reading
from tests.report.test_batch import full_disk

OpenClinic = Callable[..., Clinic]
SESSIONS = 6


@pytest.fixture
def clinic(open_clinic: OpenClinic, atlas: Atlas) -> Iterator[Clinic]:
    """A practice of three patients with two sessions each, and a letterhead."""
    clinic = open_clinic()
    records = [Letterhead(name="Praxis am Platz"), *synthesize(3, 2, 7, atlas)]
    clinic.practice.repository.commit(Change.add("Fill", *records), stamp())
    clinic.window.patients.refresh()
    yield clinic
    clinic.desk.reports.many.close()


def ask(clinic: Clinic, folder: Path) -> ManyDialog:
    clinic.window.actions_by_id["reports.many"].trigger()
    dialog = clinic.dialog(ManyDialog)
    dialog.folder.setText(str(folder))
    return dialog


def strip(clinic: Clinic) -> BatchStrip:
    found = clinic.window.statusBar()
    assert isinstance(found, BatchStrip)
    return found


def make(clinic: Clinic, dialog: ManyDialog) -> None:
    """Presses the main button and waits until the run has ended."""
    with clinic.qtbot.waitSignal(clinic.desk.reports.many.run.ended, timeout=20_000):
        clinic.click(dialog.done_button)
    QApplication.processEvents()


def cancel_after(clinic: Clinic, files: int) -> None:
    """Presses Cancel in the strip when so many files are there."""

    def look(told: Progress) -> None:
        if told.done == files:
            strip(clinic).cancel.click()

    clinic.desk.reports.many.run.progressed.connect(look)


def names(folder: Path) -> list[str]:
    """Every name in the folder, hidden ones too."""
    return sorted(each.name for each in folder.iterdir())


def test_charts_of_all_are_made_while_one_goes_on_working(clinic: Clinic, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended: list[object] = []
    clinic.desk.reports.many.run.ended.connect(ended.append)
    clinic.click(ask(clinic, out).done_button)
    clinic.wait_until(lambda: clinic.desk.reports.many.is_running)
    assert strip(clinic).isVisible()
    clinic.desk.open_patient(clinic.window.patients.model.rows[0].id)
    assert strip(clinic).isVisible()
    assert strip(clinic).words.text().startswith("Making reports: ")
    clinic.window.actions_by_id["reports.many"].trigger()
    assert clinic.message == BUSY
    clinic.wait_until(lambda: bool(ended))
    assert clinic.message == f"{SESSIONS} files written to out."
    assert not strip(clinic).isVisible()
    whole = [out / name for name in names(out)]
    assert len(whole) == SESSIONS
    for patient in clinic.practice.repository.patients():
        assert not any(patient.family_name in each.name for each in whole)
    content = whole[0].read_bytes()
    assert reading.faults(content) == []
    assert "Praxis am Platz" in reading.pages(content)[0]


def test_ticked_patients_alone_and_what_they_are_called(clinic: Clinic, tmp_path: Path) -> None:
    out = tmp_path / "out"
    dialog = ask(clinic, out)
    kinds = [words.kind for words in KINDS]
    dialog.kind.setCurrentIndex(kinds.index(ReportKind.PATIENT))
    clinic.segment(dialog, "Of whom: Patients I tick")
    clinic.click(dialog.done_button)
    assert dialog.field("patients").fault == "Tick at least one patient."
    whom = clinic.practice.repository.patients()[0]
    clinic.write(dialog.patients.search, whom.number)
    assert dialog.patients.list.model().rowCount() == 1
    dialog.patients.tick(whom.id)
    dialog.patients.search.clear()
    assert dialog.patients.list.model().rowCount() == 3
    assert dialog.patients.count.text() == "1 patient ticked"
    dialog.names.setChecked(True)
    clinic.click(dialog.done_button)
    clinic.wait_until(lambda: "1 file written" in clinic.message)
    (only,) = names(out)
    assert only.startswith(f"patient {whom.family_name}")


def test_sessions_of_a_period_alone(clinic: Clinic, tmp_path: Path) -> None:
    sessions = [
        each.session.started_at.date()
        for patient in clinic.practice.repository.patients()
        for each in clinic.practice.repository.chart(patient.id).sessions
    ]
    day = sorted(sessions)[SESSIONS // 2]
    out = tmp_path / "out"
    dialog = ask(clinic, out)
    dialog.first.setText("12/11/2026 maybe")
    clinic.click(dialog.done_button)
    assert dialog.field("first").fault
    dialog.first.setText(day.isoformat())
    dialog.last.setText("2020-01-01")
    clinic.click(dialog.done_button)
    assert dialog.field("last").fault == "The last day lies before the first."
    dialog.last.setText(day.isoformat())
    make(clinic, dialog)
    assert [name.split()[1] for name in names(out)] == [str(day)] * sessions.count(day)
    dialog = ask(clinic, out)
    dialog.last.setText("1990-01-01")
    clinic.click(dialog.done_button)
    clinic.wait_until(lambda: clinic.message == NOTHING)


def test_a_cancelled_run_leaves_whole_files_alone(clinic: Clinic, tmp_path: Path) -> None:
    out = tmp_path / "out"
    dialog = ask(clinic, out)
    cancel_after(clinic, 2)
    make(clinic, dialog)
    left = names(out)
    assert 2 <= len(left) < SESSIONS
    assert clinic.message == f"Cancelled. {len(left)} of {SESSIONS} files are written and whole."
    assert all(reading.faults((out / name).read_bytes()) == [] for name in left)


def test_a_folder_or_a_disk_that_cannot_be_written_to_is_one_sentence(
    clinic: Clinic, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    dialog = ask(clinic, tmp_path / "gone" / "out")
    clinic.click(dialog.done_button)
    assert "does not exist" in dialog.field("folder").fault
    dialog.folder.setText(" ")
    clinic.click(dialog.done_button)
    assert dialog.field("folder").fault == "Choose a folder for the files."
    dialog.folder.setText(str(tmp_path / "file"))
    clinic.click(dialog.done_button)
    assert dialog.field("folder").fault
    dialog.reject()
    out = tmp_path / "out"
    with full_disk():
        make(clinic, ask(clinic, out))
    assert clinic.message.startswith("There is no room left for ")
    assert clinic.message.endswith(f"0 of {SESSIONS} files were written and are whole.")
    assert names(out) == []


def test_files_that_are_there_are_asked_about_once(clinic: Clinic, tmp_path: Path) -> None:
    make(clinic, ask(clinic, tmp_path / "out"))
    for name in names(tmp_path / "out"):
        (tmp_path / "out" / name).write_bytes(b"before")
    again = ask(clinic, tmp_path / "out")

    def press(dialog: ManyDialog) -> None:
        clinic.click(dialog.done_button)
        clinic.wait_until(lambda: not clinic.desk.reports.jobs.is_busy)

    clinic.answer("Cancel", lambda: press(again))
    assert {path.read_bytes() for path in (tmp_path / "out").iterdir()} == {b"before"}
    clinic.answer("Replace", lambda: make(clinic, ask(clinic, tmp_path / "out")))
    assert all(path.read_bytes().startswith(b"%PDF") for path in (tmp_path / "out").iterdir())
    assert len(names(tmp_path / "out")) == SESSIONS


def test_closing_the_window_asks_then_cancels_and_waits(clinic: Clinic, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clinic.click(ask(clinic, out).done_button)
    clinic.wait_until(lambda: clinic.desk.reports.many.is_running)
    clinic.answer("Keep open", clinic.window.close)
    assert clinic.window.isVisible()
    clinic.answer("Cancel them and close", clinic.window.close)
    assert not clinic.window.isVisible()
    assert all(reading.faults((out / name).read_bytes()) == [] for name in names(out))
    assert all(name.endswith(".pdf") for name in names(out))
