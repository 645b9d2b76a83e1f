"""Any valid record comes back from a real file as it was written, and so does any change."""

import json
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.anatomy import Anchor
from app.domain.change import Change
from app.domain.errors import SignedSessionError
from app.domain.folding import fold
from app.domain.marks import Mark, TautBand
from app.domain.records import Record, TreatmentSession
from db.column_types import UtcDateTime, moment_of_text, text_of_moment
from db.mapping import MAPPINGS
from db.plain import codec, from_plain, to_plain
from db.practice import open_practice
from db.search_text import search_text
from tests.db import builders


def exact(record: Record) -> str:
    """Everything there is to a record, offsets and every bit of its floats included."""
    return json.dumps(to_plain(record), sort_keys=True)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=builders.practices())
def test_any_valid_record_survives_the_file(records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        change = Change.add("All at once", *records)
        with open_practice(place, clock=builders.clock) as practice:
            practice.repository.keep_picture(builders.PICTURE_BYTES)
            practice.repository.commit(change, builders.stamp(records[0].id))
        with open_practice(place, clock=builders.clock) as practice:
            found = practice.repository.existing(records)
            (entry,) = practice.repository.steps(records[0].id)
            assert practice.repository.check() == []
            if any(
                isinstance(each, TreatmentSession) and each.status.is_locked for each in records
            ):
                with pytest.raises(SignedSessionError):
                    practice.repository.commit(change.inverse(), builders.stamp())
                assert practice.repository.existing(records) == found
            else:
                practice.repository.commit(change.inverse(), builders.stamp())
                assert practice.repository.everything() == []
    assert {key: exact(record) for key, record in found.items()} == {
        record.id: exact(record) for record in records
    }
    assert all(found[record.id].__class__ is record.__class__ for record in records)
    assert exact_change(entry.change) == exact_change(change)


def exact_change(change: Change) -> list[tuple[str, ...]]:
    return [
        tuple("" if record is None else exact(record) for record in edit)
        for edit in change.edits.values()
    ]


@given(records=builders.practices())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_row_is_equal_to_its_record_alone(records: list[Record]) -> None:
    for record in records:
        mapping = MAPPINGS[type(record)]
        assert mapping.from_row(mapping.to_row(record)).id == record.id
        assert mapping.names[0] == "id"
        assert from_plain(type(record), json.loads(exact(record))).id == record.id


@given(st.lists(builders.moments, min_size=2, max_size=5))
def test_texts_of_moments_sort_as_the_moments(moments: list[datetime]) -> None:
    instants = [moment.astimezone(UTC) for moment in moments]
    by_text = [text[:27] for text in sorted(map(text_of_moment, moments))]
    assert by_text == [text_of_moment(each)[:27] for each in sorted(instants)]
    for moment in moments:
        returned = moment_of_text(text_of_moment(moment))
        assert returned.isoformat() == moment.isoformat()
        assert returned.utcoffset() == moment.utcoffset()


def test_a_moment_needs_a_zone_and_an_offset() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        text_of_moment(builders.NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="has no offset"):
        moment_of_text("2026-03-14T08:30:00.000000Z")


def test_the_hour_that_is_lived_twice_keeps_its_offset() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    texts = [text_of_moment(first.replace(fold=fold)) for fold in (0, 1)]
    assert texts == ["2026-10-25T00:30:00.000000Z+02:00", "2026-10-25T01:30:00.000000Z+01:00"]


def test_offsets_of_seconds_are_kept() -> None:
    moment = datetime(1900, 1, 1, tzinfo=timezone(timedelta(minutes=53, seconds=28)))
    assert moment_of_text(text_of_moment(moment)).isoformat() == moment.isoformat()


def test_null_stays_null() -> None:
    column_type = UtcDateTime()
    dialect = object()
    assert column_type.process_bind_param(None, dialect) is None  # type: ignore[arg-type]
    assert column_type.process_result_value(None, dialect) is None  # type: ignore[arg-type]


def test_a_negative_zero_is_a_zero() -> None:
    """SQLite keeps no sign of zero in a column of floats; the trail must not differ from it."""
    assert json.dumps(to_plain(Anchor(1, -0.0, -0.0))) == "[1, 0.0, 0.0]"


@pytest.mark.parametrize("hint", [complex, int | str, dict[str, int], tuple[int, str]])
def test_an_unknown_type_is_refused(hint: object) -> None:
    with pytest.raises(TypeError, match="cannot be stored"):
        codec(hint)


def test_a_field_that_may_be_none_needs_none_as_default() -> None:
    from dataclasses import dataclass

    @dataclass
    class Odd:
        count: int | None = 3

    with pytest.raises(TypeError, match=r"Odd.count may be None"):
        codec(Odd)


def test_an_unknown_field_is_not_dropped_in_silence() -> None:
    with pytest.raises(KeyError):
        from_plain(TautBand, {"colour": "red"})


def test_details_in_the_trail_carry_their_kind(visit: object) -> None:
    held = visit.session  # type: ignore[attr-defined]
    assert to_plain(builders.mark(held))["details"]["kind"] == "trigger_point"
    assert from_plain(Mark, to_plain(builders.mark(held))).details.tenderness == 2


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("MÜLLER", "muller"),
        ("Straße", "strasse"),
        ("ﬁ Ł", "fi l"),
        ("Nguyễn", "nguyen"),
        ("Á", "a"),
        ("Bjørnstad", "bjornstad"),
        ("O’Brien", "obrien"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_search_text_has_a_line_for_each_thing() -> None:
    from datetime import date

    who = builders.patient("van  Dyk", "A-7", given_name="Zoë", birth_date=date(1981, 3, 4))
    assert search_text(who).split("\n") == [
        "van dyk", "zoe", "a-7", "1981-03-04", "4 mar 1981",
        "04.03.1981", "4.3.1981", "03/04/1981", "3/4/1981", "04/03/1981", "4/3/1981",
    ]  # fmt: skip
