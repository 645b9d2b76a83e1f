"""What is settled before the first needle, beside the screening: consent, position, the box of
needles, and how sore it was since last time.
"""

from collections.abc import Callable
from datetime import date
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.paper_rules import LONGEST_SORENESS_H
from app.domain.paper_words import consent_warning, consent_words, title
from app.domain.preparation import Consent, Position, Risk, SorenessReport
from app.domain.stages import is_needled
from app.domain.supplies import NeedleBox
from app.domain.words import local_day, side_words
from app.editing.session_editor import SessionEditor
from app.panels.fields import Choice, Criteria, Segments
from app.panels.lines import DayLine, LineBox, WholeFigure
from app.panels.stage_page import Card, say
from app.panels.texts import PlainLabel, day

SEATED = "Seated: a patient who faints may fall."


class ConsentCard(Card):
    """The consent of last time is suggested, never taken over unasked."""

    def __init__(self, editor: SessionEditor, today: Callable[[], date]) -> None:
        super().__init__("Consent", editor)
        self._today = today
        self.last_time = self.words("", "small")
        self.suggestion = QPushButton("As last time")
        self.suggestion.clicked.connect(self.papers.consent_as_before)
        self.column.addWidget(self.suggestion)
        self.consent = Segments("Consent", [(each, title(each)) for each in Consent], per_row=2)
        self.consent.chosen.connect(lambda given: self.papers.consent(given, self._today()))
        self.column.addWidget(self.consent)
        self.warning = self.words("", "warningText")
        self.form = LineBox("Form of consent", "Form, if one was signed")
        self.column.addWidget(self.form)
        self.on = DayLine("Day of consent", today, "Day of consent")
        self.column.addWidget(self.on)
        self.risks = Criteria("Risk explained", [(each, title(each)) for each in Risk])
        self.risks.chosen.connect(
            lambda value: self.papers.prepare("Record risks explained", risks=value)
        )
        self.add("Risks explained", self.risks)
        self.write(
            self.form,
            lambda words: self.papers.prepare("Write form", "consent_form", consent_form=words),
        )
        self.write(
            self.on, lambda value: self.papers.prepare("Record day of consent", consent_on=value)
        )

    def show_session(self) -> None:
        held = self.papers.preparation
        consent = held.consent if held is not None else None
        before = self.papers.consent_before if consent is None else None
        given = before is not None and before.consent is not None and before.consent.is_given
        self.suggestion.setVisible(given)
        on = f", {day(before.consent_on)}" if before and before.consent_on else ""
        say(self.last_time, f"Last time: {consent_words(before)}{on}" if before else "")
        self.consent.show_value(consent)
        say(self.warning, consent_warning(consent))
        self.form.show_value(self.session_id, held.consent_form if held is not None else "")
        self.on.show_value(self.session_id, held.consent_on if held is not None else None)
        self.risks.show_value(held.risks if held is not None else frozenset())


class PainBeforeCard(Card):
    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Pain before, 0–10", editor)
        self.pain = Segments("Pain before", [(k, str(k)) for k in range(11)])
        self.pain.chosen.connect(
            lambda value: self.editor.change_session("Record pain before", pain_before=value)
        )
        self.column.addWidget(self.pain)

    def show_session(self) -> None:
        session = self.editor.session
        self.pain.show_value(session.pain_before if session is not None else None)


class PositionCard(Card):
    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Position", editor)
        options = [(each, title(each)) for each in Position]
        self.position = Segments("Position", options, per_row=3)
        self.position.chosen.connect(
            lambda value: self.papers.prepare("Record position", position=value)
        )
        self.column.addWidget(self.position)
        self._hint = self.words("", "amber")

    def show_session(self) -> None:
        held = self.papers.preparation
        position = held.position if held is not None else None
        self.position.show_value(position)
        say(self._hint, SEATED if position is Position.SEATED else "")


class BoxCard(Card):
    """The box that this session's needles come from."""

    new_asked = Signal()

    def __init__(self, editor: SessionEditor, today: Callable[[], date]) -> None:
        super().__init__("Needles from", editor)
        self._today = today
        new = QPushButton("New box")
        new.setObjectName("quiet")
        new.clicked.connect(self.new_asked)
        self.head.addWidget(new)
        self.box = Choice()
        self.box.setAccessibleName("Box of needles")
        self.box.view().setAccessibleName("Boxes")
        self.box.activated.connect(self._on_box)
        self.column.addWidget(self.box)
        self.expired = self.words("", "warningText")
        self._boxes: tuple[NeedleBox, ...] | None = None

    def show_session(self) -> None:
        held, boxes = self.papers.preparation, self.editor.store.boxes
        chosen = held.box_id if held is not None else None
        if boxes != self._boxes:
            self._boxes = boxes
            self.box.clear()
            self.box.addItem("not recorded")
            self.box.addItems([box_words(each) for each in boxes])
        ids = [None, *(each.id for each in boxes)]
        self.box.setCurrentIndex(ids.index(chosen) if chosen in ids else 0)
        box = next((each for each in boxes if each.id == chosen), None)
        say(self.expired, expired_words(box, self._today()))

    def _on_box(self, row: int) -> None:
        chosen = self._boxes[row - 1].id if row and self._boxes else None
        self.papers.prepare("Choose box of needles", box_id=chosen)


