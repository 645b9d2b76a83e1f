"""Follows the sites of the open patient in the background, and keeps what was found.

The window goes on meanwhile. What is under way is dropped when a mark or a link changes.
"""

from itertools import count

from PySide6.QtCore import QObject, Signal

from app.body.atlas import Atlas
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.ports import Repository
from app.domain.records import TreatmentSession
from app.domain.site_links import SiteLink
from app.jobs import Question, Run
from app.review.following import (
    Followed,
    RememberedDistances,
    counting,
    links_of,
)
from app.review.sites import Distances, follow


class SiteFollower(QObject):
    """``found`` is None while it is under way, or before anybody asked."""

    changed = Signal()
    """The sites were found, or are not those of the marks any more."""
    went_on = Signal(int, int)
    """So many of so many sessions are done."""
    failed = Signal(object)

    def __init__(self, atlas: Atlas, repository: Repository) -> None:
        super().__init__()
        self._atlas = atlas
        self._repository = repository
        self._question = Question()
        self._question.went_on.connect(self.went_on)
        self._known: tuple[Body, float, RememberedDistances] | None = None
        self.found: Followed | None = None

    @property
    def is_under_way(self) -> bool:
        return self._question.is_under_way

    def follow(
        self,
        patient_id: UUID,
        body: Body,
        sessions: list[TreatmentSession],
        said: tuple[SiteLink, ...],
        gate_mm: float,
    ) -> None:
        """Finds the sites anew, unless it is at it."""
        if self.is_under_way:
            return
        distances = self._distances(body, gate_mm)
        links, repository = links_of(said), self._repository

        def work(run: Run) -> Followed:
            distances.stop = run.stop
            begun = count(1)
            marks = repository.marks_of_patient(patient_id)
            known = counting(
                lambda session_id: marks.get(session_id, ()),
                lambda: run.go_on(next(begun), len(sessions)),
            )
            return Followed(tuple(follow(sessions, known, links, distances, gate_mm)), marks)

        self._question.ask(work, self._take, self.failed.emit)

    def forget(self) -> None:
        """What was found is not so any more, and what is under way is not waited for."""
        self._question.drop()
        if self.found is not None:
            self.found = None
            self.changed.emit()

    def close(self) -> None:
        """Stops what is under way: the practice is about to be closed."""
        self.forget()
        self._question.close()

    def _distances(self, body: Body, gate_mm: float) -> RememberedDistances:
        """Those that were measured on this body with this gate; others are begun anew."""
        if self._known is None or self._known[:2] != (body, gate_mm):
            self._known = (body, gate_mm, RememberedDistances(self._measuring(body)))
        return self._known[2]

    def _measuring(self, body: Body) -> Distances:
        from app.body.along_skin import SkinDistances

        return SkinDistances(self._atlas.mesh, body).from_spot

    def _take(self, found: Followed) -> None:
        self.found = found
        self.changed.emit()
