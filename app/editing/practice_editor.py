"""What can be done around the chart: patients, problems, practitioners, pictures, sessions begun.

Like marks these are changes by the one write path. They are undone from the message that
says that they were made, not by the chart's Ctrl+Z, which belongs to what is on the picture.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from app.domain.change import Change
from app.domain.findings import Finding
from app.domain.identity import UUID, new_id
from app.domain.letterhead import Letterhead
from app.domain.marks import Mark
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import MediaType, OwnPicture
from app.domain.records import Patient, Practitioner, Problem, Record, TreatmentSession
from app.domain.rules import check
from app.domain.site_links import SiteLink
from app.domain.supplies import NeedleBox
from app.domain.words import local_day
from app.editing.history import History
from app.editing.store import ChartStore

_R = TypeVar("_R", bound=Record)


class PracticeEditor:
    """Verbs on the records around a chart. Each returns whether it was stored."""

    def __init__(self, store: ChartStore, history: History, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.history = history
        self._clock = clock
        history.open(None)

    @property
    def today(self) -> date:
        return local_day(self._clock())

    def findings(self, record: Record) -> list[Finding]:
        """What stands against storing ``record``, field by field."""
        return check(record, self.today)

    def save(self, label: str, before: Record | None, after: Record) -> bool:
        """Adds ``after``, or puts it in the place of ``before``."""
        change = (
            Change.add(label, after) if before is None else Change.replace(label, before, after)
        )
        return self.history.do(change)

    def save_patient(self, before: Patient | None, after: Patient) -> bool:
        return self.save("Add patient" if before is None else "Change patient", before, after)

    def save_problem(self, before: Problem | None, after: Problem) -> bool:
        return self.save("Add problem" if before is None else "Change problem", before, after)

    def save_practitioner(self, before: Practitioner | None, after: Practitioner) -> bool:
        label = "Add practitioner" if before is None else "Change practitioner"
        return self.save(label, before, after)

    def new_picture(
        self, patient_id: UUID, sha256: str, media_type: MediaType, width: int, height: int
    ) -> OwnPicture:
        """A picture of that file, of which nobody has said yet what it shows."""
        return OwnPicture(
            id=new_id(),
            patient_id=patient_id,
            title="",
            sha256=sha256,
            media_type=media_type,
            width=width,
            height=height,
            added_at=self._clock(),
        )

    def save_picture(self, before: OwnPicture | None, after: OwnPicture) -> bool:
        """Adds a picture, whose bytes must be kept already, or changes what is said of it."""
        return self.save("Add picture" if before is None else "Change picture", before, after)

    def remove_picture(self, picture: OwnPicture) -> bool:
        """Removes a picture on which no mark lies."""
        return self.history.do(Change.remove("Remove picture", [picture]))

    def save_score(self, before: OutcomeScore | None, after: OutcomeScore) -> bool:
        return self.save("Add score" if before is None else "Change score", before, after)

    def remove_score(self, score: OutcomeScore) -> bool:
        return self.history.do(Change.remove("Remove score", [score]))

    def say_site(self, mark: Mark, earlier: Mark | None) -> bool:
        """Says that ``mark`` is of the same spot as an earlier one; None: of none before it."""
        patient = self.store.patient
        assert patient is not None
        before = self._link_of(mark)
        after = SiteLink(
            id=new_id() if before is None else before.id,
            patient_id=patient.id,
            mark_id=mark.id,
            earlier_id=None if earlier is None else earlier.id,
            said_at=self._clock(),
        )
        return self.save("Unlink mark" if earlier is None else "Link marks", before, after)

    def let_place_tell(self, mark: Mark) -> bool:
        """Takes back what was said of whose site a mark is."""
        link = self._link_of(mark)
        return link is None or self.history.do(Change.remove("Let place tell", [link]))

    def _link_of(self, mark: Mark) -> SiteLink | None:
        return next((each for each in self.store.site_links if each.mark_id == mark.id), None)

    def save_box(self, box: NeedleBox) -> bool:
        return self.save("Add box of needles", None, box)

    def save_letterhead(self, before: Letterhead | None, after: Letterhead) -> bool:
        return self.save("Change letterhead", before, after)

    def start_session(self, practitioner_id: UUID) -> TreatmentSession | None:
        """Begins a session of the open patient now, for the problem that was treated last."""
        patient = self.store.patient
        assert patient is not None
        session = TreatmentSession(
            id=new_id(),
            patient_id=patient.id,
            practitioner_id=practitioner_id,
            problem_id=self._problem_treated_last(),
            started_at=self._clock().replace(microsecond=0),
        )
        return session if self.save("Start session", None, session) else None

    def is_empty(self, session: TreatmentSession) -> bool:
        """Whether nothing is recorded in a session but that it was started."""
        said = (session.pain_before, session.pain_after, session.ended_at)
        nothing = not session.note and all(each is None for each in said)
        return nothing and not self.store.marks(session.id) and not self.store.papers(session.id)

    def remove_session(self, session: TreatmentSession) -> bool:
        """Removes a session in which nothing is recorded."""
        assert self.is_empty(session)
        return self.history.do(Change.remove("Remove session", [session]))

    def _problem_treated_last(self) -> UUID | None:
        sessions = self.store.sessions
        if sessions:
            return sessions[0].problem_id
        problems = self.store.problems
        return problems[0].id if len(problems) == 1 else None
