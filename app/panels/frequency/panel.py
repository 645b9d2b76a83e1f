"""A map of "how often", with its legend, figures and table. It needs no open chart."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.body.anatomy import MuscleHere
from app.body.atlas import Atlas
from app.body.picture_style import PictureStyle
from app.canvas.coated_map import CoatedMap
from app.canvas.crosshair import Crosshair
from app.canvas.shown_anatomy import NOTHING_SHOWN, SIDES, ShownAnatomy
from app.domain.anatomy import Body, Side
from app.domain.own_pictures import lies_on_picture
from app.editing.tools.tool import PointerEvent
from app.painting.skin_heat import SkinHeat
from app.panels.frequency.column import FrequencyColumn
from app.panels.frequency.saving import FrequencySaving
from app.panels.frequency.sources import FrequencySource
from app.panels.frequency.words import NOTHING, spot_words
from app.panels.texts import ElidedLabel
from app.panels.theme import Theme
from app.panels.touch import least_target, when_restyled
from app.panels.view_bar import ViewBar
from app.review.place_table import PlaceRow
from app.review.skin_frequency import SkinFrequency
from app.review.skin_tally import Counted

LINE_HEIGHT = 30
COLUMN_SHARE = 0.5
"""Of the panel's width, that the column takes."""
LEAST_WIDTH, MOST_WIDTH = 400, 540
"""px of the column."""
COUNTING = "Counting …"
HINT = "Point at the body to see how often."


