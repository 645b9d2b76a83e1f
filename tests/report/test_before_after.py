"""What a report says of a session beside its marks. "None", "not asked" and nothing differ."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.closing import (
    AdverseEvent,
    Advice,
    Closing,
    EventKind,
    OtherTreatment,
    OtherTreatmentKind,
    Severity,
)
from app.domain.identity import new_id
from app.domain.marks import Needle
from app.domain.preparation import Consent, Preparation, Risk, SorenessReport
from app.domain.screening import Screened, ScreeningAction, ScreeningAnswer, ScreeningItem
from app.domain.supplies import NeedleBox
from app.report.before_after import before_and_after
from app.report.pdf import render, report_of_marks, write_session_pdf
from db.repository import SqlRepository
from tests.report import builders, reading
from tests.report.builders import NOW, STARTED, plain_mark

SESSION = plain_mark().session_id


def preparation(**fields: Any) -> Preparation:
    return Preparation(**{"id": new_id(), "session_id": SESSION, **fields})


def closing(**fields: Any) -> Closing:
    return Closing(**{"id": new_id(), "session_id": SESSION, **fields})


def told(*papers: Any, marks: Any = (), boxes: Any = ()) -> dict[str, tuple[str, ...]]:
    tables = before_and_after(papers, marks, boxes)
    return {row.name: row.lines for table in tables for row in table.rows}


def whole(**answers: Screened) -> tuple[Screened, ...]:
    given = {each.item: each for each in answers.values()}
    no = ScreeningAnswer.NO
    return tuple(given.get(each, Screened(item=each, answer=no)) for each in ScreeningItem)


def test_a_session_without_papers_says_so_in_one_line():
    (table,) = before_and_after((), ())
    assert table.rows == ()
    assert "Adverse events not asked." in table.sentence


def test_what_was_never_asked_says_so():
    rows = told(preparation())
    assert rows["Screening"] == ("Not asked",)
    assert rows["Consent"] == ("Not recorded",)
    assert rows["Adverse events"] == ("Not asked",)
    assert rows["Needles"] == ("0 placed on the chart, count by hand not recorded",)


def test_none_is_an_answer():
    assert told(closing())["Adverse events"] == ("Not asked",)
    (line,) = told(closing(no_adverse_events=True))["Adverse events"]
    assert line == "None: it was asked for, and there was none"


def test_of_the_screening_only_what_was_not_no_is_printed():
    epilepsy = Screened(
        item=ScreeningItem.EPILEPSY, answer=ScreeningAnswer.YES,
        action=ScreeningAction.REFER, note="since May",
    )  # fmt: skip
    unknown = Screened(item=ScreeningItem.OSTEOPOROSIS, answer=ScreeningAnswer.UNKNOWN)
    held = preparation(
        screened=whole(a=epilepsy, b=unknown),
        screened_at=STARTED - timedelta(weeks=2),
        affirmed_at=STARTED,
    )
    assert told(held)["Screening"] == (
        "Every item answered on 29 October 2024: 1 yes, 1 unknown, 33 no.",
        "Affirmed 12 November 2024, 14:30 UTC+01:00.",
        "Epilepsy: yes, refer. since May",
        "Osteoporosis: unknown",
    )


def test_a_screening_in_part_says_how_much_was_not_asked():
    held = preparation(screened=whole()[:3])
    assert told(held)["Screening"] == ("Asked in part: 3 no, 32 not asked.",)


def test_consent_and_needles_and_soreness():
    box = NeedleBox(
        id=new_id(), manufacturer="Maker", lot="7", expires_on=date(2025, 1, 2),
        diameter_mm=0.25, length_mm=30,
    )  # fmt: skip
    held = preparation(
        consent=Consent.WRITTEN, consent_form="2", consent_on=date(2024, 10, 1),
        risks=frozenset({Risk.BRUISE, Risk.FAINTING}), box_id=box.id,
        soreness_since=(
            SorenessReport(mark_id=new_id(), worst=3, hours=24),
            SorenessReport(mark_id=new_id(), worst=0),
        ),
    )  # fmt: skip
    rows = told(held, boxes=(box,))
    assert rows["Consent"] == (
        "Written, form 2, 1 October 2024.", "Risks explained: bruise and fainting.",
    )  # fmt: skip
    assert rows["Needles from"] == ("Maker, 0.25 × 30 mm, lot 7, expires 2 January 2025",)
    assert rows["Soreness since last session"] == ("2 areas asked, worst 3 of 10, up to 24 h",)


def test_an_event_is_told_with_its_mark():
    needle = plain_mark(4, Needle())
    event = AdverseEvent(
        kind=EventKind.BRUISE, severity=Severity.MILD, mark_id=needle.id, note="small"
    )
    rows = told(
        closing(
            events=(event, AdverseEvent(kind=EventKind.NAUSEA)),
            needles_counted=1,
            other_treatments=(
                OtherTreatment(kind=OtherTreatmentKind.MASSAGE, place="neck", minutes=10),
            ),
            advice=frozenset({Advice.DRINK}),
            own_advice="no swimming",
            next_step="in a week",
        ),
        marks=(needle,),
    )
    assert rows["Adverse events"] == ("Bruise at mark 4: mild, small", "Nausea")
    assert rows["Needles"] == ("1 placed on the chart, 1 counted out by hand",)
    assert rows["Other treatment"] == ("Massage, neck, 10 min",)
    assert rows["Advice given"] == ("Drink enough", "no swimming")
    assert rows["Next step"] == ("in a week",)


def test_the_longest_papers_meet_both_standards(atlas: Atlas):
    whom, who = builders.patient(), builders.practitioner()
    held = preparation(
        screened=tuple(
            Screened(item=each, answer=ScreeningAnswer.YES, note="x" * 500)
            for each in ScreeningItem
        )
    )
    events = tuple(AdverseEvent(kind=kind, note="y " * 200) for kind in EventKind)
    long = closing(events=events, own_advice="z" * 20_000, next_step="line\n" * 300)
    report = report_of_marks(
        atlas, whom, who, None, builders.session(whom, who), [], NOW, papers=(held, long)
    )
    made = render([report], atlas)
    assert reading.faults(made) == []
    assert "Whom to call" not in "".join(reading.pages(made))


@pytest.mark.parametrize("none", [True, False])
def test_a_stored_session_is_printed_with_its_papers(
    repository: SqlRepository, stored: Callable[..., builders.Visit], atlas: Atlas, tmp_path, none
):
    visit = stored()
    box = NeedleBox(id=new_id(), manufacturer="Nadelwerk")
    held = replace(preparation(), session_id=visit.session.id, box_id=box.id)
    done = replace(closing(no_adverse_events=none), session_id=visit.session.id)
    repository.commit(Change.add("Papers", box, held, done), builders.stamp())
    out = tmp_path / "chart.pdf"
    write_session_pdf(repository, visit.session.id, out, now=NOW, atlas=atlas)
    made = out.read_bytes()
    text = " ".join("".join(reading.pages(made)).split())
    assert "Nadelwerk" in text
    assert ("None: it was asked for, and there was none" in text) is none
    assert reading.faults(made) == []
