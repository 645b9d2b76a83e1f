"""The pages of a finished PDF as pictures: every page, as large as its paper, in any thread."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from app.body.atlas import Atlas
from app.domain.errors import ExportError
from app.report.pages import Pages
from app.report.papers import PAPERS, Paper, page_mm
from app.report.pdf import write_patient_pdf
from db.repository import SqlRepository
from tests.report import builders, reading

PPI = 36.0


@pytest.fixture
def printed(atlas: Atlas, repository: SqlRepository, stored, tmp_path: Path):
    """The PDF of a patient with two sessions, on a paper."""
    whom = stored().patient
    stored(of=whom)

    def write(paper: Paper = "a4") -> bytes:
        out = tmp_path / "record.pdf"
        write_patient_pdf(repository, whom.id, out, paper=paper, now=builders.NOW, atlas=atlas)
        return out.read_bytes()

    return write


def ink(picture: QImage) -> int:
    """How many px are not white."""
    white = QColor("white").rgb()
    return sum(
        picture.pixel(x, y) != white
        for x in range(picture.width())
        for y in range(picture.height())
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_is_as_large_as_its_paper(printed, paper: Paper) -> None:
    pdf = printed(paper)
    pages = Pages(pdf)
    assert pages.count == len(reading.pages(pdf)) > 1
    for number in range(1, pages.count + 1):
        picture = QImage.fromData(pages.picture(number, PPI))
        width, height = (round(mm / 25.4 * PPI) for mm in page_mm(paper))
        assert abs(picture.width() - width) <= 1
        assert abs(picture.height() - height) <= 1
        assert ink(picture) > 300


def test_pages_differ_and_are_the_same_in_every_thread(printed) -> None:
    pages = Pages(printed())
    here = [pages.picture(number, PPI) for number in (1, 2)]
    with ThreadPoolExecutor(2) as threads:
        there = list(threads.map(lambda number: pages.picture(number, PPI), (1, 2)))
    assert there == here
    assert here[0] != here[1]


def test_a_file_of_many_pieces_is_put_together_again(
    printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = printed()
    whole = Pages(pdf).picture(1, PPI)
    monkeypatch.setattr("app.report.pages._PIECE", 1000)
    assert Pages(pdf).picture(1, PPI) == whole


def test_a_page_that_there_is_not(printed) -> None:
    pages = Pages(printed())
    with pytest.raises(ExportError, match="could not be shown"):
        pages.picture(pages.count + 1, PPI)
