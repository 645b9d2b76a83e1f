"""The list of protocols in the place of the sessions: saved, laid onto a side, renamed, removed.

It is a list and no dialog, so that it may stand there while a needle is in.
"""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.supplies import PointSet
from app.domain.words import counted_marks, counts_line
from app.editing.protocols import Lay, ProtocolEditor
from app.editing.session_editor import SessionEditor
from app.panels.forms import Field
from app.panels.texts import PlainLabel

_BUTTONS = ((Lay.AS_IT_WAS, "As it was", 5), (Lay.LEFT, "Left", 3), (Lay.BOTH, "Both", 3),
            (Lay.RIGHT, "Right", 3))  # fmt: skip
NOTHING_TO_SAVE = "There is no trigger point and no needle to save."


class LayButton(QToolButton):
    """Lays a protocol; while it is pointed at or has the focus, what it would lay is shown."""

    looked_at = Signal(bool)

    def __init__(self, text: str, said: str, place: str) -> None:
        super().__init__()
        self.setObjectName("segment")
        self.setProperty("place", place)
        self.setText(text)
        self.setMinimumSize(12, 32)
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        self.setAccessibleName(said)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.looked_at.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.looked_at.emit(False)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.looked_at.emit(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.looked_at.emit(False)
        super().focusOutEvent(event)


class NameField(QLineEdit):
    """A name that Enter gives and Esc leaves as it was."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ProtocolCard(QFrame):
    """One protocol: its name, what it holds, and onto which side it is laid."""

    lay = Signal(object, object)
    previewed = Signal(object, object)
    """A protocol and how it would be laid; how is None where nobody looks at it any more."""
    renamed = Signal()
    removed = Signal(object)

    def __init__(self, protocol: PointSet, editor: ProtocolEditor) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(f"Protocol {protocol.name}")
        self._protocol = protocol
        self._editor = editor
        self.name = NameField(protocol.name)
        self.name.setAccessibleName(f"New name of {protocol.name}")
        self.name.returnPressed.connect(self._rename)
        self.name.left.connect(self._keep_name)
        self._field = Field(self.name)
        self._field.hide()
        self._title = PlainLabel(protocol.name, "strong")
        self._title.setWordWrap(True)
        kinds = Counter(point.details.kind for point in protocol.points)
        self.rename = self._quiet("Rename", self._ask_name)
        self.remove = self._quiet("Remove", lambda: self.removed.emit(protocol))
        self.buttons: dict[Lay, LayButton] = {}
        row = QHBoxLayout()
        row.setSpacing(0)
        for k, (how, text, share) in enumerate(_BUTTONS):
            place = {0: "first", len(_BUTTONS) - 1: "last"}.get(k, "middle")
            button = LayButton(text, f"Lay {protocol.name}: {how}", place)
            button.clicked.connect(lambda _on, how=how: self.lay.emit(protocol, how))
            button.looked_at.connect(
                lambda on, how=how: self.previewed.emit(protocol, how if on else None)
            )
            button.setEnabled(editor.writable)
            row.addWidget(button, share)
            self.buttons[how] = button
        low = QHBoxLayout()
        low.setSpacing(4)
        low.addWidget(self.rename)
        low.addWidget(self.remove)
        low.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 4)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._field)
        column.addWidget(PlainLabel(counts_line(kinds), "small"))
        column.addLayout(row)
        column.addLayout(low)

    def _quiet(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("quiet")
        button.setAccessibleName(f"{text} {self._protocol.name}")
        button.clicked.connect(do)
        return button

    def _ask_name(self) -> None:
        self._show_name_field(True)
        self.name.setFocus()
        self.name.selectAll()

    def _keep_name(self) -> None:
        self.name.setText(self._protocol.name)
        self._field.show_fault("")
        self._show_name_field(False)
        self.rename.setFocus()

    def _show_name_field(self, shown: bool) -> None:
        self._title.setVisible(not shown)
        self._field.setVisible(shown)

    def _rename(self) -> None:
        faults = self._editor.findings(self.name.text(), self._protocol.id)
        if faults:
            self._field.show_fault(faults[0].message)
        elif self._editor.rename(self._protocol, self.name.text()):
            self.renamed.emit()


class ProtocolsPanel(QWidget):
    """All protocols of the practice, and room to save another one."""

    closed = Signal()
    previewed = Signal(object)
    """The marks that would be laid; none where nobody looks at a button any more."""
    done = Signal(str)
    """One sentence says what was done, which can be undone; or why nothing was."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__()
        self.setObjectName("left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Protocols")
        self._editor = editor
        self.cards: list[ProtocolCard] = []
        self._shown: tuple[object, ...] = ()
        back = QPushButton("‹  Sessions")
        back.setObjectName("quiet")
        back.setAccessibleName("Back to the sessions")
        back.clicked.connect(self.closed)
        self.name = NameField()
        self.name.setPlaceholderText("Name of a new protocol")
        self.name.setAccessibleName("Name of a new protocol")
        self.name.returnPressed.connect(self._save)
        self.name.left.connect(self.closed)
        self.field = Field(self.name)
        self.save = QPushButton("Nothing to save")
        self.save.clicked.connect(self._save)
        self._none = PlainLabel("Mark some points, name them, and lay them again later.", "faint")
        self._none.setWordWrap(True)
        cards = QWidget()
        self._column = QVBoxLayout(cards)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._none)
        self._column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(cards)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(PlainLabel("LAY A PROTOCOL", "section"))
        column.addWidget(scroll, 1)
        column.addWidget(PlainLabel("SAVE AS PROTOCOL", "section"))
        column.addWidget(self.field)
        column.addWidget(self.save)
        editor.store.changed.connect(self.refresh)
        editor.selection.changed.connect(self.refresh)
        editor.session_changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def refresh(self, _change: object = None) -> None:
        """Shows what there is now, where anybody sees it."""
        if self.isHidden():
            return
        protocols = self._editor.protocols
        count, chosen = len(protocols.savable), bool(self._editor.selection.ids)
        what = "selected " if chosen and count else ""
        noun = counted_marks(count).split(" ", 1)[1]
        self.save.setText(f"Save {count} {what}{noun}" if count else "Nothing to save")
        self.save.setEnabled(count > 0)
        self.save.setToolTip("" if count else NOTHING_TO_SAVE)
        shown = (protocols.all, protocols.writable)
        if shown != self._shown:
            self._shown = shown
            self._show_cards()

    def focus_lay(self) -> None:
        """The first button that lays, else the name of a new one."""
        able = [card for card in self.cards if card.buttons[Lay.AS_IT_WAS].isEnabled()]
        (able[0].buttons[Lay.AS_IT_WAS] if able else self.name).setFocus()

    def focus_name(self) -> None:
        self.name.setFocus()

    def _show_cards(self) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for place, protocol in enumerate(self._editor.protocols.all):
            card = ProtocolCard(protocol, self._editor.protocols)
            card.lay.connect(self._lay)
            card.previewed.connect(self._preview)
            card.removed.connect(self._remove)
            card.renamed.connect(lambda: self.done.emit("Protocol renamed."))
            self._column.insertWidget(place, card)
            self.cards.append(card)
        self._none.setVisible(not self.cards)

    def _preview(self, protocol: PointSet, how: Lay | None) -> None:
        marks = () if how is None else self._editor.protocols.laid(protocol, how)
        self.previewed.emit(marks)

    def _lay(self, protocol: PointSet, how: Lay) -> None:
        self.previewed.emit(())
        count = len(self._editor.protocols.laid(protocol, how))
        if not self._editor.protocols.lay(protocol, how):
            return
        self.closed.emit()
        there = f"{protocol.name}: all its points are there already."
        self.done.emit(f"{protocol.name}: {counted_marks(count)} laid." if count else there)

    def _save(self) -> None:
        protocols, name = self._editor.protocols, self.name.text()
        faults = [each.message for each in protocols.findings(name)]
        if not protocols.savable:
            faults = [NOTHING_TO_SAVE]
        self.field.show_fault(faults[0] if faults else "")
        if not faults and protocols.save(name):
            self.name.clear()
            self.done.emit(f"Saved as protocol: {name.strip()}.")

    def _remove(self, protocol: PointSet) -> None:
        if self._editor.protocols.remove(protocol):
            self.done.emit(f"Protocol removed: {protocol.name}.")
