"""The atlas: every question about places on the body is asked here.

The mesh and the cameras are read when the atlas is loaded; what a picture needs for picking
is prepared when that picture is first asked about, and kept.
"""

import math
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from app.body.anatomy import Anatomy, Here
from app.body.area_cover import AreaCover
from app.body.areas import (
    DrawnArea,
    ViewOfBody,
    area_holds,
    carry_area,
    draw_area,
    outline_on,
)
from app.body.close_ups import LEAST_FACING, Box, box_on, by_fitness, facing, whole_like
from app.body.common_skin import CommonSkin, outline_in_sight
from app.body.mesh import BodyMesh, Indices, Points, spot_between
from app.body.muscles import Catalogue
from app.body.outline import carry_outline
from app.body.pain_map import Segment
from app.body.picking import Picker, Spot
from app.body.raster import SkinRaster
from app.body.region_lines import RegionLines, muscle_key, segment_key, zone_key
from app.body.sample_raster import SampleRaster
from app.body.skin_reach import SkinReach
from app.body.skin_samples import SkinSamples
from app.body.skin_smoothing import SkinSmoothing
from app.body.usual_points import usual_anchors
from app.body.view import View, read_views
from app.body.zones import Zone
from app.domain.anatomy import Anchor, Body, Side
from app.domain.marks import Mark, Shape
from app.domain.own_zones import NoNeedleZone

SNAP_REACH = 3.0
"""A click this far outside the outline, in picture px, is meant for the skin at its edge."""
HALF_MIDLINE_MM = 4.0
"""Skin this close to the mid-line has no side: half the width of a spinous process (from
memory; no source was read)."""
WELL_TURNED = 0.4
"""Cosine of the angle at which skin is seen well enough on a picture to draw on it."""

_DM_PER_MM = 0.01
_HALF_MIDLINE = HALF_MIDLINE_MM * _DM_PER_MM
_KEPT_SPOTS = 4096
_KEPT_AREAS = 4096
_KEPT_PICKERS = 48  # every view of one body, and what was asked of the other: 0.5 MB each
_KEPT_RASTERS = 6  # those of the pictures on the screen, and of where their areas were drawn
_KEPT_USUAL = 32  # what the palette asks about while one types
_KEPT_OUTLINES = 8  # what one hand holds
_KEPT_COMMON = 32  # between the views of the whole body, of either: some 0.2 MB each
_KEPT_COVERS = 24  # pictures on which areas were drawn: 2 MB each
_KEPT_SAMPLES = 48  # every view on which values of the skin were shown: 0.3 MB each


