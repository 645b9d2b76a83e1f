"""What is recorded of needles and of the kinds that are drawn, at the side, field by field."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.marks import (
    Angle,
    Bleeding,
    Needle,
    PainQuality,
    Reaction,
    ReactionKind,
    ReferredPain,
    Sensation,
    Strength,
    Technique,
    Twitch,
    TwitchResponse,
)
from tests.helpers.clinic import START, Clinic
from tests.journeys.test_one_treatment import LOW_BACK, add_patient, start_first_session

SHOULDER, HIP = (0.60, 0.22), (0.58, 0.45)


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2").key("D").press("posterior", *SHOULDER)


def needle(clinic: Clinic) -> Needle:
    details = clinic.marks[0].details
    assert isinstance(details, Needle)
    return details


def faults(clinic: Clinic) -> list[str]:
    """The sentences that stand at the fields now."""
    from app.panels.texts import PlainLabel

    labels = clinic.desk.chart.column.mark_editor.needle.findChildren(PlainLabel)
    return [each.text() for each in labels if each.objectName() == "fault" and each.text()]


def test_every_field_of_a_needle(clinic: Clinic):
    editor = clinic.desk.chart.column.mark_editor
    for name in (
        "Planned stay: 10 min", "Diameter: 0.25", "Length: 40", "Technique: Pistoning",
        "Angle: Oblique", "Passes: more", "Passes: more", "Felt: Dull ache", "Felt: Cramp",
        "Pain: 3", "Bleeding: None",
    ):  # fmt: skip
        clinic.segment(editor, name)
    clinic.write(editor.needle.depth_mm, "25").desk.chart.flush()
    assert needle(clinic) == Needle(
        diameter_mm=0.25, length_mm=40, depth_mm=25, technique=Technique.PISTONING,
        angle=Angle.OBLIQUE, passes=2, stay_s=600, pain=3, bleeding=Bleeding.NONE,
        sensations=frozenset({Sensation.DULL_ACHE, Sensation.CRAMP}),
        in_at=needle(clinic).in_at,
    )  # fmt: skip


def test_a_needle_that_was_in_over_midnight_is_written_out(open_clinic: Callable[..., Clinic]):
    """The next morning nobody can take it out by a press: the time has to be written."""
    clinic = open_clinic(START.replace(hour=23, minute=50))
    add_patient(clinic)
    start_first_session(clinic)
    clinic.key("Alt+2").key("D").press("posterior", *SHOULDER).press("posterior", *HIP)
    clinic.clock.now += timedelta(hours=7)
    fields = clinic.desk.chart.column.mark_editor.needle
    one, other = clinic.marks
    for mark, typed in ((one, "00:05"), (other, "23:58")):
        clinic.desk.editor.selection.set([mark.id])
        clinic.write(fields.out_at, typed)
    assert faults(clinic) == []
    clinic.desk.chart.flush()
    assert [f"{mark.details.out_at:%d %H:%M}" for mark in clinic.marks] == ["23 00:05", "22 23:58"]


def test_a_depth_beyond_the_needle_is_said_at_the_field(clinic: Clinic):
    editor = clinic.desk.chart.column.mark_editor
    clinic.segment(editor, "Length: 25")
    clinic.write(editor.needle.depth_mm, "30")
    deeper = "30 mm is deeper than the needle is long, 25 mm. Check depth and length."
    assert faults(clinic) == [deeper]
    clinic.desk.chart.flush()
    assert needle(clinic).depth_mm is None
    editor.needle.depth_mm.clear()
    clinic.write(editor.needle.depth_mm, "20").desk.chart.flush()
    assert (needle(clinic).depth_mm, faults(clinic)) == (20, [])
    clinic.segment(editor, "Length: 13")
    assert needle(clinic).length_mm == 25
    assert faults(clinic) == [
        "20 mm is deeper than the needle is long, 13 mm. Check depth and length."
    ]
    clinic.segment(editor, "Length: 30")
    assert (needle(clinic).length_mm, faults(clinic)) == (30, [])


@pytest.mark.parametrize("typed", ["-1", "2.5", "151", "deep"])
def test_a_depth_out_of_range_is_said_at_the_field(clinic: Clinic, typed: str):
    clinic.write(clinic.desk.chart.column.mark_editor.needle.depth_mm, typed)
    assert faults(clinic) == ["A depth is a whole number from 0 to 150 mm."]
    clinic.desk.chart.flush()
    assert needle(clinic).depth_mm is None


def test_times_can_be_put_right_but_not_turned_round(clinic: Clinic):
    editor = clinic.desk.chart.column.mark_editor
    in_at = needle(clinic).in_at
    assert editor.needle.in_at.text() == f"{in_at:%H:%M:%S}"
    clinic.write(editor.needle.out_at, "13:00")
    assert faults(clinic) == ["The needle is taken out before it went in."]
    editor.needle.out_at.clear()
    clinic.write(editor.needle.out_at, "noon")
    assert "hours and minutes" in faults(clinic)[0]
    editor.needle.out_at.clear()
    clinic.write(editor.needle.out_at, "14:30").desk.chart.flush()
    assert needle(clinic).out_at == in_at.replace(hour=14, minute=30, second=0)
    assert faults(clinic) == []
    assert clinic.desk.chart.column.needles.words == "0 in, 1 out"
    editor.needle.in_at.selectAll()
    QTest.keyClick(editor.needle.in_at, Qt.Key.Key_Backspace)
    assert faults(clinic) == ["The needle is out, but when it went in is not recorded."]


def test_the_button_takes_out_the_needle_that_is_shown(clinic: Clinic):
    clinic.press("posterior", *HIP)
    first = clinic.marks[0]
    clinic.desk.editor.selection.set((first.id,))
    editor = clinic.desk.chart.column.mark_editor
    clinic.click(editor.needle.take_out)
    assert needle(clinic).out_at is not None
    assert not editor.needle.take_out.isVisible()
    assert editor.needle.out_at.text() == f"{needle(clinic).out_at:%H:%M:%S}"


def test_twitches_stand_with_the_needle(clinic: Clinic):
    editor = clinic.desk.chart.column.mark_editor
    row = editor.twitches
    assert (row.strength.isVisible(), row.response.isVisible()) == (False, True)
    clinic.segment(editor, "Twitch here: Absent (A)")
    assert clinic.marks[1].details == TwitchResponse(response=Twitch.ABSENT)
    clinic.segment(editor, "Twitches here: more").segment(editor, "Twitches here: more")
    clinic.segment(editor, "Strength here: Medium")
    assert clinic.marks[1].details == TwitchResponse(count=2, strength=Strength.MEDIUM)
    assert row.count.value == 2
    clinic.segment(editor, "Twitches here: fewer").segment(editor, "Twitches here: fewer")
    assert len(clinic.marks) == 1
    assert row.count.value is None


def test_a_time_in_the_list_goes_on(clinic: Clinic):
    listed = clinic.desk.chart.column.mark_list
    clinic.clock.now += timedelta(minutes=3)
    clinic.desk.bedside.look()
    before = listed.grab().toImage()
    clinic.clock.now += timedelta(minutes=3)
    clinic.desk.bedside.look()
    assert listed.grab().toImage() != before


def test_referred_pain_and_reactions_have_their_fields(clinic: Clinic):
    editor = clinic.desk.chart.column.mark_editor
    clinic.key("R").drag("posterior", *LOW_BACK)
    clinic.segment(editor, "Quality: Burning").segment(editor, "Recognised: Recognised")
    clinic.key("X").press("posterior", 0.45, 0.55).segment(editor, "Reaction: Bruise")
    clinic.key("K").drag("posterior", (0.42, 0.30), (0.43, 0.36))
    assert [mark.details for mark in clinic.marks[1:3]] == [
        ReferredPain(quality=PainQuality.BURNING, recognised=True),
        Reaction(reaction=ReactionKind.BRUISE),
    ]
    assert len(clinic.marks) == 4
