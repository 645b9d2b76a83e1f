"""A signature and an addendum say who signed, when, and why."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from app.domain.findings import LONGEST_LINE, LONGEST_NAME
from app.domain.identity import new_id
from app.domain.papers import Addendum, Signature
from app.domain.rules import check

TODAY = date(2026, 3, 2)
NOW = datetime.fromisoformat("2026-03-02T09:00:00+01:00")
SIGNATURE = Signature(
    id=new_id(), session_id=new_id(), practitioner_id=new_id(), name="Ada Nadel", signed_at=NOW
)
ADDENDUM = Addendum(
    id=new_id(), session_id=new_id(), practitioner_id=new_id(), name="Ada Nadel", written_at=NOW,
    reason="Side", text="Left, not right.",
)  # fmt: skip


def test_plain_ones_may_be_stored() -> None:
    assert [*check(SIGNATURE, TODAY), *check(ADDENDUM, TODAY)] == []


@pytest.mark.parametrize("record", [SIGNATURE, ADDENDUM], ids=lambda each: type(each).__name__)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \n"),
        ("name", "x" * (LONGEST_NAME + 1)),
        ("licence_number", "x" * (LONGEST_LINE + 1)),
    ],
)
def test_who_signed_is_always_said(record: Signature | Addendum, field: str, value: str) -> None:
    assert [each.field for each in check(replace(record, **{field: value}), TODAY)] == [field]


@pytest.mark.parametrize(
    "fields", [{"reason": " "}, {"text": "\n"}, {"reason": "x" * (LONGEST_LINE + 1)}]
)
def test_an_addendum_says_why_and_what(fields: dict[str, Any]) -> None:
    assert [each.field for each in check(replace(ADDENDUM, **fields), TODAY)] == list(fields)
