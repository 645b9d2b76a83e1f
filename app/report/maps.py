"""The maps of reports that show more than one session, or less than a whole one."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from app.body.atlas import Atlas
from app.body.view import View
from app.domain.anatomy import Body
from app.domain.marks import Mark
from app.domain.own_pictures import is_picture_version
from app.domain.summaries import SessionRecords
from app.painting.placing import PlacedMark, place_mark, place_marks
from app.report import wording
from app.report.blocks import DrawnDifference, DrawnMap, DrawnWindow
from app.report.closeups import CloseUp
from app.report.zones import seen_zones, told
from app.review.comparison import Compared, counts_words

MOST_VIEWS = 2
ROOM_AROUND = 1.35
"""An edge of a window is so many times the reach of its marks: numbers stand beside them."""
SMALLEST_EDGE = 620.0
"""px of a view: as sharp as 200 dpi on paper, and enough body to know where one is."""


def best_views(
    atlas: Atlas, body: Body, marks: Sequence[Mark], most: int = MOST_VIEWS
) -> list[View]:
    """The fewest views of the whole body that show most of ``marks``, in the atlas's order.

    Without marks, the first view: an empty map says that there is none.
    """
    views = atlas.views(body)
    seen = {
        view.name: {
            each.mark.id for each in place_marks(atlas, on_body(atlas, marks), body, view.name)
        }
        for view in views
    }
    chosen: list[View] = []
    covered: set[object] = set()
    while len(chosen) < most:
        best = max(views, key=lambda view: len(seen[view.name] - covered))
        if not seen[best.name] - covered:
            break
        chosen.append(best)
        covered |= seen[best.name]
    return [view for view in views if view in chosen] or [views[0]]


def drawn_map(atlas: Atlas, body: Body, view: View, marks: Sequence[Mark]) -> DrawnMap:
    """``view`` with those of ``marks`` that it shows."""
    placed = tuple(place_marks(atlas, on_body(atlas, marks), body, view.name))
    shown = [each.mark for each in placed]
    sides = wording.counts_of_sides(shown)
    alt = f"{view.title} view: {wording.counts_of_kinds(shown)}"
    return DrawnMap(
        view, placed, view.title, wording.marks_counted(len(shown)),
        f"{alt}; {sides}" if sides else alt,
    )  # fmt: skip


def drawn_windows(
    atlas: Atlas, body: Body, view: View, visits: Sequence[tuple[str, SessionRecords]]
) -> list[DrawnWindow]:
    """The same window of ``view`` for each visit, around the marks of all of them.

    Each visit comes with what stands before its title. Whoever compares needs the signs large, and
    the same skin twice.
    """
    placed = {
        opening: tuple(place_marks(atlas, on_body(atlas, each.marks), body, view.name))
        for opening, each in visits
    }
    x, y, edge = _around(view, [each for group in placed.values() for each in group])
    return [
        _window(atlas, body, view, records, (x, y, edge), placed[opening], opening)
        for opening, records in visits
    ]


def _around(view: View, placed: Sequence[PlacedMark]) -> tuple[float, float, float]:
    """The middle and the edge of a square around ``placed``, areas and lines wholly in it."""
    if not placed:
        return view.width / 2, view.height / 2, float(max(view.width, view.height))
    loops = [loop for each in placed for loop in each.loops]
    spots = np.array([(each.x, each.y) for each in placed])
    whole = np.concatenate([spots, *loops]) if loops else spots
    low, high = whole.min(axis=0), whole.max(axis=0)
    edge = max(float((high - low).max()) * ROOM_AROUND, SMALLEST_EDGE)
    x, y = (low + high) / 2
    return float(x), float(y), edge


def _window(
    atlas: Atlas,
    body: Body,
    view: View,
    records: SessionRecords,
    square: tuple[float, float, float],
    placed: tuple[PlacedMark, ...],
    opening: str,
) -> DrawnWindow:
    window = CloseUp(view.name, view.title, *square, placed)
    zones = tuple(
        zone for zone in seen_zones(atlas, records.zones, body, view.name) if zone.reaches(window)
    )
    title = f"{opening}{view.title}"
    counts, sides = wording.counts_of_kinds(window.marks), wording.counts_of_sides(window.marks)
    alt = f"{title} view, enlarged: {counts}"
    return DrawnWindow(
        view, window, zones, title, wording.marks_counted(len(window.marks)),
        told(f"{alt}; {sides}" if sides else alt, zones),
    )  # fmt: skip


def drawn_difference(
    atlas: Atlas,
    body: Body,
    view: View,
    visits: Sequence[SessionRecords],
    compared: Iterable[Compared],
) -> DrawnDifference:
    """What became of the spots, in the same window as ``drawn_windows`` has for ``visits``."""
    every = [mark for each in visits for mark in on_body(atlas, each.marks)]
    x, y, edge = _around(view, place_marks(atlas, every, body, view.name))
    spots = tuple(
        (each.standing, placed)
        for each in compared
        if (placed := place_mark(atlas, each.mark, body, view.name)) is not None
    )
    window = CloseUp(view.name, view.title, x, y, edge, ())
    counts = counts_words(Counter(standing for standing, _placed in spots))
    return DrawnDifference(
        view, window, spots, f"Difference · {view.title}", counts,
        f"{view.title} view, enlarged, first against last session: {counts}",
    )  # fmt: skip


def on_body(atlas: Atlas, marks: Sequence[Mark]) -> list[Mark]:
    """Those of ``marks`` that have a place on this version of the body."""
    return [mark for mark in marks if mark.body_version == atlas.version]


def not_shown(placed: Iterable[PlacedMark], marks: Sequence[Mark]) -> str:
    """Which of ``marks`` are not ``placed`` on any map, and where they are to be found; "" where
    all are shown.
    """
    seen = {each.mark.id for each in placed}
    missing = sorted((mark for mark in marks if mark.id not in seen), key=lambda mark: mark.number)
    if not missing:
        return ""
    numbers = [str(mark.number) for mark in missing]
    which = f"{'mark' if len(numbers) == 1 else 'marks'} {wording.listed(numbers)}"
    own = all(is_picture_version(mark.body_version) for mark in missing)
    where = "on the practitioner’s own pictures" if own else "on the chart of the session"
    return f"Not shown here, but {where}: {which}."
