"""What is settled after the last needle, but for adverse events: count, pain, advice, next step."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.domain.closing import Advice, OtherTreatment, OtherTreatmentKind, Tolerance
from app.domain.paper_rules import LONGEST_TREATMENT_MIN, MOST_NEEDLES
from app.domain.paper_words import ADVICE_WORDS, RED_FLAGS, count_words, title, treatment_words
from app.domain.stages import is_needled, needles_placed
from app.editing.session_editor import SessionEditor
from app.panels.fields import Criteria, Segments
from app.panels.lines import LineBox, WholeFigure
from app.panels.stage_page import Card, Picks, RowButtons, say
from app.panels.texts import PlainLabel
from app.panels.typing import TextBox

CHEST_ZONES = frozenset(
    {
        "lung_apex", "posterior_thorax", "paraspinal_strip", "lateral_thorax", "anterior_thorax",
        "infraclavicular", "sternum", "scapula_infraspinous", "posterior_triangle", "axilla",
    }
)  # fmt: skip
"""Hazard zones under which the lung or its apex may lie."""


class CountCard(Card):
    """Needles counted out by hand, beside what the chart says were placed."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Needles counted out", editor)
        self._placed = PlainLabel("", "faint")
        self.head.addWidget(self._placed)
        self.count = WholeFigure("Needles counted out", 0, MOST_NEEDLES)
        self.all_out = QPushButton("As placed")
        self.all_out.setObjectName("quiet")
        self.all_out.clicked.connect(lambda: self._record(needles_placed(self.editor.marks)))
        self.count.row.addWidget(self.all_out)
        self.column.addWidget(self.count)
        self.write(self.count, self._record)
        self.differs = self.words("", "warningText")

    def show_session(self) -> None:
        closing, placed = self.papers.closing, needles_placed(self.editor.marks)
        counted = closing.needles_counted if closing is not None else None
        self._placed.setText(f"{placed} placed")
        self.count.show_value(self.session_id, counted)
        self.all_out.setAccessibleName(f"As placed: {placed} counted out")
        self.all_out.setVisible(placed > 0 and counted != placed)
        say(self.differs, count_words(closing, placed))

    def _record(self, counted: int | None) -> bool:
        return self.papers.close("Count needles out", needles_counted=counted)


class PainCard(Card):
    """Pain after the treatment, beside what it was before."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Pain after, 0–10", editor)
        self._before = PlainLabel("", "faint")
        self.head.addWidget(self._before)
        self.pain = Segments("Pain after", [(k, str(k)) for k in range(11)])
        self.pain.chosen.connect(
            lambda value: self.editor.change_session("Record pain after", pain_after=value)
        )
        self.column.addWidget(self.pain)

    def show_session(self) -> None:
        session = self.editor.session
        if session is not None:
            before = session.pain_before
            self._before.setText("before: not recorded" if before is None else f"{before} before")
            self.pain.show_value(session.pain_after)


class RedFlags(QFrame):
    """Where a needle went in over the lung: what may come hours later."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("caution")
        self.words = PlainLabel(RED_FLAGS, "amber")
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.addWidget(self.words)


def needled_over_lung(editor: SessionEditor) -> bool:
    """Whether a needle or trigger point of the session lies in a hazard zone of the chest."""
    return any(
        zone.id in CHEST_ZONES
        for mark in editor.marks
        if is_needled(mark)
        for zone in editor.zones_under(mark)
    )


class ToleranceCard(Card):
    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Tolerated", editor)
        words = {Tolerance.STOPPED: "Stopped"}
        options = [(each, words.get(each, title(each))) for each in Tolerance]
        self.tolerance = Segments("Tolerated", options)
        self.tolerance.setToolTip("Stopped: at the patient's wish")
        self.tolerance.chosen.connect(
            lambda value: self.papers.close("Record tolerance", tolerance=value)
        )
        self.column.addWidget(self.tolerance)

    def show_session(self) -> None:
        closing = self.papers.closing
        self.tolerance.show_value(closing.tolerance if closing is not None else None)


