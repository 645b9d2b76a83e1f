"""What the marks of a session say, in words: the note that writes itself.

One line for each muscle and side, in the order of the body: "Right trapezius, descending part:
2 insertions 0.25 × 30 mm, 20 mm deep, 3 twitches; no bleeding." Each needle and each twitch is
counted once, where it was placed. What was not recorded is not said, and what was recorded of
some needles only says of how many: silence never stands for an answer.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from app.domain.anatomy import Side
from app.domain.marks import (
    Bleeding,
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
from app.domain.words import attributes, needle_size, side_words, word

LONGEST_NOTE = 240
"""Characters of a mark's note that stand within a line; a longer one is read at its mark."""

_SIDES = (Side.RIGHT, Side.LEFT, Side.MIDLINE, None)
_D = TypeVar("_D")


class Named(NamedTuple):
    """What a muscle or place is called, and where it stands on the way from head to hand."""

    order: int
    words: str


class Naming(NamedTuple):
    """Where the names come from; the domain knows no anatomy."""

    muscle: Callable[[str], Named]
    """By its id: "Trapezius, descending part"."""
    place: Callable[[Mark], Named]
    """Of a mark in no known muscle, with its side: "right upper back"."""


def needling_text(marks: Iterable[Mark], naming: Naming) -> str:
    """What ``marks`` say, a line for each muscle and side; "" where there are none."""
    groups: dict[tuple[int, int, int, str], list[Mark]] = {}
    for mark in sorted(marks, key=lambda each: each.number):
        groups.setdefault(_heading(mark, naming), []).append(mark)
    return "\n".join(f"{key[-1]}: {'; '.join(_said(groups[key]))}." for key in sorted(groups))


def _heading(mark: Mark, naming: Naming) -> tuple[int, int, int, str]:
    """How the line of a mark begins, after what sorts it: muscles first, then other places."""
    side = _SIDES.index(mark.side)
    if mark.muscle is None:
        named = naming.place(mark)
        return (1, named.order, side, _capitalised(named.words))
    named = naming.muscle(mark.muscle)
    name = named.words[:1].lower() + named.words[1:]
    return (0, named.order, side, f"{side_words(mark.side).capitalize()} {name}")


def _said(marks: Sequence[Mark]) -> list[str]:
    """The phrases of one line."""
    needles = _details(marks, Needle)
    twitches = _twitches(_details(marks, TwitchResponse))
    points = [
        _many(count, *words)
        for words, count in Counter(_point(mark) for mark in _of(marks, TriggerPoint)).items()
    ]
    bands = len(_of(marks, TautBand))
    return [
        *points,
        *([_many(bands, "taut band")] if bands else []),
        *_insertions(needles, twitches),
        *_answers(needles),
        *_sorenesses(_of(marks, Soreness)),
        *_referred(_of(marks, ReferredPain)),
        *_reactions(_details(marks, Reaction)),
        *_notes(marks),
    ]


def _of(marks: Sequence[Mark], details: type) -> list[Mark]:
    return [mark for mark in marks if isinstance(mark.details, details)]


def _details(marks: Sequence[Mark], kind: type[_D]) -> list[_D]:
    return [mark.details for mark in marks if isinstance(mark.details, kind)]


def _many(count: int, noun: str, *more: str, plural: str = "") -> str:
    """ "2 taut bands, recognised"."""
    nouns = noun if count == 1 else plural or f"{noun}s"
    return ", ".join((f"{count} {nouns}", *more))


# -- points and areas ------------------------------------------------------------------------


def _point(mark: Mark) -> tuple[str, ...]:
    """("active trigger point", "tenderness III")."""
    assert isinstance(mark.details, TriggerPoint)
    activity, words = mark.details.activity, attributes(mark)
    if activity is None:
        return ("trigger point", *words)
    return (f"{word(activity)} trigger point", *words[1:])


def _sorenesses(marks: Sequence[Mark]) -> list[str]:
    found = Counter(
        ("sore spot" if mark.shape is Shape.POINT else "sore area", *attributes(mark))
        for mark in marks
    )
    return [_many(count, *words) for words, count in found.items()]


def _referred(marks: Sequence[Mark]) -> list[str]:
    found = Counter(tuple(attributes(mark)) for mark in marks)
    noun, plural = "area of referred pain", "areas of referred pain"
    return [_many(count, noun, *words, plural=plural) for words, count in found.items()]


def _reactions(reactions: Sequence[Reaction]) -> list[str]:
    found = Counter(each.reaction for each in reactions)
    return [
        _many(count, "reaction") + ("" if kind is None else f": {word(kind)}")
        for kind, count in found.items()
    ]


def _notes(marks: Sequence[Mark]) -> list[str]:
    """What was written at marks. A note that holds no words is still a mark."""
    said = []
    for mark in marks:
        text = " ".join(mark.note.split())
        if len(text) > LONGEST_NOTE:
            said.append(f"a long note at mark {mark.number}")
        elif text:
            said.append(f"note at mark {mark.number}: “{text}”")
        elif isinstance(mark.details, Note):
            said.append(f"a note without words, mark {mark.number}")
    return said


