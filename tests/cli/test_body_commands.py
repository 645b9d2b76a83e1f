"""body views, pick and locate."""

import json

import pytest

SPOT = ("--body", "male", "--view", "posterior", "--x", 0.55, "--y", 0.25)


def test_the_views_of_each_body(needlepoint):
    views = needlepoint("body", "views", "--json").document
    told = {"body", "view", "title", "group", "pose", "width", "height"}
    assert all(set(each) == told for each in views)
    names = {(each["body"], each["view"]) for each in views}
    standard = ("anterior", "posterior", "left", "right")
    assert names >= {(body, view) for body in ("female", "male") for view in standard}
    assert len(needlepoint("body", "views").out.splitlines()) == 1 + len(views)
    (flank,) = (v for v in views if (v["body"], v["view"]) == ("female", "trunk_left_overhead"))
    assert (flank["pose"], flank["group"]) == ("overhead", "trunk")
    assert {v["pose"] for v in views if v["group"] == "whole"} == {"anatomical"}


def test_a_close_up_is_picked_and_located_like_any_view(needlepoint):
    sole = ("--body", "female", "--view", "foot_left_plantar", "--x", 0.5, "--y", 0.5)
    found = needlepoint("body", "pick", *sole, "--json").document
    assert found["side"] == "left"
    anchor = ",".join(map(str, found["anchor"]))
    answer = needlepoint("body", "locate", "--anchor", anchor, "--body", "female", "--json")
    spots = {each.pop("view"): each for each in answer.document["views"]}
    seen = [view for view, spot in spots.items() if spot["visible"]]
    assert not {"anterior", "posterior", "left", "right"} & set(seen)
    there = spots["foot_left_plantar"]
    assert there["visible"]
    assert (there["x"], there["y"]) == pytest.approx((0.5, 0.5))


def test_what_lies_under_a_spot(needlepoint, middle_of_back):
    found = needlepoint("body", "pick", *SPOT, "--json").document
    told = {"anchor", "side", "muscles", "hazard_zones", "region"}
    assert found.keys() == told | {"choir_segment"}
    assert found["anchor"] == middle_of_back()
    assert found["side"] == "right"  # the patient's: seen from behind, it is on the right
    assert found["muscles"][0] == {
        "id": "trapezius_ascending",
        "name": "Trapezius, ascending (lower) part",
        "depth_layer": "superficial",
        "side": "right",
    }
    layers = [each["depth_layer"] for each in found["muscles"]]
    order = ["superficial", "intermediate", "deep"]
    assert layers == sorted(layers, key=order.index)
    assert {"id": "posterior_thorax", "severity": "high"} in found["hazard_zones"]
    assert found["region"]["name"].startswith("right ")
    assert found["choir_segment"] == {
        "id": "middle_back", "name": "middle of the back, right", "side": "right", "number": 213,
    }  # fmt: skip
    line = needlepoint("body", "pick", *SPOT).out.splitlines()[1]
    assert "  right  Trapezius, ascending (lower) part; " in line


@pytest.mark.parametrize(("x", "y"), [(0, 0), (0.01, 0.99), (1.5, 0.2), (-3, 0.2)])
def test_outside_the_body_there_is_nothing(needlepoint, x, y):
    place = ("--body", "male", "--view", "anterior", f"--x={x}", f"--y={y}")
    assert needlepoint("body", "pick", *place, "--json").out == "null\n"
    assert "outside the body" in needlepoint("body", "pick", *place).out


def test_many_points_at_once(needlepoint, tmp_path, middle_of_back):
    path = tmp_path / "points.json"
    questions = [
        {"body": "male", "view": "posterior", "x": 0.55, "y": 0.25},
        {"body": "female", "view": "left", "x": 0, "y": 1},
    ]
    path.write_text(json.dumps(questions))
    found = needlepoint("body", "pick", "--points", path, "--json").document
    assert found[0]["anchor"] == middle_of_back()
    assert found[1] is None
    assert len(found) == 2


def test_an_anchor_is_found_in_every_view(needlepoint, middle_of_back):
    anchor = ",".join(map(str, middle_of_back()))
    found = needlepoint("body", "locate", "--anchor", anchor, "--body", "male", "--json").document
    spots = {each.pop("view"): each for each in found["views"]}
    assert spots["posterior"]["visible"] is True
    assert spots["posterior"]["x"] == pytest.approx(0.55)
    assert spots["posterior"]["y"] == pytest.approx(0.25)
    assert spots["anterior"]["visible"] is False
    text = needlepoint("body", "locate", "--anchor", anchor, "--body", "female").out
    assert text.splitlines()[0].split() == ["ANCHOR", "VIEW", "X", "Y", "VISIBLE"]


def test_many_anchors_at_once(needlepoint, tmp_path, middle_of_back):
    path = tmp_path / "anchors.json"
    path.write_text(
        json.dumps([{"anchor": middle_of_back(), "body": body} for body in ("male", "female")])
    )
    found = needlepoint("body", "locate", "--anchors", path, "--json").document
    assert [set(each) for each in found] == [{"views"}, {"views"}]
    path.write_text("[]")
    assert needlepoint("body", "locate", "--anchors", path, "--json").document == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{}", "{}: must be a list, not an object."),
        ('[{"body": "male"}]', "{}: [0].view: this field is missing."),
        (
            '[{"body": "male", "view": "left", "x": "0", "y": 0}]',
            "{}: [0].x: must be a number, not text.",
        ),
        (
            '[{"body": "male", "view": "above", "x": 0, "y": 0}]',
            "The male body has no view 'above'. Choose one of: anterior, posterior, left, right; "
            "or a close-up that this lists: body views.",
        ),
        ("[", "{} ends too early: the file is cut off. Copy it again from where it came."),
    ],
)
def test_a_list_of_points_that_is_wrong(needlepoint, tmp_path, content, sentence):
    path = tmp_path / "points.json"
    path.write_text(content)
    assert needlepoint.refused("body", "pick", "--points", path) == sentence.replace(
        "{}", str(path)
    )


def test_an_anchor_that_no_body_has(needlepoint):
    said = needlepoint.refused("body", "locate", "--anchor", "99999999,0,0", "--body", "male")
    assert said == "The body has no triangle 99999999. Take the anchor from: body pick"


@pytest.mark.parametrize(
    "anchor", ["", "1", "1,2", "1,2,3,4", "a,0,0", "1.5,0,0", "1,nan,0", "-1,0,0"]
)
def test_an_anchor_that_is_none(needlepoint, anchor):
    said = needlepoint.misused("body", "locate", f"--anchor={anchor}", "--body", "male")
    assert said.endswith(f"{anchor!r} is not TRI,B1,B2, such as 8112,0.25,0.5")


@pytest.mark.parametrize(
    "arguments",
    [
        ("body",),
        ("body", "fly"),
        ("body", "pick"),
        ("body", "pick", "--points", "a.json", "--x", "1"),
        ("body", "pick", *SPOT[:-2]),
        ("body", "pick", *SPOT[:-1], "nan"),
        ("body", "pick", *SPOT[:-1], "middle"),
        ("body", "pick", "--body", "child", *SPOT[2:]),
        ("body", "locate"),
        ("body", "locate", "--anchor", "1,0,0"),
        ("body", "locate", "--anchors", "a.json", "--body", "male"),
    ],
)
def test_wrong_usage(needlepoint, arguments):
    assert needlepoint.misused(*arguments).startswith("needlepoint body")
