"""The lines that bound regions of the skin on pictures, drawn beforehand.

Finding them takes a tenth of a second a picture, reading them a hundredth of that. They are
written by tools/anatomy/lines.py whenever regions, mesh or cameras have changed.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from app.body.mesh import Points
from app.domain.anatomy import Body, Side

FILE = "lines.npz"
DRAWN_FROM = ("body.npz", "anatomy.npz", "views.json")
STEPS_PER_PX = 4
"""Lines are stored in quarters of a px."""
_KEPT_VIEWS = 16  # both bodies' whole views and what was opened last: 0.2 MB each at most

Lines = Mapping[str, list[Points]]
"""Closed lines, (k, 2) px each, by the key of their region. Regions out of sight are left out."""


def muscle_key(muscle_id: str, side: Side) -> str:
    return f"muscle {muscle_id} {side}"


def zone_key(zone_id: str) -> str:
    return f"zone {zone_id}"


def segment_key(segment_id: str, side: Side) -> str:
    return f"segment {segment_id} {side}"


def fingerprint(folder: Path) -> str:
    """Tells from what lines were drawn: they are out of date where it has changed."""
    digest = hashlib.sha256()
    for name in DRAWN_FROM:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


class RegionLines:
    """The lines of all regions, each picture's read when it is first asked about."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self.on = lru_cache(maxsize=_KEPT_VIEWS)(self._read)
        """``on(body, view)``: the lines on a picture. KeyError where there is no such picture."""

    @cached_property
    def packed(self) -> Mapping[str, Any]:
        """The file as it is, half a MB: to find a picture's lines in it takes as long as to unpack
        them, and need be done once.
        """
        packed: Mapping[str, Any] = np.load(BytesIO(self._file.read_bytes()))
        return packed

    @property
    def drawn_from(self) -> str:
        """The ``fingerprint`` of what these lines were drawn from."""
        return _text(self.packed, "drawn_from")

    def _read(self, body: Body, view: str) -> Lines:
        return unpack_lines(self.packed, body, view)


def pack_lines(names: list[str], lines: Lines, body: Body, view: str) -> dict[str, Any]:
    """The arrays of one picture: which regions, how many points each, and the steps between."""
    loops = [(names.index(key), loop) for key, found in lines.items() for loop in found]
    counts = np.array([(k, len(loop)) for k, loop in loops], dtype=np.uint16)
    spots = [np.rint(loop * STEPS_PER_PX).astype(np.int16) for _, loop in loops]
    steps = [np.diff(each, axis=0, prepend=np.zeros((1, 2), np.int16)) for each in spots]
    every = np.concatenate(steps) if steps else np.zeros((0, 2), np.int16)
    return {
        f"{body}/{view}/loops": counts.reshape(-1, 2),
        f"{body}/{view}/steps": np.ascontiguousarray(every.T),
    }


def unpack_lines(packed: Mapping[str, Any], body: Body, view: str) -> Lines:
    names = json.loads(_text(packed, "names"))
    loops = packed[f"{body}/{view}/loops"]
    steps = packed[f"{body}/{view}/steps"].T.astype(np.float64) / STEPS_PER_PX
    found: dict[str, list[Points]] = {}
    ends = np.cumsum(loops[:, 1], dtype=np.int64)
    for (name, count), end in zip(loops.tolist(), ends.tolist(), strict=True):
        spots = np.cumsum(steps[end - count : end], axis=0)
        found.setdefault(names[name], []).append(spots)
    return found


def packed_text(text: str) -> Any:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _text(packed: Mapping[str, Any], name: str) -> str:
    return bytes(packed[name].tobytes()).decode()
