"""The shipped body maps keep the contract that the application reads.

Nothing here runs the program that makes them; files are read as the application reads them.
"""

import hashlib
import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from scipy import ndimage

FOLDER = Path(__file__).parents[2] / "assets" / "body_maps"
BODIES = ("male", "female")
FIGURES = (*BODIES, "male_overhead", "female_overhead")
STYLES = ("clay", "line")
WHOLE = ("anterior", "posterior", "left", "right")
FADING = 48  # pixels along the edges of a close-up in which the body fades out
VERTICES, QUADS = 53_514, 53_512
LEFT_NIPPLE = 8451
MEBIBYTE = 2**20
MILLIMETRE = 0.01  # decimetres

# Marks are stored as places on this mesh: another mesh needs another body version, in
# tools/body_maps/pack.py, and a migration of the marks.
GOLDEN = {
    "bounds_female": "42dd76f76be2ccab",
    "bounds_female_overhead": "9e98767631cdab1d",
    "bounds_male": "620f7f2e954a0cc2",
    "bounds_male_overhead": "c240cfbe5212bc26",
    "mirror": "8737d267faf67b35",
    "part": "6311f72256f9fff9",
    "pickable": "2471ad4ba0ca6c92",
    "quads": "da6756ff41b8bf01",
    "vertices_female": "b7007ab08cffb656",
    "vertices_female_overhead": "c8d0f663f47476de",
    "vertices_male": "e6974d75b0f6d919",
    "vertices_male_overhead": "87314c03558415f2",
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
WHOLE_VIEWS = [each for each in VIEWS if each.values[0]["group"] == "whole"]


def view_of(body, name):
    return next(v for v in catalogue()["views"] if (v["body"], v["view"]) == (body, name))


def figure_of(view):
    return view["body"] if view["pose"] == "anatomical" else f"{view['body']}_{view['pose']}"


def projected(view):
    points = vertices(figure_of(view))
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
    corners = projected(view)[triangles()]
    shown = in_frame(view, corners) & np.repeat(painted(view), 2)
    a, b, c = np.moveaxis(corners, 1, 0)
    b, c = b - a, c - a
    area = b[:, 0] * c[:, 1] - c[:, 0] * b[:, 1]
    low = np.floor(np.minimum(np.minimum(b, c), 0)[:, :2] + a[:, :2] - 0.5).astype(int)
    high = np.ceil(np.maximum(np.maximum(b, c), 0)[:, :2] + a[:, :2] + 0.5).astype(int)
    sizes = (high - low).max(axis=1)
    assert sizes[shown].max() <= 256
    found = []
    # triangles of about the same size are tried together, each on its own little square of pixels
    for small, large in ((0, 4), (4, 8), (8, 16), (16, 32), (32, 64), (64, 128), (128, 256)):
        chosen = np.flatnonzero((area < -1e-12) & (sizes > small) & (sizes <= large) & shown)
        steps = np.arange(large)
        column = (low[chosen, 0, None] + steps)[:, None, :]
        row = (low[chosen, 1, None] + steps)[:, :, None]
        dx = column + 0.5 - a[chosen, 0, None, None]
        dy = row + 0.5 - a[chosen, 1, None, None]
        bx, by, bz, cx, cy, cz = (side[chosen, k, None, None] for side in (b, c) for k in range(3))
        u = (dx * cy - cx * dy) / area[chosen, None, None]
        v = (bx * dy - dx * by) / area[chosen, None, None]
        on_picture = (row >= 0) & (row < view["height"]) & (column >= 0) & (column < view["width"])
        hit = np.nonzero((u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9) & on_picture)
        depth = (a[chosen, 2, None, None] + u * bz + v * cz)[hit]
        pixel = (row * view["width"] + column)[hit]
        found.append(np.stack([pixel, depth, chosen[hit[0]]]))
    every = np.concatenate(found, axis=1)
    return every[:, np.lexsort((every[1], every[0]))]


def painted(view):
    """(m,): which quads are on the picture at all, as far as they lie in its frame."""
    names = view["parts"] or catalogue()["parts"]
    return np.isin(arrays()["part"], [catalogue()["parts"].index(name) for name in names])


def in_frame(view, corners):
    low, high = corners[:, :, :2].min(axis=1), corners[:, :, :2].max(axis=1)
    return ((high >= 0) & (low <= [view["width"], view["height"]])).all(axis=1)


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
        "part": ("|u1", (QUADS,)),
    }
    for body in FIGURES:
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


@pytest.mark.parametrize("body", FIGURES)
def test_the_surface_faces_outwards_and_holds_an_adult(body):
    a, b, c = np.moveaxis(vertices(body)[triangles()], 1, 0)
    litres = np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6
    assert 40 < litres < 100


def test_the_mirror_pairs_the_vertices_and_turns_quads_into_quads():
    mirror, quads = arrays()["mirror"].astype(int), arrays()["quads"].astype(int)
    np.testing.assert_array_equal(mirror[mirror], np.arange(VERTICES))
    turned = np.sort(mirror[quads], axis=1)
    assert {tuple(quad) for quad in turned} == {tuple(quad) for quad in np.sort(quads, axis=1)}


