"""Words that are being typed: kept until they are stored, and never called saved before.

Words belong to a subject (a mark, a session). They are stored after a pause, at the latest
every two seconds, and when the user leaves the field. Where that fails they are held and
tried again; they are shown again whenever their subject is, however often it was left.
"""

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy

from app.panels.prompts import Prompt

PAUSE_MS = 600
LONGEST_MS = 2000
RETRY_MS = 10_000

Store = Callable[[Hashable, str], bool]


class Keeper(QObject):
    """Keeps the words of one field until ``store(subject, words)`` has answered True."""

    changed = Signal()
    """Something is held that was not before, or what was held is stored now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.store: Store = lambda _subject, _words: True
        self._subject: Hashable = None
        self._held: dict[Hashable, str] = {}
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        self._retry = self._timer(RETRY_MS)

    @property
    def is_pending(self) -> bool:
        """Whether any words, also of another subject, are not stored yet."""
        return bool(self._held)

    def turn_to(self, subject: Hashable) -> str | None:
        """Shows another subject; the words that are still held of it, or None."""
        if subject != self._subject:
            self.settle()
            self._subject = subject
        return self._held.get(subject)

    def typed(self, words: str) -> None:
        """Holds words, and stores them after a pause."""
        self.hold(words)
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def hold(self, words: str) -> None:
        """Holds words that make sense only when they are whole: until the user leaves."""
        self._held[self._subject] = words
        self.changed.emit()

    def forget(self) -> None:
        """Lets go of what was typed for the present subject."""
        self._held.pop(self._subject, None)
        self.changed.emit()

    def settle(self) -> bool:
        """Stores what is held; whether nothing is held any more."""
        for timer in (self._pause, self._longest, self._retry):
            timer.stop()
        if not self._held:
            return True
        for subject, words in list(self._held.items()):
            if self.store(subject, words):
                self._held.pop(subject, None)
        if self._held:
            self._retry.start()
        self.changed.emit()
        return not self._held

    def _timer(self, after_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(self.settle)
        return timer


class TextBox(QPlainTextEdit):
    """A few lines of plain text that grow with their content."""

    left = Signal()
    finished = Signal()
    """Esc: the user is done writing and wants to go on charting."""

    def __init__(self, name: str, placeholder: str, lines: int = 2, most_lines: int = 12) -> None:
        super().__init__()
        self.setAccessibleName(name)
        Prompt(self, placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.keeper = Keeper(self)
        self._lines = (lines, most_lines)
        self._silent = False
        self.textChanged.connect(self._on_text)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def show_value(self, subject: Hashable, text: str) -> None:
        """Shows what is stored of ``subject``, or what is still held of it."""
        held = self.keeper.turn_to(subject)
        shown = text if held is None else held
        if shown == self.toPlainText():
            return
        self._silent = True
        self.setPlainText(shown)
        self._silent = False

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes plain text without the control characters that no record can hold."""
        kept = "".join(c for c in source.text() if c.isprintable() or c in "\n\t")
        self.insertPlainText(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.keeper.settle()
            self.finished.emit()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keeper.settle()
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps other lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _on_text(self) -> None:
        self._fit()
        if not self._silent:
            self.keeper.typed(self.toPlainText())

    def _fit(self) -> None:
        """As high as its text, within limits; long lines that wrap count as many."""
        width = max(self.viewport().width(), 1)
        self.document().setTextWidth(width)
        wanted = round(self.document().size().height()) if self.isVisible() else 0
        lines = max(wanted, self.document().blockCount())  # a plain text layout counts lines
        fewest, most = self._lines
        lines = min(max(lines, fewest), most)
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * lines + 22))


class TypedLine(QLineEdit):
    """A value that is typed, or nothing. What cannot be read is refused aloud."""

    refused = Signal(str)
    """What stood there when the user left, which could not be read."""
    faulted = Signal(str)
    """While typing: why what stands there cannot be recorded; "" where it can."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._shown = ""
        self.keeper = Keeper(self)
        self.textEdited.connect(self._on_text)
        self.editingFinished.connect(self._on_left)

    def read(self, text: str) -> Any:
        """The value that ``text`` writes, None where it is empty. Raises ValueError, maybe with
        a sentence, where it cannot be recorded.
        """
        raise AssertionError("every line says what may stand on it")

    def show_text(self, subject: Hashable, text: str) -> None:
        """Shows what is stored of ``subject``, or what is still held of it."""
        held = self.keeper.turn_to(subject)
        self._shown = text
        shown = self._shown if held is None else held
        if shown != self.text() and (held is None or not self.hasFocus()):
            self.setText(shown)
            self._show_fault(None)

    def _on_text(self, text: str) -> None:
        try:
            self.read(text)
        except ValueError as error:
            self._show_fault(error)
            self.keeper.forget()
        else:
            self._show_fault(None)
            self.keeper.hold(text)

    def _on_left(self) -> None:
        text = self.text()
        try:
            self.read(text)
        except ValueError:
            self.setText(self._shown)
            self._show_fault(None)
            self.refused.emit(text)
        self.keeper.settle()

    def _show_fault(self, error: ValueError | None) -> None:
        self.faulted.emit("" if error is None else str(error))
        fault = error is not None
        if self.property("fault") != fault:
            self.setProperty("fault", fault)
            self.style().unpolish(self)
            self.style().polish(self)


class FigureLine(TypedLine):
    """A figure with a decimal point or comma, or nothing."""

    def __init__(self, name: str, highest: float) -> None:
        super().__init__(name)
        self._highest = highest

    def show_value(self, subject: Hashable, value: float | None) -> None:
        self.show_text(subject, "" if value is None else f"{value:g}")

    def read(self, text: str) -> float | None:
        if not text.strip():
            return None
        value = float(text.strip().replace(",", "."))
        if not 0 <= value <= self._highest:
            raise ValueError
        return value
