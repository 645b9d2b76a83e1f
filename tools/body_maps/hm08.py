"""Readers of the MakeHuman hm08 base mesh and what belongs to it.

Sources, all CC0 1.0: `3dobjs/base.obj`, `targets/**/*.target.gz`, `rigs/standard/*.default.json`,
`mesh_metadata/{hm08.mirror,basemesh_vertex_groups.json}`.

The mesh has 19,158 vertices. The first 13,380 are the skin (13,378 quads, one closed surface); the
others are helpers such as clothing guides and the small cubes that mark the joints. Morph targets
and the rig need the helpers, the finished figure does not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse

from tools.body_maps.source import SourceData, SourceError
from tools.body_maps.surface import FloatArray, IntArray

SKIN_VERTICES = 13_380


@dataclass(frozen=True)
class BaseMesh:
    """`vertices` (19158, 3) in decimetres, `skin` (13378, 4) indices, counter-clockwise outside."""

    vertices: FloatArray
    skin: IntArray


@dataclass(frozen=True)
class Skeleton:
    """The rig, fitted to one morphed mesh.

    `heads` and `tails` give each bone's ends in decimetres; `weights` (vertices, bones) has rows
    that add up to 1, in the order of `names`.
    """

    names: list[str]
    parents: dict[str, str]
    heads: dict[str, FloatArray]
    tails: dict[str, FloatArray]
    weights: sparse.csr_matrix


def read_base_mesh(data: SourceData) -> BaseMesh:
    vertices: list[list[float]] = []
    skin: list[list[int]] = []
    group = ""
    for line in data.text("3dobjs/base.obj").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append([float(word) for word in rest.split()[:3]])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f" and group == "body":
            # "7/12" is vertex 7 with texture coordinate 12, both counted from 1
            skin.append([int(word.split("/")[0]) - 1 for word in rest.split()])
    mesh = BaseMesh(np.array(vertices), np.array(skin))
    if mesh.skin.shape[1:] != (4,) or mesh.skin.max() != SKIN_VERTICES - 1:
        raise SourceError("The base mesh is not hm08: its skin is not the expected set of quads.")
    return mesh


def read_target(data: SourceData, name: str) -> tuple[IntArray, FloatArray]:
    """One morph target: the vertices it moves and by how much, (n,) and (n, 3) in decimetres.

    A target may be empty: that of the average figure changes nothing.
    """
    rows = [
        line.split()
        for line in data.text(f"targets/{name}.target.gz").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    moved = np.array([int(row[0]) for row in rows], dtype=np.int64)
    shifts = np.array([[float(word) for word in row[1:4]] for row in rows], dtype=np.float64)
    return moved, shifts.reshape(-1, 3)


def morph(data: SourceData, vertices: FloatArray, amounts: dict[str, float]) -> FloatArray:
    """`vertices` with every named target added in the given amount."""
    morphed = vertices.copy()
    for name, amount in amounts.items():
        moved, shifts = read_target(data, name)
        morphed[moved] += amount * shifts
    return morphed


def read_mirror(data: SourceData) -> IntArray:
    """For every skin vertex its partner on the other side of the body, (13380,)."""
    mirror = np.arange(SKIN_VERTICES)
    for line in data.text("mesh_metadata/hm08.mirror").splitlines():
        words = line.split()
        if len(words) >= 2 and int(words[0]) < SKIN_VERTICES:
            mirror[int(words[0])] = int(words[1])
    if not np.array_equal(mirror[mirror], np.arange(SKIN_VERTICES)):
        raise SourceError("The mirror table of the base mesh does not pair the vertices.")
    return mirror


def read_skeleton(data: SourceData, vertices: FloatArray) -> Skeleton:
    """The default rig, with its joints where the morphed `vertices` (19158, 3) put them."""
    bones = json.loads(data.text("rigs/standard/rig.default.json"))
    bones = bones.get("bones", bones)
    groups = json.loads(data.text("mesh_metadata/basemesh_vertex_groups.json"))
    joints = {
        name: np.concatenate([vertices[first : last + 1] for first, last in ranges]).mean(axis=0)
        for name, ranges in groups.items()
        if name.startswith("joint")
    }
    names = list(bones)
    return Skeleton(
        names=names,
        parents={name: bones[name]["parent"] for name in names},
        heads={name: _bone_end(bones[name]["head"], vertices, joints) for name in names},
        tails={name: _bone_end(bones[name]["tail"], vertices, joints) for name in names},
        weights=_read_weights(data, names, len(vertices)),
    )


def _bone_end(
    rule: dict[str, Any], vertices: FloatArray, joints: dict[str, FloatArray]
) -> FloatArray:
    strategy = rule["strategy"]
    if strategy == "CUBE":
        return joints[rule["cube_name"]]
    if strategy == "VERTEX":
        return np.asarray(vertices[rule["vertex_index"]])
    if strategy == "MEAN":
        return np.asarray(vertices[rule["vertex_indices"]].mean(axis=0))
    raise SourceError(f"The rig places a bone by an unknown rule, {strategy}.")


def _read_weights(data: SourceData, names: list[str], vertex_count: int) -> sparse.csr_matrix:
    by_bone = json.loads(data.text("rigs/standard/weights.default.json"))["weights"]
    entries = [
        (vertex, column, weight)
        for column, name in enumerate(names)
        for vertex, weight in by_bone.get(name, [])
    ]
    rows, columns, weights = (np.array(values) for values in zip(*entries, strict=True))
    matrix = sparse.csr_matrix((weights, (rows, columns)), shape=(vertex_count, len(names)))
    totals = np.asarray(matrix.sum(axis=1)).ravel()
    if np.any(totals[:SKIN_VERTICES] <= 0):
        raise SourceError("The rig leaves some skin without a bone.")
    # Helpers may have no weights; they are dropped later, so any finite row will do for them.
    return sparse.csr_matrix(sparse.diags(1 / np.where(totals > 0, totals, 1)) @ matrix)
