"""How often skin was needled, of the whole practice: a tab that counts anew when it is seen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from app.domain.anatomy import Side
from app.domain.marks import Needle
from app.panels.practice.often import OftenTab
from tests.helpers.clinic import START, Clinic
from tests.helpers.past import Past

OUT = Needle(in_at=START, out_at=START, diameter_mm=0.25, length_mm=40)
WHERE = {"muscle": "infraspinatus", "side": Side.RIGHT}


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    return open_clinic()


def tab_in_sight(clinic: Clinic) -> OftenTab:
    clinic.key("F12")
    page = clinic.window.practice.room.page
    tab = page.show_tab(OftenTab)
    clinic.wait_until(lambda: not page.is_reading)
    assert isinstance(tab, OftenTab)
    return tab


def needles(tab: OftenTab) -> list[object]:
    (saved,) = tab.saved()
    return [row[saved.table.headings.index("Needles (number)")] for row in saved.read()]


def test_what_was_charted_since_is_counted_too(clinic: Clinic) -> None:
    past = Past(clinic)
    for session in past.visits(2):
        past.mark(session, OUT, **WHERE)
    tab = tab_in_sight(clinic)
    assert needles(tab) == [2]
    assert tab.panel.found is not None
    assert tab.panel.found.marks == 2
    clinic.key("F12")
    past.mark(session, OUT, **WHERE)
    assert needles(tab_in_sight(clinic)) == [3]


def test_esc_on_its_map_leads_back(clinic: Clinic) -> None:
    tab = tab_in_sight(clinic)
    tab.take_focus()
    clinic.strike(tab.panel.map, Qt.Key.Key_Escape)
    assert not clinic.window.practice.is_inside
