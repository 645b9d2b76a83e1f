"""The charting screen: the patient at the top, sessions at the left, the body in the middle,
the mark in hand and all marks at the right.

It joins the panels to the session editor and decides nothing about records itself.
"""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.canvas.body_map import BodyMap
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind
from app.domain.records import TreatmentSession
from app.domain.words import kind_title, word
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.toolbox import Toolbox
from app.editing.tools.tool import PointerEvent
from app.panels.beside import BesidePane
from app.panels.counter import MarkCounter
from app.panels.header import Header
from app.panels.mark_editor import MarkEditor
from app.panels.mark_list import MarkList, mark_line
from app.panels.session_card import SessionCard, problem_title
from app.panels.sessions_panel import SessionRow, SessionsPanel
from app.panels.texts import PlainLabel, clock_time, day
from app.panels.theme import Theme
from app.panels.timeline import Timeline
from app.panels.tool_column import ToolColumn

RIGHT_WIDTH = 288
CLOCK_TICK_MS = 1000


class ChartPage(QWidget):
    """One patient's chart, with at most one session on the desk."""

    session_asked = Signal()
    """A new session is wanted."""
    problem_asked = Signal(object)
    remove_asked = Signal(object)

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
        self._under: set[UUID] = set()
        self._write_note_of: UUID | None = None
        """A note that was just placed: when it is selected, its words are asked for."""
        self.header = Header()
        self.sessions = SessionsPanel()
        self.tools = ToolColumn()
        self.map = BodyMap(editor.atlas, theme.map_look)
        self.beside = BesidePane(editor.atlas, theme.map_look)
        self.beside.hide()
        self.timeline = Timeline()
        self.counter = MarkCounter()
        self.mark_editor = MarkEditor()
        self.session_card = SessionCard()
        self.mark_list = MarkList()
        self._pointer = PlainLabel("", "faint")
        self._pointer.setAccessibleName("Under the pointer")
        self._invitation = self._build_invitation()
        self._build()
        self._connect()
        self._tick = QTimer(self)
        self._tick.setInterval(CLOCK_TICK_MS)
        self._tick.timeout.connect(self._show_clock)

    # -- opening ---------------------------------------------------------------------------

    def open_patient(self, patient_id: UUID, *, ghosts: bool) -> None:
        """Opens a chart. Today's session comes onto the desk where there is one."""
        self.flush()
        self.close_beside()
        self.store.open_patient(patient_id)
        todays = next((s for s in self.store.sessions if self._day(s) == self._today), None)
        self.editor.open(todays.id if todays is not None else None)
        prior = self._prior_sessions()
        self._under = {prior[0].id} if ghosts and prior else set()
        self._refresh()
        self.map.show_where_marks_are()
        self._tick.start()
        self.map.setFocus()

    def close_patient(self) -> None:
        self.flush()
        self._tick.stop()
        self.close_beside()
        self.editor.open(None)
        self.store.open_patient(None)

    def open_session(self, session_id: UUID) -> None:
        """Puts a session on the desk."""
        self.flush()
        if self.beside.session_id == session_id:
            self.close_beside()
        self._under.discard(session_id)
        self.editor.open(session_id)
        self._refresh()
        self.map.show_where_marks_are()
        self.map.setFocus()

    def flush(self) -> None:
        """Stores what was typed and has not settled yet."""
        self.mark_editor.note.settle()
        self.session_card.note.settle()

    # -- earlier sessions ------------------------------------------------------------------

    def toggle_under(self, session_id: UUID) -> None:
        """Lays a session under the desk's as pale outlines, or takes it away."""
        self._under ^= {session_id}
        self._refresh()

    def toggle_last_under(self) -> None:
        prior = self._prior_sessions()
        if prior:
            self.toggle_under(prior[0].id)

    def open_beside(self, session_id: UUID) -> None:
        """Opens a session beside the desk's, read-only; asked again it goes."""
        if self.beside.session_id == session_id:
            self.close_beside()
            return
        self.beside.session_id = session_id
        self.map.set_thumbnails(False)
        self._desk_title.show()
        self.beside.show()
        self._refresh_beside()
        half = self._maps.width() // 2
        self._maps.setSizes([half, half])
        self.map.show_where_marks_are()

    def open_last_beside(self) -> None:
        prior = self._prior_sessions()
        if self.beside.session_id is not None:
            self.close_beside()
        elif prior:
            self.open_beside(prior[0].id)

    def close_beside(self) -> None:
        self.beside.session_id = None
        self.beside.hide()
        self._desk_title.hide()
        self.map.set_thumbnails(True)

    def toggle_panels(self) -> None:
        """Folds both side columns away, or brings them back."""
        shown = self.sessions.isVisible()
        self.sessions.setVisible(not shown)
        self._right.setVisible(not shown)

    def set_theme(self, theme: Theme) -> None:
        self.map.set_look(theme.map_look)
        self.beside.map.set_look(theme.map_look)

    def show_not_saved(self) -> None:
        self.header.show_not_saved()

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle = QGridLayout(ground)
        middle.setContentsMargins(12, 0, 0, 0)
        middle.setSpacing(0)
        self._desk_title = PlainLabel("", "strong")
        self._desk_title.setFixedHeight(40)
        self._desk_title.setIndent(16)
        self._desk_title.hide()
        middle.addWidget(self._desk_title, 0, 1)
        middle.addWidget(self.map, 1, 1)
        tools = QVBoxLayout()
        tools.setContentsMargins(0, 12, 0, 12)
        tools.addWidget(self.tools)
        tools.addStretch()
        middle.addLayout(tools, 0, 0, 2, 1)
        middle.addWidget(
            self._invitation, 1, 1, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        )
        middle.setColumnStretch(1, 1)

        self._maps = QSplitter(Qt.Orientation.Horizontal)
        self._maps.setChildrenCollapsible(False)
        self._maps.setHandleWidth(1)
        self._maps.addWidget(ground)
        self._maps.addWidget(self.beside)

        lower = QWidget()
        lower.setObjectName("lower")
        lower.setFixedHeight(46)
        low = QHBoxLayout(lower)
        low.setContentsMargins(16, 0, 16, 0)
        self._pointer.setMinimumWidth(230)
        low.addWidget(self._pointer, 1)
        low.addWidget(self.timeline, 2)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addWidget(self._maps, 1)
        centre.addWidget(lower)

        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.sessions)
        body.addLayout(centre, 1)
        body.addWidget(self._build_right())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)

    def _build_right(self) -> QWidget:
        self._right = QWidget()
        self._right.setObjectName("right")
        self._right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._right.setFixedWidth(RIGHT_WIDTH)
        cards = QWidget()
        stack = QVBoxLayout(cards)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.mark_editor)
        stack.addWidget(self.session_card)
        stack.addStretch()
        self._cards = QScrollArea()
        self._cards.setWidgetResizable(True)
        self._cards.setWidget(cards)
        self._cards.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cards.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 0)
        top.setSpacing(12)
        top.addWidget(self.counter)
        top.addWidget(self._cards, 1)
        title = PlainLabel("MARKS", "section")
        title.setContentsMargins(14, 10, 0, 4)
        self._list_title = title
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top, 3)
        column.addWidget(title)
        column.addWidget(self.mark_list, 2)
        return self._right

    def _build_invitation(self) -> QFrame:
        """What is shown over the map while no session is on the desk."""
        card = QFrame()
        card.setObjectName("message")
        start = QPushButton("Start session")
        start.setObjectName("primary")
        start.setToolTip("Start a session now (Ctrl+T)")
        start.clicked.connect(self.session_asked)
        row = QHBoxLayout(card)
        row.setContentsMargins(18, 12, 14, 12)
        row.setSpacing(18)
        row.addWidget(PlainLabel("No session today yet."))
        row.addWidget(start)
        holder = QFrame()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 28)
        column.addWidget(card)
        return holder

    def _connect(self) -> None:
        editor, toolbox = self.editor, self.toolbox
        self.store.changed.connect(self._on_changed)
        editor.selection.changed.connect(self._show_selected)
        self.tools.asked.connect(toolbox.take)
        toolbox.changed.connect(self._show_tool)
        toolbox.preview_changed.connect(lambda: self.map.show_preview(toolbox.preview))
        self.map.pans_with_left = lambda: toolbox.active.pans
        self.map.pressed.connect(toolbox.press)
        self.map.moved.connect(toolbox.move)
        self.map.released.connect(toolbox.release)
        self.map.cancelled.connect(self._on_escape)
        self.map.hovered.connect(self._say_what_is_under)
        self.map.enlarged_changed.connect(self.beside.map.enlarge)
        self.map.aim_changed.connect(self.beside.map.take_aim)
        self.beside.map.aim_changed.connect(self.map.take_aim)

        self.mark_list.selected.connect(editor.selection.set)
        self.mark_editor.details_changed.connect(editor.set_details)
        self.mark_editor.note_changed.connect(editor.set_note)
        self.mark_editor.remove_asked.connect(lambda: editor.remove(editor.selection.ids))
        self.session_card.changed.connect(self._on_session_field)
        self.session_card.problem_asked.connect(self.problem_asked)
        for card in (self.mark_editor, self.session_card):
            card.note_pending.connect(self.header.show_writing)
            card.note_left.connect(editor.history.seal)
            card.note.finished.connect(self.map.setFocus)

        self.sessions.new_asked.connect(self.session_asked)
        self.sessions.beside_asked.connect(self.open_beside)
        self.sessions.under_toggled.connect(self.toggle_under)
        self.sessions.desk_asked.connect(self.open_session)
        self.sessions.remove_asked.connect(self.remove_asked)
        self.timeline.chosen.connect(self.open_beside)
        self.beside.closed.connect(self.close_beside)
        self.beside.desk_asked.connect(self.open_session)

    # -- showing ---------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return self._clock().astimezone().date()

    def _day(self, session: TreatmentSession) -> date:
        return session.started_at.astimezone().date()

    def _session_title(self, session: TreatmentSession) -> str:
        if self._day(session) == self._today:
            return f"Today, {clock_time(session.started_at)}"
        return day(session.started_at)

    def _prior_sessions(self) -> list[TreatmentSession]:
        """Sessions before the one on the desk (or all), newest first."""
        desk = self.editor.session
        sessions = self.store.sessions
        return [
            each
            for each in sessions
            if desk is None or (each.id != desk.id and each.started_at <= desk.started_at)
        ]

    def _on_changed(self, change: Change | None) -> None:
        added = self._only_added_marks(change)
        if added is None:
            self._refresh()
            return
        for mark in added:
            self.map.add_mark(mark)
        self._refresh_panels()
        if added and added[-1].kind is MarkKind.NOTE:
            self._write_note_of = added[-1].id

    def _only_added_marks(self, change: Change | None) -> list[Mark] | None:
        """The marks that ``change`` adds to the desk's session, if that is all that it does."""
        session = self.editor.session
        if change is None or session is None:
            return None
        added = [
            edit.after
            for edit in change.edits.values()
            if edit.before is None and isinstance(edit.after, Mark)
        ]
        alone = len(added) == len(change.edits)
        return added if alone and all(m.session_id == session.id for m in added) else None

    def _refresh(self) -> None:
        if self.store.patient is None:
            return
        known = {session.id for session in self.store.sessions}
        self._under &= known
        ghosts = [mark for each in self._under for mark in self.store.marks(each)]
        self.map.show_marks(self.editor.body, self.editor.marks, ghosts)
        if self.beside.session_id is not None:
            if self.beside.session_id in known:
                self._refresh_beside()
            else:
                self.close_beside()
        self._refresh_panels()

    def _refresh_panels(self) -> None:
        patient, session = self.store.patient, self.editor.session
        assert patient is not None
        self.header.show_patient(patient, self._today)
        self.header.show_saved(self.editor.history.last_saved_at, self._today)
        self._show_clock()
        self.header.export.setEnabled(session is not None)
        rows = [self._row(each) for each in self.store.sessions]
        self.sessions.show_sessions(self._plan(), rows)
        self.timeline.show_sessions(rows)
        self._invitation.setVisible(session is None)
        self._desk_title.setText(self._session_title(session) if session else "No session today")
        self.tools.set_writable(self.editor.writable)
        marks = self.editor.marks
        for widget in (self.counter, self._list_title, self.mark_list):
            widget.setVisible(session is not None)
        if session is not None:
            self.counter.show_counts(self.store.mark_counts(session.id))
        self.mark_list.show_marks(marks)
        self._show_selected()

    def _refresh_beside(self) -> None:
        assert self.beside.session_id is not None
        session = self.store.session(self.beside.session_id)
        row = self._row(session)
        summary = f"{row.summary} · pain {row.pain}" if row.pain else row.summary
        self.beside.show_session(
            session.id,
            self._session_title(session),
            summary,
            self.editor.body,
            self.store.marks(session.id),
        )
        self.beside.map.enlarge(self.map.enlarged)

    def _row(self, session: TreatmentSession) -> SessionRow:
        desk = self.editor.session
        return SessionRow(
            session=session,
            title=self._session_title(session),
            counts=self.store.mark_counts(session.id),
            on_desk=desk is not None and session.id == desk.id,
            under=session.id in self._under,
        )

    def _plan(self) -> str:
        """ "Neck pain, right · 5 of 8 planned" for the problem of the session on the desk."""
        session = self.editor.session or next(iter(self.store.sessions), None)
        problem = next(
            (p for p in self.store.problems if session is not None and p.id == session.problem_id),
            None,
        )
        if problem is None:
            return "Sessions"
        done = sum(each.problem_id == problem.id for each in self.store.sessions)
        planned = f"{done} of {problem.planned_sessions} planned"
        counted = planned if problem.planned_sessions else f"session {done}"
        return f"{problem_title(problem)} · {counted}"

    def _show_selected(self) -> None:
        ids = self.editor.selection.ids
        current = self.editor.selection.current
        wants_words = current is not None and current == self._write_note_of
        self._write_note_of = None if wants_words else self._write_note_of
        mark = None if current is None else self.store.mark(current)
        session = self.editor.session
        self.map.show_selected(ids)
        self.mark_list.show_selected(ids)
        self.mark_editor.show_mark(mark, writable=self.editor.writable)
        if wants_words:
            self.mark_editor.note.setFocus()
        self.session_card.setVisible(mark is None and session is not None)
        if session is not None and mark is None:
            names = {each.id: each.name for each in self.store.practitioners}
            self.session_card.show_session(
                session,
                self._session_title(session),
                names.get(session.practitioner_id, ""),
                self.store.problems,
                writable=self.editor.writable,
            )

    def _show_tool(self, key: ToolKey) -> None:
        self.tools.show_tool(key)
        marking = not self.toolbox.active.pans
        self.map.setCursor(Qt.CursorShape.CrossCursor if marking else Qt.CursorShape.ArrowCursor)

    def _show_clock(self) -> None:
        self.header.show_clock(self.editor.session, self._clock())

    def _say_what_is_under(self, event: PointerEvent | None) -> None:
        self._pointer.setText(self._words_under(event))

    def _words_under(self, event: PointerEvent | None) -> str:
        if event is None or (event.anchor is None and event.hit is None):
            return ""
        mark = None if event.hit is None else self.store.mark(event.hit)
        if mark is not None:
            return f"{mark.number} {kind_title(mark.kind)} · {mark_line(mark)}"
        if event.anchor is None:
            return ""
        side = self.editor.atlas.side(event.anchor)
        return {"midline": "Mid-line"}.get(side, f"{word(side).capitalize()} side")

    # -- doing -----------------------------------------------------------------------------

    def _on_session_field(self, field: str, value: object) -> None:
        labels = {"note": "Write session note", "problem_id": "Choose problem"}
        label = labels.get(field, f"Record {field.replace('_', ' ')}")
        self.editor.change_session(label, **{field: value})

    def _on_escape(self) -> None:
        """Esc drops what is under way; else it lets go of the selection, then of the tool."""
        if self.toolbox.is_down:
            self.toolbox.cancel()
        elif self.editor.selection.ids:
            self.editor.selection.clear()
        else:
            self.toolbox.take(ToolKey.SELECT)
