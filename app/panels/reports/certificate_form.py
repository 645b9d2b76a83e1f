"""The form of the certificate that signs: its file, and its passphrase, which is never kept."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QWidget,
)

from app.domain.findings import Finding
from app.panels.file_dialogs import opening_dialog, path_line
from app.panels.forms import FormDialog
from app.report.certificate import Certificate, CertificateError, open_certificate
from app.settings import Settings

FILES = "Certificates (*.p12 *.pfx)"
TICK = "Sign with a certificate"
TICK_HINT = "Your .p12 or .pfx file; readers see who signed, and any change."
PASSPHRASE_HINT = "Asked for each time, and never kept."


class CertificateForm(FormDialog):
    """``certificate`` is open when the form is done, and None before."""

    keeps_record = False

    def __init__(
        self, settings: Settings, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(TICK, "Sign", self._try, parent)
        self._settings = settings
        self._clock = clock
        self.certificate: Certificate | None = None
        self.file = QLineEdit(settings.values.certificate)
        self.file.setAccessibleName("Certificate")
        self.file.setPlaceholderText("me.p12")
        line = path_line(self.file, "Choose a certificate", self._ask_file)
        self.add_field("file", "Certificate", line)
        self.passphrase = self.add_line("passphrase", "Passphrase", "")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.field("passphrase").show_hint(PASSPHRASE_HINT)
        if self.file.text():
            line.setFocusProxy(self.passphrase)
        self.finished.connect(lambda _code: self.passphrase.clear())
        self.resize(560, 260)

    def _ask_file(self) -> None:
        dialog = opening_dialog(self, "Choose a certificate", self.file.text(), FILES)
        dialog.fileSelected.connect(self.file.setText)
        dialog.open()

    def _try(self) -> list[Finding]:
        path = Path(self.file.text().strip())
        if not path.name:
            return [Finding("file", "Choose the file of your certificate.")]
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.certificate = open_certificate(path, self.passphrase.text(), self._clock())
        except CertificateError as error:
            self.passphrase.clear()
            return [Finding("passphrase", str(error))]
        finally:
            QApplication.restoreOverrideCursor()
        self._settings.change(certificate=str(path))
        return []


def ask_certificate(
    settings: Settings, clock: Callable[[], datetime], parent: QWidget
) -> Certificate | None:
    """A certificate that was chosen and opened; None where nobody would sign."""
    form = CertificateForm(settings, clock, parent)
    form.exec()
    return form.certificate
