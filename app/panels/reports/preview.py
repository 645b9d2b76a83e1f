"""The preview: pages of one report, which page is in sight, and how large."""

from collections.abc import Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.domain.errors import KnownError
from app.notify import BUG_SENTENCE
from app.panels.reports.pages_view import STEP, PagesView
from app.panels.reports.previewing import ItemOf, Previewing
from app.panels.texts import PlainLabel
from app.report.pages import Pages
from app.report.papers import Paper

MAKING = "Making the preview …"


class Preview(QWidget):
    """Shows what ``previewing`` makes; in its place one sentence, where there is nothing to see."""

    def __init__(self, previewing: Previewing) -> None:
        super().__init__()
        self._previewing = previewing
        self._key: Hashable = None
        self._paper: Paper = "a4"
        self.view = PagesView()
        self.sentence = PlainLabel("", "faint")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setWordWrap(True)
        self.sentence.setMargin(40)
        self.page = PlainLabel("", "faint")
        self.page.setAccessibleName("Page in sight")
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(8)
        bar.addWidget(self.page)
        bar.addStretch()
        self._buttons = [
            self._button(bar, "−", "Smaller", lambda: self.view.zoom_by(1 / STEP)),
            self._button(bar, "+", "Larger", lambda: self.view.zoom_by(STEP)),
            self._button(bar, "Width", "As wide as there is room (0)", self.view.fit_width),
            self._button(bar, "Whole page", "A whole page in sight", self.view.fit_page),
        ]
        area = QWidget()
        area.setObjectName("ground")
        area.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedLayout(area)
        self._stack.addWidget(self.sentence)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addLayout(bar)
        self.view.wanted.connect(self._ask_for_pictures)
        self.view.moved.connect(self._say_page)
        previewing.begun.connect(lambda: self.say(MAKING))
        previewing.made.connect(self._show_pages)
        previewing.failed.connect(self._say_error)
        previewing.picture_made.connect(self._show_picture)

    def show_report(self, key: Hashable, item_of: ItemOf, paper: Paper) -> None:
        """Shows the report ``key`` as soon as it is made."""
        self._key, self._paper = key, paper
        self._previewing.ask(key, item_of)

    def say(self, sentence: str) -> None:
        """Shows a sentence and no page."""
        self.sentence.setText(sentence)
        self._stack.setCurrentWidget(self.sentence)
        self._say_page()

    def say_nothing_wanted(self, sentence: str) -> None:
        self._key = None
        self._previewing.ask_for_nothing()
        self.say(sentence)

    @property
    def shows_pages(self) -> bool:
        return self._stack.currentWidget() is self.view

    def _show_pages(self, key: Hashable, pages: Pages) -> None:
        if key == self._key:
            self.view.show_pages(pages.count, self._paper)
            self._stack.setCurrentWidget(self.view)
            self._say_page()

    def _ask_for_pictures(self, numbers: list[int], ppi: float) -> None:
        if self.shows_pages:
            self._previewing.ask_for_pictures(self._key, numbers, ppi)

    def _show_picture(self, key: Hashable, number: int, ppi: float, picture: QImage) -> None:
        if key == self._key:
            self.view.show_picture(number, ppi, picture)

    def _say_error(self, error: Exception) -> None:
        self.say(str(error) if isinstance(error, KnownError) else BUG_SENTENCE)

    def _say_page(self) -> None:
        shown = self.shows_pages
        words = f"Page {self.view.page} of {self.view.count}" if shown else ""
        self.page.setText(words)
        self.view.setAccessibleDescription(words)
        for button in self._buttons:
            button.setEnabled(shown)

    def _button(self, bar: QHBoxLayout, text: str, tip: str, do: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("quiet")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        bar.addWidget(button)
        return button
