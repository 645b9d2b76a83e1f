"""Words that are never cut: what does not fit into one line goes on in the next."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QWidget,
)

_EDGES = 14
"""px that a button needs beside its words."""
_SMALL_PX = 11


def wrapped(words: str, metrics: QFontMetrics, width: int) -> str:
    """``words`` in lines of at most ``width`` px, broken at spaces but those that are no-break."""
    lines: list[str] = []
    for word in filter(None, words.replace("\n", " ").split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


class WrappingButton(QToolButton):
    """A button that grows higher where its words need more than one line."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setText(words)

    @property
    def words(self) -> str:
        return self._words

    def show_words(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)  # as they stand while the button is down
        text = wrapped(self._words, QFontMetrics(font), self.width() - _EDGES)
        if text != self.text():
            self.setText(text)


class WrappingChoice(QComboBox):
    """A drop-down list whose chosen words stand in two small lines where one has no room."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        words = option.currentText
        option.currentText = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        if self.fontMetrics().horizontalAdvance(words) > room.width():
            font = QFont(self.font())
            font.setPixelSize(_SMALL_PX)
            painter.setFont(font)
            room.adjust(0, -4, 0, 4)
            flags |= int(Qt.TextFlag.TextWordWrap)
        painter.setPen(option.palette.color(self.foregroundRole()))
        painter.drawText(room, flags, words)
