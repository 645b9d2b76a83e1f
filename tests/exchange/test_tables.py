"""Tables: what stands in which cell, and that nothing in a file is a formula."""

import csv
import gc
import io
import resource
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.body.atlas import Atlas
from app.domain.closing import AdverseEvent, Closing, EventKind
from app.domain.errors import ExportError
from app.domain.identity import new_id
from app.domain.marks import (
    Activity,
    Criterion,
    Mark,
    Needle,
    Note,
    ReferredPain,
    Sensation,
    Technique,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.outcomes import Measure, OutcomeScore
from app.domain.records import Record
from app.exchange import table_files
from app.exchange.demo import synthesize
from app.exchange.table_files import disarmed, write_csv, write_xlsx
from app.exchange.tables import MARKS, NEEDLES, SCORES, SESSIONS, Row, Table, rows_of
from app.paths import BODY_MAPS
from tests.report import builders
from tests.report.builders import STARTED

WHOM, WHO = builders.patient(), builders.practitioner()
SESSION = builders.session(WHOM, WHO, pain_before=6)


def mark(number: int, details: Any, **fields: Any) -> Mark:
    return builders.plain_mark(number, details, session_id=SESSION.id, **fields)


def rows(table: Table, *records: Record) -> list[dict[str, Any]]:
    """The rows of a table by their headings, of these records of one patient."""
    found = rows_of([WHOM, WHO, SESSION, *records], str.upper)
    return [dict(zip(table.headings, row, strict=True)) for held, row in found if held is table]


def test_a_mark_is_one_row_whatever_its_kind() -> None:
    pain = mark(3, ReferredPain(recognised=False), note="to the heel")  # the oldest id
    point = mark(
        1, TriggerPoint(activity=Activity.LATENT, criteria=frozenset(Criterion), tenderness=0),
        muscle="soleus",
    )  # fmt: skip
    twitch = mark(2, TwitchResponse(response=Twitch.ABSENT), parent_id=point.id)
    found = rows(MARKS, pain, twitch, point)
    assert [each["Mark number"] for each in found] == [1, 2, 3]
    assert found[0]["Tenderness (0-4)"] == 0  # an answer, which is not the same as nothing
    assert found[0]["Criteria"] == (
        "hypersensitive spot; recognised pain; referred sensation; taut band"
    )
    assert (found[0]["Muscle"], found[0]["Muscle id"]) == ("SOLEUS", "soleus")
    assert (found[1]["Belongs to mark"], found[1]["Twitch response"]) == (1, "absent")
    assert found[1]["Twitches"] is None
    assert (found[2]["Pain recognised"], found[2]["Note"]) == ("no", "to the heel")
    assert {each["Patient's side"] for each in found} == {"right"}
    assert found[0]["Session started"] == "2024-11-12T14:30:00+01:00"
    assert found[0]["Session date"] == "2024-11-12"


def test_a_needle_is_a_row_of_its_own_table_too() -> None:
    needle = Needle(
        diameter_mm=0.3, length_mm=50, technique=Technique.PISTONING, stay_s=0,
        in_at=STARTED, out_at=STARTED + timedelta(seconds=90), sensations=frozenset(Sensation),
    )  # fmt: skip
    records = [mark(1, needle), mark(2, Needle(in_at=STARTED)), mark(3, Note())]
    first, second = rows(NEEDLES, *records)
    assert (first["Diameter (mm)"], first["Length (mm)"], first["Depth (mm)"]) == (0.3, 50, None)
    assert (first["Time in (s)"], first["Planned stay (s)"]) == (90, 0)
    assert (second["Time in (s)"], second["Out at"]) == (None, None)
    assert len(rows(MARKS, *records)) == 3


@pytest.mark.parametrize(
    ("closing", "said"),
    [
        ({}, None),
        ({"no_adverse_events": True}, "none"),
        ({"events": (AdverseEvent(kind=EventKind.PAIN_DURING),)}, "pain during"),
    ],
)
def test_not_asked_is_empty_and_none_is_an_answer(closing: dict[str, Any], said: Any) -> None:
    (row,) = rows(SESSIONS, Closing(id=new_id(), session_id=SESSION.id, **closing))
    assert row["Adverse events"] == said
    assert (row["Pain before (0-10)"], row["Pain after (0-10)"]) == (6, None)
    (without,) = rows(SESSIONS)
    assert without["Adverse events"] is None


def test_a_score_comes_with_its_scale() -> None:
    score = OutcomeScore(
        id=new_id(), patient_id=WHOM.id, measure=Measure.LEFS, score=42,
        measured_on=date(2024, 1, 9),
    )  # fmt: skip
    (row,) = rows(SCORES, score)
    assert (row["Measured on"], row["Measure"], row["Score (in its unit)"]) == (
        "2024-01-09", "LEFS", 42,
    )  # fmt: skip
    assert row["Higher is"] == "better"


def test_no_name_of_a_patient_is_in_a_table() -> None:
    found = list(rows_of([WHOM, WHO, SESSION, mark(1, Note())], str))
    assert "Grünwald" not in repr(found)
    assert "DEMO-0004" in repr(found)


@pytest.fixture(scope="module")
def practice() -> list[Record]:
    return list(synthesize(4, 3, 5, Atlas.load(BODY_MAPS)))


def test_the_order_is_stable(practice: list[Record]) -> None:
    assert list(rows_of(practice, str)) == list(rows_of(practice[::-1], str))
    assert sum(table is MARKS for table, _ in rows_of(practice, str)) == sum(
        isinstance(each, Mark) for each in practice
    )


ARMED = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("http://x")']


def test_a_csv_file_reads_back_and_holds_no_formula(tmp_path: Path) -> None:
    marks = [mark(n, Note(), note=text) for n, text in enumerate([*ARMED, 'a,"b"\r\nc'], start=1)]
    counts = write_csv(tmp_path / "new", rows_of([WHOM, WHO, SESSION, *marks], str))
    assert counts[MARKS] == len(marks)
    assert {each.name for each in (tmp_path / "new").iterdir()} == {
        "sessions.csv", "marks.csv", "needles.csv", "scores.csv",
    }  # fmt: skip
    content = (tmp_path / "new" / "marks.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [each["Note"] for each in read] == [*(f"'{text}" for text in ARMED), 'a,"b"\r\nc']
    assert list(read[0]) == list(MARKS.headings)


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    cell = str(disarmed(text))
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}
    assert cell in (text, f"'{text}")


def test_a_number_stays_a_number() -> None:
    assert disarmed(-1.5) == -1.5
    assert disarmed(None) is None


def sheets(path: Path) -> dict[str, list[list[tuple[str, str]]]]:
    """(type, text) of the cells of each sheet, read without the library that wrote it."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    found = {}
    with zipfile.ZipFile(path) as book:
        assert not any("formula" in each.lower() for each in book.namelist())
        for number, table in enumerate((SESSIONS, MARKS, NEEDLES, SCORES), start=1):
            root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert root.findall(".//m:f", space) == []
            found[table.name] = [
                [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row]
                for row in root.findall(".//m:row", space)
            ]
    return found


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(tmp_path: Path) -> None:
    notes = [*ARMED, "https://example.org", "مرحبا 中文 😀", "x" * 20_000, "\x01"]
    marks = [mark(n, Note(), note=text) for n, text in enumerate(notes, start=1)]
    out = tmp_path / "tables.xlsx"
    counts = write_xlsx(out, rows_of([WHOM, WHO, SESSION, *marks], str))
    assert (counts[MARKS], counts[SESSIONS], counts[SCORES]) == (len(notes), 1, 0)
    found = sheets(out)
    assert [text for _, text in found["marks"][0]] == list(MARKS.headings)
    assert len(found["marks"]) == len(notes) + 1
    last = [row[-1] for row in found["marks"][1:]]
    assert {kind for kind, _ in last} == {"inlineStr"}
    assert [text for _, text in last[:4]] == notes[:4]
    assert last[5][1] == "_x000D_=1"  # how XLSX writes a control character
    assert last[10][1] == "مرحبا 中文 😀"
    assert len(last[11][1]) == 20_000
    assert ("n", "6") in found["sessions"][1]


def test_more_than_a_sheet_can_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_files, "MOST_ROWS", 2)
    row: Row = ("1",)
    with pytest.raises(ExportError, match="more marks than a sheet of XLSX can hold"):
        write_xlsx(tmp_path / "a.xlsx", [(MARKS, row)] * 3)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="does not exist"):
        write_csv(tmp_path / "gone" / "x", [])
    with pytest.raises(ExportError, match="does not exist"):
        write_xlsx(tmp_path / "gone" / "x.xlsx", [])
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError, match="could not be written"):
        write_csv(tmp_path / "file", [])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_full_disk_is_one_sentence_and_no_file(
    practice: list[Record], tmp_path: Path, form: str
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    write = write_csv if form == "csv" else write_xlsx
    try:
        with pytest.raises(ExportError, match="There is no room left"):
            write(tmp_path / "out", rows_of(practice, str))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] in ([], ["sessions.csv"])
    gc.collect()  # a file that was left open is said now, and not in the midst of another test
