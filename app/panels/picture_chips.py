"""The practitioner's own pictures as small buttons at the right of the line above the map."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.domain.own_pictures import OwnPicture
from app.painting.own_picture import images

NARROWEST, WIDEST = 138, 210
ICON = QSize(32, 24)
MOST = 3
"""More are in the list of views."""


class PictureChips(QWidget):
    """A thumbnail, the title and how many marks it has; the one that is large is checked."""

    asked = Signal(str)
    """The name of the view that is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 4, 0, 0)
        self._row.setSpacing(4)
        self._chips = [self._chip() for _ in range(MOST)]
        self._icons: dict[tuple[str, float], QIcon] = {}
        """By the hash of the picture and the ratio of the screen."""

    def show_pictures(
        self, pictures: list[tuple[OwnPicture, int]], enlarged: str | None, width: int
    ) -> None:
        """Shows the newest as far as they fit into ``width`` px, the oldest of them first."""
        spacing = self._row.spacing()
        room = min(max(width // (NARROWEST + spacing), 0), MOST)
        shown = pictures[-room:] if room else []
        each = min(width // max(len(shown), 1) - spacing, WIDEST)
        for chip, (picture, count) in zip(self._chips, shown, strict=False):
            aside = f" · {count}" if count else ""
            words = picture.title + aside
            chip.setProperty("view", picture.version)
            chip.setIcon(self._icon(picture.sha256))
            metrics = chip.fontMetrics()
            chip.setFixedWidth(each)
            left = each - ICON.width() - 20 - metrics.horizontalAdvance(aside)
            title = metrics.elidedText(picture.title, Qt.TextElideMode.ElideRight, left)
            chip.setText((title + aside).replace("&", "&&"))
            chip.setToolTip(f"Picture: {words}")
            chip.setAccessibleName(f"Picture: {picture.title}, {_marks(count)}")
            chip.setChecked(picture.version == enlarged)
        for k, chip in enumerate(self._chips):
            chip.setVisible(k < len(shown))
        self.setVisible(bool(shown))

    @property
    def texts(self) -> list[str]:
        """What a screen reader says of each chip that is shown."""
        return [chip.accessibleName() for chip in self._chips if not chip.isHidden()]

    def _icon(self, sha256: str) -> QIcon:
        key = (sha256, self.devicePixelRatioF())
        if key not in self._icons or self._icons[key].isNull():
            self._icons[key] = _icon(*key)
        return self._icons[key]

    def _chip(self) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName("chip")
        chip.setAccessibleName("Picture")
        chip.setCheckable(True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(ICON)
        chip.setFixedHeight(30)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(lambda: self._ask(chip))
        self._row.addWidget(chip)
        return chip

    def _ask(self, chip: QToolButton) -> None:
        chip.setChecked(True)  # pressed again, it is still the one that is large
        self.asked.emit(chip.property("view"))


def _marks(count: int) -> str:
    return "no marks" if not count else "1 mark" if count == 1 else f"{count} marks"


def _icon(sha256: str, ratio: float) -> QIcon:
    """The middle of the picture, as large as an icon is; none while it is not decoded yet."""
    image = images.best(sha256, ICON.height() * ratio)
    if image is None:
        return QIcon()
    grown, smooth = (
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    wanted = ICON * ratio
    larger: QImage = image.scaled(wanted, grown, smooth)
    left = (larger.width() - wanted.width()) // 2
    top = (larger.height() - wanted.height()) // 2
    pixels = QPixmap.fromImage(larger.copy(left, top, wanted.width(), wanted.height()))
    pixels.setDevicePixelRatio(ratio)
    return QIcon(pixels)
