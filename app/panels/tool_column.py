"""The tools in one column, each with its sign and the letter that takes it in hand."""

from datetime import UTC, datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from app.domain.marks import (
    Activity,
    Details,
    Needle,
    Note,
    Reaction,
    ReferredPain,
    Soreness,
    TautBand,
    TriggerPoint,
    TwitchResponse,
)
from app.editing.actions import TOOL_ACTIONS
from app.editing.tool_keys import ToolKey
from app.painting.glyphs import paint_glyph
from app.panels.touch import at_least, when_restyled

BUTTON = QSize(50, 52)
LEAST_HEIGHT, LOW = 32, 46
"""In a low window the letter stands beside the sign instead of below it."""
_SKIN = QColor("#EBDDD2")

_SIGNS: dict[ToolKey, Details] = {
    ToolKey.TRIGGER_POINT: TriggerPoint(activity=Activity.ACTIVE),
    ToolKey.NEEDLE: Needle(in_at=datetime(2000, 1, 1, tzinfo=UTC)),
    ToolKey.TWITCH: TwitchResponse(),
    ToolKey.SORENESS: Soreness(),
    ToolKey.REFERRED_PAIN: ReferredPain(),
    ToolKey.TAUT_BAND: TautBand(),
    ToolKey.REACTION: Reaction(),
    ToolKey.NOTE: Note(),
}


def _size() -> QSize:
    return QSize(at_least(BUTTON.width()), at_least(BUTTON.height()))


class ToolButton(QToolButton):
    """A tool's sign above its letter. The tool in hand is filled."""

    def __init__(self, key: ToolKey) -> None:
        super().__init__()
        action = TOOL_ACTIONS[key]
        self._key = key
        self._letter = action.shortcuts[0]
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        when_restyled(self, self._measure)
        self.setToolTip(f"{action.name} ({self._letter})\n{action.tip}")
        self.setAccessibleName(action.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _measure(self) -> None:
        self.setFixedWidth(_size().width())
        self.setMinimumHeight(at_least(LEAST_HEIGHT))

    def sizeHint(self) -> QSize:
        return _size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        accent = palette.color(QPalette.ColorRole.Accent)
        colour = palette.color(QPalette.ColorRole.Text)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(accent)
            painter.drawRoundedRect(area, 9, 9)
            colour = palette.color(QPalette.ColorRole.HighlightedText)
        elif self.underMouse() and self.isEnabled():
            accent.setAlpha(26)
            painter.setBrush(accent)
            painter.drawRoundedRect(area, 9, 9)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
            painter.drawRoundedRect(area, 9, 9)
        if not self.isEnabled():
            painter.setOpacity(0.4)
        low = self.height() < LOW
        sign = (
            QPointF(18, self.height() / 2)
            if low
            else QPointF(self.width() / 2, min(20, self.height() * 0.37))
        )
        self._paint_sign(painter, sign, colour)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(colour)
        letter = (
            QRectF(34, 0, 14, self.height())
            if low
            else QRectF(0, self.height() - 16, self.width(), 14)
        )
        painter.drawText(letter, Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()

    def _paint_sign(self, painter: QPainter, at: QPointF, colour: QColor) -> None:
        if self._key in _SIGNS:
            dark = self.palette().color(QPalette.ColorRole.Window).lightness() < 128
            if self.isChecked() or dark:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(_SKIN)
                painter.drawEllipse(at, 12.5, 12.5)
            paint_glyph(painter, _SIGNS[self._key], at.x(), at.y(), 1.0)
            return
        pen = QPen(colour, 1.9)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.translate(at)
        _SHAPES[self._key](painter)
        painter.resetTransform()


def _arrow(painter: QPainter) -> None:
    painter.drawPolygon(
        QPolygonF(
            [QPointF(x, y) for x, y in ((-5, -9), (-5, 6), (-1, 3), (2, 9), (5, 8), (2, 2), (7, 2))]
        )
    )


def _cross(painter: QPainter) -> None:
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        tip = QPointF(9 * x, 9 * y)
        painter.drawLine(QPointF(0, 0), tip)
        across = QPointF(3 * y, 3 * x)
        back = QPointF(-3 * x, -3 * y)
        painter.drawLine(tip, tip + back + across)
        painter.drawLine(tip, tip + back - across)


def _rubber(painter: QPainter) -> None:
    corners = ((-8, 4), (2, -8), (8, -2), (-1, 8), (-4, 8))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.drawLine(QPointF(-3, -2), QPointF(3, 4))


def _barred_circle(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(0, 0), 9, 9)
    painter.drawLine(QPointF(-6, 6), QPointF(6, -6))


def _turn(painter: QPainter) -> None:
    """An arrow that comes round again."""
    painter.drawArc(QRectF(-8, -8, 16, 16), 60 * 16, 290 * 16)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in ((-2, -9), (4, -7), (2, -1))]))


_SHAPES = {
    ToolKey.SELECT: _arrow,
    ToolKey.AGAIN: _turn,
    ToolKey.NO_NEEDLE: _barred_circle,
    ToolKey.MOVE: _cross,
    ToolKey.ERASE: _rubber,
}
"""The tools that place no mark have a sign of their own."""


class ToolColumn(QFrame):
    """Says which tool was asked for; shows which one is in hand."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tools")
        self.setAccessibleName("Tools")
        self._buttons: dict[ToolKey, ToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 5, 5, 5)
        column.setSpacing(3)
        for key in ToolKey:
            button = ToolButton(key)
            button.clicked.connect(lambda _on, key=key: self.asked.emit(key))
            column.addWidget(button)
            self._buttons[key] = button
            if key in (ToolKey.SELECT, ToolKey.NOTE, ToolKey.NO_NEEDLE):
                column.addSpacing(8)
        self.show_tool(ToolKey.SELECT)

    def show_tool(self, key: ToolKey) -> None:
        self._buttons[key].setChecked(True)

    def set_writable(self, writable: bool) -> None:
        """Where nothing may be written only looking and selecting is left."""
        for key, button in self._buttons.items():
            button.setEnabled(writable or key is ToolKey.SELECT)
