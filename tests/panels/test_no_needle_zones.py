"""A patient's own zones in the real window: drawn once, seen and said in every session."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.map_view import MapView
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.panels.zone_card import REASONS
from tests.helpers.clinic import START, Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

SHOULDER, HIP = (0.60, 0.22), (0.58, 0.45)
CORNERS = [(0.57, 0.20), (0.63, 0.20), (0.63, 0.24), (0.57, 0.24), (0.57, 0.205)]
RED = 18
"""A zone is redder than the skin around it by at least this much of 255."""


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.desk.chart.anatomy.show_zones(False)
    clinic.desk._settings.change(hazard_zones=False)
    return clinic.key("Alt+2")


def zones(clinic: Clinic) -> tuple[NoNeedleZone, ...]:
    """The zones on the disk."""
    return clinic.practice.repository.chart(clinic.desk.store.patient.id).zones


def draw(clinic: Clinic, reason: ZoneReason | None = None) -> NoNeedleZone:
    clinic.key("Z").drag("posterior", *CORNERS)
    if reason is not None:
        box = clinic.desk.chart.column.zone_card.reason
        box.setCurrentIndex(REASONS.index(reason))
        box.activated.emit(box.currentIndex())
    return zones(clinic)[-1]


def chips(clinic: Clinic) -> list[str]:
    return [label.text() for label in clinic.desk.chart.header._warnings]


def redness(body_map: MapView, view: str, x: float, y: float) -> int:
    """How much redder than green the picture is at a place."""
    picture = body_map._atlas.view(body_map._body, view)
    at = body_map.pane_point(view, x * picture.width, y * picture.height).toPoint()
    colour = body_map.grab().toImage().pixelColor(at)
    return colour.red() - colour.green()


def hover(clinic: Clinic, view: str, x: float, y: float) -> str:
    at = clinic.at(view, x, y)
    for place in (at + QPoint(3, 0), at):
        QTest.mouseMove(clinic.desk.chart.map, place)
        QApplication.processEvents()
    return clinic.desk.chart._pointer.text


def test_a_zone_is_drawn_and_its_card_stands_ready(clinic: Clinic) -> None:
    body_map, column = clinic.desk.chart.map, clinic.desk.chart.column
    bare = redness(body_map, "posterior", *SHOULDER)
    zone = draw(clinic, ZoneReason.SCAR)
    assert zone.reason is ZoneReason.SCAR
    assert column.zone_card.isVisible()
    assert not column.session_card.isVisible()
    assert redness(body_map, "posterior", *SHOULDER) > bare + RED
    (chip,) = chips(clinic)
    assert chip.startswith("No needling: scar, right ")
    clinic.write(column.zone_card.note, "keloid")
    assert column.flush()
    assert zones(clinic)[0].note == "keloid"
    clinic.key("Ctrl+Z").key("Ctrl+Z").key("Ctrl+Z")
    assert zones(clinic) == ()
    assert chips(clinic) == []
    assert not column.zone_card.isVisible()
    assert abs(redness(body_map, "posterior", *SHOULDER) - bare) < 3
    clinic.key("Ctrl+Shift+Z")
    assert chips(clinic) == ["No needling: reason not recorded" + chip[len("No needling: scar") :]]


def test_a_mark_in_a_zone_says_so_first_and_so_does_the_pointer(clinic: Clinic) -> None:
    draw(clinic, ZoneReason.SCAR)
    assert "No-needle zone: scar" in hover(clinic, "posterior", *SHOULDER)
    assert "No-needle zone" not in hover(clinic, "posterior", *HIP)
    clinic.key("T").press("posterior", *SHOULDER)
    notice = clinic.desk.chart.column.mark_editor.zones
    assert len(clinic.marks) == 1  # it never blocks
    assert notice.isVisible()
    assert notice.text.splitlines()[0] == "No-needle zone of this patient: scar"
    clinic.press("posterior", *HIP)
    assert "No-needle zone" not in notice.text


def test_a_zone_is_selected_and_removed_by_keys(clinic: Clinic) -> None:
    zone = draw(clinic, ZoneReason.GRAFT)
    selection, card = clinic.desk.editor.selection, clinic.desk.chart.column.zone_card
    clinic.desk.chart.map.escaped.emit()
    assert selection.is_empty
    assert clinic.desk.chart.column.session_card.isVisible()
    clinic.key("V").press("posterior", *SHOULDER)
    assert selection.zone == zone.id
    assert card.isVisible()
    assert card.reason.currentText() == "Graft"
    assert clinic.desk.chart.map.anatomy.chosen_zone == zone.id
    clinic.key("Del")
    assert zones(clinic) == ()
    assert clinic.message.startswith("No-needle zone removed: graft, right ")
    clinic.desk.undo()
    assert zones(clinic) == (zone,)
    clinic.press("posterior", *SHOULDER).click(card.remove)
    assert zones(clinic) == ()
    clinic.desk.undo()
    clinic.key("E").press("posterior", *SHOULDER)
    assert zones(clinic) == ()


def test_a_zone_is_shown_in_every_session_and_beside(
    clinic: Clinic, open_clinic: Callable[..., Clinic]
) -> None:
    zone = draw(clinic, ZoneReason.PORT)
    patient_id, first = zone.patient_id, clinic.desk.editor.session
    clinic.close()
    week_later = open_clinic(START + timedelta(days=7))
    week_later.desk.open_patient(patient_id)
    assert week_later.desk.editor.session is None  # no session today, and yet it is said
    assert chips(week_later)[0].startswith("No needling: port, ")
    week_later.key("Alt+2").press("posterior", *SHOULDER)
    card = week_later.desk.chart.column.zone_card
    assert card.isVisible()
    assert not card.reason.isEnabled()
    assert not card.remove.isEnabled()
    week_later.desk.new_session()
    chart = week_later.desk.chart
    assert week_later.desk.editor.writable
    chart.open_beside(first.id)
    QApplication.processEvents()
    week_later.key("F")
    for body_map in (chart.map, chart.beside.map):
        inside = redness(body_map, "posterior", *SHOULDER)
        assert inside > redness(body_map, "posterior", *HIP) + RED
    assert week_later.practice.repository.check() == []


def test_a_thumbnail_shows_a_plain_patch(clinic: Clinic) -> None:
    def thumbnail() -> np.ndarray:
        body_map = clinic.desk.chart.map
        pane = next(p for p in body_map._panes if p.thumbnail and p.view.name == "posterior")
        image = body_map.grab(pane.rect.toRect()).toImage()
        pixels = np.frombuffer(image.constBits(), np.uint8)
        return pixels.reshape(image.height(), image.width(), 4)[:, :, :3].astype(int)

    before = thumbnail()
    draw(clinic)
    changed = np.abs(thumbnail() - before).max(axis=2) > RED
    assert 4 <= changed.sum() <= 200
