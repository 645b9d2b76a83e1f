"""Choosing the muscle of a mark: those under it first, from skin to bone, then all others."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from app.body.anatomy import MuscleHere
from app.body.muscles import Catalogue
from app.panels.wrapping import WrappingChoice

NOT_SAID = "Not recorded"


class MusclePicker(QWidget):
    """A list of muscles, and a button for what is known of the one shown."""

    chosen = Signal(object)
    """The id of the muscle that the user picked, or None."""
    page_asked = Signal(str)
    """What is known of this muscle is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._muscle: str | None = None
        self._list = WrappingChoice()
        self._list.setAccessibleName("Muscle")
        self._list.view().setAccessibleName("Muscles")
        self._list.setMaxVisibleItems(16)
        self._list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._list.setMinimumContentsLength(12)
        self._list.activated.connect(self._on_activated)
        self._about = QToolButton()
        self._about.setText("i")
        self._about.setToolTip("About this muscle")
        self._about.setAccessibleName("About this muscle")
        self._about.clicked.connect(self._ask_for_page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._list, 1)
        row.addWidget(self._about)

    def show_muscle(
        self, muscle: str | None, here: Sequence[MuscleHere], catalogue: Catalogue
    ) -> None:
        """Shows what is stored; ``here`` are the muscles under the mark."""
        self._muscle = muscle
        first = [each.muscle.id for each in here]
        others = sorted((m for m in catalogue.muscles if m.id not in first), key=lambda m: m.name)
        with QSignalBlocker(self._list):
            self._list.clear()
            for muscle_id in first:
                self._list.addItem(catalogue.name(muscle_id), muscle_id)
            self._list.addItem(NOT_SAID, None)
            self._list.insertSeparator(self._list.count())
            for each in others:
                self._list.addItem(each.name, each.id)
            if muscle is not None and catalogue.get(muscle) is None:
                self._list.addItem(muscle, muscle)  # of a catalogue that is not ours
            self._list.setCurrentIndex(self._list.findData(muscle))
        self._list.setToolTip(self._list.currentText())
        self._about.setEnabled(muscle is not None and catalogue.get(muscle) is not None)

    def _on_activated(self, index: int) -> None:
        muscle = self._list.itemData(index)
        if muscle != self._muscle:
            self.chosen.emit(muscle)

    def _ask_for_page(self) -> None:
        if self._muscle is not None:
            self.page_asked.emit(self._muscle)
