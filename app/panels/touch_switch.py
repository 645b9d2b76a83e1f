"""Touch mode of the window, switched by hand or by the first touch of the screen, and kept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.panels.touch import least_px_on, least_target, set_least_target
from app.settings import Settings

TOUCH_AFTER_MS = 100


class TouchSwitch(QObject):
    """Whether targets are as large as a finger needs on the screen of ``window``."""

    switched = Signal(bool)

    def __init__(
        self, window: QWidget, settings: Settings, dress_anew: Callable[[], object]
    ) -> None:
        """``dress_anew`` sets the style sheet again, whose sizes have changed."""
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._dress_anew = dress_anew
        self.soon = QTimer(self, singleShot=True, interval=TOUCH_AFTER_MS)
        self.soon.timeout.connect(self._take_up)

    @property
    def is_on(self) -> bool:
        return self._settings.values.touch == "on"

    def toggle(self) -> None:
        """Switches touch mode; from then on no touch of the screen does it by itself."""
        self._set("off" if self.is_on else "on")

    def screen_was_touched(self) -> None:
        """The first touch of the screen switches touch mode on."""
        if self._settings.values.touch == "auto":
            self.soon.start()

    def show(self) -> None:
        """Targets are as large as the screen on which the window is asks for."""
        px = least_px_on(self._window.screen()) if self.is_on else 0
        self.switched.emit(self.is_on)
        if px != least_target():
            set_least_target(px)
            self._dress_anew()

    def _set(self, touch: str) -> None:
        self._settings.change(touch=touch)
        self.show()

    def _take_up(self) -> None:
        """When the finger has gone: nothing may move away under it."""
        if QApplication.mouseButtons() is not Qt.MouseButton.NoButton:
            self.soon.start()
        elif self._settings.values.touch == "auto":
            self._set("on")
