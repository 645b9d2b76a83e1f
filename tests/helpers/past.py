"""A patient with earlier sessions, stored as they would have been, to be looked back on."""

from datetime import timedelta
from typing import Any

from app.domain.anatomy import Body
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.identity import UUID, new_id
from app.domain.marks import Details, Mark, Shape
from app.domain.records import Patient, Practitioner, Problem, Record, TreatmentSession
from app.panels.review.page import ReviewPage
from tests.helpers.clinic import START, Clinic

VIEW = "posterior"
Place = tuple[float, float]


class Past:
    """Sessions a week apart, of which the newest is a week before the clinic's day."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.patient = Patient(id=new_id(), family_name="Past", number="77", body=Body.FEMALE)
        self.ada = Practitioner(id=new_id(), name="Ada Nadel")
        self.ben = Practitioner(id=new_id(), name="Ben Okoro")
        self.neck = Problem(id=new_id(), patient_id=self.patient.id, title="Neck pain")
        self.back = Problem(id=new_id(), patient_id=self.patient.id, title="Back pain")
        self.sessions: list[TreatmentSession] = []
        self._numbers: dict[UUID, int] = {}
        self.store(self.patient, self.ada, self.ben, self.neck, self.back)

    def store(self, *records: Record) -> None:
        self.store_change(Change.add("Past", *records))

    def store_change(self, change: Change) -> None:
        stamp = Stamp(step=new_id(), action=Action.DO, at=self.clinic.clock())
        self.clinic.practice.repository.commit(change, stamp)

    def visits(self, count: int, **fields: Any) -> list[TreatmentSession]:
        """``count`` sessions in the order of time, all of them before those that there are."""
        older = len(self.sessions)
        made = [
            TreatmentSession(
                **{
                    "id": new_id(),
                    "patient_id": self.patient.id,
                    "practitioner_id": self.ada.id,
                    "problem_id": self.neck.id,
                    "started_at": START - timedelta(weeks=older + count - k),
                    **fields,
                }
            )
            for k in range(count)
        ]
        self.sessions = made + self.sessions
        self.store(*made)
        return made

    def mark(
        self, of: TreatmentSession, details: Details, at: Place = (0.45, 0.25), **fields: Any
    ) -> Mark:
        """A point on the posterior picture, in the muscle that lies there."""
        editor = self.clinic.desk.editor
        shown = editor.atlas.view(Body.FEMALE, VIEW)
        anchor = editor.atlas.pick(Body.FEMALE, VIEW, at[0] * shown.width, at[1] * shown.height)
        assert anchor is not None
        number = self._numbers[of.id] = self._numbers.get(of.id, 0) + 1
        given = {
            "id": new_id(),
            "session_id": of.id,
            "number": number,
            "details": details,
            "shape": Shape.POINT,
            "body_version": editor.atlas.version,
            "anchor": anchor,
            "placed_on": Body.FEMALE,
            "placed_in": VIEW,
            "side": editor.atlas.side(anchor),
            "placed_at": of.started_at,
        }
        made = Mark(**{**given, **fields})
        self.store(made)
        return made

    def review(self) -> ReviewPage:
        """Opens the chart, and from there the review."""
        self.clinic.desk.open_patient(self.patient.id)
        self.clinic.key("Ctrl+R")
        return self.clinic.window.reviewing.page
