"""A chart on the desk as the program has it, and a hand that clicks on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget  # noqa: TID251 - the real map is measured

from app.bench import records
from app.body.atlas import Atlas
from app.canvas.body_map import BodyMap
from app.domain.change import Change
from app.domain.marks import Mark
from app.domain.ports import Repository
from app.editing.history import History
from app.editing.session_editor import SessionEditor
from app.editing.store import ChartStore
from app.editing.tool_keys import ToolKey
from app.editing.toolbox import Toolbox
from app.panels.main_window import MainWindow
from app.panels.theme import LIGHT
from app.settings import Settings

MAP_SIZE = QSize(1000, 900)


class Hand:
    """Presses and releases on a map, as the window system would say it."""

    def __init__(self, body_map: BodyMap) -> None:
        self._map = body_map

    def click(self, at: QPointF) -> None:
        self.press(at, Qt.MouseButton.LeftButton)
        self.release(at, Qt.MouseButton.LeftButton)

    def press(self, at: QPointF, button: Qt.MouseButton) -> None:
        self._send(QEvent.Type.MouseButtonPress, at, button, button)

    def move(self, at: QPointF, button: Qt.MouseButton) -> None:
        self._send(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, button)

    def release(self, at: QPointF, button: Qt.MouseButton) -> None:
        self._send(QEvent.Type.MouseButtonRelease, at, button, Qt.MouseButton.NoButton)

    def _send(
        self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        event = QMouseEvent(kind, at, at, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._map, event)


def paint_what_is_due(widget: QWidget) -> None:
    """Has the window paint what asked for it: that much the hand waits for, and no more."""
    QApplication.sendPostedEvents(widget.window(), QEvent.Type.UpdateRequest.value)


class Desk:
    """The map wired to the tools and to a practice, without the panels around it."""

    def __init__(self, repository: Repository, atlas: Atlas, marks: int) -> None:
        who, whom = records.practitioner(), records.patient(1)
        (session,) = records.sessions(whom, who, 1)
        records.store(repository, who, whom, session)
        records.store(repository, *records.marks(atlas, session.id, marks))
        self.patient, self.session = whom, session
        self.store = ChartStore(repository)
        history = History(self.store, lambda: records.NOW)
        self.editor = SessionEditor(self.store, history, atlas, lambda: records.NOW)
        self.toolbox = Toolbox(self.editor)
        self.map = BodyMap(atlas, LIGHT.map_look)
        self.map.resize(MAP_SIZE)
        self.map.pressed.connect(self.toolbox.press)
        self.map.moved.connect(self.toolbox.move)
        self.map.released.connect(self.toolbox.release)
        self.map.cancelled.connect(self.toolbox.cancel)
        self.map.pans_with_left = lambda: self.toolbox.active.pans
        self.toolbox.preview_changed.connect(lambda: self.map.show_preview(self.toolbox.preview))
        self.editor.selection.changed.connect(
            lambda: self.map.show_selected(self.editor.selection.ids)
        )
        self.store.changed.connect(self._show)
        self.store.open_patient(whom.id)
        self.editor.open(session.id)
        self._show(None)
        self.map.show()
        QApplication.processEvents()  # only a window that was exposed is painted
        self.toolbox.take(ToolKey.NOTE)  # the marks that are there are of other kinds

    def _show(self, change: Change | None) -> None:
        if change is None:
            self.map.show_marks(records.BODY, self.editor.marks, [])
            return
        for edit in change.edits.values():
            assert isinstance(edit.after, Mark)
            self.map.add_mark(edit.after)

    def close(self) -> None:
        close(self.map)


@contextmanager
def whole_window(repository: Repository, atlas: Atlas, folder: Path) -> Iterator[MainWindow]:
    """The program's window on the practice that a ``Desk`` has filled, its chart opened."""
    window = MainWindow(Settings(folder / "settings.ini"), lambda: records.NOW, LIGHT)
    window.show()
    window.open_practice(repository, atlas)
    desk = window.desk
    desk.open_patient(repository.find_patients("", 1)[0].id)
    desk.chart.open_session(desk.store.sessions[0].id)
    desk.toolbox.take(ToolKey.NOTE)
    QApplication.processEvents()
    try:
        yield window
    finally:
        close(window)


def close(widget: QWidget) -> None:
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)
