"""Which parts of the anatomy the map shows: layers of muscles, hazard zones, a muscle lit up."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.body.anatomy import MuscleHere
from app.body.atlas import Atlas
from app.body.muscles import Layer
from app.canvas.map_view import MapView
from app.canvas.shown_anatomy import ShownAnatomy
from app.domain.anatomy import Side
from app.editing.muscle_aim import MuscleAim


class AnatomySwitch(QObject):
    """Shows the anatomy on one map. Nothing of it is stored with a patient."""

    segments_shown = Signal(bool)
    """Whether the segments of the pain drawing are shown now."""

    def __init__(self, body_map: MapView, atlas: Atlas, aim: MuscleAim) -> None:
        super().__init__()
        self._map = body_map
        self._atlas = atlas
        self._aim = aim
        self._searched: tuple[MuscleHere, ...] = ()
        self._stepped: tuple[MuscleHere, ...] = ()
        self._light_due = QTimer(self)
        """What is lit follows in the next turn: the pointer never waits for it."""
        self._light_due.setSingleShot(True)
        self._light_due.timeout.connect(self._light)
        aim.changed.connect(self._forget_step)

    @property
    def shown(self) -> ShownAnatomy:
        return self._map.anatomy

    def toggle_layer(self, layer: Layer) -> None:
        self._show(layers=self.shown.layers ^ {layer})

    def show_zones(self, shown: bool) -> None:
        self._show(zones=shown)

    def toggle_segments(self) -> None:
        shown = not self.shown.segments
        self._show(segments=shown)
        self.segments_shown.emit(shown)

    def light_up(self, muscle_id: str | None) -> None:
        """Lights up a muscle that was searched for, on both sides; None puts it out."""
        muscle = None if muscle_id is None else self._atlas.catalogue.get(muscle_id)
        sides = () if muscle is None else (Side.LEFT, Side.RIGHT)
        self._searched = tuple(MuscleHere(muscle, side) for side in sides if muscle is not None)
        self._light()

    def light_up_aim(self) -> None:
        """Lights up the muscle that was just stepped to, while the pointer stays over it."""
        self._stepped = () if self._aim.meant is None else (self._aim.meant,)
        self._light_due.start()

    def _forget_step(self) -> None:
        if self._stepped:
            self._stepped = ()
            self._light_due.start()

    def _light(self) -> None:
        self._show(lit=self._stepped or self._searched)

    def _show(self, **changed: object) -> None:
        self._map.show_anatomy(replace(self.shown, **changed))  # type: ignore[arg-type]
