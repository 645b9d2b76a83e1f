"""The review page: the patient's sessions along time, and the map of the one at the slider.

Nothing here changes a record of a session. What is read is read anew when the page is opened and
when a record changes.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.body.picture_style import PictureStyle
from app.canvas.compared_map import ComparedMap
from app.canvas.crosshair import Crosshair
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.needles import needles_in
from app.domain.own_pictures import is_picture_version
from app.domain.records import TreatmentSession
from app.domain.site_links import SiteLink
from app.domain.summaries import PatientFigures
from app.domain.words import kind_title, local_day, word
from app.editing.session_editor import SessionEditor
from app.editing.tools.tool import PointerEvent
from app.panels.beside import BesidePane
from app.panels.header import Header
from app.panels.own_zones import show_own_zones
from app.panels.review.comparing import Comparing
from app.panels.review.comparison_bar import Mode
from app.panels.review.filters import Options
from app.panels.review.left_column import ReviewColumn
from app.panels.review.lower_bar import ReviewBar
from app.panels.review.site_desk import SiteDesk
from app.panels.review.time_track import TrackRow
from app.panels.review.words import glance_words, left_out_words, problem_words
from app.panels.session_words import practitioner_name, problem_title, signed_words
from app.panels.texts import PlainLabel, day
from app.panels.theme import Theme
from app.panels.touch import least_target, when_restyled
from app.panels.view_bar import ViewBar
from app.panels.warnings import chart_warnings
from app.review.sites import Site
from app.review.timeline import Glance, Timeline, before, choices, timeline

GHOST_SESSIONS = 3
LEAST_MAP = 120
"""px: how low the map may be in a low window."""
ROOM_FOR_ONE_LINE = 1240
"""px of the page: with less, what stands above the map takes a line more."""
_TO_SLIDER = {
    int(Qt.Key.Key_Left), int(Qt.Key.Key_Right), int(Qt.Key.Key_Home), int(Qt.Key.Key_End),
}  # fmt: skip
NO_SESSION = "This patient has no session yet."
NONE_SHOWN = "No session is among what is shown. “Show everything” brings them back."
NOTHING = PatientFigures((), ())


class ReviewPage(QWidget):
    """Looks back over the sessions of the open chart."""

    back_asked = Signal()
    desk_asked = Signal(object)
    """A session is to be put on the desk, by its id."""
    beside_asked = Signal(object)
    """A session is to be opened beside the desk's, by its id."""

    def __init__(
        self, editor: SessionEditor, sites: SiteDesk, theme: Theme, clock: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.sites = sites
        self._editor = editor
        self._store = editor.store
        self._clock = clock
        self._known = NOTHING
        self._folded = False
        self._look = theme.map_look
        self.timeline = Timeline((), 0, 0)
        self.header = Header()
        self.header.show_only_patient()
        self.left = ReviewColumn()
        self.map = ComparedMap(editor.atlas, theme.map_look)
        self.map.setAccessibleName("Body map of the session at the slider")
        self.view_bar = ViewBar(editor.atlas, self.map, read_only=True)
        self.comparing = Comparing(
            editor,
            self.map,
            BesidePane(editor.atlas, theme.map_look),
            lambda: sites.follower.found,
            self._marks,
        )
        self.empty = PlainLabel("", "faint")
        self.bar = ReviewBar()
        self.track = self.bar.track
        self._build()
        self._connect()

    # -- opening ---------------------------------------------------------------------------

    def open(self) -> None:
        """Shows the open chart, with the slider at the newest session.

        Raises StorageError where it cannot be read.
        """
        self._read()
        self._offer()
        self._show(None)
        self.map.show_where_marks_are()
        self.track.setFocus()
        self.sites.open()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing goes on while the page is not seen."""
        super().hideEvent(event)
        self.bar.player.stop()

    @property
    def session(self) -> TreatmentSession | None:
        """The session at the slider."""
        glance = self.glance
        return None if glance is None else glance.session

    @property
    def glance(self) -> Glance | None:
        glances = self.timeline.glances
        return glances[self.track.value()] if glances else None

    def set_look(self, theme: Theme, style: PictureStyle) -> None:
        self._look = replace(theme.map_look, style=style)
        self._show_look()

    def set_style(self, style: PictureStyle) -> None:
        self._look = replace(self._look, style=style)
        self._show_look()

    def _show_look(self) -> None:
        for body_map in (self.map, self.comparing.beside.map):
            body_map.set_look(self._look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """In a narrow window two maps have the room of the sites too."""
        narrow = self.width() < ROOM_FOR_ONE_LINE
        way = QBoxLayout.Direction
        self._head.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self.comparing.bar.set_narrow(narrow)
        two = self.comparing.bar.chosen is Mode.BESIDE
        self.left.setVisible(not self._folded)
        self.sites.panel.setVisible(not self._folded and not (narrow and two))

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right lead through time wherever nothing else takes them; Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        elif not self._step(event):
            super().keyPressEvent(event)

    def _step(self, event: QKeyEvent) -> bool:
        if event.key() not in _TO_SLIDER or event.modifiers() & ~_KEYPAD:
            return False
        self.track.keyPressEvent(event)
        return True

    # -- showing ---------------------------------------------------------------------------

    def _read(self) -> None:
        patient = self._store.patient
        self._known = NOTHING
        if patient is not None:
            self._known = self._store.repository.figures(patient.id)

    def _offer(self) -> None:
        store, catalogue = self._store, self._editor.atlas.catalogue
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

    def _show(self, wanted: UUID | None) -> None:
        """Shows all anew, with the slider at the session ``wanted``, or at the newest."""
        store = self._store
        patient = store.patient
        if patient is None:
            return
        self.timeline = timeline(store.sessions, self._known, self.left.filters.filter)
        place = self.timeline.place_of(wanted)
        last = max(len(self.timeline.glances) - 1, 0)
        problems = {each.id: each for each in store.problems}
        rows = []
        for glance in self.timeline.glances:
            about = problem_words(problems, glance.session.problem_id)
            on = day(glance.session.started_at)
            rows.append(TrackRow(glance, on, about, glance_words(glance, about)))
        self.comparing.show_timeline(self.timeline)
        self.bar.setVisible(bool(store.sessions))
        self.bar.show_rows(rows, last if place is None else place)
        self.left.filters.show_left_out(left_out_words(self.timeline))
        today = local_day(self._clock())
        self.header.show_patient(patient, chart_warnings(self._editor), today)
        self.header.show_needles(needles_in(self._editor.marks), folded=True)
        self._show_pictures()
        show_own_zones(self._editor, self.map, self.comparing.beside.map)
        self._show_session()

    def _show_session(self) -> None:
        """What a step of the slider changes: the map and the facts, and no more."""
        glance = self.glance
        session = self.session
        self.sites.show_session(session, self.left.filters.filter)
        self.empty.setVisible(session is None)
        if session is None:
            self.empty.setText(NONE_SHOWN if self._store.sessions else NO_SESSION)
            self.comparing.show_nothing()
            self.left.facts.show_glance(None, day="", problem="", who="", signed="")
            return
        self.comparing.show(self.track.value(), self._all_ghosts())
        row = self.track.rows[self.track.value()]
        self.left.facts.show_glance(
            glance,
            day=row.day,
            problem=row.problem,
            who=practitioner_name(self._store, session),
            signed=signed_words(self._store, session),
        )

    def _marks(self, session: TreatmentSession) -> list[Mark]:
        wanted = self.left.filters.filter
        return [mark for mark in self._store.marks(session.id) if wanted.takes_mark(mark)]

    def _ghosts(self) -> list[Mark]:
        if not self.left.ghosts.isChecked():
            return []
        earlier = before(self.timeline, self.track.value(), GHOST_SESSIONS)
        return [mark for session in earlier for mark in self._marks(session)]

    def _all_ghosts(self) -> list[Mark]:
        """Those of the sessions before, and the other visits of the site that is lit up."""
        ghosts, session = self._ghosts(), self.session
        shown = {mark.id for mark in ghosts}
        site = self.sites.site
        visits = () if site is None else site.visits
        others = [visit.mark for visit in visits if visit.mark.id not in shown]
        return [*ghosts, *(m for m in others if session and m.session_id != session.id)]

    def _light_up(self, site: Site | None) -> None:
        """The marks of a site: those of this session ringed, the others as outlines."""
        marks = () if site is None else tuple(visit.mark for visit in site.visits)
        self.map.show_selected(mark.id for mark in marks)
        self._show_map()
        if marks and self._editor.atlas.has_place_of(marks[-1]):
            self.map.bring_into_sight((marks[-1].anchor,))

    def _show_map(self) -> None:
        if self.session is not None:
            self.comparing.show(self.track.value(), self._all_ghosts())

    def _choose_site(self, pointer: PointerEvent) -> None:
        self.sites.choose_mark(pointer.hit or pointer.ghost)

    def _go_to(self, session_id: UUID) -> None:
        place = self.timeline.place_of(session_id)
        if place is not None:
            self.track.setValue(place)

    def _show_pictures(self) -> None:
        """The own pictures that any session at all may have marks on."""
        session = self.session
        marks = [] if session is None else self._store.marks(session.id)
        on_pictures = [m.body_version for m in marks if is_picture_version(m.body_version)]
        self.view_bar.show_pictures(
            [(each, on_pictures.count(each.version)) for each in self._store.pictures]
        )

    def _on_filter(self) -> None:
        session = self.session
        self._show(None if session is None else session.id)

    def _on_changed(self, change: Change | None) -> None:
        """A record changed: what is seen is shown anew; else it will be when it is opened."""
        if change is None or touches_sites(change):
            self.sites.forget()
        if self._store.patient is not None and self.isVisible():
            session = self.session
            self._read()
            self._show(None if session is None else session.id)
            self.sites.open()

    def _build(self) -> None:
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._maps = QHBoxLayout()
        self._maps.setContentsMargins(0, 0, 0, 0)
        self._maps.setSpacing(1)
        this = QVBoxLayout()
        this.setSpacing(0)
        this.addWidget(self.comparing.title)
        this.addWidget(self.map, 1)
        self._maps.addLayout(this, 1)
        self._maps.addWidget(self.comparing.beside, 1)
        above = QVBoxLayout(ground)
        above.setContentsMargins(8, 0, 0, 0)
        above.setSpacing(0)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(0, 4, 12, 0)
        self._head.addWidget(self.view_bar, 1)
        self._head.addWidget(self.comparing.bar.mode)
        above.addLayout(self._head)
        above.addWidget(self.comparing.bar.below)
        self.empty.setContentsMargins(12, 8, 12, 8)
        self.empty.setWordWrap(True)
        above.addWidget(self.empty)
        above.addLayout(self._maps, 1)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addWidget(ground, 1)
        centre.addWidget(self.bar)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._body.addWidget(self.left)
        self._body.addLayout(centre, 1)
        self._body.addWidget(self.sites.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._body, 1)

    def _connect(self) -> None:
        self._store.changed.connect(self._on_changed)
        self.track.valueChanged.connect(self._show_session)
        self.left.filters.changed.connect(self._on_filter)
        self.left.ghosts.toggled.connect(self._show_session)
        self.left.back.clicked.connect(self.back_asked)
        self.left.facts.desk_asked.connect(self.desk_asked)
        self.left.facts.beside_asked.connect(self.beside_asked)
        self.map.escaped.connect(self.back_asked)
        self.map.pressed.connect(self._choose_site)
        self.sites.lit.connect(self._light_up)
        self.comparing.bar.changed.connect(self._arrange)
        self.comparing.bar.changed.connect(self._show_map)
        self.comparing.beside.desk_asked.connect(self.desk_asked)
        self.comparing.beside.map.escaped.connect(self.back_asked)
        self.sites.session_asked.connect(self._go_to)
        moves = Crosshair(self.map).on_key
        self.map.key_pointer_leads = lambda: True  # also while a mark is lit up
        self.map.key_pointer = lambda event: self._step(event) or moves(event)
        when_restyled(self, self._measure)

    def toggle_panels(self) -> None:
        """Folds both side columns away, or brings them back."""
        self._folded = not self._folded
        self._arrange()

    def _measure(self) -> None:
        for body_map in (self.map, self.comparing.beside.map):
            body_map.finger_reach = least_target() / 2
            body_map.setMinimumHeight(LEAST_MAP)  # rather than that words are cut


def touches_sites(change: Change) -> bool:
    """Whether other sites may come of it."""
    records = (edit.record for edit in change.edits.values())
    return any(isinstance(each, Mark | SiteLink | TreatmentSession) for each in records)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
