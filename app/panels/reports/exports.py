"""Tables and pictures from the window: asked for in a form, made in the background, then said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.body.atlas import Atlas
from app.domain.errors import KnownError
from app.domain.identity import UUID
from app.domain.ports import Repository
from app.domain.records import TreatmentSession
from app.domain.words import counted_marks, local_day
from app.editing.session_editor import SessionEditor
from app.jobs import Jobs
from app.notify import Notifier
from app.panels.file_dialogs import (
    export_folder,
    folder_dialog,
    may_replace,
    saving_dialog,
    say_saved,
)
from app.settings import Settings

if TYPE_CHECKING:
    from app.exchange.tables import MuscleName
    from app.panels.reports.export_forms import PictureWanted, TablesWanted, ViewOffer

USUAL_VIEW = "posterior"


class Exports:
    """What is exported beside reports. The window can be used while it is made."""

    def __init__(
        self,
        repository: Repository,
        atlas: Atlas,
        editor: SessionEditor,
        jobs: Jobs,
        settings: Settings,
        notifier: Notifier,
        window: QWidget,
    ) -> None:
        self._repository = repository
        self._atlas = atlas
        self._editor = editor
        self._jobs = jobs
        self._settings = settings
        self._notifier = notifier
        self._window = window

    # -- tables ----------------------------------------------------------------------------

    def ask_tables(self, patient_id: UUID | None) -> None:
        """Opens the form of the tables of a patient, or of all."""
        from app.panels.reports.export_forms import TablesForm

        try:
            found = self._repository.patients([patient_id]) if patient_id is not None else []
        except KnownError as error:
            self._notifier.trouble(error)
            return
        name = found[0].full_name if found else ""

        def export(wanted: TablesWanted) -> None:
            self._ask_where_to(wanted, None if wanted.of_all else patient_id)

        TablesForm(name, export, self._window).open()

    def _ask_where_to(self, wanted: TablesWanted, patient_id: UUID | None) -> None:
        folder = export_folder(self._settings)
        if wanted.is_xlsx:
            types = ("Excel workbook (*.xlsx)",)
            dialog = saving_dialog(
                self._window, "Export tables", folder, types, "needlepoint tables.xlsx"
            )
        else:
            dialog = folder_dialog(self._window, "Folder for the tables", folder)
        dialog.fileSelected.connect(
            lambda file: self.export_tables(Path(file), patient_id, is_xlsx=wanted.is_xlsx)
        )
        dialog.open()

    def export_tables(self, out: Path, patient_id: UUID | None, *, is_xlsx: bool) -> None:
        """Writes the tables of a patient, or of all: a workbook, or CSV files into a folder."""
        from app.exchange.tables import TABLES

        if not is_xlsx and not may_replace(
            [out / f"{table.name}.csv" for table in TABLES], self._window
        ):
            return
        repository, muscle_name = self._repository, self._atlas.catalogue.name
        self._make(
            lambda: _write_tables(repository, muscle_name, patient_id, out, is_xlsx=is_xlsx),
            f"The tables were exported to {out.name}.",
            out,
            out.parent if is_xlsx else out,
        )

    # -- pictures --------------------------------------------------------------------------

    def ask_picture(self, enlarged: str | None, title: str) -> None:
        """Opens the form of the map of the session on the desk, which is called ``title``;
        ``enlarged``: the view that is large now.
        """
        from app.panels.reports.export_forms import PictureExportForm

        session = self._editor.session
        if session is not None:
            offers = self._views()
            names = {each.name for each in offers}
            chosen = enlarged if enlarged in names else USUAL_VIEW
            assert chosen is not None

            def export(wanted: PictureWanted) -> None:
                self._ask_where(session, wanted)

            PictureExportForm(title, offers, chosen, export, self._window).open()

    def _views(self) -> list[ViewOffer]:
        """The whole bodies, the patient's own pictures, and the close-ups that show a mark."""
        from app.painting.placing import place_marks
        from app.panels.reports.export_forms import ViewOffer

        atlas, body = self._editor.atlas, self._editor.body
        always = {view.name for view in (*atlas.views(body), *atlas.own_views())}
        offers = []
        for view in (*atlas.views(body), *atlas.own_views(), *atlas.close_ups(body)):
            count = len(place_marks(atlas, self._editor.marks, body, view.name))
            if count or view.name in always:
                offers.append(ViewOffer(view.name, view.title, counted_marks(count)))
        return offers

    def _ask_where(self, session: TreatmentSession, wanted: PictureWanted) -> None:
        folder = export_folder(self._settings)
        names = [picture_name(session, view, wanted.form) for view in wanted.views]
        if len(names) == 1:
            types = (f"{wanted.form.upper()} (*.{wanted.form})",)
            dialog = saving_dialog(self._window, "Export map", folder, types, names[0])
            dialog.fileSelected.connect(
                lambda file: self.export_pictures(session, wanted, [Path(file)])
            )
        else:
            dialog = folder_dialog(self._window, f"Folder for {len(names)} pictures", folder)
            dialog.fileSelected.connect(
                lambda file: self._export_into(session, wanted, [Path(file) / n for n in names])
            )
        dialog.open()

    def _export_into(
        self, session: TreatmentSession, wanted: PictureWanted, paths: list[Path]
    ) -> None:
        if may_replace(paths, self._window):
            self.export_pictures(session, wanted, paths)

    def export_pictures(
        self, session: TreatmentSession, wanted: PictureWanted, paths: list[Path]
    ) -> None:
        """Writes a file for each view that is wanted."""
        repository, atlas = self._repository, self._atlas

        def write() -> None:
            from app.report.map_picture import write_map_picture

            for view, path in zip(wanted.views, paths, strict=True):
                write_map_picture(
                    repository, session.id, view, path, size=wanted.size, form=wanted.form,
                    atlas=atlas, legend=wanted.legend,
                )  # fmt: skip

        folder = paths[0].parent
        one = len(paths) == 1
        words = (
            f"The map was exported to {paths[0].name}."
            if one
            else f"{len(paths)} maps were exported to {folder.name or folder}."
        )
        self._make(write, words, paths[0] if one else folder, folder)

    # -- what both need --------------------------------------------------------------------

    def _make(self, write: Callable[[], None], words: str, shown: Path, folder: Path) -> None:
        """Writes in the background, and says when it is there, with a way to ``shown``."""
        self._settings.change(export_folder=str(folder))
        self._notifier.done("Exporting …")
        self._jobs.run(
            write, lambda _none: say_saved(self._notifier, words, shown), self._notifier.trouble
        )


def picture_name(session: TreatmentSession, view: str, form: str) -> str:
    """A file name with the day and the view, and no patient's name."""
    name = view if view.replace("_", "").isalpha() else f"picture {view[-6:]}"
    return f"map {local_day(session.started_at)} {session.id.hex[-6:]} {name}.{form}"


def _write_tables(
    repository: Repository,
    muscle_name: MuscleName,
    patient_id: UUID | None,
    out: Path,
    *,
    is_xlsx: bool,
) -> None:
    from app.exchange.table_files import write_csv, write_xlsx
    from app.exchange.tables import rows_of, rows_of_practice

    rows = (
        rows_of_practice(repository, muscle_name)
        if patient_id is None
        else rows_of(repository.everything([patient_id]), muscle_name)
    )
    if is_xlsx:
        write_xlsx(out, rows)
    else:
        write_csv(out, rows)
