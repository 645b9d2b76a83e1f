"""Exporting the chart as a PDF: where to, on which paper, done in the background."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.body.atlas import Atlas
from app.domain.identity import UUID
from app.domain.ports import Repository
from app.domain.records import TreatmentSession
from app.domain.words import local_day
from app.jobs import Jobs
from app.notify import Notifier
from app.panels.file_dialogs import export_folder, saving_dialog, say_saved
from app.report.papers import Paper
from app.settings import Settings

_PAPERS: dict[str, Paper] = {
    "PDF on A4 paper (*.pdf)": "a4",
    "PDF on US Letter paper (*.pdf)": "us-letter",
}


class PdfExport:
    """Asks where the file goes and makes it; the window can be used meanwhile."""

    def __init__(
        self,
        repository: Repository,
        atlas: Atlas,
        jobs: Jobs,
        settings: Settings,
        notifier: Notifier,
        window: QWidget,
    ) -> None:
        self._repository = repository
        self._atlas = atlas
        self._jobs = jobs
        self._settings = settings
        self._notifier = notifier
        self._window = window

    def ask(self, session: TreatmentSession) -> None:
        """Opens the system's file dialog; the choice of file type is the choice of paper."""
        papers = list(_PAPERS)
        if self._settings.values.paper == "us-letter":
            papers.reverse()
        folder, name = export_folder(self._settings), suggested_name(session)
        dialog = saving_dialog(self._window, "Export chart as PDF", folder, papers, name)
        dialog.fileSelected.connect(
            lambda file: self.export(session.id, Path(file), _PAPERS[dialog.selectedNameFilter()])
        )
        dialog.open()

    def export(self, session_id: UUID, out: Path, paper: Paper) -> None:
        """Makes the file in the background and says when it is there."""
        self._settings.change(export_folder=str(out.parent), paper=paper)

        def make() -> Path:
            from app.exchange.fingerprint import seal
            from app.report.letterhead import letterhead_of
            from app.report.pdf import write_session_pdf

            write_session_pdf(
                self._repository,
                session_id,
                out,
                paper=paper,
                atlas=self._atlas,
                seal=seal,
                letterhead=letterhead_of(self._repository),
            )
            return out

        self._notifier.done("Making the PDF …")
        self._jobs.run(make, self._say_done, self._notifier.trouble)

    def _say_done(self, out: Path) -> None:
        say_saved(self._notifier, f"The chart was exported to {out.name}.", out)


def suggested_name(session: TreatmentSession) -> str:
    """A file name with the date and no patient's name: names of files travel."""
    return f"chart {local_day(session.started_at)} {session.id.hex[-6:]}.pdf"
