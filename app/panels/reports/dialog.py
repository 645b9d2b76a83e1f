"""The dialog of a patient's reports: ticks at the left, the pages at the right, paper below."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import ExportError, KnownError
from app.domain.identity import UUID
from app.domain.summaries import ChartRecords
from app.domain.words import local_day
from app.jobs import Jobs
from app.notify import BUG_SENTENCE, Notifier
from app.panels.fields import Segments
from app.panels.file_dialogs import (
    export_folder,
    folder_dialog,
    may_replace,
    saving_dialog,
    say_saved,
)
from app.panels.reports.certificate_form import ask_certificate
from app.panels.reports.choices import Choices
from app.panels.reports.making import Making, write_files
from app.panels.reports.preview import Preview
from app.panels.reports.previewing import Previewing
from app.panels.reports.wanted import KINDS, Kind, Wanted
from app.panels.texts import PlainLabel
from app.panels.touch import scroll_by_finger
from app.report.batch import BatchItem
from app.report.batch_items import Batch
from app.report.certificate import Signing, unsigned
from app.report.pages import Pages
from app.report.papers import Paper
from app.report.pdf import nothing_of
from app.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.panels.reports.printing import Sheet

LEFT_WIDTH = 330
TABS_MARGINS = (16, 12, 16, 10)
NOTHING_TICKED = "Tick at the left what you want on paper."
PRINT_QUEUE_NAME = "Needlepoint"
"""No patient's name: print queues are seen by others."""
BatchOf = Callable[[Paper, bool], Batch]
"""How files are made on a paper, and whether their names bear the patient's."""


class Run(Protocol):
    """Something that is under way and can be cancelled."""

    def cancel(self) -> None: ...


