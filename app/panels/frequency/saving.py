"""Saving a map of "how often" as a picture, and its table: where to, done in the background."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.body.picture_style import PictureStyle
from app.body.view import View
from app.domain.words import local_day
from app.exchange.tables import Row, Table
from app.jobs import Jobs
from app.notify import Notifier
from app.painting.skin_heat import SkinHeat
from app.panels.file_dialogs import export_folder, saving_dialog, say_saved
from app.panels.frequency.words import NO_MUSCLE, TITLES, figures_words, left_out_words
from app.review.place_table import PlaceRow
from app.review.skin_frequency import SkinFrequency
from app.settings import Settings

PICTURE_TYPES = ("PNG picture (*.png)", "SVG picture (*.svg)")
TABLE_TYPES = ("XLSX workbook (*.xlsx)", "CSV table (*.csv)")
_HEADINGS = (
    "Muscle", "Muscle id", "Patient's side", "Needles (number)", "Trigger points (number)",
    "Twitches (number)", "Soreness marks (number)", "Sessions (number)",
)  # fmt: skip
TABLE = Table("how often", _HEADINGS)


class FrequencySaving:
    """Names of files hold what is shown and the day, and no patient's name: files travel."""

    def __init__(
        self,
        jobs: Jobs,
        settings: Settings,
        notifier: Notifier,
        clock: Callable[[], datetime],
    ) -> None:
        self._jobs = jobs
        self._settings = settings
        self._notifier = notifier
        self._clock = clock

    def ask_picture(
        self,
        over: QWidget,
        found: SkinFrequency,
        heat: SkinHeat,
        views: Sequence[View],
        style: PictureStyle,
        whose: str,
    ) -> None:
        """Opens the system's file dialog."""
        name = f"{TITLES[found.counted].lower()} {self._today()}.png"

        def save(out: Path) -> None:
            self.save_picture(out, found, heat, views, style, whose)

        self._ask(over, "Save picture of the map", name, PICTURE_TYPES, save)

    def ask_table(
        self, over: QWidget, rows: Sequence[PlaceRow], name: Callable[[str], str]
    ) -> None:
        """Opens the system's file dialog. ``name``: of a muscle by its id."""
        suggested = f"how often {self._today()}.xlsx"
        self._ask(
            over, "Save table", suggested, TABLE_TYPES, lambda out: self.save_table(out, rows, name)
        )

    def save_picture(
        self,
        out: Path,
        found: SkinFrequency,
        heat: SkinHeat,
        views: Sequence[View],
        style: PictureStyle,
        whose: str,
    ) -> None:
        """Makes the file in the background and says when it is there."""
        words = [line for line in (whose, figures_words(found), left_out_words(found)) if line]

        def make() -> Path:
            from app.report.frequency_picture import FrequencyPicture, write_frequency_picture

            made = FrequencyPicture(views, heat, style, TITLES[found.counted], words)
            write_frequency_picture(made, out)
            return out

        self._run(make)

    def save_table(self, out: Path, rows: Sequence[PlaceRow], name: Callable[[str], str]) -> None:
        """Makes the file in the background and says when it is there."""

        def make() -> Path:
            from app.exchange.table_files import write_table

            write_table(out, TABLE, [table_row(row, name) for row in rows])
            return out

        self._run(make)

    def say(self, error: Exception) -> None:
        """Says what went wrong, as everywhere."""
        self._notifier.trouble(error)

    def _ask(
        self,
        over: QWidget,
        title: str,
        suggested: str,
        types: Sequence[str],
        save: Callable[[Path], None],
    ) -> None:
        dialog = saving_dialog(over, title, export_folder(self._settings), types, suggested)

        def accept(file: str) -> None:
            out = Path(file)
            self._settings.change(export_folder=str(out.parent))
            save(out)

        dialog.fileSelected.connect(accept)
        dialog.open()

    def _run(self, make: Callable[[], Path]) -> None:
        self._notifier.done("Making the file …")
        self._jobs.run(make, self._say_done, self._notifier.trouble)

    def _say_done(self, out: Path) -> None:
        say_saved(self._notifier, f"Saved {out.name}.", out)

    def _today(self) -> str:
        return str(local_day(self._clock()))


def table_row(row: PlaceRow, name: Callable[[str], str]) -> Row:
    """A row of ``TABLE``. ``name``: of a muscle by its id."""
    muscle = NO_MUSCLE if row.muscle is None else name(row.muscle)
    side = None if row.side is None else row.side.value
    return (muscle, row.muscle, side, *row[2:])
