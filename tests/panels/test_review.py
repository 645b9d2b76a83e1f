"""Looking back over sessions in the real window: time, the map at the slider, and the filters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QPushButton, QWidget

from app.domain.anatomy import Anchor, Side
from app.domain.closing import AdverseEvent, Closing, EventKind
from app.domain.identity import new_id
from app.domain.marks import MarkKind, Needle, TriggerPoint, TwitchResponse
from app.domain.own_pictures import FLAT_TRIANGLES, picture_version
from app.panels import theme as themes
from app.panels.main_window import SMALLEST_SIZE
from app.panels.review.comparison_bar import Mode
from app.panels.review.page import ReviewPage
from app.panels.review.time_track import CLOSEST
from app.panels.review.words import NO_SESSION, NONE_SHOWN
from app.panels.touch import least_target, set_least_target
from app.review.timeline import ReviewFilter
from tests.helpers.clinic import START, Clinic
from tests.helpers.past import Past
from tests.panels.test_words_fit import cut

NEEDLE = Needle(diameter_mm=0.25, length_mm=40)
LEFT_SPOT, RIGHT_SPOT = (0.45, 0.25), (0.55, 0.25)
Key = Qt.Key


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    return open_clinic()


@pytest.fixture
def past(clinic: Clinic) -> Past:
    """Five sessions, the first with a needle at the left, the last with three marks."""
    past = Past(clinic)
    visits = past.visits(5, pain_before=7, pain_after=4)
    past.mark(visits[0], NEEDLE, LEFT_SPOT)
    past.mark(visits[3], NEEDLE, LEFT_SPOT)
    past.mark(visits[4], NEEDLE, RIGHT_SPOT)
    past.mark(visits[4], TriggerPoint(tenderness=2), RIGHT_SPOT, muscle="infraspinatus")
    past.mark(visits[4], TwitchResponse(count=3), RIGHT_SPOT)
    return past


def choose(page: ReviewPage, field: str, name: str) -> None:
    """Picks a line of a filter's list, as keys do."""
    choice = page.left.filters.lists[field]
    choice.setCurrentIndex(choice.findText(name))
    choice.activated.emit(choice.currentIndex())
    QApplication.processEvents()


def shown(page: ReviewPage) -> list[str]:
    return [str(mark.kind) for mark in page.room.map._marks]


def test_the_newest_session_is_shown_with_what_it_held(past: Past) -> None:
    page = past.review()
    assert page.room.session == past.sessions[-1]
    assert page.isVisible()
    assert sorted(shown(page)) == ["needle", "trigger_point", "twitch_response"]
    assert page.room.facts.text.split("\n") == [
        "15 Nov 2026", "1 needle · 3 twitches", "Pain 7 → 4", "Neck pain", "Ada Nadel",
        "Adverse events not asked", "Not signed",
    ]  # fmt: skip


def test_keys_lead_through_time_wherever_the_focus_is(clinic: Clinic, past: Past) -> None:
    page = past.review()
    for widget in (page.room.track, page.room.map):
        clinic.strike(widget, Key.Key_Home)
        assert page.room.session == past.sessions[0]
        clinic.strike(widget, Key.Key_Right)
        assert page.room.session == past.sessions[1]
        clinic.strike(widget, Key.Key_Left, Key.Key_Left)
        assert page.room.session == past.sessions[0]
        clinic.strike(widget, Key.Key_End)
        assert page.room.session == past.sessions[4]


def test_a_press_on_a_column_shows_its_session(past: Past) -> None:
    page = past.review()
    QTest.mouseClick(
        page.room.track, Qt.MouseButton.LeftButton, pos=page.room.track.place_of(3).toPoint()
    )
    assert page.room.session == past.sessions[3]
    assert shown(page) == ["needle"]


def test_the_last_three_before_lie_under_the_session_until_they_are_switched_off(
    clinic: Clinic, past: Past
) -> None:
    page = past.review()
    assert [mark.session_id for mark in page.room.map._ghosts] == [past.sessions[3].id]
    clinic.strike(page.room.track, Key.Key_Left)  # of session 3, the first one lies under too
    assert [mark.session_id for mark in page.room.map._ghosts] == [past.sessions[0].id]
    clinic.strike(page.room.facts.ghosts, Key.Key_Space)
    assert page.room.map._ghosts == []


