"""The line above the map: which view is large, the way back from a close-up, all other views, and
the practitioner's own pictures.
"""

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from app.body.atlas import Atlas
from app.body.view import View
from app.canvas.map_view import MapView
from app.domain.anatomy import Body
from app.domain.own_pictures import OwnPicture
from app.editing.actions import BY_ID
from app.panels.picture_chips import PictureChips
from app.panels.texts import PlainLabel

ALL_VIEWS = "All views"
ROOM_FOR_WORDS = 330
"""px of the line that say where the map looks, also in a close-up with a long name."""
_GROUPS = {
    "head_neck": "Head and neck",
    "shoulder": "Shoulder and axilla",
    "hand": "Forearm and hand",
    "trunk": "Trunk and flank",
    "pelvis": "Pelvis and hip",
    "leg": "Leg",
    "foot": "Foot",
}


class ViewBar(QWidget):
    """Shows where a map looks, as "Posterior › Left shoulder, posterior", and leads elsewhere."""

    add_asked = Signal()
    edit_asked = Signal()
    remove_asked = Signal()
    """The picture that is large is to be changed or removed."""

    def __init__(self, atlas: Atlas, body_map: MapView, *, read_only: bool = False) -> None:
        """``read_only``: pictures can be looked at, and neither added, changed nor removed."""
        super().__init__()
        self._read_only = read_only
        self._atlas = atlas
        self._map = body_map
        self._back = _quiet("‹ Back", body_map.go_back)
        self._back.setAccessibleName("Back from the close-up")
        key = BY_ID["view.close_up"].shortcuts[0]
        self._back.setToolTip(f"Back to the view from before ({key}, Backspace or Esc)")
        self._whole = _quiet("", body_map.go_back)
        self._whole.setToolTip(f"Back to the view from before ({key}, Backspace or Esc)")
        self._between = PlainLabel("›", "faint")
        self._views = QToolButton()
        self._views.setObjectName("views")
        self._views.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._views.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._views.setToolTip(f"All views; {key} opens the close-up under the pointer")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._pictures: list[tuple[OwnPicture, int]] = []
        self.chips = PictureChips()
        self.chips.asked.connect(body_map.enlarge)
        self._views.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(2)
        for each in (self._back, self._whole, self._between, self._views):
            row.addWidget(each)
        row.addStretch()
        row.addWidget(self.chips)
        body_map.enlarged_changed.connect(self.refresh)
        self.refresh()

    @property
    def has_pictures(self) -> bool:
        return bool(self._pictures)

    def show_pictures(self, pictures: list[tuple[OwnPicture, int]]) -> None:
        """The chart's own pictures, each with how many marks of the session on the desk it has."""
        self._pictures = pictures
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chips()

    def _show_chips(self) -> None:
        self.chips.show_pictures(self._pictures, self._map.enlarged, self.width() - ROOM_FOR_WORDS)

    def refresh(self) -> None:
        """Shows where the map looks now."""
        self._show_chips()
        close, whole = self._map.in_close_up, self._title(self._map.whole)
        for each in (self._back, self._whole, self._between):
            each.setVisible(close)
        self._whole.setText(whole)
        shown = self._title(self._map.enlarged)
        self._views.setText(shown)
        self._views.setAccessibleName(f"View: {shown}")

    def _title(self, name: str | None) -> str:
        # both bodies have the same views, and the same pictures
        return ALL_VIEWS if name is None else self._atlas.view(Body.FEMALE, name).title

    def _fill_menu(self) -> None:
        for menu in self._menu.findChildren(QMenu):
            menu.deleteLater()
        self._menu.clear()
        for view in self._atlas.views(Body.FEMALE):
            self._add(self._menu, view.title, view.name)
        self._add(self._menu, ALL_VIEWS, None)
        self._menu.addSeparator()
        close_ups = self._atlas.close_ups(Body.FEMALE)
        for group, views in groupby(close_ups, key=lambda view: view.group):
            menu = self._menu.addMenu(_GROUPS.get(group, group.replace("_", " ").capitalize()))
            for view in sorted(views, key=_left_before_right):
                self._add(menu, view.title, view.name)
        self._menu.addSeparator()
        for picture, count in self._pictures:
            words = f"{picture.title}  ({count})" if count else picture.title
            self._add(self._menu, words.replace("&", "&&"), picture.version)
        if self._read_only:
            return
        self._menu.addAction("Add picture …").triggered.connect(self.add_asked)
        if any(picture.version == self._map.enlarged for picture, _count in self._pictures):
            self._menu.addAction("Picture's details").triggered.connect(self.edit_asked)
            self._menu.addAction("Remove picture").triggered.connect(self.remove_asked)

    def _add(self, menu: QMenu, title: str, name: str | None) -> None:
        menu.addAction(title).triggered.connect(lambda: self._map.enlarge(name))


def _quiet(text: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(do)
    return button


def _left_before_right(view: View) -> str:
    return "" if view.side is None else view.side.value
