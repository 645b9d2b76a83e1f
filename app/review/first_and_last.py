"""Two sessions of one patient in figures: before, after, their difference, and what it may mean.

A verdict never says why, nor whether it is for the better.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.body.mesh import Points
from app.body.skin_pieces import SkinGraph
from app.body.skin_samples import MM_PER_DM, SkinSamples
from app.domain.anatomy import Body
from app.domain.marks import Mark, Soreness
from app.domain.outcomes import Measure
from app.domain.records import TreatmentSession
from app.review.clusters import Cluster, centroid_shifts, clusters
from app.review.dose import Dose, Place, counts_by_muscle, dose
from app.review.extent import extent, extent_change, intensity
from app.review.how_reckoned import What
from app.review.mark_trends import twitches_of
from app.review.marked_skin import Covered, Mask, marked_skin, sore_areas
from app.review.noise import Verdict
from app.review.outcome_changes import is_beyond_noise
from app.review.overlap import (
    SAME_DRAWING,
    dice,
    jaccard,
    laterality,
    overlap_change,
    symmetry,
)

OTHER_PROBLEM = "the two sessions treat different problems"
NO_PROBLEM_IN_ONE = "one of the two sessions names no problem, and there are several"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Row:
    """``of``: which patch or muscle, where there are several. None: there is no such figure."""

    what: What
    before: float | None
    after: float | None
    difference: float | None
    verdict: Verdict | None = None
    note: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class OneSkin:
    """The skin that both sessions are measured on."""

    samples: SkinSamples
    graph: SkinGraph
    body: Body

    @property
    def area_mm2(self) -> Points:
        return self.samples.area_mm2(self.body)


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """One of the two sessions, measured; ``sore`` (n,) is the skin that its sore areas cover."""

    session: TreatmentSession
    marks: tuple[Mark, ...]
    sore: Mask
    areas: list[tuple[float, float | None]]
    patches: list[Cluster]
    dose: Dose


def measured(
    session: TreatmentSession, marks: Sequence[Mark], covered: Covered, skin: OneSkin
) -> Visit:
    """``covered``: as ``Atlas.covered_by`` answers. The first patch takes a second or so."""
    sore_marks = [mark for mark in marks if isinstance(mark.details, Soreness)]
    sore = marked_skin(sore_marks, covered, skin.samples.size)
    area = skin.area_mm2
    patches = []
    if sore.any():
        places = skin.samples.points(skin.body) * MM_PER_DM
        patches = clusters(sore, skin.graph, area, places)
    areas = [(cm2, strength) for cm2, strength in sore_areas(sore_marks, covered, area)]
    return Visit(session, tuple(marks), sore, list(areas), patches, dose(marks))


def compared(
    before: Visit,
    after: Visit,
    skin: OneSkin,
    place_words: Callable[[Place], str],
    same_drawing: float = SAME_DRAWING,
    *,
    is_only_problem: bool = False,
) -> list[Row]:
    """All figures of two sessions, in the order in which they are shown.

    ``same_drawing``: the Jaccard from which on two drawings may be the same one.
    ``is_only_problem``: whether what names no problem can be of one alone.
    """
    return [
        *_pains(before.session, after.session, is_only_problem=is_only_problem),
        *_extents(before, after, skin),
        *_intensities(before, after),
        *_overlaps(before, after, skin, same_drawing),
        *_patches(before, after),
        *_sides(before, after, skin),
        *_doses(before, after),
        *_places(before.marks, after.marks, place_words),
    ]


def _row(
    what: What,
    before: float | None,
    after: float | None,
    verdict: Verdict | None = None,
    note: str = "",
    of: str = "",
) -> Row:
    known = before is not None and after is not None
    apart = after - before if before is not None and after is not None else None
    return Row(what, before, after, apart, verdict if known else None, note, of)


def _pains(
    before: TreatmentSession, after: TreatmentSession, *, is_only_problem: bool
) -> Iterable[Row]:
    """Pain of two problems is not compared."""
    apart = _problems_apart(before, after, is_only_problem=is_only_problem)
    for what, one, other in (
        (What.PAIN_BEFORE, before.pain_before, after.pain_before),
        (What.PAIN_AFTER, before.pain_after, after.pain_after),
    ):
        unknown = [when for when, pain in _both_of(one, other) if pain is None]
        notes = [f"not recorded in the {' or the '.join(unknown)}"] * bool(unknown)
        if apart:
            yield Row(what, one, other, None, note=", ".join([*notes, apart]))
            continue
        verdict = None
        if one is not None and other is not None:
            verdict = is_beyond_noise(Measure.PAIN, one, other)
        yield _row(what, one, other, verdict, ", ".join(notes))


def _problems_apart(
    before: TreatmentSession, after: TreatmentSession, *, is_only_problem: bool
) -> str:
    """Why what is about the problem of each cannot be compared; "" where it can."""
    if before.problem_id == after.problem_id:
        return ""
    if None not in (before.problem_id, after.problem_id):
        return OTHER_PROBLEM
    return "" if is_only_problem else NO_PROBLEM_IN_ONE


def _both_of(one: _T, other: _T) -> tuple[tuple[str, _T], tuple[str, _T]]:
    return ("first", one), ("last", other)


def _undrawn(before: Visit, after: Visit) -> str:
    """In which of the two no sore area is drawn, which may not have been asked for, and how many
    are drawn that cover no skin of this body.
    """
    both = _both_of(before, after)
    empty = [when for when, each in both if not each.areas]
    notes = [f"no sore area among what is shown of the {' or the '.join(empty)}"] * bool(empty)
    for when, each in both:
        unmeasured = sum(not cm2 for cm2, _strength in each.areas)
        notes += [
            f"{unmeasured} of {len(each.areas)} sore areas of the {when} not measured: on an own "
            "picture, another version of the body, or too small"
        ] * bool(unmeasured)
    return "; ".join(notes)


def _extents(before: Visit, after: Visit, skin: OneSkin) -> Iterable[Row]:
    one, other = (extent(each.sore, skin.area_mm2) for each in (before, after))
    note = _undrawn(before, after)
    verdict = Verdict.NOT_KNOWN if note else extent_change(one, other)
    yield _row(What.AREA, one.area_cm2, other.area_cm2, verdict, note)
    yield _row(What.SHARE, one.share * 100, other.share * 100, verdict, note)


def _intensities(before: Visit, after: Visit) -> Iterable[Row]:
    one, other = intensity(before.areas), intensity(after.areas)
    unsaid = [
        f"{count} of {len(visit.areas)} areas without a figure in the {word}"
        for word, visit in _both_of(before, after)
        if (count := sum(strength is None for _cm2, strength in visit.areas))
    ]
    note, verdict = "; ".join(unsaid), Verdict.NOT_KNOWN
    means = [None if each is None else each.mean for each in (one, other)]
    totals = [None if each is None else each.total for each in (one, other)]
    yield _row(What.MEAN, means[0], means[1], verdict, note)
    yield _row(What.SUM, totals[0], totals[1], verdict, note)


def _overlaps(before: Visit, after: Visit, skin: OneSkin, same_drawing: float) -> Iterable[Row]:
    one, other, area = before.sore, after.sore, skin.area_mm2
    found = jaccard(one, other, area)
    note = _undrawn(before, after)
    verdict = Verdict.NOT_KNOWN if note else overlap_change(found, same_drawing)
    yield Row(What.JACCARD, None, None, found, verdict, note)
    yield Row(What.DICE, None, None, dice(one, other, area), verdict, note)


def _patches(before: Visit, after: Visit) -> Iterable[Row]:
    shifts = centroid_shifts(before.patches, after.patches)
    gone, new = len(shifts.not_marked_again), len(shifts.not_marked_before)
    parts = [f"{gone} not marked again"] * bool(gone) + [f"{new} not marked before"] * bool(new)
    note = ", ".join(parts)
    yield _row(What.PATCHES, len(before.patches), len(after.patches), note=note)
    for shift in shifts.shifted:
        of = f"{shift.before.area_cm2:.0f} → {shift.after.area_cm2:.0f} cm²"
        yield Row(What.SHIFT, None, None, shift.mm, shift.verdict, of=of)


def _sides(before: Visit, after: Visit, skin: OneSkin) -> Iterable[Row]:
    lateral = [laterality(each.sore, skin.samples, skin.body) for each in (before, after)]
    note = "" if None not in lateral else "no side is marked in one or both"
    yield _row(What.LATERALITY, lateral[0], lateral[1], Verdict.NOT_KNOWN, note)
    alike = [
        symmetry(each.sore, skin.samples, skin.body) if each.sore.any() else None
        for each in (before, after)
    ]
    yield _row(What.SYMMETRY, alike[0], alike[1], Verdict.NOT_KNOWN)


def _doses(before: Visit, after: Visit) -> Iterable[Row]:
    one, other = before.dose, after.dose
    yield _row(What.NEEDLES, one.needles, other.needles)
    note = _both(one.needles_without_minutes, other.needles_without_minutes, "without times")
    yield _row(What.MINUTES, _minutes(one), _minutes(other), note=note)
    twitches = [twitches_of(each.marks) for each in (before, after)]
    note = _both(one.responses_without_count, other.responses_without_count, "not counted")
    counts = [None if each is None else each.twitches for each in twitches]
    yield _row(What.TWITCHES, counts[0], counts[1], note=note)


def _minutes(of: Dose) -> float | None:
    """None where not one of the needles has both times."""
    timed = of.needles_without_minutes < of.needles
    return of.minutes_in if timed or not of.needles else None


def _both(before: int, after: int, words: str) -> str:
    """ "2 and 0 without times"; "" where there is nothing to say."""
    return f"{before} and {after} {words}" if before or after else ""


def _places(
    before: Sequence[Mark], after: Sequence[Mark], words: Callable[[Place], str]
) -> Iterable[Row]:
    one, other = counts_by_muscle(before), counts_by_muscle(after)
    for place in sorted({**one, **other}, key=words):
        counts = [each[place].total() if place in each else 0 for each in (one, other)]
        yield _row(What.MARKS, counts[0], counts[1], of=words(place))
