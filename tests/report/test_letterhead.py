"""The practice's letterhead: kept, refused where it is no good, and on every kind of report."""

import resource
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.errors import InvalidRecordError, PictureFileError
from app.domain.identity import new_id
from app.domain.letterhead import LOGO_EDGE, NO_LETTERHEAD, Letterhead
from app.report.kinds import ReportKind, write_report
from app.report.letterhead import letterhead_of, logo_from
from app.report.papers import PAPERS, Paper
from app.report.pdf import write_patient_pdf, write_session_pdf
from db.repository import SqlRepository
from tests.db.builders import stamp
from tests.helpers.pictures import jpeg, png, with_exif
from tests.report import reading
from tests.report.builders import NOW, Visit

Store = Callable[..., Visit]
HEAD = Letterhead(
    name="Praxis Brönnimann",
    lines=("Seeweg 3, 8008 Zürich", "+41 44 000 00 00"),
    foot="Registered in Zürich",
)


@pytest.fixture
def logo(tmp_path: Path) -> bytes:
    path = tmp_path / "logo.png"
    path.write_bytes(png(300, 80))
    return logo_from(path)


def test_what_was_kept_is_read_again(repository: SqlRepository, logo: bytes) -> None:
    assert letterhead_of(repository) == NO_LETTERHEAD
    kept = replace(HEAD, logo=logo)
    repository.commit(Change.add("Set", kept), stamp())
    assert letterhead_of(repository) == kept
    assert repository.check() == []


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


def _chunk(name: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def test_a_logo_of_ten_thousand_px_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    rows = zlib.compress(b"\x00" * 1000)
    size = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    path = tmp_path / "bomb.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", size) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    )
    with pytest.raises(PictureFileError, match=r"100\.0 megapixels"):
        logo_from(path)


def test_a_logo_that_unpacks_into_a_thousand_times_its_size_is_taken_for_what_it_says(
    tmp_path: Path,
) -> None:
    """The header says 300 x 80 px; behind that lie 80 MB, of which nobody needs a byte."""
    path, head = tmp_path / "bomb.png", struct.pack(">IIBBBBB", 300, 80, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(80_000_000), 1)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    )  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kept = logo_from(path)
    assert struct.unpack_from(">II", kept, 16) == (300, 80)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KB


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
    ("head", "said"),
    [
        (Letterhead(lines=("x",) * 7), "6 lines at most; these are 7"),
        (Letterhead(name="x" * 121), "The name can hold 120 characters"),
        (Letterhead(lines=("x" * 101,)), "A line of the letterhead can hold 100"),
        (Letterhead(foot="x" * 121), "The foot can hold 120"),
        (Letterhead(foot="\x00"), "control character"),
        (Letterhead(logo=b"GIF89a"), "A logo is a PNG of at most 900 px each way"),
        (Letterhead(logo=png(901, 10)), "A logo is a PNG of at most 900 px each way"),
        (Letterhead(logo=png(9, 9) + bytes(3_000_000)), "A logo can have 3 MB"),
        (Letterhead(id=new_id()), "A practice has one letterhead"),
    ],
)
def test_what_would_not_fit_is_refused(
    repository: SqlRepository, head: Letterhead, said: str
) -> None:
    with pytest.raises(InvalidRecordError, match=said):
        repository.commit(Change.add("Set", head), stamp())
    assert repository.letterhead() is None


def test_the_longest_letterhead_is_valid(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    head = Letterhead(name="W" * 120, lines=("中文 مرحبا 😀",) * 6, foot="W" * 120)
    repository.commit(Change.add("Set", head), stamp())
    out = tmp_path / "a.pdf"
    write_session_pdf(
        repository, stored().session.id, out, now=NOW, atlas=atlas,
        letterhead=letterhead_of(repository),
    )  # fmt: skip
    assert reading.faults(out.read_bytes()) == []


@pytest.mark.parametrize("kind", [None, ReportKind.PATIENT, ReportKind.RECORD])
def test_what_of_it_cannot_be_printed_is_counted(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path, kind: ReportKind | None
) -> None:
    visit, head, out = stored(), Letterhead(name="诊所"), tmp_path / "a.pdf"
    given: dict[str, Any] = {"now": NOW, "atlas": atlas, "letterhead": head}
    if kind is None:
        write_session_pdf(repository, visit.session.id, out, **given)
    else:
        write_report(repository, kind, visit.patient.id, out, **given)
    text = "\n".join(reading.pages(out.read_bytes()))
    assert "2 characters could not be printed (□); the record holds them." in text
