"""The room of the sessions: all of them along time, and the map of the one at the slider."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.body.picture_style import PictureStyle
from app.canvas.compared_map import ComparedMap
from app.canvas.crosshair import Crosshair
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.own_pictures import is_picture_version
from app.domain.records import TreatmentSession
from app.domain.site_links import SiteLink
from app.editing.tools.tool import PointerEvent
from app.panels.beside import BesidePane
from app.panels.own_zones import show_own_zones
from app.panels.review.comparing import Comparing
from app.panels.review.comparison_bar import Mode
from app.panels.review.lower_bar import ReviewBar
from app.panels.review.map_deeds import map_deeds
from app.panels.review.room import Around, LookedAt, Room
from app.panels.review.session_facts import SessionFacts
from app.panels.review.site_desk import SiteDesk
from app.panels.review.time_track import TrackRow
from app.panels.review.words import NO_SESSION, NONE_SHOWN, glance_words, problem_words
from app.panels.session_words import practitioner_name, signed_words
from app.panels.texts import PlainLabel, day
from app.panels.theme import Theme
from app.panels.touch import least_target, when_restyled
from app.panels.view_bar import ViewBar
from app.review.sites import Site
from app.review.timeline import EVERYTHING, Glance, Timeline, before

GHOST_SESSIONS = 3
LEAST_MAP = 120
"""px: how low the map may be in a low window."""
ROOM_FOR_ONE_LINE = 992
"""px of the room: with less, what stands above the map takes a line more."""
_TO_SLIDER = {
    int(Qt.Key.Key_Left), int(Qt.Key.Key_Right), int(Qt.Key.Key_Home), int(Qt.Key.Key_End),
}  # fmt: skip


class SessionsRoom(Room):
    """One session at a time, or two of them compared; and the spots that were marked again."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around
        editor = self._editor = around.editor
        self._store = editor.store
        self._folded = False
        self._look = replace(around.theme.map_look, style=around.style)
        self._wanted = EVERYTHING
        self.timeline = Timeline((), 0, 0)
        self.sites = SiteDesk(editor, around.practice, around.settings, around.notifier)
        self.map = ComparedMap(editor.atlas, self._look)
        self.map.setAccessibleName("Body map of the session at the slider")
        self.view_bar = ViewBar(editor.atlas, self.map, read_only=True)
        self.comparing = Comparing(
            editor,
            self.map,
            BesidePane(editor.atlas, self._look),
            lambda: self.sites.follower.found,
            self._marks,
        )
        self.facts = SessionFacts()
        self.empty = PlainLabel("", "faint")
        self.bar = ReviewBar()
        self.track = self.bar.track
        self._build()
        self._connect()

    # -- as a room -------------------------------------------------------------------------

    @property
    def aside(self) -> QWidget:
        return self.facts

    def open(self, looked_at: LookedAt) -> None:
        """Shows the sessions with the slider at the newest, and where its marks are."""
        self._show(looked_at, None)
        self.map.show_where_marks_are()
        self.sites.open()

    def show_sessions(self, looked_at: LookedAt) -> None:
        session = self.session
        self._show(looked_at, None if session is None else session.id)
        self.sites.open()

    def heed(self, change: Change | None) -> None:
        if change is None or touches_sites(change):
            self.sites.forget()

    def take_focus(self) -> None:
        self.track.setFocus()

    def take_key(self, event: QKeyEvent) -> bool:
        """Left and Right lead through time wherever nothing else takes them; Space plays."""
        if event.modifiers() & ~_KEYPAD:
            return False
        if event.key() == Qt.Key.Key_Space:
            self.bar.player.play()  # which any key stops
            return True
        if event.key() not in _TO_SLIDER:
            return False
        self.track.keyPressEvent(event)
        return True

    def fold(self, folded: bool) -> None:
        self._folded = folded
        self._arrange()

    def set_look(self, theme: Theme, style: PictureStyle) -> None:
        self._look = replace(theme.map_look, style=style)
        for body_map in (self.map, self.comparing.beside.map):
            body_map.set_look(self._look)

    def deeds(self) -> dict[str, Callable[[], object]]:
        return map_deeds(self.map, self._around.toggle_lines)

    def close_room(self) -> None:
        self.sites.follower.close()

    # -- arranging -------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing goes on while the room is not seen."""
        super().hideEvent(event)
        self.bar.player.stop()

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
        self.sites.panel.setVisible(not self._folded and not (narrow and two))

    # -- showing ---------------------------------------------------------------------------

    @property
    def session(self) -> TreatmentSession | None:
        """The session at the slider."""
        glance = self.glance
        return None if glance is None else glance.session

    @property
    def glance(self) -> Glance | None:
        glances = self.timeline.glances
        return glances[self.track.value()] if glances else None

    def _show(self, looked_at: LookedAt, wanted: UUID | None) -> None:
        """Shows all anew, with the slider at the session ``wanted``, or at the newest."""
        store = self._store
        self.timeline, self._wanted = looked_at.timeline, looked_at.filter
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
        self._show_pictures()
        show_own_zones(self._editor, self.map, self.comparing.beside.map)
        self._show_session()

    def _show_session(self) -> None:
        """What a step of the slider changes: the map and the facts, and no more."""
        glance = self.glance
        session = self.session
        self.sites.show_session(session, self._wanted)
        self.empty.setVisible(session is None)
        if session is None:
            self.empty.setText(NONE_SHOWN if self._store.sessions else NO_SESSION)
            self.comparing.show_nothing()
            self.facts.show_glance(None, day="", problem="", who="", signed="")
            return
        self.comparing.show(self.track.value(), self._all_ghosts())
        row = self.track.rows[self.track.value()]
        self.facts.show_glance(
            glance,
            day=row.day,
            problem=row.problem,
            who=practitioner_name(self._store, session),
            signed=signed_words(self._store, session),
        )

    def _marks(self, session: TreatmentSession) -> list[Mark]:
        wanted = self._wanted
        return [mark for mark in self._store.marks(session.id) if wanted.takes_mark(mark)]

    def _ghosts(self) -> list[Mark]:
        if not self.facts.ghosts.isChecked():
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

    def show_difference(self, earlier: UUID, later: UUID) -> None:
        """What came new, again or not again from one session to another."""
        self._go_to(later)
        self.comparing.bar.choose_other(earlier)
        self.comparing.bar.choose(Mode.DIFFERENCE)

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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(centre, 1)
        row.addWidget(self.sites.panel)

    def _connect(self) -> None:
        self.track.valueChanged.connect(self._show_session)
        self.facts.ghosts.toggled.connect(self._show_session)
        self.facts.desk_asked.connect(self.desk_asked)
        self.facts.beside_asked.connect(self.beside_asked)
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
        self.map.key_pointer = lambda event: self.take_key(event) or moves(event)
        when_restyled(self, self._measure)

    def _measure(self) -> None:
        for body_map in (self.map, self.comparing.beside.map):
            body_map.finger_reach = least_target() / 2
            body_map.setMinimumHeight(LEAST_MAP)  # rather than that words are cut


def touches_sites(change: Change) -> bool:
    """Whether other sites may come of it."""
    records = (edit.record for edit in change.edits.values())
    return any(isinstance(each, Mark | SiteLink | TreatmentSession) for each in records)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
