"""What was added to a signed session: the list, and the form for more."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.domain.findings import Finding
from app.domain.identity import UUID
from app.domain.papers import Addendum
from app.domain.records import Practitioner
from app.panels.fields import Choice
from app.panels.forms import FormDialog
from app.panels.signed_words import added_title, kept_whole
from app.panels.texts import PlainLabel
from app.panels.typing import TextBox

FOR_GOOD = "It stays as it is, with the name, the time and the reason, and is printed."

BETWEEN = 8
"""px between one addendum and the next."""

Add = Callable[[UUID, str, str], list[Finding]]
"""Adds by whom, why and what; or answers what stands against it."""


class AddendaList(QWidget):
    """Each addendum in full: who and when, why, and what."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Addendum, ...] = ()
        self._labels: list[PlainLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)

    @property
    def words(self) -> list[str]:
        return [label.text() for label in self._labels]

    def show_addenda(self, addenda: Sequence[Addendum]) -> None:
        self.setVisible(bool(addenda))
        if tuple(addenda) == self._shown:
            return
        self._shown = tuple(addenda)
        for label in self._labels:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for each in self._shown:
            self._add(kept_whole(added_title(each)), "small")
            self._add(f"Why: {each.reason}", "strong")
            self._add(each.text, "").setContentsMargins(0, 0, 0, BETWEEN)

    def _add(self, text: str, name: str) -> PlainLabel:
        label = PlainLabel(text, name)
        label.setWordWrap(True)
        self._labels.append(label)
        self._column.addWidget(label)
        return label


class AddendaCard(QFrame):
    """Stands with a signed session: what was added, and the way to add more."""

    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.list = AddendaList()
        self._none = PlainLabel("Nothing was added since it was signed.", "small")
        self._none.setWordWrap(True)
        self.add = QPushButton("Add to this session")
        self.add.setToolTip("Correct or complete the signed session (Ctrl+Shift+Return)")
        self.add.clicked.connect(self.add_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 11, 12, 12)
        column.setSpacing(8)
        column.addWidget(PlainLabel("Addenda", "strong"))
        column.addWidget(self._none)
        column.addWidget(self.list)
        column.addWidget(self.add)

    def show_addenda(self, addenda: Sequence[Addendum]) -> None:
        self._none.setVisible(not addenda)
        self.list.show_addenda(addenda)


class AddendumForm(FormDialog):
    """Who adds what, and why. Faults stand at their fields."""

    def __init__(
        self,
        people: Sequence[Practitioner],
        at_work: UUID | None,
        add: Add,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Add to a signed session", "Add for good", self._try, parent)
        self._people = [*people]
        self._add_it = add
        self.who = Choice()
        self.who.addItems([each.name for each in people])
        ids = [each.id for each in people]
        self.who.setCurrentIndex(ids.index(at_work) if at_work in ids else 0)
        self.add_field("name", "Practitioner", self.who)
        self.reason = self.add_line("reason", "Why", "", "Side was wrong, forgotten, new finding")
        self.text = TextBox("What is added", "What holds instead, or in addition", lines=4)
        self.add_field("text", "What", self.text)
        self.field("text").show_hint(FOR_GOOD)
        self.resize(540, 400)

    def _try(self) -> list[Finding]:
        who = self._people[self.who.currentIndex()]
        return self._add_it(who.id, self.reason.text().strip(), self.text.toPlainText().strip())
