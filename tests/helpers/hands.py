"""Two ways to use the same window: mouse and keys, or fingers alone.

A story is told once (``hands.do("needle.all_out")``) and played with either. Nothing is handed to
a widget that could not be reached: what is out of sight is scrolled to, and the window finds what
is pressed, so that a press on something that is covered fails the story.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScroller,
    QScrollerProperties,
    QWidget,
)

from app.domain.stages import Stage
from app.editing.actions import BY_ID, STAGE_ACTIONS, TOOL_ACTIONS
from tests.helpers.clinic import LEFT, Clinic
from tests.helpers.finger import Finger, spread

MOST_DRAGS, MOST_PINCHES = 60, 6


class Hands(ABC):
    """What a practitioner does at the window."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic

    # -- of either way ---------------------------------------------------------------------

    @abstractmethod
    def do(self, action_id: str) -> None:
        """Does what is in the list of actions: by its key, or by its button."""

    @abstractmethod
    def write(self, field: QWidget, text: str) -> None:
        """Puts ``text`` in the place of all that stands in a field."""

    @abstractmethod
    def see_all(self, view: str) -> None:
        """Shows the whole of the picture that is large."""

    @abstractmethod
    def _press(self, window: QWidget, at: QPoint) -> None: ...

    @abstractmethod
    def _drag(self, window: QWidget, way: list[QPoint]) -> None: ...

    @abstractmethod
    def _scroll(self, area: QScrollArea, up: int) -> None:
        """Moves what is in ``area`` up by about so many px, or down."""

    def tap(self, widget: QWidget) -> None:
        self.into_sight(widget)
        self.tap_at(widget, widget.rect().center())

    def tap_at(self, widget: QWidget, at: QPoint) -> None:
        window = widget.window()
        there = widget.mapTo(window, at)
        found = window.childAt(there)
        assert found is not None
        assert found is widget or widget.isAncestorOf(found), f"{widget} is covered by {found}"
        self._press(window, there)
        QApplication.processEvents()

    def choose(self, within: QWidget, name: str) -> None:
        """Presses the button that is called ``name`` for those who do not see it."""
        self.tap(
            next(
                each
                for each in within.findChildren(QAbstractButton)
                if each.accessibleName() == name and each.isVisible()
            )
        )

    def row(self, view: QAbstractItemView, row: int) -> None:
        index = view.model().index(row, 0)
        self.tap_at(view.viewport(), view.visualRect(index).center())

    def press(self, view: str, x: float, y: float) -> None:
        """Presses on a picture; shares of its width and height."""
        self.tap_at(self.clinic.desk.chart.map, self.clinic.at(view, x, y))

    def draw(self, view: str, *places: tuple[float, float]) -> None:
        body_map = self.clinic.desk.chart.map
        corners = [body_map.mapTo(body_map.window(), self.clinic.at(view, *at)) for at in places]
        way = [corners[0]]
        for start, end in pairwise(corners):
            way += [start + (end - start) * share for share in (0.25, 0.5, 0.75, 1.0)]
        self._drag(body_map.window(), way)
        QApplication.processEvents()

    def answer(self, text: str, ask: Callable[[], object]) -> None:
        """Does what asks a question, and answers it with the button called ``text``."""
        self.clinic.answer(text, ask, self.tap)

    def into_sight(self, widget: QWidget) -> None:
        """Scrolls until the middle of ``widget`` is seen."""
        area = _scrolled_by(widget)
        for _drag in range(MOST_DRAGS):
            away = 0 if area is None else _away(area, widget)
            if area is None or not away:
                return
            self._scroll(area, away)
        raise AssertionError(f"{widget} cannot be scrolled into sight")


