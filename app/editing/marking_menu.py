"""The marking menu: eight directions, each of which means an action.

A kind of mark has the same direction wherever it can be had, so that the hand learns it: a flick
to the upper right is a needle, on bare skin and on a mark that is to become one. Which actions
there are it takes from the list of actions.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from math import atan2, hypot, pi

from app.domain.marks import SHAPES_OF_KIND, MarkKind, Shape
from app.domain.words import kind_title
from app.editing.actions import BY_ID, TOOL_ACTIONS
from app.editing.tool_keys import ToolKey


class Direction(IntEnum):
    """Clockwise from above."""

    NORTH = 0
    NORTH_EAST = 1
    EAST = 2
    SOUTH_EAST = 3
    SOUTH = 4
    SOUTH_WEST = 5
    WEST = 6
    NORTH_WEST = 7


DIRECTIONS: dict[MarkKind, Direction] = {
    MarkKind.TRIGGER_POINT: Direction.NORTH,
    MarkKind.NEEDLE: Direction.NORTH_EAST,
    MarkKind.TWITCH: Direction.EAST,
    MarkKind.REFERRED_PAIN: Direction.SOUTH_EAST,
    MarkKind.SORENESS: Direction.SOUTH,
    MarkKind.TAUT_BAND: Direction.SOUTH_WEST,
    MarkKind.NOTE: Direction.WEST,
    MarkKind.REACTION: Direction.NORTH_WEST,
}
REMOVE_AT = DIRECTIONS[MarkKind.NOTE]
"""On a mark the direction of notes removes it: what is there becomes a note least often."""
SELECT = "select"
"""Not an action of the list: the mark on which the menu was opened is just selected."""


@dataclass(frozen=True, slots=True)
class Item:
    """``action`` is an id of the list of actions, or ``SELECT``; ``kind`` gives it its sign."""

    direction: Direction
    title: str
    action: str
    kind: MarkKind | None = None


def items_on_skin() -> tuple[Item, ...]:
    """The kinds of mark for which there is a tool."""
    return tuple(
        Item(direction, kind_title(kind), TOOL_ACTIONS[ToolKey(kind.value)].id, kind)
        for kind, direction in DIRECTIONS.items()
        if kind.value in set(ToolKey)
    )


def items_on_mark(
    kind: MarkKind, shape: Shape, actions: Collection[str] = BY_ID
) -> tuple[Item, ...]:
    """What a mark of this kind and shape may become, as far as there are such ``actions``, and the
    way to remove it. In the direction of its own kind it is selected.
    """
    own = DIRECTIONS[kind]
    select_at = Direction.EAST if own is REMOVE_AT else own
    others = [
        Item(direction, kind_title(each), f"kind.{each}", each)
        for each, direction in DIRECTIONS.items()
        if direction not in (select_at, REMOVE_AT)
        and shape in SHAPES_OF_KIND[each]
        and f"kind.{each}" in actions
    ]
    return (
        Item(select_at, "Select", SELECT, kind),
        *others,
        Item(REMOVE_AT, "Remove", "remove"),
    )


def direction_of(right: float, down: float, least: float) -> Direction | None:
    """Where a pointer that has gone so far points; None within ``least`` of where it began."""
    if hypot(right, down) < least:
        return None
    eighths = atan2(right, -down) / (pi / 4)
    return Direction(round(eighths) % 8)


def item_at(items: Collection[Item], right: float, down: float, least: float) -> Item | None:
    """The item to which the pointer has gone; None in the middle, and where there is none."""
    direction = direction_of(right, down, least)
    return next((each for each in items if each.direction is direction), None)


def step(items: Collection[Item], current: Item | None, by: int) -> Item | None:
    """The next item clockwise, or with -1 the one before; the first where none is current."""
    around = sorted(items, key=lambda each: each.direction)
    if current not in around:
        return around[0] if around else None
    return around[(around.index(current) + by) % len(around)]
