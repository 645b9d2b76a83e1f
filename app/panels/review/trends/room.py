"""The room of trends: figures over time, and two sessions in figures.

Sessions are read in the background; a filter is then let through in a moment. Nothing here says
why a figure changed.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.body.picture_style import PictureStyle
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.marks import Soreness
from app.domain.summaries import SessionRecords
from app.domain.words import local_day, local_time
from app.panels.deeds import ZOOM_STEP
from app.panels.fields import Segments
from app.panels.review.room import Around, LookedAt, Room
from app.panels.review.trends.choice_panel import ChoicePanel
from app.panels.review.trends.comparison import TWICE_THE_SAME, TWO_NEEDED, WAITING, ComparisonPanel
from app.panels.review.trends.look import PlotLook
from app.panels.review.trends.plot_column import PlotColumn
from app.panels.review.trends.plot_saving import PlotSaving
from app.panels.review.trends.reading import Records, RecordsReader
from app.panels.texts import PlainLabel, day
from app.panels.theme import Theme
from app.review.extent import Extent, extent_of
from app.review.first_and_last import OneSkin, Row, compared, measured
from app.review.mark_trends import place_words
from app.review.marked_skin import marked_samples
from app.review.series import scores_of_problem
from app.review.timeline import ReviewFilter
from app.review.trend import Trend
from app.review.trends import trends

if TYPE_CHECKING:
    from app.body.skin_pieces import SkinGraph

OVER_TIME, TWO_SESSIONS = "over time", "two sessions"
MODE_WIDTH = 280
READING = "Reading the sessions …"
NOT_READ = "The sessions could not be read."
NO_SESSION = "This patient has no session yet."
NONE_SHOWN = "No session is among what is shown. “Show everything” brings them back."
NO_FIGURE = (
    "Nothing was recorded in these sessions that can be drawn over time: no pain, no score, no "
    "needle, twitch, threshold or soreness."
)
NOT_RECKONED = "These figures could not be reckoned."
ALL_UNTICKED = "Tick at the right what is to be drawn."
OF_ALL = "Pain is of whole sessions and scores are of a problem: other filters leave them be."


class TrendsRoom(Room):
    """Reads when it is first seen, and again when a record has changed."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around
        self._store = around.editor.store
        self._atlas = around.editor.atlas
        self._graph: SkinGraph | None = None
        self._looked_at: LookedAt | None = None
        self._visits: tuple[SessionRecords, ...] = ()
        """The sessions that the filter lets through, with the marks that it lets through."""
        self._asked: tuple[object, ...] | None = None
        """What the table of two sessions was last reckoned for."""
        self.reader = RecordsReader(self._atlas, self._store.repository)
        self.mode = Segments(
            "Trends", [(OVER_TIME, "Over time"), (TWO_SESSIONS, "First and last")], optional=False
        )
        self.mode.show_value(OVER_TIME)
        self.mode.setFixedWidth(MODE_WIDTH)
        self.at = PlainLabel("", "strong")
        """The day at the crosshair."""
        self.word = PlainLabel("", "faint")
        self.note = PlainLabel(OF_ALL, "small")
        self.column = PlotColumn(PlotLook.of(around.theme))
        self.panel = ChoicePanel()
        self.saving = PlotSaving(around.settings, around.notifier, self)
        self.comparison = ComparisonPanel(around.settings.values.same_drawing)
        self._folded = False
        self._build()
        self._connect()

    def _build(self) -> None:
        for label in (self.word, self.note):
            label.setWordWrap(True)
            label.setContentsMargins(16, 0, 16, 6)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 6)
        head.addWidget(self.mode)
        head.addStretch()
        head.addWidget(self.at)
        over_time = QWidget()
        drawn = QVBoxLayout(over_time)
        drawn.setContentsMargins(0, 0, 0, 0)
        drawn.setSpacing(0)
        drawn.addWidget(self.word)
        drawn.addWidget(self.note)
        drawn.addWidget(self.column, 1)
        drawn.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(over_time)
        self._stack.addWidget(self.comparison)
        ground = QWidget()
        ground.setObjectName("right")  # a panel's ground, which the plots have too
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        centre = QVBoxLayout(ground)
        centre.setContentsMargins(0, 0, 0, 0)
        centre.setSpacing(0)
        centre.addLayout(head)
        centre.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(ground, 1)
        row.addWidget(self.panel)

    def _connect(self) -> None:
        self.reader.changed.connect(self._show)
        self.reader.failed.connect(self._fail)
        self.mode.chosen.connect(self._change_mode)
        self.panel.changed.connect(self._draw)
        self.panel.save.clicked.connect(self._save)
        self.column.day_changed.connect(self._show_day)
        self.comparison.wanted.connect(self._compare)
        self.comparison.threshold.activated.connect(
            lambda: self._around.settings.change(same_drawing=self.comparison.same_drawing)
        )
        self.comparison.map_asked.connect(self._ask_for_map)

    # -- as a room -------------------------------------------------------------------------

    def open(self, looked_at: LookedAt) -> None:
        """A chart that was not shown before may be another patient's."""
        self.reader.forget()
        self.panel.forget()
        self.column.at = None
        self.show_sessions(looked_at)

    def show_sessions(self, looked_at: LookedAt) -> None:
        self._looked_at = looked_at
        self._asked = None
        patient = self._store.patient
        if self.reader.found is None and patient is not None:
            self.reader.read(patient.id)
        self._show()

    def heed(self, change: Change | None) -> None:
        self.reader.forget()

    def take_focus(self) -> None:
        if self.mode.value == OVER_TIME:
            self.column.setFocus()
        else:
            self.comparison.table.setFocus()

    def take_key(self, event: QKeyEvent) -> bool:
        return self.mode.value == OVER_TIME and self.column.take_key(event)

    def fold(self, folded: bool) -> None:
        self._folded = folded
        self._arrange()

    def set_look(self, theme: Theme, _style: PictureStyle) -> None:
        self.column.set_look(PlotLook.of(theme))

    def deeds(self) -> dict[str, Callable[[], object]]:
        return {
            "view.in": lambda: self.column.zoom(1 / ZOOM_STEP),
            "view.out": lambda: self.column.zoom(ZOOM_STEP),
            "view.fit": self.column.show_all,
        }

    def close_room(self) -> None:
        self.reader.close()

    # -- showing ---------------------------------------------------------------------------

    def _arrange(self) -> None:
        over_time = self.mode.value == OVER_TIME
        self._stack.setCurrentIndex(0 if over_time else 1)
        self.panel.setVisible(over_time and not self._folded)
        self.at.setVisible(over_time)

    def _change_mode(self) -> None:
        self._arrange()
        self._compare()
        self.take_focus()

    def _show(self) -> None:
        """Shows what was read, as far as the filter lets it through."""
        found, looked_at = self.reader.found, self._looked_at
        if found is None or looked_at is None:
            self._visits = ()
            self.panel.show_trends(())
            self._draw()
            self._compare()
            return
        shown = {glance.session.id for glance in looked_at.timeline.glances}
        wanted = looked_at.filter
        self._visits = tuple(
            replace(each, marks=tuple(filter(wanted.takes_mark, each.marks)))
            for each in found.visits
            if each.session.id in shown
        )
        self.panel.show_trends(self._trends(found, wanted))
        self._draw()
        self.comparison.show_sessions(_named(self._visits))
        self._compare()

    def _trends(self, found: Records, wanted: ReviewFilter) -> list[Trend]:
        scores = scores_of_problem(
            found.scores, wanted.problem_id, is_only_problem=len(self._store.problems) == 1
        )
        marks = {mark.id: mark for each in self._visits for mark in each.marks}
        name = self._atlas.catalogue.name
        titles = {each.id: each.title for each in self._store.problems}
        return trends(self._visits, scores, self._extents(found), marks, name, titles)

    def _extents(self, found: Records) -> dict[UUID, Extent]:
        """How much skin the sore areas of each session cover, of the sessions with any."""
        patient = self._store.patient
        if patient is None or not found.samples:
            return {}
        area = self._atlas.skin.area_mm2(patient.body)
        sore = {
            each.session.id: [m for m in each.marks if isinstance(m.details, Soreness)]
            for each in self._visits
        }
        covered = {each: marked_samples(marks, found.covered) for each, marks in sore.items()}
        return {each: extent_of(samples, area) for each, samples in covered.items() if len(samples)}

    def _draw(self) -> None:
        shown = self.panel.shown
        self.column.show_trends(shown)
        self.column.setVisible(bool(shown))
        words = self._why_nothing() if not shown else ""
        self.word.setText(words)
        self.word.setVisible(bool(words))
        wanted = self._looked_at.filter if self._looked_at is not None else ReviewFilter()
        self.note.setVisible(bool(shown) and wanted != ReviewFilter(problem_id=wanted.problem_id))
        self._show_day()

    def _why_nothing(self) -> str:
        if not self._store.sessions:
            return NO_SESSION
        if self.reader.found is None:
            return READING if self.reader.is_under_way else NOT_READ
        if not self._visits:
            return NONE_SHOWN
        return ALL_UNTICKED if self.panel.ticks else NO_FIGURE

    def _show_day(self) -> None:
        at, days = self.column.at, self.column.days
        self.at.setText("" if at is None else f"{day(at)} · {days.index(at) + 1} of {len(days)}")

    def _fail(self, error: Exception) -> None:
        self._around.notifier.trouble(error)
        self._draw()
        self._compare()

    def _save(self) -> None:
        self.saving.ask(self.panel.shown)

    # -- two sessions ----------------------------------------------------------------------

    def _compare(self) -> None:
        """Reckons the two sessions that are chosen, when they are looked at."""
        if self.mode.value != TWO_SESSIONS:
            return
        ids, panel = self.comparison.ids, self.comparison
        found, patient = self.reader.found, self._store.patient
        if found is None or patient is None or not self._visits or ids is None:
            self._asked = None
            one_is_left = TWO_NEEDED if len(self._visits) == 1 else TWICE_THE_SAME
            panel.show_word(one_is_left if self._visits else self._why_nothing())
            return
        asked = (*ids, panel.same_drawing, self._visits)
        if asked == self._asked:
            return
        self._asked = asked
        if not panel.model.rows:
            panel.show_word(WAITING)
        by_id = {each.session.id: each for each in self._visits}
        work = self._reckoning(found, [by_id[each] for each in ids], panel.same_drawing)
        days = (day(by_id[ids[0]].session.started_at), day(by_id[ids[1]].session.started_at))

        def show(rows: list[Row]) -> None:
            if self._asked == asked:  # else another answer is on its way
                panel.show_rows(rows, days)

        def fail(error: Exception) -> None:
            if self._asked == asked:
                self._asked = None
                panel.show_word(NOT_RECKONED)
            self._around.notifier.trouble(error)

        self.reader.work(work, show, fail)

    def _reckoning(
        self, found: Records, pair: list[SessionRecords], same_drawing: float
    ) -> Callable[[], list[Row]]:
        atlas, body = self._atlas, pair[0].patient.body
        is_only_problem = len(self._store.problems) == 1

        def work() -> list[Row]:
            from app.body.skin_pieces import SkinGraph

            if self._graph is None:
                self._graph = SkinGraph(atlas.skin)
            skin = OneSkin(atlas.skin, self._graph, body)
            before, after = (
                measured(each.session, each.marks, found.covered, skin) for each in pair
            )
            name = atlas.catalogue.name
            return compared(
                before, after, skin, lambda at: place_words(at, name), same_drawing,
                is_only_problem=is_only_problem,
            )  # fmt: skip

        return work

    def _ask_for_map(self) -> None:
        ids = self.comparison.ids
        if ids is not None:
            self.difference_asked.emit(*ids)


def _named(visits: Sequence[SessionRecords]) -> list[tuple[UUID, str]]:
    """Each session by its day, and by its time too where a day has several."""
    often = Counter(local_day(each.session.started_at) for each in visits)
    return [
        (
            each.session.id,
            f"{day(began)}, {local_time(began)}" if often[local_day(began)] > 1 else day(began),
        )
        for each in visits
        for began in [each.session.started_at]
    ]