class ReportsDialog(QDialog):
    """Chosen, seen, then saved or printed. The window behind it waits."""

    def __init__(
        self,
        chart: ChartRecords,
        session: UUID | None,
        first: Kind,
        batch_of: BatchOf,
        jobs: Jobs,
        settings: Settings,
        notifier: Notifier,
        clock: Callable[[], datetime],
        parent: QWidget,
    ) -> None:
        """``session``: whose chart is meant at first; ``first``: which report is ticked."""
        super().__init__(parent)
        self.setWindowTitle("Reports")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # it holds a patient's data
        self._chart = chart
        self._batch_of = batch_of
        self._jobs = jobs
        self._settings = settings
        self._notifier = notifier
        self._clock = clock
        self._run: Run | None = None
        self._shown: Kind = first
        paper: Paper = "us-letter" if settings.values.paper == "us-letter" else "a4"
        self.choices = Choices(chart, session, first, paper, local_day(clock()))
        self.previewing = Previewing(jobs, self)
        self.preview = Preview(self.previewing)
        self._tabs = QVBoxLayout()
        self.tabs: Segments | None = None
        """Which of several ticked reports is seen."""
        self.foot = PlainLabel("", "faint")
        self.foot.setWordWrap(True)
        self.close_button = self._button("Close", self.reject)
        self.print_button = self._button("Print …", self.print)
        self.save_button = self._button("Save PDF …", self.save)
        self._build()
        self.choices.ticked.connect(self._on_ticked)
        self.choices.changed.connect(self._refresh)
        self.choices.paper.chosen.connect(lambda chosen: settings.change(paper=chosen))
        self.finished.connect(lambda _code: self.previewing.close())
        self._refresh()

    # -- what is wanted --------------------------------------------------------------------

    def show_kind(self, kind: Kind) -> None:
        """Shows the pages of one of the ticked reports."""
        self._shown = kind
        self._refresh()

    def _on_ticked(self, kind: Kind, on: bool) -> None:
        if on:
            self._shown = kind

    def _refresh(self) -> None:
        wanted = self.choices.wanted
        if self._shown not in wanted and wanted:
            self._shown = next(iter(wanted))
        self._show_tabs(wanted)
        self._say("")
        if not self._chart.sessions:
            self.preview.say_nothing_wanted(nothing_of([self._chart.patient]))
        elif not wanted:
            self.preview.say_nothing_wanted(NOTHING_TICKED)
        else:
            one = wanted[self._shown]
            self.preview.show_report(one, lambda: self._item(one), one.paper)

    def _item(self, wanted: Wanted) -> BatchItem:
        batch = self._batch_of(wanted.paper, self.choices.names.isChecked())
        item = wanted.item(batch, self._chart)
        if item is None:
            raise ExportError("This session is not in the practice any more. Choose another one.")
        return item

    def _show_tabs(self, wanted: dict[Kind, Wanted]) -> None:
        if self.tabs is not None:
            self.tabs.hide()
            self.tabs.deleteLater()
            self.tabs = None
        self._tabs.setContentsMargins(*(TABS_MARGINS if len(wanted) > 1 else (0, 0, 0, 0)))
        if len(wanted) > 1:
            options = [(k, each.short) for k, each in enumerate(KINDS) if each.kind in wanted]
            self.tabs = Segments("Report in the preview", options, optional=False)
            self.tabs.show_value(next(k for k, w in enumerate(KINDS) if w.kind is self._shown))
            self.tabs.chosen.connect(lambda k: self.show_kind(KINDS[k].kind))
            self._tabs.addWidget(self.tabs)

    # -- saving ----------------------------------------------------------------------------

    def save(self) -> None:
        """Asks where to: for a file's name where one report is ticked, else for a folder."""
        chosen = self._chosen()
        if not chosen:
            return
        folder = export_folder(self._settings)
        if len(chosen) == 1:
            name = chosen[0][1].file_name
            dialog = saving_dialog(self, "Save PDF", folder, ("PDF (*.pdf)",), name)
            dialog.fileSelected.connect(lambda file: self.save_as([Path(file)]))
        else:
            dialog = folder_dialog(self, f"Folder for {len(chosen)} files", folder)
            dialog.fileSelected.connect(lambda file: self.save_into(Path(file)))
        dialog.open()

    def save_into(self, folder: Path) -> None:
        """Saves every ticked report under its name; asks where files would be replaced."""
        paths = [folder / item.file_name for _wanted, item in self._chosen()]
        if paths and may_replace(paths, self):
            self.save_as(paths)

    def save_as(self, paths: list[Path]) -> None:
        """Writes the ticked reports in the background; the dialog closes when all are there."""
        self._settings.change(export_folder=str(paths[0].parent))
        if not self.choices.signs.isChecked():
            self._make(lambda pages: self._write(paths, pages, unsigned))
            return
        certificate = ask_certificate(self._settings, self._clock, self)
        if certificate is None:
            self._say("Nothing was saved: no certificate was opened.")
        else:
            self._make(lambda pages: self._write(paths, pages, certificate.sign))

    def _write(self, paths: list[Path], pages: list[Pages], sign: Signing) -> None:
        def work() -> None:
            files = zip(paths, pages, strict=True)
            write_files([(path, sign(each.pdf)) for path, each in files])

        self._say("Saving …")
        self._jobs.run(work, lambda _none: self._tell_saved(paths), self._end_run)

    def _tell_saved(self, paths: list[Path]) -> None:
        self._end_run(None)
        if len(paths) == 1:
            words, there = f"The report was saved as {paths[0].name}.", paths[0]
        else:
            there = paths[0].parent
            words = f"{len(paths)} reports were saved in {there.name or there}."
        say_saved(self._notifier, words, there)
        self.accept()

    # -- printing --------------------------------------------------------------------------

    def print(self) -> None:
        """Makes what is ticked, then opens the system's print dialog."""
        self._make(self._ask_printer)

    def _ask_printer(self, files: list[Pages]) -> None:
        from app.panels.reports.printing import new_printer, print_dialog, sheets_for

        self._end_run(None)
        printer = new_printer(self.choices.paper.value, PRINT_QUEUE_NAME)
        dialog = print_dialog(printer, sum(each.count for each in files), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer, sheets_for(printer, files)))
        QDialog.open(dialog)

    def print_on(self, printer: "QPrinter", sheets: "list[Sheet]") -> None:
        """Prints ``sheets`` on a printer that was chosen. The dialog stays open."""
        from app.panels.reports.printing import Printing

        run = Printing(printer, sheets, self._jobs)
        run.progressed.connect(lambda done, of: self._say(f"Printing: page {done} of {of}"))
        run.ended.connect(self._on_printed)
        self._begin_run(run, "Printing …")
        run.start()

    def _on_printed(self, error: Exception | None) -> None:
        self._end_run(error)
        if error is None:
            self._say("Everything was sent to the printer.")

    # -- what is under way -----------------------------------------------------------------

    def reject(self) -> None:
        """Cancels what is under way; where nothing is, closes."""
        if self._run is None:
            super().reject()
            return
        self._run.cancel()
        self._end_run(None)
        self._say("Cancelled.")

    def _chosen(self) -> list[tuple[Wanted, BatchItem]]:
        """What is ticked, and how it is made; nothing where that cannot be, which is then said."""
        try:
            return [(each, self._item(each)) for each in self.choices.wanted.values()]
        except KnownError as error:
            self._say(str(error), is_fault=True)
            return []

    def _make(self, then: Callable[[list[Pages]], None]) -> None:
        run = Making(self._jobs, self.previewing, self._chosen())
        run.progressed.connect(lambda done, of: self._say(f"Making {done + 1} of {of} …"))
        run.made.connect(then)
        run.failed.connect(self._end_run)
        self._begin_run(run, "Making the reports …")
        run.start()

    def _begin_run(self, run: Run, words: str) -> None:
        self._run = run
        self._say(words)

    def _end_run(self, error: Exception | None) -> None:
        self._run = None
        if error is None:
            self._say("")
        else:
            known = isinstance(error, KnownError)
            self._say(str(error) if known else BUG_SENTENCE, is_fault=True)

    def _say(self, words: str, *, is_fault: bool = False) -> None:
        """Says something beside the buttons, which do what can be done now."""
        self.foot.setObjectName("fault" if is_fault else "faint")
        self.foot.style().unpolish(self.foot)
        self.foot.style().polish(self.foot)
        self.foot.setText(words)
        idle = self._run is None
        self.close_button.setText("Close" if idle else "Cancel")
        for widget in (self.choices, self.print_button, self.save_button):
            widget.setEnabled(idle and (widget is self.choices or bool(self.choices.wanted)))

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        left = QScrollArea()
        left.setWidgetResizable(True)
        left.setWidget(self.choices)
        left.setFixedWidth(LEFT_WIDTH)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_by_finger(left)
        self.save_button.setObjectName("primary")
        self.save_button.setDefault(True)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 8, 0)
        head.setSpacing(12)
        head.addWidget(PlainLabel("Reports", "title"))
        whose = PlainLabel(self._chart.patient.full_name, "strong")
        whose.setWordWrap(True)
        head.addWidget(whose)
        head.addWidget(left, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self._tabs)
        right.addWidget(self.preview, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(head)
        body.addLayout(right, 1)
        line = QFrame()
        line.setObjectName("rule")
        line.setFixedHeight(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(20, 10, 20, 14)
        buttons.setSpacing(10)
        buttons.addWidget(self.foot, 1)
        for button in (self.close_button, self.print_button, self.save_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(line)
        column.addLayout(buttons)
        parent = self.parentWidget()
        if parent is not None:
            self.resize(parent.size() * 0.93)

    def _button(self, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on: do())
        return button
