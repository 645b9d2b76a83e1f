"""Forms: a dialog of named fields, each with its fault shown right below it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.findings import Finding
from app.panels.texts import PlainLabel


class Field(QWidget):
    """An input with room for one sentence below it: what is wrong, or what was understood."""

    def __init__(self, editor: QWidget) -> None:
        super().__init__()
        self.editor = editor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(editor)
        self._hint = ""
        self._below = PlainLabel()
        self._below.setWordWrap(True)
        self._below.hide()
        column.addWidget(self._below)

    @property
    def fault(self) -> str:
        return self._below.text() if self._below.objectName() == "fault" else ""

    def show_fault(self, sentence: str) -> None:
        """What is wrong; without a sentence the hint comes back."""
        self._say(sentence or self._hint, "fault" if sentence else "small")

    def show_hint(self, sentence: str) -> None:
        """What was understood, or what the field is for."""
        self._hint = sentence
        self._say(sentence, "small")

    def _say(self, sentence: str, name: str) -> None:
        self._below.setObjectName(name)
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence))
        self.editor.setProperty("fault", name == "fault" and bool(sentence))
        for widget in (self._below, self.editor):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class FormDialog(QDialog):
    """A titled form. ``try_to_save`` is called on the main button; the dialog closes when it
    returns no findings, and shows them at their fields where it does.
    """

    keeps_record = True
    """Whether what is entered is to be kept; else it may be thrown away unasked."""

    def __init__(
        self,
        title: str,
        done_word: str,
        try_to_save: Callable[[], Iterable[Finding]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._try_to_save = try_to_save
        self._fields: dict[str, Field] = {}
        self._at_first: list[str] = []
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self._form.setHorizontalSpacing(14)
        self._form.setVerticalSpacing(6)

        inner = QWidget()
        inner.setLayout(self._form)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        self._general = PlainLabel("", "fault")
        self._general.setWordWrap(True)
        self._general.hide()
        self.done_button = QPushButton(done_word)
        self.done_button.setObjectName("primary")
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self._save)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self._general, 1)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.done_button)

        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(PlainLabel(title, "title"))
        column.addWidget(scroll, 1)
        column.addLayout(buttons)
        self.setMinimumWidth(520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # it holds a patient's data

    def add_field(self, key: str, name: str, editor: QWidget) -> Field:
        """A field under the rule's name ``key``; its label says ``name``."""
        field = Field(editor)
        label = PlainLabel(name)
        label.setBuddy(editor)
        label.setContentsMargins(0, 4, 0, 0)
        if not editor.accessibleName():
            editor.setAccessibleName(name)
        self._form.addRow(label, field)
        self._fields[key] = field
        return field

    def add_line(self, key: str, name: str, text: str, placeholder: str = "") -> QLineEdit:
        line = QLineEdit(text)
        line.setPlaceholderText(placeholder)
        self.add_field(key, name, line)
        return line

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._at_first = self._typed()
        first = next(iter(self._fields.values()), None)
        if first is not None:
            first.editor.setFocus()

    def field(self, key: str) -> Field:
        return self._fields[key]

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Shows each finding at its field (the first one a field), others above the buttons."""
        first: dict[str, str] = {}
        for finding in findings:
            first.setdefault(finding.field, finding.message)
        for key, field in self._fields.items():
            field.show_fault(first.pop(key, ""))
        self._general.setText(" ".join(first.values()))
        self._general.setVisible(bool(first))
        faulty = next((field for field in self._fields.values() if field.fault), None)
        if faulty is not None:
            faulty.editor.setFocus()

    def reject(self) -> None:
        """Esc, Cancel or the window's cross; a record that was typed is not thrown away unasked."""
        if not self.keeps_record or self._typed() == self._at_first or self._may_discard():
            super().reject()

    def _may_discard(self) -> bool:
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.windowTitle())
        box.setText("What you entered here is not stored yet.")
        keep = box.addButton("Go on writing", QMessageBox.ButtonRole.RejectRole)
        box.addButton("Discard", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() is not keep

    def _typed(self) -> list[str]:
        lines = [line.text() for line in self.findChildren(QLineEdit)]
        return lines + [box.toPlainText() for box in self.findChildren(QPlainTextEdit)]

    def _save(self) -> None:
        findings = list(self._try_to_save())
        if findings:
            self.show_findings(findings)
        else:
            self.accept()
