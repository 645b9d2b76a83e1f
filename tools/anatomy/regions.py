"""Regions as they are written in TOML, and as they lie on the skin.

A region is made of parts, each one connected patch with a closed `border`; all lines are given as
places (tools/anatomy/places.py). What else is written about a region are its facts. A region ends
at the mid-line unless it says `over_midline = true`; then its borders are drawn across it, from
one side to the other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np

from tools.anatomy.borders import closed_border, open_line
from tools.anatomy.fields import FieldMaker
from tools.anatomy.places import Gazetteer, PlaceError
from tools.anatomy.skin import Spots
from tools.body_maps.surface import FloatArray

_BULGE = 0.4  # dm
_BULGE_SHARE = 0.2  # of a border's size: so far may the skin within it bulge out of its box
_PART_KEYS = {"border", "fibres"}


class RegionError(ValueError):
    """A region that cannot be read or laid onto the skin."""


@dataclass(frozen=True)
class Part:
    """One patch: its `border`, and lines along its `fibres` from origin to insertion."""

    name: str
    border: Sequence[str]
    fibres: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Written:
    """A region as it is written."""

    id: str
    parts: Sequence[Part]
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Region:
    """A region on the skin: `field` (s,) mm inside at each sample of the lattice."""

    written: Written
    corners: Sequence[Spots]
    borders: Sequence[Spots]
    fibres: Sequence[Spots]
    field: FloatArray

    @property
    def id(self) -> str:
        return self.written.id


def read_regions(folder: Path) -> dict[str, Written]:
    """All regions of a folder by id, in the order of its files. Raises RegionError."""
    regions: dict[str, Written] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            written = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise RegionError(f"{path.name}: {error}") from error
        for name, entry in written.items():
            if name in regions:
                raise RegionError(f"{path.name}: {name} is there twice")
            regions[name] = _region(name, entry)
    return regions


def _region(name: str, entry: Mapping[str, Any]) -> Written:
    parts = entry.get("parts")
    if not isinstance(parts, dict) or not parts:
        raise RegionError(f"{name}: has no parts")
    facts = {key: value for key, value in entry.items() if key != "parts"}
    return Written(name, [_part(f"{name}.{key}", each) for key, each in parts.items()], facts)


def _part(name: str, values: Mapping[str, Any]) -> Part:
    if not {"border"} <= values.keys() <= _PART_KEYS or len(values["border"]) < 3:
        raise RegionError(f"{name}: needs a border of three places or more")
    return Part(name, values["border"], values.get("fibres", []))


def lay(written: Written, places: Gazetteer, maker: FieldMaker) -> Region:
    """Lays a region onto the skin. Raises RegionError."""
    try:
        corners = [_spots(places, part.border) for part in written.parts]
        borders = [closed_border(places.skin, each) for each in corners]
        fibres = [
            open_line(places.skin, _spots(places, fibre))
            for part in written.parts
            for fibre in part.fibres
        ]
    except PlaceError as error:
        raise RegionError(f"{written.id}: {error}") from error
    one_sided = not written.facts.get("over_midline", False)
    field = reduce(np.maximum, (maker.field(each, one_sided=one_sided) for each in borders))
    _require_no_leak(written, borders, maker.lattice.points[field > 0])
    return Region(written, corners, borders, fibres, field)


def _require_no_leak(written: Written, borders: Sequence[Spots], inside: FloatArray) -> None:
    """A border that strays onto another limb, or crosses itself, floods what lies beyond it."""
    on_borders = np.concatenate([border.points for border in borders])
    low, high = on_borders.min(axis=0), on_borders.max(axis=0)
    room = _BULGE + _BULGE_SHARE * float(np.linalg.norm(high - low))
    if not len(inside):
        raise RegionError(f"{written.id}: holds no skin")
    if (inside < low - room).any() or (inside > high + room).any():
        raise RegionError(f"{written.id}: leaks, its border strays or crosses itself")


def _spots(places: Gazetteer, texts: Iterable[str]) -> Spots:
    return reduce(Spots.joined, (places.spot(text) for text in texts))
