"""The same spot followed over sessions, against cases done by hand and against trying all ways."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.domain.anatomy import Anchor, Side
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark, Needle, TriggerPoint, TwitchResponse
from app.domain.own_pictures import picture_version
from app.domain.records import TreatmentSession
from app.domain.repeating import repeated_id
from app.review.sites import GATE_MM, Course, Site, follow
from tests.helpers.marks import a_mark

INFRASPINATUS = {"muscle": "infraspinatus", "side": Side.LEFT}
START = datetime(2026, 3, 2, 10, tzinfo=UTC)


def along_a_line(start: Anchor, ends: Sequence[Anchor], limit_mm: float) -> NDArray[np.float64]:
    """Skin that is a straight line: the first weight of an anchor is its place in mm."""
    apart = np.array([abs(end.b1 - start.b1) for end in ends])
    return np.where(apart <= limit_mm, apart, np.inf)


class Record:
    """Sessions a week apart, each with marks at places on the line."""

    def __init__(self) -> None:
        self.sessions: list[TreatmentSession] = []
        self.marks: dict[UUID, list[Mark]] = {}
        self.links: dict[UUID, UUID | None] = {}
        self._patient, self._problem, self._who = new_id(), new_id(), new_id()

    def session(self, *marks: Mark) -> list[Mark]:
        session = TreatmentSession(
            id=new_id(), patient_id=self._patient, problem_id=self._problem,
            practitioner_id=self._who, started_at=START + timedelta(weeks=len(self.sessions)),
        )  # fmt: skip
        self.sessions.append(session)
        placed = [
            a_mark(number, **{**_fields(mark), "session_id": session.id})
            for number, mark in enumerate(marks, start=1)
        ]
        self.marks[session.id] = placed
        return placed

    def follow(self, gate_mm: float = GATE_MM) -> list[Site]:
        asked = reversed(self.sessions)  # the order in which they are given does not matter
        return follow(asked, self.marks.__getitem__, self.links, along_a_line, gate_mm)


def _fields(mark: Mark) -> dict[str, object]:
    names = ("details", "anchor", "muscle", "side", "body_version", "parent_id", "shape")
    return {name: getattr(mark, name) for name in names}


def point(mm: float, **fields: object) -> Mark:
    return a_mark(anchor=Anchor(1, mm, 0.0), details=TriggerPoint(), **{**INFRASPINATUS, **fields})


def courses(sites: Sequence[Site]) -> list[list[Course]]:
    return [[visit.course for visit in site.visits] for site in sites]


def numbers(sites: Sequence[Site]) -> list[list[int]]:
    return [[visit.mark.number for visit in site.visits] for site in sites]


@pytest.fixture
def record() -> Record:
    return Record()


def test_a_patient_without_marks_has_no_sites(record: Record) -> None:
    assert record.follow() == []
    record.session()
    assert record.follow() == []


def test_what_is_within_the_gate_is_the_same_spot(record: Record) -> None:
    record.session(point(0), point(100))
    record.session(point(129), point(5))
    sites = record.follow()
    assert numbers(sites) == [[1, 2], [2, 1]]
    assert courses(sites) == [[Course.NEW, Course.REPEATED]] * 2


def test_what_is_beyond_the_gate_is_another(record: Record) -> None:
    record.session(point(0))
    record.session(point(31))
    assert courses(record.follow()) == [[Course.NEW], [Course.NEW]]
    assert len(record.follow(gate_mm=40)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"side": Side.RIGHT},
        {"muscle": "teres_minor"},
        {"details": Needle()},
        {"body_version": "hm08-2"},
    ],
)
def test_another_muscle_side_kind_or_body_is_another_spot(
    record: Record, other: dict[str, object]
) -> None:
    record.session(point(0))
    record.session(point(0, **other) if "details" not in other else a_mark(
        anchor=Anchor(1, 0.0, 0.0), **INFRASPINATUS, **other
    ))  # fmt: skip
    assert len(record.follow()) == 2


def test_a_spot_is_looked_for_where_it_was_last(record: Record) -> None:
    for mm in (0, 20, 40, 60):
        record.session(point(mm))
    assert len(record.follow()) == 1


def test_a_session_in_between_without_it_does_not_end_a_site(record: Record) -> None:
    record.session(point(0))
    middle = record.session(point(500))
    last = record.session(point(3))
    first, _other = record.follow()
    assert first.course_in(middle[0].session_id) is Course.NOT_MARKED
    assert first.course_in(last[0].session_id) is Course.REPEATED


def test_as_many_as_can_be_are_the_same_though_one_would_be_nearer(record: Record) -> None:
    record.session(point(0), point(28))
    record.session(point(26), point(50))  # 26 is nearest to 28, but then 50 would have nobody
    assert numbers(record.follow()) == [[1, 1], [2, 2]]


def test_what_was_repeated_is_known_wherever_it_was_moved(record: Record) -> None:
    (earlier,) = record.session(point(0))
    (today,) = record.session(point(90))
    again = a_mark(**{**_fields(today), "session_id": today.session_id})
    object.__setattr__(again, "id", repeated_id(earlier, today.session_id))
    record.marks[today.session_id] = [again]
    assert courses(record.follow()) == [[Course.NEW, Course.MOVED]]


def test_the_way_to_a_site_is_reckoned_once(record: Record) -> None:
    asked: list[int] = []

    def counted(start: Anchor, ends: Sequence[Anchor], limit_mm: float) -> NDArray[np.float64]:
        asked.append(len(ends))
        return along_a_line(start, ends, limit_mm)

    record.session(point(0), point(100))
    record.session(point(4), point(97))
    sites = follow(record.sessions, record.marks.__getitem__, {}, counted)
    assert numbers(sites) == [[1, 1], [2, 2]]
    assert asked == [2, 2]


def test_a_link_by_hand_holds_before_everything_else(record: Record) -> None:
    first, _second = record.session(point(0), point(20))
    (today,) = record.session(point(20))
    record.links[today.id] = first.id
    linked, other = record.follow()
    assert [visit.mark.id for visit in linked.visits] == [first.id, today.id]
    assert linked.visits[1].by_hand
    assert len(other.visits) == 1


def test_a_mark_that_was_unlinked_is_a_site_of_its_own(record: Record) -> None:
    record.session(point(0))
    (today,) = record.session(point(0))
    record.links[today.id] = None
    assert courses(record.follow()) == [[Course.NEW], [Course.NEW]]
    assert record.follow()[1].visits[0].by_hand


def test_a_link_to_a_mark_that_is_gone_says_nothing(record: Record) -> None:
    record.session(point(0))
    (today,) = record.session(point(300))
    record.links[today.id] = new_id()
    assert len(record.follow()) == 2


def test_what_belongs_to_a_trigger_point_is_no_site(record: Record) -> None:
    (own,) = record.session(point(0))
    needle = a_mark(2, session_id=own.session_id, details=Needle(), parent_id=own.id)
    twitch = a_mark(3, session_id=own.session_id, details=TwitchResponse(), parent_id=needle.id)
    record.marks[own.session_id] += [needle, twitch]
    assert len(record.follow()) == 1


def test_on_own_pictures_place_alone_says_nothing(record: Record) -> None:
    version = picture_version("0" * 64)
    for _session in range(2):
        record.session(point(0, body_version=version))
    assert len(record.follow()) == 2


@given(
    st.lists(st.integers(0, 90), max_size=5),
    st.lists(st.integers(0, 90), max_size=5),
)
def test_no_other_way_finds_more_or_nearer(before: list[int], now: list[int]) -> None:
    record = Record()
    record.session(*map(point, before))
    record.session(*map(point, now))
    pairs = [site.visits for site in record.follow() if len(site.visits) == 2]
    apart = [abs(one.mark.anchor.b1 - other.mark.anchor.b1) for one, other in pairs]
    assert (-len(apart), sum(apart)) == _best(before, now)


def _best(before: list[int], now: list[int]) -> tuple[int, float]:
    """The most pairs within the gate and their least sum, by trying all ways."""
    few, many = sorted((before, now), key=len)
    ways = [
        [abs(a - b) for a, b in zip(few, chosen, strict=True) if abs(a - b) <= GATE_MM]
        for chosen in permutations(many, len(few))
    ]
    return min((-len(way), sum(way)) for way in ways)
