"""What the pictures of the whole body cannot show: crowded marks, and skin out of sight.

A small window around marks that lie too close together to tell them apart is printed larger. A
mark needs no window where another view shows it with room around it. A mark that no view of the
whole body shows, as on a sole, is printed on the close-up that shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.body.atlas import Atlas
from app.body.view import View
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.painting.placing import PlacedMark, is_placeable, place_mark, place_marks

PICTURE_MM = 118.0
"""Height at which a whole-body picture is printed, or a little less."""
CROWDED_MM = 3.4
"""Two signs nearer than this on paper touch, or one of them has to step aside."""
ZOOM = 2.2
"""How many times larger a close-up is than the picture; the source holds no more detail."""
EDGE_MM = 56.0
"""Edge of the printed square: three stand side by side."""
REACH_MM = 19.0
"""A mark is shown in a close-up where it lies this near to its centre, counted on paper; so
its number is never cut off by the edge."""


@dataclass(frozen=True, slots=True)
class CloseUp:
    """A square window of ``edge`` picture px around (x, y), and the marks shown in it.

    ``of_whole``: it was cut out of a view of the whole body.
    """

    view: str
    title: str
    x: float
    y: float
    edge: float
    placed: tuple[PlacedMark, ...]
    of_whole: bool = True

    @property
    def marks(self) -> list[Mark]:
        """By number."""
        return sorted((each.mark for each in self.placed), key=lambda mark: mark.number)


def find_close_ups(
    views: Sequence[View], seen: Mapping[str, Sequence[PlacedMark]]
) -> list[CloseUp]:
    """The close-ups that make all marks readable, in the order of ``views``.

    ``seen``: the marks that are seen in each view, by its name.
    """
    mm = {view.name: PICTURE_MM / view.height for view in views}
    wanted = _wanted(seen, mm)
    found: list[CloseUp] = []
    for view in views:
        reach = REACH_MM / ZOOM / mm[view.name]
        edge = EDGE_MM / ZOOM / mm[view.name]
        spots = [each for each in seen[view.name] if wanted.get(each.mark.id) == view.name]
        for x, y in _windows(spots, reach):
            shown = tuple(each for each in seen[view.name] if _within(each, x, y, reach))
            found.append(CloseUp(view.name, view.title, x, y, edge, shown))
    return found


def close_ups_of_hidden(
    atlas: Atlas, body: Body, marks: Sequence[Mark], seen: Mapping[str, Sequence[PlacedMark]]
) -> list[CloseUp]:
    """Close-ups, whole, that show those of ``marks`` which are in no view of ``seen``."""
    shown = {each.mark.id for placed in seen.values() for each in placed}
    found: list[CloseUp] = []
    for mark in marks:
        view = None if mark.id in shown else _close_up_of(atlas, body, mark)
        if view is None:
            continue
        placed = place_marks(atlas, marks, body, view.name)
        shown |= {each.mark.id for each in placed}
        x, y, edge = view.width / 2, view.height / 2, max(view.width, view.height)
        window = CloseUp(view.name, view.title, x, y, edge, tuple(placed), of_whole=False)
        found.append(window)
    return found


def _close_up_of(atlas: Atlas, body: Body, mark: Mark) -> View | None:
    """The close-up in which the mark was placed, where that shows it; else the one that fits."""
    if not is_placeable(atlas, mark):
        return None
    placed_in = atlas.view(body, mark.placed_in)
    if placed_in.is_close_up and place_mark(atlas, mark, body, placed_in.name) is not None:
        return placed_in
    return atlas.close_up_at(mark.anchor, body, placed_in.name)


def _wanted(seen: Mapping[str, Sequence[PlacedMark]], mm: Mapping[str, float]) -> dict[UUID, str]:
    """For each mark that no view shows clearly: the view of which a close-up is to show it."""
    clear: set[UUID] = set()
    choice: dict[UUID, str] = {}
    for view, placed in seen.items():
        crowded = _crowded(placed, CROWDED_MM / mm[view])
        for each in placed:
            if each.mark.id not in crowded:
                clear.add(each.mark.id)
            elif each.mark.id not in choice or each.mark.placed_in == view:
                choice[each.mark.id] = view
    return {key: view for key, view in choice.items() if key not in clear}


def _crowded(placed: Sequence[PlacedMark], distance: float) -> set[UUID]:
    found: set[UUID] = set()
    signs = [each for each in placed if not each.loops]  # an area has none
    for index, one in enumerate(signs):
        for other in signs[index + 1 :]:
            if (one.x - other.x) ** 2 + (one.y - other.y) ** 2 < distance**2:
                found |= {one.mark.id, other.mark.id}
    return found


def _windows(spots: Sequence[PlacedMark], reach: float) -> list[tuple[float, float]]:
    """Centres of windows that together hold all ``spots``, the fullest window first."""
    left = sorted(spots, key=lambda each: each.mark.number)
    centres: list[tuple[float, float]] = []
    while left:
        groups = [[each for each in left if _within(each, one.x, one.y, reach)] for one in left]
        group = max(groups, key=len)
        xs, ys = [each.x for each in group], [each.y for each in group]
        x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        centres.append((x, y))
        left = [each for each in left if not _within(each, x, y, reach)]
    return centres


def _within(each: PlacedMark, x: float, y: float, reach: float) -> bool:
    return abs(each.x - x) <= reach + 1e-6 and abs(each.y - y) <= reach + 1e-6
