"""How often adverse events happened here, beside what was published."""

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.domain.practice_summaries import EventFigures, SessionSearch
from app.exchange.practice_tables import RATES, published_words, rate_table_rows
from app.painting.rate_bar import paint_rate_bar
from app.panels.practice.period_choice import PeriodChoice
from app.panels.practice.practitioner_choice import PractitionerChoice
from app.panels.practice.tab import NOT_READ, READING, PracticeTab, SavedTable, Sources
from app.panels.practice.table import Column, PracticeTable, TableModel
from app.panels.rows import Index
from app.review.event_rates import PUBLISHED_RATES
from app.review.rates_beside import CAUTION, RateRow, rate_rows, scale_end

LEGEND = "Bar: the 95 % interval of the own rate, which is the stroke in it. Pins: published rates."
BAR_COLUMN = 4
BAR_WIDTH = 180
MARGIN = 8
NOT_ASKED = "Nobody has recorded yet whether there were adverse events in these sessions."


class EventsTab(PracticeTab):
    name = "Adverse events"

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.figures = EventFigures()
        self.period = PeriodChoice(lambda: sources.today)
        self.who = PractitionerChoice()
        self.period.changed.connect(self._read)
        self.who.changed.connect(self._read)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.period)
        line.addWidget(self.who)
        line.addStretch()
        self.column.addLayout(line)
        self.asked = self.words(READING, "strong")
        self.column.addWidget(self.asked)
        self.bars = RateBars(self)
        self.list = PracticeTable("Rates of adverse events", TableModel(_COLUMNS))
        self.list.setItemDelegateForColumn(BAR_COLUMN, self.bars)
        self.list.opened.connect(self._search)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.words(f"{LEGEND} {CAUTION}"))
        self.column.addWidget(self.words(_sources_line()))

    def refresh(self) -> None:
        self.who.offer(self.sources.repository.practitioners())
        self._read()

    def saved(self) -> list[SavedTable]:
        rows = list(rate_table_rows(self.rows))
        return [SavedTable("Adverse events", RATES, lambda: rows)]

    def take_focus(self) -> None:
        self.list.setFocus()

    @property
    def rows(self) -> list[RateRow]:
        return list(self.list.table.rows)

    def _read(self) -> None:
        overview, period = self.sources.repository.overview, self.period.period
        who = self.who.practitioner_id
        self.sources.asking.ask(
            "events", lambda: overview.event_figures(period, who), self._show, self._show_none
        )

    def _show_none(self) -> None:
        self.figures = EventFigures()
        self.list.show_rows(())
        self.asked.setText(NOT_READ)

    def _show(self, figures: EventFigures) -> None:
        self.figures = figures
        rows = rate_rows(figures)
        self.bars.end = scale_end(rows)
        heading = f"0 to {100 * self.bars.end:g} %"
        self.list.table.change_heading(BAR_COLUMN, heading)
        self.list.show_rows(rows)
        self.asked.setText(_asked_line(figures))

    def _search(self, row: RateRow) -> None:
        """The sessions in which an event of this kind was recorded."""
        if row.kind is not None:
            self.search_asked.emit(
                SessionSearch(
                    event=row.kind,
                    period=self.period.period,
                    practitioner_id=self.who.practitioner_id,
                )
            )


class RateBars(QStyledItemDelegate):
    """Paints the interval of a row, and the published rates, on one scale for all rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.end = 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(BAR_WIDTH, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RateRow = index.data(Qt.ItemDataRole.UserRole)
        style = option.widget.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        own, palette = row.own, option.palette
        paint_rate_bar(
            painter,
            QRectF(option.rect).adjusted(MARGIN, 0, -MARGIN, 0),
            own.interval,
            own.events / own.asked if own.asked else None,
            [each.rate for each in row.published],
            self.end,
            palette.color(QPalette.ColorRole.Text),
            palette.color(QPalette.ColorRole.Mid),
        )


def _asked_line(figures: EventFigures) -> str:
    if not figures.sessions:
        return "No session fits this."
    if not figures.asked:
        return NOT_ASKED
    left = figures.sessions - figures.asked
    sessions = "1 session" if figures.sessions == 1 else f"{figures.sessions:,} sessions"
    unasked = f" In {left:,} it was not asked, and nothing is known of these." if left else ""
    bare = figures.without_needle
    tell, count = ("tells", "counts") if bare == 1 else ("tell", "count")
    unneedled = f" {bare:,} of those that were asked {tell} of no needle, and {count} as well."
    return f"It was asked in {figures.asked:,} of {sessions}.{unasked}{unneedled * bool(bare)}"


def _events(row: RateRow) -> str:
    return f"{row.own.events:,} of {row.own.asked:,}"


def _rate(row: RateRow) -> str:
    return f"{100 * row.own.events / row.own.asked:.1f} %" if row.own.asked else "–"


def _interval(row: RateRow) -> str:
    interval = row.own.interval
    if interval is None:
        return "not asked"
    return f"{100 * interval.low:.1f} to {100 * interval.high:.1f} %"


def _published(row: RateRow) -> str:
    return published_words(row) or "–"


def _sources_line() -> str:
    """ "Brady 2014: 39 physiotherapists, Ireland, 7,629 treatments. ..." """
    sources = dict.fromkeys(each.source for each in PUBLISHED_RATES)
    told = [f"{each.name}: {each.population}, {each.treatments:,} treatments." for each in sources]
    return " ".join([*told, "Figures were read in the abstracts, but for those from memory."])


_COLUMNS = (
    Column("Event", lambda row: row.name),
    Column("Sessions with it", _events, figures=True),
    Column("Rate", _rate, figures=True),
    Column("95 % interval", _interval, figures=True),
    Column("", _interval, grows=True),
    Column("Published", _published),
)
