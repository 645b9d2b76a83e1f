"""The same spot followed, in the real window: listed, lit up, linked by hand and taken back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.change import Change
from app.domain.marks import Needle, Soreness, TriggerPoint, TwitchResponse
from app.domain.records import SessionStatus
from app.panels.review.page import ReviewPage
from app.panels.review.site_desk import NO_SITES
from app.panels.review.site_rows import SiteRow, VisitRow
from tests.helpers.clinic import Clinic
from tests.helpers.past import Past

LEFT, NEAR_LEFT, FAR_LEFT, RIGHT = (0.45, 0.25), (0.453, 0.25), (0.45, 0.36), (0.55, 0.25)
SPINE = {"muscle": "rhomboid_major"}
Key = Qt.Key


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    return open_clinic()


@pytest.fixture
def past(clinic: Clinic) -> Past:
    """Three sessions: a point that comes again each time, and one that is there once."""
    past = Past(clinic)
    first, second, third = past.visits(3)
    point = past.mark(first, TriggerPoint(tenderness=3, threshold_kpa=210), LEFT, **SPINE)
    needle = past.mark(
        first, Needle(diameter_mm=0.25, length_mm=40), LEFT, parent_id=point.id, **SPINE
    )
    past.mark(first, TwitchResponse(count=4), LEFT, parent_id=needle.id, **SPINE)
    past.mark(first, Soreness(intensity=6), FAR_LEFT, **SPINE)
    past.mark(second, TriggerPoint(tenderness=1), NEAR_LEFT, **SPINE)
    past.mark(third, TriggerPoint(), LEFT, **SPINE)
    past.mark(third, TriggerPoint(), FAR_LEFT, **SPINE)
    return past


def found(clinic: Clinic, page: ReviewPage) -> ReviewPage:
    clinic.wait_until(lambda: page.room.sites.follower.found is not None)
    return page


def site_rows(page: ReviewPage) -> list[SiteRow]:
    return list(page.room.sites.panel.sites.rows.rows)


def visit_rows(page: ReviewPage) -> list[VisitRow]:
    return list(page.room.sites.panel.visits.rows.rows)


def choose(clinic: Clinic, page: ReviewPage, often: int) -> None:
    """Chooses the point that was marked so often, by arrows."""
    page.room.sites.panel.sites.setFocus()
    rows = site_rows(page)
    wanted = next(
        k for k, row in enumerate(rows)
        if len(row.site.visits) == often and "trigger" in row.kind
    )  # fmt: skip
    clinic.strike(page.room.sites.panel.sites, *[Key.Key_Down] * (wanted + 1))
    clinic.strike(page.room.sites.panel.sites, *[Key.Key_Up] * 9, *[Key.Key_Down] * wanted)


def test_spots_are_listed_with_what_became_of_them(clinic: Clinic, past: Past) -> None:
    page = found(clinic, past.review())
    assert page.room.sites.panel.count.text() == "3 SITES"
    assert [row.words.partition(", ")[2] for row in site_rows(page)] == [
        "left · soreness: not marked; 1 Nov 2026 · once",
        "left · trigger point: again; 1 Nov 2026 – 15 Nov 2026 · 3 times",
        "left · trigger point: new; 15 Nov 2026 · once",
    ]
    clinic.strike(page.room.track, Key.Key_Home)
    assert [row.course for row in site_rows(page)] == ["new", "new", "not yet"]
    clinic.strike(page.room.track, Key.Key_Right)
    assert [row.course for row in site_rows(page)] == ["not marked", "again", "not yet"]


def test_nobody_is_told_that_a_spot_is_gone(clinic: Clinic, past: Past) -> None:
    page = found(clinic, past.review())
    words = " ".join(row.words for row in site_rows(page))
    assert "resolved" not in words
    assert "gone" not in words


def test_a_chosen_site_lights_up_and_shows_its_visits(clinic: Clinic, past: Past) -> None:
    page = found(clinic, past.review())
    choose(clinic, page, 3)
    assert page.room.sites.panel.page.isVisible()
    assert [(row.day, *row.cells) for row in visit_rows(page)] == [
        ("15 Nov 2026", "", "", "", "", ""),
        ("8 Nov 2026", "I", "", "", "", ""),
        ("1 Nov 2026", "III", "210", "4", "6", "0.25×40"),
    ]
    site = page.room.sites.site
    assert site is not None
    assert page.room.map._selected == {visit.mark.id for visit in site.visits}
    ghosts = {mark.id for mark in page.room.map._ghosts}
    assert {visit.mark.id for visit in site.visits[:-1]} <= ghosts


def test_a_site_stays_in_sight_when_its_page_takes_room(clinic: Clinic, past: Past) -> None:
    for muscle in ("infraspinatus", "teres_minor", "deltoid"):
        past.mark(past.sessions[0], TriggerPoint(), LEFT, muscle=muscle)
    page = found(clinic, past.review())
    sites = page.room.sites.panel.sites
    clinic.window.resize(clinic.window.minimumSize())
    page.room.sites.choose_mark(site_rows(page)[-1].site.last.id)
    QApplication.processEvents()
    assert sites.viewport().height() < sites.sizeHintForRow(0) * len(site_rows(page))
    assert sites.viewport().rect().contains(sites.visualRect(sites.currentIndex()))


def test_a_press_on_a_mark_chooses_its_site(clinic: Clinic, past: Past) -> None:
    page = found(clinic, past.review())
    mark = clinic.desk.store.marks(past.sessions[2].id)[0]
    at = page.room.map.point_of(mark.anchor)
    assert at is not None
    QTest.mouseClick(page.room.map, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert page.room.sites.site is not None
    assert len(page.room.sites.site.visits) == 3


def test_a_visit_leads_to_its_session(clinic: Clinic, past: Past) -> None:
    page = found(clinic, past.review())
    choose(clinic, page, 3)
    clinic.strike(page.room.sites.panel.visits, Key.Key_Down, Key.Key_Down)
    assert page.room.session == past.sessions[0]
    assert page.room.sites.panel.visit == visit_rows(page)[2]


def test_a_mark_is_parted_from_its_site_and_the_message_takes_it_back(
    clinic: Clinic, past: Past
) -> None:
    page = found(clinic, past.review())
    choose(clinic, page, 3)
    clinic.click(page.room.sites.panel.apart)
    found(clinic, page)
    assert sorted(len(row.site.visits) for row in site_rows(page)) == [1, 1, 1, 2]
    assert clinic.message == "Mark 1 is of none of the spots before."
    clinic.click(clinic.window.messages._button)
    found(clinic, page)
    assert clinic.practice.repository.site_links(past.patient.id) == []
    assert sorted(len(row.site.visits) for row in site_rows(page)) == [1, 1, 3]


def test_a_mark_is_linked_by_hand_also_in_signed_sessions(clinic: Clinic, past: Past) -> None:
    before = past.sessions[2]
    signed = replace(before, status=SessionStatus.SIGNED)
    past.store_change(Change.replace("Sign", before, signed))
    marks = clinic.practice.repository.marks_of_patient(past.patient.id)
    page = found(clinic, past.review())
    choose(clinic, page, 1)
    menu = page.room.sites.panel.menu()
    (same, *others) = menu.actions()
    assert "rhomboid" in same.text().lower()
    assert "3 times" in same.text()  # of the same kind first
    assert len(others) == 1
    same.trigger()
    QApplication.processEvents()
    found(clinic, page)
    site = page.room.sites.site
    assert site is not None
    assert [visit.mark.number for visit in site.visits] == [1, 1, 2]
    assert clinic.practice.repository.marks_of_patient(past.patient.id) == marks
    assert clinic.practice.repository.session(before.id) == signed
    (link,) = clinic.practice.repository.site_links(past.patient.id)
    assert link.earlier_id == marks[past.sessions[1].id][0].id
    moved = [row for row in visit_rows(page) if row.visit.by_hand]
    assert [row.course for row in moved] == ["moved"]


def test_place_tells_again_what_a_person_had_said(clinic: Clinic, past: Past) -> None:
    page = found(clinic, past.review())
    choose(clinic, page, 3)
    assert not page.room.sites.panel.place.isVisible()
    clinic.click(page.room.sites.panel.apart)
    found(clinic, page)
    alone = next(row for row in site_rows(page) if row.site.visits[0].by_hand)
    page.room.sites.choose_mark(alone.site.first.id)
    assert page.room.sites.panel.said.text().endswith("as a person has said")
    clinic.click(page.room.sites.panel.place)
    found(clinic, page)
    assert sorted(len(row.site.visits) for row in site_rows(page)) == [1, 1, 3]


def test_keys_lead_through_time_from_the_lists_too(clinic: Clinic, past: Past) -> None:
    page = found(clinic, past.review())
    choose(clinic, page, 3)
    for widget in (page.room.sites.panel.sites, page.room.sites.panel.visits):
        clinic.strike(widget, Key.Key_Home)
        assert page.room.session == past.sessions[0]
        clinic.strike(widget, Key.Key_Right, Key.Key_Right)
        assert page.room.session == past.sessions[2]
    clinic.strike(page.room.sites.panel.sites, Key.Key_Escape)
    assert clinic.desk.chart.isVisible()


def test_the_gate_is_a_setting(clinic: Clinic, past: Past) -> None:
    (fourth,) = past.visits(1)
    past.mark(fourth, TriggerPoint(), (0.48, 0.25), **SPINE)  # between 10 and 30 mm off
    page = found(clinic, past.review())
    assert sorted(len(row.site.visits) for row in site_rows(page)) == [1, 1, 4]
    gate = page.room.sites.panel.gate
    assert gate.currentText() == "30 mm"
    gate.setCurrentIndex(gate.findText("10 mm"))
    gate.activated.emit(gate.currentIndex())
    found(clinic, page)
    assert sorted(len(row.site.visits) for row in site_rows(page)) == [1, 1, 1, 3]
    assert clinic.window._settings.values.site_gate_mm == 10


def test_what_is_left_out_of_the_sites_is_said(clinic: Clinic, past: Past) -> None:
    page = found(clinic, past.review())
    kinds = page.left.filters.lists["kind"]
    kinds.setCurrentIndex(kinds.findText("Soreness"))
    kinds.activated.emit(kinds.currentIndex())
    assert page.room.sites.panel.count.text() == "1 OF 3 SITES"


def test_what_was_found_is_kept_until_a_mark_or_a_link_changes(clinic: Clinic, past: Past) -> None:
    page = found(clinic, past.review())
    kept = page.room.sites.follower.found
    clinic.key("Ctrl+R").key("Ctrl+R")
    assert page.room.sites.follower.found is kept
    clinic.key("Ctrl+R")
    clinic.desk.chart.open_session(past.sessions[2].id)
    clinic.key("T").press("posterior", *RIGHT)
    assert page.room.sites.follower.found is None
    clinic.key("Ctrl+R")
    assert len(found(clinic, page).room.sites.panel.sites.rows.rows) == 4


def test_a_word_says_that_spots_are_looked_for_and_others_may_be_opened_meanwhile(
    clinic: Clinic, past: Past
) -> None:
    page = past.review()
    assert page.room.sites.panel.word.text().startswith("Looking for the same spots")
    page.room.sites._say_progress(2, 3)
    assert page.room.sites.panel.word.text() == "Looking for the same spots: 2 of 3 sessions …"
    clinic.window.show_patients()  # it is not waited for
    assert not page.room.sites.follower.is_under_way
    assert page.room.sites.follower.found is None


def test_a_patient_without_marks_has_no_sites(clinic: Clinic) -> None:
    past = Past(clinic)
    past.visits(2)
    page = found(clinic, past.review())
    assert page.room.sites.panel.word.text() == NO_SITES
