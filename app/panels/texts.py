"""Labels that show data, and how dates, ages and times are written in the window."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.words import local_day, local_time
from app.panels.wrapping import wrapped


class PlainLabel(QLabel):
    """A label that never takes its text for rich text: data might look like it."""

    def __init__(self, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        if name:
            self.setObjectName(name)


class ElidedLabel(PlainLabel):
    """A label as wide as there is room; words that do not fit end in "…", and are its tool tip.

    With ``most_lines`` they go on in so many lines before that.
    """

    def __init__(self, text: str = "", name: str = "", most_lines: int = 1) -> None:
        super().__init__(text, name)
        self._most_lines = most_lines
        self.setMinimumWidth(1)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment(), "\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """What is seen of the words."""
        metrics, width = self.fontMetrics(), self.contentsRect().width()
        kept, rest = list[str](), self.text()
        if self._most_lines > 1:
            lines = wrapped(rest, metrics, width).split("\n")
            kept, rest = lines[: self._most_lines - 1], " ".join(lines[self._most_lines - 1 :])
        if kept and not rest:
            return kept
        return [*kept, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def day(when: date | datetime) -> str:
    """ "14 Mar 1981": no reader takes the month for the day. Of a time, the day where it was."""
    if isinstance(when, datetime):
        when = local_day(when)
    shown = QDate(when.year, when.month, when.day)
    return QLocale(QLocale.Language.English).toString(shown, "d MMM yyyy")


def clock_time(when: datetime, *, seconds: bool = False) -> str:
    """The time where it was recorded."""
    return local_time(when, seconds=seconds)


def age(birth: date, today: date) -> int:
    """Whole years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def born(birth: date | None, today: date) -> str:
    """ "14 Mar 1981 · 45 y", or that the birth date was not recorded."""
    return "birth date not recorded" if birth is None else f"{day(birth)} · {age(birth, today)} y"