def test_play_goes_from_the_first_to_the_last_and_stops(clinic: Clinic, past: Past) -> None:
    page = past.review()
    page.room.bar.player.timer.setInterval(1)
    seen: list[int] = []
    page.room.track.valueChanged.connect(seen.append)
    clinic.click(page.room.bar.play)
    assert page.room.bar.play.text() == "Stop"
    clinic.wait_until(lambda: not page.room.bar.player.is_playing)
    assert seen == [0, 1, 2, 3, 4]
    assert page.room.bar.play.text() == "Play"


def test_space_plays_wherever_nothing_else_takes_it(clinic: Clinic, past: Past) -> None:
    page = past.review()
    clinic.strike(page.room.track, Key.Key_Space)
    assert page.room.bar.player.is_playing
    clinic.strike(page.room.track, Key.Key_Space)
    assert not page.room.bar.player.is_playing


@pytest.mark.parametrize("key", [Key.Key_Right, Key.Key_Escape, Key.Key_Space])
def test_any_key_stops_what_plays_and_does_nothing_else(
    clinic: Clinic, past: Past, key: Qt.Key
) -> None:
    page = past.review()
    clinic.click(page.room.bar.play)
    assert page.room.bar.player.is_playing
    clinic.strike(page.room.bar.play, key)
    assert not page.room.bar.player.is_playing
    assert page.isVisible()
    assert page.room.track.value() == 0


def test_leaving_the_page_stops_what_plays(clinic: Clinic, past: Past) -> None:
    page = past.review()
    clinic.click(page.room.bar.play).click(page.left.back)
    assert not page.room.bar.player.is_playing


@pytest.mark.parametrize("way", ["key", "escape", "button"])
def test_the_way_back_to_the_chart(clinic: Clinic, past: Past, way: str) -> None:
    page = past.review()
    if way == "key":
        clinic.key("Ctrl+R")
    elif way == "escape":
        clinic.strike(page.room.map, Key.Key_Escape)
    else:
        clinic.click(page.left.back)
    assert clinic.desk.chart.isVisible()
    assert not page.isVisible()


def test_the_review_is_opened_by_mouse_from_the_column_of_sessions(
    clinic: Clinic, past: Past
) -> None:
    clinic.desk.open_patient(past.patient.id)
    clinic.click(clinic.desk.chart.sessions.review)
    assert clinic.window.reviewing.page.isVisible()


def test_a_session_is_opened_on_the_desk_or_beside_it(clinic: Clinic, past: Past) -> None:
    page = past.review()
    clinic.strike(page.room.track, Key.Key_Home).click(page.room.facts.open)
    assert clinic.desk.editor.session == past.sessions[0]
    clinic.key("Ctrl+R").strike(page.room.track, Key.Key_End).click(page.room.facts.beside)
    chart = clinic.desk.chart
    assert chart.isVisible()
    assert chart.beside.session_id == past.sessions[4].id
    clinic.key("Ctrl+R").click(page.room.facts.beside)  # where it is beside, it stays
    assert chart.beside.session_id == past.sessions[4].id


def test_filters_leave_marks_and_sessions_out_and_say_so(clinic: Clinic, past: Past) -> None:
    (old,) = past.visits(1, practitioner_id=past.ben.id, problem_id=past.back.id)
    past.mark(old, NEEDLE, RIGHT_SPOT)
    page = past.review()
    filters = page.left.filters
    assert filters.left_out.text() == "6 of 6 marks shown"
    assert not filters.clear.isVisible()
    choose(page, "kind", "Needle")
    assert shown(page) == ["needle"]
    assert filters.left_out.text() == "4 of 6 marks shown"
    choose(page, "side", "Left")
    assert filters.left_out.text() == "2 of 6 marks shown"
    assert shown(page) == []
    clinic.click(filters.clear)
    assert filters.left_out.text() == "6 of 6 marks shown"
    choose(page, "practitioner_id", "Ben Okoro")
    assert filters.left_out.text() == "1 of 6 marks shown, in 1 of 6 sessions"
    assert page.room.session == old
    choose(page, "problem_id", "Neck pain")
    assert page.room.session is None
    assert page.room.empty.text() == NONE_SHOWN
    clinic.click(filters.clear)
    assert len(page.room.track.rows) == 6
    choose(page, "muscle", clinic.desk.editor.atlas.catalogue.name("infraspinatus"))
    assert filters.filter == ReviewFilter(muscle="infraspinatus")
    assert filters.left_out.text() == "1 of 6 marks shown"


def test_a_filter_asks_only_for_what_occurs(clinic: Clinic, past: Past) -> None:
    page = past.review()
    kinds = page.left.filters.lists["kind"]
    assert [kinds.itemText(row) for row in range(kinds.count())] == [
        "All kinds of mark", "Trigger point", "Needle", "Twitch response",
    ]  # fmt: skip


