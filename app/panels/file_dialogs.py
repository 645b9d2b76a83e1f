"""The system's dialogs for files that are made or read here, and what is said when one is there."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from app.notify import Notifier
from app.settings import Settings


def export_folder(settings: Settings) -> str:
    """The folder of last time, else the user's documents."""
    return settings.values.export_folder or QStandardPaths.writableLocation(
        QStandardPaths.StandardLocation.DocumentsLocation
    )


def saving_dialog(
    over: QWidget, title: str, folder: str, types: Sequence[str], suggested: str
) -> QFileDialog:
    """Asks where a new file goes, ``suggested`` by name. Its suffix is that of the type that is
    chosen: "pdf" of "PDF on A4 paper (*.pdf)".
    """
    dialog = _dialog(over, title, folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(types))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))
    dialog.setDefaultSuffix(_suffix(types[0]))
    dialog.selectFile(suggested)
    return dialog


def opening_dialog(over: QWidget, title: str, folder: str, types: str) -> QFileDialog:
    """Asks for a file that is there."""
    dialog = _dialog(over, title, folder)
    dialog.setNameFilter(types)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def folder_dialog(over: QWidget, title: str, folder: str) -> QFileDialog:
    """Asks for a folder that is there."""
    dialog = _dialog(over, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog


def _dialog(over: QWidget, title: str, folder: str) -> QFileDialog:
    dialog = QFileDialog(over, title, folder)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _suffix(file_type: str) -> str:
    """ "png" of "PNG picture (*.png)"."""
    return file_type.rpartition(".")[2].removesuffix(")")


def path_line(path: QLineEdit, choosing: str, ask: Callable[[], None]) -> QWidget:
    """The line of a path with a button beside it that opens a dialog; ``choosing`` names it to
    screen readers.
    """
    button = QPushButton("Choose …")
    button.setAccessibleName(choosing)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _on: ask())
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(path, 1)
    row.addWidget(button)
    line.setFocusProxy(path)
    return line


def say_saved(notifier: Notifier, words: str, path: Path) -> None:
    """Says that the file or folder ``path`` is there, with a way to open it."""
    notifier.done(words, "Open", opener(path))


def opener(path: Path) -> Callable[[], object]:
    """Opens a file or folder as the system does."""
    url = QUrl.fromLocalFile(str(path))
    return lambda: QDesktopServices.openUrl(url)


def may_replace(paths: Sequence[Path], parent: QWidget) -> bool:
    """Whether files of these names are not there yet, or may be replaced: asks once for all."""
    there = sum(path.exists() for path in paths)
    return not there or ask_to_replace(there, paths[0].parent, parent)


def ask_to_replace(count: int, folder: Path, parent: QWidget) -> bool:
    """Asks whether ``count`` files in ``folder`` may be replaced."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Replace files?")
    files = "1 file of these names is" if count == 1 else f"{count:,} files of these names are"
    box.setText(f"{files} in {folder.name or folder} already.")
    replace = box.addButton("Replace", QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    return box.clickedButton() is replace
