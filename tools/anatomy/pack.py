"""Writes what the application reads of the anatomy: `anatomy.npz` and `anatomy.json`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np

from app.body.mesh import BodyMesh
from app.body.mirror import Mirror
from app.body.region_fields import REACH, STEPS_PER_MM
from tools.anatomy.lattice import Lattice
from tools.anatomy.regions import Region
from tools.anatomy.skin import Skin, Spots
from tools.body_maps.surface import FloatArray

CATALOGUE = Path(__file__).parent / "catalogue"
_FIBRE_STEP = 6  # of the samples of a line, so that a fibre has a point every 9 mm


def pack_fields(name: str, fields: Sequence[FloatArray]) -> dict[str, Any]:
    """The arrays of app/body/region_fields.py for `fields` (s,) in mm, under `name`."""
    if len(fields) > 256:
        raise ValueError("More regions than a byte can count.")
    steps = [np.clip(np.rint(f * STEPS_PER_MM), -127, 127).astype(np.int8) for f in fields]
    lowest = -round(REACH * STEPS_PER_MM)
    table = np.stack(steps, axis=1)
    sample, region = np.nonzero(table > lowest)
    value = table[sample, region]
    return {
        f"{name}_count": np.bincount(sample, minlength=len(table)).astype(np.uint8),
        f"{name}_region": region.astype(np.uint8),
        f"{name}_value": value,
    }


def pack_grid(lattice: Lattice) -> dict[str, Any]:
    grid = lattice.grid
    return {"across": grid.across.astype(np.uint8), "along": grid.along.astype(np.uint8)}


def pack_mirror(mesh: BodyMesh) -> dict[str, Any]:
    """The partner of every quad: it takes longer to find than to read."""
    mirror = Mirror.of(mesh.quads, mesh.mirror)
    return {
        "mirror_partner": mirror.partner.astype(np.uint16),
        "mirror_turn": mirror.turn.astype(np.uint8),
    }


def pack_fibres(skin: Skin, muscles: Sequence[Region]) -> dict[str, Any]:
    """The arrays of app/body/fibres.py."""
    lines = [(k, line[::_FIBRE_STEP]) for k, each in enumerate(muscles) for line in each.fibres]
    count = [len(line) for _, line in lines]
    spots = reduce(Spots.joined, (line for _, line in lines))
    weights = skin.weights(spots).astype(np.float32)
    return {
        "fibre_muscle": np.repeat([k for k, _ in lines], count).astype(np.uint8),
        "fibre_line": np.repeat(np.arange(len(lines)), count).astype(np.uint16),
        "fibre_triangle": spots.triangle.astype(np.uint32),
        "fibre_b1": weights[:, 1],
        "fibre_b2": weights[:, 2],
    }


def read_catalogue(path: Path = CATALOGUE / "muscles.csv") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def muscle_entries(
    facts: Iterable[Mapping[str, str]], regions: Mapping[str, Region]
) -> list[dict[str, Any]]:
    """What `Muscle.from_json` of the application reads, in the order of the fields."""
    return [_muscle_entry(row, regions[row["id"]].written.facts) for row in facts]


def _muscle_entry(row: Mapping[str, str], authored: Mapping[str, Any]) -> dict[str, Any]:
    copied = (
        "id", "name", "latin", "body_part", "layer", "nerve", "roots", "needle_note",
        "severity", "referral", "reviewed_by", "reviewed_on",
    )  # fmt: skip
    shortest, longest = row["needle_from_mm"], row["needle_to_mm"]
    return {
        **{name: row[name] for name in copied},
        **{name: _list(row[name]) for name in ("aliases", "hazards", "read")},
        "needle_mm": [int(shortest), int(longest)] if shortest else None,
        "depth": authored["depth"],
        "doubt": authored.get("doubt", ""),
    }


def region_entries(regions: Iterable[Region]) -> list[dict[str, Any]]:
    """What is written about zones and places, without how they are drawn."""
    return [
        {"id": each.id}
        | {key: value for key, value in each.written.facts.items() if key != "over_midline"}
        for each in regions
    ]


def _list(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def write(folder: Path, arrays: Mapping[str, Any], described: Mapping[str, Any]) -> None:
    np.savez_compressed(folder / "anatomy.npz", **arrays)
    text = json.dumps(described, indent=1, ensure_ascii=False)
    (folder / "anatomy.json").write_text(text + "\n", encoding="utf-8")
