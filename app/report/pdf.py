"""The reports of a practice as PDF files: one session, or all sessions of a patient.

Every function here raises ExportError with one sentence for the reader where a file cannot be
made, and StorageError where the practice cannot be read. Qt and Typst are loaded only when
the first report is made.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.body.flat_picture import PictureView
from app.body.needling import what_marks_say
from app.domain.clock import local_now
from app.domain.errors import ExportError
from app.domain.identity import UUID
from app.domain.letterhead import NO_LETTERHEAD, Letterhead
from app.domain.marks import Mark
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Paper as SessionPaper
from app.domain.records import Patient, Practitioner, Problem, TreatmentSession
from app.domain.seals import Seal
from app.domain.summaries import SessionRecords
from app.domain.supplies import NeedleBox
from app.files import require_folder, write_whole
from app.painting.placing import PlacedMark, place_marks
from app.paths import BODY_MAPS
from app.report.certificate import Signing, unsigned
from app.report.closeups import close_ups_of_hidden, find_close_ups
from app.report.model import SeenView, SessionReport, session_report
from app.report.note import note_lines
from app.report.papers import PAPERS, Paper
from app.report.signed import Sealing, signed_lines
from app.report.zones import seen_zones, zone_lines

PictureBytes = Callable[[str], bytes | None]


class ReportSource(Protocol):
    """The part of a repository that a report needs. Every method may raise StorageError."""

    def session_records(self, session_id: UUID) -> SessionRecords | None: ...
    def patient_records(self, patient_id: UUID) -> list[SessionRecords]: ...
    def patients(self, ids: Sequence[UUID] | None = None) -> list[Patient]: ...
    def picture_bytes(self, sha256: str) -> bytes | None: ...


def write_session_pdf(
    repository: ReportSource,
    session_id: UUID,
    out: Path,
    *,
    paper: Paper = "a4",
    now: datetime | None = None,
    atlas: Atlas | None = None,
    seal: Sealing | None = None,
    letterhead: Letterhead = NO_LETTERHEAD,
    sign: Signing = unsigned,
) -> None:
    """Writes the report of one session to ``out``, replacing a file of that name.

    ``now``, with its zone, is what the page gives as the time of printing; ``atlas`` spares
    reading the body again; ``seal`` reckons what the file carries to be checked by; ``letterhead``
    opens the first page; ``sign`` adds a signature. Without one, the same records and ``now``
    give the same bytes.
    """
    require(out, paper)
    records = repository.session_records(session_id)
    if records is None:
        raise ExportError("This session is not in the practice any more. Choose another one.")
    _write(repository, out, [records], atlas, paper, now, seal, letterhead, sign)


def write_patient_pdf(
    repository: ReportSource,
    patient_id: UUID,
    out: Path,
    *,
    paper: Paper = "a4",
    now: datetime | None = None,
    atlas: Atlas | None = None,
    seal: Sealing | None = None,
    letterhead: Letterhead = NO_LETTERHEAD,
    sign: Signing = unsigned,
) -> None:
    """Writes the reports of all of a patient's sessions to ``out``, the oldest first.

    Pages are numbered through the whole file, and one outline leads to every session.
    """
    require(out, paper)
    sessions = repository.patient_records(patient_id)
    if not sessions:
        raise ExportError(nothing_of(repository.patients([patient_id])))
    _write(repository, out, sessions, atlas, paper, now, seal, letterhead, sign)


def render(
    reports: Sequence[SessionReport],
    atlas: Atlas,
    paper: Paper = "a4",
    picture_bytes: PictureBytes = lambda _sha256: None,
    letterhead: Letterhead = NO_LETTERHEAD,
) -> bytes:
    """The PDF of ``reports``, one after the other: PDF/A-2a and PDF/UA-1 at once.

    ``picture_bytes`` gives the file of an own picture by its hash, or None where it is lost: the
    marks are printed all the same, and that is said.
    """
    from app.report.typesetting import render as typeset

    try:
        return typeset(reports, atlas, paper, picture_bytes, letterhead)
    except OSError as error:
        raise of_the_program(error) from error


def report_of_marks(
    atlas: Atlas,
    patient: Patient,
    practitioner: Practitioner | None,
    problem: Problem | None,
    session: TreatmentSession,
    marks: Sequence[Mark],
    now: datetime,
    zones: Sequence[NoNeedleZone] = (),
    pictures: Sequence[OwnPicture] = (),
    papers: Sequence[SessionPaper] = (),
    boxes: Sequence[NeedleBox] = (),
    seal: Seal | None = None,
) -> SessionReport:
    """The report of records that need not be stored: finds what each view shows, then words it.

    ``zones`` are the patient's own, ``papers`` those of the session, ``pictures`` those that the
    chart shows. Marks and zones of another version of the body, or on a picture that is not here,
    are told but not painted: such a place means nothing on this body.
    """
    views = atlas.views(patient.body)
    placeable = [mark for mark in marks if mark.body_version == atlas.version]
    seen = {view.name: place_marks(atlas, placeable, patient.body, view.name) for view in views}
    hidden = close_ups_of_hidden(atlas, patient.body, placeable, seen)
    close_ups = [*find_close_ups(views, seen), *hidden]
    names = {view.name for view in views} | {window.view for window in close_ups}
    zones_in = {name: seen_zones(atlas, zones, patient.body, name) for name in names}
    return session_report(
        patient,
        practitioner,
        problem,
        session,
        marks,
        [SeenView(v.name, v.title, tuple(seen[v.name]), zones_in[v.name]) for v in views],
        now,
        close_ups,
        {view.name: view.title for view in atlas.close_ups(patient.body)},
        atlas.catalogue.name,
        zone_lines(atlas, zones),
        zones_in,
        _charted(ChartAtlas(atlas, pictures), marks, patient),
        note_lines(session, papers, what_marks_say(atlas, marks)),
        signed_lines(session, papers, seal.fingerprint if seal else ""),
        papers,
        boxes,
        seal,
    )


def _charted(
    atlas: ChartAtlas, marks: Sequence[Mark], patient: Patient
) -> list[tuple[PictureView, tuple[PlacedMark, ...]]]:
    """The own pictures on which marks lie, and where."""
    found = []
    for view in atlas.own_views():
        placed = place_marks(atlas, marks, patient.body, view.name)
        if placed:
            found.append((view, tuple(placed)))
    return found


def nothing_of(patients: Sequence[Patient]) -> str:
    if not patients:
        return "This patient is not in the practice any more. Choose another one."
    return f"{patients[0].full_name} has no session yet. Chart one first."


def require(out: Path, paper: str) -> None:
    if paper not in PAPERS:
        raise ExportError(f"{paper} is not a paper that can be printed on. Choose a4 or us-letter.")
    require_folder(out)


def of_the_program(error: OSError) -> ExportError:
    """What is said where a file that Needlepoint brings along is missing."""
    return ExportError(
        f"A file of the program cannot be read ({error}). Install Needlepoint again."
    )


def own_atlas() -> Atlas:
    """Reads the bodies. Raises ExportError where they are not there."""
    try:
        return Atlas.load(BODY_MAPS)
    except OSError as error:
        raise ExportError(
            f"The pictures of the body cannot be read ({error}). Install Needlepoint again."
        ) from error


def _write(
    repository: ReportSource,
    out: Path,
    sessions: Sequence[SessionRecords],
    atlas: Atlas | None,
    paper: Paper,
    now: datetime | None,
    seal: Sealing | None,
    letterhead: Letterhead,
    sign: Signing,
) -> None:
    atlas = atlas or own_atlas()
    reports = reports_of(sessions, atlas, now, seal)

    def picture_bytes(sha256: str) -> bytes | None:
        # Read later than the records, and yet of their moment: what is under a hash never changes.
        return repository.picture_bytes(sha256)

    write_whole(out, [sign(render(reports, atlas, paper, picture_bytes, letterhead))])


def reports_of(
    sessions: Sequence[SessionRecords], atlas: Atlas, now: datetime | None, seal: Sealing | None
) -> list[SessionReport]:
    """The reports of stored sessions, in their order, each with its seal."""
    moment = printed_at(now)
    return [
        report_of_marks(
            atlas,
            each.patient,
            each.practitioner,
            each.problem,
            each.session,
            each.marks,
            moment,
            each.zones,
            each.pictures,
            each.papers,
            each.boxes,
            seal(each) if seal is not None else None,
        )
        for each in sessions
    ]


def printed_at(now: datetime | None) -> datetime:
    """The time of printing, to the second."""
    return (now or local_now()).replace(microsecond=0)
