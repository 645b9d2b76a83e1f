"""Saving a table of the practice's page: where to, and as CSV or XLSX."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.notify import Notifier
from app.panels.file_dialogs import export_folder, saving_dialog, say_saved
from app.panels.practice.asking import Asking
from app.panels.practice.tab import SavedTable
from app.settings import Settings

FILTERS = ("Table for any program (*.csv)", "Excel workbook (*.xlsx)")
WHAT_IT_HOLDS = "Save what is listed as a table. Patients stand in it by number, not by name."


class SaveTable(QPushButton):
    """Asks where the file goes and writes it in the background."""

    def __init__(
        self,
        tables: Callable[[], list[SavedTable]],
        today: Callable[[], date],
        asking: Asking,
        settings: Settings,
        notifier: Notifier,
        window: QWidget,
    ) -> None:
        super().__init__("Save table …")
        self.setToolTip(WHAT_IT_HOLDS)
        self._tables = tables
        self._today = today
        self._asking = asking
        self._settings = settings
        self._notifier = notifier
        self._window = window
        self.clicked.connect(self.choose)

    def choose(self) -> None:
        """Asks which table where there are several, then where to."""
        tables = self._tables()
        if len(tables) == 1:
            self.ask(tables[0])
            return
        self.menu_of(tables).popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu_of(self, tables: list[SavedTable]) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for table in tables:
            menu.addAction(table.title).triggered.connect(lambda _on, table=table: self.ask(table))
        return menu

    def ask(self, table: SavedTable) -> None:
        folder, name = export_folder(self._settings), f"{table.table.name} {self._today()}"
        dialog = saving_dialog(self._window, table.title, folder, FILTERS, name)
        dialog.fileSelected.connect(lambda file: self.write(table, Path(file)))
        dialog.open()

    def write(self, table: SavedTable, out: Path) -> None:
        """Writes the file in the background and says when it is there."""
        self._settings.change(export_folder=str(out.parent))

        def make() -> int:
            from app.exchange.table_files import write_table

            return write_table(out, table.table, table.read())

        self._asking.ask("save", make, lambda rows: self._say_done(out, rows))

    def _say_done(self, out: Path, rows: int) -> None:
        many = "1 row was" if rows == 1 else f"{rows:,} rows were"
        say_saved(self._notifier, f"{many} saved to {out.name}.", out)
