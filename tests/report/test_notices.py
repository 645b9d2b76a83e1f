"""Notices of hazards on paper: of which mark, in which words, and whether acknowledged."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.hazard_rule import BOTH_SIDES_OF_CHEST
from app.domain.identity import new_id
from app.domain.marks import Needle
from app.domain.papers import HazardNotice
from app.domain.words import local_day
from app.report.notices import GONE, notices_table
from app.report.pdf import write_session_pdf
from db.repository import SqlRepository
from tests.report import builders, reading
from tests.report.builders import NOW, STARTED, plain_mark

MINUTE = timedelta(minutes=1)
LUNG = "Needle 1 near Lung: depth not recorded. Source: BN121 (partly read)."


def notice(mark_id: Any, words: str = LUNG, **fields: Any) -> HazardNotice:
    made = {
        "id": new_id(), "session_id": plain_mark().session_id, "mark_id": mark_id,
        "zone": "posterior_thorax", "words": words, "shown_at": STARTED,
    }  # fmt: skip
    return HazardNotice(**made | fields)


def told(*notices: HazardNotice, marks: Any = ()) -> list[tuple[str, tuple[str, ...]]]:
    tables = notices_table(notices, marks, local_day(STARTED))
    return [(row.name, row.lines) for table in tables for row in table.rows]


def test_without_a_notice_there_is_no_table():
    assert notices_table((), (), local_day(STARTED)) == ()


def test_a_notice_says_its_mark_its_words_and_whether_it_was_acknowledged():
    mark = plain_mark()
    ((whose, lines),) = told(notice(mark.id), marks=[mark])
    assert whose == f"Mark {mark.number}"
    assert lines == (LUNG, f"Shown {STARTED:%H:%M}; not acknowledged.")
    read = notice(mark.id, acknowledged_at=STARTED + 2 * MINUTE)
    ((_whose, lines),) = told(read, marks=[mark])
    assert lines[1] == f"Shown {STARTED:%H:%M}, acknowledged {STARTED + 2 * MINUTE:%H:%M}."
    ((_whose, lines),) = told(notice(mark.id, shown_at=STARTED + timedelta(days=1)), marks=[mark])
    assert "13 November 2024, " in lines[1]  # of another day


def test_what_was_said_at_once_is_one_row_in_the_order_of_time():
    first, other = plain_mark(1), plain_mark(2)
    together = [notice(each.id, "Needles near Lung.") for each in (first, other)]
    later = notice(new_id(), shown_at=STARTED + MINUTE)
    both = notice(first.id, "Both sides.", zone=BOTH_SIDES_OF_CHEST, shown_at=STARTED + 2 * MINUTE)
    rows = told(both, later, *together, marks=[first, other])
    assert [whose for whose, _lines in rows] == ["Marks 1 and 2", GONE, "The session"]


def test_one_of_several_that_nobody_acknowledged_is_not_said_to_be_read():
    first, other = plain_mark(1), plain_mark(2)
    notices = [notice(first.id, acknowledged_at=STARTED), notice(other.id)]
    ((_whose, lines),) = told(*notices, marks=[first, other])
    assert lines[1].endswith("not acknowledged.")


def test_the_pdf_prints_them(
    repository: SqlRepository, stored: Callable[..., Any], atlas: Atlas, tmp_path: Path
):
    visit = stored(lambda session_id: [plain_mark(session_id=session_id, details=Needle())])
    (mark,) = repository.marks(visit.session.id)
    shown = notice(mark.id, session_id=visit.session.id)
    repository.commit(Change.add("Tell", shown), builders.stamp())
    out = tmp_path / "chart.pdf"
    write_session_pdf(repository, visit.session.id, out, atlas=atlas, now=NOW)
    text = " ".join(" ".join(reading.pages(out.read_bytes())).split())
    assert "Notices of hazards shown" in text
    assert LUNG in text
    assert "not acknowledged" in text
