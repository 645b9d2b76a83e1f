"""Notices in the real window: one line that takes no room from the map, and one key."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.marks import Needle
from app.domain.papers import HazardNotice
from app.panels.texts import PlainLabel
from app.panels.under_pointer import hazard_words
from app.panels.zone_notice import HazardCard
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session
from tests.panels.test_again import anchor_at


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2")


def place(clinic: Clinic, *places: tuple[float, float]) -> None:
    editor = clinic.desk.editor
    for at in places:
        editor.add(editor.new_mark(Needle(length_mm=40), anchor_at(clinic, *at), "posterior"))
    for _turn in range(3):
        QApplication.processEvents()


def kept(clinic: Clinic) -> list[HazardNotice]:
    session = clinic.desk.editor.session
    assert session is not None
    papers = clinic.practice.repository.papers(session.id)
    return [each for each in papers if isinstance(each, HazardNotice)]


def test_one_key_acknowledges_and_the_map_never_moves(clinic: Clinic) -> None:
    chart = clinic.desk.chart
    before = chart.map.geometry()
    place(clinic, (0.38, 0.26))
    notice = chart.lower_bar.notice
    assert notice.text.startswith("Needle 1 near Lung: 40 mm long, depth not recorded.")
    assert notice.accessibleName() == f"Notice: {notice.text}"
    assert not chart.timeline.isVisible()
    assert chart.map.geometry() == before
    assert QApplication.activeModalWidget() is None
    assert [each.words for each in kept(clinic)] == [notice.text]
    clinic.key("Y")
    assert notice.text == ""
    assert chart.timeline.isVisible()
    assert chart.map.geometry() == before
    assert kept(clinic)[0].acknowledged_at is not None


def test_all_of_a_long_notice_is_seen(clinic: Clinic) -> None:
    place(clinic, (0.38, 0.26), (0.62, 0.26), (0.42, 0.36), (0.58, 0.36))
    notice = clinic.desk.chart.lower_bar.notice
    words = notice._words
    assert words.height() >= words.heightForWidth(words.width())
    assert notice.geometry().bottom() <= clinic.desk.chart.rect().bottom()
    clinic.click(notice.button)
    assert any(each.acknowledged_at for each in kept(clinic))


def test_a_message_stands_over_a_notice_and_hides_none_of_it(clinic: Clinic) -> None:
    place(clinic, (0.38, 0.26))
    clinic.desk.notifier.done("Something was done.", "Undo", lambda: None)
    QApplication.processEvents()
    notice, message = clinic.desk.chart.lower_bar.notice, clinic.window.messages
    assert message.isVisible()
    pages = message.parentWidget()
    top = notice.mapTo(pages, notice.rect().topLeft()).y()
    assert message.geometry().bottom() <= top


def test_a_message_covers_neither_a_list_nor_the_words_under_the_pointer(clinic: Clinic) -> None:
    chart, message = clinic.desk.chart, clinic.window.messages
    for words in ("Done.", "Something was done, and it takes many words to say what. " * 3):
        clinic.desk.notifier.done(words, "Undo", lambda: None)
        QApplication.processEvents()
        covered = message.geometry()
        for other in (chart.column, chart.left, chart.lower_bar.pointer):
            corner = other.mapTo(message.parentWidget(), QPoint())
            assert not covered.intersects(QRect(corner, other.size()))
        assert message._text.height() >= message._text.heightForWidth(message._text.width())
    clinic.desk.notifier.done("Done.")
    assert message.y() >= chart.lower_bar.y()  # a short one covers nothing of the map


def test_what_warns_under_the_pointer_goes_on_in_a_second_line(clinic: Clinic) -> None:
    place(clinic, (0.38, 0.26))
    pointer = clinic.desk.chart.lower_bar.pointer
    warning = pointer._warning
    anatomy = clinic.desk.editor.atlas.anatomy
    apex = [each for each in anatomy.zones if each.structure.startswith(("Lung apex", "Carotid"))]
    pointer._show("", "", hazard_words(apex))
    QApplication.processEvents()
    assert len(warning.lines) == 2
    assert " ".join(warning.lines) == warning.text()  # at 1280 px, beside a notice
    room = 2 * warning.fontMetrics().lineSpacing()
    assert warning.height() >= room


def test_a_hazard_is_seen_above_the_fields_of_its_needle(clinic: Clinic) -> None:
    chart = clinic.desk.chart
    place(clinic, (0.38, 0.26))
    (needle,) = clinic.marks
    chart.lower_bar.notice.mousePressEvent(_press())
    assert clinic.desk.editor.selection.ids == (needle.id,)
    editor = chart.column.mark_editor
    (card,) = editor.zones.findChildren(HazardCard)
    QApplication.processEvents()
    assert editor.zones.y() < editor.needle.y()
    assert (
        chart.column._fields.viewport()
        .rect()
        .contains(card.fold.mapTo(chart.column._fields.viewport(), card.fold.rect().center()))
    )
    assert "(partly read)" in _seen(card)
    assert "BN121" in _seen(card)  # all of it, until it was read
    clinic.key("Y")
    (card,) = [each for each in editor.zones.findChildren(HazardCard) if not each.isHidden()]
    assert _seen(card) == "Lung (partly read)"
    clinic.click(card.fold)
    assert "BN121" in _seen(card)
    assert card.fold.accessibleName() == "Less about Lung"


def _seen(card: QWidget) -> str:
    labels = card.findChildren(PlainLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def _press() -> QMouseEvent:
    at, left = QPointF(4, 4), Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    return QMouseEvent(QEvent.Type.MouseButtonPress, at, at, left, left, none)


def test_nothing_is_shown_after_the_window_was_closed(clinic: Clinic) -> None:
    editor = clinic.desk.editor
    editor.add(editor.new_mark(Needle(), anchor_at(clinic, 0.38, 0.26), "posterior"))
    clinic.close()  # and a stray error would fail this test
