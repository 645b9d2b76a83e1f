"""The lower edge of the review page: sessions along time, and the buttons through them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.panels.review.player import Player
from app.panels.review.time_track import TimeTrack, TrackRow


class ReviewBar(QWidget):
    """Where there is one session, or none, nothing can be played and no button is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lower")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.track = TimeTrack()
        self.player = Player(self.track)
        self.play = QPushButton("Play")
        self.play.setToolTip("Play the sessions in the order of time (Space); any key stops")
        self.play.clicked.connect(self.player.toggle)
        self.earlier = self._step("‹", "Session before", -1)
        self.later = self._step("›", "Session after", 1)
        self.player.playing_changed.connect(self._show_playing)
        steps = QHBoxLayout()
        steps.setSpacing(4)
        steps.addWidget(self.earlier)
        steps.addWidget(self.later)
        buttons = QVBoxLayout()
        buttons.setContentsMargins(12, 12, 0, 12)
        buttons.setSpacing(6)
        buttons.addStretch()
        buttons.addWidget(self.play)
        buttons.addLayout(steps)
        buttons.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        row.addLayout(buttons)
        row.addWidget(self.track, 1)

    def show_rows(self, rows: Sequence[TrackRow], place: int) -> None:
        self.player.stop()
        self.track.show_rows(rows, place)
        for button in (self.play, self.earlier, self.later):
            button.setVisible(len(rows) > 1)
        self.track.setEnabled(bool(rows))

    def _step(self, sign: str, name: str, by: int) -> QPushButton:
        button = QPushButton(sign)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self.track.setValue(self.track.value() + by))
        return button

    def _show_playing(self, playing: bool) -> None:
        self.play.setText("Stop" if playing else "Play")
