"""Counts over the skin: kept ones against fresh ones, and tables against counting by hand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from app.body.atlas import Atlas
from app.domain.anatomy import Anchor, Body, Side
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.errors import StoppedError
from app.domain.identity import UUID, new_id
from app.domain.marks import Details, Mark, MarkKind, Needle, Shape, Soreness, TriggerPoint
from app.domain.own_pictures import FLAT_TRIANGLES, picture_version
from app.domain.records import Patient, Practitioner, TreatmentSession
from app.domain.skin_places import PlaceFigure, PlaceFigures
from app.domain.summaries import MarkFigure
from app.review.place_table import PlaceRow, rows_of_patient, rows_of_practice
from app.review.skin_frequency import skin_frequency
from app.review.skin_tally import (
    KIND_OF,
    NO_SAMPLES,
    Counted,
    LeftOut,
    Part,
    SkinTally,
    part_of,
    samples_of,
)
from app.review.tallying import PatientCount, PracticeCount, undone
from app.review.timeline import EVERYTHING, ReviewFilter
from db.practice import Practice, open_practice
from tests.db.builders import NOW, clock
from tests.helpers.marks import a_mark
from tests.helpers.skin import circle, skin_anchors

BODY, VIEW = Body.FEMALE, "posterior"
ON_PICTURE = picture_version("0" * 64)


def go_on(_done: int, _every: int) -> None:
    """Nobody stops it."""


class Marks:
    """Marks by chance, on the body for the most part."""

    def __init__(self, atlas: Atlas, seed: int) -> None:
        self.atlas = atlas
        self.chance = Random(seed)
        self.spots = [a for _x, _y, a in skin_anchors(atlas, BODY, VIEW, 40, seed=seed)]
        drawn = [
            atlas.draw_area(BODY, VIEW, circle(x, y, 45))
            for x, y, _anchor in skin_anchors(atlas, BODY, VIEW, 12, seed=seed + 1)
        ]
        self.areas = [area for area in drawn if area is not None]

    def any(self, session_id: UUID, number: int) -> Mark:
        details: Details = self.chance.choice([Needle(), TriggerPoint(), Soreness(), Soreness()])
        made = replace(
            a_mark(number), session_id=session_id, details=details, body_version=self.atlas.version,
            anchor=self.chance.choice(self.spots), placed_on=BODY, placed_in=VIEW, side=Side.LEFT,
        )  # fmt: skip
        if isinstance(details, Soreness) and self.chance.random() < 0.6:
            area = self.chance.choice(self.areas)
            made = replace(made, shape=Shape.AREA, outline=area.outline, anchor=area.anchor)
        elif self.chance.random() < 0.2:
            made = replace(
                made, body_version=ON_PICTURE, placed_in=ON_PICTURE, side=None,
                anchor=Anchor(FLAT_TRIANGLES[0], 0.4, 0.3),
            )  # fmt: skip
        return made


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with open_practice(tmp_path / "practice", clock=clock) as opened:
        yield opened


def visits(practice: Practice, count: int) -> list[TreatmentSession]:
    who = Practitioner(id=new_id(), name="Ada")
    whom = Patient(id=new_id(), family_name="Past", number="7", body=BODY)
    made = [
        TreatmentSession(id=new_id(), patient_id=whom.id, practitioner_id=who.id, started_at=NOW)
        for _k in range(count)
    ]
    commit(practice, Change.add("Start", who, whom, *made))
    return made


def commit(practice: Practice, change: Change) -> None:
    practice.repository.commit(change, Stamp(step=new_id(), action=Action.DO, at=NOW))


def same(kept: PracticeCount, fresh: PracticeCount) -> bool:
    """Whether both show one map of everything that is counted."""
    for counted in Counted:
        one, other = (each.frequency(counted, BODY, go_on) for each in (kept, fresh))
        if not (one.marks == other.marks and (one.area_counts == other.area_counts).all()):
            return False
        if not np.allclose(one.values, other.values, atol=1e-9) or one.left_out != other.left_out:
            return False
    return True


@pytest.mark.parametrize("seed", range(3))
def test_a_kept_count_is_a_fresh_one_after_marks_came_changed_and_went(
    atlas: Atlas, practice: Practice, seed: int
) -> None:
    sessions, marks = visits(practice, 3), Marks(atlas, seed)
    chance, repository = marks.chance, practice.repository
    first = [marks.any(chance.choice(sessions).id, number) for number in range(1, 13)]
    commit(practice, Change.add("Marks", *first))
    kept = PracticeCount(atlas, repository.places)
    assert same(kept, PracticeCount(atlas, repository.places))
    for number in range(100, 112):
        session_id = chance.choice(sessions).id
        there = repository.marks(session_id)
        change = Change.add("One", marks.any(session_id, number))
        if there and chance.random() < 0.6:
            old = chance.choice(there)
            new = replace(old, anchor=chance.choice(marks.spots))
            gone = old.shape is Shape.AREA or old.body_version == ON_PICTURE
            change = Change.remove("Off", [old]) if gone else Change.replace("Move", old, new)
        commit(practice, change)
        after = repository.marks(session_id)
        assert sorted(undone(after, change, session_id), key=lambda m: m.number) == there
        kept.replace(undone(after, change, session_id), after)
    assert same(kept, PracticeCount(atlas, repository.places))
    assert kept.is_begun


def test_one_patient_alone_in_a_practice_has_the_map_of_the_practice(
    atlas: Atlas, practice: Practice
) -> None:
    sessions, marks = visits(practice, 3), Marks(atlas, 9)
    made = [marks.any(sessions[number % 3].id, number) for number in range(1, 31)]
    commit(practice, Change.add("Marks", *made))
    patient = PatientCount(atlas, practice.repository.marks_of_patient(sessions[0].patient_id))
    whole = PracticeCount(atlas, practice.repository.places)
    whole.tell()
    for counted in Counted:
        tally = patient.tally(counted, [each.id for each in sessions], EVERYTHING, go_on)
        one = skin_frequency(tally, atlas, BODY, 3, ())
        other = whole.frequency(counted, BODY, go_on)
        assert np.allclose(one.values, other.values)
        assert (one.area_counts == other.area_counts).all()
        assert (one.marks, one.left_out, 3) == (other.marks, other.left_out, other.sessions)
        assert one.extent == pytest.approx(other.extent)
        hand = Counter(mark.kind for mark in made if mark.body_version == atlas.version)
        assert one.marks == hand[KIND_OF[counted]]


def test_an_area_counts_once_a_session_and_again_in_another(atlas: Atlas) -> None:
    area = Marks(atlas, 4).areas[0]
    one, two = new_id(), new_id()

    def sore(session_id: UUID, number: int) -> Mark:
        return replace(
            a_mark(number), session_id=session_id, details=Soreness(), shape=Shape.AREA,
            outline=area.outline, anchor=area.anchor, body_version=atlas.version, placed_on=BODY,
            placed_in=VIEW,
        )  # fmt: skip

    count = PatientCount(atlas, {one: [sore(one, 1), sore(one, 2)], two: [sore(two, 1)]})
    tally = count.tally(Counted.SORE, [one, two], EVERYTHING, go_on)
    assert tally.areas.counts.max() == 2
    assert tally.marks == 3
    found = skin_frequency(tally, atlas, BODY, 2, ())
    covered = atlas.covered_samples(area.outline, BODY, VIEW)
    cm2 = float(atlas.skin.area_mm2(BODY)[covered].sum()) / 100
    assert found.extent is not None
    assert found.extent.area_cm2 == pytest.approx(cm2)
    assert found.around(area.anchor, atlas) == (0, 2)


def test_skin_that_is_marked_is_no_larger_for_being_marked_often(atlas: Atlas) -> None:
    def cm2(often: int) -> float:
        spot = samples_of([astuple(Marks(atlas, 5).spots[0])], atlas)
        tally = SkinTally(Counted.NEEDLED, atlas.skin.size)
        tally.add(Part(np.repeat(spot, often), NO_SAMPLES, often, Counter()))
        found = skin_frequency(tally, atlas, BODY, often, ())
        assert found.extent is not None
        return found.extent.area_cm2

    assert cm2(1) == cm2(1000) == pytest.approx(np.pi * 1.5**2, rel=0.15)


def test_skin_is_measured_with_the_table_and_not_before(atlas: Atlas) -> None:
    assert (
        skin_frequency(SkinTally(Counted.SORE, atlas.skin.size), atlas, BODY, 0, None).extent
        is None
    )


def test_what_lies_near_a_spot_is_counted_and_what_lies_further_is_not(atlas: Atlas) -> None:
    view = atlas.view(BODY, VIEW)
    px = view.camera.scale / 100  # of a mm on skin that faces the picture
    x, y = 0.5 * view.width - 12 * px, 0.27 * view.height
    places = [(x, y), (x + 6 * px, y), (x, y + 8 * px), (x, y + 40 * px)]
    anchors = [atlas.pick(BODY, VIEW, *place) for place in places]
    session = new_id()
    marks = [
        replace(
            a_mark(number),
            session_id=session,
            details=Needle(),
            body_version=atlas.version,
            anchor=anchor,
            placed_on=BODY,
            placed_in=VIEW,
        )
        for number, anchor in enumerate(anchors, start=1)
        if anchor is not None
    ]
    count = PatientCount(atlas, {session: marks})
    tally = count.tally(Counted.NEEDLED, [session], EVERYTHING, go_on)
    found = skin_frequency(tally, atlas, BODY, 1, ())
    assert found.around(marks[0].anchor, atlas) == (3, 0)
    assert found.around(marks[3].anchor, atlas) == (1, 0)
    opposite = atlas.anatomy.mirror.anchor(marks[3].anchor)
    assert found.around(opposite, atlas)[0] == 0


def test_what_lies_on_no_body_is_left_out_and_why_is_said(atlas: Atlas) -> None:
    spot = Marks(atlas, 2).spots[0]
    here = replace(
        a_mark(1), details=Needle(), body_version=atlas.version, anchor=spot, placed_on=BODY,
        placed_in=VIEW,
    )  # fmt: skip
    marks = [
        here,
        replace(here, body_version=ON_PICTURE, anchor=Anchor(FLAT_TRIANGLES[0], 0.1, 0.1)),
        replace(here, body_version="older"),
        replace(here, anchor=Anchor(len(atlas.mesh.triangles), 0.1, 0.1)),
        replace(here, details=TriggerPoint()),
        replace(here, details=Soreness(), shape=Shape.AREA, outline=()),
    ]
    part = part_of(marks, Counted.NEEDLED, atlas, atlas.covered_by)
    assert part.marks == len(part.points) == 1
    assert part.left_out == Counter(LeftOut)
    sore = part_of(marks, Counted.SORE, atlas, atlas.covered_by)
    assert (sore.marks, sore.left_out) == (0, {LeftOut.UNPLACED: 1})


def test_a_count_that_nobody_waits_for_is_stopped(atlas: Atlas) -> None:
    asked: list[int] = []

    def stop(done: int, _every: int) -> None:
        asked.append(done)
        if done == 2:
            raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        PatientCount(atlas, {}).tally(
            Counted.NEEDLED, [new_id() for _k in range(9)], EVERYTHING, stop
        )
    assert asked == [0, 1, 2]


def test_an_empty_tally_shows_nothing(atlas: Atlas) -> None:
    found = skin_frequency(SkinTally(Counted.SORE, atlas.skin.size), atlas, BODY, 0, ())
    assert not found.values.any()
    assert found.extent is not None
    assert found.extent.area_cm2 == found.marks == 0
    assert found.around(Marks(atlas, 1).spots[0], atlas) == (0, 0)


LEFT_INFRA = ("infraspinatus", Side.LEFT)


def test_the_table_of_a_patient_counts_what_the_filter_lets_through() -> None:
    one, two, out = new_id(), new_id(), new_id()
    figures = [
        MarkFigure(one, MarkKind.NEEDLE, *LEFT_INFRA, 2),
        MarkFigure(two, MarkKind.NEEDLE, *LEFT_INFRA, 1),
        MarkFigure(two, MarkKind.TWITCH, *LEFT_INFRA, 2, twitches=5),
        MarkFigure(two, MarkKind.SORENESS, None, Side.RIGHT, 1),
        MarkFigure(one, MarkKind.NOTE, "deltoid", Side.LEFT, 4),
        MarkFigure(out, MarkKind.NEEDLE, *LEFT_INFRA, 9),
    ]
    assert rows_of_patient(figures, [one, two], EVERYTHING) == (
        PlaceRow(*LEFT_INFRA, needles=3, trigger_points=0, twitches=5, soreness=0, sessions=2),
        PlaceRow(None, Side.RIGHT, needles=0, trigger_points=0, twitches=0, soreness=1, sessions=1),
    )
    (needles,) = rows_of_patient(figures, [one, two], ReviewFilter(kind=MarkKind.NEEDLE))
    assert (needles.needles, needles.twitches, needles.sessions) == (3, 0, 2)
    assert rows_of_patient(figures, [], EVERYTHING) == ()


def test_the_table_of_a_practice_is_that_of_its_figures() -> None:
    figures = (
        PlaceFigure(*LEFT_INFRA, MarkKind.NEEDLE, "1", 3),
        PlaceFigure(*LEFT_INFRA, MarkKind.NEEDLE, ON_PICTURE, 1),
        PlaceFigure(*LEFT_INFRA, MarkKind.TRIGGER_POINT, "1", 2),
    )
    known = PlaceFigures(figures, {LEFT_INFRA: 3}, 5)
    assert rows_of_practice(known) == (
        PlaceRow(*LEFT_INFRA, needles=4, trigger_points=2, twitches=0, soreness=0, sessions=3),
    )
