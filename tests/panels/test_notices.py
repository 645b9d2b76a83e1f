"""Notices in the real window: one line that takes no room from the map, and one key."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.marks import Needle
from app.domain.papers import HazardNotice
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


def test_nothing_is_shown_after_the_window_was_closed(clinic: Clinic) -> None:
    editor = clinic.desk.editor
    editor.add(editor.new_mark(Needle(), anchor_at(clinic, 0.38, 0.26), "posterior"))
    clinic.close()  # and a stray error would fail this test
