"""The legend of a report: the signs that occur on its pictures, and what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.marks import (
    DETAILS_OF_KIND,
    Activity,
    Details,
    Mark,
    Needle,
    Note,
    Reaction,
    ReferredPain,
    Shape,
    Soreness,
    TautBand,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.needles import NeedleState, state_of


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sign that occurs; ``details`` are values that are painted with that sign."""

    details: Details
    words: str
    shape: Shape = Shape.POINT


def legend_of(marks: Sequence[Mark]) -> tuple[LegendEntry, ...]:
    """One entry for each sign that occurs, in the order of the kinds."""
    occurring = {(_sign(mark.details), mark.shape) for mark in marks}
    return tuple(entry for entry in _ALL_SIGNS if (entry.details, entry.shape) in occurring)


def _sign(details: Details) -> Details:
    """The plainest values that are painted with the same sign."""
    if isinstance(details, TriggerPoint):
        return TriggerPoint(activity=details.activity)
    if isinstance(details, TwitchResponse):
        return TwitchResponse(response=details.response)
    if isinstance(details, Needle):
        return _NEEDLES[state_of(details)]
    return DETAILS_OF_KIND[details.kind]()


_WHENEVER = datetime(2000, 1, 1, tzinfo=UTC)
_NEEDLE_IN = Needle(in_at=_WHENEVER)
_NEEDLE_OUT = Needle(in_at=_WHENEVER, out_at=_WHENEVER)
_NEEDLES = {
    NeedleState.IN: _NEEDLE_IN,
    NeedleState.OUT: _NEEDLE_OUT,
    NeedleState.NOT_RECORDED: Needle(),
}

_ALL_SIGNS = (
    LegendEntry(TriggerPoint(activity=Activity.ACTIVE), "Trigger point, active"),
    LegendEntry(TriggerPoint(activity=Activity.LATENT), "Trigger point, latent"),
    LegendEntry(TriggerPoint(), "Trigger point, active or latent not recorded"),
    LegendEntry(_NEEDLE_IN, "Needle, in"),
    LegendEntry(_NEEDLE_OUT, "Needle, out"),
    LegendEntry(Needle(), "Needle, in or out not recorded"),
    LegendEntry(TwitchResponse(), "Twitch response, with its count"),
    LegendEntry(TwitchResponse(response=Twitch.UNSURE), "Twitch response unsure"),
    LegendEntry(TwitchResponse(response=Twitch.ABSENT), "Twitch response absent"),
    LegendEntry(TwitchResponse(response=Twitch.NOT_SOUGHT), "Twitch response not sought"),
    LegendEntry(Soreness(), "Soreness"),
    LegendEntry(Soreness(), "Sore area", Shape.AREA),
    LegendEntry(ReferredPain(), "Area of referred pain", Shape.AREA),
    LegendEntry(TautBand(), "Taut band", Shape.LINE),
    LegendEntry(Reaction(), "Reaction"),
    LegendEntry(Note(), "Note"),
    LegendEntry(Note(), "Note on an area", Shape.AREA),
)
