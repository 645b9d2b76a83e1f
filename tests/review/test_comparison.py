"""What differs between two sessions, against cases done by hand."""

from app.domain.identity import new_id
from app.domain.marks import Mark
from app.review.comparison import Compared, Standing, difference
from app.review.sites import Course, Site, Visit
from tests.helpers.marks import a_mark

FIRST, SECOND, THIRD = (new_id() for _ in range(3))


def site(*sessions: object) -> Site:
    return Site([Visit(a_mark(1, session_id=each), Course.REPEATED) for each in sessions])


def marks(one: Site) -> list[Mark]:
    return [visit.mark for visit in one.visits]


def test_each_spot_of_two_sessions_stands_in_one_of_three_ways() -> None:
    both, gone, new, neither = site(FIRST, SECOND), site(FIRST), site(SECOND), site(THIRD)
    assert difference([both, gone, new, neither], FIRST, SECOND) == [
        Compared(marks(both)[1], Standing.AGAIN),
        Compared(marks(gone)[0], Standing.NOT_MARKED),
        Compared(marks(new)[0], Standing.NEW),
    ]


def test_what_lies_between_makes_no_difference() -> None:
    through, came = site(FIRST, SECOND, THIRD), site(SECOND, THIRD)
    assert [each.standing for each in difference([through, came], FIRST, THIRD)] == [
        Standing.AGAIN,
        Standing.NEW,
    ]


def test_without_sites_nothing_differs() -> None:
    assert difference([], FIRST, SECOND) == []
