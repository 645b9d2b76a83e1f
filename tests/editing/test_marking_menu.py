"""The model of the marking menu: directions and what they mean."""

import math

import pytest

from app.domain.marks import MarkKind, Shape
from app.editing.actions import BY_ID
from app.editing.marking_menu import (
    DIRECTIONS,
    REMOVE_AT,
    SELECT,
    Direction,
    direction_of,
    item_at,
    items_on_mark,
    items_on_skin,
    step,
)
from app.editing.tool_keys import ToolKey

EVERY_KIND = [f"kind.{kind}" for kind in MarkKind]


def test_every_kind_has_a_direction_of_its_own() -> None:
    assert set(DIRECTIONS) == set(MarkKind)
    assert len(set(DIRECTIONS.values())) == len(Direction)


@pytest.mark.parametrize("direction", Direction)
def test_a_pointer_anywhere_in_its_eighth_means_a_direction(direction: Direction) -> None:
    for off in (-20, 0, 20):
        turn = math.radians(direction * 45 + off)
        assert direction_of(100 * math.sin(turn), -100 * math.cos(turn), 20) is direction


def test_in_the_middle_nothing_is_meant() -> None:
    assert direction_of(10, 10, 20) is None
    assert direction_of(0, 0, 20) is None
    assert item_at(items_on_skin(), 3, 3, 20) is None


def test_on_skin_there_is_every_kind_that_has_a_tool() -> None:
    items = items_on_skin()
    assert {item.kind for item in items} == {
        kind for kind in MarkKind if kind.value in set(ToolKey)
    }
    assert all(item.action in BY_ID for item in items)
    assert len({item.direction for item in items}) == len(items)


@pytest.mark.parametrize("kind", MarkKind)
def test_on_a_mark_kinds_keep_their_directions_and_one_removes_it(kind: MarkKind) -> None:
    items = items_on_mark(kind, Shape.POINT, EVERY_KIND)
    by_direction = {item.direction: item for item in items}
    assert len(by_direction) == len(items)
    assert by_direction[REMOVE_AT].action == "remove"
    assert [item.kind for item in items if item.action == SELECT] == [kind]
    retyping = [item for item in items if item.action.startswith("kind.")]
    assert all(item.kind is not None for item in retyping)
    assert all(item.direction is DIRECTIONS[item.kind] for item in retyping if item.kind)
    assert MarkKind.TAUT_BAND not in {item.kind for item in retyping}  # that is a line
    assert len(retyping) >= 3


def test_only_actions_that_there_are_stand_in_it() -> None:
    assert {item.action for item in items_on_mark(MarkKind.NEEDLE, Shape.POINT, ())} == {
        SELECT, "remove",
    }  # fmt: skip


def test_keys_go_round_clockwise() -> None:
    items = items_on_mark(MarkKind.TRIGGER_POINT, Shape.POINT, EVERY_KIND)
    around = sorted(items, key=lambda item: item.direction)
    assert step(items, None, 1) == around[0]
    assert step(items, around[0], 1) == around[1]
    assert step(items, around[0], -1) == around[-1]
    assert step((), None, 1) is None
