"""The ring around a map that has the focus by a key: who uses the mouse need not see it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

WIDTH = 2
_BY_KEY = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class FocusRing(QWidget):
    """Lies over the edge of ``widget`` alone, so that painting within costs no more."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def follow(self, event: QFocusEvent) -> None:
        """The widget got the focus, or lost it."""
        shown = event.gotFocus() and event.reason() in _BY_KEY
        if shown:
            self.resize(self._widget.size())
            self.raise_()
        self.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        inner = self.rect().adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inner)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2 * WIDTH))
        painter.drawRect(self.rect())
        painter.end()
