"""Follows the sites of the open patient in the background, and keeps what was found.

The window goes on meanwhile. What is under way is dropped when a mark or a link changes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.body.atlas import Atlas
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.ports import Repository
from app.domain.records import TreatmentSession
from app.domain.site_links import SiteLink
from app.jobs import Jobs
from app.review.following import (
    Followed,
    RememberedDistances,
    StoppedError,
    counting,
    links_of,
)
from app.review.sites import Distances, follow

LOOK_MS = 150


@dataclass(slots=True)
class _Run:
    """One question that is under way."""

    sessions: int
    stop: Event = field(default_factory=Event)
    done: int = 0
    """Sessions that were begun; written by the worker alone."""

    def count(self) -> None:
        if self.stop.is_set():
            raise StoppedError("Stopped.")
        self.done += 1


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
        self._jobs = Jobs()
        self._run: _Run | None = None
        self._known: tuple[Body, float, RememberedDistances] | None = None
        self.found: Followed | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._tell)

    @property
    def is_under_way(self) -> bool:
        return self._run is not None

    def follow(
        self,
        patient_id: UUID,
        body: Body,
        sessions: list[TreatmentSession],
        said: tuple[SiteLink, ...],
        gate_mm: float,
    ) -> None:
        """Finds the sites anew, unless it is at it."""
        if self._run is not None:
            return
        run = self._run = _Run(len(sessions))
        distances = self._distances(body, gate_mm)
        distances.stop = run.stop
        links, repository = links_of(said), self._repository

        def work() -> Followed:
            marks = repository.marks_of_patient(patient_id)
            known = counting(lambda session_id: marks.get(session_id, ()), run.count)
            return Followed(tuple(follow(sessions, known, links, distances, gate_mm)), marks)

        self._look.start()
        self._jobs.run(work, self._when_run_is(run, self._take), self._when_run_is(run, self._fail))

    def forget(self) -> None:
        """What was found is not so any more, and what is under way is not waited for."""
        if self._run is not None:
            self._run.stop.set()
            self._end()
        if self.found is not None:
            self.found = None
            self.changed.emit()

    def close(self) -> None:
        """Stops what is under way: the practice is about to be closed."""
        self.forget()
        self._jobs.wait()

    def _distances(self, body: Body, gate_mm: float) -> RememberedDistances:
        """Those that were measured on this body with this gate; others are begun anew."""
        if self._known is None or self._known[:2] != (body, gate_mm):
            self._known = (body, gate_mm, RememberedDistances(self._measuring(body)))
        return self._known[2]

    def _measuring(self, body: Body) -> Distances:
        from app.body.along_skin import SkinDistances

        return SkinDistances(self._atlas.mesh, body).from_spot

    def _when_run_is(self, run: _Run, tell: Callable[[Any], None]) -> Callable[[Any], None]:
        return lambda value: tell(value) if self._run is run else None

    def _take(self, found: Followed) -> None:
        self._end()
        self.found = found
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._run = None
        self._look.stop()

    def _tell(self) -> None:
        if self._run is not None:
            self.went_on.emit(self._run.done, self._run.sessions)
