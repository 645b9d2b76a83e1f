"""The practice's letterhead: kept, refused where it is no good, and on every kind of report."""

import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.body.atlas import Atlas
from app.domain.errors import ExportError, KnownError, PictureFileError
from app.report.kinds import ReportKind, write_report
from app.report.letterhead import (
    FILE,
    LOGO_EDGE,
    NO_LETTERHEAD,
    Letterhead,
    keep_letterhead,
    logo_from,
    read_letterhead,
)
from app.report.papers import PAPERS, Paper
from app.report.pdf import write_patient_pdf, write_session_pdf
from db.repository import SqlRepository
from tests.helpers.pictures import jpeg, png, with_exif
from tests.report import reading
from tests.report.builders import NOW, Visit

Store = Callable[..., Visit]
HEAD = Letterhead(
    "Praxis Brönnimann", ("Seeweg 3, 8008 Zürich", "+41 44 000 00 00"), "Registered in Zürich"
)


@pytest.fixture
def logo(tmp_path: Path) -> bytes:
    path = tmp_path / "logo.png"
    path.write_bytes(png(300, 80))
    return logo_from(path)


def test_what_was_kept_is_read_again(tmp_path: Path, logo: bytes) -> None:
    assert read_letterhead(tmp_path) == NO_LETTERHEAD
    keep_letterhead(tmp_path, replace(HEAD, logo=logo))
    assert read_letterhead(tmp_path) == replace(HEAD, logo=logo)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", [None, *ReportKind])
def test_it_opens_every_kind_of_report_once(
    atlas: Atlas,
    repository: SqlRepository,
    stored: Store,
    tmp_path: Path,
    logo: bytes,
    kind: ReportKind | None,
    paper: Paper,
) -> None:
    visit, head, out = stored(), replace(HEAD, logo=logo), tmp_path / "a.pdf"
    if kind is None:
        write_session_pdf(
            repository, visit.session.id, out, paper=paper, now=NOW, atlas=atlas, letterhead=head
        )
    else:
        write_report(
            repository, kind, visit.patient.id, out, paper=paper, now=NOW, atlas=atlas,
            letterhead=head,
        )  # fmt: skip
    content = out.read_bytes()
    assert reading.faults(content) == []
    text = "\n".join(reading.pages(content))
    for line in (HEAD.name, *HEAD.lines):
        assert text.count(line) == 1
    assert all(HEAD.foot in page for page in reading.pages(content))
    assert reading.alternative_texts(content)[0] == "Logo of Praxis Brönnimann"


def test_a_record_of_many_sessions_bears_it_on_its_first_page_alone(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    visit = stored()
    stored(of=visit.patient)
    out = tmp_path / "a.pdf"
    write_patient_pdf(repository, visit.patient.id, out, now=NOW, atlas=atlas, letterhead=HEAD)
    assert [HEAD.name in page for page in reading.pages(out.read_bytes())] == [True, False, False]


def test_without_one_nothing_is_printed(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"
    write_session_pdf(repository, stored().session.id, out, now=NOW, atlas=atlas)
    assert not any("Logo" in alt for alt in reading.alternative_texts(out.read_bytes()))


def test_a_logo_of_ten_thousand_px_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)

    rows = zlib.compress(b"\x00" * 1000)
    size = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    path = tmp_path / "bomb.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
    with pytest.raises(PictureFileError, match=r"100\.0 megapixels"):
        logo_from(path)


def test_a_logo_is_kept_small_and_without_what_a_camera_wrote(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(with_exif(jpeg(3000, 1000)))
    kept = logo_from(path)
    assert struct.unpack_from(">II", kept, 16) == (LOGO_EDGE, LOGO_EDGE // 3)
    assert b"Exif" not in kept


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7", png(30, 30)[:-20]])
def test_what_is_no_picture_is_no_logo(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "logo"
    path.write_bytes(content)
    with pytest.raises(PictureFileError):
        logo_from(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff", b"[" * 100_000,
     b'{"format": "needlepoint.letterhead/2", "name": "", "lines": [], "foot": "", "logo": ""}',
     b'{"format": "needlepoint.letterhead/1", "name": 3, "lines": [], "foot": "", "logo": ""}',
     b'{"format": "needlepoint.letterhead/1", "name": "", "lines": [], "foot": "", "logo": "eHg="}',
     b'{"format": "needlepoint.letterhead/1", "name": "", "lines": [], "foot": "", "logo": ""}'
     + b" " * 5_000_000],
)  # fmt: skip
def test_a_damaged_file_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ExportError, match=r"is damaged\. Set the letterhead anew"):
        read_letterhead(tmp_path)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(ExportError, match="cannot be read"):
        read_letterhead(tmp_path)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (Letterhead(lines=("x",) * 7), "6 lines at most; these are 7"),
        (Letterhead("x" * 121), "The name can hold 120 characters"),
        (Letterhead(lines=("x" * 101,)), "A line of the letterhead can hold 100"),
        (Letterhead(foot="x" * 121), "The foot can hold 120"),
        (Letterhead(foot="\x00"), "control character"),
    ],
)
def test_what_would_not_fit_is_refused(tmp_path: Path, head: Letterhead, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        keep_letterhead(tmp_path, head)
    assert not (tmp_path / FILE).exists()


def test_the_longest_letterhead_is_valid(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    head = Letterhead("W" * 120, ("中文 مرحبا 😀",) * 6, "W" * 120)
    keep_letterhead(tmp_path, head)
    out = tmp_path / "a.pdf"
    write_session_pdf(
        repository, stored().session.id, out, now=NOW, atlas=atlas,
        letterhead=read_letterhead(tmp_path),
    )  # fmt: skip
    assert reading.faults(out.read_bytes()) == []
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8"))["name"] == head.name
