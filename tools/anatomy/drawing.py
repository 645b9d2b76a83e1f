"""Draws regions on a figure, seen from wherever they show best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.body.mesh import Pose
from app.body.sample_grid import QuadSpots, SampleGrid
from tools.anatomy.lattice import Lattice
from tools.anatomy.regions import Region
from tools.anatomy.skin import Skin, Spots
from tools.body_maps.cameras import Axis, Camera
from tools.body_maps.raster import Buffer
from tools.body_maps.surface import FloatArray, IntArray, unit

Tint = tuple[int, int, int]

TINTS: tuple[Tint, ...] = (
    (201, 60, 60),
    (46, 110, 200),
    (40, 150, 80),
    (200, 130, 20),
    (130, 70, 180),
    (0, 150, 160),
)
MARGIN = 0.5  # dm around the regions
_SMALLEST = 1.2  # dm: closer than this nobody knows where on the body they are
_ELEVATIONS = {"": 0, " from below": -55, " from above": 40}
_ANYWAY = 0.2  # share: where nothing is left to be seen, show it from beside
_TILTED = 0.9  # a level view is preferred where a tilted one shows hardly more
_RAISED = 0.9  # and arms that hang where raised ones do not show much more
_ROUGH = 160  # px: enough to find what hides what
_HIDDEN = 0.06  # dm behind the nearest skin
PAPER = (250, 249, 246)
_SKIN_COLOUR = (238, 222, 210)
_FIBRE = (20, 20, 20)
_SHADE = 0.62  # of the light where no lamp reaches
_TINT = 0.38  # of a region's colour over the skin's
_STEPS = 48  # of light that a picture of few colours tells apart
_VIEW_NAMES = {
    0: "anterior", 45: "anterolateral", 90: "lateral", 135: "posterolateral",
    180: "posterior", 225: "posteromedial", 270: "medial", 315: "anteromedial",
}  # fmt: skip


@dataclass(frozen=True)
class Aim:
    """A direction from which to look: degrees round the body from the front, and upwards."""

    azimuth: float
    elevation: float
    name: str
    pose: Pose = Pose.ANATOMICAL

    @property
    def handicap(self) -> float:
        """What a plain view must show, as a share of what this one does, to be preferred."""
        raised = 1.0 if self.pose is Pose.ANATOMICAL else _RAISED
        return raised * (_TILTED if self.elevation else 1)

    @property
    def axes(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """right, up, toward"""
        turn, rise = np.radians(self.azimuth), np.radians(self.elevation)
        toward = np.array([np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)])
        right = np.array([np.cos(turn), 0.0, -np.sin(turn)])
        return right, np.cross(toward, right), toward


AIMS = tuple(
    Aim(azimuth, elevation, name + suffix)
    for suffix, elevation in _ELEVATIONS.items()
    for azimuth, name in _VIEW_NAMES.items()
)


ARMS_RAISED = tuple(
    replace(aim, name=f"{aim.name}, arms raised", pose=Pose.OVERHEAD) for aim in AIMS
)


def best_aims(
    regions: Sequence[Region],
    skin: Skin,
    lattice: Lattice,
    count: int,
    *,
    aims: Sequence[Aim] = AIMS,
    left_out: NDArray[np.bool_] | None = None,
) -> list[Aim]:
    """The directions that show most of the regions: each next one adds most to those before.

    Quads that are `left_out` (m,) hide nothing.
    """
    inside = np.maximum.reduce([region.field for region in regions]) > 0
    shown = {}
    for pose in {aim.pose: None for aim in aims}:
        there = skin.posed(pose)
        points, normals = lattice.on(there, inside)
        faces = there.triangles_without(left_out)
        for aim in aims:
            if aim.pose is pose:
                shown[aim] = _facing(points, unit(normals), there, faces, aim)
    chosen: list[Aim] = []
    seen = np.zeros(np.count_nonzero(inside))
    for _ in range(count):
        left = [aim for aim in aims if aim not in chosen]
        gain = {
            aim: float(np.maximum(seen, shown[aim]).sum() + _ANYWAY * shown[aim].sum())
            for aim in left
        }
        best = max(left, key=lambda aim: gain[aim] * aim.handicap)
        chosen.append(best)
        seen = np.maximum(seen, shown[best])
    return chosen


def _facing(
    points: FloatArray, normals: FloatArray, skin: Skin, faces: IntArray, aim: Aim
) -> FloatArray:
    """(k,) how squarely each point is seen, 0 to 1; 0 where other skin hides it."""
    camera = _camera_on(points, aim, _ROUGH)
    buffer = Buffer(camera, skin.vertices, faces, 1)
    at = camera.project(points + 0.01 * normals)
    column, row = (np.clip(at[:, k].astype(int), 0, _ROUGH - 1) for k in (0, 1))
    seen = at[:, 2] >= buffer.depth[row, column] - _HIDDEN
    return np.clip(normals @ aim.axes[2], 0, None) * seen


def _camera_on(points: FloatArray, aim: Aim, size: int) -> Camera:
    """A square camera of `size` px that has all `points` in sight."""
    right, up, toward = aim.axes
    across, along = points @ right, points @ up
    extent = max(np.ptp(across), np.ptp(along), _SMALLEST) + 2 * MARGIN
    centre = ((across.min() + across.max()) / 2, (along.min() + along.max()) / 2)
    return Camera(
        view=aim.name,
        title=aim.name.capitalize(),
        group="authoring",
        side=None,
        pose="anatomical",
        parts=(),
        right=_axis(right),
        up=_axis(up),
        toward=_axis(toward),
        centre=centre,
        scale=size / extent,
        width=size,
        height=size,
    )


def _axis(vector: FloatArray) -> Axis:
    x, y, z = vector.tolist()
    return x, y, z


class Drawing:
    """Draws regions on one figure, as square pictures of `size` px."""

    def __init__(self, skin: Skin, home: Skin, grid: SampleGrid, size: int) -> None:
        """`home` is the skin on which the regions were laid; `skin` may be another figure's."""
        self._skin = skin
        self._home = home
        self._grid = grid
        self._size = size
        self._font = ImageFont.load_default(12)
        self._small = ImageFont.load_default(10)

    def draw(
        self,
        regions: Sequence[Region],
        aim: Aim,
        landmarks: Mapping[str, Spots] | None = None,
        *,
        named: bool = True,
        left_out: NDArray[np.bool_] | None = None,
    ) -> Image.Image:
        """With `landmarks`, those that are seen are named and the corners of borders numbered.
        The view is `named` in a corner; quads that are `left_out` (m,) are not drawn.
        """
        skin = self._skin.posed(aim.pose)
        if skin is not self._skin:
            there = Drawing(skin, self._home, self._grid, self._size)
            return there.draw(regions, aim, landmarks, named=named, left_out=left_out)
        borders = [self._here(border) for region in regions for border in region.borders]
        camera = _camera_on(np.concatenate([each.points for each in borders]), aim, self._size)
        buffer = Buffer(camera, skin.vertices, skin.triangles_without(left_out), 1)
        picture = self._shaded(buffer, aim)
        for region, tint in zip(regions, tints(regions), strict=True):
            inside = self._inside(buffer, region.field)
            picture[inside] = _tinted(picture[inside], tint)
        image = Image.fromarray(np.rint(picture).astype(np.uint8))
        pen = ImageDraw.Draw(image)
        if landmarks is not None:
            self._write_landmarks(pen, buffer, camera, landmarks)
        for region, tint in zip(regions, tints(regions), strict=True):
            self._draw_lines(pen, buffer, camera, region, tint, numbers=landmarks is not None)
        if named:
            pen.text((6, self._size - 18), aim.name, fill=(60, 60, 60), font=self._font)
        return image

    def _write_landmarks(
        self,
        pen: ImageDraw.ImageDraw,
        buffer: Buffer,
        camera: Camera,
        landmarks: Mapping[str, Spots],
    ) -> None:
        for name, spot in landmarks.items():
            for x, y in self._seen(buffer, camera, spot):
                pen.ellipse((x - 2, y - 2, x + 2, y + 2), outline=(90, 90, 90))
                pen.text((x + 4, y - 5), name, fill=(90, 90, 90), font=self._small)

    def _draw_lines(
        self,
        pen: ImageDraw.ImageDraw,
        buffer: Buffer,
        camera: Camera,
        region: Region,
        tint: Tint,
        *,
        numbers: bool,
    ) -> None:
        """Borders with their numbered corners; fibres, dotted, with a blot at the insertion."""
        dark = _dark(tint)
        for border in region.borders:
            _dotted(pen, self._seen(buffer, camera, border), dark)
        for fibre in region.fibres:
            _dotted(pen, self._seen(buffer, camera, fibre)[::3], _FIBRE)
            for x, y in self._seen(buffer, camera, fibre[len(fibre) - 1]):
                pen.ellipse((x - 3, y - 3, x + 3, y + 3), fill=_FIBRE)
        if not numbers:
            return
        for corners in region.corners:
            for number in range(len(corners)):
                for x, y in self._seen(buffer, camera, corners[number]):
                    pen.rectangle((x - 2, y - 2, x + 2, y + 2), fill=dark)
                    pen.text((x + 3, y + 1), str(number + 1), fill=dark, font=self._font)

    def _shaded(self, buffer: Buffer, aim: Aim) -> FloatArray:
        right, up, toward = aim.axes
        lamp = unit(-0.45 * right + 0.55 * up + 0.75 * toward)
        lit = np.clip(buffer.values(self._skin.normals) @ lamp, 0, 1)
        picture = np.full((*buffer.mask.shape, 3), PAPER, dtype=np.float64)
        picture[buffer.mask] = _lit(lit)
        return picture

    def _inside(self, buffer: Buffer, field: FloatArray) -> NDArray[np.bool_]:
        """Which pixels the region covers."""
        triangle, b1, b2 = buffer.places()
        spots = QuadSpots.of(triangle, b1, b2)
        grid = self._grid
        known = np.flatnonzero(grid.has(spots.quad))
        samples, weights = grid.around(spots.chosen(known))
        inside = np.zeros(buffer.mask.shape, dtype=np.bool_)
        covered = np.zeros(len(triangle), dtype=np.bool_)
        covered[known] = (field[samples] * weights).sum(axis=1) > 0
        inside[buffer.mask] = covered
        return inside

    def _seen(self, buffer: Buffer, camera: Camera, spots: Spots) -> list[tuple[float, float]]:
        """The pixels of those spots that nothing hides."""
        here = self._here(spots)
        seen = []
        for x, y, depth in camera.project(here.points + 0.01 * here.normals):
            column, row = int(x), int(y)
            inside = 0 <= column < camera.width and 0 <= row < camera.height
            if inside and depth >= buffer.depth[row, column] - _HIDDEN:
                seen.append((float(x), float(y)))
        return seen

    def _here(self, spots: Spots) -> Spots:
        """The same places on this figure."""
        return spots if self._skin is self._home else self._skin.carried(spots, self._home)


