"""Plays the sessions one after the other, until the last one or any key."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication

STEP_MS = 800


class Player(QObject):
    """Moves a slider step by step. The key that stops it does nothing else."""

    playing_changed = Signal(bool)

    def __init__(self, slider: QAbstractSlider) -> None:
        super().__init__(slider)
        self._slider = slider
        self.timer = QTimer(self, interval=STEP_MS)
        self.timer.timeout.connect(self._step)

    @property
    def is_playing(self) -> bool:
        return self.timer.isActive()

    def toggle(self) -> None:
        if self.is_playing:
            self.stop()
        else:
            self.play()

    def play(self) -> None:
        """From where the slider is; from the first session where it is at the last."""
        slider = self._slider
        if slider.maximum() <= slider.minimum():
            return
        if slider.value() == slider.maximum():
            slider.setValue(slider.minimum())
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self.timer.start()
        self.playing_changed.emit(True)

    def stop(self) -> None:
        if not self.is_playing:
            return
        self.timer.stop()
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self.playing_changed.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()  # else the key would be taken for a menu's
            return True
        if event.type() is QEvent.Type.KeyPress:
            self.stop()
            return True
        return False

    def _step(self) -> None:
        self._slider.setValue(self._slider.value() + 1)
        if self._slider.value() == self._slider.maximum():
            self.stop()