class TreatmentsCard(Card):
    """What else was done in the same visit: its kind is one press; the rest may follow."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Other treatment today", editor)
        self.rows = RowButtons("Other treatment")
        self.rows.opened.connect(lambda _place: self.show_session())
        self.column.addWidget(self.rows)
        self._place: int | None = None
        self._treatment = OtherTreatment(kind=OtherTreatmentKind.OTHER)
        self._fields = QWidget()
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 2, 0, 6)
        self.where = LineBox("Where it was done", "Where")
        self.minutes = WholeFigure("Minutes", 1, LONGEST_TREATMENT_MIN, "min")
        self.note = TextBox("Note of this treatment", "What: dose, exercise, grade", lines=1)
        remove = QPushButton("Remove")
        remove.setObjectName("quiet")
        remove.setToolTip("Remove this treatment")
        remove.clicked.connect(self._remove)
        self.minutes.row.addWidget(remove)
        for field in (self.where, self.minutes, self.note):
            fields.addWidget(field)
        self.column.addWidget(self._fields)
        self.kinds = Picks("Other treatment", [(each, title(each)) for each in OtherTreatmentKind])
        self.kinds.picked.connect(self.record)
        self.column.addWidget(self.kinds)
        self.write(self.where, lambda words: self._write(place=words))
        self.write(self.minutes, lambda value: self._write(minutes=value))
        self.write(self.note, lambda words: self._write(note=words))

    def show_session(self) -> None:
        closing = self.papers.closing
        others = closing.other_treatments if closing is not None else ()
        self.rows.show_rows([treatment_words(each) for each in others])
        place = self.rows.open
        shown = None if place is None else others[place]
        subject = (self.session_id, place)
        self.where.show_value(subject, shown.place if shown else "")
        self.minutes.show_value(subject, shown.minutes if shown else None)
        self.note.show_value(subject, shown.note if shown else "")
        self._place = place
        self._fields.setVisible(shown is not None)

    def record(self, kind: OtherTreatmentKind) -> None:
        closing = self.papers.closing
        place = len(closing.other_treatments) if closing is not None else 0
        if self.papers.add_treatment(kind):
            self.rows.open = place
        self.show_session()

    def _write(self, **fields: Any) -> bool:
        """Keeps words in the treatment that is open; they are settled before another one is."""
        closing, place = self.papers.closing, self._place
        if closing is None or place is None or place >= len(closing.other_treatments):
            return True  # it was removed meanwhile: there is nothing left to write on
        other = replace(closing.other_treatments[place], **fields)
        return self.papers.change_treatment(place, other, merge=("treatment", *fields))

    def _remove(self) -> None:
        for keeper in self.keepers:
            keeper.settle()
        place, self.rows.open = self._place, None
        if place is not None:
            self.papers.change_treatment(place, None)


class AdviceCard(Card):
    """What the patient was told to do afterwards: a list, and own words."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Advice given", editor)
        self.advice = Criteria(
            "Advice given", [(each, ADVICE_WORDS[each]) for each in Advice], per_row=1
        )
        self.advice.chosen.connect(lambda value: self.papers.close("Record advice", advice=value))
        self.column.addWidget(self.advice)
        self.own = TextBox("Advice in own words", "Anything else that was advised", lines=1)
        self.column.addWidget(self.own)
        self.write(
            self.own,
            lambda words: self.papers.close("Write advice", "own_advice", own_advice=words),
        )

    def show_session(self) -> None:
        closing = self.papers.closing
        self.advice.show_value(closing.advice if closing is not None else frozenset())
        self.own.show_value(self.session_id, closing.own_advice if closing is not None else "")


class NextStepCard(Card):
    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Next step of the plan", editor)
        self.next_step = TextBox("Next step of the plan", "What comes next, and when", lines=1)
        self.column.addWidget(self.next_step)
        self.write(
            self.next_step,
            lambda words: self.papers.close("Write next step", "next_step", next_step=words),
        )

    def show_session(self) -> None:
        closing = self.papers.closing
        self.next_step.show_value(self.session_id, closing.next_step if closing is not None else "")