def test_the_session_stays_at_the_slider_when_others_are_left_out(past: Past) -> None:
    past.visits(2, problem_id=past.back.id)
    page = past.review()
    page.room.track.setValue(3)
    session = page.room.session
    choose(page, "problem_id", "Neck pain")
    assert (page.room.session, page.room.track.value()) == (session, 1)


def test_adverse_events_are_told_from_none_and_from_not_asked(past: Past) -> None:
    events = (AdverseEvent(kind=EventKind.BRUISE),)
    past.store(
        Closing(id=new_id(), session_id=past.sessions[0].id, events=events),
        Closing(id=new_id(), session_id=past.sessions[1].id, no_adverse_events=True),
    )
    page = past.review()
    told = []
    for place in range(3):
        page.room.track.setValue(place)
        told.append(page.room.facts.text.split("\n")[-2])
    assert told == ["Bruise", "No adverse event", "Adverse events not asked"]
    assert [row.glance.has_events for row in page.room.track.rows] == [True, *[False] * 4]


def test_a_patient_with_no_session(clinic: Clinic) -> None:
    page = Past(clinic).review()
    assert page.room.session is None
    assert page.room.empty.text() == NO_SESSION
    assert not page.room.bar.play.isVisible()
    clinic.strike(page.room.map, Key.Key_Right, Key.Key_Home)
    assert not page.room.facts.open.isEnabled()


def test_a_patient_with_one_session_has_nothing_to_play(clinic: Clinic) -> None:
    past = Past(clinic)
    past.visits(1)
    page = past.review()
    assert page.room.session == past.sessions[0]
    assert not page.room.bar.play.isVisible()
    assert page.room.facts.text.split("\n")[1:3] == ["No marks", "Pain not recorded"]
    page.room.bar.player.play()
    assert not page.room.bar.player.is_playing


def test_two_hundred_sessions_stand_apart_and_each_can_be_pressed(clinic: Clinic) -> None:
    past = Past(clinic)
    past.visits(200)
    page = past.review()
    track = page.room.track
    assert len(track.rows) == 200
    for place in (0, 77, 199):
        QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=track.place_of(place).toPoint())
        assert page.room.session == past.sessions[place]
    assert track.place_of(1).x() - track.place_of(0).x() < CLOSEST


def test_distances_follow_the_dates_unless_they_crowd_sessions(clinic: Clinic) -> None:
    past = Past(clinic)
    for weeks in (1, 2, 10):
        past.visits(1, started_at=START - timedelta(weeks=weeks))
    track = past.review().room.track
    first, second, third = (track.place_of(place).x() for place in range(3))
    assert second - first == pytest.approx(8 * (third - second))
    clinic.key("Ctrl+R")
    past.visits(1, started_at=START - timedelta(weeks=10, hours=1))
    places = [past.review().room.track.place_of(place).x() for place in range(4)]
    apart = [b - a for a, b in pairwise(places)]
    assert apart == pytest.approx([apart[0]] * 3)


def test_marks_on_own_pictures_alone(clinic: Clinic, past: Past) -> None:
    (old,) = past.visits(1)
    version = picture_version("0" * 64)
    spot = Anchor(FLAT_TRIANGLES[0], 0.4, 0.5)
    past.mark(old, NEEDLE, anchor=spot, body_version=version, placed_in=version, side=Side.LEFT)
    page = past.review()
    page.room.track.setValue(0)
    assert shown(page) == ["needle"]
    assert page.room.facts.text.split("\n")[1] == "1 needle"


def test_what_is_said_of_a_session_reaches_who_does_not_see_it(past: Past) -> None:
    page = past.review()
    assert page.room.track.accessibleDescription() == (
        "5 of 5: 15 Nov 2026, Neck pain: 3 marks, 1 needle, 3 twitches, pain 7 → 4, "
        "adverse events not asked, draft"
    )
    page.room.track.setValue(1)
    assert page.room.track.accessibleDescription().startswith("2 of 5: 25 Oct 2026")


def test_views_and_zoom_are_those_of_the_map_that_is_seen(clinic: Clinic, past: Past) -> None:
    page = past.review()
    chart = clinic.desk.chart.map
    before = chart.enlarged
    clinic.key("Alt+1")
    assert (page.room.map.enlarged, chart.enlarged) == ("anterior", before)
    clinic.key("Alt+0")
    assert page.room.map.enlarged is None
    with pytest.raises(AssertionError, match="no enabled action"):
        clinic.key("T")  # nothing is charted here
    lines = clinic.desk.lines
    clinic.key("L")
    assert clinic.desk.lines is not lines


