"""Own pictures in chart files: out with their bytes, in only where the bytes are what is said."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.domain.anatomy import Anchor, Side
from app.domain.change import Change
from app.domain.errors import ChartFileError, ExportError
from app.domain.marks import Mark
from app.domain.own_pictures import FLAT_TRIANGLES, OwnPicture, picture_version
from app.domain.records import Record
from app.exchange.chart_file import export_chart, import_chart, load_chart, records_of_session
from app.exchange.chart_schema import build_schema
from db.practice import Practice, open_practice
from tests.exchange.samples import BODIES, SAMPLE_COUNT, TODAY, make_id, sample_records, stamp
from tests.helpers.pictures import jpeg, jpeg_claiming, own_picture, png, with_exif

CONTENT, DRAWING, UNUSED = with_exif(jpeg()), png(), png(61, 40)
VALIDATOR = Draft202012Validator(build_schema())


@pytest.fixture
def practice(tmp_path: Path):
    """The sample practice with a photograph of the first patient, on which the first session has
    two marks, and two drawings for all.
    """
    with open_practice(tmp_path / "practice") as opened:
        photograph = own_picture(CONTENT, make_id(11), side=Side.LEFT)
        drawing = own_picture(DRAWING, title="Knee, drawing")
        unused = own_picture(UNUSED, title="Foot, drawing", width=61)
        for content in (CONTENT, DRAWING, UNUSED):
            opened.repository.keep_picture(content)
        records = sample_records()
        marks = [each for each in records if isinstance(each, Mark)]
        on = [_on(picture, marks[0], 91 + k) for k, picture in enumerate((photograph, drawing))]
        change = Change.add("Begin", *records, photograph, drawing, unused, *on)
        opened.repository.commit(change, stamp())
        yield opened


def _on(picture: OwnPicture, like: Mark, number: int) -> Mark:
    return replace(
        like,
        id=make_id(number),
        number=number,
        body_version=picture.version,
        placed_in=picture.version,
        anchor=Anchor(FLAT_TRIANGLES[1], 0.25, 0.125),
        side=picture.side,
    )


def exported(practice: Practice, path: Path) -> Path:
    repository = practice.repository
    export_chart(repository.everything(), path, repository.picture_bytes)
    return path


@pytest.fixture
def chart(practice: Practice, tmp_path: Path) -> Path:
    return exported(practice, tmp_path / "chart.json")


def imported(chart: Path, folder: Path) -> list[Record]:
    with open_practice(folder) as again:
        import_chart(chart, again.repository, TODAY, stamp(), BODIES)
        assert again.repository.check() == []
        return again.repository.everything()


def test_the_same_bytes_leave_the_next_practice(
    chart: Path, practice: Practice, tmp_path: Path
) -> None:
    with open_practice(tmp_path / "next") as again:
        import_chart(chart, again.repository, TODAY, stamp(), BODIES)
        assert again.repository.everything() == practice.repository.everything()
        copy = exported(again, tmp_path / "again.json")
    assert copy.read_bytes() == chart.read_bytes()
    first, second = (json.loads(each.read_text(encoding="utf-8")) for each in (chart, copy))
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
    VALIDATOR.validate(first)
    assert [each["data"] for each in first["pictures"]].count(b64encode(CONTENT).decode()) == 1


def test_importing_twice_changes_nothing(chart: Path, practice: Practice) -> None:
    before = practice.repository.everything()
    held = import_chart(chart, practice.repository, TODAY, stamp(), BODIES)
    assert held[:2] == (0, len(before))
    assert practice.repository.everything() == before


def test_a_session_goes_with_the_pictures_on_which_it_has_marks(practice: Practice) -> None:
    records = practice.repository.everything([make_id(11)])
    titles = {
        session: {
            each.title
            for each in records_of_session(records, make_id(session))
            if isinstance(each, OwnPicture)
        }
        for session in (31, 32)
    }
    assert titles == {31: {"Left shoulder", "Knee, drawing"}, 32: set()}


def test_what_is_exported_of_a_patient_can_be_imported_alone(
    practice: Practice, tmp_path: Path
) -> None:
    repository = practice.repository
    records = repository.everything([make_id(11)])
    export_chart(records, tmp_path / "one.json", repository.picture_bytes)
    found = imported(tmp_path / "one.json", tmp_path / "next")
    assert found == records
    titles = {each.title for each in found if isinstance(each, OwnPicture)}
    assert titles == {"Left shoulder", "Knee, drawing"}


def test_an_older_file_has_no_pictures(chart: Path, tmp_path: Path) -> None:
    document = json.loads(chart.read_text(encoding="utf-8"))
    del document["pictures"]
    for session in document["sessions"]:
        session["marks"] = [each for each in session["marks"] if each["number"] < 90]
    VALIDATOR.validate(document)
    path = tmp_path / "older.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    found = imported(path, tmp_path / "next")
    assert not [each for each in found if isinstance(each, OwnPicture)]
    assert len(found) == SAMPLE_COUNT


def test_a_mark_whose_picture_is_not_there_is_kept(chart: Path, tmp_path: Path) -> None:
    document = json.loads(chart.read_text(encoding="utf-8"))
    document["pictures"] = []
    path = tmp_path / "without.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    found = imported(path, tmp_path / "next")
    lying = [each for each in found if isinstance(each, Mark) and each.number > 90]
    assert {each.side for each in lying} == {Side.LEFT, None}


def test_a_picture_whose_bytes_are_lost_cannot_be_exported(
    practice: Practice, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=r"The file .* is not in the practice as it was"):
        export_chart(practice.repository.everything(), tmp_path / "x.json", lambda _sha256: None)
    assert not (tmp_path / "x.json").exists()


def data(content: bytes, **fields: Any) -> Callable[[dict[str, Any]], None]:
    """Puts other bytes into a picture, with their right hash."""

    def damage(picture: dict[str, Any]) -> None:
        digest = sha256(content).hexdigest()
        picture |= {"data": b64encode(content).decode(), "sha256": digest, **fields}

    return damage


def put(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda picture: picture.update(fields)


BAD = {
    "other bytes": (
        put(data=b64encode(DRAWING).decode()),
        "pictures[0].sha256: the data has another hash, ",
    ),
    "no base64": (put(data="&&&&"), "pictures[0].data: is not base64"),
    "cut base64": (put(data="abcde"), "pictures[0].data: is not base64"),
    "a number": (put(data=5), "pictures[0].data: must be text, not a number"),
    "text": (data(b"Dear colleague"), "pictures[0].data: this file is neither a PNG nor a JPEG"),
    "half a picture": (data(CONTENT[:-9]), "pictures[0].data: this picture is cut off or damaged"),
    "51 megapixels": (
        data(jpeg_claiming(8500, 6000)),
        "pictures[0].data: this picture has 51.0 megapixels",
    ),
    "nothing": (data(b""), "pictures[0].data: this file is empty"),
    "another width": (put(width=61), "pictures[0].width: is 61, but the data has 60"),
    "another type": (
        put(media_type="image/png"),
        'pictures[0].media_type: is "image/png", but the data has "image/jpeg"',
    ),
    "a GIF": (put(media_type="image/gif"), 'pictures[0].media_type: "image/gif" is not known'),
    "nobody's": (put(patient_id=str(make_id(99))), "pictures[0].patient_id: the file holds no"),
    "no title": (put(title=" "), "pictures[0].title: Enter what the picture shows"),
    "a field more": (put(camera="X"), "pictures[0].camera: this field is unknown"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_picture_is_refused_with_its_place_and_nothing_is_stored(
    chart: Path, tmp_path: Path, name: str
) -> None:
    document = json.loads(chart.read_text(encoding="utf-8"))
    document["pictures"].sort(key=lambda each: each["media_type"])  # the photograph first
    damage, words = BAD[name]
    damage(document["pictures"][0])
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with open_practice(tmp_path / "next") as again:
        with pytest.raises(ChartFileError) as refusal:
            import_chart(path, again.repository, TODAY, stamp(), BODIES)
        assert words in str(refusal.value)
        assert "Nothing was stored" in str(refusal.value)
        assert again.repository.everything() == []
        for each in document["pictures"]:
            assert again.repository.picture_bytes(each["sha256"]) is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("anchor", [5, 0.1, 0.1], "anchor: An anchor is not a spot on the picture"),
        ("placed_in", "posterior", "placed_in: A mark on a picture is placed in that picture"),
        ("side", "top", 'side: "top" is not known'),
    ],
)
def test_a_mark_on_a_picture_is_checked(
    chart: Path, tmp_path: Path, field: str, value: object, words: str
) -> None:
    document = json.loads(chart.read_text(encoding="utf-8"))
    marks = document["sessions"][0]["marks"]
    (place,) = [k for k, each in enumerate(marks) if each["number"] == 91]
    marks[place][field] = value
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ChartFileError) as refusal:
        load_chart(path, TODAY, BODIES)
    assert f"sessions[0].marks[{place}].{words}" in str(refusal.value)


def test_a_zone_cannot_lie_on_a_picture(chart: Path, tmp_path: Path) -> None:
    document = json.loads(chart.read_text(encoding="utf-8"))
    document["no_needle_zones"][0]["body_version"] = picture_version("0" * 64)
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ChartFileError, match=r"no_needle_zones\[0\]\.body_version: .* not on a"):
        load_chart(path, TODAY, BODIES)
