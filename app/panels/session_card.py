"""The session's own fields: problem, pain before and after, note."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.domain.identity import UUID
from app.domain.records import Problem, TreatmentSession
from app.panels.fields import Choice, Segments
from app.panels.session_words import problem_title
from app.panels.texts import PlainLabel
from app.panels.typing import TextBox


class SessionCard(QFrame):
    """Shown while no mark is selected."""

    changed = Signal(str, object)
    """The name of a field, and its value as it should be."""
    problem_asked = Signal(object)
    """The problem whose form is wanted, or None for a new one."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = PlainLabel("", "strong")
        self._who = PlainLabel("", "faint")
        self.problem = Choice()
        self.problem.setAccessibleName("Problem that is treated")
        self.problem.view().setAccessibleName("Problems")
        self.problem.activated.connect(
            lambda row: self.changed.emit("problem_id", self.problem.itemData(row))
        )
        self.edit_problem = QPushButton("Edit")
        self.edit_problem.setObjectName("quiet")
        self.edit_problem.clicked.connect(self._ask_problem)
        new_problem = QPushButton("New")
        new_problem.setObjectName("quiet")
        new_problem.setToolTip("Add a problem")
        new_problem.clicked.connect(lambda: self.problem_asked.emit(None))
        self._new_problem = new_problem
        figures = [(k, str(k)) for k in range(11)]
        self.pain_before = Segments("Pain before", figures)
        self.pain_before.chosen.connect(lambda value: self.changed.emit("pain_before", value))
        self.pain_after = Segments("Pain after", figures)
        self.pain_after.chosen.connect(lambda value: self.changed.emit("pain_after", value))
        self.note = TextBox("Note of this session", "Findings, response, advice", lines=3)
        self._problems: dict[UUID, Problem] = {}

        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._who)
        about = QHBoxLayout()
        about.setSpacing(0)
        about.addWidget(PlainLabel("Problem", "small"))
        about.addStretch()
        about.addWidget(self.edit_problem)
        about.addWidget(new_problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 11, 12, 12)
        column.setSpacing(5)
        column.addLayout(head)
        column.addLayout(about)
        column.addWidget(self.problem)
        column.addWidget(PlainLabel("Pain before, 0–10", "small"))
        column.addWidget(self.pain_before)
        column.addWidget(PlainLabel("Pain after, 0–10", "small"))
        column.addWidget(self.pain_after)
        column.addWidget(PlainLabel("Note", "small"))
        column.addWidget(self.note)

    def show_session(
        self,
        session: TreatmentSession,
        title: str,
        practitioner: str,
        problems: Sequence[Problem],
        *,
        writable: bool,
    ) -> None:
        self._title.setText(title)
        self._who.setText(practitioner)
        self._problems = {problem.id: problem for problem in problems}
        self.problem.clear()
        self.problem.addItem("not recorded", None)
        for problem in problems:
            self.problem.addItem(problem_title(problem), problem.id)
        ids = [None, *self._problems]  # Qt's own search does not know Python's UUIDs
        known = session.problem_id in self._problems
        self.problem.setCurrentIndex(ids.index(session.problem_id) if known else 0)
        self.edit_problem.setEnabled(writable and session.problem_id is not None)
        self.pain_before.show_value(session.pain_before)
        self.pain_after.show_value(session.pain_after)
        self.note.show_value(session.id, session.note)
        for field in (self.problem, self.pain_before, self.pain_after, self._new_problem):
            field.setEnabled(writable)
        self.note.setReadOnly(not writable)

    def _ask_problem(self) -> None:
        self.problem_asked.emit(self._problems.get(self.problem.currentData()))
