"""The review page: the sessions of the open chart that the filters let through, and the rooms in
which they are looked back on.

Nothing here changes a record of a session. What is read is read anew when the page is opened and
when a record changes.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.body.picture_style import PictureStyle
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.needles import needles_in
from app.domain.summaries import PatientFigures
from app.domain.words import kind_title, local_day, word
from app.panels.header import Header
from app.panels.review.filters import Options
from app.panels.review.left_column import ReviewColumn
from app.panels.review.room import Around, LookedAt, Room
from app.panels.review.rooms import ROOMS, RoomKind
from app.panels.review.words import left_out_words
from app.panels.session_words import problem_title
from app.panels.theme import Theme
from app.panels.warnings import chart_warnings
from app.review.timeline import choices, timeline

NOTHING = PatientFigures((), ())


class ReviewPage(QWidget):
    """Looks back over the sessions of the open chart, in one room at a time."""

    back_asked = Signal()
    desk_asked = Signal(object)
    """A session is to be put on the desk, by its id."""
    beside_asked = Signal(object)
    """A session is to be opened beside the desk's, by its id."""
    room_changed = Signal()
    """Another room is in sight, and other actions make sense."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around
        self._store = around.editor.store
        self._known = NOTHING
        self._rooms: dict[str, Room] = {}
        self._chosen = ROOMS[0]
        self._opened: set[str] = set()
        """The rooms that have shown this chart since the page was opened."""
        self._stale: set[str] = set()
        """Those of them that have something to show anew."""
        self._folded = False
        self.header = Header()
        self.header.show_only_patient()
        self.left = ReviewColumn([(kind, kind.name) for kind in ROOMS])
        self._middle = QStackedWidget()
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.left)
        body.addWidget(self._middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)
        self._store.changed.connect(self._on_changed)
        self.left.filters.changed.connect(self._show)
        self.left.back.clicked.connect(self.back_asked)
        self.left.rooms.chosen.connect(self._enter)

    # -- opening ---------------------------------------------------------------------------

    def open(self) -> None:
        """Shows the open chart in the room that was looked at last.

        Raises StorageError where it cannot be read.
        """
        self._opened.clear()
        self._read()
        self._offer()
        self._show()

    def take_focus(self) -> None:
        self.room.take_focus()

    def close_rooms(self) -> None:
        """Nothing may ask the practice once it is closed."""
        for room in self._rooms.values():
            room.close_room()

    # -- rooms -----------------------------------------------------------------------------

    @property
    def room(self) -> Room:
        """The room that is in sight."""
        if self._chosen.id not in self._rooms:
            self._rooms[self._chosen.id] = self._make(self._chosen)
        return self._rooms[self._chosen.id]

    @property
    def looked_at(self) -> LookedAt:
        wanted = self.left.filters.filter
        return LookedAt(timeline(self._store.sessions, self._known, wanted), wanted, self._known)

    def enter(self, room_id: str) -> None:
        """Shows another room, by its id. KeyError where there is none."""
        self._enter({kind.id: kind for kind in ROOMS}[room_id])

    def step_rooms(self, by: int) -> None:
        """The next room, or with -1 the one before, and round."""
        self._enter(ROOMS[(ROOMS.index(self._chosen) + by) % len(ROOMS)])
        self.take_focus()

    def toggle_panels(self) -> None:
        """Folds both side columns away, or brings them back."""
        self._folded = not self._folded
        self.left.setVisible(not self._folded)
        for room in self._rooms.values():
            room.fold(self._folded)

    def set_look(self, theme: Theme, style: PictureStyle) -> None:
        self._around = replace(self._around, theme=theme, style=style)
        for room in self._rooms.values():
            room.set_look(theme, style)

    def set_style(self, style: PictureStyle) -> None:
        self.set_look(self._around.theme, style)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What actions do while the page is in sight, by their id."""
        rooms: dict[str, Callable[[], object]] = {
            "review.next": lambda: self.step_rooms(1),
            "review.previous": lambda: self.step_rooms(-1),
        }
        return self.room.deeds() | {"view.panels": self.toggle_panels} | rooms

    def _make(self, kind: RoomKind) -> Room:
        room = kind.make(self._around)
        room.fold(self._folded)
        room.back_asked.connect(self.back_asked)
        room.desk_asked.connect(self.desk_asked)
        room.beside_asked.connect(self.beside_asked)
        room.difference_asked.connect(self._show_difference)
        self._middle.addWidget(room)
        return room

    def _show_difference(self, earlier: UUID, later: UUID) -> None:
        from app.panels.review.sessions_room import SessionsRoom

        self.enter("sessions")
        room = self.room
        assert isinstance(room, SessionsRoom)
        room.show_difference(earlier, later)
        room.take_focus()

    def _enter(self, kind: RoomKind) -> None:
        self._chosen = kind
        self._show_room()
        self.room_changed.emit()

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back; all else that nothing has taken is offered to the room."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        elif not self.room.take_key(event):
            super().keyPressEvent(event)

    # -- showing ---------------------------------------------------------------------------

    def _read(self) -> None:
        patient = self._store.patient
        self._known = NOTHING
        if patient is not None:
            self._known = self._store.repository.figures(patient.id)

    def _offer(self) -> None:
        store, catalogue = self._store, self._around.editor.atlas.catalogue
        found = choices(store.sessions, self._known, catalogue.name)
        options: Options = {
            "problem_id": [
                (each.id, problem_title(each))
                for each in store.problems
                if each.id in found.problem_ids
            ],
            "practitioner_id": [
                (each.id, each.name)
                for each in store.practitioners
                if each.id in found.practitioner_ids
            ],
            "kind": [(kind, kind_title(kind)) for kind in found.kinds],
            "muscle": [(muscle, catalogue.name(muscle)) for muscle in found.muscles],
            "side": [(side, word(side).capitalize()) for side in found.sides],
        }
        self.left.filters.show_options(options)

    def _show(self) -> None:
        """Shows all anew: now in the room that is in sight, in the others when they are."""
        patient = self._store.patient
        if patient is None:
            return
        today = local_day(self._around.clock())
        self.header.show_patient(patient, chart_warnings(self._around.editor), today)
        self.header.show_needles(needles_in(self._around.editor.marks), folded=True)
        self.left.filters.show_left_out(left_out_words(self.looked_at.timeline))
        self._stale = set(self._opened)
        self._show_room()

    def _show_room(self) -> None:
        room, name = self.room, self._chosen.id
        self.left.show_room(self._chosen, room.aside)
        self._middle.setCurrentWidget(room)
        if name not in self._opened:
            room.open(self.looked_at)
        elif name in self._stale:
            room.show_sessions(self.looked_at)
        self._opened.add(name)
        self._stale.discard(name)

    def _on_changed(self, change: Change | None) -> None:
        """A record changed: what is seen is shown anew; else it will be when it is opened."""
        for room in self._rooms.values():
            room.heed(change)
        if self._store.patient is not None and self.isVisible():
            self._read()
            self._show()
