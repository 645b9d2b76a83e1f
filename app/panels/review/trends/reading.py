"""Reads all sessions of the open patient in the background, with what their sore areas cover."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.body.atlas import Atlas
from app.body.mesh import Indices
from app.domain.identity import UUID
from app.domain.marks import Mark, Soreness
from app.domain.outcomes import OutcomeScore
from app.domain.ports import Repository
from app.domain.summaries import SessionRecords
from app.jobs import Question, Run

NOTHING: Indices = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Records:
    """A patient's sessions, oldest first, with their scores."""

    visits: tuple[SessionRecords, ...] = ()
    scores: tuple[OutcomeScore, ...] = ()
    samples: Mapping[UUID, Indices] = field(default_factory=dict)
    """(k,) the samples of the skin that a sore area covers, by the mark's id."""

    def covered(self, mark: Mark) -> Indices:
        """As ``Atlas.covered_by`` answers, of sore areas alone."""
        return self.samples.get(mark.id, NOTHING)


class RecordsReader(QObject):
    """``found`` is None while it is under way, or before anybody asked."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, atlas: Atlas, repository: Repository) -> None:
        super().__init__()
        self._atlas = atlas
        self._repository = repository
        self._question = Question()
        self.found: Records | None = None

    @property
    def is_under_way(self) -> bool:
        return self._question.is_under_way

    def read(self, patient_id: UUID) -> None:
        """Reads anew, unless it is at it."""
        if self.is_under_way:
            return
        atlas, repository = self._atlas, self._repository

        def work(run: Run) -> Records:
            visits = tuple(repository.patient_records(patient_id))
            scores = tuple(repository.scores(patient_id))
            samples: dict[UUID, Indices] = {}
            for done, visit in enumerate(visits):
                run.go_on(done, len(visits))
                for mark in visit.marks:
                    if isinstance(mark.details, Soreness):
                        samples[mark.id] = atlas.covered_by(mark)
            return Records(visits, scores, samples)

        self._question.ask(work, self._take, self.failed.emit)

    def forget(self) -> None:
        """What was read is not so any more, and what is under way is not waited for."""
        self._question.drop()
        self.found = None

    def work(
        self,
        what: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        """Does something else with what was read, after what is under way."""
        self._question.jobs.run(what, on_done, on_failed)

    def close(self) -> None:
        """Stops what is under way: the practice is about to be closed."""
        self.forget()
        self._question.close()

    def _take(self, found: Records) -> None:
        self.found = found
        self.changed.emit()
