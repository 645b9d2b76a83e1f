"""What the actions of menus, keys and palette do to an open practice.

Imported when the first of them is done: it needs what the first paint can do without.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.body.muscles import Layer
from app.editing.actions import TOOL_ACTIONS
from app.panels.papers_deeds import papers_deeds

if TYPE_CHECKING:
    from app.panels.desk import Desk

ZOOM_STEP = 1.25


def chart_deeds(desk: Desk) -> dict[str, Callable[[], object]]:
    """What each action does that needs an open practice, by its id."""
    chart, body_map = desk.chart, desk.chart.map
    deeds: dict[str, Callable[[], object]] = {
        "patient.new": desk.new_patient,
        "patient.edit": desk.edit_patient,
        "session.new": desk.new_session,
        "session.sign": desk.signing.sign,
        "session.amend": desk.signing.add,
        "picture.add": desk.pictures.ask,
        "picture.edit": desk.pictures.edit,
        "picture.remove": desk.pictures.remove,
        "practitioner": desk.at_work.ask,
        "undo": desk.undo,
        "redo": desk.redo,
        "remove": desk.remove_selected,
        "select.all": desk.select_all,
        "mark.menu": chart.marking.open_by_key,
        "protocols": chart.left.open_protocols,
        "protocol.save": chart.left.save_protocol,
        "notice.read": desk.editor.notices.acknowledge,
        "again.all": desk.last_time.repeat_all,
        "view.all": lambda: body_map.enlarge(None),
        "view.close_up": body_map.toggle_close_up,
        "view.line": desk.toggle_lines,
        "view.in": lambda: body_map.zoom(ZOOM_STEP),
        "view.out": lambda: body_map.zoom(1 / ZOOM_STEP),
        "view.fit": body_map.fit,
        "view.ghosts": chart.toggle_last_under,
        "view.beside": chart.open_last_beside,
        "view.superficial": lambda: chart.anatomy.toggle_layer(Layer.SUPERFICIAL),
        "view.intermediate": lambda: chart.anatomy.toggle_layer(Layer.INTERMEDIATE),
        "view.deep": lambda: chart.anatomy.toggle_layer(Layer.DEEP),
        "view.zones": desk.toggle_zones,
        "view.segments": chart.anatomy.toggle_segments,
        "view.muscles": desk.find_muscle,
        "view.tick": desk.tick.toggle,
        "view.panels": chart.toggle_panels,
        "focus.next": lambda: chart.parts.go(1),
        "focus.previous": lambda: chart.parts.go(-1),
    }
    deeds |= desk.bedside.deeds()
    count = deeds["twitch.count"]
    deeds["twitch.count"] = lambda: desk.tick.sound_if(count())
    deeds |= papers_deeds(desk)
    deeds |= desk.reports.deeds()
    deeds["export.picture"] = lambda: desk.reports.ask_picture(body_map.enlarged, chart.title)
    for key, action in TOOL_ACTIONS.items():
        deeds[action.id] = lambda key=key: desk.toolbox.take(key)  # type: ignore[misc]
    for name in ("anterior", "posterior", "left", "right"):
        deeds[f"view.{name}"] = lambda name=name: body_map.enlarge(name)  # type: ignore[misc]
    return deeds
