"""Nothing is answered twice in one preparation: paper would count two answers, or print either."""

from datetime import date
from typing import Any

import pytest

from app.domain.identity import new_id
from app.domain.preparation import Preparation, SorenessReport
from app.domain.rules import check
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem

SHOULDER, HIP = new_id(), new_id()


@pytest.mark.parametrize(
    ("field", "once", "twice"),
    [
        (
            "screened",
            (Screened(item=ScreeningItem.EPILEPSY, answer=ScreeningAnswer.NO),),
            (Screened(item=ScreeningItem.EPILEPSY, answer=ScreeningAnswer.YES),),
        ),
        (
            "soreness_since",
            (SorenessReport(mark_id=SHOULDER, worst=0), SorenessReport(mark_id=HIP, worst=0)),
            (SorenessReport(mark_id=HIP, worst=9),),
        ),
    ],
)
def test_nothing_is_answered_twice(field: str, once: tuple[Any, ...], twice: tuple[Any, ...]):
    def found(answers: tuple[Any, ...]) -> list[str]:
        fields: dict[str, Any] = {field: answers}
        held = Preparation(id=new_id(), session_id=new_id(), **fields)
        return [each.field for each in check(held, date(2026, 3, 2))]

    assert (found(once), found(once + twice)) == ([], [field])
