"""Adverse events: an explicit none, or what happened, each with what is known of it."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.closing import (
    KINDS_OF_GROUP,
    AdverseEvent,
    EventAction,
    EventGroup,
    EventKind,
    EventOnset,
    EventOutcome,
    Relation,
    Severity,
)
from app.domain.marks import Mark
from app.domain.paper_words import GROUP_WORDS, event_title, title
from app.domain.words import kind_title, side_words
from app.editing.session_editor import SessionEditor
from app.panels.fields import Choice, Segments
from app.panels.lines import LineBox
from app.panels.stage_page import Card, Picks, RowButtons
from app.panels.texts import PlainLabel
from app.panels.typing import TextBox

_FIELDS: tuple[tuple[str, str, type[Any], int], ...] = (
    ("severity", "Severity", Severity, 3),
    ("onset", "When it began", EventOnset, 2),
    ("relation", "Caused by the needling", Relation, 2),
    ("action", "What was done", EventAction, 3),
    ("outcome", "Outcome", EventOutcome, 3),
)


class EventsCard(Card):
    """``none`` is one press; a kind is two. Everything else about an event can follow."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__("Adverse events", editor)
        self._asked = PlainLabel("", "faint")
        self.head.addWidget(self._asked)
        self.none = QToolButton()
        self.none.setObjectName("answer")
        self.none.setText("None")
        self.none.setToolTip("It was asked, and there was none (Shift+F4)")
        self.none.setAccessibleName("Adverse events: none")
        self.none.setCheckable(True)
        self.none.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.none.setMinimumHeight(40)
        self.none.clicked.connect(self._on_none)
        self.column.addWidget(self.none)
        self.rows = RowButtons("Adverse event")
        self.rows.opened.connect(lambda _place: self.show_session())
        self.column.addWidget(self.rows)
        self.fields = EventFields(self)
        self.column.addWidget(self.fields)
        groups: list[tuple[object, str]] = [(each, GROUP_WORDS[each]) for each in EventGroup]
        groups.append((EventKind.OTHER, "Other"))
        self.groups = Segments("Something happened", groups, per_row=3)
        self.groups.chosen.connect(self._on_group)
        self.add("Something happened", self.groups)
        self._kinds: dict[EventGroup, Picks] = {}

    def show_session(self) -> None:
        closing = self.papers.closing
        events = closing.events if closing is not None else ()
        none = closing is not None and closing.no_adverse_events
        self._asked.setText("" if none or events else "not asked yet")
        self.none.setChecked(none)
        self.none.setEnabled(not events)
        self.rows.show_rows([event_title(event) for event in events])
        place = self.rows.open
        self.fields.show_event(place, None if place is None else events[place])

    def _on_none(self, on: bool) -> None:
        self.papers.say_no_event(on)
        self.show_session()

    def _on_group(self, group: object) -> None:
        for picks in self._kinds.values():
            picks.hide()
        if isinstance(group, EventKind):
            self.record(group)
        elif isinstance(group, EventGroup):
            self._show_kinds(group)

    def _show_kinds(self, group: EventGroup) -> None:
        if group not in self._kinds:
            options = [(kind, title(kind)) for kind in KINDS_OF_GROUP[group]]
            picks = self._kinds[group] = Picks(GROUP_WORDS[group], options)
            picks.picked.connect(self.record)
            self.column.addWidget(picks)
        self._kinds[group].show()

    def record(self, kind: EventKind) -> None:
        """Adds an event and opens it."""
        closing = self.papers.closing
        place = len(closing.events) if closing is not None else 0
        if self.papers.record_event(AdverseEvent(kind=kind)):
            self.rows.open = place
        self.groups.show_value(None)
        for picks in self._kinds.values():
            picks.hide()
        self.show_session()


class EventFields(QWidget):
    """What is known of one event."""

    def __init__(self, card: EventsCard) -> None:
        super().__init__()
        self._card = card
        self._place: int | None = None
        self._event = AdverseEvent(kind=EventKind.OTHER)
        self._choices: dict[str, Segments] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(4)
        for field, name, kind, per_row in _FIELDS:
            segments = Segments(name, [(each, title(each)) for each in kind], per_row=per_row)
            segments.chosen.connect(lambda value, field=field: self._change(**{field: value}))
            column.addWidget(PlainLabel(name, "small"))
            column.addWidget(segments)
            self._choices[field] = segments
        self.mark = Choice()
        self.mark.setAccessibleName("At which mark")
        self.mark.view().setAccessibleName("Marks")
        self.mark.activated.connect(
            lambda row: self._change(mark_id=None if row == 0 else self._marks[row - 1].id)
        )
        self._marks: tuple[Mark, ...] = ()
        column.addWidget(PlainLabel("At which mark", "small"))
        column.addWidget(self.mark)
        self.reported_to = LineBox("Reported to", "Reported to: insurer, board, physician")
        column.addWidget(self.reported_to)
        self.note = TextBox("Note of this event", "How it went")
        column.addWidget(self.note)
        remove = QPushButton("Remove")
        remove.setObjectName("quiet")
        remove.setToolTip("Remove this event")
        remove.clicked.connect(self._remove)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(remove)
        column.addLayout(foot)
        card.write(self.note, lambda words: self._write(note=words))
        card.write(self.reported_to, lambda words: self._write(reported_to=words))

    def show_event(self, place: int | None, event: AdverseEvent | None) -> None:
        """Shows an event by its place among those of the session; None hides the fields."""
        subject = (self._card.session_id, place)
        self.note.show_value(subject, "" if event is None else event.note)
        self.reported_to.show_value(subject, "" if event is None else event.reported_to)
        self._place = place
        self.setVisible(event is not None)
        if event is None:
            return
        self._event = event
        for field, segments in self._choices.items():
            segments.show_value(getattr(event, field))
        self._show_marks(event)

    def _show_marks(self, event: AdverseEvent) -> None:
        editor = self._card.editor
        if self._marks != editor.marks:
            self._marks = editor.marks
            self.mark.clear()
            self.mark.addItem("not at a mark, or not recorded")
            self.mark.addItems([mark_words(editor, mark) for mark in self._marks])
        ids = [None, *(mark.id for mark in self._marks)]
        self.mark.setCurrentIndex(ids.index(event.mark_id) if event.mark_id in ids else 0)

    def _change(self, **fields: Any) -> None:
        if self._place is not None:
            self._card.papers.change_event(self._place, replace(self._event, **fields))

    def _write(self, **fields: Any) -> bool:
        """Keeps words in the event that is open; they are settled before another one is."""
        closing, place = self._card.papers.closing, self._place
        if closing is None or place is None or place >= len(closing.events):
            return True  # it was removed meanwhile: there is nothing left to write on
        event = replace(closing.events[place], **fields)
        return self._card.papers.change_event(place, event, merge=("event", *fields))

    def _remove(self) -> None:
        for field in (self.note, self.reported_to):
            field.keeper.settle()
        place, self._card.rows.open = self._place, None
        if place is not None:
            self._card.papers.change_event(place, None)


def mark_words(editor: SessionEditor, mark: Mark) -> str:
    """ "3 Needle, infraspinatus, right"."""
    muscle = f"{editor.atlas.catalogue.name(mark.muscle)}, " if mark.muscle else ""
    return f"{mark.number} {kind_title(mark.kind)}, {muscle}{side_words(mark.side)}"
