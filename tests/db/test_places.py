"""What is read of the whole practice for a map, against the records themselves."""

from collections import Counter
from dataclasses import replace

from app.domain.anatomy import Anchor, Side
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind, Needle, Shape, Soreness, Twitch, TwitchResponse
from app.domain.own_pictures import FLAT_TRIANGLES, picture_version
from db.repository import SqlRepository
from tests.db import builders
from tests.db.conftest import Visit

OUTLINE = tuple(Anchor(triangle, 0.2, 0.3) for triangle in (5, 6, 7))
VERSION = "1"


def stored(repository: SqlRepository, visit: Visit) -> list[Mark]:
    """Marks of two sessions: needles, two areas and a spot of soreness, twitches."""
    other = builders.session(visit.patient, visit.practitioner)
    repository.commit(Change.add("Session", other), builders.stamp())
    made: list[Mark] = []

    def add(session_id: UUID, **fields: object) -> None:
        number = 1 + sum(each.session_id == session_id for each in made)
        made.append(replace(builders.mark(visit.session, number), session_id=session_id, **fields))

    first, second = visit.session.id, other.id
    for session_id in (first, second):
        add(session_id, details=Needle(), muscle="infraspinatus", side=Side.LEFT)
        add(
            session_id, details=Soreness(), shape=Shape.AREA, outline=OUTLINE, anchor=OUTLINE[0],
            muscle=None, side=Side.LEFT,
        )  # fmt: skip
    add(first, details=Soreness(), muscle="infraspinatus", side=Side.LEFT)
    add(first, details=TwitchResponse(count=4), muscle="infraspinatus", side=Side.LEFT)
    add(
        second, details=TwitchResponse(response=Twitch.PRESENT), muscle="infraspinatus",
        side=Side.LEFT,
    )  # fmt: skip
    on_picture = picture_version("0" * 64)
    add(
        second, details=Needle(), body_version=on_picture, placed_in=on_picture,
        anchor=Anchor(FLAT_TRIANGLES[0], 0.5, 0.5), muscle=None, side=None,
    )  # fmt: skip
    repository.commit(Change.add("Marks", *made), builders.stamp())
    return made


def test_points_of_a_kind_on_one_version_of_the_body(
    repository: SqlRepository, visit: Visit
) -> None:
    marks = stored(repository, visit)
    for kind in MarkKind:
        expected = [
            (mark.anchor.triangle, mark.anchor.b1, mark.anchor.b2)
            for mark in marks
            if mark.kind is kind and mark.shape is Shape.POINT and mark.body_version == VERSION
        ]
        assert sorted(repository.places.points(kind, VERSION)) == sorted(expected)
    assert repository.places.points(MarkKind.NEEDLE, "another") == []


def test_sore_areas_are_read_in_parts_and_none_twice(
    repository: SqlRepository, visit: Visit
) -> None:
    marks = [each for each in stored(repository, visit) if each.shape is Shape.AREA]
    places = repository.places
    assert places.count_sore_areas(VERSION) == len(marks) == 2
    every = places.sore_areas(VERSION, None, 10)
    assert sorted((area.session_id, area.number) for area in every) == sorted(
        (mark.session_id, mark.number) for mark in marks
    )
    assert {area.outline for area in every} == {OUTLINE}
    assert {(area.placed_on, area.placed_in) for area in every} == {
        (mark.placed_on, mark.placed_in) for mark in marks
    }
    one = places.sore_areas(VERSION, None, 1)
    rest = places.sore_areas(VERSION, (one[-1].session_id, one[-1].number), 10)
    assert one + rest == every


def test_figures_add_up_to_the_marks(repository: SqlRepository, visit: Visit) -> None:
    marks = stored(repository, visit)
    known = repository.places.figures()
    counted: Counter[tuple[object, ...]] = Counter()
    for figure in known.figures:
        counted[figure[:4]] += figure.marks
    assert counted == Counter(
        (mark.muscle, mark.side, mark.kind, mark.body_version) for mark in marks
    )
    assert sum(figure.twitches for figure in known.figures) == 4 + 1
    assert known.sessions_with == {
        ("infraspinatus", Side.LEFT): 2, (None, Side.LEFT): 2, (None, None): 1,
    }  # fmt: skip
    assert known.sessions == 2


def test_an_empty_practice_has_no_places(repository: SqlRepository) -> None:
    places = repository.places
    assert places.points(MarkKind.NEEDLE, VERSION) == []
    assert places.sore_areas(VERSION, None, 5) == []
    known = places.figures()
    assert (known.figures, dict(known.sessions_with), known.sessions) == ((), {}, 0)
