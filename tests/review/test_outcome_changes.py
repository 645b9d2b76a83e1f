"""Outcome scores against their published minimal changes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.outcomes import SCALES, Measure
from app.review.noise import Verdict
from app.review.outcome_changes import MINIMAL_CHANGES, is_beyond_noise

CHANGED, WITHIN, UNKNOWN = Verdict.CHANGED, Verdict.WITHIN_NOISE, Verdict.NOT_KNOWN


@pytest.mark.parametrize(
    ("name", "before", "after", "verdict"),
    [
        ("pain", 6, 4, CHANGED), ("pain", 6, 5, WITHIN), ("pain", 4, 6, CHANGED),
        ("psfs", 0.3, 2.3, CHANGED), ("psfs", 4.1, 2.2, WITHIN),
        ("ndi", 20, 15, CHANGED), ("ndi", 20, 16, WITHIN),
        ("odi", 40, 30, CHANGED), ("odi", 40, 31, WITHIN),
        ("quickdash", 50, 41, WITHIN), ("quickdash", 50, 40, UNKNOWN),
        ("quickdash", 50, 35.5, UNKNOWN), ("quickdash", 50, 35, CHANGED),
        ("lefs", 40, 49, CHANGED), ("lefs", 40, 48, WITHIN),
        ("hit6", 60, 58, WITHIN), ("hit6", 60, 57, UNKNOWN), ("hit6", 60, 54, CHANGED),
        ("rmdq", 20, 2, UNKNOWN), ("pressure_threshold", 200, 900, UNKNOWN),
        ("range_of_motion", 30, 80, UNKNOWN), ("groc", 0, 7, UNKNOWN),
    ],
)  # fmt: skip
def test_a_change_is_told_from_noise(
    name: str, before: float, after: float, verdict: Verdict
) -> None:
    assert is_beyond_noise(name, before, after) is verdict


def test_the_answer_is_words() -> None:
    assert {str(verdict) for verdict in Verdict} == {"changed", "within noise", "not known"}


@pytest.mark.parametrize("score", [math.nan, math.inf, -1, 51])
def test_what_is_no_score_is_refused(score: float) -> None:
    for pair in ((score, 20), (20, score)):
        with pytest.raises(ValueError, match="no score of NDI"):
            is_beyond_noise("ndi", *pair)


def test_only_what_was_read_is_said_to_be_read() -> None:
    read = {measure for measure, change in MINIMAL_CHANGES.items() if change.was_read}
    assert read == {Measure.NDI, Measure.LEFS}
    assert {m for m in MINIMAL_CHANGES if not SCALES[m].high_is_bad} == {Measure.PSFS, Measure.LEFS}


@given(measure=st.sampled_from(Measure), data=st.data())
def test_the_order_of_two_scores_does_not_matter_and_none_differs_from_itself(
    measure: Measure, data: st.DataObject
) -> None:
    scores = st.floats(SCALES[measure].lowest, SCALES[measure].highest)
    one, other = data.draw(scores), data.draw(scores)
    verdict = is_beyond_noise(measure.value, one, other)
    assert verdict is is_beyond_noise(measure.value, other, one)
    assert is_beyond_noise(measure.value, one, one) is not Verdict.CHANGED
