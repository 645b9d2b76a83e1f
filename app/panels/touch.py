"""Touch mode: every target is large enough for a gloved finger.

Widgets that measure themselves ask ``at_least`` and measure anew ``when_restyled``; all others
follow the style sheet. So nobody needs to know which widgets there are.
"""

from collections.abc import Callable
from math import ceil
from string import Template

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QScreen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QScroller,
    QWidget,
)

LEAST_MM = 9.0
"""The smallest target that a finger in a glove hits surely."""
USUAL_DPI = 96.0
LOWEST_DPI, HIGHEST_DPI = 60.0, 400.0
"""What a screen says beyond these is not believed: virtual screens and projectors invent it."""
MM_PER_INCH = 25.4
HOLD_MS = 500
"""A finger that rests so long is meant as the second button."""
STILL_PX = 12
_PROPERTY = "least_target_px"


def least_px(dots_per_inch: float) -> int:
    """``LEAST_MM`` in px of a screen, rounded up."""
    believed = LOWEST_DPI <= dots_per_inch <= HIGHEST_DPI
    return ceil(LEAST_MM / MM_PER_INCH * (dots_per_inch if believed else USUAL_DPI))


def least_px_on(screen: QScreen) -> int:
    """Of the coarser direction, so that a target is large enough both ways."""
    return least_px(max(screen.physicalDotsPerInchX(), screen.physicalDotsPerInchY()))


def set_least_target(px: int) -> None:
    """What a target measures at least from now on; 0 for no touch mode. The style sheet must be
    set anew for it to be seen.
    """
    QApplication.instance().setProperty(_PROPERTY, px)  # type: ignore[union-attr]


def least_target() -> int:
    """px that a target measures at least; 0 where there is no touch mode."""
    app = QApplication.instance()
    return 0 if app is None else int(app.property(_PROPERTY) or 0)


def at_least(px: int) -> int:
    """``px``, or what a target measures at least where that is more."""
    return max(px, least_target())


def when_restyled(widget: QWidget, measure: Callable[[], object]) -> None:
    """Measures now, and again soon after the style has changed."""
    _Restyled(widget, measure)
    measure()


class _Restyled(QObject):
    """Measures in the next turn of the event loop: Qt is still dressing the widgets."""

    def __init__(self, widget: QWidget, measure: Callable[[], object]) -> None:
        super().__init__(widget)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(measure)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.StyleChange:
            self._soon.start()
        return False


def scroll_by_finger(area: QAbstractScrollArea) -> None:
    """In touch mode a finger that drags moves the list instead of selecting its way through."""
    viewport = area.viewport()
    if isinstance(area, QAbstractItemView):
        area.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        _NoPressAfterDrag(viewport)

    def follow() -> None:
        if least_target():
            QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)
        else:
            QScroller.ungrabGesture(viewport)

    when_restyled(viewport, follow)


class _NoPressAfterDrag(QObject):
    """Keeps from a list the mouse that Qt makes of a finger which drags: a row that was moved
    under it was not pressed.
    """

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._at = QPoint()
        self._drags = False
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or not least_target():
            return False
        at = event.position().toPoint()
        if event.type() is QEvent.Type.MouseButtonPress:
            self._at, self._drags = at, False
        elif event.buttons() is not Qt.MouseButton.NoButton:
            self._drags |= (at - self._at).manhattanLength() > STILL_PX
        return self._drags and event.type() is not QEvent.Type.MouseButtonPress


def touch_sheet() -> str:
    """The style sheet's rules for touch mode; "" without it."""
    px = least_target()
    if not px:
        return ""
    inner = {f"less{k}": str(px - k) for k in (10, 12, 14)}
    return _SHEET.substitute(inner, px=px, pad=max((px - 16) // 2, 6), tick=max(px * 2 // 3, 20))


_SHEET = Template("""
QPushButton { min-height: ${less14}px; min-width: ${less10}px; }
QPushButton#quiet { min-height: ${less10}px; }
QToolButton { min-height: ${less10}px; min-width: ${less10}px; }
QLineEdit QToolButton { min-height: 0; min-width: 0; }
QLineEdit, QDateEdit, QSpinBox, QComboBox { min-height: ${less12}px; }
QComboBox::drop-down { width: ${px}px; }
QComboBox QAbstractItemView::item { min-height: ${px}px; }
QCheckBox, QRadioButton { min-height: ${px}px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${tick}px; height: ${tick}px; }
QListView#rows::item { min-height: ${less12}px; }
QTabBar::tab { min-height: ${less14}px; }
QMenuBar::item { padding: ${pad}px 12px; }
QMenu::item { padding: ${pad}px 26px ${pad}px 14px; }
""")


class Hold(QObject):
    """A finger held still on ``widget`` does there what the second button does.

    The release is kept from the widget then: it would count as a press as well.
    """

    held = Signal(QPoint)

    def __init__(self, widget: QWidget, hold_ms: int = HOLD_MS) -> None:
        super().__init__(widget)
        self._at: QPoint | None = None
        self._was_held = False
        self.timer = QTimer(self, singleShot=True, interval=hold_ms)
        self.timer.timeout.connect(self._hold)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        at = event.position().toPoint()
        if event.type() is QEvent.Type.MouseButtonPress:
            self._at, self._was_held = at, False
            if event.button() is Qt.MouseButton.LeftButton:
                self.timer.start()
        elif event.type() is QEvent.Type.MouseMove:
            if self._at is not None and (at - self._at).manhattanLength() > STILL_PX:
                self.timer.stop()
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self.timer.stop()
            self._at = None
            return self._was_held
        return False

    def _hold(self) -> None:
        if self._at is not None:
            self._was_held = True
            self.held.emit(self._at)
