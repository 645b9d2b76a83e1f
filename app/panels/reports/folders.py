"""Where files go that are made in the window: the folder of last time, and what lies there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.settings import Settings


def export_folder(settings: Settings) -> str:
    """The folder of last time, else the user's documents."""
    return settings.values.export_folder or QStandardPaths.writableLocation(
        QStandardPaths.StandardLocation.DocumentsLocation
    )


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
