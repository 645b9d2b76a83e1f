"""The muscles: found by any of their names, and what is known of the one that is chosen.

While the window is open the chosen muscle is lit up on the map. So it is narrow, and opens over
the column of sessions: the body stays in sight.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.body.muscles import FROM_MEMORY, Catalogue, Muscle
from app.panels.rows import RowsModel
from app.panels.texts import PlainLabel

WIDTH, HEIGHT = 312, 680
LIST_HEIGHT = 148
"""px: five names and a bit, so that one sees that there are more."""
MINIMUM_HEIGHT = 420
TOP = 108
"""px from the chart's top edge: the patient's name stays in sight, below any title bar."""


def needle_words(muscle: Muscle) -> str:
    """ "25–40 mm, pincer grip": a usual product length, not a depth."""
    if muscle.needle_mm is None:
        return muscle.needle_note.capitalize()
    shortest, longest = muscle.needle_mm
    length = f"{shortest} mm" if shortest == longest else f"{shortest}–{longest} mm"
    return f"{length}, {muscle.needle_note}" if muscle.needle_note else length


def facts_of(muscle: Muscle) -> list[tuple[str, str]]:
    """Headings and what stands beside them; what is not known is left out."""
    facts = [
        ("Latin", muscle.latin),
        ("Also called", ", ".join(muscle.aliases)),
        ("Depth", muscle.layer.capitalize()),
        ("Nerve", muscle.nerve),
        ("Roots", muscle.roots),
        ("Usual needle", needle_words(muscle)),
        ("Hazards", _hazards(muscle)),
        ("Referred pain", muscle.referral),
        ("Read", "\n".join(muscle.read)),
        ("Doubt", muscle.doubt),
    ]
    return [(heading, text) for heading, text in facts if text]


def _hazards(muscle: Muscle) -> str:
    """What lies near, one a line, and how grave it is to hit it."""
    if not muscle.hazards:
        return ""
    return "\n".join((*muscle.hazards, f"Severity: {muscle.severity}"))


class MusclePage(QScrollArea):
    """What is known of one muscle, and how sure that is."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName("About the muscle")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_muscle(self, muscle: Muscle | None) -> None:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(2, 4, 10, 14)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        if muscle is not None:
            grid.addWidget(_wrapped(muscle.name, "strong"), 0, 0, 1, 2)
            grid.addWidget(_wrapped(f"{muscle.review}.", "warningText"), 1, 0, 1, 2)
            for row, (heading, text) in enumerate(facts_of(muscle), start=2):
                top = Qt.AlignmentFlag.AlignTop
                grid.addWidget(PlainLabel(heading, "small"), row, 0, top)
                grid.addWidget(_wrapped(text), row, 1, top)
            grid.addWidget(_wrapped(FROM_MEMORY, "small"), grid.rowCount(), 0, 1, 2)
            grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(page)


def _wrapped(text: str, name: str = "") -> PlainLabel:
    label = PlainLabel(text, name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class MuscleWindow(QDialog):
    """Search and page side by side. It stays open beside the chart."""

    lit = Signal(object)
    """The id of the muscle to light up, or None."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Muscles")
        self.setModal(False)
        self.resize(WIDTH, HEIGHT)
        self._catalogue = catalogue
        self._was_placed = False
        """It is moved aside once; from then on it stays where the user puts it."""
        self.search = QLineEdit()
        self.search.setPlaceholderText("Name, Latin name or everyday name")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Find a muscle")
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self._found = RowsModel(lambda muscle: muscle.name)
        self.list = QListView()
        self.list.setModel(self._found)
        self.list.setUniformItemSizes(True)
        self.list.setObjectName("rows")
        self.list.setAccessibleName("Muscles found")
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.nothing = PlainLabel("No muscle has such a name.", "faint")
        self.page = MusclePage()
        self._build()
        self._find("")

    @property
    def shown(self) -> Muscle | None:
        row = self.list.currentIndex().row()
        return self._found.rows[row] if 0 <= row < len(self._found.rows) else None

    def show_muscle(self, muscle_id: str) -> None:
        """Opens at one muscle."""
        self.search.clear()
        rows = [muscle.id for muscle in self._found.rows]
        if muscle_id in rows:
            self.list.setCurrentIndex(self._found.index(rows.index(muscle_id)))
        self.show()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        if not self._was_placed:
            self._was_placed = True
            self._stand_aside()
        super().showEvent(event)
        self._light()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.lit.emit(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down walk through the list while the cursor stays in the search line."""
        if watched is self.search and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if pressed and event.key() in steps:
                row = self.list.currentIndex().row() + steps[Qt.Key(event.key())]
                if 0 <= row < len(self._found.rows):
                    self.list.setCurrentIndex(self._found.index(row))
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 4, 8)
        column.setSpacing(8)
        for widget in (self.search, self.nothing, self.list):
            column.addWidget(widget)
        column.addWidget(self.page, 1)

    def _stand_aside(self) -> None:
        """Goes to the left edge of the window that opened it, which is as high at least."""
        beside = self.parentWidget()
        if beside is not None:
            at = beside.mapToGlobal(QPoint(0, TOP))
            self.move(at)
            self.resize(WIDTH, min(HEIGHT, max(beside.height() - TOP, MINIMUM_HEIGHT)))

    def _find(self, text: str) -> None:
        found = self._catalogue.search(text) if text.strip() else self._catalogue.by_name
        self._found.show_rows(found)
        self.nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        self.list.setFixedHeight(min(self._height_of(len(found)), LIST_HEIGHT))
        if found:
            self.list.setCurrentIndex(self._found.index(0))
        self._show_current()

    def _height_of(self, rows: int) -> int:
        """px that so many rows need: what is known of the muscle follows at once."""
        return rows * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth() + 2

    def _show_current(self) -> None:
        self.page.show_muscle(self.shown)
        if self.isVisible():
            self._light()

    def _light(self) -> None:
        muscle = self.shown
        self.lit.emit(None if muscle is None else muscle.id)
