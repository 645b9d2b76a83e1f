"""What the screenings of a patient say today, and since when."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from app.domain.identity import new_id
from app.domain.preparation import Preparation
from app.domain.records import TreatmentSession
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem
from app.domain.screening_history import WARNED_OF, screening_warnings, standing

FIRST = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
YES, NO = ScreeningAnswer.YES, ScreeningAnswer.NO
ANTICOAGULANT, EPILEPSY = ScreeningItem.ANTICOAGULANT, ScreeningItem.EPILEPSY


def visit(week: int, *screened: Screened, screened_at: datetime | None = None):
    session = TreatmentSession(
        id=new_id(), patient_id=new_id(), practitioner_id=new_id(),
        started_at=FIRST + timedelta(weeks=week),
    )  # fmt: skip
    return session, Preparation(
        id=new_id(), session_id=session.id, screened=screened, screened_at=screened_at
    )


def said(item: ScreeningItem, answer: ScreeningAnswer, note: str = "") -> Screened:
    return Screened(item=item, answer=answer, note=note)


def warned(visits: Iterable, *by_hand: str) -> list[tuple[str, date]]:
    return screening_warnings(standing(visits), by_hand)


def test_the_newest_answer_stands():
    old, new = visit(0, said(EPILEPSY, YES)), visit(1, said(EPILEPSY, NO))
    assert warned([new, old]) == []
    assert [words for words, _on in warned([old])] == ["Epilepsy"]


def test_a_screening_that_was_only_begun_takes_nothing_away():
    old, new = visit(0, said(EPILEPSY, YES)), visit(1, said(ANTICOAGULANT, NO))
    assert warned([new, old]) == [("Epilepsy", date(2026, 10, 5))]


def test_what_was_carried_over_keeps_its_day_and_what_is_new_has_its_own():
    old = visit(0, said(EPILEPSY, YES), said(ANTICOAGULANT, NO), screened_at=FIRST)
    new = visit(1, said(EPILEPSY, YES), said(ANTICOAGULANT, YES), screened_at=FIRST)
    assert warned([new, old]) == [
        ("Anticoagulant or bleeds easily", date(2026, 10, 12)),
        ("Epilepsy", date(2026, 10, 5)),
    ]


def test_what_is_written_by_hand_is_not_said_twice():
    visits = [visit(0, said(ANTICOAGULANT, YES), said(EPILEPSY, YES))]
    assert [words for words, _ in warned(visits, "ANTICOAGULANT (apixaban)")] == ["Epilepsy"]


def test_what_the_warning_by_hand_does_not_know_is_said_all_the_same():
    visits = [visit(0, said(ScreeningItem.IMPLANT_AT_SITE, YES, "port, left chest"))]
    (only,) = warned(visits, "Hip replacement on the right")
    assert "port, left chest" in only[0]
    assert warned(visits, "Implant: port, left chest") == []


def test_only_what_must_not_be_overlooked_is_said_at_the_top():
    visits = [visit(0, *(said(item, YES) for item in ScreeningItem))]
    assert len(warned(visits)) == len(WARNED_OF) == 10


def test_no_more_is_read_than_must_be():
    read = []

    def visits():
        for week in (2, 1, 0):
            read.append(week)
            yield visit(week, *(said(item, NO) for item in ScreeningItem))

    assert len(standing(visits())) == len(ScreeningItem)
    assert read == [2]
