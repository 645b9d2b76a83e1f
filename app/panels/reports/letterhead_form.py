"""The form of the practice's letterhead: name, address, foot, and a logo with its picture."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.errors import KnownError
from app.domain.findings import Finding
from app.domain.letterhead import MOST_LINES, Letterhead
from app.jobs import Jobs
from app.notify import BUG_SENTENCE
from app.panels.file_dialogs import opening_dialog
from app.panels.forms import FormDialog
from app.panels.own_pictures import FILES
from app.panels.texts import PlainLabel
from app.panels.typing import TextBox
from app.settings import Settings

Save = Callable[[Letterhead, list[Finding]], list[Finding]]

LOGO_ROOM = QSize(240, 84)
"""px of the preview of a logo."""
LOGO_HINT = "A PNG or JPEG file. What else a camera wrote into it is left out."


class LogoField(QWidget):
    """Shows a logo on white paper; another can be chosen, or none."""

    failed = Signal(str)
    """Why a file cannot be taken; "" where one was."""

    def __init__(self, logo: bytes, jobs: Jobs, settings: Settings) -> None:
        super().__init__()
        self._jobs = jobs
        self._settings = settings
        self._asked = 0
        """Counts what was chosen: a file that is read later than another was chosen is late."""
        self.logo = logo
        self.setAccessibleName("Logo")
        self.picture = PlainLabel("", "paper")
        self.picture.setFixedSize(LOGO_ROOM)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = QPushButton("Choose …")
        self.choose.setAccessibleName("Choose a logo")
        self.choose.clicked.connect(self.ask)
        self.remove = QPushButton("Remove")
        self.remove.setAccessibleName("Remove the logo")
        self.remove.clicked.connect(lambda: self._show(b""))
        for button in (self.choose, self.remove):
            button.setAutoDefault(False)
        self.setFocusProxy(self.choose)
        buttons = QVBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.picture)
        row.addLayout(buttons)
        row.addStretch()
        self._show(logo)

    def ask(self) -> None:
        """Opens the system's dialog of files."""
        folder = self._settings.values.picture_folder
        dialog = opening_dialog(self, "Choose a logo", folder, FILES)
        dialog.fileSelected.connect(lambda file: self.take(Path(file)))
        dialog.open()

    def take(self, path: Path) -> None:
        """Reads a file in the background; where it is no good, one sentence says why."""
        self._settings.change(picture_folder=str(path.parent))
        self._asked += 1
        asked = self._asked
        self.picture.setText("Reading …")

        def read() -> bytes:
            from app.report.letterhead import logo_from

            return logo_from(path)

        def done(logo: bytes) -> None:
            if asked == self._asked:
                self._show(logo)
                self.failed.emit("")

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self._show(self.logo)
                self.failed.emit(str(error) if isinstance(error, KnownError) else BUG_SENTENCE)

        self._jobs.run(read, done, failed)

    def forget(self) -> None:
        """What is still being read comes too late."""
        self._asked += 1

    def _show(self, logo: bytes) -> None:
        self._asked += 1
        self.logo = logo
        self.remove.setEnabled(bool(logo))
        image = QImage.fromData(logo) if logo else QImage()
        if image.isNull():
            self.picture.setText("No logo")
            return
        ratio = self.devicePixelRatioF()
        room = (LOGO_ROOM - QSize(12, 12)) * ratio
        if image.width() > room.width() or image.height() > room.height():
            image = image.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        image.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(image))


class LetterheadForm(FormDialog):
    """Record in, record out. ``save`` says what stands against the record, or stores it."""

    def __init__(
        self,
        letterhead: Letterhead,
        save: Save,
        jobs: Jobs,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Letterhead", "Done", self._try, parent)
        self._letterhead = letterhead
        self._save_letterhead = save
        self.name = self.add_line("name", "Practice", letterhead.name, "Practice on the Square")
        self.lines = TextBox("Address and telephone", "1 Market Square, 8001 Zurich")
        self.lines.show_value(None, "\n".join(letterhead.lines))
        self.add_field("lines", "Address", self.lines)
        self.field("lines").show_hint(f"At most {MOST_LINES} lines: street, place, telephone …")
        self.foot = self.add_line("foot", "Foot", letterhead.foot, "Bank, VAT number")
        self.field("foot").show_hint("Stands at the foot of every page.")
        self.logo = LogoField(letterhead.logo, jobs, settings)
        self.add_field("logo", "Logo", self.logo)
        self.field("logo").show_hint(LOGO_HINT)
        self.logo.failed.connect(self.field("logo").show_fault)
        self.finished.connect(lambda _code: self.logo.forget())
        self.resize(600, 470)

    def _try(self) -> list[Finding]:
        lines = (each.strip() for each in self.lines.toPlainText().splitlines())
        after = replace(
            self._letterhead,
            name=self.name.text().strip(),
            lines=tuple(each for each in lines if each),
            foot=self.foot.text().strip(),
            logo=self.logo.logo,
        )
        return self._save_letterhead(after, [])

    def _typed(self) -> list[str]:
        return [*super()._typed(), str(hash(self.logo.logo))]
