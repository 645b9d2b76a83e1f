"""What lies under the pointer: a mark, or the muscle that is meant with those over and under it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.body.anatomy import MuscleHere
from app.body.atlas import Atlas
from app.body.pain_map import Segment
from app.body.zones import Zone
from app.domain.anatomy import Anchor, Body, Side
from app.domain.marks import Mark
from app.domain.own_pictures import lies_on_picture
from app.domain.words import kind_title, word
from app.domain.words import side_words as side_said
from app.editing.muscle_aim import MuscleAim
from app.editing.session_editor import SessionEditor
from app.editing.tools.tool import PointerEvent
from app.panels.last_time import ghost_words
from app.panels.mark_list import mark_line
from app.panels.own_zones import zone_title
from app.panels.texts import ElidedLabel


def muscle_words(aim: MuscleAim) -> tuple[str, str]:
    """The muscle that is meant with its side, and the others in relation to it.

    ``("Infraspinatus, right", "over it Trapezius, transverse (middle) part (Tab)")``. Where none
    is meant, since none under the pointer is usually needled, all of them are just named.
    """
    meant = aim.meant
    if meant is None:
        return ", ".join(named(each) for each in aim.here), ""
    place = aim.here.index(meant)
    others = [
        f"{where} {', '.join(each.muscle.name for each in there)}"
        for where, there in (("over it", aim.here[:place]), ("under it", aim.here[place + 1 :]))
        if there
    ]
    return named(meant), f"{'; '.join(others)} (Tab)" if others else ""


def hazard_words(zones: Sequence[Zone]) -> str:
    """ "near Lung apex (read); Carotid artery (from memory)": what the zones under the pointer
    warn of, and how that is known.
    """
    near = [f"{zone.structure} ({zone.certainty})" for zone in zones]
    return f"near {'; '.join(near)}" if near else ""


def segment_words(found: tuple[Segment, Side] | None, body: Body) -> str:
    """ "CHOIR 213, middle of the back, right": its number on the map of ``body``."""
    if found is None:
        return ""
    segment, side = found
    return f"CHOIR {segment.numbers[body, side]}, {segment.words}, {word(side)}"


def side_words(side: Side) -> str:
    """Where nothing has a name, the side alone."""
    return "Mid-line" if side is Side.MIDLINE else f"{word(side).capitalize()} side"


def named(here: MuscleHere) -> str:
    """ "Infraspinatus, right"."""
    return f"{here.muscle.name}, {word(here.side)}"


def skin_place_words(atlas: Atlas, spot: Anchor) -> str:
    """Where no muscle lies: "Right knee cap", or the side alone."""
    side, place = atlas.side(spot), atlas.anatomy.place_at(spot)
    words = side_words(side) if place is None else place.words(side)
    return words[:1].upper() + words[1:]


class UnderPointer(QWidget):
    """A line below the map, and under it in amber what warns. It also steps through the muscles
    under the pointer.
    """

    stepped = Signal()
    """Another muscle is meant for the next mark."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__()
        self._editor = editor
        self._mark: Mark | None = None
        self._ghost: Mark | None = None
        self._spot: Anchor | None = None
        self._view = ""
        """The view that the spot lies in."""
        self._segments = False
        self._first, self._second = ElidedLabel(), ElidedLabel("", "faint")
        self._warning = ElidedLabel("", "warningSmall", most_lines=2)
        self._warning.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName("Under the pointer")
        self._first.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        for line in (self._second, self._warning):
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self._first)
        above.addWidget(self._second, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self._warning, 1)  # room for two lines, of which one is mostly empty
        editor.aim.changed.connect(self._say)

    @property
    def text(self) -> str:
        lines = (self._first, self._second, self._warning)
        return " · ".join(line.text() for line in lines if line.text())

    def name_segments(self, named: bool) -> None:
        """Whether the segment of the CHOIR Body Map is named too."""
        self._segments = named
        self._say()

    def look(self, event: PointerEvent | None) -> None:
        """Says what is under the pointer; None where it has left the map."""
        store = self._editor.store
        self._mark = None if event is None or event.hit is None else store.mark(event.hit)
        self._ghost = None if event is None else self._editor.again.ghost(event.ghost)
        self._spot = None if event is None else event.anchor
        self._view = "" if event is None else event.view
        self._editor.aim.look(self._spot)
        self._say()

    def follow(self) -> None:
        """A record was changed: what lies under the pointer may be another, or be gone."""
        self._mark = None if self._mark is None else self._editor.store.mark(self._mark.id)
        self._ghost = None if self._ghost is None else self._editor.again.ghost(self._ghost.id)
        self._say()

    def step_muscle(self, by: int) -> bool:
        """Another muscle for the mark under the pointer where it is selected, else for the next
        mark. False where there is no other one under the pointer.
        """
        editor, mark = self._editor, self._selected_mark()
        if mark is None or not editor.writable:
            if not editor.aim.step(by):
                return False
            self.stepped.emit()
            return True
        here = [each.muscle.id for each in editor.muscles_under(mark)]
        if not here or here == [mark.muscle]:
            return False
        place = here.index(mark.muscle) + by if mark.muscle in here else 0
        editor.set_muscle(mark.id, here[place % len(here)])
        return True

    def _selected_mark(self) -> Mark | None:
        """The selected mark, where it is under the pointer: one that was just placed is."""
        editor, spot = self._editor, self._spot
        mark = (
            None
            if editor.selection.current is None
            else editor.store.mark(editor.selection.current)
        )
        if mark is None or (self._mark is not None and mark.id == self._mark.id):
            return mark
        placed_there = spot is not None and editor.is_same_spot(mark, spot)
        return mark if placed_there else None

    def _place_words(self, spot: Anchor) -> str:
        """Where there is no muscle: "Right knee cap"; on a picture its title and side."""
        atlas = self._editor.atlas
        if lies_on_picture(spot):
            title = atlas.view(self._editor.body, self._view).title
            return f"{title} · {side_said(atlas.side_in(spot, self._view))}"
        return skin_place_words(atlas, spot)

    def _say(self) -> None:
        editor, spot = self._editor, self._spot
        mark = self._mark or self._selected_mark()  # whose muscle Tab changes
        anatomy, first, second, warned = editor.atlas.anatomy, "", "", []
        if self._ghost is not None:
            first, second = ghost_words(editor, self._ghost)
        elif mark is not None:
            first = f"{mark.number} {kind_title(mark.kind)}"
            second = mark_line(mark, editor.atlas.catalogue.name)
        elif spot is not None:
            first, second = (
                muscle_words(editor.aim) if editor.aim.here else (self._place_words(spot), "")
            )
        if spot is not None:
            on_skin = not lies_on_picture(spot)
            own = map(zone_title, editor.zones.holding(spot))
            warned = [*own, hazard_words(anatomy.zones_at(spot) if on_skin else ())]
            if self._segments and on_skin:
                segment = segment_words(anatomy.segment_at(spot), editor.body)
                first = " · ".join(words for words in (first, segment) if words)
        self._show(first, second, " · ".join(words for words in warned if words))

    def _show(self, first: str, second: str, warning: str) -> None:
        for line, words in ((self._first, first), (self._second, second), (self._warning, warning)):
            line.setText(words)
