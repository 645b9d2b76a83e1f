"""What the atlas says of muscles, zones and places."""

import numpy as np
import pytest

from app.body.areas import inside_loops
from app.body.atlas import Atlas
from app.body.muscles import Catalogue, Muscle
from app.body.sample_grid import QuadSpots
from app.domain.anatomy import Body, Side
from tests.helpers.skin import is_within, random_anchors, skin_anchors

VIEWS = ("anterior", "posterior", "left", "right")


@pytest.fixture(scope="module")
def catalogue(atlas: Atlas) -> Catalogue:
    return atlas.catalogue


def first(found: tuple[Muscle, ...]) -> str:
    return found[0].id


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("infraspinatus", "infraspinatus"),
        ("upper traps", "trapezius_descending"),
        ("musculus soleus", "soleus"),
        ("QL", "quadratus_lumborum"),
        ("tib ant", "tibialis_anterior"),
        ("scm", "sternocleidomastoid"),
        ("Peroneus Longus", "fibularis_longus"),
        ("glute med", "gluteus_medius"),
        ("lev sc", "levator_scapulae"),
        ("ITB", "tensor_fasciae_latae"),
    ],
)
def test_muscles_are_found_by_any_name(catalogue: Catalogue, typed: str, found: str) -> None:
    assert first(catalogue.search(typed)) == found


def test_a_group_name_finds_all_of_the_group(catalogue: Catalogue) -> None:
    assert {m.id for m in catalogue.search("peroneal")} == {"fibularis_longus", "fibularis_brevis"}
    assert len(catalogue.search("hamstrings")) == 3
    assert len(catalogue.search("rotator cuff")) == len(catalogue.search("SITS")) == 4
    assert len(catalogue.search("calves")) == 3
    assert len(catalogue.search("erectors")) == 3
    assert {m.body_part for m in catalogue.search("forearm extensors")} == {"forearm"}
    assert len(catalogue.search("TMJ")) == 4
    assert catalogue.search("traps")[0].id.startswith("trapezius")


def test_a_search_for_nothing_or_nonsense_finds_nothing(catalogue: Catalogue) -> None:
    assert catalogue.search("   ") == ()
    assert catalogue.search("xyzzy") == ()


def test_an_unknown_muscle_is_shown_as_it_is_written(catalogue: Catalogue) -> None:
    assert catalogue.name("musculus_novus") == "musculus_novus"
    assert catalogue.name("soleus") == "Soleus"


def test_a_muscle_is_not_reviewed_until_somebody_signs(catalogue: Catalogue) -> None:
    assert {m.review for m in catalogue.muscles} == {
        "Approximate surface projection, not reviewed by an anatomist"
    }


def test_quad_spots_and_anchors_are_the_same_places(atlas: Atlas) -> None:
    for anchor in random_anchors(atlas, 100, seed=1):
        back = QuadSpots.one(anchor).anchor()
        here = atlas.mesh.point(anchor, Body.MALE)
        assert atlas.mesh.point(back, Body.MALE) == pytest.approx(here, abs=1e-9)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("body", list(Body))
def test_lines_on_a_picture_hold_what_lies_in_the_muscle(
    atlas: Atlas, body: Body, view: str
) -> None:
    """Spots more than a sample from the border are on the same side of it by both ways."""
    for muscle in ("latissimus_dorsi", "rectus_femoris", "deltoid_acromial"):
        for side in (Side.LEFT, Side.RIGHT):
            loops = atlas.muscle_loops(muscle, side, body, view)
            for x, y, anchor in skin_anchors(atlas, body, view, 120, seed=2):
                spots = atlas.anatomy.on_grid(QuadSpots.one(anchor), side)
                depth = float(atlas.anatomy.muscle_field(muscle, spots)[0])
                if abs(depth) > 8 and is_within(atlas, body, view, x, y):
                    inside = bool(inside_loops(np.array([[x, y]]), tuple(loops))[0])
                    assert inside == (depth > 0), (muscle, side, x, y)


def test_the_gravest_zone_comes_first(atlas: Atlas) -> None:
    stacks = [atlas.anatomy.zones_at(a) for a in random_anchors(atlas, 2000, seed=6)]
    grave = [[zone.severity.value == "high" for zone in zones] for zones in stacks]
    assert any(len(each) > 1 for each in grave)
    assert all(each == sorted(each, reverse=True) for each in grave)
