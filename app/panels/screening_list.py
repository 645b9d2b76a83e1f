"""All items of the screening, one below the other: no, yes or unknown, each by itself."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.paper_words import title
from app.domain.preparation import Preparation
from app.domain.screening import (
    ABSOLUTE_ITEMS,
    QUESTIONS,
    Screened,
    ScreeningAction,
    ScreeningAnswer,
    ScreeningItem,
)
from app.domain.words import word
from app.panels.fields import Segments
from app.panels.lines import LineBox
from app.panels.stage_page import Card
from app.panels.texts import PlainLabel

_ANSWERS = [(each, title(each)) for each in ScreeningAnswer]
_ACTIONS = [(each, title(each)) for each in ScreeningAction]


class ScreeningList(QWidget):
    """Absolute items first. What was answered last time stands beside each as a reminder only."""

    finished = Signal()
    """All that was left is answered."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        self.items: dict[ScreeningItem, ItemRow] = {}
        column.addWidget(PlainLabel("DO NOT NEEDLE, OR NOT THERE", "section"))
        for item in ScreeningItem:
            if item not in ABSOLUTE_ITEMS and set(self.items) == ABSOLUTE_ITEMS:
                column.addWidget(PlainLabel("NEEDLE WITH CARE OR ADVICE", "section"))
            self.items[item] = ItemRow(item, card)
            column.addWidget(self.items[item])
        self.others_no = QPushButton()
        self.others_no.clicked.connect(self._on_others)
        column.addWidget(self.others_no)

    def _on_others(self) -> None:
        if self._card.papers.answer_others(ScreeningAnswer.NO):
            self.finished.emit()

    def show_answers(self, held: Preparation | None, before: Preparation | None) -> None:
        left = 0
        for item, row in self.items.items():
            answered = held.screened_as(item) if held is not None else None
            left += answered is None
            row.show_answer(answered, before.screened_as(item) if before is not None else None)
        self.others_no.setText(f"All others: no ({left})")
        self.others_no.setVisible(left > 0)


class ItemRow(QWidget):
    """One item. A yes opens what follows from it, and a note; unknown opens the note."""

    def __init__(self, item: ScreeningItem, card: Card) -> None:
        super().__init__()
        self._item = item
        self._card = card
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        question = PlainLabel(QUESTIONS[item])
        question.setWordWrap(True)
        self._before = PlainLabel("", "small")
        self._before.setWordWrap(True)
        self.answer = Segments(QUESTIONS[item], _ANSWERS)
        self.answer.chosen.connect(self._on_answer)
        for widget in (question, self._before, self.answer):
            self._column.addWidget(widget)
        self.action: Segments | None = None
        self.note: LineBox | None = None

    def show_answer(self, answered: Screened | None, before: Screened | None) -> None:
        self.answer.show_value(None if answered is None else answered.answer)
        known = before is not None and before.answer is not ScreeningAnswer.NO
        told = f"last time: {_told(before)}" if known and before and answered is None else ""
        self._before.setText(told)
        self._before.setVisible(bool(told))
        yes_or_unknown = answered is not None and answered.answer is not ScreeningAnswer.NO
        remarkable = yes_or_unknown or bool(answered is not None and answered.note)
        if remarkable and self.note is None:
            self._open()
        if self.action is None or self.note is None:
            return
        self.action.setVisible(answered is not None and answered.answer is ScreeningAnswer.YES)
        self.action.show_value(answered.action if answered is not None else None)
        self.note.setVisible(remarkable)
        subject = (self._card.session_id, self._item)
        self.note.show_value(subject, answered.note if answered is not None else "")

    def _open(self) -> None:
        name = QUESTIONS[self._item]
        self.action = Segments(f"{name}, what follows", _ACTIONS, per_row=2)
        self.action.chosen.connect(lambda value: self._change(action=value))
        self.note = LineBox(f"{name}, note", "Note")
        self._card.write(self.note, lambda words: self._change(note=words))
        self._column.addWidget(self.action)
        self._column.addWidget(self.note)

    def _on_answer(self, answer: ScreeningAnswer | None) -> None:
        """Another answer keeps the note, which may be about it; what follows belongs to a yes."""
        held = self._answered()
        if self.note is not None:
            self.note.keeper.settle()
            held = self._answered()
        if answer is None:
            self._card.papers.answer(self._item, None)
        elif held is None:
            self._card.papers.answer(self._item, Screened(item=self._item, answer=answer))
        else:
            action = held.action if answer is ScreeningAnswer.YES else None
            changed = replace(held, answer=answer, action=action)
            self._card.papers.answer(self._item, changed)

    def _change(self, **fields: Any) -> bool:
        held = self._answered()
        if held is None:
            return True  # the answer was taken back meanwhile
        return self._card.papers.answer(self._item, replace(held, **fields))

    def _answered(self) -> Screened | None:
        preparation = self._card.papers.preparation
        return None if preparation is None else preparation.screened_as(self._item)


def _told(before: Screened) -> str:
    action = "" if before.action is None else f", {word(before.action)}"
    return f"{word(before.answer)}{action}{f'. {before.note}' if before.note else ''}"
