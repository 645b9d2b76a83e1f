"""The right column of the review page: which spots were marked again, and the page of one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.identity import UUID
from app.panels.fields import Choice
from app.panels.review.site_lists import VisitHeadings, site_list, visit_list
from app.panels.review.site_rows import SiteRow, VisitRow
from app.panels.review.words import counted_words
from app.panels.side_width import SideWidth
from app.panels.texts import PlainLabel
from app.review.sites import Course

LEAST_WIDTH, MOST_WIDTH = 320, 360
GATES_MM = (10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0)
PAGE_HEIGHT = 290


class SitesPanel(QWidget):
    """Shows rows that others made, and says what is wanted of them."""

    site_chosen = Signal(object)
    """A SiteRow."""
    visit_chosen = Signal(object)
    """A VisitRow: its session is wanted at the slider."""
    gate_chosen = Signal(float)
    """mm."""
    link_asked = Signal(object, object)
    """Of a Visit: it is of the same spot as a Site."""
    unlink_asked = Signal(object)
    """Of a Visit: it is of none of the spots before."""
    place_asked = Signal(object)
    """Of a Visit: what was said of it is taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        SideWidth(self, LEAST_WIDTH, MOST_WIDTH)
        self.others: Callable[[VisitRow], Sequence[SiteRow]] = lambda _row: ()
        """The sites that a visit could be of, likeliest first."""
        self.count = PlainLabel("", "section")
        self.gate = Choice()
        self.gate.setAccessibleName("Marks within so many mm along the skin are one spot")
        self.gate.setToolTip("Marks of one kind, muscle and side that lie so close are one spot")
        self.gate.activated.connect(lambda row: self.gate_chosen.emit(self._gates[row]))
        self._gates: list[float] = []
        self.word = PlainLabel("", "faint")
        self.word.setWordWrap(True)
        self.sites = site_list()
        self.sites.chosen.connect(self._choose_site)
        self.page = self._make_page()
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 4)
        top.addWidget(self.count, 1)
        top.addWidget(PlainLabel("within ", "small"))
        top.addWidget(self.gate)
        self.word.setContentsMargins(12, 0, 12, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.word)
        column.addWidget(self.sites, 1)
        column.addWidget(self.page, 1)
        column.addStretch()  # without a list, what is said stands at the top

    def _make_page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("lower")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = PlainLabel("", "strong")
        self.title.setWordWrap(True)
        self.visits = visit_list()
        self.visits.chosen.connect(self._choose_visit)
        self.same = QPushButton("Same spot as …")
        self.same.setToolTip("Say of this day's mark that it is of another site")
        self.same.clicked.connect(
            lambda: self.menu().popup(self.same.mapToGlobal(self.same.rect().topLeft()))
        )
        self.apart = QPushButton("Not the same spot")
        self.apart.setToolTip("Say of this day's mark that it is of none of the spots before")
        self.apart.clicked.connect(lambda: self._ask(self.unlink_asked.emit))
        self.said = PlainLabel("", "small")
        self.said.setWordWrap(True)
        self.place = QPushButton("Let place tell again")
        self.place.setObjectName("quiet")
        self.place.clicked.connect(lambda: self._ask(self.place_asked.emit))
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.same)
        buttons.addWidget(self.apart)
        low = QVBoxLayout()
        low.setContentsMargins(12, 6, 12, 10)
        low.setSpacing(4)
        low.addWidget(self.said)
        low.addWidget(self.place)
        low.addLayout(buttons)
        self.title.setContentsMargins(12, 8, 12, 2)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(VisitHeadings())
        column.addWidget(self.visits, 1)
        column.addLayout(low)
        page.setMinimumHeight(PAGE_HEIGHT)
        page.hide()
        return page

    # -- showing ---------------------------------------------------------------------------

    def show_gate(self, gate_mm: float) -> None:
        """Offers the usual gates, and the one that is set."""
        self._gates = sorted({*GATES_MM, gate_mm})
        self.gate.clear()
        self.gate.addItems([f"{gate:g} mm" for gate in self._gates])
        self.gate.setCurrentIndex(self._gates.index(gate_mm))

    def show_word(self, words: str) -> None:
        """Says what is under way, or why there is no site; "" where sites are shown."""
        self.word.setText(words)
        self.word.setVisible(bool(words))
        self.sites.setVisible(not words)
        if words:
            self.count.setText("SITES")
            self.page.hide()

    def show_sites(self, rows: Sequence[SiteRow], every: int, chosen: int | None) -> None:
        """``every``: how many there are, also those that a filter leaves out."""
        counted = counted_words(every, "site")
        left_out = len(rows) < every
        self.count.setText((f"{len(rows)} of {counted}" if left_out else counted).upper())
        self.sites.show_rows(rows, chosen)

    def show_page(self, row: SiteRow | None, visits: Sequence[VisitRow]) -> None:
        """The visits of a site, newest first."""
        self.page.setVisible(row is not None)
        if row is not None:
            self.title.setText(f"{row.muscle}, {row.kind}")
            self.visits.show_rows(visits, None)

    def show_visit(self, current: int) -> None:
        """The one of the visits that buttons speak of."""
        rows = self.visits.rows.rows
        self.visits.show_rows(rows, current)
        self._show_said(rows[current])

    @property
    def visit(self) -> VisitRow | None:
        """The visit that buttons speak of."""
        row: VisitRow | None = self.visits.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row

    def _show_said(self, row: VisitRow) -> None:
        visit = row.visit
        self.apart.setEnabled(visit.course is not Course.NEW)
        self.same.setEnabled(bool(self.others(row)))
        self.place.setVisible(visit.by_hand)
        by = "as a person has said" if visit.by_hand else "as place tells"
        self.said.setText(f"{row.day}, mark {visit.mark.number}: {row.course}, {by}")

    # -- asking ----------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """The sites that the current visit could be of."""
        menu, row = QMenu(self), self.visit
        assert row is not None
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for other in self.others(row):
            words = f"{other.muscle} · {other.kind} · {other.span}".replace("&", "&&")
            menu.addAction(words).triggered.connect(
                lambda _on=False, other=other: self.link_asked.emit(row.visit, other.site)
            )
        return menu

    def _ask(self, emit: Callable[[object], None]) -> None:
        row = self.visit
        if row is not None:
            emit(row.visit)

    def _choose_site(self, row: SiteRow | None) -> None:
        if row is not None:
            self.site_chosen.emit(row)

    def _choose_visit(self, row: VisitRow | None) -> None:
        if row is not None:
            self.visit_chosen.emit(row)


def place_in(rows: Sequence[SiteRow], mark_ids: frozenset[UUID]) -> int | None:
    """The row of the site that any of these marks is of."""
    return next(
        (
            place
            for place, row in enumerate(rows)
            if any(visit.mark.id in mark_ids for visit in row.site.visits)
        ),
        None,
    )
