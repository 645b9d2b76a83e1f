"""The charting screen: the patient at the top, sessions at the left, the body in the middle,
the mark in hand and all marks at the right.

It joins the panels to the session editor and decides nothing about records itself.
"""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.marks import MarkKind
from app.domain.stages import Stage
from app.domain.visits import is_todays
from app.domain.words import local_day
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.toolbox import Toolbox
from app.panels.anatomy_switch import AnatomySwitch
from app.panels.header import Header
from app.panels.keyboard import join_keys
from app.panels.late_band import LateBand
from app.panels.left_column import LeftColumn
from app.panels.lower_bar import LowerBar
from app.panels.map_area import MapArea
from app.panels.map_hand import MapHand
from app.panels.marking import Marking
from app.panels.own_zones import show_own_zones
from app.panels.session_column import SessionColumn
from app.panels.session_words import (
    plan_line,
    prior_sessions,
    session_row,
    session_rows,
    session_title,
    todays_session,
)
from app.panels.theme import Theme
from app.panels.warnings import chart_warnings
from app.panels.what_changed import only_added_marks, only_papers

CLOCK_TICK_MS = 1000


class ChartPage(QWidget):
    """One patient's chart, with at most one session on the desk."""

    session_asked = Signal()
    """A new session is wanted."""
    remove_asked = Signal(object)
    """A session is to be removed."""
    remove_marks_asked = Signal()
    """The selected marks are to be removed."""
    muscle_asked = Signal(str)
    """What is known of this muscle is wanted."""

    def __init__(
        self,
        editor: SessionEditor,
        toolbox: Toolbox,
        theme: Theme,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.editor = editor
        self.store = editor.store
        self.toolbox = toolbox
        self._clock = clock
        self.may_leave_session: Callable[[], bool] = lambda: True
        """Asked before another session or patient takes the place of the one on the desk."""
        self._failed = False
        """Whether a change was refused by the disk, and none was stored since."""
        self.header = Header()
        self.left = LeftColumn(editor)
        self.sessions = self.left.sessions
        self.maps = MapArea(editor.atlas, theme)
        self.map, self.beside, self.tools = self.maps.map, self.maps.beside, self.maps.tools
        self.lower_bar = LowerBar(editor)
        self.timeline, self._pointer = self.lower_bar.timeline, self.lower_bar.pointer
        self.column = SessionColumn(editor)
        self.anatomy = AnatomySwitch(self.map, editor.atlas, editor.aim)
        self.band = LateBand()
        self.hand = MapHand(self)
        self._build()
        self._connect()
        self.parts = join_keys(self)
        self.marking = Marking(self)
        self._panels_due = QTimer(self, singleShot=True)
        """The panels follow when the map has been painted: the hand waits for the map alone."""
        self._panels_due.timeout.connect(self._refresh_panels)
        self._tick = QTimer(self, interval=CLOCK_TICK_MS)
        self._tick.timeout.connect(self._show_clock)

    # -- opening ---------------------------------------------------------------------------

    def open_patient(self, patient_id: UUID, *, ghosts: bool) -> None:
        """Opens a chart. Today's session comes onto the desk where there is one.

        Raises StorageError where it cannot be read; then the chart that was open stays open.
        """
        self.store.open_patient(patient_id)
        self.close_beside()
        self._failed = False
        todays = todays_session(self.store, self._today)
        self.editor.open(todays.id if todays is not None else None)
        last = self.editor.again.last
        self.editor.again.lay_under({last.id} if ghosts and last is not None else ())
        self._refresh()
        self.map.show_where_marks_are()
        self._tick.start()
        self.map.setFocus()

    def close_patient(self) -> None:
        self._tick.stop()
        self.close_beside()
        self.editor.open(None)
        self.store.open_patient(None)

    def open_session(self, session_id: UUID) -> None:
        """Puts a session on the desk. With one of another day no marking tool is in hand."""
        on_desk = self.editor.session
        leaves = on_desk is not None and on_desk.id != session_id
        if not self.flush() or (leaves and not self.may_leave_session()):
            return
        if self.beside.session_id == session_id:
            self.close_beside()
        self.editor.again.lay_under(self.under - {session_id})
        self.editor.open(session_id)
        if not self._is_todays:
            self.toolbox.take(ToolKey.SELECT)
        self._refresh()
        self.map.show_where_marks_are()
        self.map.setFocus()

    def open_todays_session(self) -> None:
        """Puts today's session back on the desk, or clears the desk where there is none."""
        todays = todays_session(self.store, self._today)
        if todays is not None:
            self.open_session(todays.id)
        elif self.flush():
            self.editor.open(None)
            self._refresh()

    def flush(self) -> bool:
        """Stores what was typed and has not settled yet; whether all of it is stored now."""
        return self.column.flush()

    # -- earlier sessions ------------------------------------------------------------------

    @property
    def under(self) -> frozenset[UUID]:
        """The sessions that lie under the desk's as pale outlines."""
        return self.editor.again.under

    def toggle_under(self, session_id: UUID) -> None:
        """Lays a session under the desk's, or takes it away."""
        self.editor.again.toggle(session_id)
        self._refresh()

    def toggle_last_under(self) -> None:
        last = self.editor.again.last
        if last is not None:
            self.toggle_under(last.id)

    def open_beside(self, session_id: UUID) -> None:
        """Opens a session beside the desk's, read-only; asked again it goes. Today's comes back
        onto the desk instead.
        """
        todays = todays_session(self.store, self._today)
        if todays is not None and todays.id == session_id:
            self.open_todays_session()
            return
        if self.beside.session_id == session_id:
            self.close_beside()
            return
        self.beside.session_id = session_id
        self.maps.open_beside()
        self._refresh_beside()
        self.map.show_where_marks_are()

    def open_last_beside(self) -> None:
        prior = prior_sessions(self.store, self.editor.session)
        if self.beside.session_id is not None:
            self.close_beside()
        elif prior:
            self.open_beside(prior[0].id)

    def close_beside(self) -> None:
        self.maps.close_beside()

    # -- appearance ------------------------------------------------------------------------

    def toggle_panels(self) -> None:
        """Folds both side columns away, or brings them back. Needles that are in stay said."""
        shown = self.left.isVisible()
        self.left.setVisible(not shown)
        self.column.setVisible(not shown)

    def show_panels(self) -> None:
        if not self.column.isVisible():
            self.toggle_panels()

    def show_stage(self, stage: Stage) -> None:
        """Shows a stage of the session on the desk, with the cursor in it."""
        self.show_panels()
        if self._panels_due.isActive():
            self._refresh_panels()  # else what was just marked would lead back to the needles
        self.column.stages.go_to(stage)
        self.column.stages.bar.button(stage).setFocus()

    def set_theme(self, theme: Theme) -> None:
        self.maps.set_theme(theme)

    def _build(self) -> None:
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addWidget(self.band)
        centre.addWidget(self.maps, 1)
        centre.addWidget(self.lower_bar)

        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.left)
        body.addLayout(centre, 1)
        body.addWidget(self.column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.store.changed.connect(self._on_changed)
        self.editor.selection.changed.connect(self._show_selected)
        self.map.hovered.connect(self._pointer.look)
        self.map.rebuilt.connect(lambda: self._pointer.look(None))
        self.map.steps_muscles = self._pointer.step_muscle
        self._pointer.stepped.connect(self.anatomy.light_up_aim)
        self.anatomy.segments_shown.connect(self._pointer.name_segments)
        self.maps.invitation.accepted.connect(self.session_asked)
        self.column.words_changed.connect(self._show_saved)
        self.column.remove_asked.connect(self.remove_marks_asked)
        self.column.muscle_asked.connect(self.muscle_asked)
        for box in self.column.boxes:
            box.finished.connect(self.map.setFocus)
        self.column.stages.finished.connect(self.map.setFocus)
        self.sessions.new_asked.connect(self.session_asked)
        self.sessions.beside_asked.connect(self.open_beside)
        self.sessions.under_toggled.connect(self.toggle_under)
        self.sessions.desk_asked.connect(self.open_session)
        self.sessions.again_asked.connect(self.editor.again.repeat_all)
        self.sessions.remove_asked.connect(self.remove_asked)
        self.left.protocols.previewed.connect(self.hand.show_instead)
        self.left.protocols.closed.connect(self.map.setFocus)
        self.timeline.chosen.connect(self.open_beside)
        self.band.today_asked.connect(self.open_todays_session)
        self.beside.closed.connect(self.close_beside)
        self.beside.desk_asked.connect(self.open_session)

    # -- showing ---------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return local_day(self._clock())

    @property
    def title(self) -> str:
        """What the session on the desk is called."""
        session = self.editor.session
        return "No session today" if session is None else session_title(session, self._today)

    @property
    def _is_todays(self) -> bool:
        """Whether the session on the desk is today's, or there is none."""
        session = self.editor.session
        return session is None or is_todays(session, self._today, self._clock())

    def show_not_saved(self) -> None:
        """Says that the last change did not reach the disk, until one does."""
        self._failed = True
        self._show_saved()

    def _show_saved(self) -> None:
        if self._failed:
            self.header.show_not_saved()
        elif self.column.has_unsaved_words:
            self.header.show_writing()
        else:
            at = self.store.last_saved_at or self.editor.history.last_saved_at
            self.header.show_saved(at, self._today)

    def _on_changed(self, change: Change | None) -> None:
        self._failed = False
        self._pointer.follow()
        if only_papers(change):
            self._refresh_panels()  # nothing on the map has changed
            return
        added = only_added_marks(change, self.editor.session)
        if added is None:
            self._refresh()
            return
        for mark in added:
            self.map.add_mark(mark)
            if mark.kind is MarkKind.NOTE:
                self.show_panels()
                self.column.ask_for_words(mark.id)
        self._panels_due.start()

    def _refresh(self) -> None:
        """Shows everything anew; of a chart that was closed, nothing stays on the map."""
        if self.store.patient is None:
            self.map.show_marks(self.editor.body, (), ())
            return
        known = {session.id for session in self.store.sessions}
        self.map.show_marks(self.editor.body, self.editor.marks, self.editor.again.ghosts)
        show_own_zones(self.editor, self.map, self.beside.map)
        if self.beside.session_id in known:
            self._refresh_beside()
        elif self.beside.session_id is not None:
            self.close_beside()
        self._refresh_panels()

    def _refresh_panels(self) -> None:
        """Shows everything but the maps anew."""
        self._panels_due.stop()
        patient, session, today = self.store.patient, self.editor.session, self._today
        if patient is None:
            return
        self.header.show_patient(patient, chart_warnings(self.editor), today)
        self._show_saved()
        self.header.export.setEnabled(session is not None)
        self._show_clock()
        self.map.show_ghosts(self.editor.again.ghosts)
        self.sessions.show_left(len(self.editor.again.left) if self.editor.writable else 0)
        rows = session_rows(self.store, session, self.under, today)
        self.sessions.show_sessions(plan_line(self.store, session), rows)
        self.timeline.show_sessions(rows)
        self.maps.invitation.setVisible(session is None)
        self.maps.show_title(self.title)
        self.band.show_session(self.store, session, self.title, late=not self._is_todays)
        self.tools.set_writable(self.editor.writable)
        self.map.show_selected(self.editor.selection.ids)
        self.column.show_session(self.title)

    def _refresh_beside(self) -> None:
        assert self.beside.session_id is not None
        row = session_row(self.store, self.store.session(self.beside.session_id), self._today)
        summary = f"{row.summary} · pain {row.pain}" if row.pain else row.summary
        marks = self.store.marks(row.session.id)
        self.beside.show_signature(self.store, row.session)
        self.beside.show_session(row.session.id, row.title, summary, self.editor.body, marks)
        self.beside.map.enlarge(self.map.enlarged)

    def _show_selected(self) -> None:
        show_own_zones(self.editor, self.map, self.beside.map)
        self.map.show_selected(self.editor.selection.ids)
        if not self._panels_due.isActive():
            self.column.show_selected(self.title)

    def _show_clock(self) -> None:
        self.header.show_clock(self.editor.session, self._clock())
