"""Before, Needles, After: the stages of a visit as a bar, and the page of the one that is shown."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.stages import Stage
from app.editing.actions import STAGE_ACTIONS
from app.panels.stage_page import StagePage
from app.panels.typing import Keeper

_PLACES = ("first", "middle", "last")
DONE = "✓"


class StageBar(QWidget):
    """One segment a stage. What is done has a check mark, and says so to a screen reader."""

    chosen = Signal(object)
    """The Stage that is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Stage of the session")
        self._buttons: dict[Stage, QToolButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for stage, place in zip(Stage, _PLACES, strict=True):
            button = QToolButton()
            button.setObjectName("segment")
            button.setProperty("place", place)
            button.setCheckable(True)
            button.setMinimumHeight(34)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            action = STAGE_ACTIONS[stage]
            button.setToolTip(f"{action.tip} ({action.shortcuts[0]})")
            button.clicked.connect(lambda _on, stage=stage: self.chosen.emit(stage))
            self._group.addButton(button)
            row.addWidget(button)
            self._buttons[stage] = button
        self.show_done(frozenset())
        self.show_stage(Stage.NEEDLES)

    def show_stage(self, stage: Stage) -> None:
        self._buttons[stage].setChecked(True)

    def show_done(self, done: frozenset[Stage]) -> None:
        for stage, button in self._buttons.items():
            name = STAGE_ACTIONS[stage].name
            button.setText(f"{DONE} {name}" if stage in done else name)
            button.setAccessibleName(f"{name}, {'done' if stage in done else 'not done yet'}")

    def button(self, stage: Stage) -> QToolButton:
        return self._buttons[stage]


class Stages(QWidget):
    """The bar with the page below it. Pages but that of the needles are made when first shown."""

    words_changed = Signal()
    """Something is typed on a page that is not stored yet, or it is stored now."""
    finished = Signal()
    """Esc on a page: the user wants to go on charting."""

    def __init__(self, needles: QWidget, makers: Mapping[Stage, Callable[[], StagePage]]) -> None:
        super().__init__()
        self.bar = StageBar()
        self.stage = Stage.NEEDLES
        self._makers = makers
        self._pages: dict[Stage, StagePage] = {}
        self._stack = QStackedWidget()
        self._needles = needles
        self._stack.addWidget(needles)
        self.bar.chosen.connect(self.go_to)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.addWidget(self.bar)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def go_to(self, stage: Stage) -> None:
        """Shows the page of a stage, as its session stands now."""
        if stage is not self.stage:
            self.flush()
        self.stage = stage
        with QSignalBlocker(self.bar):
            self.bar.show_stage(stage)
        self._stack.setCurrentWidget(self._needles if stage is Stage.NEEDLES else self.page(stage))
        self.refresh()

    def page(self, stage: Stage) -> StagePage:
        """The page of a stage beside the needles', made when it is first wanted."""
        if stage not in self._pages:
            page = self._pages[stage] = self._makers[stage]()
            page.finished.connect(self.finished)
            page.words_changed.connect(self.words_changed)
            self._stack.addWidget(page)
        return self._pages[stage]

    def refresh(self) -> None:
        """Shows the page that is seen anew; the others are shown anew when they are seen."""
        if self.stage is not Stage.NEEDLES:
            self.page(self.stage).show_session()

    @property
    def keepers(self) -> tuple[Keeper, ...]:
        return tuple(keeper for page in self._pages.values() for keeper in page.keepers)

    def flush(self) -> bool:
        """Stores what was typed on the pages; whether all of it is stored now."""
        stored = [keeper.settle() for keeper in self.keepers]
        return all(stored)
