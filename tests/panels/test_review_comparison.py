"""Two sessions beside each other, over each other, and as a difference, in the real window."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.anatomy import Body
from app.domain.change import Change
from app.domain.marks import Needle, TriggerPoint, TwitchResponse
from app.painting.standing import Sign
from app.panels.review.comparing import NO_OTHER, SAME, WAITING
from app.panels.review.comparison_bar import MOST, Mode
from app.panels.review.page import ReviewPage
from app.panels.texts import ElidedLabel
from app.review.comparison import Standing
from tests.helpers.clinic import Clinic
from tests.helpers.past import Past

LEFT, FAR_LEFT, RIGHT = (0.45, 0.25), (0.45, 0.36), (0.55, 0.25)
SPINE = {"muscle": "rhomboid_major"}


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    return open_clinic()


@pytest.fixture
def past(clinic: Clinic) -> Past:
    """Between the last two of three sessions one point comes, one stays and one is not marked."""
    past = Past(clinic)
    first, second, third = past.visits(3)
    past.mark(first, Needle(), RIGHT, **SPINE)
    past.mark(second, TriggerPoint(), LEFT, **SPINE)
    past.mark(second, TriggerPoint(), FAR_LEFT, **SPINE)
    past.mark(third, TriggerPoint(), LEFT, **SPINE)
    past.mark(third, TriggerPoint(), RIGHT, **SPINE)
    past.mark(third, TwitchResponse(count=1), RIGHT, **SPINE)
    return past


def review(clinic: Clinic, past: Past) -> ReviewPage:
    page = past.review()
    clinic.wait_until(lambda: page.room.sites.follower.found is not None)
    return page


def choose(clinic: Clinic, page: ReviewPage, mode: Mode) -> None:
    clinic.segment(page, f"Comparison: {mode.value}")


def with_session(page: ReviewPage, row: int) -> None:
    other = page.room.comparing.bar.other
    other.setCurrentIndex(row)
    other.activated.emit(row)
    QApplication.processEvents()


def test_beside_lies_the_session_before_with_one_zoom(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.BESIDE)
    beside = page.room.comparing.beside
    assert beside.session_id == past.sessions[1].id
    assert beside.isVisible()
    assert len(beside.map._marks) == 2
    page.room.map.enlarge("posterior")
    page.room.map.zoom(1.5)
    assert beside.map._panes[0].aim == page.room.map._panes[0].aim
    assert beside.map.height() == page.room.map.height()
    beside.map.zoom(0.8)
    assert beside.map._panes[0].aim == page.room.map._panes[0].aim
    page.room.map.enlarge("left")
    assert beside.map.enlarged == "left"


def test_what_was_zoomed_before_is_zoomed_beside_too(clinic: Clinic, past: Past) -> None:
    man = replace(past.patient, body=Body.MALE)  # which the map beside has not shown yet
    past.store_change(Change.replace("Body", past.patient, man))
    page = review(clinic, past)
    page.room.map.enlarge("posterior")
    page.room.map.zoom(2.0)
    choose(clinic, page, Mode.BESIDE)
    beside = page.room.comparing.beside
    assert page.room.map._panes[0].zoom > 1.0
    assert beside.map._panes[0].aim == page.room.map._panes[0].aim


def test_the_other_one_follows_the_slider_until_it_is_chosen(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.BESIDE)
    beside = page.room.comparing.beside
    page.room.track.setValue(1)
    assert beside.session_id == past.sessions[0].id
    page.room.track.setValue(0)  # before the first there is none
    assert beside.session_id == past.sessions[1].id
    with_session(page, 1)  # the newest
    assert beside.session_id == past.sessions[2].id
    page.room.track.setValue(1)
    assert beside.session_id == past.sessions[2].id


def test_the_session_beside_is_closed_or_opened_on_the_desk(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.BESIDE)
    clinic.click(clinic.button(page.room.comparing.beside, "×"))
    assert page.room.comparing.bar.chosen is Mode.SINGLE
    assert not page.room.comparing.beside.isVisible()
    choose(clinic, page, Mode.BESIDE)
    clinic.click(clinic.button(page.room.comparing.beside, "Open to edit"))
    assert clinic.desk.editor.session == past.sessions[1]


def test_two_sessions_over_each_other_fade_into_each_other(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.OVER)
    share = page.room.comparing.bar.share

    def seen() -> list[tuple[int, float]]:
        return [(len(each.marks), each.opacity) for each in page.room.map.over]

    assert seen() == [(2, 1.0), (3, 1.0)]
    share.setValue(0)
    assert seen() == [(2, 0.0), (3, 1.0)]
    share.setValue(MOST)
    assert seen() == [(2, 1.0), (3, 0.0)]
    clinic.strike(share, Qt.Key.Key_Left)
    assert seen()[1][1] > 0
    assert page.room.session == past.sessions[2]  # keys on this slider are its own
    choose(clinic, page, Mode.SINGLE)
    assert page.room.map.over == ()
    assert len(page.room.map._marks) == 3


def test_a_difference_tells_new_again_and_not_marked(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.DIFFERENCE)
    marks = clinic.practice.repository.marks_of_patient(past.patient.id)
    second, third = marks[past.sessions[1].id], marks[past.sessions[2].id]
    assert {each.sign: list(each.marks) for each in page.room.map.over} == {
        Sign.PLUS: [third[1]],
        Sign.DISC: [third[0]],
        Sign.DIAMOND: [second[1]],
    }
    legend = page.room.comparing.bar.legend
    assert [legend.words[each].text() for each in Standing] == [
        "1 new", "1 again", "1 not marked again",
    ]  # fmt: skip
    assert page.room.comparing.bar.said.text() == "since 8 Nov 2026; 1 mark not followed"


def test_the_later_day_is_the_later_one_wherever_the_slider_is(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.DIFFERENCE)
    there = {each.sign: list(each.marks) for each in page.room.map.over}
    with_session(page, 1)
    page.room.track.setValue(1)
    assert {each.sign: list(each.marks) for each in page.room.map.over} == there


def test_signs_of_a_difference_are_painted_where_the_marks_are(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.DIFFERENCE)
    page.room.map.enlarge("posterior")
    page.room.map.settle()
    picture = page.room.map.grab().toImage()
    for layer in page.room.map.over:
        (mark,) = layer.marks
        at = page.room.map.point_of(mark.anchor)
        assert at is not None
        reach = 9.0 * page.room.map._panes[0].frame.unit
        spot = at + QPointF(reach, 0) if layer.sign is Sign.DIAMOND else at
        around = [QPoint(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]  # an edge is soft
        seen = [picture.pixelColor(spot.toPoint() + off) for off in around]
        assert any(_is_near(colour, QColor(layer.sign.value)) for colour in seen)


@pytest.mark.parametrize("mode", [Mode.OVER, Mode.DIFFERENCE])
def test_a_mark_that_is_laid_over_is_pressed_and_its_spot_ringed(
    clinic: Clinic, past: Past, mode: Mode
) -> None:
    page = review(clinic, past)
    page.room.map.enlarge("posterior")
    page.room.map.fit()
    choose(clinic, page, mode)
    (site,) = (each for each in page.room.sites.follower.found.sites if len(each.visits) > 1)
    at = page.room.map.point_of(site.last.anchor)
    assert at is not None
    page.room.map.settle()
    before = page.room.map.grab().toImage()
    QTest.mouseClick(page.room.map, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert page.room.sites.site == site
    assert page.room.map.grab().toImage() != before
    beside = at + QPointF(120, 120)
    assert page.room.map.point_at(beside).hit is None


def _is_near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


def test_the_difference_waits_for_the_spots(clinic: Clinic, past: Past) -> None:
    page = past.review()
    choose(clinic, page, Mode.DIFFERENCE)
    page.room.sites.forget()
    page.room._show_map()
    assert page.room.comparing.bar.said.text() == WAITING
    assert page.room.map.over == ()
    page.room.sites.open()
    clinic.wait_until(lambda: page.room.map.over != ())


@pytest.mark.parametrize("mode", [Mode.BESIDE, Mode.OVER, Mode.DIFFERENCE])
def test_with_one_session_there_is_nothing_to_compare(clinic: Clinic, mode: Mode) -> None:
    past = Past(clinic)
    past.mark(past.visits(1)[0], TriggerPoint(), LEFT)
    page = past.review()
    choose(clinic, page, mode)
    assert page.room.comparing.bar.said.text() == NO_OTHER
    assert not page.room.comparing.beside.isVisible()
    assert len(page.room.map._marks) == 1
    with_session(page, 1)
    assert page.room.comparing.bar.said.text() == SAME


def test_a_filter_holds_for_both(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.OVER)
    kinds = page.left.filters.lists["kind"]
    kinds.setCurrentIndex(kinds.findText("Twitch response"))
    kinds.activated.emit(kinds.currentIndex())
    assert [len(each.marks) for each in page.room.map.over] == [0, 1]
    problems = page.left.filters.lists["side"]
    problems.setCurrentIndex(problems.findText("Left"))
    problems.activated.emit(problems.currentIndex())
    assert [len(each.marks) for each in page.room.map.over] == [0, 0]


def test_a_filter_holds_for_the_difference_too(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.DIFFERENCE)
    sides = page.left.filters.lists["side"]
    sides.setCurrentIndex(sides.findText("Right"))
    sides.activated.emit(sides.currentIndex())
    assert {each.sign: len(each.marks) for each in page.room.map.over} == {
        Sign.PLUS: 1, Sign.DISC: 0, Sign.DIAMOND: 0,
    }  # fmt: skip


def test_comparing_words_are_not_cut(clinic: Clinic, past: Past) -> None:
    page = review(clinic, past)
    choose(clinic, page, Mode.DIFFERENCE)
    for _value, button in page.room.comparing.bar.mode._buttons:
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width() - 8


def test_a_label_of_two_lines_takes_one_where_that_is_enough(clinic: Clinic) -> None:
    label = ElidedLabel("since 8 Nov 2026; 1 mark not followed", "small", most_lines=2)
    label.resize(400, 30)
    assert label.lines == ["since 8 Nov 2026; 1 mark not followed"]
    label.resize(140, 30)
    assert len(label.lines) == 2
