"""Where the signs of a pane stand, so that a press finds the nearest without asking them all."""

import math
from collections import defaultdict

from app.domain.identity import UUID

_CELL = 32.0
"""px; a little more than a fingertip, so that few cells are looked into."""


class SignGrid:
    """Signs by their places, in cells. One can be added without touching the others."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, UUID]]] = defaultdict(list)

    def add(self, mark_id: UUID, x: float, y: float) -> None:
        self._cells[int(x // _CELL), int(y // _CELL)].append((x, y, mark_id))

    def nearest(self, x: float, y: float, reach: float) -> UUID | None:
        """The sign that is nearest to (x, y) within ``reach``; of equally near ones the first."""
        found = None
        for column in range(int((x - reach) // _CELL), int((x + reach) // _CELL) + 1):
            for row in range(int((y - reach) // _CELL), int((y + reach) // _CELL) + 1):
                for sign_x, sign_y, mark_id in self._cells.get((column, row), ()):
                    distance = math.hypot(sign_x - x, sign_y - y)
                    if distance < reach or (distance == reach and found is None):
                        found, reach = mark_id, distance
        return found
