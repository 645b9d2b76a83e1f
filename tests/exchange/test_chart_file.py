"""The chart file is lossless both ways, always the same bytes, and stored once or not at all."""

import dataclasses
import json
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.domain.anatomy import Side
from app.domain.audit import Stamp
from app.domain.change import Change
from app.domain.errors import ChartFileError, ConflictError, StorageError
from app.domain.letterhead import Letterhead
from app.domain.marks import DETAILS_OF_KIND, Mark
from app.domain.records import Patient, Record, SessionStatus, TreatmentSession
from app.exchange.chart_file import (
    export_chart,
    import_chart,
    load_chart,
    records_of_session,
)
from app.exchange.chart_format import encode_chart
from db.practice import Practice, open_practice
from tests.exchange.samples import (
    BODIES,
    SAMPLE_COUNT,
    TODAY,
    any_records,
    make_id,
    read_chart,
    sample_document,
    sample_records,
    stamp,
)
from tests.helpers.pictures import png


@pytest.fixture
def practice(tmp_path: Path):
    with open_practice(tmp_path / "practice") as opened:
        yield opened


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    export_chart(sample_records(), tmp_path / "chart.json")
    return tmp_path / "chart.json"


def by_id(records: list[Record]) -> list[Record]:
    return sorted(records, key=lambda record: record.id)


@given(any_records())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_valid_records_come_back_equal(tmp_path_factory, records):
    path = tmp_path_factory.getbasetemp() / "any.json"
    export_chart(records, path)
    first = path.read_bytes()

    read = read_chart(path)

    assert by_id(read) == by_id(records)
    export_chart(read, path)
    assert path.read_bytes() == first  # offsets and digits too, which equality does not see


def test_the_same_bytes_leave_the_next_practice(chart: Path, practice: Practice):
    import_chart(chart, practice.repository, TODAY, stamp(), BODIES)
    export_chart(practice.repository.everything(), again := chart.with_name("again.json"))
    assert again.read_bytes() == chart.read_bytes()


def test_the_order_of_the_records_does_not_matter():
    records = sample_records()
    assert list(encode_chart(records)) == list(encode_chart(records[::-1]))


def test_a_mark_shows_its_kind_and_its_details_under_that_name(tmp_path: Path):
    needle = sample_document(tmp_path)["sessions"][0]["marks"][7]
    assert list(needle) == [
        "id", "kind", "number", "shape", "body_version", "anchor", "outline", "placed_on",
        "placed_in", "side", "muscle", "parent_id", "note", "placed_at", "needle",
    ]  # fmt: skip
    assert needle["anchor"] == [7, 0.1, 0.2]
    assert needle["placed_at"] == "2026-11-02T09:07:00.000123+05:45"
    assert needle["muscle"] is None
    assert needle["needle"]["diameter_mm"] == 0.3


def test_nothing_is_dropped(tmp_path: Path):
    document = sample_document(tmp_path)
    for section, made in (("patients", Patient), ("sessions", TreatmentSession)):
        written = set(document[section][0]) - {"marks", "papers"}
        assert written == {field.name for field in dataclasses.fields(made)}
    kinds = {mark["kind"] for mark in document["sessions"][0]["marks"]}
    assert kinds == set(DETAILS_OF_KIND)


def test_a_chart_file_is_text_that_people_can_compare(chart: Path):
    text = chart.read_text(encoding="utf-8")
    assert text.startswith('{\n"format": "needlepoint.chart/1",\n"practitioners": [\n')
    assert "Nguyễn" in text
    assert max(map(len, text.splitlines())) < 1200


def test_an_empty_practice_has_a_chart_file_too(tmp_path: Path):
    export_chart([], tmp_path / "empty.json")
    assert read_chart(tmp_path / "empty.json") == []
    assert json.loads((tmp_path / "empty.json").read_text())["sessions"] == []


def test_a_mark_without_its_session_is_a_bug_and_writes_nothing(tmp_path: Path):
    mark = next(each for each in sample_records() if isinstance(each, Mark))
    with pytest.raises(ValueError, match="is not among the records"):
        export_chart([mark], tmp_path / "bad.json")
    assert list(tmp_path.iterdir()) == []


