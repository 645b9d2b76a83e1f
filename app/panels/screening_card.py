"""Screening: one calm summary that is affirmed in one gesture, and the list behind it."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.paper_words import remarkable, screened_words, screening_counts
from app.domain.preparation import Preparation
from app.domain.stages import is_whole
from app.domain.words import local_day
from app.editing.session_editor import SessionEditor
from app.panels.screening_list import ScreeningList
from app.panels.stage_page import Card, say
from app.panels.texts import PlainLabel, clock_time, day

NOT_SCREENED = "Not screened yet."


class ScreeningCard(Card):
    """Shows what this session holds, else what the last one held, as a question."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Screening", editor)
        self.summary = self.words("", "")
        self._remarks = QWidget()
        self._remark_column = QVBoxLayout(self._remarks)
        self._remark_column.setContentsMargins(0, 0, 0, 0)
        self._remark_column.setSpacing(2)
        self.column.addWidget(self._remarks)
        self.remarks: list[PlainLabel] = []
        self.state = self.words("", "small")
        self.affirm = QPushButton("Nothing has changed")
        self.affirm.setObjectName("primary")
        self.affirm.setMinimumHeight(40)
        self.affirm.setToolTip("The answers of last time hold today (Shift+F2)")
        self.affirm.clicked.connect(self._on_affirm)
        self.column.addWidget(self.affirm)
        self.go_through = QPushButton("Go through all")
        self.go_through.setCheckable(True)
        self.go_through.clicked.connect(self._on_go_through)
        self.column.addWidget(self.go_through)
        self.list: ScreeningList | None = None
        """Made when somebody first goes through it: it has a hundred buttons."""
        self._listed_for: object = None

    def show_session(self) -> None:
        held, before = self.papers.preparation, self.papers.preparation_before
        screened = held if held is not None and held.screened else None
        shown = screened or before
        self._show_summary(shown)
        self._show_state(screened, before)
        if self.session_id != self._listed_for:
            self._listed_for = self.session_id
            self.go_through.setChecked(False)
        self._show_list(held, before)

    def _show_summary(self, shown: Preparation | None) -> None:
        if shown is None:
            self.summary.setText(NOT_SCREENED)
        else:
            at = shown.screened_at
            when = "Screened" if at is None else f"Screened {day(local_day(at))}"
            self.summary.setText(f"{when}: {screening_counts(shown)}")
        self.summary.show()
        lines = [] if shown is None else [screened_words(each) for each in remarkable(shown)]
        while len(self.remarks) < len(lines):
            label = PlainLabel("", "amber")
            label.setWordWrap(True)
            self._remark_column.addWidget(label)
            self.remarks.append(label)
        for k, label in enumerate(self.remarks):
            say(label, lines[k] if k < len(lines) else "")
        self._remarks.setVisible(bool(lines))

    def _show_state(self, screened: Preparation | None, before: Preparation | None) -> None:
        """What the summary stands for: today, or last time; and whether it can be affirmed."""
        affirmed = screened.affirmed_at if screened is not None else None
        if affirmed is not None:
            state = f"Affirmed {day(local_day(affirmed))}, {clock_time(affirmed)}."
        elif screened is not None and not is_whole(screened):
            state = "Answered in this session, and not finished."
        elif screened is not None:
            state = "Answered in this session."
        elif before is not None:
            state = "These are the answers of last time. Do they hold today?"
        else:
            state = ""
        say(self.state, state)
        open_question = before is not None and affirmed is None
        self.affirm.setVisible(open_question and (screened is None or not is_whole(screened)))
        some = screened is not None
        self.affirm.setText("Nothing else has changed" if some else "Nothing has changed")

    def _show_list(self, held: Preparation | None, before: Preparation | None) -> None:
        wanted = self.go_through.isChecked()
        if wanted and self.list is None:
            self.list = ScreeningList(self)
            self.list.finished.connect(self._close_list)
            self.column.addWidget(self.list)
        if self.list is not None:
            self.list.setVisible(wanted)
            if wanted:
                self.list.show_answers(held, before)
        self.go_through.setText("Close the list" if wanted else "Go through all")

    def _on_affirm(self) -> None:
        self.papers.affirm()

    def _close_list(self) -> None:
        self.go_through.setChecked(False)
        self.show_session()

    def _on_go_through(self) -> None:
        self.show_session()
