"""How a map of "how often" is put into words. Pure functions."""

from collections.abc import Mapping

from app.body.anatomy import MuscleHere
from app.body.atlas import Atlas
from app.domain.anatomy import Anchor, Side
from app.domain.words import counted, word
from app.panels.under_pointer import named, skin_place_words
from app.review.skin_frequency import SkinFrequency
from app.review.skin_tally import KIND_OF, NEAR_MM, Counted, LeftOut

NAMES = {
    Counted.NEEDLED: "Needled",
    Counted.TRIGGER_POINTS: "Trigger points",
    Counted.SORE: "Sore",
}
TITLES = {
    Counted.NEEDLED: "How often needled",
    Counted.TRIGGER_POINTS: "How often a trigger point",
    Counted.SORE: "How often sore",
}
NOTHING = {
    Counted.NEEDLED: "No needle on the body is among what is shown.",
    Counted.TRIGGER_POINTS: "No trigger point on the body is among what is shown.",
    Counted.SORE: "No soreness on the body is among what is shown.",
}
_WHY = {
    LeftOut.OWN_PICTURE: "on own pictures",
    LeftOut.OTHER_BODY: "on another version of the body",
    LeftOut.UNPLACED: "at no spot of the body that can be seen",
}
_POINTS_TIP = (
    f"Each counts 1 at its spot, 0.5 at {NEAR_MM:g} mm along the skin and next to nothing at "
    "40 mm, for display alone; what lies close together adds up."
)
_EXTENT_TIP = (
    "The sum of the areas of all samples of the skin (4 mm wide) {which}, and that sum divided by "
    "the skin of the whole {figure} figure."
)
_WHICH = {
    Counted.NEEDLED: f"within {NEAR_MM:g} mm along the skin of a needle, once or often",
    Counted.TRIGGER_POINTS: f"within {NEAR_MM:g} mm along the skin of a trigger point",
    Counted.SORE: (
        "that an area of soreness covered at least once, or that lie within "
        f"{NEAR_MM:g} mm along the skin of a sore spot"
    ),
}


def times(count: int) -> str:
    """ "once", "7 times"."""
    return "once" if count == 1 else f"{count:,} times"


def scale_words(found: SkinFrequency, highest: int) -> str:
    """What the ends of the legend mean: "0 … 12 times"; of soreness also in how many sessions an
    area covered the skin at most: "0 … 8 times, areas at most in 7 of 9 sessions (78 %)". The
    legend ends at a round number, and spots add up: neither is a number of sessions.
    """
    words, most = f"0 … {times(highest)}", int(found.area_counts.max(initial=0))
    if found.counted is not Counted.SORE or not most:
        return words
    of = share_words(most, found.sessions) if found.sessions else ""
    return f"{words}, areas at most in {most:,} of {of}" if of else words


def share_words(part: int, sessions: int) -> str:
    """ "7 sessions (43 %)": how much of them ``part`` is."""
    name = "session" if sessions == 1 else "sessions"
    return f"{sessions:,} {name} ({part / sessions:.0%})".replace("%)", " %)")


def scale_tip(counted_: Counted) -> str:
    if counted_ is Counted.SORE:
        return (
            "In how many sessions the skin lay in an area of soreness. To these are added sore "
            f"spots without an outline: {_POINTS_TIP[:1].lower()}{_POINTS_TIP[1:]}"
        )
    return _POINTS_TIP


def figures_words(found: SkinFrequency) -> str:
    """ "12 needles · 210 cm² of skin, 1.3 %"; the skin where it is measured."""
    many = counted(KIND_OF[found.counted], found.marks)
    if found.marks >= 1000:
        many = many.replace(str(found.marks), f"{found.marks:,}")
    area = found.extent
    if area is None:
        return many
    cm2 = f"{area.area_cm2:,.0f}" if area.area_cm2 >= 10 else f"{area.area_cm2:.1f}"
    return f"{many} · {cm2} cm² of skin, {area.share * 100:.1f} %"


def figures_tip(found: SkinFrequency) -> str:
    return _EXTENT_TIP.format(which=_WHICH[found.counted], figure=word(found.body))


def left_out_words(found: SkinFrequency) -> str:
    """ "Not on the map: 3 on own pictures, 1 on another version of the body."; "" for none."""
    parts = [f"{found.left_out[why]:,} {_WHY[why]}" for why in LeftOut if found.left_out[why]]
    return f"Not on the map: {', '.join(parts)}." if parts else ""


def spot_words(found: SkinFrequency, anchor: Anchor, atlas: Atlas) -> str:
    """ "Needled 7 times within 15 mm · Trapezius, upper part, right"."""
    near, sessions = found.around(anchor, atlas)
    return (
        f"{_COUNT_WORDS[found.counted](near, sessions, found.sessions)} · {_place(anchor, atlas)}"
    )


def _needled(near: int, _areas: int, _sessions: int | None) -> str:
    return f"Needled {times(near)} within {NEAR_MM:g} mm" if near else _none("needle")


def _trigger_points(near: int, _areas: int, _sessions: int | None) -> str:
    if not near:
        return _none("trigger point")
    return f"{near:,} trigger point{'s' * (near != 1)} within {NEAR_MM:g} mm"


def _sore(near: int, areas: int, sessions: int | None) -> str:
    words = "Not marked as sore here"
    if areas:
        of = share_words(areas, sessions) if sessions else ""
        words = f"Sore in {areas:,} of {of}" if of else f"Sore {times(areas)}"
    if near:
        words = f"{words}, {near:,} sore spot{'s' * (near != 1)} within {NEAR_MM:g} mm"
    return words


_COUNT_WORDS = {
    Counted.NEEDLED: _needled,
    Counted.TRIGGER_POINTS: _trigger_points,
    Counted.SORE: _sore,
}


def _none(what: str) -> str:
    return f"No {what} within {NEAR_MM:g} mm"


def _place(anchor: Anchor, atlas: Atlas) -> str:
    """The topmost muscle that is usually needled, with its side; else what the place is called."""
    here = atlas.anatomy.muscles_at(anchor)
    usual = [each for each in here if each.muscle.is_usually_needled]
    first: MuscleHere | None = next(iter((*usual, *here)), None)
    return skin_place_words(atlas, anchor) if first is None else named(first)


SIDES: Mapping[Side | None, str] = {
    Side.LEFT: "left",
    Side.RIGHT: "right",
    Side.MIDLINE: "midline",
    None: "–",
}
"""In a narrow column; nobody has said is no side."""
NO_MUSCLE = "No muscle named"
