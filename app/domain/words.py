"""How the words of the records are written for a reader: in the window, lists and reports."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from app.domain.anatomy import Side
from app.domain.marks import (
    Bleeding,
    Mark,
    MarkKind,
    Needle,
    Reaction,
    ReferredPain,
    Soreness,
    SorenessTime,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.own_zones import ZoneReason

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


def local_day(moment: datetime) -> date:
    """The day on the wall where ``moment`` was recorded.

    A session took place where it was charted: its day and times are shown in the zone that
    was recorded with them, on paper and on the screen, wherever they are read.
    """
    return moment.date()


def local_time(moment: datetime, *, seconds: bool = False) -> str:
    """ "14:30", or "14:30:05": the time on the wall where ``moment`` was recorded."""
    return moment.strftime("%H:%M:%S" if seconds else "%H:%M")


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


def counted_marks(count: int) -> str:
    """ "1 mark", "10 marks"."""
    return "1 mark" if count == 1 else f"{count} marks"


def counts_line(counts: Mapping[MarkKind, int]) -> str:
    """ "3 trigger points, 2 twitch responses", in the order of the kinds; "" for none."""
    return ", ".join(counted(kind, counts[kind]) for kind in MarkKind if counts.get(kind))


def short_counts_line(counts: Mapping[MarkKind, int]) -> str:
    """ "3 trigger · 2 twitch": for a narrow column."""
    return " · ".join(
        f"{counts[kind]} {_KINDS_SHORT[kind]}" for kind in MarkKind if counts.get(kind)
    )


def side_words(side: Side | None) -> str:
    """ "left", "midline"; what nobody has said, on a picture of one's own, is not guessed."""
    return "side not said" if side is None else word(side)


def reason_words(reason: ZoneReason | None) -> str:
    """Why a zone must not be needled: "pacemaker", "wound or infection"."""
    return "reason not recorded" if reason is None else word(reason)


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
    if isinstance(details, ReferredPain):
        return _referred_pain(details)
    if isinstance(details, Reaction) and details.reaction is not None:
        return [word(details.reaction)]
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


def _referred_pain(pain: ReferredPain) -> list[str]:
    phrases = [] if pain.quality is None else [word(pain.quality)]
    if pain.recognised is not None:
        phrases.append("recognised" if pain.recognised else "not recognised")
    return phrases


def _needle(needle: Needle) -> list[str]:
    phrases = [*needle_size(needle)]
    if needle.depth_mm is not None:
        phrases.append(f"{needle.depth_mm} mm deep")
    phrases += [word(each) for each in (needle.angle, needle.technique) if each is not None]
    phrases += _needle_times(needle)
    if needle.passes is not None:
        phrases.append("1 pass" if needle.passes == 1 else f"{needle.passes} passes")
    phrases += [word(sensation) for sensation in sorted(needle.sensations)]
    if needle.pain is not None:
        phrases.append(f"pain {needle.pain} of 10")
    if needle.bleeding is not None:
        none = needle.bleeding is Bleeding.NONE
        phrases.append("no bleeding" if none else f"bleeding: {word(needle.bleeding)}")
    return phrases


def _needle_times(needle: Needle) -> list[str]:
    phrases = []
    if needle.in_at is not None:
        phrases.append(f"in {local_time(needle.in_at, seconds=True)}")
    if needle.out_at is not None:
        phrases.append(f"out {local_time(needle.out_at, seconds=True)}")
    elif needle.in_at is not None:
        phrases.append("not out")
    if needle.stay_s is not None:
        planned = "withdrawal at once" if needle.stay_s == 0 else stay_words(needle.stay_s)
        phrases.append(f"planned: {planned}")
    return phrases


def stay_words(seconds: int) -> str:
    """ "10 min", "1 min 30 s"."""
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} min"] * bool(minutes) + [f"{rest} s"] * bool(rest or not minutes)
    return " ".join(parts)


def needle_size(needle: Needle) -> list[str]:
    """ "0.25 × 30 mm", or as much of it as is recorded."""
    diameter, length = needle.diameter_mm, needle.length_mm
    if diameter is not None and length is not None:
        return [f"{diameter:.2f} × {length} mm"]
    if diameter is not None:
        return [f"{diameter:.2f} mm thick"]
    return [] if length is None else [f"{length} mm long"]
