"""Placing by name: what was typed, what it would place, and what is placed."""

import pytest

from app.body.atlas import Atlas
from app.domain.anatomy import Side
from app.domain.marks import MarkKind, Shape, TriggerPoint
from app.domain.records import SessionStatus
from app.editing.finding import Found
from app.editing.placing_by_name import details_in_hand, place_by_name
from app.editing.shorthand import MOST_MARKS, Placement, Shorthand, find_placements, read_shorthand
from app.editing.tool_keys import ToolKey
from tests.helpers.chart import Chart

RIGHT, LEFT, BOTH = (Side.RIGHT,), (Side.LEFT,), (Side.RIGHT, Side.LEFT)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("rt utr 2", Shorthand("utr", RIGHT, 2)),
        ("lt infra", Shorthand("infra", LEFT)),
        ("r ql", Shorthand("ql", RIGHT)),
        ("both levator", Shorthand("levator", BOTH)),
        ("B glute med x3", Shorthand("glute med", BOTH, 3)),
        ("soleus left", Shorthand("soleus", LEFT)),
        ("2 bilateral ut", Shorthand("ut", BOTH, 2)),
        ("lt lt 2", Shorthand("lt", LEFT, 2)),
        ("upper trapezius", Shorthand("upper trapezius")),
        ("right", Shorthand("", RIGHT)),
        ("", Shorthand("")),
        ("r gastroc 12", Shorthand("gastroc", RIGHT, 12)),
    ],
)
def test_side_muscle_and_count_in_any_order(typed: str, read: Shorthand) -> None:
    assert read_shorthand(typed) == read


def found(atlas: Atlas, typed: str) -> Found:
    return find_placements(typed, atlas.catalogue, TriggerPoint())


@pytest.mark.parametrize(
    ("typed", "preview"),
    [
        ("rt utr 2", "Right trapezius, descending (upper) part: 2 trigger points"),
        ("lt infra", "Left infraspinatus: 1 trigger point"),
        ("r ql", "Right quadratus lumborum: 1 trigger point"),
        ("both levator", "Levator scapulae, both sides: 1 trigger point on each"),
        ("b scm 2", "Sternocleidomastoid, both sides: 2 trigger points on each"),
        ("lt lt 2", "Left trapezius, ascending (lower) part: 2 trigger points"),
    ],
)
def test_the_preview_says_in_one_line_what_enter_places(
    atlas: Atlas, typed: str, preview: str
) -> None:
    shown = found(atlas, typed)
    (offer,) = shown.offers
    assert (offer.title, shown.sentence, shown.chosen) == (preview, "", 0)


def test_words_that_fit_several_muscles_leave_the_choice_to_the_user(atlas: Atlas) -> None:
    shown = found(atlas, "r traps 2")
    assert shown.chosen == -1
    assert len(shown.offers) == 3
    assert shown.sentence.startswith("“traps” may be Trapezius, descending (upper) part; ")
    many = found(atlas, "r m")
    assert " more. Choose one" in many.sentence


def test_without_a_side_the_side_is_asked_for(atlas: Atlas) -> None:
    shown = found(atlas, "soleus 2")
    assert [offer.deed.sides for offer in shown.offers] == [RIGHT, LEFT, BOTH]  # type: ignore[attr-defined]
    assert (shown.sentence, shown.chosen) == ("Soleus: on which side?", -1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("rt xyzzy", "No muscle is called “xyzzy”."),
        ("rt 2", "Which muscle?"),
        ("rt utr 0", f"From 1 to {MOST_MARKS} marks can be placed at once on each side."),
        ("rt utr 99999999999999999999", f"From 1 to {MOST_MARKS} marks"),
    ],
)
def test_what_is_not_understood_gets_a_sentence(atlas: Atlas, typed: str, sentence: str) -> None:
    shown = found(atlas, typed)
    assert shown.offers == ()
    assert shown.sentence.startswith(sentence)


def place(chart: Chart, typed: str, view: str | None = "posterior") -> int:
    shown = find_placements(typed, chart.atlas.catalogue, details_in_hand(chart.toolbox))
    placement = shown.offers[shown.chosen].deed
    assert isinstance(placement, Placement)
    return len(place_by_name(chart.editor, placement, view))


def test_two_marks_are_one_step(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click("posterior", 380.0, 480.0)
    assert place(chart, "rt utr 2") == 2
    first, one, two = chart.marks
    assert [mark.number for mark in (first, one, two)] == [1, 2, 3]
    assert {one.muscle, two.muscle} == {"trapezius_descending"}
    assert (one.side, two.side) == BOTH[:1] * 2
    assert chart.atlas.distance_mm(one.anchor, two.anchor, chart.editor.body) > 10
    assert chart.editor.selection.ids == (one.id, two.id)
    assert chart.labels == ("Add 2 trigger points", None)
    assert chart.undo().marks == [first]
    assert len(chart.redo().marks) == 3


def test_both_sides_get_as_many_each(chart: Chart) -> None:
    assert place(chart, "both glute med 2") == 4
    assert [mark.side for mark in chart.marks] == [Side.RIGHT] * 2 + [Side.LEFT] * 2
    assert chart.undo().marks == []


def test_the_tool_in_hand_says_the_kind(chart: Chart) -> None:
    for key, kind in (
        (ToolKey.NOTE, MarkKind.NOTE),
        (ToolKey.TWITCH, MarkKind.TRIGGER_POINT),  # a twitch belongs to a point
        (ToolKey.SORENESS, MarkKind.SORENESS),
        (ToolKey.SELECT, MarkKind.TRIGGER_POINT),
        (ToolKey.NO_NEEDLE, MarkKind.TRIGGER_POINT),
    ):
        chart.take(key)
        place(chart, "l soleus")
        assert (chart.mark.kind, chart.mark.shape) == (kind, Shape.POINT)
        assert chart.mark.muscle == "soleus"
        chart.undo()


def test_a_mark_is_placed_in_a_view_that_shows_it(chart: Chart) -> None:
    place(chart, "l rectus femoris", "posterior")
    assert chart.mark.placed_in == "anterior"
    chart.undo()
    place(chart, "l rectus femoris", None)
    assert chart.mark.placed_in == "anterior"


def test_what_has_no_room_is_refused_and_said(chart: Chart) -> None:
    said: list[str] = []
    chart.editor.refused.connect(said.append)
    assert place(chart, "r opponens 9") == 0
    assert chart.marks == []
    assert said[0].startswith("Opponens pollicis has room for ")


def test_a_second_mark_of_the_kind_at_the_very_spot_is_refused(chart: Chart) -> None:
    said: list[str] = []
    chart.editor.refused.connect(said.append)
    assert place(chart, "rt utr 2") == 2
    assert place(chart, "rt utr 2") == 0
    assert len(chart.marks) == 2
    assert said[0].endswith("there is one at such a spot already.")
    assert place(chart, "lt utr 2") == 2
    chart.take(ToolKey.NOTE)
    assert place(chart, "rt utr 2") == 2


def test_a_signed_session_takes_nothing(chart: Chart) -> None:
    chart.editor.change_session("Sign", status=SessionStatus.SIGNED)
    assert place(chart, "rt utr 2") == 0
    assert chart.marks == []
