"""Outcome scores of the patient: newest first, each beside the one before it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.domain.outcomes import SCALES, OutcomeScore
from app.editing.session_editor import SessionEditor
from app.panels.stage_page import Card, RowButtons
from app.panels.texts import day


class ScoresCard(Card):
    add_asked = Signal()
    change_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Scores", editor)
        add = QPushButton("New score")
        add.setObjectName("quiet")
        add.clicked.connect(self.add_asked)
        self.head.addWidget(add)
        self.rows = RowButtons("Score")
        self.rows.opened.connect(lambda _place: self.show_session())
        self.column.addWidget(self.rows)
        self._verbs = QWidget()
        verbs = QHBoxLayout(self._verbs)
        verbs.setContentsMargins(0, 0, 0, 0)
        verbs.addStretch()
        for name, signal in (("Change", self.change_asked), ("Remove", self.remove_asked)):
            button = QPushButton(name)
            button.setObjectName("quiet")
            button.setToolTip(f"{name} this score")
            button.clicked.connect(lambda _on, signal=signal: signal.emit(self._open()))
            verbs.addWidget(button)
        self.column.addWidget(self._verbs)
        self._scores: list[OutcomeScore] = []

    def show_session(self) -> None:
        self._scores = list(reversed(self.editor.store.scores))
        self.rows.show_rows([score_words(each, self._scores) for each in self._scores])
        self._verbs.setVisible(self.rows.open is not None)

    def _open(self) -> OutcomeScore | None:
        place, self.rows.open = self.rows.open, None
        return None if place is None else self._scores[place]


def score_words(score: OutcomeScore, newest_first: list[OutcomeScore]) -> str:
    """ "NDI, raw score 18 (24 on 1 Oct 2026) · 22 Nov 2026": with the same measure's last value."""
    later = newest_first.index(score) + 1
    last = next((each for each in newest_first[later:] if _same(each, score)), None)
    before = f" ({_figure(last)} on {day(last.measured_on)})" if last is not None else ""
    detail = f", {score.detail}" if score.detail else ""
    name = SCALES[score.measure].name
    return f"{name}{detail}: {_figure(score)}{before} · {day(score.measured_on)}"


def _same(one: OutcomeScore, other: OutcomeScore) -> bool:
    same_thing = one.detail.casefold() == other.detail.casefold()
    return one.measure is other.measure and same_thing


def _figure(score: OutcomeScore) -> str:
    return f"{score.score:g} {SCALES[score.measure].unit}".strip()
