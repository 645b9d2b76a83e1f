"""Everything on paper and in files, joined to the desk: the chart of a key, reports, tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from app.body.atlas import Atlas
from app.domain.errors import KnownError
from app.domain.identity import UUID
from app.domain.ports import Repository
from app.editing.practice_editor import PracticeEditor
from app.editing.session_editor import SessionEditor
from app.jobs import Jobs
from app.notify import Notifier
from app.panels.export import PdfExport
from app.panels.reports.exports import Exports
from app.panels.reports.many import ManyReports
from app.panels.saving import saver
from app.settings import Settings

if TYPE_CHECKING:
    from app.domain.letterhead import Letterhead
    from app.panels.reports.wanted import Kind
    from app.report.batch_items import Batch
    from app.report.papers import Paper


class ReportsDesk(QObject):
    """What is asked for by menus, keys and buttons; dialogs are imported when they are."""

    def __init__(
        self,
        repository: Repository,
        atlas: Atlas,
        editor: SessionEditor,
        jobs: Jobs,
        settings: Settings,
        notifier: Notifier,
        clock: Callable[[], datetime],
        practice: PracticeEditor,
        flush: Callable[[], bool],
        window: QWidget,
    ) -> None:
        """``practice`` keeps the letterhead; ``flush`` stores what is still being typed, and says
        whether that could be done.
        """
        super().__init__(window)
        self._repository = repository
        self._atlas = atlas
        self._editor = editor
        self._settings = settings
        self._notifier = notifier
        self._clock = clock
        self._practice = practice
        self._flush = flush
        self._window = window
        self.exporter = PdfExport(repository, atlas, jobs, settings, notifier, window)
        self.jobs = Jobs()
        """Of the preview and of printing: neither waits for an export that is under way."""
        self.many = ManyReports(
            repository, self._batch, self.jobs, settings, notifier, clock, window
        )
        self.exports = Exports(repository, atlas, editor, self.jobs, settings, notifier, window)
        self._dialog: QDialog | None = None
        self.listed: Callable[[], UUID | None] = lambda: None
        """The patient who is chosen in the list, where no chart is open."""

    @property
    def patient_id(self) -> UUID | None:
        """Whose reports can be asked for now."""
        patient = self._editor.store.patient
        return self.listed() if patient is None else patient.id

    def export_chart(self) -> None:
        """Makes the PDF of the session on the desk, the quick way."""
        session = self._editor.session
        if session is not None and self._flush():
            self.exporter.ask(session)

    def ask(self, first: Kind = None) -> None:
        """Opens the reports on the patient of the chart, or on the one chosen in the list."""
        patient_id = self.patient_id
        if patient_id is None or not self._flush():
            return
        from app.panels.reports.dialog import ReportsDialog

        try:
            chart = self._repository.chart(patient_id)
        except KnownError as error:
            self._notifier.trouble(error)
            return
        if chart is None:
            self._notifier.trouble("This patient is not in the practice any more.")
            return
        session = self._editor.session
        self._dialog = ReportsDialog(
            chart,
            None if session is None else session.id,
            first,
            self._batch,
            self.jobs,
            self._settings,
            self._notifier,
            self._clock,
            self._window,
        )
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def edit_letterhead(self) -> None:
        """Opens the form of what stands at the top of all that is printed."""
        from app.domain.letterhead import NO_LETTERHEAD
        from app.panels.reports.letterhead_form import LetterheadForm

        try:
            before = self._repository.letterhead()
        except KnownError as error:
            self._notifier.trouble(error)
            return
        practice = self._practice

        def store(after: Letterhead) -> bool:
            done = practice.save_letterhead(before, after)
            if done and after != before:
                self._notifier.done("Letterhead kept.", "Undo", practice.history.undo)
            return done

        LetterheadForm(
            before or NO_LETTERHEAD, saver(practice, store), self.jobs, self._settings, self._window
        ).open()

    def _ask_tables(self) -> None:
        if self._flush():
            self.exports.ask_tables(self.patient_id)

    def ask_picture(self, enlarged: str | None, title: str) -> None:
        """Opens the form of the map as a picture; see ``Exports.ask_picture``."""
        if self._flush():
            self.exports.ask_picture(enlarged, title)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What actions do, by their id."""
        return {
            "session.pdf": self.export_chart,
            "reports": self.ask,
            "reports.many": self.many.ask,
            "export.tables": self._ask_tables,
            "letterhead": self.edit_letterhead,
        }

    def close(self) -> None:
        """Lets what is being made finish, and begins nothing else."""
        if self._dialog is not None:
            self._dialog.done(QDialog.DialogCode.Rejected)
        self.many.close()
        self.jobs.wait()

    def _batch(self, paper: Paper, names: bool) -> Batch:
        """How files are made now."""
        from app.exchange.fingerprint import seal
        from app.report.batch_items import Batch
        from app.report.letterhead import letterhead_of

        now = self._clock().replace(microsecond=0)
        head = letterhead_of(self._repository)
        return Batch(self._repository, self._atlas, now, paper, seal, names, head)
