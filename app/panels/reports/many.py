"""Reports of many, joined to the window: asked for, made in the background, said when they end."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow, QMessageBox, QWidget

from app.domain.errors import ExportError, KnownError
from app.domain.findings import Finding
from app.domain.ports import Repository
from app.files import make_folder
from app.jobs import Jobs
from app.notify import Notifier
from app.panels.file_dialogs import ask_to_replace, opener
from app.settings import Settings

if TYPE_CHECKING:
    from app.panels.reports.batch_run import BatchRun
    from app.panels.reports.many_dialog import ManyWanted
    from app.report.batch import BatchItem, Progress
    from app.report.batch_items import Batch
    from app.report.certificate import Signing
    from app.report.papers import Paper

BUSY = "Reports are being made already. Wait for them, or cancel them below."
NOTHING = "There is no session of these patients on these days, so there is nothing to make."


class ManyReports(QObject):
    """One run at a time; its strip stands at the foot of the window, whatever page is shown."""

    def __init__(
        self,
        repository: Repository,
        batch_of: Callable[[Paper, bool], Batch],
        jobs: Jobs,
        settings: Settings,
        notifier: Notifier,
        clock: Callable[[], datetime],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._repository = repository
        self._batch_of = batch_of
        self._jobs = jobs
        self._settings = settings
        self._notifier = notifier
        self._clock = clock
        self._window = window
        self._run: BatchRun | None = None
        self._is_closed = False

    @property
    def run(self) -> BatchRun:
        """The run and its strip, made when the first is wanted."""
        if self._run is None:
            from app.panels.reports.batch_run import BatchRun
            from app.panels.reports.strip import BatchStrip

            self._run = BatchRun(self)
            self._run.ended.connect(self._tell)
            assert isinstance(self._window, QMainWindow)
            self._window.setStatusBar(BatchStrip(self._run))
        return self._run

    @property
    def is_running(self) -> bool:
        return self._run is not None and self._run.is_running

    def ask(self) -> None:
        """Opens the dialog of what is wanted."""
        if self.is_running:
            self._notifier.trouble(BUSY)
            return
        from app.panels.reports.many_dialog import ManyDialog

        try:
            patients = self._repository.patients()
        except KnownError as error:
            self._notifier.trouble(error)
            return
        ManyDialog(patients, self.start, self._settings, self._clock, self._window).open()

    def start(self, wanted: ManyWanted) -> list[Finding]:
        """Looks in the background what there is to make, then makes it. Says what stands against
        the folder.
        """
        try:
            _require_writable(wanted.folder)
            batch = self._batch_of(wanted.paper, wanted.names)
        except ExportError as error:
            return [Finding("folder", str(error))]
        except KnownError as error:
            return [Finding("", str(error))]
        self._settings.change(export_folder=str(wanted.folder), paper=wanted.paper)
        self._notifier.done("Looking what there is to make …")
        self._jobs.run(
            lambda: _planned(self._repository, batch, wanted),
            lambda items: self._begin(items, wanted.folder, wanted.sign),
            self._notifier.trouble,
        )
        return []

    def may_close(self) -> bool:
        """Whether the window may close: asks while files are being made, and then cancels."""
        if not self.is_running:
            return True
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Needlepoint")
        box.setText(
            f"Reports are being made: {self.run.told.words}. Files that are there are whole."
        )
        keep = box.addButton("Keep open", QMessageBox.ButtonRole.RejectRole)
        box.addButton("Cancel them and close", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() is not keep

    def close(self) -> None:
        """Cancels what is under way and waits until the last file is whole."""
        self._is_closed = True
        if self._run is not None:
            self._run.close()

    def _begin(self, items: list[BatchItem], folder: Path, sign: Signing) -> None:
        if self._is_closed:
            return
        if not items:
            self._notifier.trouble(NOTHING)
            return
        if self.is_running:
            self._notifier.trouble(BUSY)
            return
        there = sum((folder / each.file_name).exists() for each in items)
        if not there or ask_to_replace(there, folder, self._window):
            self._notifier.withdraw()
            self.run.start(items, folder, sign)
        else:
            self._notifier.done("Nothing was made.")

    def _tell(self, outcome: Progress | Exception) -> None:
        if isinstance(outcome, Exception):
            self._notifier.trouble(outcome)
            return
        folder = self.run.folder
        whole = outcome.done == outcome.total
        files = "1 file" if outcome.done == 1 else f"{outcome.done:,} files"
        words = (
            f"{files} written to {folder.name or folder}."
            if whole
            else f"Cancelled. {outcome.done:,} of {outcome.total:,} files are written and whole."
        )
        self._notifier.done(words, "Open folder", opener(folder))


def _planned(repository: Repository, batch: Batch, wanted: ManyWanted) -> list[BatchItem]:
    """What is to be made. Raises StorageError."""
    patients = repository.patients(wanted.patients)
    if wanted.kind is None:
        return list(batch.charts(patients, wanted.period))
    return list(batch.reports(wanted.kind, patients, wanted.period))


def _require_writable(folder: Path) -> None:
    """Makes ``folder`` where it is not there. Raises ExportError where nothing can be written."""
    make_folder(folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ExportError(f"{folder} may not be written to. Choose another folder.")
