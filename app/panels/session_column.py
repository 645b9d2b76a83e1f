"""The right column: how much is marked, and below it the stages of the session. That of the
needles shows the mark or zone in hand, or the session, and all marks.
"""

from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind, Needle, TriggerPoint, TwitchResponse
from app.domain.stages import Stage, after_is_done, before_is_done, needles_are_done
from app.domain.words import kind_name
from app.editing import twitches
from app.editing.needles import take_one_out
from app.editing.session_editor import SessionEditor
from app.panels.counter import MarkCounter
from app.panels.mark_editor import MarkEditor
from app.panels.mark_list import MarkList
from app.panels.needle_counter import NeedleCounter
from app.panels.needle_fields import NeedleLine
from app.panels.session_card import SessionCard
from app.panels.side_width import SideWidth
from app.panels.stage_page import StagePage
from app.panels.stages import Stages
from app.panels.texts import PlainLabel
from app.panels.touch import scroll_by_finger
from app.panels.typing import Keeper, TextBox
from app.panels.zone_card import ZoneCard

if TYPE_CHECKING:
    from app.panels.end_page import EndPage

LEAST_WIDTH, MOST_WIDTH = 288, 360


class SessionColumn(QWidget):
    """Shows the session on the desk and passes edits to its editor."""

    words_changed = Signal()
    """Something is typed that is not stored yet, or it is stored now."""
    remove_asked = Signal()
    """What is selected is to be removed."""
    muscle_asked = Signal(str)
    """What is known of this muscle is wanted."""
    box_asked = Signal()
    """A new box of needles is wanted."""
    score_asked = Signal(object)
    """The form of a score is wanted, or (None) that of a new one."""
    score_removal_asked = Signal(object)
    sign_asked = Signal()
    addendum_asked = Signal()
    note_copied = Signal()

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__()
        self.setObjectName("right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        SideWidth(self, LEAST_WIDTH, MOST_WIDTH)
        self._editor = editor
        self._write_note_of: UUID | None = None
        self.counter = MarkCounter()
        self.needles = NeedleCounter()
        self.mark_editor = MarkEditor()
        self.zone_card = ZoneCard(editor.zones)
        self.session_card = SessionCard()
        self.mark_list = MarkList(editor.atlas.catalogue.name)
        self._list_title = PlainLabel("MARKS", "section")
        self._list_title.setContentsMargins(14, 10, 0, 4)
        self._selected: tuple[object, ...] = ()
        makers = {Stage.BEFORE: self._make_before, Stage.AFTER: self._make_after}
        self.stages = Stages(self._build_needles(), makers)
        self._build()
        self._connect()

    def show_session(self, title: str) -> None:
        """Shows the session on the desk under ``title``; empty where there is none."""
        editor, session = self._editor, self._editor.session
        counts = {} if session is None else editor.store.mark_counts(session.id)
        needled = bool(counts.get(MarkKind.NEEDLE))
        for widget in (self.stages.bar, self._list_title, self.mark_list):
            widget.setVisible(session is not None)
        self.counter.setVisible(session is not None and not needled)
        self.needles.setVisible(needled)
        self.counter.show_counts(counts)
        if needled:
            self.needles.show_needles(editor.marks, editor.now(), writable=editor.writable)
        self.mark_list.show_marks(self._editor.marks)
        self.stages.bar.show_done(self._done())
        self.stages.refresh()
        self.show_selected(title)

    def show_selected(self, title: str) -> None:
        """Shows the fields of the mark that is selected last, or of the zone that is, else those of
        the session.
        """
        editor, store = self._editor, self._editor.store
        self._follow_selection()
        current = editor.selection.current
        mark = None if current is None else store.mark(current)
        self.mark_list.show_selected(editor.selection.ids)
        self.mark_editor.show_mark(
            mark, writable=editor.writable, selected=len(editor.selection.ids)
        )
        if mark is not None:
            self.mark_editor.needle.day = editor.session.started_at if editor.session else None
            here = editor.muscles_under(mark)
            self.mark_editor.muscle.show_muscle(mark.muscle, here, editor.atlas.catalogue)
            if twitches.may_twitch(mark):
                self._show_twitches(mark)
            self._show_zones()
        zone_shown = self.zone_card.show_selected()
        session = editor.session if mark is None and not zone_shown else None
        self.session_card.setVisible(session is not None)
        if session is not None:
            names = {each.id: each.name for each in store.practitioners}
            self.session_card.show_session(
                session,
                title,
                names.get(session.practitioner_id, ""),
                store.problems,
                writable=editor.writable,
            )
        if mark is not None and mark.id == self._write_note_of:
            self._write_note_of = None
            self.mark_editor.note.setFocus()

    def _show_zones(self) -> None:
        """What lies under the mark in hand. Where several are, whose it is would be in doubt."""
        editor, zones = self._editor, self.mark_editor.zones
        current = editor.selection.current
        mark = None if current is None else editor.store.mark(current)
        if mark is None or len(editor.selection.ids) != 1:
            zones.show_zones()
            return
        zones.show_zones(
            editor.zones_under(mark),
            editor.zones.under(mark),
            mark=mark.id,
            unread=editor.notices.unread(mark.id),
        )

    def _show_twitches(self, mark: Mark) -> None:
        """Of the needle or point that a key would count at, which may be in the one shown."""
        target = twitches.active_target(self._editor) or mark
        twitch = twitches.twitch_of(self._editor, target)
        details = None if twitch is None else twitch.details
        assert details is None or isinstance(details, TwitchResponse)
        whose = "" if target.id == mark.id else f"{kind_name(target.kind)} {target.number}"
        self.mark_editor.twitches.show_twitch(target.id, details, whose)

    def tick(self, now: datetime) -> None:
        """Shows how long needles have been in."""
        if self.needles.isVisible():
            self.needles.tick(now)
            self.mark_list.show_time(now)

    def begin(self) -> None:
        """Shows the stage at which the session on the desk stands: a new one begins with what is
        settled before the first needle.
        """
        editor = self._editor
        new = editor.writable and not editor.marks
        self.stages.go_to(Stage.BEFORE if new else Stage.NEEDLES)

    def ask_for_words(self, mark_id: UUID) -> None:
        """Puts the cursor into the note of a mark as soon as it is selected."""
        self._write_note_of = mark_id

    @property
    def has_unsaved_words(self) -> bool:
        return any(keeper.is_pending for keeper in self._keepers)

    def flush(self) -> bool:
        """Stores what was typed and has not settled yet; whether all of it is stored now."""
        stored = [keeper.settle() for keeper in self._keepers]
        return all(stored)

    def _build_needles(self) -> QWidget:
        cards = QWidget()
        stack = QVBoxLayout(cards)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.mark_editor)
        stack.addWidget(self.zone_card)
        stack.addWidget(self.session_card)
        stack.addStretch()
        scroll = self._fields = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(cards)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_by_finger(scroll)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.addWidget(scroll, 1)
        needles = QWidget()
        column = QVBoxLayout(needles)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top, 3)
        column.addWidget(self._list_title)
        column.addWidget(self.mark_list, 2)
        return needles

    def _build(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 0)
        top.addWidget(self.needles)
        top.addWidget(self.counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.stages, 1)

    def _make_before(self) -> StagePage:
        from app.panels.before_page import BeforePage

        page = BeforePage(self._editor, self._editor.papers.today)
        page.box.new_asked.connect(self.box_asked)
        page.scores.add_asked.connect(lambda: self.score_asked.emit(None))
        page.scores.change_asked.connect(self.score_asked)
        page.scores.remove_asked.connect(self.score_removal_asked)
        return page

    def _make_after(self) -> StagePage:
        from app.panels.end_page import EndPage

        page = EndPage(self._editor)
        page.sign_card.sign_asked.connect(self.sign_asked)
        page.addenda_card.add_asked.connect(self.addendum_asked)
        page.note_card.copied.connect(self.note_copied)
        return page

    @property
    def end(self) -> "EndPage":
        """The page after the last needle, where a session is signed; made when first wanted."""
        from app.panels.end_page import EndPage

        page = self.stages.page(Stage.AFTER)
        assert isinstance(page, EndPage)
        return page

    def _done(self) -> frozenset[Stage]:
        papers, marks = self._editor.papers, self._editor.marks
        done = {
            Stage.BEFORE: before_is_done(papers.preparation),
            Stage.NEEDLES: needles_are_done(marks),
            Stage.AFTER: after_is_done(papers.closing, marks),
        }
        return frozenset(stage for stage, yes in done.items() if yes)

    def _follow_selection(self) -> None:
        """Who takes something else in hand wants to see it."""
        selection = self._editor.selection
        selected = (selection.current, selection.zone)
        other, self._selected = selected != self._selected, selected
        if other:  # whose fields these are stands at their top
            self._fields.verticalScrollBar().setValue(0)
        if other and not selection.is_empty and self.stages.stage is not Stage.NEEDLES:
            self.stages.go_to(Stage.NEEDLES)

    def _connect(self) -> None:
        editor = self._editor
        editor.session_changed.connect(self.needles.forget)
        self.stages.words_changed.connect(self.words_changed)
        editor.session_changed.connect(self.begin)
        editor.notices.changed.connect(self._show_zones)
        self.mark_list.selected.connect(editor.selection.set)
        self.mark_editor.details_changed.connect(editor.set_details)
        self.mark_editor.muscle.chosen.connect(self._on_muscle)
        self.mark_editor.muscle.page_asked.connect(self.muscle_asked)
        self.mark_editor.remove_asked.connect(self.remove_asked)
        self.mark_editor.needle.take_out_asked.connect(lambda: take_one_out(editor))
        row = self.mark_editor.twitches
        row.counted.connect(self._on_count)
        row.strength_chosen.connect(lambda value: twitches.set_strength(editor, value))
        row.response_chosen.connect(lambda value: twitches.set_response(editor, value))
        for line in self.mark_editor.needle.lines:
            line.keeper.store = partial(self._store_of_needle, line)
        self.zone_card.remove_asked.connect(self.remove_asked)
        self.session_card.changed.connect(self._on_session_field)
        self.mark_editor.note.keeper.store = self._store_mark_note
        self.mark_editor.threshold.keeper.store = self._store_threshold
        self.session_card.note.keeper.store = self._store_session_note
        for keeper in self._keepers:
            keeper.changed.connect(self.words_changed)
        for note in (self.mark_editor.note, self.session_card.note):
            note.left.connect(editor.history.seal)

    @property
    def _keepers(self) -> tuple[Keeper, ...]:
        mark = self.mark_editor
        return (
            mark.threshold.keeper,
            *mark.needle.keepers,
            *(box.keeper for box in self.boxes),
            *self.stages.keepers,
        )

    @property
    def boxes(self) -> tuple[TextBox, ...]:
        """Every box of this page in which words are typed."""
        return tuple(card.note for card in (self.mark_editor, self.zone_card, self.session_card))

    def _store_mark_note(self, mark_id: Hashable, words: str) -> bool:
        return isinstance(mark_id, UUID) and self._editor.set_note(mark_id, words)

    def _store_threshold(self, mark_id: Hashable, words: str) -> bool:
        mark = self._editor.store.mark(mark_id) if isinstance(mark_id, UUID) else None
        if mark is None or not isinstance(mark.details, TriggerPoint):
            return True  # it was removed meanwhile
        figure = self.mark_editor.threshold.read(words)
        return self._editor.set_details(mark.id, replace(mark.details, threshold_kpa=figure))

    def _store_of_needle(self, line: NeedleLine, mark_id: Hashable, words: str) -> bool:
        mark = self._editor.store.mark(mark_id) if isinstance(mark_id, UUID) else None
        if mark is None or not isinstance(mark.details, Needle):
            return True  # it was removed meanwhile
        line.details = mark.details
        try:
            value = line.read(words)
        except ValueError as error:  # the rest of the needle was changed meanwhile
            self._editor.refused.emit(f"“{words}” was not recorded. {error}")
            return True
        return self._editor.set_details(mark.id, replace(mark.details, **{line.field: value}))

    def _on_count(self, by: int) -> None:
        count = twitches.count_twitch if by > 0 else twitches.take_twitch_back
        count(self._editor)

    def _store_session_note(self, session_id: Hashable, words: str) -> bool:
        session = self._editor.session
        if session is None or session.id != session_id:
            return False
        return self._editor.change_session("Write session note", note=words)

    def _on_muscle(self, muscle: str | None) -> None:
        current = self._editor.selection.current
        if current is not None:
            self._editor.set_muscle(current, muscle)

    def _on_session_field(self, field: str, value: object) -> None:
        labels = {"problem_id": "Choose problem"}
        label = labels.get(field, f"Record {field.replace('_', ' ')}")
        self._editor.change_session(label, **{field: value})
