"""The clock's word for a session that takes another time than is usual."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.identity import new_id
from app.domain.records import TreatmentSession
from app.panels.session_clock import pace_words

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def session(minutes: int | None = None) -> TreatmentSession:
    return TreatmentSession(
        id=new_id(), patient_id=new_id(), practitioner_id=new_id(), started_at=START,
        ended_at=None if minutes is None else START + timedelta(minutes=minutes),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "word"), [(0, ""), (10, ""), (30, ""), (31, "longer: 15 to 30 min is usual")]
)
def test_a_running_session_is_never_too_short_yet(minutes: int, word: str):
    assert pace_words(session(), START + timedelta(minutes=minutes)) == word


@pytest.mark.parametrize(
    ("minutes", "word"),
    [
        (14, "14 min, shorter: 15 to 30 min is usual"),
        (15, ""),
        (30, ""),
        (45, "45 min, longer: 15 to 30 min is usual"),
    ],
)
def test_a_session_that_ended(minutes: int, word: str):
    assert pace_words(session(minutes), START + timedelta(days=1)) == word


def test_without_a_session_nothing_is_said():
    assert pace_words(None, START) == ""
