"""Which of the muscles under the pointer is meant: suggested, and stepped through by a key."""

from PySide6.QtCore import QObject, Signal

from app.body.anatomy import MuscleHere
from app.body.atlas import Atlas
from app.domain.anatomy import Anchor
from app.domain.own_pictures import lies_on_picture


class MuscleAim(QObject):
    """The muscles under one spot, from skin to bone, and the one among them that is meant.

    It is suggested as the topmost one that is usually needled. A choice made by ``step`` holds
    while the pointer stays over the same muscles.
    """

    changed = Signal()

    def __init__(self, atlas: Atlas) -> None:
        super().__init__()
        self._atlas = atlas
        self.here: tuple[MuscleHere, ...] = ()
        self._chosen: int | None = None

    @property
    def meant(self) -> MuscleHere | None:
        return None if self._chosen is None else self.here[self._chosen]

    def look(self, anchor: Anchor | None) -> None:
        """Takes up another spot; None is beside the body. On a picture no muscle is known."""
        on_skin = anchor is not None and not lies_on_picture(anchor)
        here = self._atlas.anatomy.muscles_at(anchor) if anchor and on_skin else ()
        if here != self.here:
            self.here = here
            self._chosen = next(
                (k for k, each in enumerate(here) if each.muscle.is_usually_needled), None
            )
            self.changed.emit()

    def step(self, by: int = 1) -> bool:
        """Goes to the next muscle towards the bone, and round. False where there is no other."""
        if len(self.here) < 2:
            return False
        self._chosen = 0 if self._chosen is None else (self._chosen + by) % len(self.here)
        self.changed.emit()
        return True

    def muscle_at(self, anchor: Anchor) -> str | None:
        """The id of the muscle that is meant at a spot, or None where there is none."""
        self.look(anchor)
        meant = self.meant
        return None if meant is None else meant.muscle.id
