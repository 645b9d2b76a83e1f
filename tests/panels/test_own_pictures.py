"""Own pictures in the real window: added from a file, charted on, renamed, removed, printed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.anatomy import Side
from app.domain.own_pictures import OwnPicture
from app.painting.own_picture import images
from app.panels.own_pictures import LOST, ONE_AT_A_TIME, OTHER_CHART
from app.panels.picture_form import PictureForm
from app.report.pdf import write_session_pdf
from db.engine import look
from db.practice import DATABASE
from tests.helpers.clinic import START, Clinic
from tests.helpers.pictures import LEFT_HALF, RIGHT_HALF, jpeg, png
from tests.journeys.test_one_treatment import add_patient, start_first_session
from tests.report import reading

SPOT, FAR = (0.4, 0.5), (0.8, 0.3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shoulder.jpg"
    path.write_bytes(jpeg(1200, 800))
    return path


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2")


def pictures(clinic: Clinic) -> tuple[OwnPicture, ...]:
    """Those of the open chart, on the disk."""
    stored = clinic.practice.repository.chart(clinic.desk.store.patient.id).pictures
    assert clinic.desk.store.pictures == stored
    return stored


def add(clinic: Clinic, file: Path, title: str = "Left shoulder", side: str = "Left") -> OwnPicture:
    count = len(pictures(clinic))
    clinic.desk.pictures.take(file)
    form = clinic.dialog(PictureForm)
    clinic.write(form.title, title)
    if side:
        clinic.segment(form, f"Side: {side}")
    clinic.click(form.done_button)
    clinic.wait_until(lambda: len(pictures(clinic)) > count)
    QApplication.processEvents()
    return next(each for each in pictures(clinic) if each.title == title)


def at(clinic: Clinic, view: str, x: float, y: float) -> QPoint:
    shown = clinic.desk.editor.atlas.view(clinic.desk.editor.body, view)
    point = clinic.desk.chart.map.pane_point(view, x * shown.width, y * shown.height)
    return point.toPoint()


def press(clinic: Clinic, view: str, x: float, y: float) -> None:
    QTest.mouseClick(clinic.desk.chart.map, Qt.MouseButton.LeftButton, pos=at(clinic, view, x, y))
    QApplication.processEvents()


def colour(clinic: Clinic, view: str, x: float, y: float) -> QColor:
    return clinic.desk.chart.map.grab().toImage().pixelColor(at(clinic, view, x, y))


def is_like(found: QColor, wanted: str) -> bool:
    pairs = zip(found.getRgb()[:3], QColor(wanted).getRgb()[:3], strict=True)
    return max(abs(one - other) for one, other in pairs) < 24


def chips(clinic: Clinic) -> list[str]:
    return clinic.desk.chart.maps.view_bar.chips.texts


def test_a_picture_is_added_from_a_file_and_opened(clinic: Clinic, file: Path) -> None:
    picture = add(clinic, file)
    assert (picture.title, picture.side) == ("Left shoulder", Side.LEFT)
    assert (picture.width, picture.height) == (1200, 800)
    assert picture.patient_id == clinic.desk.store.patient.id
    assert clinic.practice.repository.picture_bytes(picture.sha256) == file.read_bytes()
    assert clinic.desk.chart.map.enlarged == picture.version
    assert clinic.message == "Picture added: Left shoulder."
    assert chips(clinic) == ["Picture: Left shoulder, no marks"]
    assert is_like(colour(clinic, picture.version, 0.2, 0.5), LEFT_HALF)
    assert is_like(colour(clinic, picture.version, 0.8, 0.5), RIGHT_HALF)
    assert clinic.practice.repository.check() == []


def test_the_file_is_needed_only_once(
    clinic: Clinic, open_clinic: Callable[..., Clinic], file: Path
) -> None:
    picture = add(clinic, file)
    patient_id = clinic.desk.store.patient.id
    clinic.close()
    file.unlink()
    images.forget()
    again = open_clinic(START + timedelta(hours=1))
    again.desk.open_patient(patient_id)
    again.desk.chart.map.enlarge(picture.version)
    again.wait_until(lambda: is_like(colour(again, picture.version, 0.2, 0.5), LEFT_HALF))


def test_marks_are_placed_on_it_seen_counted_and_undone(clinic: Clinic, file: Path) -> None:
    picture = add(clinic, file)
    bare = colour(clinic, picture.version, *SPOT)
    clinic.key("T")
    press(clinic, picture.version, *SPOT)
    (mark,) = clinic.marks
    spot = clinic.desk.editor.atlas.locate(mark.anchor, mark.placed_on, picture.version)
    assert spot.x / 2400 == pytest.approx(SPOT[0], abs=0.001)
    assert spot.y / 1600 == pytest.approx(SPOT[1], abs=0.002)
    assert (mark.side, mark.muscle) == (Side.LEFT, None)
    clinic.desk.editor.selection.clear()
    clinic.wait_until(lambda: chips(clinic) == ["Picture: Left shoulder, 1 mark"])
    assert colour(clinic, picture.version, *SPOT) != bare
    clinic.key("Ctrl+Z")
    assert clinic.marks == []
    assert colour(clinic, picture.version, *SPOT) == bare
    assert pictures(clinic) == (picture,)  # the picture is no step of the session


def test_esc_and_back_lead_to_the_view_before(clinic: Clinic, file: Path) -> None:
    picture = add(clinic, file)
    body_map, bar = clinic.desk.chart.map, clinic.desk.chart.maps.view_bar
    assert bar._views.text() == "Left shoulder"
    assert bar._whole.text() == "Posterior"
    clinic.key("V")
    body_map.escaped.emit()
    assert body_map.enlarged == "posterior"
    bar.chips._chips[0].click()
    assert body_map.enlarged == picture.version
    body_map.zoom(2.0)
    assert body_map._panes[0].zoom == 2.0
    body_map.go_back()
    assert body_map.enlarged == "posterior"


def test_without_a_side_no_letter_and_no_side_is_shown(clinic: Clinic, file: Path) -> None:
    picture = add(clinic, file, side="")
    clinic.key("T")
    press(clinic, picture.version, *SPOT)
    (mark,) = clinic.marks
    assert mark.side is None
    column = clinic.desk.chart.column
    assert column.mark_editor._place.text() == "side not said"
    index = column.mark_list.model().index(0)
    assert index.data() == "1 Trigger point, on a picture · side not said"
    QTest.mouseMove(clinic.desk.chart.map, at(clinic, picture.version, *FAR) + QPoint(3, 0))
    QTest.mouseMove(clinic.desk.chart.map, at(clinic, picture.version, *FAR))
    QApplication.processEvents()
    assert clinic.desk.chart._pointer.text == "Left shoulder · side not said"
    clinic.desk.chart.map.go_back()
    assert clinic.desk.chart._pointer.text == ""  # until the pointer is looked for on the body


def test_a_picture_is_renamed_and_that_is_undone(clinic: Clinic, file: Path) -> None:
    picture = add(clinic, file)
    clinic.window.actions_by_id["picture.edit"].trigger()
    form = clinic.dialog(PictureForm)
    form.title.setText("Left shoulder, raised")
    form.only_this.setChecked(False)
    clinic.click(form.done_button)
    (changed,) = pictures(clinic)
    assert (changed.title, changed.patient_id) == ("Left shoulder, raised", None)
    assert chips(clinic) == ["Picture: Left shoulder, raised, no marks"]
    clinic.click(clinic.window.messages._button)
    assert pictures(clinic) == (picture,)
    clinic.window.actions_by_id["picture.edit"].trigger()
    form = clinic.dialog(PictureForm)
    form.title.setText("  ")
    clinic.click(form.done_button)
    assert form.field("title").fault.startswith("Enter what the picture shows")
    form.title.setText(picture.title)
    form.reject()


def test_a_picture_is_removed_and_brought_back(clinic: Clinic, file: Path) -> None:
    picture = add(clinic, file)
    clinic.window.actions_by_id["picture.remove"].trigger()
    QApplication.processEvents()
    assert pictures(clinic) == ()
    assert clinic.desk.chart.map.enlarged == "posterior"
    assert chips(clinic) == []
    assert not clinic.window.actions_by_id["picture.remove"].isEnabled()
    assert clinic.message == "Picture removed: Left shoulder."
    clinic.click(clinic.window.messages._button)
    assert pictures(clinic) == (picture,)
    assert clinic.desk.chart.map.enlarged == picture.version
    clinic.key("T")
    press(clinic, picture.version, *SPOT)
    clinic.window.actions_by_id["picture.remove"].trigger()
    assert pictures(clinic) == (picture,)
    assert clinic.message.startswith("Marks lie on this picture")
    assert clinic.practice.repository.check() == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Dear colleague", "neither a PNG nor a JPEG"),
        (b"", "is empty"),
        (png()[:-20], "cut off or damaged"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_picture_is_said_and_nothing_is_asked(
    clinic: Clinic, tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "x.png"
    if content is not None:
        path.write_bytes(content)
    clinic.desk.pictures.take(path)
    clinic.wait_until(lambda: words in clinic.message)
    assert clinic.window.findChildren(PictureForm) == []
    assert pictures(clinic) == ()


def test_the_same_picture_is_not_added_twice(clinic: Clinic, file: Path) -> None:
    picture = add(clinic, file)
    clinic.key("Alt+2")
    clinic.desk.pictures.take(file)
    clinic.wait_until(lambda: clinic.message == "This picture is here already: Left shoulder.")
    assert clinic.desk.chart.map.enlarged == picture.version
    assert pictures(clinic) == (picture,)


def test_cancel_keeps_nothing(clinic: Clinic, file: Path) -> None:
    clinic.desk.pictures.take(file)
    form = clinic.dialog(PictureForm)
    form.reject()
    QApplication.processEvents()
    assert pictures(clinic) == ()
    with clinic.practice._transactions.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM picture_file").scalar() == 0


def test_a_picture_never_comes_into_another_chart(clinic: Clinic, file: Path) -> None:
    clinic.desk.pictures.take(file)
    clinic.window.show_patients()
    clinic.wait_until(lambda: clinic.message == OTHER_CHART)
    assert clinic.window.findChildren(PictureForm) == []


def test_another_patients_chart_shows_the_body_again(clinic: Clinic, file: Path) -> None:
    picture = add(clinic, file)
    clinic.window.show_patients()
    add_patient(clinic)
    assert clinic.desk.chart.map.enlarged == "posterior"
    assert chips(clinic) == []
    assert picture.version not in {view.name for view in clinic.desk.editor.atlas.own_views()}
    assert images.best(picture.sha256, 10) is None


def test_files_are_dropped_onto_the_map_one_at_a_time(clinic: Clinic, file: Path) -> None:
    maps = clinic.desk.chart.maps
    mime = QMimeData()
    copy = Qt.DropAction.CopyAction
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    for urls in ([], [QUrl("https://example.org/x.png")]):
        mime.setUrls(urls)
        entering = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
        entering.ignore()
        QApplication.sendEvent(maps, entering)
        assert not entering.isAccepted()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    QApplication.sendEvent(maps, QDragEnterEvent(QPoint(9, 9), copy, mime, left, none))
    QApplication.sendEvent(maps, QDropEvent(QPointF(9, 9), copy, mime, left, none))
    form = clinic.dialog(PictureForm)
    form.reject()
    mime.setUrls([QUrl.fromLocalFile(str(file))] * 2)
    QApplication.sendEvent(maps, QDragEnterEvent(QPoint(9, 9), copy, mime, left, none))
    QApplication.sendEvent(maps, QDropEvent(QPointF(9, 9), copy, mime, left, none))
    assert clinic.message == ONE_AT_A_TIME


def test_a_chart_that_has_marks_on_a_picture_alone_opens_there(
    clinic: Clinic, open_clinic: Callable[..., Clinic], file: Path
) -> None:
    picture = add(clinic, file)
    clinic.key("T")
    press(clinic, picture.version, *SPOT)
    patient_id = clinic.desk.store.patient.id
    clinic.close()
    later = open_clinic(START + timedelta(days=7))
    later.desk.open_patient(patient_id)
    assert later.desk.chart.map.enlarged == picture.version
    later.wait_until(lambda: is_like(colour(later, picture.version, *FAR), RIGHT_HALF))
    later.desk.new_session()
    later.desk.chart.open_last_beside()
    beside = later.desk.chart.beside.map
    later.desk.chart.map.enlarge("posterior")
    later.desk.chart.map.enlarge(picture.version)
    assert beside.enlarged == picture.version
    assert len(beside._layers[0].placed) == 1
    assert len(later.desk.chart.map._layers[0].placed) == 0


def test_a_file_that_was_damaged_on_the_disk_is_said(
    clinic: Clinic, open_clinic: Callable[..., Clinic], file: Path
) -> None:
    picture = add(clinic, file)
    patient_id = clinic.desk.store.patient.id
    clinic.close()
    behind = look(clinic.practice.folder / DATABASE)
    behind.execute("DROP TRIGGER picture_file_refuses_update")
    behind.execute("UPDATE picture_file SET data = ?", (png(),))  # a picture, but another one
    behind.close()
    images.forget()
    again = open_clinic(START + timedelta(hours=1))
    again.desk.open_patient(patient_id)
    again.wait_until(lambda: again.message == LOST)
    again.desk.chart.map.enlarge(picture.version)
    assert images.is_unreadable(picture.sha256)
    assert "is not what it was" in "".join(again.practice.repository.check())


def test_more_pictures_than_chips_are_in_the_list(clinic: Clinic, tmp_path: Path) -> None:
    titles = ["A & B", "Second", "Third", "Fourth"]
    for k, title in enumerate(titles):
        path = tmp_path / f"{k}.png"
        path.write_bytes(png(50 + k, 40))
        add(clinic, path, title, side="")
    bar = clinic.desk.chart.maps.view_bar
    bar._fill_menu()
    words = [action.text() for action in bar._menu.actions()]
    assert [each for each in words if each.replace("&&", "&") in titles] == [
        "A && B", "Second", "Third", "Fourth"
    ]  # fmt: skip
    assert words[-3:] == ["Add picture …", "Picture's details", "Remove picture"]
    assert 1 <= len(chips(clinic)) <= 3
    assert chips(clinic)[-1] == "Picture: Fourth, no marks"
    clinic.window.resize(960, 620)
    clinic.desk.chart.open_last_beside()
    QApplication.processEvents()
    assert clinic.desk.chart.maps.view_bar.width() <= clinic.window.width()


def test_the_pdf_is_made_from_the_window(clinic: Clinic, file: Path, tmp_path: Path) -> None:
    picture = add(clinic, file)
    clinic.key("T")
    press(clinic, picture.version, *SPOT)
    session = clinic.desk.editor.session
    out = tmp_path / "chart.pdf"
    clinic.desk.reports.exporter.export(session.id, out, "a4")
    clinic.wait_until(lambda: "exported" in clinic.message)
    assert "Left shoulder, own picture: 1 trigger point; left side 1" in reading.alternative_texts(
        out.read_bytes()
    )
    again = tmp_path / "again.pdf"
    write_session_pdf(clinic.practice.repository, session.id, again)
    assert reading.alternative_texts(again.read_bytes()) == reading.alternative_texts(
        out.read_bytes()
    )