def test_importing_twice_changes_nothing(chart: Path, practice: Practice):
    repository = practice.repository
    assert import_chart(chart, repository, TODAY, stamp())[:2] == (SAMPLE_COUNT, 0)
    before = repository.everything()
    assert import_chart(chart, repository, TODAY, stamp())[:2] == (0, SAMPLE_COUNT)
    assert repository.everything() == before


def test_what_is_missing_in_the_practice_comes_back(chart: Path, practice: Practice):
    repository = practice.repository
    import_chart(chart, repository, TODAY, stamp())
    gone = next(mark for mark in repository.marks(make_id(31)) if mark.number == 8)
    repository.commit(Change.remove("Remove needle", [gone]), stamp())
    assert import_chart(chart, repository, TODAY, stamp())[:2] == (1, SAMPLE_COUNT - 1)
    assert gone in repository.marks(make_id(31))


def test_another_value_in_the_practice_is_never_overwritten(chart: Path, practice: Practice):
    repository = practice.repository
    import_chart(chart, repository, TODAY, stamp())
    held = repository.patients([make_id(11)])[0]
    changed = dataclasses.replace(held, given_name="Linh", phone="+1 202 555 0100")
    repository.commit(Change.replace("Edit", held, changed), stamp())
    with pytest.raises(ChartFileError) as refused:
        import_chart(chart, repository, TODAY, stamp())
    assert str(refused.value) == (
        f'{chart}: patients[0]: the practice already holds patient "Linh Nguyễn" '
        f"({make_id(11)}) with another value of given_name and phone, and an import never "
        "overwrites. Nothing was stored."
    )
    assert repository.patients([make_id(11)]) == [changed]


@pytest.mark.parametrize(
    ("record_id", "field", "value", "named"),
    [
        (make_id(1), "name", "Somebody", ("practitioners[0]", "this practitioner")),
        (make_id(21), "title", "Headache", ("problems[0]", "this problem")),
        (make_id(81), "note", "x", ("no_needle_zones[0]", "this no-needle zone")),
        (make_id(31), "note", "x", ("sessions[0]", "the session of 2026-11-02")),
        (make_id(42), "side", Side.LEFT, ("sessions[0].marks[1]", "mark 2 of that session")),
        (make_id(82), "lot", "L 8", ("needle_boxes[0]", "this box of needles")),
        (make_id(83), "name", "Back", ("protocols[0]", "this protocol")),
        (make_id(84), "score", 18, ("outcome_scores[0]", "this score")),
        (make_id(87), "plan", "x", ("sessions[0].papers.note", "this note")),
        (make_id(88), "words", "x", ("sessions[0].papers.notices[0]", "this notice")),
    ],
)
def test_a_conflict_names_the_record(chart, practice, record_id, field, value, named):
    records = [
        dataclasses.replace(each, **{field: value}) if each.id == record_id else each
        for each in sample_records()
    ]
    practice.repository.commit(Change.add("Fill", *records), stamp())
    with pytest.raises(ChartFileError) as refused:
        import_chart(chart, practice.repository, TODAY, stamp())
    assert "{}: the practice already holds {}".format(*named) in str(refused.value)
    assert f"another value of {field}, " in str(refused.value)


def test_a_patient_number_that_is_taken_is_refused(chart: Path, practice: Practice):
    other = Patient(id=make_id(99), family_name="Rüegg", number=" demo-1", body="male")
    practice.repository.commit(Change.add("Add patient", other), stamp())
    with pytest.raises(ChartFileError) as refused:
        import_chart(chart, practice.repository, TODAY, stamp())
    assert str(refused.value) == (
        f'{chart}: patients[1].number: the practice has a patient with the number " demo-1" '
        "already. Nothing was stored."
    )
    assert practice.repository.everything() == [other]