def box_words(box: NeedleBox) -> str:
    """ "Maker 0.25 × 30, lot 12A4"."""
    size = " × ".join(f"{each:g}" for each in (box.diameter_mm, box.length_mm) if each is not None)
    lot = f"lot {box.lot}" if box.lot else ""
    return ", ".join(part for part in (f"{box.manufacturer} {size}".strip(), lot) if part)


def expired_words(box: NeedleBox | None, today: date) -> str:
    """What is said of a box whose day is over; it does not forbid."""
    if box is None or box.expires_on is None or box.expires_on >= today:
        return ""
    return f"This box expired on {day(box.expires_on)}. Take another one."


class SorenessCard(Card):
    """ "How sore, how long?" for each area that was needled in the session before."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Since last time: how sore, how long?", editor)
        self.rows: list[SorenessRow] = []
        self.not_sore = QPushButton("Not sore anywhere else")
        self.not_sore.clicked.connect(
            lambda: self.papers.not_sore([row.mark_id for row in self.rows])
        )
        self._shown: list[tuple[UUID, str]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.column.addLayout(self._rows)
        self.column.addWidget(self.not_sore)

    def show_session(self) -> None:
        before = self.papers.session_before
        marks = self.editor.store.marks(before.id) if before is not None else ()
        areas = [(each.id, area_words(self.editor, each)) for each in one_an_area(marks)]
        self.setVisible(bool(areas))
        if before is not None:
            self.title.setText(f"Since {day(local_day(before.started_at))}: how sore, how long?")
        if areas != self._shown:
            self._shown = areas
            self._make_rows(areas)
        held = self.papers.preparation
        told = {each.mark_id: each for each in (held.soreness_since if held is not None else ())}
        for row in self.rows:
            row.show_report(told.get(row.mark_id))
        left = sum(row.mark_id not in told for row in self.rows)
        self.not_sore.setText(
            "Not sore" if left == len(self.rows) else f"The other {left}: not sore"
        )
        self.not_sore.setVisible(left > 0)

    def _make_rows(self, areas: list[tuple[UUID, str]]) -> None:
        self.keepers.clear()
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [SorenessRow(self, mark_id, words) for mark_id, words in areas]
        for row in self.rows:
            self._rows.addWidget(row)


class SorenessRow(QWidget):
    """One area: the worst since then, and for how many hours."""

    def __init__(self, card: SorenessCard, mark_id: UUID, words: str) -> None:
        super().__init__()
        self.mark_id = mark_id
        self.name = words
        self._card = card
        name = PlainLabel(words)
        name.setWordWrap(True)
        self.worst = Segments(f"{words}, worst", [(k, str(k)) for k in range(11)])
        self.hours = WholeFigure(f"{words}, hours", 0, LONGEST_SORENESS_H, "hours")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (name, self.worst, self.hours):
            column.addWidget(widget)
        self._report: SorenessReport | None = None
        self.worst.chosen.connect(lambda value: self._say(worst=value))
        card.write(self.hours, lambda value: self._say(hours=value))

    def show_report(self, report: SorenessReport | None) -> None:
        self._report = report
        self.worst.show_value(report.worst if report is not None else None)
        self.hours.show_value(
            (self._card.session_id, self.mark_id), report.hours if report is not None else None
        )
        sore = report is not None and report.worst != 0
        self.hours.setVisible(sore)

    def _say(self, **fields: int | None) -> bool:
        held = self._report
        told = {
            "worst": held.worst if held is not None else None,
            "hours": held.hours if held is not None else None,
        } | fields
        if told["worst"] == 0:
            told["hours"] = None  # what was not sore did not last
        return self._card.papers.report_soreness(self.mark_id, told["worst"], told["hours"])


def one_an_area(marks: tuple[Mark, ...]) -> list[Mark]:
    """The first needled mark of each muscle and side; without a muscle, of each side."""

    def area(mark: Mark) -> tuple[str, str]:
        return (mark.muscle or "", side_words(mark.side))

    needled = sorted(filter(is_needled, marks), key=lambda mark: (*area(mark), mark.number))
    first = [next(group) for _area, group in groupby(needled, key=area)]
    return sorted(first, key=lambda mark: mark.number)


def area_words(editor: SessionEditor, mark: Mark) -> str:
    """ "Infraspinatus, right"."""
    muscle = editor.atlas.catalogue.name(mark.muscle) if mark.muscle else "Muscle not recorded"
    return f"{muscle}, {side_words(mark.side)}"
