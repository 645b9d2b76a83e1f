"""What lies under the pointer: a mark, or the muscle that is meant with those over and under it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.body.anatomy import MuscleHere
from app.body.zones import Zone
from app.domain.anatomy import Anchor, Side
from app.domain.marks import Mark
from app.domain.words import kind_title, word
from app.editing.muscle_aim import MuscleAim
from app.editing.session_editor import SessionEditor
from app.editing.tools.tool import PointerEvent
from app.panels.last_time import ghost_words
from app.panels.mark_list import mark_line
from app.panels.own_zones import zone_title
from app.panels.texts import PlainLabel


def muscle_words(aim: MuscleAim) -> tuple[str, str]:
    """The muscle that is meant with its side, and the others in relation to it.

    ``("Infraspinatus, right", "over it Trapezius, transverse (middle) part")``. Where none is
    meant, since none under the pointer is usually needled, all of them are just named.
    """
    meant = aim.meant
    if meant is None:
        return ", ".join(_named(each) for each in aim.here), ""
    place = aim.here.index(meant)
    others = [
        f"{where} {', '.join(each.muscle.name for each in there)}"
        for where, there in (("over it", aim.here[:place]), ("under it", aim.here[place + 1 :]))
        if there
    ]
    return _named(meant), "; ".join(others)


def hazard_words(zones: Sequence[Zone]) -> str:
    """ "near Lung apex; Carotid artery ...": what the zones under the pointer warn of."""
    return f"near {'; '.join(zone.structure for zone in zones)}" if zones else ""


def side_words(side: Side) -> str:
    """Where nothing has a name, the side alone."""
    return "Mid-line" if side is Side.MIDLINE else f"{word(side).capitalize()} side"


def _named(here: MuscleHere) -> str:
    return f"{here.muscle.name}, {word(here.side)}"


class UnderPointer(QWidget):
    """Two lines below the map. It also steps through the muscles under the pointer."""

    stepped = Signal()
    """Another muscle is meant for the next mark."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__()
        self._editor = editor
        self._mark: Mark | None = None
        self._ghost: Mark | None = None
        self._spot: Anchor | None = None
        self._first, self._second = PlainLabel(), PlainLabel("", "faint")
        self.setAccessibleName("Under the pointer")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 5, 0, 5)
        column.setSpacing(0)
        for line in (self._first, self._second):
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column.addWidget(line)
        editor.aim.changed.connect(self._say)

    @property
    def text(self) -> str:
        return " · ".join(line.text() for line in (self._first, self._second) if line.text())

    def look(self, event: PointerEvent | None) -> None:
        """Says what is under the pointer; None where it has left the map."""
        store = self._editor.store
        self._mark = None if event is None or event.hit is None else store.mark(event.hit)
        self._ghost = None if event is None else self._editor.again.ghost(event.ghost)
        self._spot = None if event is None else event.anchor
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
        if mark is None or mark == self._mark:
            return mark
        placed_there = spot is not None and editor.is_same_spot(mark, spot)
        return mark if placed_there else None

    def _place_words(self, spot: Anchor) -> str:
        """Where there is no muscle: "Right knee cap"."""
        atlas = self._editor.atlas
        side, place = atlas.side(spot), atlas.anatomy.place_at(spot)
        words = side_words(side) if place is None else place.words(side)
        return words[:1].upper() + words[1:]

    def _say(self) -> None:
        mark, spot, aim = self._mark, self._spot, self._editor.aim
        first, second = "", ""
        if self._ghost is not None:
            first, second = ghost_words(self._editor, self._ghost)
        elif mark is not None:
            first = f"{mark.number} {kind_title(mark.kind)}"
            second = mark_line(mark, self._editor.atlas.catalogue.name)
        elif spot is not None:
            first, second = muscle_words(aim) if aim.here else (self._place_words(spot), "")
            hazards = hazard_words(self._editor.atlas.anatomy.zones_at(spot))
            second = "; ".join(words for words in (hazards, second) if words)
        own = () if spot is None else self._editor.zones.holding(spot)
        second = " · ".join(words for words in (*map(zone_title, own), second) if words)
        self._first.setText(first)
        self._second.setText(second)
        self._second.setVisible(bool(second))
