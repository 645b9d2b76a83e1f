"""Where a map of "how often" comes from: it is counted in the background and kept.

A panel asks for a map and is told when it is there. Whoever asks for another one meanwhile does
not wait for the first.
"""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.body.atlas import Atlas
from app.domain.anatomy import Body
from app.domain.change import Change
from app.domain.errors import KnownError
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.ports import Repository
from app.domain.summaries import PatientFigures
from app.jobs import Question, Run
from app.review.place_table import rows_of_patient
from app.review.skin_frequency import SkinFrequency, skin_frequency
from app.review.skin_tally import Counted
from app.review.tallying import GoOn, PatientCount, PracticeCount, undone
from app.review.timeline import EVERYTHING, ReviewFilter


class FrequencySource(QObject):
    """``found`` is None before it is counted. Subclasses say how."""

    changed = Signal()
    """Something was found, or what was found is not so any more."""
    went_on = Signal(int, int)
    """So much of so much is done, of a count that takes long; of 0 where nobody knows."""
    failed = Signal(object)
    name = ""
    """What a switch between sources calls it."""
    words = ""
    """Whose marks are counted, in a line."""
    said = ""
    """The same beside a picture that leaves the program. It names nobody."""

    def __init__(self, atlas: Atlas) -> None:
        super().__init__()
        self._atlas = atlas
        self._question = Question()
        self._question.went_on.connect(self.went_on)
        self._asked: tuple[Counted, Body] | None = None
        self.found: SkinFrequency | None = None

    @property
    def is_under_way(self) -> bool:
        return self._question.is_under_way

    def ask(self, counted: Counted, body: Body) -> None:
        """Wants a map. Nothing happens where it is there, or under way, already."""
        there = self.found is not None and (self.found.counted, self.found.body)
        if (counted, body) in (there, self._asked):
            return
        self.drop()
        self._asked = counted, body
        self._start(self._work(counted, body))

    def drop(self) -> None:
        """What was found is not so any more, and what is under way is not waited for."""
        self._question.drop()
        self._asked = self.found = None

    def close(self) -> None:
        """The practice is about to be closed."""
        self.drop()
        self._question.close()

    def _work(self, counted: Counted, body: Body) -> Callable[[GoOn], SkinFrequency]:
        """What the worker does to make a map."""
        raise NotImplementedError(f"{type(self).__name__} leaves _work open")

    def _start(self, work: Callable[[GoOn], Any]) -> None:
        def do(run: Run) -> SkinFrequency:
            run.go_on(0, 0)
            found: SkinFrequency = work(run.go_on)
            for view in self._atlas.views(found.body):
                self._atlas.samples_on(found.body, view.name)  # which painting would wait for
            return found

        self._question.ask(do, self._take, self._fail)

    def _take(self, found: SkinFrequency) -> None:
        self.found = found
        self._asked = None
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._asked = None
        self.failed.emit(error)


