"""The form of an own picture: what it shows, which side, and for whom it is."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.anatomy import Side
from app.domain.findings import Finding
from app.domain.identity import UUID
from app.domain.own_pictures import OwnPicture
from app.panels.fields import Segments
from app.panels.forms import FormDialog
from app.panels.texts import PlainLabel

Save = Callable[[OwnPicture, list[Finding]], list[Finding]]

PREVIEW = QSize(380, 220)
SIDE_HINT = (
    "The patient's side that is seen, not that of the screen. Leave it open where it is not clear: "
    "marks then have no side."
)
KEPT_SIDE_HINT = "Marks that are on the picture keep the side that they have."
FOR_ALL_HINT = "Without the tick it is shown in every patient's chart, as a drawing may be."


class PictureForm(FormDialog):
    """Record in, record out. ``save`` says what stands against the record, or stores it."""

    stored_picture = Signal(object)
    """The OwnPicture as it was entered, when nothing stood against it."""

    def __init__(
        self,
        picture: OwnPicture,
        patient_id: UUID,
        image: QImage | None,
        save: Save,
        parent: QWidget | None = None,
        *,
        is_new: bool,
    ) -> None:
        """``patient_id``: whose chart is open."""
        title, done_word = ("Add picture", "Add picture") if is_new else ("Picture", "Done")
        super().__init__(title, done_word, self._try, parent)
        self._picture = picture
        self._patient_id = patient_id
        self._save_picture = save
        preview = _preview(image, self.devicePixelRatioF())
        self.add_field("picture", "", preview)
        self.title = self.add_line("title", "What it shows", picture.title, "Left shoulder")
        self.side = Segments(
            "Side", [(Side.LEFT, "Left"), (Side.RIGHT, "Right"), (Side.MIDLINE, "Mid-line")]
        )
        self.side.show_value(picture.side)
        self.add_field("side", "Side", self.side)
        self.field("side").show_hint(SIDE_HINT if is_new else f"{SIDE_HINT} {KEPT_SIDE_HINT}")
        self.only_this = QCheckBox("Only for this patient")
        self.only_this.setChecked(picture.patient_id is not None)
        self.add_field("patient_id", "For whom", self.only_this)
        self.field("patient_id").show_hint(FOR_ALL_HINT)
        preview.setFocusProxy(self.title)
        self.resize(560, 550)

    def _try(self) -> list[Finding]:
        picture = replace(
            self._picture,
            title=self.title.text().strip(),
            side=self.side.value,
            patient_id=self._patient_id if self.only_this.isChecked() else None,
        )
        findings = self._save_picture(picture, [])
        if not findings:
            self.stored_picture.emit(picture)
        return findings


def _preview(image: QImage | None, ratio: float) -> PlainLabel:
    preview = PlainLabel()
    preview.setAccessibleName("The picture")
    if image is not None:
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted = image.scaled(PREVIEW * ratio, keep, smooth)
        fitted.setDevicePixelRatio(ratio)
        preview.setPixmap(QPixmap.fromImage(fitted))
    return preview
