"""Commands about what a practice holds: demo, list, check."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from app.cli.answer import Answer, counted, table
from app.cli.services import Services
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.errors import KnownError
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark
from app.domain.own_pictures import OwnPicture, is_picture_version
from app.domain.own_zones import NoNeedleZone
from app.domain.ports import Repository
from app.domain.records import Patient, Practitioner, Problem, Record, TreatmentSession
from app.domain.summaries import ChartRecords
from app.domain.words import kind_name, local_day, local_time

if TYPE_CHECKING:
    from app.body.atlas import Atlas

_TOLD: dict[str, type[Record]] = {
    "practitioners": Practitioner,
    "patients": Patient,
    "problems": Problem,
    "no_needle_zones": NoNeedleZone,
    "pictures": OwnPicture,
    "sessions": TreatmentSession,
    "marks": Mark,
}
"""What a demo counts."""


def new_stamp(services: Services) -> Stamp:
    """The stamp of a change that is made now and from no session's window."""
    return Stamp(step=new_id(), action=Action.DO, at=services.now())


def demo(options: Namespace, services: Services) -> Answer:
    from app.body.atlas import Atlas
    from app.exchange.demo import synthesize
    from app.paths import BODY_MAPS

    with services.open_practice(options.practice, create=True) as practice:
        held = practice.repository.count_patients()
        if held:
            raise KnownError(
                f"The practice in {practice.folder} already holds {counted(held, 'patient')}. "
                "Name another folder with --practice; a demo needs a new one."
            )
        atlas = Atlas.load(BODY_MAPS)
        records = synthesize(options.patients, options.sessions, options.seed, atlas)
        change = Change.add("Make a demo practice", *records)
        practice.repository.commit(change, new_stamp(services))
        folder = practice.folder
    numbers = Counter(type(record) for record in records)
    counts = {name: numbers[made] for name, made in _TOLD.items()}
    summary = ", ".join(
        counted(counts[name], name.removesuffix("s")) for name in ("patients", "sessions", "marks")
    )
    text = f"Made a demo practice in {folder}: {summary}."
    return Answer({"practice": str(folder), **counts}, text)


def list_records(options: Namespace, services: Services) -> Answer:
    with services.open_practice(options.practice, create=False) as practice:
        charts = _charts(practice.repository, options.patient, options.session)
        if options.what == "patients":
            return _list_patients([chart.patient for chart in charts])
        visits = list(_visits(charts, options.session))
        if options.what == "sessions":
            return _list_sessions(visits)
        pictures = {chart.patient.id: chart.pictures for chart in charts}
        return _list_marks(visits, practice.repository, pictures)


def check(options: Namespace, services: Services) -> Answer:
    with services.open_practice(options.practice, create=False) as practice:
        findings = practice.repository.check()
        said = (practice.backup_trouble, practice.letterhead_trouble)
        findings = findings or [each for each in said if each is not None]
        folder = practice.folder
    text = "\n".join(findings) or f"The practice in {folder} is whole."
    return Answer({"whole": not findings, "findings": findings}, text, exit_code=bool(findings))


def as_id(text: str) -> UUID | None:
    """The id that ``text`` writes; None where it writes none, and so names nothing."""
    try:
        return UUID(text)
    except ValueError:
        return None


def find_patient(repository: Repository, text: str) -> Patient:
    """The patient with the id ``text``. Raises KnownError where there is none."""
    wanted = as_id(text)
    found = repository.patients([wanted]) if wanted is not None else []
    if not found:
        raise KnownError(f"There is no patient with the id {text}. See: needlepoint list patients")
    return found[0]


def find_session(repository: Repository, text: str) -> TreatmentSession:
    """The session with the id ``text``. Raises KnownError where there is none."""
    wanted = as_id(text)
    found = repository.session(wanted) if wanted is not None else None
    if found is None:
        raise KnownError(f"There is no session with the id {text}. See: needlepoint list sessions")
    return found


def _charts(
    repository: Repository, patient_text: str | None, session_text: str | None
) -> list[ChartRecords]:
    """The charts that are asked about: one patient's, or all of them."""
    patient = find_patient(repository, patient_text) if patient_text is not None else None
    session = find_session(repository, session_text) if session_text is not None else None
    if patient is not None and session is not None and session.patient_id != patient.id:
        raise KnownError(f"The session {session.id} is another patient's. Name one of the two.")
    if patient is not None:
        ids = [patient.id]
    elif session is not None:
        ids = [session.patient_id]
    else:
        ids = [each.id for each in repository.patients()]
    charts = (repository.chart(each) for each in ids)
    return [chart for chart in charts if chart is not None]


