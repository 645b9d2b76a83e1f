"""Painting without a window still needs Qt's application object."""

import os
import sys

_kept: list[object] = []
"""Qt ends when its application object is collected, so the one made here is held."""


def ensure_gui() -> None:
    """Makes a QGuiApplication where there is none, off screen where there is no display.

    A program with a window has its own already, and nothing happens then.
    """
    from PySide6.QtCore import QCoreApplication

    if QCoreApplication.instance() is not None:
        return
    if "QT_QPA_PLATFORM" not in os.environ and not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    _kept.append(QGuiApplication([]))


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