def test_a_mark_number_that_is_taken_is_refused(chart: Path, practice: Practice):
    records = [
        dataclasses.replace(each, id=make_id(99)) if each.id == make_id(48) else each
        for each in sample_records()
    ]
    practice.repository.commit(Change.add("Fill", *records), stamp())
    with pytest.raises(ChartFileError) as refused:
        import_chart(chart, practice.repository, TODAY, stamp())
    assert "sessions[0].marks[7].number: the practice's session has a mark 8 already" in str(
        refused.value
    )


@pytest.mark.parametrize(("number", "name"), [(85, "preparation"), (86, "closing"), (87, "note")])
def test_a_second_paper_of_its_kind_is_refused_before_anything_is_kept(
    chart: Path, practice: Practice, monkeypatch: pytest.MonkeyPatch, number: int, name: str
):
    """The database would refuse it too, but only after the pictures of the file were kept."""
    records = [
        dataclasses.replace(each, id=make_id(99)) if each.id == make_id(number) else each
        for each in sample_records()
    ]
    practice.repository.commit(Change.add("Fill", *records), stamp())
    monkeypatch.delattr(type(practice.repository), "commit")
    with pytest.raises(ChartFileError) as refused:
        import_chart(chart, practice.repository, TODAY, stamp())
    assert str(refused.value) == (
        f"{chart}: sessions[0].papers.{name}: the practice's session has another one already. "
        "Nothing was stored."
    )


def test_a_practice_that_cannot_be_written_keeps_what_it_has(chart, practice, monkeypatch):
    def refuse(change: Change, stamp: Stamp) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(practice.repository, "commit", refuse)
    with pytest.raises(StorageError):
        import_chart(chart, practice.repository, TODAY, stamp())
    assert practice.repository.everything() == []


def test_marks_may_stand_before_the_mark_that_they_belong_to(tmp_path, practice):
    document = sample_document(tmp_path)
    for session in document["sessions"]:
        session["marks"].reverse()
    path = tmp_path / "reversed.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert import_chart(path, practice.repository, TODAY, stamp()).added == SAMPLE_COUNT


def test_a_byte_order_mark_is_no_obstacle(chart: Path):
    chart.write_bytes(b"\xef\xbb\xbf" + chart.read_bytes())
    assert len(read_chart(chart)) == SAMPLE_COUNT


def test_a_session_alone_takes_along_what_it_refers_to(tmp_path: Path):
    chosen = records_of_session(sample_records(), make_id(33))
    ids = {make_id(number) for number in (1, 12, 22, 33, *range(61, 69))}
    assert {record.id for record in chosen} == ids
    export_chart(chosen, tmp_path / "one.json")
    assert len(read_chart(tmp_path / "one.json")) == len(ids)


def test_a_session_alone_takes_along_the_zones_of_its_patient():
    of_first = {each.id for each in records_of_session(sample_records(), make_id(31))}
    assert make_id(81) in of_first


def test_a_file_from_before_there_were_zones_is_read(tmp_path: Path, practice: Practice):
    document = sample_document(tmp_path)
    zone = document.pop("no_needle_zones")
    older = tmp_path / "older.json"
    older.write_text(json.dumps(document), encoding="utf-8")
    assert import_chart(older, practice.repository, TODAY, stamp(), BODIES) == (
        SAMPLE_COUNT - 1,
        0,
        False,
    )
    export_chart(practice.repository.everything(), tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text())["no_needle_zones"] == []
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps(document | {"no_needle_zones": zone}), encoding="utf-8")
    assert import_chart(newer, practice.repository, TODAY, stamp(), BODIES) == (
        1,
        SAMPLE_COUNT - 1,
        False,
    )
    assert len(practice.repository.chart(make_id(11)).zones) == 1
    assert practice.repository.check() == []


def test_a_file_from_before_needles_had_a_planned_stay_is_read(tmp_path: Path, practice: Practice):
    document = sample_document(tmp_path)
    needles = [
        mark["needle"]
        for session in document["sessions"]
        for mark in session["marks"]
        if mark["kind"] == "needle"
    ]
    assert all(needle.pop("stay_s", 0) is None for needle in needles)
    older = tmp_path / "older.json"
    older.write_text(json.dumps(document), encoding="utf-8")
    assert import_chart(older, practice.repository, TODAY, stamp(), BODIES) == (
        SAMPLE_COUNT,
        0,
        False,
    )
    assert practice.repository.check() == []