class FrequencyPanel(QWidget):
    """Shows one of its sources. They belong to whoever made them, and are closed by them."""

    def __init__(
        self,
        atlas: Atlas,
        sources: Sequence[FrequencySource],
        saving: FrequencySaving,
        theme: Theme,
        style: PictureStyle,
        body: Body = Body.FEMALE,
    ) -> None:
        super().__init__()
        self._atlas = atlas
        self._sources = sources
        self._saving = saving
        self._body = body
        self._style = style
        self._heat: SkinHeat | None = None
        self._drawn: SkinFrequency | None = None
        """What the map shows now."""
        self._empty = ""
        self._seeks = True
        """Whether the view that shows most is to be enlarged when something is found."""
        self.map = CoatedMap(atlas, replace(theme.map_look, style=style))
        self.map.setAccessibleName("Body map of how often")
        self.view_bar = ViewBar(atlas, self.map, read_only=True)
        self.column = FrequencyColumn([source.name for source in sources], atlas.catalogue.name)
        self.line = ElidedLabel()
        self.line.setAccessibleName("Under the pointer")
        self._build()
        self._connect()

    @property
    def source(self) -> FrequencySource:
        """Whose marks are counted."""
        chosen: int = self.column.scope.value
        return self._sources[chosen]

    @property
    def counted(self) -> Counted:
        return Counted(self.column.counted.value)

    @property
    def found(self) -> SkinFrequency | None:
        """What is shown; None while it is counted."""
        return self._drawn

    def begin(self) -> None:
        """Shows the first source with nothing lit up, and the side of the body that has most."""
        self.column.scope.show_value(0)
        self.column.table.show_rows(())
        self._show_nothing(COUNTING)
        self._seeks = True

    def show_body(self, body: Body) -> None:
        """Shows this figure."""
        self._body = body
        self.map.show_marks(body, (), ())

    def show_empty(self, word: str) -> None:
        """What is said of a source in which there can be nothing; "" where there can."""
        self._empty = word
        self.refresh()

    def refresh(self) -> None:
        """Shows what the source has, and asks it for what is wanted."""
        self.column.whose.setText(self.source.words)
        if self._empty and self.source is self._sources[0]:
            self._show_nothing(self._empty)
            return
        if not self.isVisible():
            return
        self.source.ask(self.counted, self._body)
        found = self.source.found
        if found is not None and (found.counted, found.body) == (self.counted, self._body):
            self._show(found)
        elif self._drawn is None or self._drawn.counted is not self.counted:
            self._show_nothing(COUNTING)

    def fold(self, folded: bool) -> None:
        """Hides the column, or shows it again."""
        self.column.setVisible(not folded)

    def set_look(self, theme: Theme, style: PictureStyle) -> None:
        self._style = style
        self.map.set_look(replace(theme.map_look, style=style))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = round(self.width() * COLUMN_SHARE)
        self.column.setFixedWidth(min(max(wanted, LEAST_WIDTH), MOST_WIDTH))

    # -- showing ---------------------------------------------------------------------------

    def _show(self, found: SkinFrequency) -> None:
        if found is self._drawn:
            return
        self._drawn = found
        self.column.show_table(found)
        if not found.marks:
            self._heat = None
            self.map.show_coat(None)
            self.column.show_word(found.counted, NOTHING[found.counted])
            return
        if self._seeks or not self._is_in_sight(found):
            self._seeks = False
            self.map.enlarge(self._where_most_is(found))
        self._heat = SkinHeat(self._atlas, found.values)
        self.map.show_coat(self._heat)
        self._look(None)
        self.column.show_found(found, self._heat.stops)

    def _is_in_sight(self, found: SkinFrequency) -> bool:
        """Whether the views that are shown have any of it: who asks where must not see nothing."""
        view = self.map.enlarged
        return view is None or self._seen_on(found, view) > 0

    def _where_most_is(self, found: SkinFrequency) -> str:
        """The view of the whole body on which most of what was marked is seen."""
        views = (view.name for view in self._atlas.views(found.body))
        return max(views, key=lambda view: self._seen_on(found, view))

    def _seen_on(self, found: SkinFrequency, view: str) -> float:
        """Times, summed up over the samples of the skin that a view shows."""
        return float(found.values[self._atlas.samples_on(found.body, view).sample].sum())

    def _show_nothing(self, word: str) -> None:
        self._drawn = self._heat = None
        self.map.show_coat(None)
        self._look(None)
        self.column.show_word(self.counted, word)
        if word != COUNTING:
            self.column.table.show_rows(())
            self.column.table.hide()
            self.column.left_out.hide()
            self.column.rows.setEnabled(False)

    def _show_progress(self, done: int, every: int) -> None:
        if self.source.found is not None:  # only the table is still counted
            return
        of = f"{done:,} of {every:,}" if every else ""
        self._show_nothing(f"Counting {of} …" if of else COUNTING)

    def _fail(self, error: Exception) -> None:
        self._show_nothing("This could not be counted.")
        self._saving.say(error)

    def _light_up(self, row: PlaceRow | None) -> None:
        """The muscle of a row, on its side; on both where it is none or in the middle."""
        muscle = (
            None if row is None or row.muscle is None else self._atlas.catalogue.get(row.muscle)
        )
        if row is None or muscle is None:
            self.map.show_anatomy(NOTHING_SHOWN)
            return
        sides = (row.side,) if row.side in SIDES else SIDES
        lit = tuple(MuscleHere(muscle, side) for side in sides if side is not None)
        self.map.show_anatomy(ShownAnatomy(lit=lit))
        side = row.side if row.side in SIDES and row.side is not None else Side.LEFT
        self.map.bring_into_sight(self._atlas.usual_points(muscle.id, side, 1, self._body))

    def _look(self, pointer: PointerEvent | None) -> None:
        """Says how often the skin under the pointer was marked."""
        words, spot = "", None if pointer is None else pointer.anchor
        if spot is not None and self._heat is not None and self._drawn is not None:
            words = "" if lies_on_picture(spot) else spot_words(self._drawn, spot, self._atlas)
        self.line.setText(words or (HINT if self._heat is not None else ""))
        if QAccessible.isActive():
            self.map.setAccessibleDescription(words)

    # -- saving ----------------------------------------------------------------------------

    def _save_picture(self) -> None:
        if self._drawn is None or self._heat is None:
            return
        name, every = self.map.enlarged, self._atlas.views(self._body)
        views = every if name is None else (self._atlas.view(self._body, name),)
        self._saving.ask_picture(
            self.window(), self._drawn, self._heat, views, self._style, self.source.said
        )

    def _save_table(self) -> None:
        rows = self.column.table.places.rows
        if rows:
            self._saving.ask_table(self.window(), rows, self._atlas.catalogue.name)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        above = QVBoxLayout(ground)
        above.setContentsMargins(8, 0, 0, 0)
        above.setSpacing(0)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setContentsMargins(0, 4, 12, 0)
        head.addWidget(self.view_bar, 1)
        above.addLayout(head)
        above.addWidget(self.map, 1)
        lower = QWidget()
        lower.setObjectName("lower")
        lower.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        lower.setFixedHeight(LINE_HEIGHT)
        under = QHBoxLayout(lower)
        under.setContentsMargins(16, 0, 12, 0)
        under.addWidget(self.line, 1)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addWidget(ground, 1)
        centre.addWidget(lower)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(centre, 1)
        row.addWidget(self.column)

    def _connect(self) -> None:
        for source in self._sources:
            source.changed.connect(lambda source=source: self._on_source(source))
            source.went_on.connect(
                lambda done, every, source=source: self._on_progress(source, done, every)
            )
            source.failed.connect(self._fail)
        self.column.scope.chosen.connect(self._turn)
        self.column.counted.chosen.connect(self.refresh)
        self.column.table.chosen.connect(self._light_up)
        self.column.picture.clicked.connect(self._save_picture)
        self.column.rows.clicked.connect(self._save_table)
        self.map.hovered.connect(self._look)
        crosshair = Crosshair(self.map)
        crosshair.is_wanted = self.map.hasFocus
        when_restyled(self, self._measure)
        self.show_body(self._body)

    def _turn(self) -> None:
        """To another source: what the one before is at is not waited for."""
        for source in self._sources:
            if source is not self.source and source.is_under_way:
                source.drop()
        self._show_nothing(COUNTING)
        self.refresh()

    def _on_source(self, source: FrequencySource) -> None:
        if source is self.source:
            self.refresh()

    def _on_progress(self, source: FrequencySource, done: int, every: int) -> None:
        if source is self.source:
            self._show_progress(done, every)

    def _measure(self) -> None:
        self.map.finger_reach = least_target() / 2
