"""The shipped body maps keep the contract that the application reads.

Nothing here runs the program that makes them; files are read as the application reads them.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from scipy import ndimage

FOLDER = Path(__file__).parents[2] / "assets" / "body_maps"
BODIES = ("male", "female")
VERTICES, QUADS = 53_514, 53_512
LEFT_NIPPLE = 8451
MEBIBYTE = 2**20

# Marks are stored as places on this mesh: another mesh needs another body version, in
# tools/body_maps/pack.py, and a migration of the marks.
GOLDEN = {
    "bounds_female": "42dd76f76be2ccab",
    "bounds_male": "620f7f2e954a0cc2",
    "mirror": "8737d267faf67b35",
    "pickable": "2471ad4ba0ca6c92",
    "quads": "da6756ff41b8bf01",
    "vertices_female": "b7007ab08cffb656",
    "vertices_male": "e6974d75b0f6d919",
}


@cache
def arrays():
    with np.load(FOLDER / "body.npz") as file:
        return {name: file[name] for name in file.files}


@cache
def vertices(body):
    low, high = arrays()[f"bounds_{body}"]
    return low + arrays()[f"vertices_{body}"] / 65_535 * (high - low)


def triangles():
    return arrays()["quads"].astype(int)[:, [[0, 1, 2], [0, 2, 3]]].reshape(-1, 3)


@cache
def catalogue():
    return json.loads((FOLDER / "views.json").read_text(encoding="utf-8"))


VIEWS = [pytest.param(view, id=f"{view['body']}-{view['view']}") for view in catalogue()["views"]]


def view_of(body, name):
    return next(v for v in catalogue()["views"] if (v["body"], v["view"]) == (body, name))


def projected(view):
    points = vertices(view["body"])
    x = (points @ view["right"] - view["centre"][0]) * view["scale"] + view["width"] / 2
    y = view["height"] / 2 - (points @ view["up"] - view["centre"][1]) * view["scale"]
    return np.stack([x, y, points @ view["toward"]], axis=1)


@cache
def alpha(name):
    image = QImage(str(FOLDER / name)).convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(image.constBits(), np.uint8)
    shaped = pixels.reshape(image.height(), image.bytesPerLine() // 4, 4)
    return shaped[:, : image.width(), 3].copy()  # the image takes its pixels with it when it goes


def covered(view):
    """Every pixel centre under a front triangle: (pixel number, depth, triangle), nearest last."""
    a, b, c = np.moveaxis(projected(view)[triangles()], 1, 0)
    b, c = b - a, c - a
    area = b[:, 0] * c[:, 1] - c[:, 0] * b[:, 1]
    low = np.floor(np.minimum(np.minimum(b, c), 0)[:, :2] + a[:, :2] - 0.5).astype(int)
    high = np.ceil(np.maximum(np.maximum(b, c), 0)[:, :2] + a[:, :2] + 0.5).astype(int)
    sizes = (high - low).max(axis=1)
    assert sizes.max() <= 64
    found = []
    # triangles of about the same size are tried together, each on its own little square of pixels
    for small, large in ((0, 4), (4, 8), (8, 16), (16, 32), (32, 64)):
        chosen = np.flatnonzero((area < -1e-12) & (sizes > small) & (sizes <= large))
        steps = np.arange(large)
        column = (low[chosen, 0, None] + steps)[:, None, :]
        row = (low[chosen, 1, None] + steps)[:, :, None]
        dx = column + 0.5 - a[chosen, 0, None, None]
        dy = row + 0.5 - a[chosen, 1, None, None]
        bx, by, bz, cx, cy, cz = (side[chosen, k, None, None] for side in (b, c) for k in range(3))
        u = (dx * cy - cx * dy) / area[chosen, None, None]
        v = (bx * dy - dx * by) / area[chosen, None, None]
        hit = np.nonzero((u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9))
        depth = (a[chosen, 2, None, None] + u * bz + v * cz)[hit]
        pixel = (row * view["width"] + column)[hit]
        found.append(np.stack([pixel, depth, chosen[hit[0]]]))
    every = np.concatenate(found, axis=1)
    return every[:, np.lexsort((every[1], every[0]))]


@cache
def nearest(body, name):
    """The triangle that is seen at each pixel (h, w), -1 where there is none."""
    view = view_of(body, name)
    pixel, _, triangle = covered(view).astype(int)
    seen = np.full(view["height"] * view["width"], -1)
    seen[pixel] = triangle  # of several assignments to one pixel the last stays, the nearest
    return seen.reshape(view["height"], view["width"])


# --- the mesh -----------------------------------------------------------------------------------


def test_the_arrays_are_those_of_the_contract():
    shapes = {name: (array.dtype.str, array.shape) for name, array in arrays().items()}
    expected = {
        "quads": ("<u2", (QUADS, 4)),
        "mirror": ("<u2", (VERTICES,)),
        "pickable": ("|b1", (QUADS,)),
    }
    for body in BODIES:
        expected[f"vertices_{body}"] = ("<u2", (VERTICES, 3))
        expected[f"bounds_{body}"] = ("<f8", (2, 3))
    assert shapes == expected


def test_the_arrays_are_those_of_this_body_version():
    assert catalogue()["body_version"] == "hm08-1"
    assert {name: fingerprint(name) for name in arrays()} == GOLDEN


def fingerprint(name):
    array = arrays()[name]
    if array.dtype.kind == "f":
        # to the thousandth of a millimetre: the last bits are the machine's
        array = np.rint(array * 1e5).astype(np.int64)
    return hashlib.sha256(array.tobytes()).hexdigest()[:16]


def test_the_skin_is_one_closed_surface_wound_the_same_way_everywhere():
    quads = arrays()["quads"].astype(int)
    edges = np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)])
    numbers = edges[:, 0] * VERTICES + edges[:, 1]
    assert len(np.unique(numbers)) == len(numbers)
    np.testing.assert_array_equal(np.sort(numbers), np.sort(edges[:, 1] * VERTICES + edges[:, 0]))
    assert VERTICES - len(edges) // 2 + QUADS == 2


@pytest.mark.parametrize("body", BODIES)
def test_the_surface_faces_outwards_and_holds_an_adult(body):
    a, b, c = np.moveaxis(vertices(body)[triangles()], 1, 0)
    litres = np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6
    assert 40 < litres < 100


def test_the_mirror_pairs_the_vertices_and_turns_quads_into_quads():
    mirror, quads = arrays()["mirror"].astype(int), arrays()["quads"].astype(int)
    np.testing.assert_array_equal(mirror[mirror], np.arange(VERTICES))
    turned = np.sort(mirror[quads], axis=1)
    assert {tuple(quad) for quad in turned} == {tuple(quad) for quad in np.sort(quads, axis=1)}


@pytest.mark.parametrize("body", BODIES)
def test_left_and_right_agree_to_a_tenth_of_a_millimetre(body):
    points = vertices(body)
    asymmetry = points[arrays()["mirror"]] * [-1, 1, 1] - points
    assert np.abs(asymmetry).max() < 0.001


@pytest.mark.parametrize("body", BODIES)
def test_the_patients_left_is_positive_and_the_toes_point_forward(body):
    points = vertices(body)
    assert points[LEFT_NIPPLE, 0] > 0.5
    feet = points[points[:, 1] < 0.3]
    assert feet[:, 2].max() > 1 > -feet[:, 2].min()


@pytest.mark.parametrize("body", BODIES)
def test_an_adult_stands_on_the_floor(body):
    height = vertices(body)[:, 1]
    assert height.min() == pytest.approx(0, abs=1e-9)
    assert 15.5 < height.max() < 18.0


@pytest.mark.parametrize("body", BODIES)
def test_decoding_is_right_to_the_fiftieth_of_a_millimetre(body):
    low, high = arrays()[f"bounds_{body}"]
    half_a_step = (high - low) / 65_535 / 2
    assert half_a_step.max() < 0.0002


# --- a neutral figure ----------------------------------------------------------------------------


def bend(body, inner, outer):
    """How sharply neighbouring normals turn (radians per decimetre) in a ring of the left chest."""
    points, corners = vertices(body), triangles()
    a, b, c = np.moveaxis(points[corners], 1, 0)
    faces = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    np.add.at(normals, corners.ravel(), np.repeat(faces, 3, axis=0))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    start, end = corners.ravel(), np.roll(corners, -1, axis=1).ravel()
    distance = np.linalg.norm(points - points[LEFT_NIPPLE], axis=1)[start]
    chosen = (distance >= inner) & (distance < outer)
    start, end = start[chosen], end[chosen]
    turn = np.arccos(np.clip(np.einsum("ij,ij->i", normals[start], normals[end]), -1, 1))
    return turn / np.linalg.norm(points[start] - points[end], axis=1)


@pytest.mark.parametrize("body", BODIES)
def test_the_chest_bends_little_more_at_its_centre_than_around_it(body):
    patch, around = bend(body, 0, 0.4), bend(body, 0.5, 1.0)
    assert len(patch) > 300
    assert np.percentile(patch, 90) < 1.5 * np.percentile(around, 90)
    # nothing as narrow as a nipple: those of the source bend by 15 and 104
    assert patch.max() < 8


@pytest.mark.parametrize("body", BODIES)
def test_the_gap_between_the_thighs_opens_downwards(body):
    seen = alpha(view_of(body, "anterior")["image"]) > 127
    height, width = seen.shape
    middle = seen[:, width // 2 - 1]
    top = np.flatnonzero(middle[: height * 3 // 4])[-1] + 1
    gaps = []
    for row in range(top + 6, top + 240, 6):
        line = ~seen[row]
        right = width // 2 + np.flatnonzero(~line[width // 2 :])[0]
        left = np.flatnonzero(~line[: width // 2])[-1]
        gaps.append(right - left - 1)
    # a keyhole would narrow again below its arch; half a pixel a side is the picture's own grain
    assert np.all(np.diff(gaps) >= -2)
    assert gaps[-1] > 2 * gaps[0]


def test_what_cannot_be_picked_lies_within_the_head():
    hidden = ~arrays()["pickable"]
    assert 0.05 < hidden.mean() < 0.12
    for body in BODIES:
        centres = vertices(body)[arrays()["quads"]].mean(axis=1)[hidden]
        assert centres[:, 1].min() > 0.87 * vertices(body)[:, 1].max()
        assert np.abs(centres[:, 0]).max() < 0.6


def test_what_can_be_picked_on_one_side_can_be_picked_on_the_other():
    quads, pickable = arrays()["quads"].astype(int), arrays()["pickable"]
    number = {tuple(quad): index for index, quad in enumerate(np.sort(quads, axis=1).tolist())}
    turned = np.sort(arrays()["mirror"].astype(int)[quads], axis=1).tolist()
    np.testing.assert_array_equal(pickable[[number[tuple(quad)] for quad in turned]], pickable)


# --- the views -----------------------------------------------------------------------------------


def test_the_views_are_the_eight_of_the_contract():
    assert catalogue()["unit"] == "dm"
    listed = [(v["body"], v["view"], v["pose"], v["title"]) for v in catalogue()["views"]]
    names = ("anterior", "posterior", "left", "right")
    assert listed == [(b, n, "anatomical", n.capitalize()) for b in BODIES for n in names]


@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_has_the_size_that_the_view_names(view):
    assert alpha(view["image"]).shape == (view["height"], view["width"])
    assert view["height"] == 2048


@pytest.mark.parametrize("view", VIEWS)
def test_every_vertex_is_inside_its_picture(view):
    x, y, _ = projected(view).T
    assert 16 < x.min() < x.max() < view["width"] - 16
    assert 16 < y.min() < y.max() < view["height"] - 16


@pytest.mark.parametrize("body", BODIES)
def test_the_four_views_of_a_body_align(body):
    views = [v for v in catalogue()["views"] if v["body"] == body]
    assert len({(v["scale"], v["centre"][1], v["height"]) for v in views}) == 1


@pytest.mark.parametrize("body", BODIES)
def test_right_is_the_mirror_of_left(body):
    left, right = view_of(body, "left"), view_of(body, "right")
    assert right["centre"][0] == pytest.approx(-left["centre"][0], abs=1e-9)
    assert right["width"] == left["width"]
    assert_same_outline(alpha(left["image"]) > 127, np.fliplr(alpha(right["image"]) > 127))


@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_has_the_outline_of_the_mesh(view):
    assert_same_outline(nearest(view["body"], view["view"]) >= 0, alpha(view["image"]) > 127)


def assert_same_outline(first, second):
    """Every pixel of either lies within 1.5 pixels of the other."""
    neighbours = np.ones((3, 3), dtype=bool)
    assert not np.any(first & ~ndimage.binary_dilation(second, neighbours))
    assert not np.any(second & ~ndimage.binary_dilation(first, neighbours))


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_seen_can_be_picked(view):
    seen = nearest(view["body"], view["view"])
    lost = ~arrays()["pickable"][seen[seen >= 0] // 2]
    assert lost.mean() < 1e-4


# --- the files -----------------------------------------------------------------------------------


def test_the_folder_holds_these_files_and_stays_small():
    files = {path.name: path.stat().st_size for path in FOLDER.iterdir() if path.is_file()}
    pictures = {view["image"] for view in catalogue()["views"]}
    made = pictures | {"body.npz", "views.json", "LICENSE-CC0.txt", "NOTICE"}
    assert made <= set(files)
    assert sum(files[name] for name in made) < 3 * MEBIBYTE


def test_the_licence_and_the_authors_are_named():
    licence = (FOLDER / "LICENSE-CC0.txt").read_text(encoding="utf-8")
    assert "Creative Commons CC0 1.0 Universal" in licence
    assert "waives" in licence
    notice = (FOLDER / "NOTICE").read_text(encoding="utf-8")
    for name in ("MakeHuman", "Data Collection AB", "Joel Palmius", "Jonas Hauquier", "NAVER"):
        assert name in notice