# -- needles ---------------------------------------------------------------------------------


def _insertions(needles: Sequence[Needle], twitches: list[str]) -> list[str]:
    """Needles that are alike are counted together; twitches go with them where all are alike."""
    alike = Counter(map(_kind_of_needle, needles))
    said = [
        ", ".join((_many(count, noun) + size, *_each(words, count)))
        for (noun, size, *words), count in alike.items()
    ]
    if len(said) == 1:
        return [", ".join((*said, *twitches))]
    return [*said, *twitches]


def _kind_of_needle(needle: Needle) -> tuple[str, ...]:
    """("insertion", " 0.25 × 30 mm", "20 mm deep", "pistoning"): the size follows its noun.

    One that was repeated from last time or laid by a protocol is planned: it is no insertion
    before it was said when it went in.
    """
    noun = "needle" if needle.in_at is None else "insertion"
    whole = needle.diameter_mm is not None and needle.length_mm is not None
    size = needle_size(needle)
    words = [f" {size[0]}"] if whole else ["", *size]
    if needle.depth_mm is not None:
        words.append(f"{needle.depth_mm} mm deep")
    words += [word(each) for each in (needle.angle, needle.technique) if each is not None]
    if needle.passes is not None:
        words.append("1 pass" if needle.passes == 1 else f"{needle.passes} passes")
    return (noun, *words)


def _each(words: Sequence[str], count: int) -> list[str]:
    """Passes are counted at each needle, not at all of them together."""
    if count == 1:
        return [*words]
    return [f"{each} each" if each.endswith(("pass", "passes")) else each for each in words]


def _answers(needles: Sequence[Needle]) -> list[str]:
    """How the body answered, and how long needles stayed."""
    total = len(needles)
    untimed = sum(each.in_at is None for each in needles)
    still_in = sum(each.in_at is not None and each.out_at is None for each in needles)
    felt = Counter(sensation for each in needles for sensation in sorted(each.sensations))
    bled = Counter(each.bleeding for each in needles if each.bleeding is not None)
    pains = [each.pain for each in needles if each.pain is not None]
    stays = [
        minutes
        for each in needles
        if (minutes := _minutes(each.in_at, each.out_at)) is not None and minutes > 0
    ]
    return [
        *([f"time in not recorded{_at(untimed, total)}"] if untimed else []),
        *([f"{_many(still_in, 'needle')} still in"] if still_in else []),
        *([f"left in {_range(stays)} min{_at(len(stays), total)}"] if stays else []),
        *(f"{word(each)}{_at(count, total)}" for each, count in felt.items()),
        *([f"pain {_range(pains)} of 10{_at(len(pains), total)}"] if pains else []),
        *(f"{_bleeding(each)}{_at(count, total)}" for each, count in bled.items()),
    ]


def _minutes(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else int((end - start).total_seconds() // 60)


def _range(values: Sequence[int]) -> str:
    """ "3", or "3 to 5"."""
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low} to {high}"


def _at(count: int, total: int) -> str:
    """Of how many needles something is said, where it is not said of all."""
    return "" if count == total else f" at {count} of {total} needles"


def _bleeding(bleeding: Bleeding) -> str:
    return "no bleeding" if bleeding is Bleeding.NONE else f"bleeding: {word(bleeding)}"


# -- twitches --------------------------------------------------------------------------------


def _twitches(twitches: Sequence[TwitchResponse]) -> list[str]:
    """ "3 twitches, strong"; "no twitch"."""
    present = [each for each in twitches if each.response is Twitch.PRESENT]
    unsure = [each for each in twitches if each.response is Twitch.UNSURE]
    said = [*_seen(present), *_seen(unsure, "unsure")]
    for response, words in ((Twitch.ABSENT, "no twitch"), (Twitch.NOT_SOUGHT, "twitch not sought")):
        count = sum(each.response is response for each in twitches)
        if count == len(twitches) == 1:
            said.append(words)
        elif count:
            said.append(f"{words} at {_many(count, 'point')}")
    return said


def _seen(twitches: Sequence[TwitchResponse], *more: str) -> list[str]:
    counts: Counter[str] = Counter()
    uncounted: Counter[str] = Counter()
    for each in twitches:
        strength = "" if each.strength is None else word(each.strength)
        if each.count is None:
            uncounted[strength] += 1
        else:
            counts[strength] += each.count
    said = []
    if counts:
        strengths = [f"{count} {name}" for name, count in counts.items() if name]
        alike = [*counts] if len(counts) == 1 else [f"of these {' and '.join(strengths)}"]
        words = (*more, *filter(None, alike))
        said.append(_many(counts.total(), "twitch", *words, plural="twitches"))
    for strength, count in uncounted.items():
        words = (*(more or ("not counted",)), *filter(None, (strength,)))
        said.append(_many(count, "twitch response", *words))
    return said


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
