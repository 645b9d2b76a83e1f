"""How the words of the records are written for a reader: in the window, lists and reports."""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.anatomy import Side
from app.domain.marks import (
    Mark,
    MarkKind,
    Needle,
    ReferredPain,
    Soreness,
    SorenessTime,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)

TENDERNESS_GRADES = ("0", "I", "II", "III", "IV")

SIDE_LETTERS = {Side.LEFT: "L", Side.RIGHT: "R", Side.MIDLINE: "M"}
"""What stands beside a mark's number on the picture."""

_KINDS_PLURAL = {
    MarkKind.TRIGGER_POINT: "trigger points",
    MarkKind.NEEDLE: "needles",
    MarkKind.TWITCH: "twitch responses",
    MarkKind.SORENESS: "sore areas",
    MarkKind.REFERRED_PAIN: "referred pains",
    MarkKind.TAUT_BAND: "taut bands",
    MarkKind.REACTION: "reactions",
    MarkKind.NOTE: "notes",
}


_KINDS_SHORT = {
    MarkKind.TRIGGER_POINT: "trigger",
    MarkKind.NEEDLE: "needle",
    MarkKind.TWITCH: "twitch",
    MarkKind.SORENESS: "sore",
    MarkKind.REFERRED_PAIN: "referred",
    MarkKind.TAUT_BAND: "band",
    MarkKind.REACTION: "reaction",
    MarkKind.NOTE: "note",
}


def word(value: StrEnum) -> str:
    """An enumerated value as it is read: "not sought"."""
    return value.value.replace("_", " ")


def kind_name(kind: MarkKind) -> str:
    """The kind's name within a sentence: "trigger point"."""
    return word(kind)


def kind_title(kind: MarkKind) -> str:
    """The kind's name at the start of a line: "Trigger point"."""
    return word(kind).capitalize()


def counted(kind: MarkKind, count: int) -> str:
    """ "1 trigger point", "4 trigger points"."""
    if count == 1:
        return "1 sore area" if kind is MarkKind.SORENESS else f"1 {kind_name(kind)}"
    return f"{count} {_KINDS_PLURAL[kind]}"


def counts_line(counts: Mapping[MarkKind, int]) -> str:
    """ "3 trigger points, 2 twitch responses", in the order of the kinds; "" for none."""
    return ", ".join(counted(kind, counts[kind]) for kind in MarkKind if counts.get(kind))


def short_counts_line(counts: Mapping[MarkKind, int]) -> str:
    """ "3 trigger · 2 twitch": for a narrow column."""
    return " · ".join(
        f"{counts[kind]} {_KINDS_SHORT[kind]}" for kind in MarkKind if counts.get(kind)
    )


def attributes(mark: Mark) -> list[str]:
    """What is recorded of a mark beyond its kind and place, in short phrases.

    What was not recorded is not mentioned: silence here never stands for an answer.
    """
    details = mark.details
    if isinstance(details, TriggerPoint):
        return _trigger_point(details)
    if isinstance(details, TwitchResponse):
        return _twitch(details)
    if isinstance(details, Soreness):
        return _soreness(details)
    if isinstance(details, Needle):
        return _needle(details)
    if isinstance(details, ReferredPain) and details.quality is not None:
        return [word(details.quality)]
    return []


def _trigger_point(point: TriggerPoint) -> list[str]:
    phrases = []
    if point.activity is not None:
        phrases.append(word(point.activity))
    if point.tenderness is not None:
        phrases.append(f"tenderness {TENDERNESS_GRADES[point.tenderness]}")
    phrases += [word(criterion) for criterion in sorted(point.criteria)]
    if point.threshold_kpa is not None:
        phrases.append(f"threshold {point.threshold_kpa:g} kPa")
    return phrases


def _twitch(twitch: TwitchResponse) -> list[str]:
    phrases = []
    if twitch.count is not None:
        phrases.append(f"{twitch.count} twitch{'' if twitch.count == 1 else 'es'}")
    elif twitch.response is not Twitch.PRESENT:
        phrases.append(word(twitch.response))
    else:
        phrases.append("present, not counted")
    if twitch.response is Twitch.UNSURE and twitch.count is not None:
        phrases.append("unsure")
    if twitch.strength is not None:
        phrases.append(word(twitch.strength))
    return phrases


def _soreness(soreness: Soreness) -> list[str]:
    phrases = []
    if soreness.intensity is not None:
        phrases.append(f"{soreness.intensity} of 10")
    if soreness.quality is not None:
        phrases.append(word(soreness.quality))
    if soreness.hours_after is not None:
        phrases.append(f"{soreness.hours_after} h after")
    elif soreness.when is not None:
        at_times = {SorenessTime.LATER: "later"}
        phrases.append(at_times.get(soreness.when, f"{word(soreness.when)} needling"))
    return phrases


def _needle(needle: Needle) -> list[str]:
    phrases = []
    if needle.diameter_mm is not None and needle.length_mm is not None:
        phrases.append(f"{needle.diameter_mm:.2f} × {needle.length_mm} mm")
    if needle.depth_mm is not None:
        phrases.append(f"{needle.depth_mm} mm deep")
    if needle.technique is not None:
        phrases.append(word(needle.technique))
    return phrases
