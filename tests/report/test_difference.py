"""What differs between the first and the last session of a course, on paper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.identity import new_id
from app.domain.marks import Mark, Needle, Soreness
from app.domain.site_links import SiteLink
from app.exchange.fingerprint import seal
from app.report.blocks import Differences, DifferenceSigns, Grid, Heading, Words
from app.report.course import Course, course_of
from app.report.difference import NO_SPOT, difference_blocks
from app.report.kinds import ReportKind, write_report
from app.review.comparison import Standing
from db.repository import SqlRepository
from tests.report import builders, reading
from tests.report.builders import NOW, STARTED, Visit, area, point

NECK, BACK, LOW = (470.0, 330.0), (470.0, 480.0), (470.0, 640.0)


@pytest.fixture
def two(
    atlas: Atlas, repository: SqlRepository, stored: Callable[..., Visit]
) -> tuple[Visit, Visit]:
    """Needles at the neck and the back, three weeks later at the back, a little lower, and low."""

    def needles(*places: tuple[float, float]) -> Callable[[Any], list[Mark]]:
        return lambda session_id: [
            point(atlas, k + 1, Needle(), "posterior", x, y, session_id=session_id)
            for k, (x, y) in enumerate(places)
        ]

    first = stored(needles(NECK, BACK))
    later = STARTED + timedelta(weeks=3)
    x, y = BACK
    return first, stored(needles((x, y + 6), LOW), of=first.patient, started_at=later)


def course(repository: SqlRepository, visit: Visit, **fields: Any) -> Course:
    found = course_of(repository.patient_records(visit.patient.id), (), None)
    assert found is not None
    return replace(found, **fields)


def told(blocks: list[Any]) -> dict[Standing, int]:
    """How many spots of each standing the maps show."""
    shown = [how for each in blocks if isinstance(each, Differences)
             for window in each.windows for how, _placed in window.spots]  # fmt: skip
    return {standing: shown.count(standing) for standing in Standing}


def test_new_again_and_not_again_are_shown_once_each(
    atlas: Atlas, repository: SqlRepository, two: tuple[Visit, Visit]
) -> None:
    blocks = difference_blocks(course(repository, two[0]), atlas, 60.0)
    assert [type(each) for each in blocks] == [Heading, Differences, DifferenceSigns, Grid, Words]
    assert told(blocks) == {Standing.NEW: 1, Standing.AGAIN: 1, Standing.NOT_MARKED: 1}
    table = blocks[3]
    assert isinstance(table, Grid)
    assert table.headings[2:] == ("New", "Again", "Not marked again")
    columns = list(zip(*(row[2:] for row in table.rows), strict=True))
    assert [sum(map(int, column)) for column in columns] == [1, 1, 1]
    assert all("right" in row[0].lower() for row in table.rows)


def test_what_a_person_said_of_a_spot_holds_on_paper(
    atlas: Atlas, repository: SqlRepository, two: tuple[Visit, Visit]
) -> None:
    again = repository.marks(two[1].session.id)[0]
    link = SiteLink(id=new_id(), patient_id=two[0].patient.id, mark_id=again.id, said_at=NOW)
    repository.commit(Change.add("Say", link), builders.stamp())
    links = tuple(repository.site_links(two[0].patient.id))
    blocks = difference_blocks(course(repository, two[0], links=links), atlas, 60.0)
    assert told(blocks) == {Standing.NEW: 2, Standing.AGAIN: 0, Standing.NOT_MARKED: 2}


def test_the_report_says_it_in_words_and_meets_both_standards(
    atlas: Atlas, repository: SqlRepository, two: tuple[Visit, Visit], tmp_path: Path
) -> None:
    out = tmp_path / "report.pdf"
    write_report(
        repository, ReportKind.PROGRESS, two[0].patient.id, out, now=NOW, atlas=atlas, seal=seal
    )
    content = out.read_bytes()
    assert reading.faults(content) == []
    alts = reading.alternative_texts(content)
    words = "first against last session: 1 new, 1 again, 1 not marked again"
    assert sum(words in each for each in alts) == 1
    text = reading.squeezed("".join(reading.pages(content)))
    assert reading.squeezed("What differs between the two") in text


def test_nothing_is_compared_without_two_sessions_or_without_a_spot(
    atlas: Atlas, repository: SqlRepository, stored: Callable[..., Visit]
) -> None:
    def sore(session_id: Any) -> list[Mark]:
        return [area(atlas, 1, Soreness(), "posterior", 456, 500, session_id=session_id)]

    first = stored(sore)
    assert difference_blocks(course(repository, first), atlas, 60.0) == []
    stored(sore, of=first.patient, started_at=STARTED + timedelta(weeks=3))
    heading, words = difference_blocks(course(repository, first), atlas, 60.0)
    assert isinstance(heading, Heading)
    assert words == Words(NO_SPOT)
