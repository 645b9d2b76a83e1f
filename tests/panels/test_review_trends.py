"""Trends in the real window: plots that equal the records, and two sessions in figures."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from app.domain.errors import ExportError
from app.domain.identity import new_id
from app.domain.marks import Needle, Shape, Soreness, TriggerPoint, TwitchResponse
from app.domain.outcomes import Measure, OutcomeScore
from app.panels import theme as themes
from app.panels.review.comparison_bar import Mode
from app.panels.review.sessions_room import SessionsRoom
from app.panels.review.trends.comparison import TWICE_THE_SAME, TWO_NEEDED
from app.panels.review.trends.days import labelled, place, room_for
from app.panels.review.trends.figure_rows import figure_row
from app.panels.review.trends.plot_column import AT_ONCE
from app.panels.review.trends.plot_files import PIXELS_HIGH, plots_png, plots_svg
from app.panels.review.trends.room import (
    ALL_UNTICKED,
    NO_FIGURE,
    NO_SESSION,
    NONE_SHOWN,
    NOT_READ,
    TrendsRoom,
)
from app.panels.review.trends.small_plot import SmallPlot
from app.panels.touch import least_target, set_least_target
from app.review.first_and_last import Row
from app.review.how_reckoned import What
from app.review.noise import Verdict
from app.review.trend import Trend
from tests.helpers.clinic import START, Clinic
from tests.helpers.past import Past
from tests.helpers.skin import circle
from tests.panels.test_words_fit import cut

Key = Qt.Key


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    return open_clinic()


@pytest.fixture
def past(clinic: Clinic) -> Past:
    """Four sessions; pain was 8, 7, 5 and not recorded; needles 2, 0, 1, 1."""
    past = Past(clinic)
    visits = [past.visits(1, pain_before=pain)[0] for pain in (None, 5, 7, 8)][::-1]
    for place_of, count in enumerate((2, 0, 1, 1)):
        for _each in range(count):
            past.mark(visits[place_of], Needle(), muscle="infraspinatus")
    past.mark(visits[0], TriggerPoint(threshold_kpa=200), muscle="infraspinatus")
    past.mark(visits[3], TriggerPoint(threshold_kpa=260), muscle="infraspinatus")
    past.mark(visits[2], TwitchResponse(count=3), muscle="infraspinatus")
    past.store(
        *(
            OutcomeScore(
                id=new_id(), patient_id=past.patient.id, problem_id=past.neck.id,
                measure=Measure.NDI, score=score, measured_on=day_of(past, visit),
            )
            for visit, score in ((0, 24.0), (2, 17.0))
        )
    )  # fmt: skip
    return past


def day_of(past: Past, visit: int) -> date:
    return past.sessions[visit].started_at.date()


def trends_of(past: Past) -> TrendsRoom:
    """Opens the review in its room of trends, when all is read and drawn."""
    past.review()
    past.clinic.key("Ctrl+PgUp")  # the last room, from the first
    return drawn(past)


def drawn(past: Past) -> TrendsRoom:
    room = past.clinic.window.reviewing.page.room
    assert isinstance(room, TrendsRoom)
    past.clinic.wait_until(lambda: not room.reader.is_under_way)
    room.column.finish()
    QApplication.processEvents()
    return room


def plots(room: TrendsRoom) -> dict[str, Trend]:
    return {plot.trend.title: plot.trend for plot in room.column.plots}


def values(room: TrendsRoom, title: str) -> list[float]:
    return [each.value for each in plots(room)[title].lines[0].values]


def test_plots_have_the_figures_of_the_records(past: Past) -> None:
    room = trends_of(past)
    name = past.clinic.desk.editor.atlas.catalogue.name("infraspinatus")
    assert values(room, "Pain, 0 to 10") == [8, 7, 5]
    assert values(room, "NDI, raw score") == [24, 17]
    assert values(room, "Needles in a session") == [2, 0, 1, 1]
    assert values(room, f"Pressure pain threshold (kPa): {name}, left") == [200, 260]
    assert values(room, f"Twitches: {name}, left") == [3]
    ndi = next(plot for plot in room.column.plots if plot.trend.title == "NDI, raw score")
    assert ndi.said.text() == "24 → 17: −7, better. At least 5: beyond noise (read)."
    assert "within 5 of the first, which may be noise (read)" in ndi.about.text()
    check_what_is_drawn(past, ndi)


def check_what_is_drawn(past: Past, ndi: SmallPlot) -> None:
    """Both figures at their days, and 5 points around the first one."""
    import pyqtgraph as pg

    items = ndi.canvas.scene().items()
    (signs,) = (each for each in items if isinstance(each, pg.ScatterPlotItem))
    x, y = signs.getData()
    assert list(y) == [24, 17]
    assert [each + place(day_of(past, 0)) for each in x] == [place(day_of(past, k)) for k in (0, 2)]
    (band,) = (each for each in items if isinstance(each, pg.LinearRegionItem))
    assert tuple(band.getRegion()) == (19, 29)


def test_the_crosshair_goes_from_day_to_day_and_says_their_figures(past: Past) -> None:
    clinic, room = past.clinic, trends_of(past)
    column = room.column
    assert column.hasFocus()
    assert column.at == day_of(past, 3)
    assert room.at.text().endswith("4 of 4")
    clinic.strike(column, Key.Key_Home)
    assert "Pain, 0 to 10: before 8" in column.accessibleDescription()
    assert "NDI, raw score: 24" in column.accessibleDescription()
    clinic.strike(column, Key.Key_Right)
    assert column.at == day_of(past, 1)
    assert "NDI" not in column.accessibleDescription()
    ndi = next(plot for plot in column.plots if plot.trend.title == "NDI, raw score")
    assert ndi.at.text() == "not measured"
    clinic.strike(column, Key.Key_Left, Key.Key_Left)
    assert column.at == day_of(past, 0)
    clinic.strike(column, Key.Key_End)
    assert column.at == day_of(past, 3)
    canvas = column.plots[0].canvas
    at = canvas.mapFromScene(canvas.box.mapViewToScene(QPointF(canvas.x(day_of(past, 1)), 5)))
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert column.at == day_of(past, 1)


def test_all_plots_move_through_time_together(past: Past) -> None:
    clinic, column = past.clinic, trends_of(past).column
    whole = column.span
    assert whole == pytest.approx(room_for(column.days))
    clinic.key("Ctrl++")
    low, high = column.span
    assert high - low < whole[1] - whole[0]
    for plot in column.plots:
        assert plot.canvas.span == pytest.approx(column.span)
    column.plots[1].canvas.show_span(whole[0], whole[0] + 10)  # as a drag does
    for plot in column.plots:
        assert plot.canvas.span == pytest.approx((whole[0], whole[0] + 10))
    column.zoom(100)
    assert column.span == pytest.approx(whole)
    turn_wheel(column.plots[0], Qt.KeyboardModifier.NoModifier)  # which scrolls the column
    assert column.span == pytest.approx(whole)
    turn_wheel(column.plots[0], Qt.KeyboardModifier.ControlModifier)
    assert column.span[1] - column.span[0] < whole[1] - whole[0]
    clinic.strike(column, Key.Key_Home)
    column.zoom(0.3)
    clinic.strike(column, Key.Key_End)
    assert column.span[0] <= place(day_of(past, 3)) <= column.span[1]


def turn_wheel(plot: SmallPlot, modifiers: Qt.KeyboardModifier) -> None:
    """A notch away from the hand, in the middle of the plot."""
    viewport = plot.canvas.viewport()
    at = QPointF(viewport.rect().center())
    event = QWheelEvent(
        at, viewport.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_ticks_choose_what_is_drawn(past: Past) -> None:
    clinic, room = past.clinic, trends_of(past)
    everything = list(plots(room))
    clinic.strike(room.panel.ticks["Pain, 0 to 10"], Key.Key_Space)
    room.column.finish()
    assert list(plots(room)) == everything[1:]
    past.mark(past.sessions[1], Needle())
    clinic.desk.store.changed.emit(None)  # what was unticked stays so
    assert list(plots(drawn(past))) == everything[1:]
    assert values(room, "Needles in a session") == [2, 1, 1, 1]
    for tick in room.panel.ticks.values():
        tick.setChecked(False)
    assert room.word.text() == ALL_UNTICKED
    assert not room.panel.save.isEnabled()


def test_filters_leave_sessions_and_marks_out(past: Past) -> None:
    past.visits(1, practitioner_id=past.ben.id, problem_id=past.back.id, pain_before=1)
    past.mark(past.sessions[2], Needle(), (0.55, 0.25))
    room = trends_of(past)
    filters = past.clinic.window.reviewing.page.left.filters
    assert values(room, "Pain, 0 to 10, Neck pain") == [8, 7, 5]
    assert values(room, "Pain, 0 to 10, Back pain") == [1]

    def choose(field: str, name: str) -> None:
        choice = filters.lists[field]
        choice.setCurrentIndex(choice.findText(name))
        choice.activated.emit(choice.currentIndex())
        drawn(past)

    choose("problem_id", "Neck pain")
    assert values(room, "Pain, 0 to 10") == [8, 7, 5]
    assert not room.note.isVisible()
    choose("side", "Right")
    assert list(plots(room)) == ["Pain, 0 to 10", "NDI, raw score", "Needles in a session"]
    assert values(room, "Needles in a session") == [0, 1, 0, 0]
    assert room.note.isVisible()
    choose("practitioner_id", "Ben Okoro")
    assert "NDI, raw score" in plots(room)  # a score is of no practitioner
    past.clinic.click(filters.clear)
    drawn(past)
    assert values(room, "Needles in a session") == [0, 2, 1, 1, 1]
    choose("problem_id", "Back pain")
    assert list(plots(room)) == ["Pain, 0 to 10"]
    assert room.column.plots[0].said.text() == "● before   Measured once."
    choose("practitioner_id", "Ada Nadel")
    assert room.word.text() == NONE_SHOWN


def test_a_patient_without_sessions_or_without_a_figure(clinic: Clinic) -> None:
    past = Past(clinic)
    room = trends_of(past)
    assert room.word.text() == NO_SESSION
    clinic.click(room.mode._buttons[1][1])
    assert room.comparison.word.text() == NO_SESSION
    clinic.key("Ctrl+R")
    past.visits(1)
    past.review()
    room = drawn(past)
    assert room.comparison.word.text() == TWO_NEEDED
    clinic.click(room.mode._buttons[0][1])
    assert room.word.text() == NO_FIGURE


def test_two_hundred_sessions_are_drawn_in_turns_of_the_event_loop(clinic: Clinic) -> None:
    past = Past(clinic)
    visits = past.visits(200, pain_before=5, pain_after=4)
    for visit in visits[::20]:
        past.mark(visit, Needle(), muscle="infraspinatus")
        past.mark(visit, TwitchResponse(count=1), muscle="infraspinatus")
        past.mark(visit, TriggerPoint(threshold_kpa=200), muscle="infraspinatus")
    room = trends_of(past)
    assert len(values(room, "Pain, 0 to 10")) == 200
    assert len(room.column.plots) > AT_ONCE
    shown = room.panel.shown
    room.column.show_trends(shown[:1])
    room.column.show_trends(shown)
    assert len(room.column.plots) == AT_ONCE
    clinic.wait_until(lambda: len(room.column.plots) == len(shown))


def sore(past: Past, visit: int, x: float) -> None:
    """An area around a spot of the back, drawn in that session."""
    editor = past.clinic.desk.editor
    area = editor.atlas.draw_area(past.patient.body, "posterior", circle(x, 600, 60))
    assert area is not None
    past.mark(
        past.sessions[visit], Soreness(intensity=4), shape=Shape.AREA,
        anchor=area.anchor, outline=area.outline, side=editor.atlas.side(area.anchor),
    )  # fmt: skip


def figures_of(past: Past, room: TrendsRoom) -> dict[str, tuple[str, ...]]:
    past.clinic.click(room.mode._buttons[1][1])
    past.clinic.wait_until(lambda: bool(room.comparison.model.rows))
    return {row.name: row.cells[1:] for row in room.comparison.model.rows}


def test_first_and_last_in_figures_and_then_on_the_map(past: Past) -> None:
    sore(past, 0, 430)
    sore(past, 3, 430)
    room = trends_of(past)
    drawn_cm2 = [f"{cm2:.1f}" for cm2 in values(room, "Drawn sore skin (cm²)")]
    found = figures_of(past, room)
    assert list(found[What.AREA.value][:2]) == drawn_cm2
    assert found[What.PAIN_BEFORE.value] == ("8", "–", "–", "not recorded in the last")
    assert found[What.NEEDLES.value] == ("2", "1", "−1", "")
    assert found[What.JACCARD.value] == ("–", "–", "1.00", "within drawing noise")
    assert found[What.SHARE.value][2:] == ("0.00", "within 0.4 % of the skin: within noise (read)")
    tip = room.comparison.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "As recorded before the session." in tip
    assert "Source:" in tip
    past.clinic.click(room.comparison.how)
    assert "(R − L) / (R + L)" in room.comparison.how_words.text()
    past.clinic.click(room.comparison.map)
    sessions = past.clinic.window.reviewing.page.room
    assert isinstance(sessions, SessionsRoom)
    assert sessions.session == past.sessions[3]
    assert sessions.comparing.bar.chosen is Mode.DIFFERENCE
    assert sessions.comparing.bar.other_id == past.sessions[0].id


def test_other_two_sessions_and_another_threshold(past: Past) -> None:
    sore(past, 0, 430)
    sore(past, 1, 430)
    room = trends_of(past)
    panel = room.comparison
    assert figures_of(past, room)[What.JACCARD.value][2] == "0.00"
    panel.last.setCurrentIndex(2)  # the second session: "the newest" stands first
    panel.last.activated.emit(2)
    past.clinic.wait_until(lambda: panel.model.rows[0].after == "7")
    found = figures_of(past, room)
    assert found[What.JACCARD.value] == ("–", "–", "1.00", "within drawing noise")
    panel.threshold.setCurrentIndex(0)
    panel.threshold.activated.emit(0)
    assert room._around.settings.values.same_drawing == 0.3
    panel.first.setCurrentIndex(2)
    panel.first.activated.emit(2)  # the same session twice
    assert panel.word.text() == TWICE_THE_SAME


SIGN = re.compile(r"matrix\(8,0,0,8,([\d.]+),([\d.]+)\)")
SPACE = "{http://www.w3.org/2000/svg}"


def test_an_svg_has_each_figure_at_its_place_and_can_be_shown(past: Past) -> None:
    room = trends_of(past)
    pain = plots(room)["Pain, 0 to 10"]
    content = plots_svg([pain], "Figures")
    root = ElementTree.fromstring(content)
    assert root.findtext(f"{SPACE}title") == "Figures"
    assert "8 → 5" in (root.findtext(f"{SPACE}desc") or "")
    signs = [
        tuple(map(float, found.groups()))
        for each in root.iter(f"{SPACE}g")
        if (
            found := re.fullmatch(r"matrix\(8,0,0,8,([\d.]+),([\d.]+)\)", each.get("transform", ""))
        )
        and each.get("fill") != "none"
    ]
    (x0, y0), (x1, y1), (x2, y2) = signs[:3]
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.1)  # a week each
    assert (y1 - y0) * 2 == pytest.approx(y2 - y1, abs=0.1)  # from 8 to 7, and from 7 to 5
    renderer = QSvgRenderer(content)
    image = QImage(renderer.viewBoxF().size().toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    for x, y in signs[:3]:
        assert image.pixelColor(round(x), round(y)).lightness() < 60
    assert image.pixelColor(round(x2), round(y2) - 20).lightness() > 200


def test_plots_are_saved_without_a_name_and_trouble_is_one_sentence(
    past: Past, tmp_path: Path
) -> None:
    clinic, room = past.clinic, trends_of(past)
    clinic.click(room.panel.save)
    dialog = room.findChild(QFileDialog)
    assert past.patient.family_name.lower() not in dialog.selectedFiles()[0].lower()
    dialog.reject()
    said: list[str] = []
    clinic.desk.notifier.posted.connect(lambda message: said.append(message.text))
    for name in ("plots.svg", "plots.png"):
        room.saving.save(tmp_path / name, room.panel.shown)
        assert (tmp_path / name).stat().st_size > 1000
    image = QImage(str(tmp_path / "plots.png"))
    assert image.width() == 1800
    assert image.pixelColor(2, 2) == QColor("white")
    room.saving.save(tmp_path / "missing" / "plots.svg", room.panel.shown)
    assert said[0] == "The plots were saved as plots.svg."
    assert "missing" in said[-1] or "folder" in said[-1]
    with pytest.raises(ExportError, match="too many plots"):
        plots_png(room.panel.shown[:1] * (PIXELS_HIGH // 200))


def test_the_newest_day_is_in_sight_in_the_smallest_window(past: Past) -> None:
    point = TriggerPoint(threshold_kpa=200)
    past.mark(past.sessions[0], point, muscle="trapezius_transverse")  # a long title
    room = trends_of(past)
    past.clinic.window.resize(past.clinic.window.minimumSize())
    QApplication.processEvents()
    seen = room.column._area.viewport()
    assert all(plot.width() <= seen.width() for plot in room.column.plots)
    assert cut(room.column) == []


def test_an_overlap_of_which_nothing_is_known_is_no_change() -> None:
    unknown = Row(What.JACCARD, None, None, 0.0, Verdict.NOT_KNOWN, "no sore area is drawn")
    assert figure_row(unknown, 0.4).meaning == "not known; no sore area is drawn"


def test_what_was_reckoned_under_another_filter_is_not_shown(past: Past) -> None:
    room = trends_of(past)
    figures_of(past, room)
    model, filters = room.comparison.model, past.clinic.window.reviewing.page.left.filters
    shown: list[str] = []
    model.modelReset.connect(
        lambda: shown.append(next(row.before for row in model.rows if row.name == "Needles"))
    )
    for name in ("Needle", "Trigger point"):  # both before the first answer
        choice = filters.lists["kind"]
        choice.setCurrentIndex(choice.findText(name))
        choice.activated.emit(choice.currentIndex())
    past.clinic.wait_until(lambda: bool(shown))
    QApplication.processEvents()
    assert shown == ["0"]


def test_two_sessions_of_one_day_are_told_apart_and_one_twice_is_said(past: Past) -> None:
    past.store(replace(past.sessions[3], id=new_id(), started_at=START - timedelta(hours=3)))
    past.store(replace(past.sessions[3], id=new_id(), started_at=START - timedelta(hours=1)))
    room = trends_of(past)
    past.clinic.click(room.mode._buttons[1][1])
    names = [room.comparison.first.itemText(k) for k in range(room.comparison.first.count())]
    assert len(set(names)) == len(names)
    assert names[-1].endswith(", 13:03")
    room.comparison.last.setCurrentIndex(1)
    room.comparison.last.activated.emit(1)
    assert room.comparison.word.text() == TWICE_THE_SAME


def test_sessions_that_cannot_be_read_say_so(past: Past) -> None:
    past.review()
    with closing(sqlite3.connect(past.clinic.folder / "practice" / "practice.db")) as other:
        other.execute("ALTER TABLE preparation RENAME TO gone")
    past.clinic.key("Ctrl+PgUp")
    room = drawn(past)
    assert room.word.text() == NOT_READ
    past.clinic.click(room.mode._buttons[1][1])
    assert room.comparison.word.text() == NOT_READ
    assert past.clinic.message


def test_figures_that_are_not_compared_have_no_difference() -> None:
    apart = figure_row(Row(What.PAIN_BEFORE, 8, 1, None, note="two problems"), 0.4)
    assert apart.cells[1:] == ("8", "1", "–", "two problems")


def test_targets_are_large_in_touch_mode_and_no_word_is_cut(past: Past) -> None:
    clinic, room = past.clinic, trends_of(past)
    room.set_look(themes.DARK, room._around.style)
    for plot in room.column.plots:
        assert plot.canvas.backgroundBrush().color() == QColor(themes.DARK.panel)
    assert cut(room) == []
    clinic.window.touch.toggle()
    QApplication.processEvents()
    try:
        targets = [*room.findChildren(QPushButton), *room.panel.ticks.values()]
        small = [each for each in targets if each.isVisible() and each.height() < least_target()]
        assert small == []
    finally:
        clinic.window.touch.toggle()
        set_least_target(0)
        themes.dress(QApplication.instance(), themes.LIGHT)


# -- days ------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 5, 40, 400, 9000])
@pytest.mark.parametrize("most", [1, 2, 7, 14])
def test_days_beneath_are_few_enough_and_regular(days: int, most: int) -> None:
    low = place(date(2026, 2, 13))
    found = labelled(low, low + days, most)
    assert len(found) <= most
    assert all(low <= place(each) <= low + days for each in found)
    if days >= 400 and most >= 7:
        assert len(found) >= 2
        assert {each.day for each in found} == {1}


def test_a_single_day_stands_in_the_middle() -> None:
    low, high = room_for([date(2026, 2, 13)])
    assert (low + high) / 2 == place(date(2026, 2, 13))