@pytest.mark.parametrize("body", FIGURES)
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


@pytest.mark.parametrize("body", FIGURES)
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


def test_the_first_views_of_a_body_show_it_whole():
    assert catalogue()["unit"] == "dm"
    for body in BODIES:
        listed = [v for v in catalogue()["views"] if v["body"] == body]
        whole = [(v["view"], v["pose"], v["title"]) for v in listed[:4]]
        assert whole == [(name, "anatomical", name.capitalize()) for name in WHOLE]
        assert [v["group"] == "whole" for v in listed] == [True] * 4 + [False] * (len(listed) - 4)


def test_there_is_a_close_up_of_all_that_is_needled_closely():
    sides = ("left", "right")
    expected = {f"head_neck_{where}" for where in ("anterior", "posterior", *sides)}
    expected |= {f"shoulder_{s}_{w}" for s in sides for w in ("anterior", "posterior", "lateral")}
    expected |= {f"hand_{s}_{w}" for s in sides for w in ("palmar", "dorsal")}
    expected |= {f"foot_{s}_{w}" for s in sides for w in ("plantar", "dorsal", "medial", "lateral")}
    expected |= {f"pelvis_{s}_lateral" for s in sides} | {"pelvis_posterior", "trunk_posterior"}
    expected |= {f"{what}_{s}{how}" for s in sides for what, how in (
        ("trunk", "_overhead"), ("axilla", ""), ("leg", "_medial"))}  # fmt: skip
    for body in BODIES:
        names = [v["view"] for v in catalogue()["views"] if v["body"] == body]
        assert len(set(names)) == len(names)
        assert set(names) == expected | set(WHOLE)


def test_both_bodies_have_the_same_views():
    told = ("view", "pose", "group", "side", "title", "parts", "right", "up", "toward")
    male, female = (
        [{key: v[key] for key in told} for v in catalogue()["views"] if v["body"] == body]
        for body in BODIES
    )
    assert male == female


@pytest.mark.parametrize("view", VIEWS)
def test_a_name_a_title_and_a_side_agree(view):
    sides = [side for side in ("left", "right") if side in view["view"].split("_")]
    assert ([view["side"]] if view["side"] else []) == sides
    assert [side for side in ("left", "right") if side in view["title"].lower()] == sides


@pytest.mark.parametrize("view", VIEWS)
def test_the_pictures_have_the_size_that_the_view_names(view):
    assert set(view["images"]) == set(STYLES)
    assert view["image"] == view["images"]["clay"]
    for name in view["images"].values():
        assert alpha(name).shape == (view["height"], view["width"])
    if view["group"] == "whole":
        assert view["height"] == 2048
    else:
        assert 1400 <= max(view["height"], view["width"]) <= 1408


@pytest.mark.parametrize("view", WHOLE_VIEWS)
def test_a_whole_view_is_there_at_half_its_size_too(view):
    """And looks the same: each pixel is the mean of four."""
    for name in view["images"].values():
        full, half = (premultiplied(each) for each in (name, half_of(name)))
        height, width = view["height"] // 2, view["width"] // 2
        assert half.shape == (height, width, 4)
        four = full[: 2 * height, : 2 * width].reshape(height, 2, width, 2, 4)
        assert np.abs(four.mean(axis=(1, 3)) - half).max() < 3  # of 255


def half_of(name):
    return name.replace(".webp", "_half.webp")


def premultiplied(name):
    image = QImage(str(FOLDER / name))
    image = image.convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied)
    pixels = np.frombuffer(image.constBits(), np.uint8)
    return pixels.reshape(image.height(), image.width(), 4).astype(float)


@pytest.mark.parametrize("view", VIEWS)
def test_both_styles_have_the_same_outline(view):
    clay, line = (alpha(view["images"][style]) for style in STYLES)
    np.testing.assert_array_equal(clay, line)


@pytest.mark.parametrize("view", WHOLE_VIEWS)
def test_every_vertex_is_inside_its_picture(view):
    x, y, _ = projected(view).T
    assert 16 < x.min() < x.max() < view["width"] - 16
    assert 16 < y.min() < y.max() < view["height"] - 16


@pytest.mark.parametrize("body", BODIES)
def test_the_four_views_of_a_body_align(body):
    views = [v for v in catalogue()["views"] if v["body"] == body and v["group"] == "whole"]
    assert len({(v["scale"], v["centre"][1], v["height"]) for v in views}) == 1


@pytest.mark.parametrize("body", BODIES)
def test_the_right_close_ups_are_mirror_images_of_the_left(body):
    for view in (v for v in catalogue()["views"] if v["body"] == body and v["side"] == "left"):
        other = view_of(body, view["view"].replace("left", "right"))
        assert (other["width"], other["height"]) == (view["width"], view["height"])
        assert other["toward"] == pytest.approx([-view["toward"][0], *view["toward"][1:]])
        mirrored = np.fliplr(alpha(other["image"])) > 127
        assert_same_outline(alpha(view["image"]) > 127, mirrored)


