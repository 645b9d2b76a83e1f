"""From a practice on disk to a file on disk, and what is said where that fails."""

import errno
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.body.atlas import Atlas
from app.body.picture_style import PictureStyle
from app.domain.change import Change
from app.domain.errors import ExportError
from app.domain.identity import new_id
from app.files import why_not_written, write_whole
from app.paths import PROGRAM_FOLDER
from app.report.pdf import render, write_patient_pdf, write_session_pdf
from db.repository import SqlRepository
from tests.report import builders, reading
from tests.report.builders import NOW, STARTED, Visit, every_kind, point

Store = Callable[..., Visit]


def test_a_session_becomes_a_file(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    visit = stored(lambda session_id: every_kind(atlas, session_id))
    out = tmp_path / "report.pdf"
    write_session_pdf(repository, visit.session.id, out, now=NOW)
    made = out.read_bytes()
    assert reading.faults(made) == []
    assert len(reading.table_rows(made)) == 15
    assert out.stat().st_mode & 0o077 == 0  # a patient's data is for its owner's eyes


def test_the_same_record_gives_the_same_bytes(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    visit = stored(lambda session_id: every_kind(atlas, session_id))
    for name, given in (("a.pdf", atlas), ("b.pdf", None)):
        write_session_pdf(repository, visit.session.id, tmp_path / name, now=NOW, atlas=given)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_another_process_gives_the_same_bytes(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    visit = stored(lambda session_id: every_kind(atlas, session_id))
    write_session_pdf(repository, visit.session.id, tmp_path / "here.pdf", now=NOW)
    child = _child(
        f"""
        from datetime import datetime; from pathlib import Path; from uuid import UUID
        from db.practice import open_practice; from app.report.pdf import write_session_pdf
        with open_practice(Path({str(tmp_path / "practice")!r})) as practice:
            write_session_pdf(practice.repository, UUID({str(visit.session.id)!r}),
                Path({str(tmp_path / "there.pdf")!r}),
                now=datetime.fromisoformat({NOW.isoformat()!r}))
        """
    )
    assert (child.returncode, child.stderr) == (0, "")
    assert (tmp_path / "here.pdf").read_bytes() == (tmp_path / "there.pdf").read_bytes()


def test_a_patient_becomes_one_file_oldest_session_first(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    later = stored(started_at=STARTED + timedelta(days=7))
    stored(of=later.patient, started_at=STARTED)
    out = tmp_path / "patient.pdf"
    write_patient_pdf(repository, later.patient.id, out, paper="us-letter", now=NOW, atlas=atlas)
    text = reading.pages(out.read_bytes())
    assert len(text) == 3
    assert "Dry needling session, 12 November 2024" in text[1]
    assert "Dry needling session, 19 November 2024" in text[2]


def test_without_a_time_the_present_is_printed(
    repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    out = tmp_path / "report.pdf"
    write_session_pdf(repository, stored().session.id, out)
    assert "Printed " in reading.pages(out.read_bytes())[0]


def test_a_mark_of_another_body_is_told_but_not_painted(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    def marks(session_id: object) -> list[object]:
        first = point(atlas, 1, builders.POINTS[0], "posterior", 600, 900, session_id=session_id)
        return [replace(first, body_version="another body")]

    out = tmp_path / "report.pdf"
    write_session_pdf(repository, stored(marks).session.id, out, now=NOW)
    page = "".join(reading.pages(out.read_bytes()))
    assert "Not shown on the pictures: mark 1." in page
    assert "Posterior · no marks" in page


class Counted:
    """A repository that counts what is asked of it."""

    def __init__(self, repository: SqlRepository) -> None:
        self._repository = repository
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> object:
        self.asked.append(name)
        return getattr(self._repository, name)


def test_a_report_is_read_at_one_moment(
    repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    """Read in two goes, it could show a state that never was."""
    visit, counted = stored(), Counted(repository)
    write_session_pdf(counted, visit.session.id, tmp_path / "a.pdf", now=NOW)  # type: ignore[arg-type]
    write_patient_pdf(counted, visit.patient.id, tmp_path / "b.pdf", now=NOW)  # type: ignore[arg-type]
    assert counted.asked == ["session_records", "patient_records"]


# What is said where no file can be made ---------------------------------------------------


def refused(repository: SqlRepository, session_id: object, out: Path, **more: object) -> str:
    with pytest.raises(ExportError) as caught:
        write_session_pdf(repository, session_id, out, now=NOW, **more)  # type: ignore[arg-type]
    return str(caught.value)


def test_a_session_that_is_not_there(repository: SqlRepository, tmp_path: Path) -> None:
    assert "not in the practice" in refused(repository, new_id(), tmp_path / "x.pdf")
    with pytest.raises(ExportError, match="not in the practice"):
        write_patient_pdf(repository, new_id(), tmp_path / "x.pdf")


def test_a_patient_without_sessions(repository: SqlRepository, tmp_path: Path) -> None:
    whom = builders.patient()
    repository.commit(Change.add("Add patient", whom), builders.stamp())
    with pytest.raises(ExportError, match="Hanna Grünwald has no session yet"):
        write_patient_pdf(repository, whom.id, tmp_path / "x.pdf")


def test_nothing_to_print(atlas: Atlas) -> None:
    with pytest.raises(ExportError, match="no session to print"):
        render([], atlas)


def test_an_unknown_paper(repository: SqlRepository, stored: Store, tmp_path: Path) -> None:
    said = refused(repository, stored().session.id, tmp_path / "x.pdf", paper="a3")
    assert "a4 or us-letter" in said


def test_places_that_cannot_be_written(
    repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    session_id = stored().session.id
    assert "does not exist" in refused(repository, session_id, tmp_path / "no" / "x.pdf")
    assert "is a folder" in refused(repository, session_id, tmp_path)
    assert "too long" in refused(repository, session_id, tmp_path / ("x" * 300))
    assert "that no name can have" in refused(repository, session_id, tmp_path / "\0.pdf")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "There is no room left for /d/x.pdf."),
        (errno.EDQUOT, "There is no room left for /d/x.pdf."),
        (errno.EACCES, "/d may not be written to. Choose another folder."),
        (errno.EROFS, "/d may not be written to. Choose another folder."),
        (errno.EIO, "/d/x.pdf could not be written (Input/output error)."),
    ],
)
def test_each_trouble_has_its_sentence(number: int, said: str) -> None:
    error = OSError(number, os.strerror(number))
    assert why_not_written(Path("/d/x.pdf"), error).startswith(said)


def test_a_missing_body_picture_asks_to_install_again(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    views = tuple(
        replace(view, images=dict.fromkeys(PictureStyle, tmp_path / f"gone-{view.name}"))
        for view in atlas.views(builders.patient().body)
    )
    broken = Atlas(atlas.version, atlas._mesh_file, views)
    said = refused(repository, stored().session.id, tmp_path / "x.pdf", atlas=broken)
    assert "Install Needlepoint again" in said
    assert not (tmp_path / "x.pdf").exists()


# Whole or not at all ----------------------------------------------------------------------


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    out.write_bytes(b"the old one")
    child = _child(
        f"""
        import resource, signal; from pathlib import Path
        from app.domain.errors import ExportError; from app.files import write_whole
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            write_whole(Path({str(out)!r}), [b"x" * 100_000])
        except ExportError as error:
            print(error)
        """
    )
    assert (child.returncode, child.stderr) == (0, "")
    assert child.stdout.startswith("There is no room left")
    assert out.read_bytes() == b"the old one"
    assert os.listdir(tmp_path) == ["report.pdf"]


def test_a_process_that_dies_while_writing_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    child = _child(
        f"""
        import resource; from pathlib import Path; from app.files import write_whole
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        write_whole(Path({str(out)!r}), [b"x" * 100_000])
        """
    )
    assert child.returncode < 0  # killed in the middle of a write
    assert not out.exists()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link, target = tmp_path / "link.pdf", tmp_path / "target.pdf"
    link.symlink_to(target)
    write_whole(link, [b"whole"])
    assert link.is_symlink()
    assert target.read_bytes() == b"whole"


# Without a window -------------------------------------------------------------------------


def test_importing_the_report_loads_neither_qt_nor_typst() -> None:
    child = _child(
        """
        import sys, app.report.pdf
        print([name for name in ("PySide6", "typst", "page") if name in sys.modules])
        """
    )
    assert child.stdout == "[]\n"


def test_without_a_display_an_application_is_made_off_screen() -> None:
    child = _child(
        """
        import os
        from app.report.gui import ensure_gui
        ensure_gui(); ensure_gui()
        from PySide6.QtGui import QGuiApplication
        print(os.environ["QT_QPA_PLATFORM"], QGuiApplication.platformName())
        """,
        without=("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"),
    )
    assert (child.returncode, child.stdout) == (0, "offscreen offscreen\n")


def _child(
    code: str, without: tuple[str, ...] = ("PYTHONWARNINGS",)
) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in without}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=PROGRAM_FOLDER,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