class PatientSource(FrequencySource):
    """The marks of the patient whose sessions are looked at, as far as the filters let through."""

    name = "This patient"
    words = "All that the filters at the left let through."

    def __init__(self, atlas: Atlas, repository: Repository) -> None:
        super().__init__(atlas)
        self._repository = repository
        self._patient: UUID | None = None
        self._count: PatientCount | None = None
        """Of the worker alone, but for being forgotten."""
        self._just_read = list[PatientCount]()
        """What the run that is under way has read."""
        self._sessions: tuple[UUID, ...] = ()
        self._wanted = EVERYTHING
        self._figures = PatientFigures((), ())

    def look_at(
        self,
        patient_id: UUID,
        sessions: Iterable[UUID],
        wanted: ReviewFilter,
        figures: PatientFigures,
        said: str,
    ) -> None:
        """Counts these from now on. ``figures``: of all sessions of the patient; ``said``: what a
        picture says of whose marks it shows.
        """
        if patient_id != self._patient:
            self.forget()
        self.drop()
        self._patient, self._wanted, self._figures = patient_id, wanted, figures
        self._sessions, self.said = tuple(sessions), said
        self.changed.emit()

    def leave(self) -> None:
        """Another patient is about to be looked at, or none."""
        self._patient = None
        self.forget()

    def ask(self, counted: Counted, body: Body) -> None:
        if self._patient is not None:
            super().ask(counted, body)

    def forget(self) -> None:
        """The marks are not what they were."""
        self._count = None
        self.drop()

    def _work(self, counted: Counted, body: Body) -> Callable[[GoOn], SkinFrequency]:
        patient, sessions, wanted = self._patient, self._sessions, self._wanted
        known, figures, atlas = self._count, self._figures.figures, self._atlas
        repository = self._repository
        just_read = self._just_read = []

        def work(go_on: GoOn) -> SkinFrequency:
            assert patient is not None
            count = known or PatientCount(atlas, repository.marks_of_patient(patient))
            just_read.append(count)
            tally = count.tally(counted, sessions, wanted, go_on)
            rows = rows_of_patient(figures, frozenset(sessions), wanted)
            return skin_frequency(tally, atlas, body, len(sessions), rows)

        return work

    def _take(self, found: SkinFrequency) -> None:
        self._count = self._just_read[0]  # nothing was forgotten meanwhile
        super()._take(found)


class PracticeSource(FrequencySource):
    """The marks of all patients. A count is kept from the first question on, and brought up to
    date with each change.
    """

    name = "Whole practice"
    said = "All patients of the practice, on both figures"

    def __init__(self, atlas: Atlas, repository: Repository, more: str = "") -> None:
        """``more``: another sentence about what is counted."""
        super().__init__(atlas)
        self.words = f"All patients, on both figures: marks lie on one body. {more}".strip()
        self._repository = repository
        self._count = PracticeCount(atlas, repository.places)
        """Of the worker alone, but for being replaced."""

    def heed(self, change: Change | None) -> None:
        """A record changed, None: anything may have. Asks the practice for the session's marks."""
        asked = self._asked
        self.drop()
        if change is None or asked is not None:  # it may have read half of the change
            self._count = PracticeCount(self._atlas, self._repository.places)
        elif self._count.is_begun:
            self._bring_up_to_date(change)
        self.changed.emit()

    def _bring_up_to_date(self, change: Change) -> None:
        count = self._count
        edited = [edit.record for edit in change.edits.values() if isinstance(edit.record, Mark)]
        try:
            for session_id in dict.fromkeys(mark.session_id for mark in edited):
                after = self._repository.marks(session_id)
                before = undone(after, change, session_id)
                self._keep_up(lambda before=before, after=after: count.replace(before, after))  # type: ignore[misc]
        except KnownError as error:
            self._recount(error)
        self._keep_up(count.forget_figures)

    def _keep_up(self, work: Callable[[], None]) -> None:
        self._question.jobs.run(work, lambda _none: None, self._recount)

    def _recount(self, _error: Exception) -> None:
        """What was kept cannot be brought up to date: it is counted anew."""
        self._count = PracticeCount(self._atlas, self._repository.places)
        self.drop()
        self.changed.emit()

    def _work(self, counted: Counted, body: Body) -> Callable[[GoOn], SkinFrequency]:
        count = self._count
        return lambda go_on: count.frequency(counted, body, go_on)

    def _take(self, found: SkinFrequency) -> None:
        super()._take(found)
        if found.rows is None:  # the map is seen first
            self._asked = found.counted, found.body
            self._start(self._told(found.counted, found.body))

    def _told(self, counted: Counted, body: Body) -> Callable[[GoOn], SkinFrequency]:
        count = self._count

        def work(go_on: GoOn) -> SkinFrequency:
            count.tell()
            return count.frequency(counted, body, go_on)

        return work
