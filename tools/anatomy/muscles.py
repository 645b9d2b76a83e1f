"""The muscles as they are written in `muscles/*.toml`, and their regions on the skin."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np

from tools.anatomy.borders import closed_border, open_line
from tools.anatomy.fields import FieldMaker
from tools.anatomy.places import Gazetteer, PlaceError
from tools.anatomy.skin import Spots
from tools.body_maps.surface import FloatArray

FOLDER = Path(__file__).parent / "muscles"
_KEYS = {"depth", "parts", "doubt"}
_PART_KEYS = {"border", "fibres"}


class MuscleError(ValueError):
    """A muscle that cannot be read or laid onto the skin."""


@dataclass(frozen=True)
class Part:
    """One connected patch: its `border`, a closed line, and lines along its `fibres`.

    All are places as text; fibres run from origin to insertion.
    """

    name: str
    border: Sequence[str]
    fibres: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Muscle:
    """`depth` orders muscles from skin to bone: the smaller one lies nearer to the skin.

    10 to 19 are superficial, 20 to 29 intermediate, 30 to 39 deep.
    """

    id: str
    depth: int
    parts: Sequence[Part]
    doubt: str


@dataclass(frozen=True)
class Region:
    """A muscle on the skin: `field` (s,) mm inside at each sample of the lattice."""

    muscle: Muscle
    corners: Sequence[Spots]
    borders: Sequence[Spots]
    fibres: Sequence[Spots]
    field: FloatArray


def read_muscles(folder: Path = FOLDER) -> dict[str, Muscle]:
    """All muscles by id, in the order of the files. Raises MuscleError."""
    muscles: dict[str, Muscle] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            written = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise MuscleError(f"{path.name}: {error}") from error
        for name, entry in written.items():
            if name in muscles:
                raise MuscleError(f"{path.name}: {name} is there twice")
            muscles[name] = _muscle(name, entry)
    return muscles


def _muscle(name: str, entry: dict[str, object]) -> Muscle:
    unknown = entry.keys() - _KEYS
    depth, parts = entry.get("depth"), entry.get("parts")
    if unknown or not isinstance(depth, int) or not isinstance(parts, dict) or not parts:
        raise MuscleError(f"{name}: needs depth and parts, and may have a doubt; has {set(entry)}")
    made = []
    for part, values in parts.items():
        if values.keys() != _PART_KEYS or len(values["border"]) < 3 or not values["fibres"]:
            raise MuscleError(f"{name}.{part}: needs a border of three places or more, and fibres")
        made.append(Part(part, values["border"], values["fibres"]))
    return Muscle(name, depth, made, str(entry.get("doubt", "")))


def lay(muscle: Muscle, places: Gazetteer, maker: FieldMaker) -> Region:
    """Lays a muscle onto the skin. Raises MuscleError."""
    try:
        corners = [_spots(places, part.border) for part in muscle.parts]
        borders = [closed_border(places.skin, each) for each in corners]
        fibres = [
            open_line(places.skin, _spots(places, fibre))
            for part in muscle.parts
            for fibre in part.fibres
        ]
    except PlaceError as error:
        raise MuscleError(f"{muscle.id}: {error}") from error
    field = reduce(np.maximum, (maker.field(border) for border in borders))
    return Region(muscle, corners, borders, fibres, field)


def _spots(places: Gazetteer, texts: Iterable[str]) -> Spots:
    return reduce(Spots.joined, (places.spot(text) for text in texts))
