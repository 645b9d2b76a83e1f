"""What is ticked: the reports, of which session and problem, on which paper."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.identity import UUID
from app.domain.records import Problem, TreatmentSession
from app.domain.summaries import ChartRecords
from app.panels.fields import Choice, Segments
from app.panels.reports.certificate_form import TICK, TICK_HINT
from app.panels.reports.wanted import CHART, KINDS, Kind, Wanted
from app.panels.session_words import problem_title, session_title
from app.panels.texts import PlainLabel
from app.report.papers import Paper

NAMES_HINT = "Off, because names of files are seen in e-mails, on sticks and in lists."
PAPERS: tuple[tuple[Paper, str], ...] = (("a4", "A4"), ("us-letter", "US Letter"))
_INDENT = 26
"""px by which what belongs to a tick stands under its words."""


class Choices(QWidget):
    """Emits ``changed`` whenever something else is wanted; ``ticked`` says which tick it was."""

    changed = Signal()
    ticked = Signal(object, bool)
    """A kind, and whether it is wanted now."""

    def __init__(
        self, chart: ChartRecords, session: UUID | None, first: Kind, paper: Paper, today: date
    ) -> None:
        """``session``: whose chart is meant at first; ``first``: the kind that is ticked."""
        super().__init__()
        self._chart = chart
        self._today = today
        self._boxes: dict[Kind, QCheckBox] = {}
        self.session = self._session_choice(session)
        self.problem = self._problem_choice()
        self.paper = Segments("Paper", PAPERS, optional=False)
        self.paper.show_value(paper)
        self.names = QCheckBox("Patient’s name in the names of files")
        self.signs = QCheckBox(TICK)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel("REPORTS", "section"))
        for words in KINDS:
            self._add_kind(column, words.kind, words.name, words.hint, words.kind is first)
        column.addSpacing(10)
        column.addWidget(PlainLabel("PROBLEM", "section"))
        column.addWidget(self.problem)
        column.addWidget(_hint("Of all reports but the session chart."))
        column.addSpacing(10)
        column.addWidget(PlainLabel("PAPER", "section"))
        column.addWidget(self.paper)
        column.addSpacing(10)
        column.addWidget(PlainLabel("FILES", "section"))
        column.addWidget(self.names)
        column.addWidget(_hint(NAMES_HINT))
        column.addWidget(self.signs)
        column.addWidget(_hint(TICK_HINT))
        column.addStretch()
        self.session.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self.problem.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self.paper.chosen.connect(lambda _paper: self.changed.emit())

    @property
    def wanted(self) -> dict[Kind, Wanted]:
        """What is ticked, in the order in which it stands there; nothing without a session."""
        if not self._chart.sessions:
            return {}
        return {kind: self._wanted(kind) for kind, box in self._boxes.items() if box.isChecked()}

    def box(self, kind: Kind) -> QCheckBox:
        return self._boxes[kind]

    def _wanted(self, kind: Kind) -> Wanted:
        paper: Paper = self.paper.value
        if kind is CHART:
            return Wanted(kind, paper, session_id=self.session.currentData())
        return Wanted(kind, paper, problem_id=self.problem.currentData())

    def _add_kind(
        self, column: QVBoxLayout, kind: Kind, name: str, hint: str, ticked: bool
    ) -> None:
        box = QCheckBox(name)
        box.setAccessibleDescription(hint)
        box.setChecked(ticked)
        box.setEnabled(bool(self._chart.sessions))
        box.toggled.connect(lambda on: self._tick(kind, on))
        self._boxes[kind] = box
        column.addWidget(box)
        column.addWidget(_hint(hint))
        if kind is CHART:
            column.addWidget(_indented(self.session))
        column.addSpacing(4)

    def _tick(self, kind: Kind, on: bool) -> None:
        self.ticked.emit(kind, on)
        self.changed.emit()

    def _session_choice(self, chosen: UUID | None) -> Choice:
        choice = Choice()
        choice.setAccessibleName("Session of the chart")
        titles = {each.id: problem_title(each) for each in self._chart.problems}
        for summary in self._chart.sessions:
            session = summary.session
            choice.addItem(_session_words(session, titles, self._today), session.id)
            if session.id == chosen:
                choice.setCurrentIndex(choice.count() - 1)
        choice.setEnabled(choice.count() > 0)
        return choice

    def _problem_choice(self) -> Choice:
        choice = Choice()
        choice.setAccessibleName("Problem")
        choice.addItem("All problems", None)
        _add_problems(choice, self._chart.problems)
        choice.setEnabled(choice.count() > 1)
        return choice


def _add_problems(choice: Choice, problems: Sequence[Problem]) -> None:
    for problem in problems:
        choice.addItem(problem_title(problem), problem.id)


def _session_words(session: TreatmentSession, titles: dict[UUID, str], today: date) -> str:
    """ "22 Nov 2026 · Neck pain, right · draft"."""
    title = titles.get(session.problem_id) if session.problem_id is not None else None
    state = "signed" if session.status.is_locked else "draft"
    return " · ".join(filter(None, (session_title(session, today), title, state)))


def _hint(words: str) -> PlainLabel:
    hint = PlainLabel(words, "small")
    hint.setWordWrap(True)
    hint.setContentsMargins(_INDENT, 0, 0, 0)
    return hint


def _indented(widget: QWidget) -> QWidget:
    around = QWidget()
    layout = QVBoxLayout(around)
    layout.setContentsMargins(_INDENT, 4, 0, 0)
    layout.addWidget(widget)
    return around
