"""What is said is never cut: words go on in another line, also in touch mode."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.domain.closing import AdverseEvent, EventKind, OtherTreatmentKind
from app.domain.stages import Stage
from app.panels import theme as themes
from app.panels.closing_card import PainCard
from app.panels.texts import PlainLabel
from app.panels.timeline import DOT
from app.panels.touch import set_least_target
from app.panels.wrapping import wrapped
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic


@pytest.fixture(params=[False, True], ids=["mouse", "touch"])
def hand(request: pytest.FixtureRequest, clinic: Clinic) -> Iterator[None]:
    if request.param:
        clinic.window.touch.toggle()
        QApplication.processEvents()
    yield
    set_least_target(0)
    themes.dress(QApplication.instance(), themes.LIGHT)


def cut(page: QWidget) -> list[str]:
    """The words of buttons and labels that have less room than they need."""
    QApplication.processEvents()
    buttons = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
    labels = [each for each in page.findChildren(PlainLabel) if each.isVisible()]
    found = [each.text() for each in buttons if _widest(each) > each.width() - 4]
    found += [each.text() for each in buttons if _highest(each) > each.height()]
    return found + [
        each.text()
        for each in labels
        if each.wordWrap() and each.heightForWidth(each.width()) > each.height() + 1
    ]


def _metrics(button: QAbstractButton) -> QFontMetrics:
    font = QFont(button.font())
    if button.isChecked():
        font.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(font)


def _widest(button: QAbstractButton) -> int:
    return max(map(_metrics(button).horizontalAdvance, button.text().split("\n")))


def _highest(button: QAbstractButton) -> int:
    return _metrics(button).height() * len(button.text().split("\n"))


@pytest.mark.usefixtures("hand")
@pytest.mark.parametrize("stage", [Stage.BEFORE, Stage.AFTER])
def test_nothing_on_the_pages_of_the_stages_is_cut(clinic: Clinic, stage: Stage) -> None:
    clinic.desk.chart.show_stage(stage)
    assert cut(clinic.desk.chart.column.stages.page(stage)) == []


@pytest.mark.usefixtures("hand")
def test_what_is_written_of_an_event_or_a_treatment_is_not_cut(clinic: Clinic) -> None:
    papers, page = clinic.desk.editor.papers, clinic.desk.chart.column.end
    papers.record_event(AdverseEvent(kind=EventKind.OTHER, reported_to="the board, the insurer"))
    page.treatments.record(OtherTreatmentKind.MANUAL_THERAPY)
    page.treatments.note.setPlainText("grade IV, three times, C5 to T2, the patient lying prone")
    page.treatments.note.keeper.settle()
    clinic.desk.chart.show_stage(Stage.AFTER)
    assert cut(page) == []
    assert "the patient lying prone" in page.treatments.rows._buttons[0].words


def test_words_are_broken_between_words_alone(clinic: Clinic) -> None:
    metrics = clinic.window.fontMetrics()
    words = "Breathless or chest pain: call for help"
    lines = wrapped(words, metrics, 120).split("\n")
    assert " ".join(lines) == words
    assert len(lines) > 1
    assert all(metrics.horizontalAdvance(line) <= 120 for line in lines)
    assert wrapped("Pneumothorax", metrics, 20) == "Pneumothorax"
    assert wrapped("", metrics, 20) == ""


def test_pain_after_has_one_name(clinic: Clinic) -> None:
    column = clinic.desk.chart.column
    card = column.end.findChild(PainCard)
    assert card is not None
    named = [label.text() for label in column.session_card.findChildren(PlainLabel)]
    assert card.title.text() == "Pain after, 0–10"
    assert card.title.text() in named


def test_side_columns_take_more_room_where_there_is_plenty(clinic: Clinic) -> None:
    chart = clinic.desk.chart
    narrow = chart.left.width(), chart.column.width()
    map_width = chart.map.width()
    clinic.window.resize(1920, 1080)
    QApplication.processEvents()
    assert (chart.left.width(), chart.column.width()) == (300, 360)
    assert chart.map.width() > map_width + 400
    clinic.window.resize(1280, 800)
    QApplication.processEvents()
    assert (chart.left.width(), chart.column.width()) == narrow == (236, 288)


@pytest.mark.parametrize("theme", [themes.LIGHT, themes.DARK], ids=["light", "dark"])
def test_what_a_field_asks_for_can_be_read(clinic: Clinic, theme: themes.Theme) -> None:
    themes.apply(QApplication.instance(), theme)
    QApplication.processEvents()
    box = clinic.desk.chart.column.session_card.note
    shown = box.palette().color(QPalette.ColorRole.PlaceholderText)
    themes.apply(QApplication.instance(), themes.LIGHT)
    assert (shown.name().upper(), shown.alpha()) == (theme.faint, 255)


def test_all_of_what_the_marks_say_is_seen_at_once(clinic: Clinic) -> None:
    clinic.key("Alt+2").key("T")
    for k in range(14):
        clinic.press("posterior", 0.35 + 0.02 * k, 0.20 + 0.05 * k)
    clinic.desk.chart.show_stage(Stage.AFTER)
    QApplication.processEvents()
    box = clinic.desk.chart.column.end.note_card.needling
    assert box.document().size().height() > 12  # lines
    assert box.verticalScrollBar().maximum() == 0


def test_rows_that_are_cut_tell_all_of_it_to_who_points_at_them(clinic: Clinic) -> None:
    clinic.key("Alt+2").key("D").press("posterior", 0.6, 0.22)
    column, sessions = clinic.desk.chart.column, clinic.desk.chart.sessions
    marks = column.mark_list.model()
    said = marks.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert said == marks.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1 needle" in sessions.model.index(0).data(Qt.ItemDataRole.ToolTipRole)


ON = {
    "faint": ("panel", "ground", "raised", "edge", "accent_soft", "amber_soft", "trouble_soft"),
    "text": ("panel", "ground", "raised", "edge", "accent_soft", "amber_soft", "trouble_soft"),
    "accent": ("panel", "ground", "raised", "accent_soft", "amber_soft", "trouble_soft"),
    "amber": ("panel", "raised", "amber_soft"),
    "trouble": ("panel", "raised", "trouble_soft"),
    "on_accent": ("accent",),
}
"""What is written on what."""


@pytest.mark.parametrize("theme", [themes.LIGHT, themes.DARK], ids=["light", "dark"])
def test_all_that_is_written_can_be_read(theme: themes.Theme) -> None:
    weak = [
        (ink, ground)
        for ink, grounds in ON.items()
        for ground in grounds
        if contrast(getattr(theme, ink), getattr(theme, ground)) < 4.5
    ]
    assert weak == []


def contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG 2 reckons it."""
    darker, lighter = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("width", [960, 1280])
