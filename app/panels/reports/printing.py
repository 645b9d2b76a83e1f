"""Printing through the system's dialog: the pages of finished files, as large as on their paper.

Pages are painted in the background at the printer's resolution, one at a time, and laid onto the
printer on the window's thread, which is the only one that may.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.domain.errors import ExportError
from app.jobs import Jobs
from app.report.pages import Pages
from app.report.papers import Paper

MOST_PPI = 300.0
"""px per inch: finer than that no eye sees on paper, and a page takes four times as long."""
NO_PRINTER = "The printer cannot be written to. Choose another printer, or save a PDF."
_SIZES = {"a4": QPageSize.PageSizeId.A4, "us-letter": QPageSize.PageSizeId.Letter}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that is to be printed."""

    pages: Pages
    number: int


def new_printer(paper: Paper, title: str) -> QPrinter:
    """The system's printer, with the paper of the reports and no margin but theirs."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(_SIZES[paper]), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    return printer


def print_dialog(printer: QPrinter, count: int, parent: QWidget) -> QPrintDialog:
    """The system's dialog, which offers a range of ``count`` pages."""
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, count)
    dialog.setFromTo(1, count)
    return dialog


def sheets_for(printer: QPrinter, files: Sequence[Pages]) -> list[Sheet]:
    """What the printer is to get: the pages of its range through all ``files``, in its order, as
    often as there are copies where it makes none itself.
    """
    sheets = [Sheet(pages, k) for pages in files for k in range(1, pages.count + 1)]
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        sheets = sheets[printer.fromPage() - 1 : printer.toPage()]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        sheets.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return sheets * copies
    return [each for each in sheets for _copy in range(copies)]


class Printing(QObject):
    """One run: told how far it is, and can be cancelled."""

    progressed = Signal(int, int)
    """Sheets that are printed, and all."""
    ended = Signal(object)
    """None where all is printed, else the error."""

    def __init__(self, printer: QPrinter, sheets: Sequence[Sheet], jobs: Jobs) -> None:
        super().__init__()
        self._printer = printer
        self._sheets = list(sheets)
        self._jobs = jobs
        self._painter = QPainter()
        self._done = 0
        self._over = False

    def start(self) -> None:
        if not self._sheets:
            self._end(ExportError("There is no page in that range. Choose another one."))
        elif not self._painter.begin(self._printer):
            self._end(ExportError(NO_PRINTER))
        else:
            self._paint_next()

    def cancel(self) -> None:
        """Prints no more; what the printer has got already it may print."""
        if not self._over:
            self._over = True
            self._printer.abort()
            self._painter.end()

    def _paint_next(self) -> None:
        sheet, ppi = self._sheets[self._done], min(float(self._printer.resolution()), MOST_PPI)

        def work() -> QImage:
            return QImage.fromData(sheet.pages.picture(sheet.number, ppi))

        self._jobs.run(work, self._lay, self._end)

    def _lay(self, picture: QImage) -> None:
        if self._over:
            return
        if self._done and not self._printer.newPage():
            self._end(ExportError(NO_PRINTER))
            return
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        self._painter.drawImage(_fitted(picture, QRectF(paper)), picture)
        self._done += 1
        self.progressed.emit(self._done, len(self._sheets))
        if self._done < len(self._sheets):
            self._paint_next()
        else:
            self._end(None)

    def _end(self, error: Exception | None) -> None:
        if self._over:
            return
        self._over = True
        if self._painter.isActive() and not self._painter.end() and error is None:
            error = ExportError(NO_PRINTER)
        self.ended.emit(error)


def _fitted(picture: QImage, paper: QRectF) -> QRectF:
    """Where a page stands on ``paper``: as large as fits, in the middle."""
    scale = min(paper.width() / picture.width(), paper.height() / picture.height())
    size = QSizeF(picture.width() * scale, picture.height() * scale)
    place = QRectF(paper.topLeft(), size)
    place.moveCenter(paper.center())
    return place
