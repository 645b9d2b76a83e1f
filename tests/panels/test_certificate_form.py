"""Signing with a certificate from the window: asked each time, refused in one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.body.atlas import Atlas
from app.domain.change import Change
from app.exchange.demo import synthesize
from app.exchange.fingerprint import seal
from app.panels.reports.certificate_form import CertificateForm
from app.panels.reports.many_dialog import ManyDialog
from app.report.verifying import Standing, verify
from tests.db.builders import stamp
from tests.helpers.certificates import HOLDER, PASSPHRASE, certificate, p12
from tests.helpers.clinic import Clinic
from tests.panels.test_reports import open_reports
from tests.report import reading

OpenClinic = Callable[..., Clinic]


@pytest.fixture
def clinic(open_clinic: OpenClinic, atlas: Atlas) -> Clinic:
    clinic = open_clinic()
    clinic.practice.repository.commit(Change.add("Fill", *synthesize(1, 2, 7, atlas)), stamp())
    clinic.window.patients.refresh()
    return clinic


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "me.p12"
    path.write_bytes(p12(certificate()))
    return path


def with_form(do: Callable[[CertificateForm], None], ask: Callable[[], object]) -> None:
    """Does what asks for a certificate, and ``do`` with the form that comes."""

    def look() -> None:
        for form in QApplication.topLevelWidgets():
            if isinstance(form, CertificateForm) and form.isVisible():
                do(form)
                return
        QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    ask()


def test_what_is_saved_is_signed(clinic: Clinic, file: Path, tmp_path: Path) -> None:
    dialog = open_reports(clinic)
    dialog.choices.signs.click()
    out = tmp_path / "signed.pdf"
    with_form(lambda form: form.reject(), lambda: dialog.save_as([out]))
    assert "no certificate was opened" in dialog.foot.text()
    assert not out.exists()
    told: list[str] = []

    def sign(form: CertificateForm) -> None:
        form.file.setText(str(tmp_path / "gone.p12"))
        clinic.click(form.done_button)
        told.append(form.field("passphrase").fault)
        form.file.setText(str(file))
        form.passphrase.setText("not it")
        clinic.click(form.done_button)
        told.append(form.field("passphrase").fault)
        assert form.passphrase.text() == ""
        form.passphrase.setText(PASSPHRASE)
        clinic.click(form.done_button)

    with_form(sign, lambda: dialog.save_as([out]))
    assert all(told)
    assert told[0] != told[1]
    clinic.wait_until(lambda: "saved as signed.pdf" in clinic.message)
    verdict = verify(out, clinic.practice.repository.session_records, seal)
    assert verdict.standing is Standing.SAME
    assert [each.signer for each in verdict.signatures] == [HOLDER]
    assert reading.faults(out.read_bytes()) == []
    settings = (clinic.folder / "settings.ini").read_text()
    assert str(file) in settings
    assert PASSPHRASE not in settings


def test_reports_of_many_are_signed_too(clinic: Clinic, file: Path, tmp_path: Path) -> None:
    clinic.window.actions_by_id["reports.many"].trigger()
    dialog = clinic.dialog(ManyDialog)
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.signs.setChecked(True)
    with_form(lambda form: form.reject(), dialog.done_button.click)
    assert dialog.field("sign").fault == "No certificate was opened."

    def sign(form: CertificateForm) -> None:
        form.file.setText(str(file))
        form.passphrase.setText(PASSPHRASE)
        form.done_button.click()

    with_form(sign, dialog.done_button.click)
    clinic.wait_until(lambda: "2 files written" in clinic.message)
    for path in (tmp_path / "out").iterdir():
        verdict = verify(path, clinic.practice.repository.session_records, seal)
        assert [each.signer for each in verdict.signatures] == [HOLDER]