def test_warnings_and_buttons_of_the_header_are_never_cut(clinic: Clinic, width: int) -> None:
    patient = clinic.desk.store.patient
    assert patient is not None
    warned = replace(patient, warnings=("Faints easily", "Nickel allergy"), number="DEMO-0001")
    clinic.desk.practice.save_patient(patient, warned)
    clinic.window.resize(width, 620)
    QApplication.processEvents()
    header = clinic.desk.chart.header
    shown = [header._facts, header.export, header._details, *header._warnings]
    assert len(header._warnings) == 2
    assert [each.text() for each in shown if each.width() < each.sizeHint().width()] == []


def test_in_a_narrow_window_messages_and_notices_stand_above_the_pointers_words(
    clinic: Clinic,
) -> None:
    clinic.window.resize(960, 620)
    clinic.key("Alt+2").key("D").press("posterior", 0.42, 0.24)
    QApplication.processEvents()
    clinic.desk.notifier.done("Something was done.", "Undo", lambda: None)
    QApplication.processEvents()
    bar, message = clinic.desk.chart.lower_bar, clinic.window.messages
    assert bar.notice.text
    assert bar.notice.width() == bar.width()
    assert bar.notice.geometry().bottom() < bar.y()
    assert message.geometry().bottom() <= bar.notice.mapTo(message.parentWidget(), QPoint()).y()
    assert message.width() >= message.minimumSizeHint().width()


def test_in_a_narrow_window_the_dots_of_the_line_of_time_keep_apart(clinic: Clinic) -> None:
    for _session in range(5):
        clinic.desk.new_session(again=True)
    clinic.window.resize(960, 620)
    QApplication.processEvents()
    places = [each.x() for each in clinic.desk.chart.timeline.places()]
    assert len(places) == 6
    assert min(b - a for a, b in pairwise(places)) >= 2 * DOT