def few_colours(image: Image.Image) -> Image.Image:
    """A picture of one region in a palette made for it: small, and no shade turns into another."""
    tint = TINTS[0]
    skin = _lit(np.linspace(0, 1, _STEPS))
    colours = [*skin, *_tinted(skin, tint), PAPER, _dark(tint), _FIBRE]
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.rint(colours).astype(np.uint8).ravel().tolist())
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def _lit(lit: FloatArray) -> FloatArray:
    """(k, 3) skin under so much light (k,), 0 to 1."""
    return (_SHADE + (1 - _SHADE) * lit)[:, None] * np.array(_SKIN_COLOUR)


def _tinted(picture: FloatArray, tint: Tint) -> FloatArray:
    return (1 - _TINT) * picture + _TINT * np.array(tint)


def _dark(tint: Tint) -> Tint:
    red, green, blue = (int(0.7 * value) for value in tint)
    return red, green, blue


def tints(regions: Sequence[Region]) -> list[Tint]:
    """A colour for each region."""
    return [TINTS[k % len(TINTS)] for k in range(len(regions))]


def _dotted(
    pen: ImageDraw.ImageDraw, pixels: Iterable[tuple[float, float]], colour: tuple[int, ...]
) -> None:
    for x, y in pixels:
        pen.ellipse((x - 1, y - 1, x + 1, y + 1), fill=colour)
