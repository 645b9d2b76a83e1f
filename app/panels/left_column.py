"""The left column: the patient's sessions, or the protocols in their place."""

from PySide6.QtWidgets import QStackedWidget

from app.editing.session_editor import SessionEditor
from app.panels.protocols import ProtocolsPanel
from app.panels.sessions_panel import SessionsPanel
from app.panels.side_width import SideWidth

LEAST_WIDTH, MOST_WIDTH = 236, 300


class LeftColumn(QStackedWidget):
    """One of the two, in the same room: the map beside it does not move."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__()
        self.sessions = SessionsPanel()
        self.protocols = ProtocolsPanel(editor)
        self.addWidget(self.sessions)
        self.addWidget(self.protocols)
        SideWidth(self, LEAST_WIDTH, MOST_WIDTH)
        self.sessions.protocols_asked.connect(self.open_protocols)
        self.protocols.closed.connect(self.close_protocols)
        editor.session_changed.connect(self.close_protocols)

    def open_protocols(self) -> None:
        """Shows the protocols with the focus on the first that can be laid; asked again: back."""
        if self.currentWidget() is self.protocols and self.isVisible():
            self.protocols.closed.emit()
            return
        self._show_protocols()
        self.protocols.focus_lay()

    def save_protocol(self) -> None:
        """Shows the protocols with the cursor in the name of a new one."""
        self._show_protocols()
        self.protocols.focus_name()

    def close_protocols(self) -> None:
        self.setCurrentWidget(self.sessions)

    def _show_protocols(self) -> None:
        self.show()
        self.setCurrentWidget(self.protocols)