@pytest.mark.parametrize("body", BODIES)
def test_right_is_the_mirror_of_left(body):
    left, right = view_of(body, "left"), view_of(body, "right")
    assert right["centre"][0] == pytest.approx(-left["centre"][0], abs=1e-9)
    assert right["width"] == left["width"]
    assert_same_outline(alpha(left["image"]) > 127, np.fliplr(alpha(right["image"]) > 127))


@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_has_the_outline_of_the_mesh(view):
    """The mesh that is picked is coarser than the one that is painted: by a millimetre at most."""
    mesh, picture = nearest(view["body"], view["view"]) >= 0, alpha(view["image"]) > 127
    pixels = 1
    if view["group"] != "whole":
        within = (slice(FADING, -FADING), slice(FADING, -FADING))
        mesh, picture = mesh[within], picture[within]
        pixels = math.ceil(view["scale"] * MILLIMETRE)
    assert_same_outline(mesh, picture, pixels)


def assert_same_outline(first, second, pixels=1):
    """Every pixel of either lies within so many ``pixels`` of the other, or half as many more."""
    neighbours = np.ones((2 * pixels + 1, 2 * pixels + 1), dtype=bool)
    assert not np.any(first & ~ndimage.binary_dilation(second, neighbours))
    assert not np.any(second & ~ndimage.binary_dilation(first, neighbours))


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_seen_can_be_picked(view):
    seen = nearest(view["body"], view["view"])
    lost = ~arrays()["pickable"][seen[seen >= 0] // 2]
    assert lost.mean() < 1e-3


@pytest.mark.parametrize("view", [v for v in VIEWS if v.values[0]["parts"]])
def test_no_cut_opens_the_body(view):
    """Where parts are left out, the skin ends outside of the picture, behind other skin, or at
    the outline, where nothing can be seen into.
    """
    quads = arrays()["quads"].astype(int)
    kept = painted(view)
    rim = np.intersect1d(quads[kept], quads[~kept])
    x, y, depth = projected(view)[rim].T
    inside = (x > 0) & (x < view["width"]) & (y > 0) & (y < view["height"])
    pixel = covered(view)
    front = np.full((view["height"], view["width"]), -np.inf)
    front.ravel()[pixel[0].astype(int)] = pixel[1]
    outline = ndimage.binary_dilation(np.isinf(front), np.ones((9, 9), dtype=bool))
    row, column = y[inside].astype(int), x[inside].astype(int)
    hidden = front[row, column] > depth[inside] + 0.05
    assert np.all(hidden | outline[row, column])


def test_parts_are_mirror_images_and_hold_together():
    """Left becomes right; what lies on the midline has no side."""
    names = catalogue()["parts"]
    quads, part = arrays()["quads"].astype(int), arrays()["part"]
    number = {tuple(quad): index for index, quad in enumerate(np.sort(quads, axis=1).tolist())}
    turned = np.sort(arrays()["mirror"].astype(int)[quads], axis=1).tolist()
    other = {
        index: names.index(name.replace("left", "?").replace("right", "left").replace("?", "right"))
        for index, name in enumerate(names)
    }
    mirrored = np.array([other[k] for k in part[[number[tuple(quad)] for quad in turned]]])
    np.testing.assert_array_equal(mirrored, part)
    assert set(part) == set(range(len(names)))


@pytest.mark.parametrize("body", BODIES)
def test_raised_arms_leave_everything_else_where_it_was(body):
    still = ("head", "thigh_left", "lower_leg_right", "foot_left")
    quads, part = arrays()["quads"].astype(int), arrays()["part"]
    moved = np.linalg.norm(vertices(f"{body}_overhead") - vertices(body), axis=1)
    for name in still:
        assert moved[quads[part == catalogue()["parts"].index(name)]].max() < 0.05
    hand = quads[part == catalogue()["parts"].index("hand_left")]
    crown = vertices(body)[:, 1].max()
    assert vertices(f"{body}_overhead")[hand][..., 1].min() > crown


# --- the files -----------------------------------------------------------------------------------


def test_the_folder_holds_these_files_and_stays_small():
    files = {path.name: path.stat().st_size for path in FOLDER.iterdir() if path.is_file()}
    pictures = {image for view in catalogue()["views"] for image in view["images"].values()}
    pictures |= {
        half_of(each.values[0]["images"][style]) for each in WHOLE_VIEWS for style in STYLES
    }
    made = pictures | {"body.npz", "views.json", "LICENSE-CC0.txt", "NOTICE"}
    assert made <= set(files)
    assert sum(files[name] for name in made) < 12.5 * MEBIBYTE


def test_the_licence_and_the_authors_are_named():
    licence = (FOLDER / "LICENSE-CC0.txt").read_text(encoding="utf-8")
    assert "Creative Commons CC0 1.0 Universal" in licence
    assert "waives" in licence
    notice = (FOLDER / "NOTICE").read_text(encoding="utf-8")
    for name in ("MakeHuman", "Data Collection AB", "Joel Palmius", "Jonas Hauquier", "NAVER"):
        assert name in notice
