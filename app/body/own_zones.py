"""Where a patient's own no-needle zones lie: what they hold, and what their place is called.

A zone of another body version has a name, and no place here.
"""

from collections.abc import Iterable

from app.body.atlas import Atlas
from app.domain.anatomy import Anchor
from app.domain.own_pictures import lies_on_picture
from app.domain.own_zones import NoNeedleZone
from app.domain.words import reason_words, word


def zones_holding(
    atlas: Atlas, zones: Iterable[NoNeedleZone], anchor: Anchor
) -> tuple[NoNeedleZone, ...]:
    """Those of ``zones`` that cover the skin at ``anchor``, in their order: on a picture, none."""
    if lies_on_picture(anchor):
        return ()
    return tuple(zone for zone in zones if _holds(atlas, zone, anchor))


def _holds(atlas: Atlas, zone: NoNeedleZone, anchor: Anchor) -> bool:
    return atlas.has_place_of(zone) and atlas.area_holds(
        zone.outline, zone.placed_on, zone.placed_in, anchor
    )


def zone_place(atlas: Atlas, zone: NoNeedleZone) -> str:
    """ "left chest"; the side alone where the place has no name."""
    place = atlas.anatomy.place_at(zone.anchor) if atlas.has_place_of(zone) else None
    return word(zone.side) if place is None else place.words(zone.side)


def zone_words(atlas: Atlas, zone: NoNeedleZone) -> str:
    """ "pacemaker, left chest": what it is and where."""
    return f"{reason_words(zone.reason)}, {zone_place(atlas, zone)}"
