"""The note that writes itself: everything that is recorded, counted once, and nothing more."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.anatomy import Anchor, Body, Side
from app.domain.identity import new_id
from app.domain.marks import (
    NEEDLE_DIAMETERS_MM,
    NEEDLE_LENGTHS_MM,
    SHAPES_OF_KIND,
    Activity,
    Angle,
    Bleeding,
    Criterion,
    Details,
    Mark,
    MarkKind,
    Needle,
    Note,
    PainQuality,
    Reaction,
    ReactionKind,
    ReferredPain,
    Sensation,
    Shape,
    Soreness,
    SorenessTime,
    Strength,
    TautBand,
    Technique,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.needling_words import LONGEST_NOTE, Named, Naming, needling_text

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MUSCLES = {"utr": "Trapezius, descending part", "inf": "Infraspinatus", "glm": "Gluteus medius"}
PLACES = {Side.RIGHT: "right upper back", Side.LEFT: "left upper back", Side.MIDLINE: "upper back"}
NAMING = Naming(
    lambda muscle: Named(list(MUSCLES).index(muscle), MUSCLES[muscle]),
    lambda mark: Named(0, PLACES[mark.side]),
)
DONE = Needle(in_at=NOON, out_at=NOON)
PLAIN = replace(DONE, diameter_mm=0.25, length_mm=30, depth_mm=20)


def mark(details: Details, number: int = 1, **fields: Any) -> Mark:
    given = {
        "shape": sorted(SHAPES_OF_KIND[details.kind])[-1],
        "side": Side.RIGHT,
        "muscle": "utr",
        **fields,
    }
    return Mark(
        id=new_id(), session_id=new_id(), number=number, details=details, body_version="1",
        anchor=Anchor(0, 0.2, 0.2), placed_on=Body.FEMALE, placed_in="posterior", placed_at=NOON,
        **given,
    )  # fmt: skip


def said(*details: Details, **fields: Any) -> str:
    """What stands after the muscle."""
    text = needling_text([mark(each, k, **fields) for k, each in enumerate(details, 1)], NAMING)
    heading = "Right trapezius, descending part: "
    assert text.startswith(heading)
    assert text.endswith(".")
    return text.removeprefix(heading).removesuffix(".")


def test_the_sentence_of_the_issue() -> None:
    needle = replace(PLAIN, bleeding=Bleeding.NONE)
    assert said(needle, TwitchResponse(count=2), needle, TwitchResponse(count=1)) == (
        "2 insertions 0.25 × 30 mm, 20 mm deep, 3 twitches; no bleeding"
    )


def test_no_marks_say_nothing() -> None:
    assert needling_text([], NAMING) == ""


def test_lines_go_down_the_body_right_side_first_and_places_come_last() -> None:
    marks = [
        mark(Needle(), 1, muscle=None),
        mark(Needle(), 2, muscle="glm"),
        mark(Needle(), 3, side=Side.LEFT),
        mark(Needle(), 4),
        mark(Needle(), 5, muscle=None, side=Side.MIDLINE),
    ]
    headings = [line.split(":")[0] for line in needling_text(marks, NAMING).splitlines()]
    assert headings == [
        "Right trapezius, descending part",
        "Left trapezius, descending part",
        "Right gluteus medius",
        "Right upper back",
        "Upper back",
    ]


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ([TriggerPoint()], "1 trigger point"),
        ([TriggerPoint(activity=Activity.LATENT)] * 2, "2 latent trigger points"),
        (
            [
                TriggerPoint(
                    activity=Activity.ACTIVE,
                    tenderness=3,
                    criteria=frozenset({Criterion.RECOGNISED_PAIN}),
                    threshold_kpa=210,
                )
            ],
            "1 active trigger point, tenderness III, recognised pain, threshold 210 kPa",
        ),
        ([TautBand(), TautBand()], "2 taut bands"),
        ([DONE], "1 insertion"),
        ([replace(DONE, diameter_mm=0.3)], "1 insertion, 0.30 mm thick"),
        ([replace(DONE, length_mm=40), PLAIN], "1 insertion, 40 mm long; "
         "1 insertion 0.25 × 30 mm, 20 mm deep"),
        ([replace(DONE, passes=6)] * 2, "2 insertions, 6 passes each"),
        ([replace(DONE, passes=1)], "1 insertion, 1 pass"),
        (
            [replace(PLAIN, angle=Angle.OBLIQUE, technique=Technique.PISTONING)],
            "1 insertion 0.25 × 30 mm, 20 mm deep, oblique, pistoning",
        ),
        ([replace(DONE, bleeding=Bleeding.NONE), DONE],
         "2 insertions; no bleeding at 1 of 2 needles"),
        (
            [replace(DONE, bleeding=Bleeding.SPOT), replace(DONE, bleeding=Bleeding.NONE)],
            "2 insertions; bleeding: spot at 1 of 2 needles; no bleeding at 1 of 2 needles",
        ),
        ([replace(DONE, pain=0)], "1 insertion; pain 0 of 10"),
        ([replace(DONE, pain=5), replace(DONE, pain=2), DONE],
         "3 insertions; pain 2 to 5 of 10 at 2 of 3 needles"),
        ([replace(DONE, sensations=frozenset({Sensation.DULL_ACHE, Sensation.CRAMP}))],
         "1 insertion; cramp; dull ache"),
        ([Needle(in_at=NOON)], "1 insertion; 1 needle still in"),
        ([Needle()], "1 needle; time in not recorded"),
        (
            [replace(PLAIN, in_at=None, out_at=None)] * 2,
            "2 needles 0.25 × 30 mm, 20 mm deep; time in not recorded",
        ),
        (
            [replace(PLAIN, in_at=None, out_at=None), PLAIN],
            "1 needle 0.25 × 30 mm, 20 mm deep; 1 insertion 0.25 × 30 mm, 20 mm deep; "
            "time in not recorded at 1 of 2 needles",
        ),
        ([Needle(in_at=NOON, out_at=NOON + timedelta(seconds=40))], "1 insertion"),
        (
            [
                Needle(in_at=NOON, out_at=NOON + timedelta(minutes=m, seconds=30))
                for m in (5, 12)
            ],
            "2 insertions; left in 5 to 12 min",
        ),
        ([TwitchResponse()], "1 twitch response, not counted"),
        ([TwitchResponse(count=1)], "1 twitch"),
        ([TwitchResponse(count=3, strength=Strength.STRONG)], "3 twitches, strong"),
        (
            [TwitchResponse(count=2, strength=Strength.STRONG), TwitchResponse(count=1)],
            "3 twitches, of these 2 strong",
        ),
        ([TwitchResponse(response=Twitch.UNSURE, count=2)], "2 twitches, unsure"),
        ([TwitchResponse(response=Twitch.UNSURE)], "1 twitch response, unsure"),
        ([TwitchResponse(response=Twitch.ABSENT)], "no twitch"),
        ([TwitchResponse(response=Twitch.NOT_SOUGHT)] * 2, "twitch not sought at 2 points"),
        (
            [PLAIN, TwitchResponse(count=2), TwitchResponse(response=Twitch.ABSENT)],
            "1 insertion 0.25 × 30 mm, 20 mm deep, 2 twitches, no twitch at 1 point",
        ),
        ([Soreness(intensity=0)], "1 sore spot, 0 of 10"),
        ([ReferredPain(quality=PainQuality.ACHING, recognised=True)],
         "1 area of referred pain, aching, recognised"),
        ([Reaction(reaction=ReactionKind.BRUISE)] * 2 + [Reaction()],
         "2 reactions: bruise; 1 reaction"),
        ([Note()], "a note without words, mark 1"),
    ],
)  # fmt: skip
def test_what_was_recorded_is_said_and_nothing_else(details: list[Details], words: str) -> None:
    assert said(*details) == words


def test_an_area_is_not_called_a_spot() -> None:
    sore = Soreness(intensity=4, when=SorenessTime.AFTER)
    assert said(sore, shape=Shape.AREA) == "1 sore area, 4 of 10, after needling"


def test_notes_are_quoted_in_one_line_and_long_ones_are_pointed_to() -> None:
    assert said(Note(), note="old\n scar ") == "note at mark 1: “old scar”"
    assert said(PLAIN, note="x" * (LONGEST_NOTE + 1)).endswith("; a long note at mark 1")


# -- each needle and each twitch once, on the right side ---------------------------------------

_needles = st.builds(
    Needle,
    diameter_mm=st.none() | st.sampled_from(NEEDLE_DIAMETERS_MM),
    length_mm=st.none() | st.sampled_from(NEEDLE_LENGTHS_MM),
    depth_mm=st.none() | st.integers(0, 13),
    passes=st.none() | st.integers(1, 200),
    technique=st.none() | st.sampled_from(Technique),
    sensations=st.frozensets(st.sampled_from(Sensation)),
    pain=st.none() | st.integers(0, 10),
    bleeding=st.none() | st.sampled_from(Bleeding),
    in_at=st.none() | st.just(NOON),
    out_at=st.none() | st.just(NOON + timedelta(minutes=9)),
)
_seen = st.builds(
    TwitchResponse,
    response=st.sampled_from([Twitch.PRESENT, Twitch.UNSURE]),
    count=st.none() | st.integers(1, 99),
    strength=st.none() | st.sampled_from(Strength),
)
_not_seen = st.builds(TwitchResponse, response=st.sampled_from([Twitch.ABSENT, Twitch.NOT_SOUGHT]))
_others = st.sampled_from(
    [TriggerPoint(tenderness=2), Soreness(intensity=7), TautBand(), Reaction(), Note()]
)


@st.composite
def _any_marks(draw: st.DrawFn) -> list[Mark]:
    details = draw(st.lists(_needles | _seen | _not_seen | _others, max_size=25))
    return [
        mark(
            each,
            number,
            side=draw(st.sampled_from(Side)),
            muscle=draw(st.sampled_from([None, *MUSCLES])),
            note=draw(st.sampled_from(["", "insertion twitches, said with no figure"])),
        )
        for number, each in enumerate(details, 1)
    ]


def _side_of(line: str) -> Side:
    word = line.split(maxsplit=1)[0].lower()
    return Side(word) if word in list(Side) else Side.MIDLINE


def _counted(pattern: str, text: str) -> Counter[Side]:
    """How many a text says, by the side that its lines begin with."""
    counts: Counter[Side] = Counter()
    for line in text.splitlines():
        counts[_side_of(line)] += sum(int(found) for found in re.findall(pattern, line))
    return +counts


@given(_any_marks())
def test_every_needle_is_counted_once_on_its_side(marks: list[Mark]) -> None:
    placed = Counter(each.side for each in marks if each.kind is MarkKind.NEEDLE)
    counted = _counted(
        r"(?<!of )(?<!\d)(\d+) (?:insertion|needle)s?\b(?! still)", needling_text(marks, NAMING)
    )
    assert counted == placed


@given(_any_marks())
def test_no_needle_is_said_to_be_inserted_of_which_that_was_not_recorded(marks: list[Mark]) -> None:
    """A needle that was repeated from last time, or laid by a protocol, is planned and no more."""
    inserted = Counter(
        each.side
        for each in marks
        if isinstance(each.details, Needle) and each.details.in_at is not None
    )
    assert _counted(r"(\d+) insertions?\b", needling_text(marks, NAMING)) == inserted


@given(_any_marks())
def test_every_twitch_is_counted_once_on_its_side(marks: list[Mark]) -> None:
    felt: Counter[Side] = Counter()
    responses: Counter[Side] = Counter()
    for each in marks:
        if isinstance(each.details, TwitchResponse) and each.details.count is not None:
            felt[each.side] += each.details.count
        elif isinstance(each.details, TwitchResponse):
            responses[each.side] += each.details.response in (Twitch.PRESENT, Twitch.UNSURE)
    text = needling_text(marks, NAMING)
    assert _counted(r"(\d+) twitch(?:es)?\b(?! response)", text) == felt
    assert _counted(r"(\d+) twitch responses?\b", text) == +responses


@given(_any_marks())
def test_a_line_for_each_muscle_and_side_or_place(marks: list[Mark]) -> None:
    lines = needling_text(marks, NAMING).splitlines()
    assert len(lines) == len({(each.muscle, each.side) for each in marks})


@given(_any_marks(), st.randoms())
def test_the_order_of_the_marks_does_not_matter(marks: list[Mark], chance: Any) -> None:
    before = needling_text(marks, NAMING)
    shuffled = [*marks]
    chance.shuffle(shuffled)
    assert needling_text(shuffled, NAMING) == before


@given(st.builds(lambda needle: replace(needle, bleeding=None), _needles))
def test_silence_is_not_an_answer(needle: Needle) -> None:
    assert "bleeding" not in said(needle)
