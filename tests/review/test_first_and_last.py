"""Two sessions in figures: every figure by hand, on a sheet of skin of 240 x 160 mm."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from app.body.mesh import Indices
from app.domain.anatomy import Body, Side
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark, Needle, Shape, Soreness, TriggerPoint, TwitchResponse
from app.domain.records import TreatmentSession
from app.review.dose import Place
from app.review.first_and_last import (
    NO_PROBLEM_IN_ONE,
    OTHER_PROBLEM,
    OneSkin,
    Row,
    Visit,
    compared,
    measured,
)
from app.review.how_reckoned import HOW, What
from app.review.noise import Verdict
from tests.helpers.marks import a_mark
from tests.helpers.sheets import patch, sheet, sheet_graph

SKIN = OneSkin(sheet(), sheet_graph(), Body.MALE)
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Session:
    """A session with areas that are rectangles in mm, and other marks."""

    def __init__(self, **fields: Any) -> None:
        self.session = TreatmentSession(
            id=new_id(), patient_id=new_id(), practitioner_id=new_id(), started_at=BEGAN, **fields
        )
        self.marks: list[Mark] = []
        self._samples: dict[UUID, Indices] = {}

    def sore(self, *rectangle: float, strength: int | None = 4) -> "Session":
        """x and y of a corner, and how wide and high."""
        mark = a_mark(shape=Shape.AREA, details=Soreness(intensity=strength))
        self._samples[mark.id] = np.flatnonzero(patch(*rectangle))
        self.marks.append(mark)
        return self

    def with_marks(self, *marks: Mark) -> "Session":
        self.marks += marks
        return self

    @property
    def measured(self) -> Visit:
        nothing = np.empty(0, dtype=np.int64)
        return measured(
            self.session, self.marks, lambda mark: self._samples.get(mark.id, nothing), SKIN
        )


def rows(before: Session, after: Session, **more: Any) -> list[Row]:
    return compared(before.measured, after.measured, SKIN, words, **more)


def words(place: Place) -> str:
    return f"{place.muscle} {place.side}"


def row(what: What, found: list[Row]) -> Row:
    (only,) = (each for each in found if each.what is what)
    return only


def figures(what: What, found: list[Row]) -> tuple[Any, ...]:
    each = row(what, found)
    return each.before, each.after, each.difference


def test_pain_and_its_verdict() -> None:
    found = rows(Session(pain_before=7, pain_after=5), Session(pain_before=5))
    assert row(What.PAIN_BEFORE, found) == Row(What.PAIN_BEFORE, 7, 5, -2, Verdict.CHANGED)
    assert row(What.PAIN_AFTER, found) == Row(
        What.PAIN_AFTER, 5, None, None, None, "not recorded in the last"
    )
    near = rows(Session(pain_before=5), Session(pain_before=6))
    assert row(What.PAIN_BEFORE, near).verdict is Verdict.WITHIN_NOISE


def test_extent_intensity_overlap_and_shift_of_two_rectangles() -> None:
    # left of the mid-line 40 x 40 mm, and the same 20 mm further to the left
    found = rows(Session().sore(20, 20, 40, 40), Session().sore(40, 20, 40, 40, strength=6))
    assert figures(What.AREA, found) == pytest.approx((16, 16, 0))
    share = 100 * 16 / (24 * 16)
    assert figures(What.SHARE, found) == pytest.approx((share, share, 0))
    assert row(What.AREA, found).verdict is Verdict.WITHIN_NOISE
    assert figures(What.MEAN, found) == pytest.approx((4, 6, 2))
    assert figures(What.SUM, found) == pytest.approx((64, 96, 32))
    assert row(What.MEAN, found).verdict is Verdict.NOT_KNOWN
    assert row(What.JACCARD, found).difference == pytest.approx(1 / 3)  # 8 of 24 cm²
    assert row(What.DICE, found).difference == pytest.approx(1 / 2)  # 2 x 8 of 32
    assert row(What.JACCARD, found).verdict is Verdict.CHANGED
    assert row(What.SHIFT, found).difference == pytest.approx(20)
    assert row(What.SHIFT, found).verdict is Verdict.WITHIN_NOISE
    assert row(What.SHIFT, found).of == "16 → 16 cm²"


def test_the_threshold_of_one_drawing_is_a_setting() -> None:
    pair = Session().sore(20, 20, 40, 40), Session().sore(40, 20, 40, 40)
    assert row(What.JACCARD, rows(*pair, same_drawing=0.3)).verdict is Verdict.WITHIN_NOISE
    assert row(What.DICE, rows(*pair, same_drawing=0.3)).verdict is Verdict.WITHIN_NOISE


def test_a_patch_that_moved_beyond_noise_and_others_that_have_no_partner() -> None:
    before = Session().sore(4, 0, 40, 40).sore(-116, 100, 20, 20)
    after = Session().sore(4, 48, 40, 40)
    found = rows(before, after)
    assert figures(What.PATCHES, found) == (2, 1, -1)
    assert row(What.PATCHES, found).note == "1 not marked again"
    shift = row(What.SHIFT, found)
    assert shift.difference == pytest.approx(48)
    assert shift.verdict is Verdict.CHANGED
    back = rows(after, before)
    assert row(What.PATCHES, back).note == "1 not marked before"


def test_sides_of_the_patient() -> None:
    # the mirror image of the area on the right lies within that on the left
    found = rows(
        Session().sore(20, 40, 32, 40), Session().sore(20, 40, 32, 40).sore(-40, 40, 12, 40)
    )
    left, right = 32 * 40, 12 * 40  # mm²: rectangles of whole samples of 4 mm
    assert row(What.LATERALITY, found).before == pytest.approx(-1)
    assert row(What.LATERALITY, found).after == pytest.approx((right - left) / (right + left))
    assert row(What.SYMMETRY, found).before == 0
    assert row(What.SYMMETRY, found).after == pytest.approx(2 * right / (right + left))


def test_two_sessions_without_a_drawing_are_alike_and_say_so() -> None:
    found = rows(Session(), Session())
    assert figures(What.AREA, found) == (0, 0, 0)
    assert row(What.AREA, found).note == "no sore area among what is shown of the first or the last"
    assert row(What.JACCARD, found).verdict is Verdict.NOT_KNOWN
    assert (row(What.JACCARD, found).difference, row(What.DICE, found).difference) == (1, 1)
    assert figures(What.MEAN, found) == (None, None, None)
    assert row(What.LATERALITY, found).before is None
    assert row(What.SYMMETRY, found).before is None
    assert not [each for each in found if each.what is What.SHIFT]


def test_nothing_drawn_in_one_of_the_two_is_never_called_a_change() -> None:
    found = rows(Session().sore(20, 20, 40, 40), Session())
    assert row(What.JACCARD, found).difference == 0
    for what in (What.JACCARD, What.DICE):
        assert row(what, found).verdict is Verdict.NOT_KNOWN
        assert row(what, found).note == "no sore area among what is shown of the last"


def test_pain_of_a_session_that_names_no_problem_is_compared_where_there_is_one() -> None:
    pair = Session(pain_before=8, problem_id=new_id()), Session(pain_before=1)
    each = row(What.PAIN_BEFORE, rows(*pair))
    assert (each.difference, each.verdict, each.note) == (None, None, NO_PROBLEM_IN_ONE)
    each = row(What.PAIN_BEFORE, rows(*pair, is_only_problem=True))
    assert (each.difference, each.verdict, each.note) == (-7, Verdict.CHANGED, "")


def test_what_was_not_drawn_is_within_no_noise() -> None:
    found = rows(Session().sore(0, 0, 20, 20), Session())
    for what in (What.AREA, What.SHARE):
        assert row(what, found).verdict is Verdict.NOT_KNOWN


def test_pain_of_two_problems_is_not_compared() -> None:
    found = rows(
        Session(pain_before=8, problem_id=new_id()), Session(pain_before=1, problem_id=new_id())
    )
    assert figures(What.PAIN_BEFORE, found) == (8, 1, None)
    assert row(What.PAIN_BEFORE, found).verdict is None
    assert row(What.PAIN_BEFORE, found).note == OTHER_PROBLEM


def test_a_sore_area_that_lies_on_no_skin_of_this_body_is_said_and_not_denied() -> None:
    drawn = Session().sore(20, 20, 40, 40)
    elsewhere = Session().with_marks(a_mark(shape=Shape.AREA, details=Soreness(intensity=4)))
    found = rows(drawn, elsewhere)
    for what in (What.AREA, What.JACCARD):
        assert row(what, found).verdict is Verdict.NOT_KNOWN
        assert row(what, found).note.startswith("1 of 1 sore areas of the last not measured")


def test_areas_without_an_intensity_are_said() -> None:
    found = rows(Session().sore(20, 20, 40, 40).sore(-80, 20, 40, 40, strength=None), Session())
    assert row(What.MEAN, found).before == pytest.approx(4)
    assert row(What.MEAN, found).note == "1 of 2 areas without a figure in the first"


def test_dose_and_what_was_not_recorded_of_it() -> None:
    stay = Needle(in_at=BEGAN, out_at=BEGAN + timedelta(minutes=10))
    before = Session().with_marks(
        a_mark(details=stay), a_mark(details=stay), a_mark(details=Needle())
    )
    after = Session().with_marks(
        a_mark(details=Needle()), a_mark(details=TwitchResponse(count=4)),
        a_mark(details=TwitchResponse()),
    )  # fmt: skip
    found = rows(before, after)
    assert figures(What.NEEDLES, found) == (3, 1, -2)
    assert figures(What.MINUTES, found) == (20, None, None)
    assert row(What.MINUTES, found).note == "1 and 1 without times"
    assert figures(What.TWITCHES, found) == (None, 5, None)
    assert row(What.TWITCHES, found).note == "0 and 1 not counted"


def test_marks_are_counted_by_muscle_and_side() -> None:
    right = {"muscle": "infraspinatus", "side": Side.RIGHT, "details": TriggerPoint()}
    before = Session().with_marks(a_mark(**right), a_mark(**right), a_mark(details=Needle()))
    after = Session().with_marks(a_mark(**right), a_mark(**{**right, "side": Side.LEFT}))
    marks = {
        each.of: (each.before, each.after, each.difference)
        for each in rows(before, after)
        if each.what is What.MARKS
    }
    assert marks == {
        "infraspinatus right": (2, 1, -1), "infraspinatus left": (0, 1, 1), "None left": (1, 0, -1),
    }  # fmt: skip


def test_each_figure_has_a_formula_and_a_source() -> None:
    assert set(HOW) == set(What)
    assert all(how.formula and how.source for how in HOW.values())
    assert all(math.isfinite(how.digits) for how in HOW.values())