class Atlas:
    """Two bodies, their views, and the way between pictures and skin."""

    def __init__(self, version: str, mesh_file: Path, views: tuple[View, ...]) -> None:
        self.version = version
        self._mesh_file = mesh_file
        self._views = {(view.body, view.name): view for view in views}
        self.picker = lru_cache(maxsize=_KEPT_PICKERS)(self._make_picker)
        """``picker(body, view)``. KeyError where ``body`` has no view of that name."""
        self._raster = lru_cache(maxsize=_KEPT_RASTERS)(self._make_raster)
        self._spot = lru_cache(maxsize=_KEPT_SPOTS)(self._find_spot)
        self._area = lru_cache(maxsize=_KEPT_AREAS)(self._compute_area)
        self._usual = lru_cache(maxsize=_KEPT_USUAL)(self._find_usual)
        self._outline = lru_cache(maxsize=_KEPT_OUTLINES)(self._find_outline)
        self._common = lru_cache(maxsize=_KEPT_COMMON)(self._make_common)
        self._cover = lru_cache(maxsize=_KEPT_COVERS)(self._make_cover)
        self.samples_on = lru_cache(maxsize=_KEPT_SAMPLES)(self._make_samples)
        """``samples_on(body, view)``: what that picture shows of ``skin``."""
        self.smoothing = lru_cache(maxsize=len(Body))(self._make_smoothing)
        """``smoothing(body)``: spreads counts over ``skin`` as that figure has it."""
        self.reach = lru_cache(maxsize=len(Body))(self._make_reach)
        """``reach(body)``: which ``skin`` lies near to spots, as that figure has it."""

    @classmethod
    def load(cls, folder: Path) -> "Atlas":
        """Reads the cameras of ``folder``; the mesh follows when it is first needed."""
        version, views = read_views(folder / "views.json")
        return cls(version, folder / "body.npz", views)

    @cached_property
    def mesh(self) -> BodyMesh:
        return BodyMesh.load(self._mesh_file)

    @cached_property
    def anatomy(self) -> Anatomy:
        """Read at the first question about muscles, which is after the first paint."""
        return Anatomy(self._mesh_file.parent, self.mesh, self.catalogue)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The muscles by name, which is all that lists and reports need."""
        return Catalogue.load(self._mesh_file.parent / "anatomy.json")

    @cached_property
    def lines(self) -> RegionLines:
        """Where regions show on pictures."""
        return RegionLines(self._mesh_file.parent)

    @cached_property
    def skin(self) -> SkinSamples:
        """The skin as small samples, for measuring and counting."""
        return SkinSamples(self.mesh, _HALF_MIDLINE)

    def read_ahead(self) -> Iterator[None]:
        """Reads what the first question would wait for, in steps of at most some hundredths of a
        second: whoever has a window takes one whenever nothing else is to be done.
        """
        _ = self.mesh.pickable_triangles
        yield
        anatomy = self.anatomy
        yield
        yield from anatomy.read_ahead()
        _ = self.lines.packed
        yield

    def views(self, body: Body) -> tuple[View, ...]:
        """The views of the whole ``body``, in the order in which they are shown."""
        return tuple(view for view in self.every_view(body) if not view.is_close_up)

    def close_ups(self, body: Body) -> tuple[View, ...]:
        """The views of a part of ``body`` each, from head to foot."""
        return tuple(view for view in self.every_view(body) if view.is_close_up)

    def every_view(self, body: Body) -> tuple[View, ...]:
        """The views of the whole ``body``, then the close-ups."""
        return tuple(view for (of, _name), view in self._views.items() if of is body)

    def own_views(self) -> tuple[View, ...]:
        """The practitioner's own pictures, where this atlas knows any (app.body.chart_atlas)."""
        return ()

    def close_up_at(self, anchor: Anchor, body: Body, from_view: str) -> View | None:
        """The close-up that shows a spot best to who looks at it in ``from_view``.

        None where none shows it. Raises KeyError where ``body`` has no view of that name.
        """
        came_from = self.view(body, from_view)
        fitting = by_fitness(self.mesh, self.close_ups(body), anchor, body, came_from)
        return next(
            (view for view in fitting if self.locate(anchor, body, view.name).visible), None
        )

    def view(self, body: Body, name: str) -> View:
        """Raises KeyError where ``body`` has no view of that name."""
        return self._views[body, name]

    def whole_like(self, close_up: View) -> View:
        """The view of the whole body that looks most the same way as a close-up."""
        return whole_like(close_up, self.views(close_up.body))

    def box_on(self, close_up: View, whole: View) -> Box:
        """What of the picture ``whole`` a close-up shows larger, in px of ``whole``."""
        picker = self.picker(close_up.body, close_up.name)
        return box_on(self.mesh, close_up, picker, whole)

    def knows(self, body_version: str, body: Body, view: str) -> bool:
        """Whether places of that body version, drawn on that picture, mean anything here."""
        return body_version == self.version and (body, view) in self._views

    def version_in(self, _view: str) -> str:
        """What places on a picture belong to: this version of the body, or an own picture."""
        return self.version

    def side_in(self, anchor: Anchor, _view: str) -> Side | None:
        """The patient's side of a spot on a picture; None where nobody knows it."""
        return self.side(anchor)

    def shows(self, drawn: Mark | NoNeedleZone, view: str) -> bool:
        """Whether a mark or zone can be seen on a picture at all, as far as it is in sight."""
        return self.has_place_of(drawn) and drawn.body_version == self.version_in(view)

    def holds(self, anchors: Iterable[Anchor]) -> bool:
        """Whether all ``anchors`` are spots of this mesh."""
        count = len(self.mesh.triangles)
        return all(0 <= anchor.triangle < count for anchor in anchors)

    def has_place_of(self, drawn: Mark | NoNeedleZone) -> bool:
        """Whether the places of a mark or zone mean anything on these bodies."""
        known = self.knows(drawn.body_version, drawn.placed_on, drawn.placed_in)
        return known and self.holds((drawn.anchor, *drawn.outline))

    def pick(
        self, body: Body, view: str, x: float, y: float, reach: float = SNAP_REACH
    ) -> Anchor | None:
        """The spot under (x, y) px of a picture, or within ``reach`` px of it, or None."""
        return self.picker(body, view).pick(x, y, reach)

    def look(self, body: Body, view: str, x: float, y: float) -> Here | None:
        """All that is known of the spot under (x, y) px of a picture; None beside the body."""
        anchor = self.pick(body, view, x, y)
        return None if anchor is None else self.anatomy.here(anchor, self.side(anchor))

    def locate(self, anchor: Anchor, body: Body, view: str) -> Spot:
        """Where ``anchor`` lies on a picture, and whether it can be seen there."""
        return self._spot(anchor, body, view)

    def spots(self, anchor: Anchor, body: Body) -> dict[str, Spot]:
        """Where ``anchor`` lies in every view of the whole ``body``."""
        return {view.name: self.locate(anchor, body, view.name) for view in self.views(body)}

    def side(self, anchor: Anchor) -> Side:
        """The patient's side; the mean of both bodies decides, so that it never depends on one."""
        (x,) = spot_between(self.mesh.leftward[self.mesh.corners(anchor), None], anchor)
        if abs(x) <= _HALF_MIDLINE:
            return Side.MIDLINE
        return Side.LEFT if x > 0 else Side.RIGHT

    def distance_mm(self, one: Anchor, other: Anchor, body: Body) -> float:
        """The straight distance in mm of two spots of ``body``."""
        return math.dist(self.mesh.point(one, body), self.mesh.point(other, body)) / _DM_PER_MM

    def draw_area(self, body: Body, view: str, line: Points) -> DrawnArea | None:
        """The area inside a closed freehand line of (k, 2) px; None where it holds no skin."""
        return draw_area(self.mesh, self._whole(body, view), line, _HALF_MIDLINE)

    def outline_in_sight(
        self, outline: tuple[Anchor, ...], drawn_on: Body, drawn_in: str, body: Body, view: str
    ) -> Points | None:
        """(k, 2) px of an area's outline on a picture; None where it is not all seen there."""
        return self._outline(outline, drawn_on, drawn_in, body, view)

    def carry_area(self, body: Body, view: str, line: Points) -> DrawnArea | None:
        """The area whose outline was carried to ``line`` (k, 2) px; None where it does not fit."""
        return carry_area(self.mesh, self._whole(body, view), line, _HALF_MIDLINE)

    def carry_outline(self, body: Body, view: str, line: Points) -> tuple[Anchor, ...] | None:
        """The spots under each point of ``line`` (k, 2) px; None where they do not fit there."""
        return carry_outline(self.picker(body, view), line)

    def area_loops(
        self, outline: tuple[Anchor, ...], drawn_on: Body, drawn_in: str, body: Body, view: str
    ) -> list[Points]:
        """The closed lines, (k, 2) px each, that bound a drawn area on any picture."""
        return self._area(outline, drawn_on, drawn_in, body, view)

    def area_holds(
        self, outline: tuple[Anchor, ...], drawn_on: Body, drawn_in: str, anchor: Anchor
    ) -> bool:
        """Whether a drawn area covers the skin at ``anchor``."""
        (own,) = self._area(outline, drawn_on, drawn_in, drawn_on, drawn_in)
        return area_holds(self.mesh, own, self._whole(drawn_on, drawn_in), anchor)

    def covered_samples(
        self, outline: tuple[Anchor, ...], drawn_on: Body, drawn_in: str
    ) -> Indices:
        """(k,) the numbers, rising, of the samples of ``skin`` that a drawn area covers.

        KeyError where ``drawn_on`` has no view ``drawn_in``.
        """
        return self._cover(drawn_on, drawn_in).samples_in(outline)

    def covered_by(self, mark: Mark) -> Indices:
        """(k,) the samples of ``skin`` that an area mark covers. None for a point or a line, and
        for what was drawn on an own picture or on another version of the body.
        """
        is_here = mark.body_version == self.version and self.has_place_of(mark)
        if mark.shape is not Shape.AREA or not is_here:
            return np.empty(0, dtype=np.int64)
        return self.covered_samples(mark.outline, mark.placed_on, mark.placed_in)

    def muscle_loops(self, muscle_id: str, side: Side, body: Body, view: str) -> list[Points]:
        """The closed lines, (k, 2) px each, that bound a muscle on a picture."""
        return self.lines.on(body, view).get(muscle_key(muscle_id, side), [])

    def zone_loops(self, zone: Zone, body: Body, view: str) -> list[Points]:
        """The closed lines, (k, 2) px each, that bound a hazard zone of both sides."""
        return self.lines.on(body, view).get(zone_key(zone.id), [])

    def segment_loops(self, segment: Segment, side: Side, body: Body, view: str) -> list[Points]:
        """The closed lines, (k, 2) px each, that bound a segment of the CHOIR Body Map."""
        return self.lines.on(body, view).get(segment_key(segment.id, side), [])

    def usual_points(
        self, muscle_id: str, side: Side, count: int, body: Body
    ) -> tuple[Anchor, ...]:
        """Where ``count`` marks go that are placed by a muscle's name; fewer where it has no room
        for so many. A drawing aid and no clinical statement.
        """
        on_left = self._usual(muscle_id, count, body)
        mirrored = side is Side.RIGHT
        return tuple(map(self.anatomy.mirror.anchor, on_left)) if mirrored else on_left

    def best_view(self, anchors: tuple[Anchor, ...], body: Body, from_view: str | None) -> str:
        """The view that shows most of the spots to who looks at ``from_view``: that one where it
        shows all of them; a close-up where no view of the whole body is turned to any.
        """
        if from_view is not None and len(self._seen(anchors, body, from_view)) == len(anchors):
            return from_view
        wholes = [view.name for view in self.views(body)]

        def fitness(name: str) -> tuple[int, float]:
            turned = [self._facing(each, body, name) for each in self._seen(anchors, body, name)]
            turned = [each for each in turned if each >= LEAST_FACING]
            return len(turned), sum(turned)

        best = max(wholes, key=fitness)
        if fitness(best)[0]:
            return best
        whole = from_view if from_view in wholes else best
        close_up = self.close_up_at(anchors[0], body, whole)
        if close_up is not None:
            return close_up.name
        return next((name for name in wholes if self._seen(anchors, body, name)), best)

    def _seen(self, anchors: Iterable[Anchor], body: Body, view: str) -> list[Anchor]:
        return [anchor for anchor in anchors if self.locate(anchor, body, view).visible]

    def _facing(self, anchor: Anchor, body: Body, view: str) -> float:
        return facing(self.mesh, anchor, body, self._views[body, view])

    def _make_picker(self, body: Body, view: str) -> Picker:
        return Picker(self.mesh, body, self._views[body, view].camera)

    def _whole(self, body: Body, view: str) -> ViewOfBody:
        return ViewOfBody(body, self.picker(body, view), self._raster(body, view))

    def _make_raster(self, body: Body, view: str) -> SkinRaster:
        return SkinRaster.of(self.picker(body, view))

    def _make_common(self, drawn_on: Body, drawn_in: str, body: Body, view: str) -> CommonSkin:
        return CommonSkin(self.mesh, self._whole(drawn_on, drawn_in), self._whole(body, view))

    def _make_cover(self, body: Body, view: str) -> AreaCover:
        return AreaCover(self.skin, self._whole(body, view))

    def _make_samples(self, body: Body, view: str) -> SampleRaster:
        return SampleRaster.of(self.skin, self._raster(body, view))

    def _make_smoothing(self, body: Body) -> SkinSmoothing:
        return SkinSmoothing(self.skin, body)

    def _make_reach(self, body: Body) -> SkinReach:
        return SkinReach(self.skin, body)

    def _find_spot(self, anchor: Anchor, body: Body, view: str) -> Spot:
        return self.picker(body, view).locate(anchor)

    def _compute_area(
        self, outline: tuple[Anchor, ...], drawn_on: Body, drawn_in: str, body: Body, view: str
    ) -> list[Points]:
        own = outline_on(self.mesh, outline, drawn_on, self.picker(drawn_on, drawn_in))
        if (drawn_on, drawn_in) == (body, view):
            return [own]
        return self._common(drawn_on, drawn_in, body, view).loops(own)

    def _find_usual(self, muscle_id: str, count: int, body: Body) -> tuple[Anchor, ...]:
        def is_seen(anchor: Anchor, view: str) -> bool:
            turned = self._facing(anchor, body, view) >= WELL_TURNED
            return turned and self.picker(body, view).locate(anchor).visible

        return usual_anchors(
            self.anatomy,
            self.mesh,
            muscle_id,
            count,
            body,
            half_midline=_HALF_MIDLINE,
            views=[view.name for view in self.views(body)],
            is_seen=is_seen,
        )

    def _find_outline(
        self, outline: tuple[Anchor, ...], drawn_on: Body, drawn_in: str, body: Body, view: str
    ) -> Points | None:
        if (drawn_on, drawn_in) == (body, view):
            return outline_on(self.mesh, outline, body, self.picker(body, view))
        drawn, shown = self._whole(drawn_on, drawn_in), self._whole(body, view)
        there = self._common(drawn_on, drawn_in, body, view)
        back = self._common(body, view, drawn_on, drawn_in)
        return outline_in_sight(self.mesh, outline, drawn, shown, there, back)
