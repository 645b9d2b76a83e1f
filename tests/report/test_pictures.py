import base64
import io
import re

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QColor, QImage

from app.body.atlas import Atlas
from app.domain.anatomy import Body
from app.domain.marks import DETAILS_OF_KIND, MarkKind, Shape, TriggerPoint
from app.painting.placing import place_marks
from app.report.closeups import EDGE_MM, CloseUp, close_ups_of_hidden
from app.report.papers import GUTTER_MM, PAPERS, PICTURES_MM, Paper, line_mm
from app.report.pdf import render
from app.report.pictures import (
    CLOSE_UP_PX,
    CUT_STEP,
    PRINTED,
    UNIT_MM,
    body_svg,
    close_up_svg,
    marks_svg,
    printed_height,
    sign_svg,
)
from tests.report.builders import every_kind, plain_mark, point


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("body", Body)
def test_the_body_is_sharp_on_paper_and_fits_the_line(
    atlas: Atlas, paper: Paper, body: Body
) -> None:
    views = atlas.views(body)
    room = line_mm(paper) - GUTTER_MM * (len(views) - 1)
    height = printed_height(views, room, PICTURES_MM[paper])
    assert sum(height * view.width / view.height for view in views) <= room + 1e-6
    for view in views:
        match = re.search(r'viewBox="0 0 \d+ (\d+)"', body_svg(view.images[PRINTED]))
        assert match is not None
        assert int(match[1]) / (height / 25.4) >= 220


@pytest.mark.parametrize("body", Body)
def test_every_picture_names_the_patients_sides(atlas: Atlas, body: Body) -> None:
    letters = {
        view.name: re.findall(r">([LR])</text>", marks_svg(view, [], 118.0))
        for view in atlas.views(body)
    }
    assert letters == {
        "anterior": ["R", "L"],
        "posterior": ["L", "R"],
        "left": ["L"],
        "right": ["R"],
    }


def test_a_close_up_of_one_side_names_it_and_holds_all_of_its_picture(atlas: Atlas) -> None:
    mark = point(atlas, 7, TriggerPoint(), "foot_left_plantar", 330, 600)
    views = atlas.views(Body.FEMALE)
    seen = {view.name: place_marks(atlas, [mark], Body.FEMALE, view.name) for view in views}
    (window,) = close_ups_of_hidden(atlas, Body.FEMALE, [mark], seen)
    svg = close_up_svg(atlas.view(Body.FEMALE, window.view), window)
    assert re.findall(r">([LR])</text>", svg) == ["L", "L"]  # the picture's, and the mark's
    assert ">7</text>" in svg
    data = re.search(r"base64,([^\"]+)", svg)
    assert data is not None
    image = QImage.fromData(base64.b64decode(data[1]))
    assert min(image.width(), image.height()) >= CLOSE_UP_PX
    assert max(image.width(), image.height()) <= CLOSE_UP_PX + 2 * CUT_STEP
    assert image.pixelColor(3, image.height() // 2) == QColor("white")
    assert image.pixelColor(image.width() // 2, image.height() // 2) != QColor("white")


def test_two_close_ups_of_nearly_the_same_skin_share_one_cut_of_the_body(atlas: Atlas) -> None:
    view = atlas.view(Body.FEMALE, "posterior")
    windows = [CloseUp(view.name, view.title, 400.0 + by, 600.0, 440.0, ()) for by in (0.0, 2.5)]
    (at, content), (moved, again) = [
        re.findall(r'<image x="(\S+)".*base64,([^"]+)', close_up_svg(view, each))[0]
        for each in windows
    ]
    assert content == again
    assert float(at) - float(moved) == pytest.approx(2.5 * EDGE_MM / UNIT_MM / 440.0, abs=2e-3)


def test_numbers_stay_text_and_no_pixels_are_painted(atlas: Atlas) -> None:
    marks = every_kind(atlas, plain_mark().session_id)
    view = atlas.view(Body.FEMALE, "posterior")
    placed = place_marks(atlas, marks, Body.FEMALE, "posterior")
    svg = marks_svg(view, placed, 118.0)
    for each in placed:
        assert f">{each.mark.number}</text>" in svg
    assert "<image" not in svg


@pytest.mark.parametrize("kind", MarkKind)
@pytest.mark.parametrize("shape", Shape)
def test_every_sign_can_stand_in_the_legend(kind: MarkKind, shape: Shape) -> None:
    assert sign_svg(DETAILS_OF_KIND[kind](), shape).count("<g ") > 1


def test_the_body_on_paper_is_white_around(atlas: Atlas) -> None:
    svg = body_svg(atlas.view(Body.MALE, "anterior").images[PRINTED])
    data = re.search(r"base64,([^\"]+)", svg)
    assert data is not None
    image = QImage.fromData(base64.b64decode(data[1]))
    assert image.pixelColor(2, 2) == QColor("white")
    assert image.pixelColor(image.width() // 2, image.height() // 3) != QColor("white")


@pytest.mark.parametrize("paper", PAPERS)
def test_pages_have_the_size_of_the_paper(atlas: Atlas, reported: object, paper: Paper) -> None:
    made = render([reported([])], atlas, paper)  # type: ignore[operator]
    box = PdfReader(io.BytesIO(made)).pages[0].mediabox
    size = {"a4": (595, 842), "us-letter": (612, 792)}[paper]
    assert (round(box.width), round(box.height)) == size