def signed_records(status: SessionStatus) -> list[Record]:
    return [
        dataclasses.replace(each, status=status) if isinstance(each, TreatmentSession) else each
        for each in sample_records()
    ]


@pytest.mark.parametrize("status", [SessionStatus.SIGNED, SessionStatus.AMENDED])
def test_signed_sessions_come_with_their_marks(tmp_path, practice, status):
    path, again = tmp_path / "signed.json", tmp_path / "again.json"
    export_chart(signed_records(status), path)
    assert import_chart(path, practice.repository, TODAY, stamp(), BODIES).added == SAMPLE_COUNT
    assert import_chart(path, practice.repository, TODAY, stamp(), BODIES) == (
        0,
        SAMPLE_COUNT,
        False,
    )
    export_chart(practice.repository.everything(), again)
    assert again.read_bytes() == path.read_bytes()
    assert practice.repository.check() == []


def test_a_signed_session_takes_no_mark_from_a_file(tmp_path, practice):
    records = signed_records(SessionStatus.SIGNED)
    known = [each for each in records if each.id != make_id(48)]
    practice.repository.commit(Change.add("Fill", *known), stamp())
    export_chart(records, tmp_path / "more.json")
    with pytest.raises(ChartFileError) as refused:
        import_chart(tmp_path / "more.json", practice.repository, TODAY, stamp())
    assert (
        "sessions[0].marks[7]: the session of 2026-11-02 is signed in the practice, and takes no "
        "new mark. Nothing was stored."
    ) in str(refused.value)


def test_the_own_export_of_a_practice_can_always_be_imported(tmp_path, practice):
    """What was refused while the window was open is in no export either."""
    repository = practice.repository
    repository.commit(Change.add("Fill", *sample_records()), stamp())
    (mark, *_more) = repository.marks(make_id(31))
    twin = dataclasses.replace(mark, id=make_id(99), number=2)
    with pytest.raises(ConflictError, match="Mark 2 is there already"):
        repository.commit(Change.add("Press", twin), stamp())
    export_chart(repository.everything(), tmp_path / "own.json")
    with open_practice(tmp_path / "other") as other:
        import_chart(tmp_path / "own.json", other.repository, TODAY, stamp(), BODIES)
        assert other.repository.everything() == repository.everything()


def test_a_practice_keeps_its_own_letterhead(chart: Path, practice: Practice):
    own = Letterhead(name="Own")
    practice.repository.commit(Change.add("Set", own), stamp())
    found = import_chart(chart, practice.repository, TODAY, stamp(), BODIES)
    assert found == (SAMPLE_COUNT - 1, 0, True)
    assert practice.repository.letterhead() == own
    assert practice.repository.check() == []


def test_a_letterhead_comes_with_the_whole_practice_alone(practice: Practice):
    practice.repository.commit(Change.add("Fill", *sample_records()), stamp())
    assert practice.repository.letterhead() in practice.repository.everything()
    of_patient = practice.repository.everything([make_id(11)])
    assert not any(isinstance(each, Letterhead) for each in of_patient)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"logo": "eHg="}, "letterheads[0].logo: A logo is a PNG of at most 900 px each way"),
        ({"logo": "x"}, "letterheads[0].logo: is not base64"),
        (
            {"logo": b64encode(png(30, 20)[:-9]).decode()},
            "letterheads[0].logo: this picture is cut",
        ),
        ({"id": str(make_id(3))}, "letterheads[0].id: A practice has one letterhead"),
    ],
)
def test_a_letterhead_that_is_no_good_is_refused(tmp_path, change, said):
    document = sample_document(tmp_path)
    document["letterheads"][0].update(change)
    (tmp_path / "bad.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ChartFileError) as refused:
        load_chart(tmp_path / "bad.json", TODAY, BODIES)
    assert said in str(refused.value)
