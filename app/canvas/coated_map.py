"""A map of the body without marks, with a coat of colour over the skin."""

from collections.abc import Iterable

from app.canvas.body_map import BodyMap
from app.canvas.layer import Coat, PaneLayer


class CoatedMap(BodyMap):
    """The coat belongs to what is painted once for each view, so zooming and moving are free."""

    _coat: Coat | None = None

    def show_coat(self, coat: Coat | None) -> None:
        """Shows this coat, or the bare body."""
        self._coat = coat
        self._put_on(self._layers)
        self.update()

    def _fill(self, layers: Iterable[PaneLayer]) -> None:
        listed = list(layers)
        self._put_on(listed)
        super()._fill(listed)

    def _put_on(self, layers: Iterable[PaneLayer]) -> None:
        for layer in layers:
            layer.coat = self._coat
            layer.invalidate()
