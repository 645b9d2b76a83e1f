"""The tables of the practice's page: numbers instead of names, units, and nothing reckoned."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.domain.anatomy import Side
from app.domain.errors import ExportError
from app.domain.identity import new_id
from app.domain.practice_summaries import (
    EventFigures,
    FollowUp,
    FoundSession,
    NeedledPlace,
    SizeUse,
    Unsigned,
    Visit,
)
from app.domain.records import SessionStatus
from app.domain.signing_rules import SigningFacts
from app.domain.supplies import NeedleBox
from app.exchange import practice_tables as tables
from app.exchange.table_files import write_table
from app.review.needle_use import LotUse
from app.review.rates_beside import rate_rows

VISIT = Visit(
    session_id=new_id(), patient_id=new_id(), family_name="Secret", given_name="Sue", number="=7",
    started_at=datetime(2026, 11, 2, 9, tzinfo=UTC), practitioner="Ada", problem="Neck pain",
)  # fmt: skip
LOT = LotUse(
    (NeedleBox(id=new_id(), manufacturer="Maker", lot="A", expires_on=date(2027, 1, 1),
               diameter_mm=0.25, length_mm=30),),
    2, 3, 6, 5, 2, datetime(2026, 11, 2, tzinfo=UTC),
)  # fmt: skip


def test_every_row_is_as_wide_as_its_headings() -> None:
    follow_up = FollowUp(VISIT, (NeedledPlace("soleus", Side.LEFT), NeedledPlace(None, None)), "!")
    unsigned = Unsigned(VISIT, SigningFacts(1, True, None))
    found = FoundSession(VISIT, SessionStatus.SIGNED, 4, 1)
    made = [
        (tables.FOLLOW_UPS, tables.follow_up_rows([follow_up], str.title)),
        (tables.UNSIGNED, tables.unsigned_rows([unsigned], lambda _row: "Why")),
        (tables.RATES, tables.rate_table_rows(rate_rows(EventFigures(4, 2, 1)))),
        (tables.SIZES, tables.size_rows([SizeUse(0.25, None, 3, 2)])),
        (tables.LOTS, tables.lot_rows([LOT])),
        (tables.FOUND, tables.found_rows([found])),
    ]
    for table, rows in made:
        whole = list(rows)
        assert whole
        assert {len(row) for row in whole} == {len(table.headings)}
        assert "Secret" not in str(whole)
    rows = list(tables.follow_up_rows([follow_up], str.title))
    assert rows[0][-2:] == ("Soleus, left; Muscle not recorded, side not said", "!")


def test_a_rate_in_per_cent_and_none_where_nobody_asked() -> None:
    (row, *_others) = tables.rate_table_rows(rate_rows(EventFigures(4, 4, 1)))
    assert row[:5] == ("Any event", 1, 4, 0, 25.0)
    assert row[5:7] == pytest.approx((4.559, 69.936), abs=1e-3)  # Wilson, by scipy's binomtest
    (row, *_others) = tables.rate_table_rows(rate_rows(EventFigures(4, 0, 0)))
    assert row[:7] == ("Any event", 0, 0, 4, None, None, None)


def test_published_rates_as_they_were_published_and_from_memory_said() -> None:
    words = {row.name: tables.published_words(row) for row in rate_rows(EventFigures())}
    assert words["Bruise"] == "Brady 2014: 7.55 %; Boyce 2020: 7.7 %"
    assert words["Faintness"] == "Brady 2014: 0.22 %, from memory"
    assert words["Shaking"] == "Brady 2014: 0.01 %"


def test_a_lot_says_the_sizes_of_its_boxes_once() -> None:
    assert tables.sizes_words(LOT) == "0.25 × 30"
    (row,) = tables.lot_rows([LotUse((), 1, 1, 1, 0, 0, None)])
    assert row == ("", "", "", None, 0, 1, 1, 1, 0, 0, None)


def test_one_table_as_csv_in_which_nothing_is_reckoned(tmp_path: Path) -> None:
    out = tmp_path / "found.csv"
    found = FoundSession(VISIT, SessionStatus.DRAFT, 4, 1)
    assert write_table(out, tables.FOUND, tables.found_rows([found])) == 1
    lines = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert lines[0] == list(tables.FOUND.headings)
    assert lines[1][0] == "'=7"
    assert lines[1][3] == "2026-11-02"


def test_one_table_as_a_workbook_with_one_sheet(tmp_path: Path) -> None:
    out = tmp_path / "lots.XLSX"
    assert write_table(out, tables.LOTS, tables.lot_rows([LOT, LOT])) == 2
    with ZipFile(out) as book:
        assert [name for name in book.namelist() if "sheets/" in name] == [
            "xl/worksheets/sheet1.xml"
        ]


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        write_table(tmp_path / "nowhere" / "x.csv", tables.SIZES, [])
