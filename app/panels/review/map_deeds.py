"""What the actions of the View menu do to the map of a room."""

from collections.abc import Callable

from app.canvas.body_map import BodyMap
from app.panels.deeds import ZOOM_STEP


def map_deeds(
    body_map: BodyMap, toggle_lines: Callable[[], object]
) -> dict[str, Callable[[], object]]:
    """By the id of the action."""
    deeds: dict[str, Callable[[], object]] = {
        "view.all": lambda: body_map.enlarge(None),
        "view.close_up": body_map.toggle_close_up,
        "view.line": toggle_lines,
        "view.in": lambda: body_map.zoom(ZOOM_STEP),
        "view.out": lambda: body_map.zoom(1 / ZOOM_STEP),
        "view.fit": body_map.fit,
    }
    for name in ("anterior", "posterior", "left", "right"):
        deeds[f"view.{name}"] = lambda name=name: body_map.enlarge(name)  # type: ignore[misc]
    return deeds
