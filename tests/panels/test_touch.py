"""Touch mode in the real window, by touch events."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QScroller,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.panels.fields import Segments
from app.panels.record_forms import PatientForm, PractitionerForm
from app.panels.sessions_panel import box_target
from app.panels.touch import (
    HIGHEST_DPI,
    LEAST_MM,
    Hold,
    least_px,
    least_target,
    scroll_by_finger,
    set_least_target,
)
from tests.helpers.clinic import START, Clinic
from tests.helpers.finger import Finger, spread
from tests.journeys.test_one_treatment import add_patient, chart_a_treatment, start_first_session

OpenClinic = Callable[..., Clinic]
pytestmark = [
    pytest.mark.qt_log_ignore("plugin does not support (raise|grabbing)"),
    pytest.mark.usefixtures("quick_taps"),
]


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2")


def in_touch_mode(clinic: Clinic) -> Clinic:
    clinic.window.actions_by_id["view.touch"].trigger()
    clinic.wait_until(lambda: clinic.desk.chart.map.finger_reach > 13)
    assert least_target() > 0
    return clinic


@pytest.mark.parametrize(
    ("dpi", "px"), [(96.0, 35), (25.4, 35), (160.0, 57), (0.0, 35), (HIGHEST_DPI + 1, 35)]
)
def test_nine_millimetres_on_any_screen(dpi: float, px: int) -> None:
    assert least_px(dpi) == px
    if 60 <= dpi <= HIGHEST_DPI:
        assert px / dpi * 25.4 >= LEAST_MM


def too_small(window: QWidget) -> list[str]:
    """The targets in sight that are smaller than a finger."""
    least, found = least_target(), []
    kinds = QAbstractButton | QLineEdit | QComboBox | QCheckBox
    for widget in window.findChildren(QWidget):
        own = widget.objectName().startswith("qt_")
        if not isinstance(widget, kinds) or not widget.isVisible() or own:
            continue
        if isinstance(widget.parentWidget(), QLineEdit | QComboBox):
            continue  # the cross that clears a line: Backspace does so too
        if widget.width() < least or widget.height() < least:
            name = widget.accessibleName() or getattr(widget, "text", str)()
            found.append(f"{type(widget).__name__} {name} {widget.width()}x{widget.height()}")
    for view in window.findChildren(QListView):
        if view.isVisible() and view.model() is not None and view.model().rowCount():
            height = view.visualRect(view.model().index(0, 0)).height()
            if height < least:
                found.append(f"row of {view.accessibleName()}: {height}")
    return found


def test_every_target_in_the_window_is_large_enough(clinic: Clinic) -> None:
    chart_a_treatment(clinic)
    assert too_small(clinic.window) == []  # without touch mode nothing is asked for
    in_touch_mode(clinic)
    for ids in ([clinic.marks[0].id], [clinic.marks[2].id], [clinic.marks[3].id], []):
        clinic.desk.editor.selection.set(ids)
        QApplication.processEvents()
        assert too_small(clinic.window) == []
    clinic.key("Ctrl+K")
    assert too_small(clinic.window) == []
    clinic.key("Ctrl+K")
    clinic.window.show_patients()
    assert too_small(clinic.window) == []


def test_forms_and_menus_are_large_enough(clinic: Clinic) -> None:
    in_touch_mode(clinic)
    clinic.key("Ctrl+I")
    form = clinic.dialog(PatientForm)
    QApplication.processEvents()
    assert too_small(form) == []
    form.reject()
    clinic.desk.at_work.ask()
    other = clinic.dialog(PractitionerForm)
    assert too_small(other) == []
    other.reject()
    menu = clinic.window.menuBar().actions()[0].menu()
    assert isinstance(menu, QMenu)
    heights = [menu.actionGeometry(each).height() for each in menu.actions() if each.text()]
    assert min(heights) >= least_target()


def test_figures_go_into_rows_and_back(clinic: Clinic) -> None:
    figures = clinic.key("F3").desk.chart.column.session_card.pain_before
    assert isinstance(figures, Segments)
    flat = figures.height()
    in_touch_mode(clinic)
    assert figures.height() > flat
    assert clinic.desk.chart.column.width() == 288
    clinic.segment(figures, "Pain before: 10")
    assert figures.value == 10
    clinic.window.touch.toggle()
    clinic.wait_until(lambda: figures.height() == flat)
    assert figures.value == 10


def test_the_first_touch_switches_it_on_and_it_is_kept(open_clinic: OpenClinic) -> None:
    clinic = open_clinic()
    assert least_target() == 0
    finger = Finger(clinic.window.patients).down(QPoint(60, 500))
    clinic.window.touch.soon.setInterval(0)
    for _turn in range(3):
        QApplication.processEvents()
    assert not clinic.window.touch.is_on
    finger.up()
    clinic.wait_until(lambda: clinic.window.touch.is_on)
    assert clinic.window.actions_by_id["view.touch"].isChecked()
    assert least_target() > 0
    clinic.close()
    set_least_target(0)
    again = open_clinic(START)
    assert again.window.touch.is_on
    assert least_target() > 0


def test_who_switches_it_off_is_not_asked_again(clinic: Clinic) -> None:
    in_touch_mode(clinic)
    clinic.window.touch.toggle()
    assert least_target() == 0
    Finger(clinic.desk.chart.map).tap(QPoint(5, 5))
    assert not clinic.window.touch.soon.isActive()
    assert least_target() == 0


def test_a_finger_marks_and_hits_from_half_a_target_away(clinic: Clinic) -> None:
    body_map = clinic.desk.chart.map
    spot = clinic.at("posterior", 0.6, 0.22)
    clinic.key("T")
    clinic.window.touch.soon.setInterval(60_000)
    Finger(body_map).tap(spot)
    clinic.window.touch.soon.start(0)
    clinic.wait_until(lambda: clinic.window.touch.is_on)  # that was the first touch
    clinic.wait_until(lambda: body_map.finger_reach > 13)
    (mark,) = clinic.marks
    clinic.key("V")
    clinic.desk.editor.selection.clear()
    beside = clinic.at("posterior", 0.6, 0.22) + QPoint(least_target() // 2 - 1, 0)
    Finger(body_map).tap(beside)
    assert clinic.desk.editor.selection.ids == (mark.id,)


def test_a_finger_that_is_held_opens_the_menu_of_a_session(open_clinic: OpenClinic) -> None:
    from datetime import timedelta

    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.close()
    later = open_clinic(START + timedelta(days=7))
    later.desk.open_patient(later.desk.find_patients("anna")[0].id)
    panel = later.desk.chart.sessions
    panel.hold.timer.setInterval(0)
    row = panel.list.visualRect(panel.model.index(0, 0)).center()
    finger = Finger(panel.list.viewport()).down(row)

    def menus() -> list[QMenu]:
        return [each for each in panel.findChildren(QMenu) if each.isVisible()]

    later.wait_until(lambda: bool(menus()))
    finger.up()
    assert later.desk.chart.beside.session_id is None  # the release was no press
    (menu,) = menus()
    assert "Open beside" in [each.text() for each in menu.actions()]
    menu.close()


def test_a_finger_that_moves_holds_nothing(qtbot: object, clinic: Clinic) -> None:
    panel = clinic.desk.chart.sessions
    hold: Hold = panel.hold
    hold.timer.setInterval(60_000)
    finger = Finger(panel.list.viewport()).down(QPoint(60, 20))
    assert hold.timer.isActive()
    finger.move(QPoint(60, 60))
    assert not hold.timer.isActive()
    finger.up()


def test_a_finger_on_the_tick_box_lays_a_session_under(open_clinic: OpenClinic) -> None:
    from datetime import timedelta

    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.key("T").press("posterior", 0.6, 0.22)
    clinic.close()
    later = in_touch_mode(open_clinic(START + timedelta(days=7)))
    later.desk.open_patient(later.desk.find_patients("anna")[0].id)
    panel = later.desk.chart.sessions
    (under,) = later.desk.chart.under
    area = QRect(panel.list.visualRect(panel.model.index(0, 0)))
    target = box_target(area)
    assert min(target.width(), target.height()) >= least_target()
    Finger(panel.list.viewport()).tap(target.center())
    assert later.desk.chart.under == frozenset()
    Finger(panel.list.viewport()).tap(area.center())
    assert later.desk.chart.beside.session_id == under


@pytest.mark.qt_log_ignore("could not find the target for gesture|plugin does not support")
def test_two_fingers_zoom_and_leave_no_mark(clinic: Clinic) -> None:
    body_map = clinic.desk.chart.map
    clinic.key("T")
    clinic.window.touch.soon.setInterval(60_000)
    middle = clinic.at("posterior", 0.5, 0.3)
    before = clinic.at("posterior", 0.6, 0.3).x() - clinic.at("posterior", 0.4, 0.3).x()
    spread(body_map, middle, 40, 120, QPoint(0, 0))
    after = clinic.at("posterior", 0.6, 0.3).x() - clinic.at("posterior", 0.4, 0.3).x()
    assert after > 1.5 * before
    assert clinic.marks == []
    assert not clinic.desk.toolbox.is_down
    high = clinic.at("posterior", 0.5, 0.3).y()
    spread(body_map, QPoint(300, 300), 100, 102, QPoint(0, 60))
    assert clinic.at("posterior", 0.5, 0.3).y() > high + 30
    assert clinic.marks == []


def test_a_list_moves_under_the_finger_and_no_row_is_pressed(qtbot: QtBot) -> None:
    shown = QListWidget()
    qtbot.addWidget(shown)
    shown.addItems([f"row {k}" for k in range(80)])
    shown.resize(280, 300)
    scroll_by_finger(shown)
    set_least_target(least_px(96.0))
    QScroller.grabGesture(shown.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    shown.show()
    pressed: list[QListWidgetItem] = []
    shown.itemClicked.connect(pressed.append)
    finger = Finger(shown.viewport()).down(QPoint(100, 200)).move(QPoint(100, 60), steps=8)
    finger.up()
    qtbot.waitUntil(lambda: shown.verticalScrollBar().value() > 0)
    assert pressed == []
    scroller = QScroller.scroller(shown.viewport())
    qtbot.waitUntil(lambda: scroller.state() is QScroller.State.Inactive)
    Finger(shown.viewport()).tap(QPoint(50, 50))
    qtbot.waitUntil(lambda: len(pressed) == 1)
