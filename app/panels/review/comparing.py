"""What the map of the review page shows: the session at the slider, alone or beside, over or
against another one.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt

from app.canvas.compared_map import ComparedMap, LaidOver
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.records import TreatmentSession
from app.domain.words import counted_marks
from app.editing.session_editor import SessionEditor
from app.panels.beside import BesidePane
from app.panels.review.comparison_bar import ComparisonBar, Mode
from app.panels.review.words import figures_words, pain_words
from app.panels.texts import PlainLabel, day
from app.review.comparison import difference
from app.review.following import Followed
from app.review.standing_signs import SIGNS
from app.review.timeline import Timeline, before

NO_OTHER = "There is no other session to compare with."
SAME = "This is the session at the slider itself."
WAITING = "Looking for the same spots …"


class Comparing(QObject):
    """Puts marks onto the map in the mode that the bar says."""

    def __init__(
        self,
        editor: SessionEditor,
        body_map: ComparedMap,
        beside: BesidePane,
        found: Callable[[], Followed | None],
        marks_of: Callable[[TreatmentSession], Sequence[Mark]],
    ) -> None:
        """``found``: the sites, where they are known; ``marks_of``: what the filter lets through
        of a session.
        """
        super().__init__()
        self._editor = editor
        self._store = editor.store
        self._map = body_map
        self.beside = beside
        self._found = found
        self._marks_of = marks_of
        self._timeline = Timeline((), 0, 0)
        self.title = PlainLabel("", "strong")
        """Over the session at the slider while another one is beside it."""
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.title.setContentsMargins(14, 6, 0, 0)
        self.title.hide()
        self.bar = ComparisonBar()
        body_map.enlarged_changed.connect(beside.map.enlarge)
        body_map.aim_changed.connect(beside.map.take_aim)
        beside.map.enlarged_changed.connect(body_map.enlarge)
        beside.map.aim_changed.connect(body_map.take_aim)
        beside.closed.connect(lambda: self.bar.choose(Mode.SINGLE))
        beside.hide()

    def show_timeline(self, timeline: Timeline) -> None:
        """The sessions that there are to compare with."""
        self._timeline = timeline
        newest_first = [glance.session for glance in reversed(timeline.glances)]
        self.bar.show_sessions([(each.id, day(each.started_at)) for each in newest_first])

    def show(self, place: int, ghosts: Sequence[Mark]) -> None:
        """Shows the session at that place of the timeline."""
        session = self._timeline.glances[place].session
        other = self._other(place)
        mode = self.bar.chosen
        trouble = "" if other is not None else NO_OTHER
        if other is not None and other.id == session.id:
            trouble = SAME
        self.bar.say(trouble)
        self.bar.legend.setVisible(mode is Mode.DIFFERENCE and not trouble)
        self.title.setText(day(session.started_at))
        beside = mode is Mode.BESIDE and other is not None
        self._show_beside(other if beside else None)
        if mode is Mode.OVER and other is not None and not trouble:
            self._lay_over(session, other)
        elif mode is Mode.DIFFERENCE and other is not None and not trouble:
            self._show_difference(session, other)
        else:
            self._map.lay_over(())
            self._map.show_marks(self._editor.body, self._marks_of(session), ghosts)

    def show_nothing(self) -> None:
        self._show_beside(None)
        self._map.lay_over(())
        self._map.show_marks(self._editor.body, (), ())

    def _other(self, place: int) -> TreatmentSession | None:
        """The session that was chosen to compare with, else the one before, or after the first."""
        chosen = self.bar.other_id
        if chosen is not None:
            return self._store.session(chosen)
        earlier = before(self._timeline, place, 1)
        later = self._timeline.glances[place + 1 : place + 2]
        return next(iter((*earlier, *(glance.session for glance in later))), None)

    def _show_beside(self, other: TreatmentSession | None) -> None:
        beside = self.beside
        beside.setVisible(other is not None)
        self.title.setVisible(other is not None)
        if other is None:
            self._map.set_thumbnails(True)
            beside.session_id = None
            return
        place = self._timeline.place_of(other.id)
        assert place is not None
        glance = self._timeline.glances[place]
        summary = f"{figures_words(glance)} · {pain_words(glance)}"
        marks = self._marks_of(other)
        beside.show_signature(self._store, other)
        beside.show_session(other.id, day(other.started_at), summary, self._editor.body, marks)
        beside.map.enlarge(self._map.enlarged)
        self._map.set_thumbnails(False)
        above = beside.sizeHint().height() - beside.map.sizeHint().height()
        self.title.setFixedHeight(above)  # so that both maps are equally high

    def _lay_over(self, session: TreatmentSession, other: TreatmentSession) -> None:
        this, that = self.bar.opacities
        self._map.show_marks(self._editor.body, (), ())
        self._map.lay_over(
            [LaidOver(self._marks_of(other), that), LaidOver(self._marks_of(session), this)]
        )
        self.bar.say(f"{day(session.started_at)} at the left, {day(other.started_at)} at the right")

    def _show_difference(self, session: TreatmentSession, other: TreatmentSession) -> None:
        found = self._found()
        self._map.show_marks(self._editor.body, (), ())
        if found is None:
            self._map.lay_over(())
            self.bar.legend.setVisible(False)
            self.bar.say(WAITING)
            return
        earlier, later = sorted((session, other), key=lambda each: each.started_at)
        shown = {mark.id: mark for each in (earlier, later) for mark in self._marks_of(each)}
        compared = [
            each for each in difference(found.sites, earlier.id, later.id) if each.mark.id in shown
        ]
        self._map.lay_over(
            [
                LaidOver([each.mark for each in compared if each.standing is standing], sign=sign)
                for standing, sign in reversed(tuple(SIGNS.items()))  # a plus lies over a diamond
            ]
        )
        self.bar.legend.show_counts(Counter(each.standing for each in compared))
        self.bar.say(_left_out(shown, found, day(earlier.started_at)))


def _left_out(shown: dict[UUID, Mark], found: Followed, since: str) -> str:
    """Since when; and how many marks are not followed, as areas are not."""
    followed = {visit.mark.id for site in found.sites for visit in site.visits}
    count = sum(mark_id not in followed for mark_id in shown)
    words = f"since {since}"
    return f"{words}; {counted_marks(count)} not followed" if count else words
