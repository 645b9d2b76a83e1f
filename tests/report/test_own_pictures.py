"""Own pictures on paper: painted, told, read aloud, valid, and without what a camera wrote."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.domain.anatomy import Side
from app.domain.change import Change
from app.domain.identity import new_id
from app.domain.marks import Mark, Note, Shape, Soreness, TriggerPoint, TwitchResponse
from app.domain.own_pictures import OwnPicture
from app.report.model import SessionReport
from app.report.papers import PAPERS, Paper
from app.report.pdf import render, report_of_marks, write_patient_pdf, write_session_pdf
from db.repository import SqlRepository
from tests.helpers.pictures import WHERE, jpeg, own_picture, png, with_exif
from tests.helpers.skin import circle
from tests.report import reading
from tests.report.builders import (
    INJECTIONS,
    NOW,
    Visit,
    patient,
    plain_mark,
    point,
    practitioner,
    session,
    stamp,
)

WHOM, WHO = patient(), practitioner()
PHOTO, DRAWING = with_exif(jpeg(3000, 2000)), png(600, 1400)
SHOULDER = own_picture(PHOTO, side=Side.LEFT, width=3000, height=2000)
KNEE = own_picture(DRAWING, title="Knee, drawing", width=600, height=1400)
BYTES = {SHOULDER.sha256: PHOTO, KNEE.sha256: DRAWING}


def on(atlas: Atlas, picture: OwnPicture, number: int, details: Any = None, **fields: Any) -> Mark:
    view = picture.version
    anchor = ChartAtlas(atlas, [picture]).pick(WHOM.body, view, 300 + 40 * number, 500)
    assert anchor is not None
    given = {"anchor": anchor, "body_version": view, "placed_in": view, "side": picture.side}
    return plain_mark(number, details or TriggerPoint(), **{**given, **fields})


def area_on(atlas: Atlas, picture: OwnPicture, number: int) -> Mark:
    drawn = ChartAtlas(atlas, [picture]).draw_area(
        WHOM.body, picture.version, circle(700, 900, 120)
    )
    assert drawn is not None
    shape = {"shape": Shape.AREA, "anchor": drawn.anchor, "outline": drawn.outline}
    return on(atlas, picture, number, Soreness(intensity=4), **shape)


def some(atlas: Atlas) -> list[Mark]:
    return [
        on(atlas, SHOULDER, 1),
        on(atlas, SHOULDER, 2),
        on(atlas, SHOULDER, 3, TwitchResponse(count=2)),
        area_on(atlas, SHOULDER, 4),
        on(atlas, KNEE, 5, Note()),
        point(atlas, 6, TriggerPoint(), "posterior", 380, 700),
    ]


def report(
    atlas: Atlas, marks: list[Mark], pictures: tuple[OwnPicture, ...] = (SHOULDER, KNEE)
) -> SessionReport:
    visit = session(WHOM, WHO)
    return report_of_marks(atlas, WHOM, WHO, None, visit, marks, NOW, (), pictures)


def test_a_picture_with_marks_is_told_and_one_without_is_not(atlas: Atlas) -> None:
    unused = own_picture(b"x", title="Foot")
    made = report(atlas, some(atlas), (SHOULDER, KNEE, unused))
    assert [(each.title, each.caption, each.alt) for each in made.own_pictures] == [
        (
            "Left shoulder",
            "left side · 4 marks",
            "Left shoulder, own picture: 2 trigger points, 1 twitch response, 1 sore area; "
            "left side 4",
        ),
        ("Knee, drawing", "side not said · 1 mark",
         "Knee, drawing, own picture: 1 note; side not said 1"),
    ]  # fmt: skip
    assert made.unseen == ""
    assert made.close_ups == ()
    rows = {row.number: (row.side, row.view) for row in made.rows}
    assert rows["1"] == ("Left", "Left shoulder")
    assert rows["5"] == ("Side not said", "Knee, drawing")
    assert rows["6"] == ("Left", "Posterior view")
    assert {mark.number for each in made.pictures for mark in [p.mark for p in each.placed]} == {6}


def test_a_mark_whose_picture_is_not_there_is_told_all_the_same(atlas: Atlas) -> None:
    made = report(atlas, some(atlas), (SHOULDER,))
    assert made.unseen == "Not shown on the pictures: mark 5."
    assert made.rows[4].view == "A picture that is not here"
    assert len(made.own_pictures) == 1
    assert reading.faults(render([made], atlas, "a4", BYTES.get)) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_both_standards_are_met_and_the_picture_is_there(atlas: Atlas, paper: Paper) -> None:
    made = render([report(atlas, some(atlas))], atlas, paper, BYTES.get)
    assert reading.faults(made) == []
    alts = reading.alternative_texts(made)
    assert alts[-2].startswith("Left shoulder, own picture: 2 trigger points, 1 twitch response")
    assert alts[-1].startswith("Knee, drawing, own picture: 1 note")
    text = " ".join(reading.pages(made))
    assert "Own pictures" in text
    assert "Left shoulder · left side · 4 marks" in text
    sizes = [(each["/Width"], each["/Height"]) for each in images_of(made)]
    assert (1500, 1000) in sizes
    assert (600, 1400) in sizes


def images_of(content: bytes) -> list[Any]:
    """All images of the file, wherever they are used."""
    reader = PdfReader(io.BytesIO(content))
    objects = (reader.get_object(number) for number in range(1, int(reader.trailer["/Size"])))
    return [each for each in objects if isinstance(each, StreamObject) and is_image(each)]


def is_image(found: StreamObject) -> bool:
    return bool(found.get("/Subtype") == "/Image")


def test_where_a_photograph_was_taken_never_reaches_the_paper(atlas: Atlas) -> None:
    assert WHERE in PHOTO
    made = render([report(atlas, some(atlas))], atlas, "a4", BYTES.get)
    streams = [each.get_data() for each in images_of(made)]
    raw = [each._data for each in images_of(made)]
    assert len(streams) >= 2
    assert all(b"Exif" not in each and WHERE not in each for each in (made, *streams, *raw))
    assert b"Exif" in PHOTO


def test_a_picture_that_is_lost_is_said_and_its_marks_are_printed(atlas: Atlas) -> None:
    for lost in (None, b"no picture"):
        made = render(
            [report(atlas, some(atlas))], atlas, "a4", {**BYTES, SHOULDER.sha256: lost}.get
        )
        assert reading.faults(made) == []
        alts = reading.alternative_texts(made)
        assert alts[-2].endswith("left side 4; the picture itself cannot be read")
        assert alts[-1].endswith("side not said 1")


def test_a_title_is_printed_as_it_was_typed_and_never_acts(atlas: Atlas) -> None:
    for title in (*INJECTIONS, "W" * 120, "中文 \u202e 😀"):
        picture = own_picture(DRAWING, title=title, width=600, height=1400)
        made = render([report(atlas, [on(atlas, picture, 1)], (picture,))], atlas, "a4", BYTES.get)
        assert reading.faults(made) == [], title
        if title.isascii():
            assert reading.squeezed(title) in reading.squeezed(" ".join(reading.pages(made)))


@pytest.mark.parametrize("size", [(4000, 40), (40, 4000), (1, 1)])
def test_odd_shapes_fit_on_the_page(atlas: Atlas, size: tuple[int, int]) -> None:
    content = png(*size)
    picture = own_picture(content, width=size[0], height=size[1])
    anchor = ChartAtlas(atlas, [picture]).pick(WHOM.body, picture.version, 1, 1)
    mark = on(atlas, SHOULDER, 1, anchor=anchor, body_version=picture.version,
              placed_in=picture.version)  # fmt: skip
    made = render([report(atlas, [mark], (picture,))], atlas, "a4", {picture.sha256: content}.get)
    assert reading.faults(made) == []


def test_every_session_of_a_patient_prints_its_pictures_once_in_the_file(
    atlas: Atlas, repository: SqlRepository, stored: Callable[..., Visit], tmp_path: Path
) -> None:
    for content in BYTES.values():
        repository.keep_picture(content)
    repository.commit(Change.add("Add pictures", SHOULDER, KNEE), stamp())
    visit = stored(lambda session_id: _of(session_id, some(atlas)))
    stored(lambda session_id: _of(session_id, some(atlas)), visit.patient)
    one, all_ = tmp_path / "one.pdf", tmp_path / "all.pdf"
    write_session_pdf(repository, visit.session.id, one, now=NOW, atlas=atlas)
    write_patient_pdf(repository, visit.patient.id, all_, now=NOW, atlas=atlas)
    assert len([a for a in reading.alternative_texts(all_.read_bytes()) if "own picture" in a]) == 4
    assert reading.faults(all_.read_bytes()) == []
    assert all_.stat().st_size < 1.7 * one.stat().st_size
    write_session_pdf(repository, visit.session.id, tmp_path / "again.pdf", now=NOW, atlas=atlas)
    assert one.read_bytes() == (tmp_path / "again.pdf").read_bytes()


def _of(session_id: Any, marks: list[Mark]) -> list[Mark]:
    return [replace(each, id=new_id(), session_id=session_id) for each in marks]
