"""The room of "how often" in the real window: what is counted, filtered, shown and saved."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPushButton

from app.body.atlas import Atlas
from app.body.picture_style import PictureStyle
from app.domain.anatomy import Anchor, Body, Side
from app.domain.change import Change
from app.domain.identity import new_id
from app.domain.marks import Mark, Needle, Shape, Soreness, TriggerPoint, TwitchResponse
from app.domain.own_pictures import FLAT_TRIANGLES, picture_version
from app.domain.records import Patient, TreatmentSession
from app.painting.colour_scale import colours
from app.panels import theme as themes
from app.panels.frequency.panel import HINT, FrequencyPanel
from app.panels.frequency.place_list import HEADINGS, TWITCHES
from app.panels.frequency.saving import FrequencySaving
from app.panels.frequency.sources import PracticeSource
from app.panels.main_window import SMALLEST_SIZE
from app.panels.review.often_room import OftenRoom
from app.panels.review.page import ReviewPage
from app.panels.review.words import NO_SESSION
from app.panels.touch import least_target, set_least_target
from app.review.skin_tally import Counted
from tests.helpers.clinic import Clinic
from tests.helpers.past import VIEW, Past
from tests.helpers.skin import circle
from tests.panels.test_words_fit import cut

NEEDLE = Needle(diameter_mm=0.25, length_mm=40)
LEFT_SPOT, RIGHT_SPOT = (0.42, 0.25), (0.58, 0.25)
Key = Qt.Key


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    return open_clinic()


def sore(past: Past, of: TreatmentSession, at: tuple[float, float]) -> Mark:
    """An area of soreness around a place of the posterior picture."""
    atlas = past.clinic.desk.editor.atlas
    view = atlas.view(Body.FEMALE, VIEW)
    drawn = atlas.draw_area(Body.FEMALE, VIEW, circle(at[0] * view.width, at[1] * view.height, 40))
    assert drawn is not None
    return past.mark(
        of, Soreness(intensity=4), at, shape=Shape.AREA, outline=drawn.outline,
        anchor=drawn.anchor, muscle="infraspinatus",
    )  # fmt: skip


@pytest.fixture
def past(clinic: Clinic) -> Past:
    """Four sessions: needles 3 left and 1 right, 2 twitches, a trigger point, soreness twice."""
    past = Past(clinic)
    visits = past.visits(3)
    (elsewhere,) = past.visits(1, problem_id=past.back.id, practitioner_id=past.ben.id)
    for visit in visits:
        past.mark(visit, NEEDLE, LEFT_SPOT, muscle="infraspinatus")
    past.mark(visits[2], TriggerPoint(), LEFT_SPOT, muscle="infraspinatus")
    past.mark(visits[2], TwitchResponse(count=2), LEFT_SPOT, muscle="infraspinatus")
    past.mark(elsewhere, NEEDLE, RIGHT_SPOT, muscle="infraspinatus")
    sore(past, visits[0], LEFT_SPOT)
    sore(past, visits[1], LEFT_SPOT)
    return past


def counted(clinic: Clinic, panel: FrequencyPanel) -> None:
    """Until the map that is asked for is shown, with its table."""

    def there() -> bool:
        found = panel.found
        wanted = found is not None and found.counted is panel.counted and found.rows is not None
        return wanted and found is panel.source.found and not panel.source.is_under_way

    clinic.wait_until(there)
    QApplication.processEvents()


def often(clinic: Clinic, past: Past) -> tuple[ReviewPage, FrequencyPanel]:
    """The room, opened by its switch."""
    page = past.review()
    clinic.segment(page.left.rooms, "Look at: How often")
    assert isinstance(page.room, OftenRoom)
    if clinic.desk.store.sessions:
        counted(clinic, page.room.panel)
    return page, page.room.panel


def rows(panel: FrequencyPanel) -> list[tuple[str | int, ...]]:
    model = panel.column.table.places
    return [tuple(model.cell(row, k) for k in range(len(HEADINGS))) for row in model.rows]


def choose(page: ReviewPage, field: str, name: str) -> None:
    choice = page.left.filters.lists[field]
    choice.setCurrentIndex(choice.findText(name))
    choice.activated.emit(choice.currentIndex())
    QApplication.processEvents()


def turn(clinic: Clinic, panel: FrequencyPanel, name: str) -> None:
    clinic.segment(panel, name)
    counted(clinic, panel)


def skin_at(atlas: Atlas, at: tuple[float, float]) -> Anchor:
    view = atlas.view(Body.FEMALE, VIEW)
    anchor = atlas.pick(Body.FEMALE, VIEW, at[0] * view.width, at[1] * view.height)
    assert anchor is not None
    return anchor


def hover(clinic: Clinic, panel: FrequencyPanel, at: tuple[float, float]) -> str:
    panel.map.enlarge(VIEW)
    view = panel._atlas.view(Body.FEMALE, VIEW)
    point = panel.map.pane_point(VIEW, at[0] * view.width, at[1] * view.height)
    panel.map.point_at(point)
    return panel.line.text()


def test_the_table_counts_what_was_counted_by_hand(clinic: Clinic, past: Past) -> None:
    _page, panel = often(clinic, past)
    assert rows(panel) == [
        ("Infraspinatus", "left", 3, 1, 2, 2, 3),
        ("Infraspinatus", "right", 1, 0, 0, 0, 1),
    ]
    assert panel.column.figures.text().startswith("4 needles · ")
    assert panel.column.scale.text() == "0 … 3 times"
    assert panel.map.enlarged == VIEW
    model = panel.column.table.places
    said = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "Infraspinatus, left, needles 3, points 1, twitches 2, sore 2, sessions 3"
    assert panel.column.bar.accessibleName() == "Legend: 0 … 3 times"
    parts = (panel.map, panel.line, panel.column.table, panel.column.scope, panel.column.counted)
    assert all(each.accessibleName() for each in parts)


def test_the_map_has_the_colour_of_the_legend_where_the_patient_was_needled(
    clinic: Clinic, past: Past
) -> None:
    _page, panel = often(clinic, past)
    panel.map.enlarge(VIEW)
    panel.map.setFocus()
    QApplication.processEvents()
    view = panel._atlas.view(Body.FEMALE, VIEW)

    def pixel(at: tuple[float, float]) -> tuple[int, ...]:
        grabbed: QImage = panel.map.grab().toImage()
        point = panel.map.pane_point(VIEW, at[0] * view.width, at[1] * view.height)
        return grabbed.pixelColor(point.toPoint()).getRgb()[:3]

    bare = pixel((0.5, 0.35))
    most = colours(np.array([3.0]), 3)[0]
    left, right = pixel(LEFT_SPOT), pixel(RIGHT_SPOT)
    assert sum(abs(int(a) - int(b)) for a, b in zip(left, most, strict=True)) < 120
    assert min(left) < min(right) < min(bare)  # the more, the darker
    panel.map.zoom(2.0)
    panel.map.settle()
    assert sum(abs(int(a) - int(b)) for a, b in zip(pixel(LEFT_SPOT), most, strict=True)) < 120


def test_filters_leave_out_what_they_say(clinic: Clinic, past: Past) -> None:
    page, panel = often(clinic, past)
    for field, name, words in (
        ("side", "Right", "1 needle · "),
        ("problem_id", "Neck pain", "3 needles · "),
        ("practitioner_id", "Ben Okoro", "1 needle · "),
        ("muscle", "Infraspinatus", "4 needles · "),
        ("kind", "Needle", "4 needles · "),
    ):
        choose(page, field, name)
        counted(clinic, panel)
        assert panel.column.figures.text().startswith(words), field
        assert sum(int(row[2]) for row in rows(panel)) == int(words.split()[0])
        clinic.click(page.left.filters.clear)
        counted(clinic, panel)
    choose(page, "kind", "Trigger point")
    counted(clinic, panel)
    assert panel.column.word.text() == "No needle on the body is among what is shown."
    assert not panel.column.picture.isEnabled()


def test_soreness_is_told_in_sessions_and_their_share(clinic: Clinic, past: Past) -> None:
    _page, panel = often(clinic, past)
    turn(clinic, panel, "What is counted: Sore")
    assert panel.column.scale.text() == "0 … 2 times, areas at most in 2 of 4 sessions (50 %)"
    assert hover(clinic, panel, LEFT_SPOT).startswith("Sore in 2 of 4 sessions (50 %) · ")
    assert hover(clinic, panel, RIGHT_SPOT).startswith("Not marked as sore here · ")
    turn(clinic, panel, "What is counted: Trigger points")
    assert panel.column.figures.text().startswith("1 trigger point · ")
    assert hover(clinic, panel, LEFT_SPOT).startswith("1 trigger point within 15 mm · ")
    clinic.segment(panel, "What is counted: Sore")  # nobody waits for it
    turn(clinic, panel, "What is counted: Needled")
    assert panel.column.figures.text().startswith("4 needles · ")


def test_what_is_asked_for_is_brought_into_sight(clinic: Clinic, past: Past) -> None:
    _page, panel = often(clinic, past)
    panel.map.enlarge("anterior")  # where nothing is sore
    turn(clinic, panel, "What is counted: Sore")
    assert panel.map.enlarged == VIEW
    panel.map.enlarge("left")  # which shows some of it
    turn(clinic, panel, "What is counted: Needled")
    assert panel.map.enlarged == "left"


def test_a_line_says_how_often_the_skin_under_the_pointer_was_needled(
    clinic: Clinic, past: Past
) -> None:
    _page, panel = often(clinic, past)
    words = hover(clinic, panel, LEFT_SPOT)
    assert words.startswith("Needled 3 times within 15 mm · ")
    assert words.endswith(", left")
    assert hover(clinic, panel, RIGHT_SPOT).startswith("Needled once within 15 mm · ")
    assert hover(clinic, panel, (0.5, 0.4)).startswith("No needle within 15 mm · ")
    panel.map.point_at(QPointF(2, 2))
    assert panel.line.text() == HINT
    clinic.strike(panel.map, Key.Key_Down, Key.Key_Down)  # a crosshair that arrows move
    assert " · " in panel.line.text()


def test_what_is_on_no_body_is_told(clinic: Clinic, past: Past) -> None:
    version = picture_version("0" * 64)
    spot = Anchor(FLAT_TRIANGLES[0], 0.4, 0.5)
    where = {"body_version": version, "placed_in": version, "anchor": spot, "side": None}
    past.mark(past.sessions[0], NEEDLE, **where)
    past.mark(past.sessions[1], NEEDLE, body_version="older")
    _page, panel = often(clinic, past)
    words = "Not on the map: 1 on own pictures, 1 on another version of the body."
    assert panel.column.left_out.text() == words
    assert ("No muscle named", "–", 1, 0, 0, 0, 1) in rows(panel)
    turn(clinic, panel, "Whose marks: Whole practice")
    assert panel.column.left_out.text() == words


def test_a_patient_with_no_session_one_without_marks_and_one_on_own_pictures_alone(
    clinic: Clinic,
) -> None:
    past = Past(clinic)
    _page, panel = often(clinic, past)
    assert panel.column.word.text() == NO_SESSION
    assert not panel.column.table.isVisible()
    clinic.key("Ctrl+R")
    (visit,) = past.visits(1)
    past.review()
    counted(clinic, panel)
    assert panel.column.word.text() == "No needle on the body is among what is shown."
    assert panel.column.left_out.text() == ""
    clinic.key("Ctrl+R")
    version = picture_version("0" * 64)
    spot = Anchor(FLAT_TRIANGLES[0], 0.4, 0.5)
    past.mark(visit, NEEDLE, body_version=version, placed_in=version, anchor=spot, side=None)
    past.review()
    counted(clinic, panel)
    assert panel.column.word.text() == "No needle on the body is among what is shown."
    assert panel.column.left_out.text() == "Not on the map: 1 on own pictures."


def test_the_whole_practice_counts_other_patients_and_names_none(
    clinic: Clinic, past: Past
) -> None:
    other = Patient(id=new_id(), family_name="Other", number="78", body=Body.MALE)
    visit = TreatmentSession(
        id=new_id(), patient_id=other.id, practitioner_id=past.ada.id,
        started_at=past.sessions[0].started_at,
    )  # fmt: skip
    past.store(other, visit)
    past.mark(visit, NEEDLE, LEFT_SPOT, muscle="infraspinatus", placed_on=Body.MALE)
    page, panel = often(clinic, past)
    turn(clinic, panel, "Whose marks: Whole practice")
    assert panel.column.figures.text().startswith("5 needles · ")
    assert rows(panel)[0] == ("Infraspinatus", "left", 4, 1, 2, 2, 4)
    assert "both figures" in panel.column.whose.text()
    assert "filters" in panel.column.whose.text()
    choose(page, "side", "Right")
    counted(clinic, panel)
    assert panel.column.figures.text().startswith("5 needles · ")
    turn(clinic, panel, "What is counted: Sore")
    assert panel.column.scale.text() == "0 … 2 times, areas at most in 2 of 5 sessions (40 %)"
    clinic.key("Ctrl+R")
    clinic.desk.open_patient(other.id)
    clinic.key("Ctrl+R")  # the room is that which was looked at last, the patient another one
    turn(clinic, panel, "What is counted: Needled")
    assert panel.column.figures.text().startswith("1 needle · ")
    assert panel.found is not None
    assert panel.found.body is Body.MALE
    assert panel.column.scope.value == 0


def test_a_mark_that_is_made_and_undone_is_counted_and_taken_out(
    clinic: Clinic, past: Past
) -> None:
    page, panel = often(clinic, past)
    turn(clinic, panel, "Whose marks: Whole practice")
    kept = page.room.practice._count
    clinic.key("Ctrl+R")
    clinic.desk.chart.open_session(past.sessions[3].id)
    clinic.key("D").press(VIEW, *RIGHT_SPOT)
    for _step in range(2):
        clinic.key("Ctrl+R")
        turn(clinic, panel, "Whose marks: Whole practice")
        needles = len([each for each in clinic.marks if isinstance(each.details, Needle)])
        assert panel.column.figures.text().startswith(f"{needles + 3} needles")
        assert page.room.practice._count is kept  # nothing was counted anew
        turn(clinic, panel, "Whose marks: This patient")
        assert panel.column.figures.text().startswith(f"{needles + 3} needles")
        clinic.key("Ctrl+R")
        if _step == 0:
            clinic.key("Ctrl+Z")


def test_a_row_lights_its_muscle_up_on_its_side_until_it_is_pressed_again(
    clinic: Clinic, past: Past
) -> None:
    _page, panel = often(clinic, past)
    table = panel.column.table
    clinic.strike(table, Key.Key_Tab)
    assert table.row is None
    clinic.strike(table, Key.Key_Space)
    assert table.row == table.places.rows[0]
    second = table.visualRect(table.places.index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert [(lit.muscle.id, lit.side) for lit in panel.map.anatomy.lit] == [
        ("infraspinatus", Side.RIGHT)
    ]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert panel.map.anatomy.lit == ()
    assert table.row is None


def test_the_table_is_sorted_and_a_lit_muscle_is_brought_into_sight(
    clinic: Clinic, past: Past
) -> None:
    past.mark(past.sessions[0], TwitchResponse(count=9), RIGHT_SPOT, muscle="pectoralis_major")
    _page, panel = often(clinic, past)
    table = panel.column.table
    table.sort_by(TWITCHES)
    assert [row[TWITCHES] for row in rows(panel)] == [9, 2, 0]
    assert panel.map.enlarged == VIEW
    table.setCurrentIndex(table.places.index(0, TWITCHES))
    assert panel.map.enlarged == "anterior"
    lit = table.row
    clinic.strike(table, Key.Key_Return)
    assert [row[TWITCHES] for row in rows(panel)] == [0, 2, 9]
    assert table.row == lit
    table.sort_by(0)
    names = [str(row[0]).casefold() for row in rows(panel)]
    assert names == sorted(names)


def test_esc_leads_back_and_ctrl_page_goes_from_room_to_room(clinic: Clinic, past: Past) -> None:
    page, panel = often(clinic, past)
    clinic.key("Ctrl+PgUp")
    assert not panel.isVisible()
    assert page.room.facts.isVisible()
    clinic.key("Ctrl+PgDown")
    assert panel.isVisible()
    clinic.key("Alt+1")
    assert panel.map.enlarged == "anterior"
    clinic.key("F9")
    assert not panel.column.isVisible()
    clinic.key("F9")
    assert panel.column.isVisible()
    assert page.window().focusWidget() is panel.map
    for widget in (panel.map, panel.column.table, page.left.rooms):
        clinic.strike(widget, Key.Key_Escape)
        assert clinic.desk.chart.isVisible(), widget
        with pytest.raises(AssertionError, match="no enabled action"):
            clinic.key("Ctrl+PgDown")  # there are no rooms here
        clinic.key("Ctrl+R")
        assert panel.isVisible()  # where it was left


def test_the_picture_and_the_table_are_saved_and_name_nobody(
    clinic: Clinic, past: Past, tmp_path: Path
) -> None:
    _page, panel = often(clinic, past)
    assert panel.found is not None
    assert panel._heat is not None
    views = panel._atlas.views(Body.FEMALE)
    for name in ("map.png", "map.svg"):
        panel._saving.save_picture(
            tmp_path / name, panel.found, panel._heat, views, panel._style, panel.source.said
        )
    table = panel.column.table.places.rows
    for name in ("table.csv", "table.xlsx"):
        panel._saving.save_table(tmp_path / name, table, panel._atlas.catalogue.name)
    clinic.wait_until(lambda: not clinic.desk.jobs.is_busy)
    assert clinic.message == "Saved table.xlsx."
    assert QImage(str(tmp_path / "map.png")).width() == 2400
    svg = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert "How often needled" in svg
    assert "One patient, 4 sessions, " in svg
    assert "Past" not in re.sub(r"base64,[^\"]*", "", svg)
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        heading, *lines = csv.reader(file)
    assert heading[3] == "Needles (number)"
    assert lines[0] == ["Infraspinatus", "infraspinatus", "left", "3", "1", "2", "2", "3"]
    for button, name in ((panel.column.picture, "asked.svg"), (panel.column.rows, "asked.csv")):
        clinic.click(button)
        dialog = clinic.dialog(QFileDialog)
        assert "Past" not in dialog.selectedFiles()[0].rpartition("/")[2]
        file_name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert file_name is not None
        file_name.setText(str(tmp_path / name))
        clinic.click(clinic.button(dialog, "&Save"))
        clinic.wait_until(lambda: not clinic.desk.jobs.is_busy)
        assert (tmp_path / name).stat().st_size > 100
    panel._saving.save_table(tmp_path / "none" / "t.csv", table, panel._atlas.catalogue.name)
    clinic.wait_until(lambda: not clinic.desk.jobs.is_busy)
    assert clinic.message.startswith(f"The folder {tmp_path / 'none'} does not exist.")


def test_in_the_smallest_window_no_word_is_cut(clinic: Clinic, past: Past) -> None:
    page, panel = often(clinic, past)
    clinic.window.resize(*SMALLEST_SIZE)
    turn(clinic, panel, "Whose marks: Whole practice")
    for name in ("Trigger points", "Sore"):
        turn(clinic, panel, f"What is counted: {name}")
        panel.line.setText("")
        assert cut(page) == []
    assert panel.column.geometry().right() < page.width()
    assert panel.map.width() >= panel.map.minimumSizeHint().width()


def test_targets_are_large_in_touch_mode(clinic: Clinic, past: Past) -> None:
    page, panel = often(clinic, past)
    clinic.window.touch.toggle()
    QApplication.processEvents()
    try:
        least = least_target()
        targets = [*page.findChildren(QPushButton), *page.findChildren(QComboBox)]
        assert [each for each in targets if each.isVisible() and each.height() < least] == []
        assert panel.column.table.rowHeight(0) >= least
        assert cut(page) == []
    finally:
        clinic.window.touch.toggle()
        set_least_target(0)
        themes.dress(QApplication.instance(), themes.LIGHT)


def test_a_panel_over_the_practice_needs_no_open_chart(clinic: Clinic, past: Past) -> None:
    desk = clinic.desk
    source = PracticeSource(clinic._atlas, clinic.practice.repository)
    saving = FrequencySaving(desk.jobs, clinic.window._settings, desk.notifier, clinic.clock)
    panel = FrequencyPanel(clinic._atlas, [source], saving, themes.DARK, PictureStyle.CLAY)
    panel.resize(1000, 700)
    panel.show()
    try:
        counted(clinic, panel)
        assert panel.column.figures.text().startswith("4 needles · ")
        assert not panel.column.scope.isVisible()
        assert "filters" not in panel.column.whose.text()
        mark = clinic.practice.repository.marks(past.sessions[0].id)[0]
        moved = replace(mark, anchor=skin_at(clinic._atlas, RIGHT_SPOT), side=Side.RIGHT)
        change = Change.replace("Move", mark, moved)
        past.store_change(change)
        source.heed(change)
        counted(clinic, panel)
        assert source._count.is_begun
        assert panel.counted is Counted.NEEDLED
        assert panel.found is not None
        near, _areas = panel.found.around(moved.anchor, clinic._atlas)
        assert near >= 1
    finally:
        source.close()
        panel.close()
