"""The forms of what is exported as tables and as pictures: what, of whom, in which format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QListView, QSpinBox, QWidget

from app.domain.findings import Finding
from app.panels.fields import Segments
from app.panels.forms import FormDialog
from app.panels.texts import PlainLabel
from app.report.map_picture import LARGEST_PX, SMALLEST_PX, PictureFormat

USUAL_PX = 2000
"""Of the longer edge: a whole body on a page at 170 dpi."""
ALL_HINT = "A patient is known by number and id in tables, never by name."
PICTURE_HINT = "A picture holds no name: its marks, the patient’s L and R, and nothing else."


@dataclass(frozen=True, slots=True)
class TablesWanted:
    of_all: bool
    is_xlsx: bool


class TablesForm(FormDialog):
    """``export`` is told what is wanted when the form is done, and asks where to."""

    keeps_record = False

    def __init__(
        self,
        patient: str,
        export: Callable[[TablesWanted], object],
        parent: QWidget | None = None,
    ) -> None:
        """``patient``: the name of whoever is open or chosen; "" for nobody."""
        super().__init__("Export tables", "Choose where to …", self._try, parent)
        options = [(True, "All patients")]
        if patient:
            options.insert(0, (False, "This patient"))
        self.whose = Segments("Of whom", options, optional=False)
        self.whose.show_value(options[0][0])
        self.add_field("whose", "Of whom", self.whose)
        self.field("whose").show_hint(f"{patient}. {ALL_HINT}" if patient else ALL_HINT)
        self.format = Segments(
            "Format", [(True, "Excel workbook"), (False, "CSV files")], optional=False
        )
        self.format.show_value(True)
        self.add_field("format", "Format", self.format)
        self.field("format").show_hint(
            "Sessions, marks, needles and scores: a sheet or a file each, units in the headings."
        )
        self.accepted.connect(lambda: export(TablesWanted(self.whose.value, self.format.value)))
        self.resize(560, 300)

    def _try(self) -> list[Finding]:
        return []


@dataclass(frozen=True, slots=True)
class ViewOffer:
    """A view that can be exported. ``marks``: how many of the session's are on it, as words."""

    name: str
    title: str
    marks: str


@dataclass(frozen=True, slots=True)
class PictureWanted:
    views: tuple[str, ...]
    form: PictureFormat
    size: int
    legend: bool


class PictureExportForm(FormDialog):
    """``export`` is told what is wanted when the form is done, and asks where to."""

    keeps_record = False

    def __init__(
        self,
        session: str,
        views: Sequence[ViewOffer],
        chosen: str,
        export: Callable[[PictureWanted], object],
        parent: QWidget | None = None,
    ) -> None:
        """``session``: what it is called; ``chosen``: the view that is ticked at first."""
        super().__init__("Export map as picture", "Choose where to …", self._try, parent)
        self.add_field("session", "Session", PlainLabel(session, "strong"))
        self._items = QStandardItemModel(self)
        for view in views:
            self._items.appendRow(_row(view, view.name == chosen))
        self.views = QListView()
        self.views.setObjectName("rows")
        self.views.setModel(self._items)
        self.views.setMinimumHeight(150)
        self.add_field("views", "Views", self.views)
        self.format = Segments("Format", [("png", "PNG"), ("svg", "SVG")], optional=False)
        self.format.show_value("png")
        self.add_field("format", "Format", self.format)
        self.size_px = QSpinBox()
        self.size_px.setRange(SMALLEST_PX, LARGEST_PX)
        self.size_px.setGroupSeparatorShown(True)
        self.size_px.setSingleStep(100)
        self.size_px.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.size_px.setSuffix(" px")
        self.size_px.setValue(USUAL_PX)
        self.add_field("size", "Longer edge", self.size_px)
        self.legend = QCheckBox("What the signs mean, below the map")
        self.legend.setChecked(True)
        self.add_field("legend", "Legend", self.legend)
        self.field("legend").show_hint(PICTURE_HINT)
        self.accepted.connect(lambda: export(self._wanted))
        self.resize(560, 560)

    def tick_only(self, *names: str) -> None:
        """Ticks these views and no other."""
        for item in self._rows():
            on = item.data(Qt.ItemDataRole.UserRole) in names
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    @property
    def _wanted(self) -> PictureWanted:
        ticked = [each for each in self._rows() if each.checkState() is Qt.CheckState.Checked]
        names = tuple(each.data(Qt.ItemDataRole.UserRole) for each in ticked)
        return PictureWanted(
            names, self.format.value, self.size_px.value(), self.legend.isChecked()
        )

    def _rows(self) -> list[QStandardItem]:
        return [self._items.item(row) for row in range(self._items.rowCount())]

    def _try(self) -> list[Finding]:
        return [] if self._wanted.views else [Finding("views", "Tick at least one view.")]


def _row(view: ViewOffer, ticked: bool) -> QStandardItem:
    item = QStandardItem(f"{view.title} · {view.marks}")
    item.setCheckable(True)
    item.setEditable(False)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    item.setData(view.name, Qt.ItemDataRole.UserRole)
    return item
