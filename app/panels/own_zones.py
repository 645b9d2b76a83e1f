"""A patient's own no-needle zones on the maps, and in words: at the top of the chart, under the
pointer, and beside a mark that lies in one.
"""

from dataclasses import replace

from app.body.own_zones import zone_words
from app.canvas.map_view import MapView
from app.domain.own_zones import NoNeedleZone
from app.domain.words import reason_words
from app.editing.session_editor import SessionEditor


def show_own_zones(editor: SessionEditor, *maps: MapView) -> None:
    """Shows the zones of the open patient on every map, and which of them is selected."""
    for each in maps:
        shown = replace(
            each.anatomy, own_zones=editor.store.zones, chosen_zone=editor.selection.zone
        )
        each.show_anatomy(shown)


def zone_warnings(editor: SessionEditor) -> tuple[str, ...]:
    """ "No needling: pacemaker, left chest", for each zone of the open patient."""
    return tuple(f"No needling: {zone_words(editor.atlas, zone)}" for zone in editor.store.zones)


def zone_title(zone: NoNeedleZone) -> str:
    """ "No-needle zone: scar"; without a reason where none is recorded."""
    return _titled("No-needle zone", zone)


def own_zone_title(zone: NoNeedleZone) -> str:
    """ "No-needle zone of this patient: scar"; without a reason where none is recorded."""
    return _titled("No-needle zone of this patient", zone)


def _titled(title: str, zone: NoNeedleZone) -> str:
    return title if zone.reason is None else f"{title}: {reason_words(zone.reason)}"