def _visits(
    charts: list[ChartRecords], session_text: str | None
) -> Iterator[tuple[Patient, TreatmentSession]]:
    """The sessions asked about with their patients, oldest first for each patient."""
    wanted = as_id(session_text) if session_text is not None else None
    for chart in charts:
        for summary in reversed(chart.sessions):
            if wanted is None or summary.session.id == wanted:
                yield chart.patient, summary.session


def _list_patients(patients: list[Patient]) -> Answer:
    document = [
        {
            "id": str(each.id),
            "family_name": each.family_name,
            "given_name": each.given_name,
            "birth_date": each.birth_date.isoformat() if each.birth_date else None,
            "number": each.number,
        }
        for each in patients
    ]
    rows = [
        (each.number, each.family_name, each.given_name, each.birth_date, each.id)
        for each in sorted(patients, key=lambda each: (each.family_name, each.given_name))
    ]
    headings = ("NUMBER", "FAMILY NAME", "GIVEN NAME", "BORN", "ID")
    return Answer(document, table(headings, rows, "The practice holds no patients yet."))


def _list_sessions(visits: list[tuple[Patient, TreatmentSession]]) -> Answer:
    document = [
        {
            "id": str(session.id),
            "patient_id": str(session.patient_id),
            "practitioner_id": str(session.practitioner_id),
            "started_at": session.started_at.isoformat(),
            "status": session.status.value,
        }
        for _patient, session in visits
    ]
    rows = [
        (_moment(session.started_at), patient.full_name, session.status, session.id)
        for patient, session in visits
    ]
    headings = ("STARTED", "PATIENT", "STATUS", "ID")
    return Answer(document, table(headings, rows, "There are no sessions."))


def _moment(moment: datetime) -> str:
    return f"{local_day(moment)} {local_time(moment)}"


def _list_marks(
    visits: list[tuple[Patient, TreatmentSession]],
    repository: Repository,
    pictures: Mapping[UUID, Sequence[OwnPicture]],
) -> Answer:
    """``pictures``: the own pictures that each patient's chart shows, by the patient's id."""
    from app.body.atlas import Atlas
    from app.body.chart_atlas import ChartAtlas
    from app.paths import BODY_MAPS

    bodies = Atlas.load(BODY_MAPS)
    document = []
    rows = []
    for patient, session in visits:
        atlas = ChartAtlas(bodies, pictures[patient.id])
        for mark in repository.marks(session.id):
            views = _views(mark, patient, atlas)
            document.append(
                {
                    "id": str(mark.id),
                    "session_id": str(mark.session_id),
                    "kind": mark.kind.value,
                    "side": None if mark.side is None else mark.side.value,
                    "muscle": mark.muscle,
                    "anchor": [mark.anchor.triangle, mark.anchor.b1, mark.anchor.b2],
                    "views": views,
                }
            )
            muscle = atlas.catalogue.name(mark.muscle) if mark.muscle else None
            titles = (_title(view, patient, atlas) for view in views)
            row = (mark.number, kind_name(mark.kind), mark.side, muscle, ", ".join(titles))
            rows.append((local_day(session.started_at), *row, mark.id))
    headings = ("SESSION", "NO.", "KIND", "SIDE", "MUSCLE", "SEEN IN", "ID")
    return Answer(document, table(headings, rows, "There are no marks."))


def _title(view: str, patient: Patient, atlas: Atlas) -> str:
    """A view in a table for people: an own picture by its title, for its name is a hash."""
    return atlas.view(patient.body, view).title if is_picture_version(view) else view


def _views(mark: Mark, patient: Patient, atlas: Atlas) -> list[str]:
    """The views of the whole body in which the mark's anchor can be seen, and the close-up in
    which it was placed; or the own picture on which it lies, where the chart shows that.
    """
    if is_picture_version(mark.body_version):
        return [mark.placed_in] if atlas.has_place_of(mark) else []
    if mark.body_version != atlas.version:
        return []
    names = [view.name for view in atlas.views(patient.body)]
    if atlas.knows(mark.body_version, patient.body, mark.placed_in):
        names = list(dict.fromkeys([*names, mark.placed_in]))
    return [name for name in names if atlas.locate(mark.anchor, patient.body, name).visible]