class MouseAndKeys(Hands):
    def do(self, action_id: str) -> None:
        self.strike(BY_ID[action_id].shortcuts[0])

    def strike(self, keys: str) -> None:
        """Strikes real keys where the focus is: what they mean the window decides."""
        window = QApplication.activeWindow()
        if window is None:  # a dialog has closed, and there is no desktop that would hand on
            window = self.clinic.window
            window.activateWindow()
            self.clinic.wait_until(window.isActiveWindow)
        stroke = QKeySequence(keys)[0]
        QTest.keyClick(window.focusWidget() or window, stroke.key(), stroke.keyboardModifiers())
        QApplication.processEvents()

    def see_all(self, view: str) -> None:
        self.do(f"view.{view}")
        self.do("view.fit")

    def write(self, field: QWidget, text: str) -> None:
        self.tap(field)
        assert field.hasFocus()
        self.strike("Ctrl+A")
        QTest.keyClicks(field, text)
        QApplication.processEvents()

    def _press(self, window: QWidget, at: QPoint) -> None:
        QTest.mouseClick(window.windowHandle(), LEFT, Qt.KeyboardModifier.NoModifier, at)

    def _drag(self, window: QWidget, way: list[QPoint]) -> None:
        handle, none = window.windowHandle(), Qt.KeyboardModifier.NoModifier
        QTest.mousePress(handle, LEFT, none, way[0])
        for at in way[1:]:
            QTest.mouseMove(handle, at)
            QApplication.processEvents()
        QTest.mouseRelease(handle, LEFT, none, way[-1])

    def _scroll(self, area: QScrollArea, up: int) -> None:
        viewport = area.viewport()
        at = QPointF(viewport.rect().center())
        event = QWheelEvent(
            at, viewport.mapToGlobal(at), QPoint(), QPoint(0, -120 if up > 0 else 120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
        QApplication.processEvents()


class Fingers(Hands):
    """Touch events alone; words come as an on-screen keyboard sends them."""

    def do(self, action_id: str) -> None:
        self.tap(self._button(action_id))

    def see_all(self, view: str) -> None:
        """Two fingers come together until head and foot are in sight."""
        body_map = self.clinic.desk.chart.map
        for _pinch in range(MOST_PINCHES):
            if all(body_map.rect().contains(self.clinic.at(view, 0.5, y)) for y in (0.02, 0.98)):
                return
            spread(body_map, body_map.rect().center(), 160, 40, QPoint())
        raise AssertionError("the whole picture cannot be brought into sight")

    def write(self, field: QWidget, text: str) -> None:
        self.tap(field)
        assert field.hasFocus()
        if isinstance(field, QPlainTextEdit):
            held, cursor = len(field.toPlainText()), field.textCursor().position()
        else:
            assert isinstance(field, QLineEdit)
            held, cursor = len(field.text()), field.cursorPosition()
        event = QInputMethodEvent()
        event.setCommitString(text, -cursor, held)
        QApplication.sendEvent(field, event)
        QApplication.processEvents()

    def _button(self, action_id: str) -> QWidget:
        """The button that does what an action of the list does."""
        chart = self.clinic.desk.chart
        column, sessions = chart.column, chart.sessions
        tools = {action.id: key for key, action in TOOL_ACTIONS.items()}
        if action_id in tools:
            return chart.tools._buttons[tools[action_id]]
        stages = {action.id: stage for stage, action in STAGE_ACTIONS.items()}
        if action_id in stages:
            return column.stages.bar.button(stages[action_id])
        if action_id == "twitch.count":
            row = column.mark_editor.twitches
            return self._named(row, "Twitches here: more")
        if action_id == "screening.affirm":
            return column.stages.page(Stage.BEFORE).screening.affirm
        if action_id == "events.none":
            return column.stages.page(Stage.AFTER).events.none
        return {
            "session.new": sessions.new,
            "again.all": sessions.again,
            "notice.read": chart.lower_bar.notice.button,
            "needle.out": column.mark_editor.needle.take_out,
            "needle.all_out": column.needles.all_out,
            "session.sign": column.end.sign_card.sign,
            "session.pdf": chart.header.export,
        }[action_id]

    def _named(self, within: QWidget, name: str) -> QWidget:
        return next(e for e in within.findChildren(QWidget) if e.accessibleName() == name)

    def _press(self, window: QWidget, at: QPoint) -> None:
        Finger(window).tap(at)

    def _drag(self, window: QWidget, way: list[QPoint]) -> None:
        finger = Finger(window).down(way[0])
        for at in way[1:]:
            finger.move(at, steps=1)
        finger.up()

    def _scroll(self, area: QScrollArea, up: int) -> None:
        """With a slow finger: what it lets go of does not roll on."""
        viewport, bar = area.viewport(), area.verticalScrollBar()
        scroller, before = QScroller.scroller(viewport), bar.value()
        properties = scroller.scrollerProperties()
        properties.setScrollMetric(QScrollerProperties.ScrollMetric.MaximumVelocity, 0.0)
        scroller.setScrollerProperties(properties)
        half = viewport.height() // 2 - 12
        by = max(-half, min(half, up))
        start = viewport.mapTo(viewport.window(), viewport.rect().center())
        finger = Finger(viewport.window()).down(start)
        finger.move(start - QPoint(0, by), steps=8)
        self.clinic.wait_until(lambda: bar.value() != before)
        finger.up()
        self.clinic.wait_until(lambda: scroller.state() is QScroller.State.Inactive)


def _scrolled_by(widget: QWidget) -> QScrollArea | None:
    """What scrolls ``widget``, if anything does."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _away(area: QScrollArea, widget: QWidget) -> int:
    """How many px what is in ``area`` must go up until ``widget`` is well in sight; 0: it is."""
    viewport = area.viewport()
    middle = widget.mapTo(viewport, widget.rect().center()).y()
    room = QRect(viewport.rect()).adjusted(0, 20, 0, -20)
    if room.top() <= middle <= room.bottom():
        return 0
    bar = area.verticalScrollBar()
    away = middle - room.center().y()
    at_end = bar.value() == (bar.maximum() if away > 0 else bar.minimum())
    return 0 if at_end else away
