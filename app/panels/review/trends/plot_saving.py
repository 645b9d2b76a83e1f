"""Saving the plots as a file: where to, as SVG or PNG, and that it is there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.errors import KnownError
from app.files import write_whole
from app.notify import Notifier
from app.panels.file_dialogs import export_folder, saving_dialog, say_saved
from app.panels.review.trends.plot_files import plots_png, plots_svg
from app.review.trend import Trend
from app.settings import Settings

TITLE = "Figures over time"
NAME = "figures over time.svg"
"""No patient's name: names of files travel."""
FILTERS = ["SVG picture (*.svg)", "PNG picture (*.png)"]


class PlotSaving:
    """The file holds what is ticked, with time as a whole."""

    def __init__(self, settings: Settings, notifier: Notifier, window: QWidget) -> None:
        self._settings = settings
        self._notifier = notifier
        self._window = window

    def ask(self, trends: Sequence[Trend]) -> None:
        """Opens the system's file dialog."""
        folder = export_folder(self._settings)
        dialog = saving_dialog(self._window, "Save plots", folder, FILTERS, NAME)
        dialog.fileSelected.connect(lambda file: self.save(Path(file), trends))
        dialog.open()

    def save(self, out: Path, trends: Sequence[Trend]) -> None:
        """Writes the file, a PNG where its name ends so, or says why that cannot be."""
        try:
            if out.suffix.lower() == ".png":
                content = plots_png(trends)
            else:
                content = plots_svg(trends, TITLE)
            write_whole(out, [content])
        except KnownError as error:
            self._notifier.trouble(error)
            return
        self._settings.change(export_folder=str(out.parent))
        say_saved(self._notifier, f"The plots were saved as {out.name}.", out)
