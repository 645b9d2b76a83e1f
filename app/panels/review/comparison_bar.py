"""How the session at the slider is compared, with which other one, and what signs mean."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QSlider, QWidget

from app.domain.identity import UUID
from app.painting.standing import Sign, paint_standing
from app.panels.fields import Choice, Segments
from app.panels.texts import ElidedLabel, PlainLabel
from app.panels.touch import at_least, when_restyled
from app.review.comparison import WORDS, Standing
from app.review.standing_signs import SIGNS

THE_ONE_BEFORE = "the session before"
MIDDLE, MOST = 50, 100
SIGN_PX = 22
SAID_HEIGHT = 30
"""px: two lines."""
MODES_WIDTH = 368
"""px: the longest of the modes is not cut."""


class Mode(StrEnum):
    SINGLE = "Single"
    BESIDE = "Beside"
    OVER = "Over"
    DIFFERENCE = "Difference"


class Legend(QWidget):
    """What each sign of a difference means, and how many there are."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.words: dict[Standing, PlainLabel] = {}
        for standing, sign in SIGNS.items():
            picture = PlainLabel()
            picture.setPixmap(_picture(sign, self.devicePixelRatioF()))
            self.words[standing] = PlainLabel("", "small")
            row.addWidget(picture)
            row.addWidget(self.words[standing])
            row.addSpacing(6)
        row.addStretch()

    def show_counts(self, counts: Mapping[Standing, int]) -> None:
        for standing, label in self.words.items():
            label.setText(f"{counts.get(standing, 0)} {WORDS[standing]}")


class ComparisonBar(QWidget):
    """A row of modes, and below it a row for the mode that is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = Segments("Comparison", [(mode, mode.value) for mode in Mode], optional=False)
        self.mode.show_value(Mode.SINGLE)
        self.mode.setMinimumWidth(MODES_WIDTH)
        self.mode.chosen.connect(self._change)
        self._ids: list[UUID | None] = [None]
        self.other = Choice()
        self.other.setAccessibleName("Compared with")
        self.other.activated.connect(self._change)
        self.share = QSlider(Qt.Orientation.Horizontal)
        self.share.setRange(0, MOST)
        self.share.setValue(MIDDLE)
        self.share.setAccessibleName("This session or the other one")
        self.share.setToolTip("To the left this session, to the right the other one")
        self.share.setMinimumWidth(120)
        self.share.valueChanged.connect(self.changed)
        when_restyled(self.share, lambda: self.share.setMinimumHeight(at_least(0)))
        self.legend = Legend()
        self.said = ElidedLabel("", "small", most_lines=2)
        self.said.setMinimumHeight(SAID_HEIGHT)
        self.said.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.below = QWidget()
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(PlainLabel("with", "small"))
        first.addWidget(self.other)
        first.addWidget(self.share)
        first.addStretch()
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.below)
        self._rows.setContentsMargins(12, 2, 12, 4)
        self._rows.setSpacing(10)
        self._rows.addLayout(first)
        self._rows.addWidget(self.legend)
        self._rows.addWidget(self.said, 1)
        self._show_below()

    @property
    def chosen(self) -> Mode:
        return Mode(self.mode.value)

    @property
    def other_id(self) -> UUID | None:
        """The session that was chosen to compare with; None for the one before the slider's."""
        return self._ids[max(self.other.currentIndex(), 0)]

    @property
    def opacities(self) -> tuple[float, float]:
        """Of this session's marks and the other's: in the middle both are whole."""
        share = self.share.value() / MOST
        return min(1.0, 2 - 2 * share), min(1.0, 2 * share)

    def show_sessions(self, sessions: Sequence[tuple[UUID, str]]) -> None:
        """Offers these, newest first; one that was chosen stays so while it is among them."""
        chosen = self.other_id
        self._ids = [None, *(each for each, _words in sessions)]
        self.other.clear()
        self.other.addItems([THE_ONE_BEFORE, *(words for _each, words in sessions)])
        self.other.setCurrentIndex(self._ids.index(chosen) if chosen in self._ids else 0)

    def choose_other(self, session_id: UUID) -> None:
        """As if it was picked from the list; nothing happens where it is not offered."""
        if session_id in self._ids:
            self.other.setCurrentIndex(self._ids.index(session_id))

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room, what stands beside each other stands below each other."""
        way = QBoxLayout.Direction
        self._rows.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._rows.setSpacing(4 if narrow else 10)

    def choose(self, mode: Mode) -> None:
        self.mode.show_value(mode)
        self._change()

    def say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _change(self) -> None:
        self._show_below()
        self.changed.emit()

    def _show_below(self) -> None:
        mode = self.chosen
        self.below.setVisible(mode is not Mode.SINGLE)
        self.share.setVisible(mode is Mode.OVER)
        self.legend.setVisible(mode is Mode.DIFFERENCE)


def _picture(sign: Sign, ratio: float) -> QPixmap:
    """A sign as it stands on the map, on a bit of skin: its colours are made for that."""
    pixels = QPixmap(round(SIGN_PX * ratio), round(SIGN_PX * ratio))
    pixels.setDevicePixelRatio(ratio)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#EBDDD2"))
    painter.drawRoundedRect(0, 0, SIGN_PX, SIGN_PX, 5, 5)
    paint_standing(painter, sign, QPointF(SIGN_PX / 2, SIGN_PX / 2), 1.0)
    painter.end()
    return pixels
