"""The middle of the charting screen: tools, the map of the session on the desk, and another
session's map beside it.
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.body.atlas import Atlas
from app.body.picture_style import PictureStyle
from app.canvas.body_map import BodyMap
from app.panels.beside import HEAD_HEIGHT, BesidePane
from app.panels.texts import PlainLabel
from app.panels.theme import Theme
from app.panels.tool_column import ToolColumn
from app.panels.touch import at_least, least_target, when_restyled
from app.panels.view_bar import ViewBar


class Invitation(QFrame):
    """What is shown over the map while no session is on the desk."""

    accepted = Signal()

    def __init__(self) -> None:
        super().__init__()
        card = QFrame()
        card.setObjectName("message")
        start = QPushButton("Start session")
        start.setObjectName("primary")
        start.setToolTip("Start a session now (Ctrl+T)")
        start.clicked.connect(self.accepted)
        row = QHBoxLayout(card)
        row.setContentsMargins(18, 12, 14, 12)
        row.setSpacing(18)
        row.addWidget(PlainLabel("No session today yet."))
        row.addWidget(start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 28)
        column.addWidget(card)


class MapArea(QSplitter):
    """Both maps look at the same part of the same view. A picture's file can be dropped here."""

    file_dropped = Signal(object)
    """The Path of the one file that was dropped."""
    files_dropped = Signal()
    """More than one file was dropped at once."""

    def __init__(self, atlas: Atlas, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.tools = ToolColumn()
        self.map = BodyMap(atlas, theme.map_look)
        self.invitation = Invitation()
        self.beside = BesidePane(atlas, theme.map_look)
        self.beside.hide()
        self._title = PlainLabel("", "strong")
        self._title.setIndent(16)
        self._title.hide()
        self._style = PictureStyle.CLAY
        self._look = theme.map_look
        self.view_bar = ViewBar(atlas, self.map)
        self._build()
        self.setAcceptDrops(True)
        when_restyled(self, self._measure)
        self.beside.map.escaped.connect(self.beside.map.go_back)
        self.map.enlarged_changed.connect(self.beside.map.enlarge)
        self.map.aim_changed.connect(self.beside.map.take_aim)
        self.beside.map.enlarged_changed.connect(self.map.enlarge)
        self.beside.map.aim_changed.connect(self.map.take_aim)

    def show_title(self, title: str) -> None:
        """What the session on the desk is called, beside another one."""
        self._title.setText(title)

    def open_beside(self) -> None:
        """Gives half of the room to another session's map."""
        self._title.show()
        self.beside.show()
        self.map.set_thumbnails(False)
        half = self.width() // 2
        self.setSizes([half, half])

    def close_beside(self) -> None:
        self.beside.session_id = None
        self.beside.hide()
        self._title.hide()
        self.map.set_thumbnails(True)

    def set_theme(self, theme: Theme) -> None:
        self._look = theme.map_look
        self._show_look()

    def set_style(self, style: PictureStyle) -> None:
        self._style = style
        self._show_look()

    def repaint_pictures(self) -> None:
        """Own pictures were decoded: what was painted in their place gives way."""
        self._show_look()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = _files(event)
        event.acceptProposedAction()
        if len(files) == 1:
            self.file_dropped.emit(files[0])
        elif files:
            self.files_dropped.emit()

    def _show_look(self) -> None:
        for body_map in (self.map, self.beside.map):
            body_map.set_look(replace(self._look, style=self._style))

    def _measure(self) -> None:
        """A finger hits what lies within half a target of it."""
        self._title.setFixedHeight(at_least(HEAD_HEIGHT - 8) + 8)
        for body_map in (self.map, self.beside.map):
            body_map.finger_reach = least_target() / 2

    def _build(self) -> None:
        tools = QVBoxLayout()
        tools.setContentsMargins(0, 12, 0, 12)
        tools.addWidget(self.tools)
        tools.addStretch()
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(ground)
        grid.setContentsMargins(12, 0, 0, 0)
        grid.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.addWidget(self._title)
        head.addWidget(self.view_bar, 1)
        grid.addLayout(tools, 0, 0, 2, 1)
        grid.addLayout(head, 0, 1)
        grid.addWidget(self.map, 1, 1)
        low_middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        grid.addWidget(self.invitation, 1, 1, low_middle)
        grid.setColumnStretch(1, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(ground)
        self.addWidget(self.beside)


def _files(event: QDropEvent) -> list[Path]:
    """The files of this computer that are dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
