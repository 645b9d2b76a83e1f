"""The atlas of one chart: the bodies, and the own pictures that this chart shows.

To whoever asks, a picture is a view like the others. What has no meaning on it (muscles, zones,
the way to a close-up) has no answer here, so that nobody needs to ask first.
"""

from collections.abc import Iterable
from functools import cached_property

from app.body.anatomy import Anatomy
from app.body.areas import DrawnArea
from app.body.atlas import SNAP_REACH, Atlas
from app.body.flat_picture import FlatPicture, PictureView, picture_view
from app.body.mesh import BodyMesh, Points
from app.body.muscles import Catalogue
from app.body.picking import Spot
from app.body.region_lines import RegionLines
from app.body.skin_samples import SkinSamples
from app.body.view import View
from app.body.zones import Zone
from app.domain.anatomy import Anchor, Body, Side
from app.domain.marks import Mark
from app.domain.own_pictures import (
    OwnPicture,
    all_on_picture,
    is_picture_version,
    lies_on_picture,
)
from app.domain.own_zones import NoNeedleZone


class ChartAtlas(Atlas):
    """Shares all that the atlas of the ``bodies`` has read and reckoned: nothing is done anew."""

    def __init__(self, bodies: Atlas, pictures: Iterable[OwnPicture] = ()) -> None:
        self.__dict__.update(bodies.__dict__)
        self.bodies: Atlas = bodies.bodies if isinstance(bodies, ChartAtlas) else bodies
        self._flat: dict[str, FlatPicture] = {}
        self.show_pictures(pictures)

    @cached_property
    def mesh(self) -> BodyMesh:
        return self.bodies.mesh

    @cached_property
    def anatomy(self) -> Anatomy:
        return self.bodies.anatomy

    @cached_property
    def catalogue(self) -> Catalogue:
        return self.bodies.catalogue

    @cached_property
    def lines(self) -> RegionLines:
        return self.bodies.lines

    @cached_property
    def skin(self) -> SkinSamples:
        return self.bodies.skin

    def show_pictures(self, pictures: Iterable[OwnPicture]) -> None:
        """Knows these pictures from now on. The view of one that was known stays the same."""
        known = self._flat
        self._flat = {}
        for each in pictures:
            held = known.get(each.version)
            same = held is not None and held.view.picture == each
            self._flat[each.version] = held if held and same else FlatPicture(picture_view(each))

    def own_views(self) -> tuple[PictureView, ...]:
        return tuple(flat.view for flat in self._flat.values())

    def view(self, body: Body, name: str) -> View:
        flat = self._flat.get(name)
        return super().view(body, name) if flat is None else flat.view

    def version_in(self, view: str) -> str:
        return view if view in self._flat else self.version

    def side_in(self, anchor: Anchor, view: str) -> Side | None:
        flat = self._flat.get(view)
        return super().side_in(anchor, view) if flat is None else flat.side

    def has_place_of(self, drawn: Mark | NoNeedleZone) -> bool:
        if not is_picture_version(drawn.body_version):
            return super().has_place_of(drawn)
        is_known = drawn.body_version == drawn.placed_in and drawn.placed_in in self._flat
        return is_known and all_on_picture((drawn.anchor, *drawn.outline))

    def close_up_at(self, anchor: Anchor, body: Body, from_view: str) -> View | None:
        if lies_on_picture(anchor) or from_view in self._flat:
            return None
        return super().close_up_at(anchor, body, from_view)

    def pick(
        self, body: Body, view: str, x: float, y: float, reach: float = SNAP_REACH
    ) -> Anchor | None:
        flat = self._flat.get(view)
        return super().pick(body, view, x, y, reach) if flat is None else flat.pick(x, y, reach)

    def locate(self, anchor: Anchor, body: Body, view: str) -> Spot:
        flat = self._flat.get(view)
        return super().locate(anchor, body, view) if flat is None else flat.locate(anchor)

    def draw_area(self, body: Body, view: str, line: Points) -> DrawnArea | None:
        flat = self._flat.get(view)
        return super().draw_area(body, view, line) if flat is None else flat.draw_area(line)

    def outline_in_sight(
        self, outline: tuple[Anchor, ...], drawn_on: Body, drawn_in: str, body: Body, view: str
    ) -> Points | None:
        if not self._is_flat(drawn_in, view):
            return super().outline_in_sight(outline, drawn_on, drawn_in, body, view)
        return self._flat[view].line(outline) if drawn_in == view else None

    def carry_area(self, body: Body, view: str, line: Points) -> DrawnArea | None:
        flat = self._flat.get(view)
        return super().carry_area(body, view, line) if flat is None else flat.carry_area(line)

    def carry_outline(self, body: Body, view: str, line: Points) -> tuple[Anchor, ...] | None:
        flat = self._flat.get(view)
        return super().carry_outline(body, view, line) if flat is None else flat.carry_outline(line)

    def area_loops(
        self, outline: tuple[Anchor, ...], drawn_on: Body, drawn_in: str, body: Body, view: str
    ) -> list[Points]:
        if not self._is_flat(drawn_in, view):
            return super().area_loops(outline, drawn_on, drawn_in, body, view)
        return [self._flat[view].line(outline)] if drawn_in == view else []

    def muscle_loops(self, muscle_id: str, side: Side, body: Body, view: str) -> list[Points]:
        return [] if view in self._flat else super().muscle_loops(muscle_id, side, body, view)

    def zone_loops(self, zone: Zone, body: Body, view: str) -> list[Points]:
        return [] if view in self._flat else super().zone_loops(zone, body, view)

    def _is_flat(self, *views: str) -> bool:
        return any(view in self._flat for view in views)