def test_side_columns_fold_away_and_come_back(clinic: Clinic, past: Past) -> None:
    page = past.review()
    clinic.key("F9")
    assert not page.left.isVisible()
    assert not page.room.sites.panel.isVisible()
    clinic.key("F9")
    assert page.left.isVisible()
    assert page.room.sites.panel.isVisible()
    assert clinic.desk.chart.left.isHidden() is False


@pytest.mark.parametrize("mode", list(Mode))
def test_in_the_smallest_window_no_word_is_cut(clinic: Clinic, past: Past, mode: Mode) -> None:
    page = past.review()
    clinic.window.resize(*SMALLEST_SIZE)
    clinic.wait_until(lambda: page.room.sites.follower.found is not None)
    page.room.comparing.bar.choose(mode)
    QApplication.processEvents()
    assert cut(page) == []
    bar = page.room.comparing.bar
    for part in (bar.mode, bar.below, bar.legend, *bar.mode.children()):
        if isinstance(part, QWidget) and part.isVisible():
            assert part.width() >= part.minimumSizeHint().width()
            assert part.mapTo(page, part.rect().bottomRight()).x() <= page.width()


def test_what_is_read_anew_is_shown_anew(clinic: Clinic, past: Past) -> None:
    page = past.review()
    past.mark(past.sessions[4], NEEDLE, LEFT_SPOT)
    clinic.desk.store.reload()  # as after a conflict
    assert page.left.filters.left_out.text() == "6 of 6 marks shown"
    assert len(shown(page)) == 4


def test_nothing_is_changed_by_presses_on_the_map(clinic: Clinic, past: Past) -> None:
    page = past.review()
    marks = clinic.practice.repository.marks_of_patient(past.patient.id)
    QTest.mouseClick(page.room.map, Qt.MouseButton.LeftButton, pos=page.room.map.rect().center())
    QTest.mouseClick(page.room.map, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert clinic.practice.repository.marks_of_patient(past.patient.id) == marks


def test_needles_that_are_in_stay_said(clinic: Clinic, past: Past) -> None:
    page = past.review()
    assert not page.header.needles.isVisible()
    clinic.key("Ctrl+R")
    (today,) = past.visits(1, started_at=START)
    past.mark(today, replace(NEEDLE, in_at=START))
    page = past.review()
    assert page.header.needles.isVisible()
    assert page.header.needles.text() == "1 in"


def test_targets_are_large_in_touch_mode_and_no_word_is_cut(clinic: Clinic, past: Past) -> None:
    page = past.review()
    assert cut(page) == []
    clinic.window.touch.toggle()
    QApplication.processEvents()
    try:
        least = least_target()
        assert least
        targets = [*page.findChildren(QPushButton), *page.findChildren(QComboBox), page.room.track]
        small = [each for each in targets if each.isVisible() and each.height() < least]
        assert small == []
        assert cut(page) == []
    finally:
        clinic.window.touch.toggle()
        set_least_target(0)
        themes.dress(QApplication.instance(), themes.LIGHT)


def test_tab_reaches_everything_and_all_of_it_has_a_name(clinic: Clinic, past: Past) -> None:
    page = past.review()
    reached = {page.room.track}
    page.room.track.setFocus()
    for _stop in range(40):
        page.focusNextChild()
        reached.add(page.window().focusWidget())
    lists = set(page.left.filters.lists.values())
    buttons = {
        page.room.bar.play,
        page.room.bar.later,
        page.left.back,
        page.room.facts.open,
        page.room.map,
    }
    assert lists | buttons | {page.room.facts.ghosts} <= reached
    nameless = [each for each in reached if not (each.accessibleName() or _text(each))]
    assert nameless == []


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def test_kinds_are_values_and_not_words(past: Past) -> None:
    page = past.review()
    choose(page, "kind", "Needle")
    assert page.left.filters.filter.kind is MarkKind.NEEDLE


def test_outlines_lie_on_the_large_picture_and_not_as_specks_on_the_small_ones(
    past: Past,
) -> None:
    page = past.review()
    page.room.map.enlarge("posterior")
    large, *small = page.room.map._layers
    assert len(large._ghosts.placed) == 1
    assert [layer._ghosts.placed for layer in small] == [[]] * len(small)
    assert any(layer.placed for layer in small)
