"""Notices of hazards: said once of each needle and zone, kept whatever is undone."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.hazard_rule import BOTH_SIDES_OF_CHEST
from app.domain.identity import new_id
from app.domain.marks import Mark, Needle, Technique, TriggerPoint
from app.domain.own_zones import ZoneReason
from app.domain.papers import HazardNotice
from app.domain.records import SessionStatus
from app.domain.supplies import NeedleBox
from app.editing.notices import Notices
from app.editing.tool_keys import ToolKey
from tests.helpers.chart import START, Chart
from tests.helpers.skin import circle

BACK = "posterior"
BESIDE_SPINE = (440.0, 530.0)
"""In a zone that is not high."""
LEFT_CHEST, RIGHT_CHEST, CALF = (330.0, 530.0), (490.0, 530.0), (330.0, 1400.0)
SHORT = Needle(length_mm=25, depth_mm=8)


def place(chart: Chart, at: tuple[float, float], details: Needle | TriggerPoint) -> Mark:
    anchor = chart.atlas.pick(chart.editor.body, BACK, *at)
    assert anchor is not None
    mark = chart.editor.new_mark(details, anchor, BACK)
    assert chart.editor.add(mark)
    chart.editor.notices.look()
    return mark


def kept(chart: Chart) -> list[HazardNotice]:
    """The notices on the disk."""
    session = chart.editor.session
    assert session is not None
    papers = chart.repository.papers(session.id)
    return [each for each in papers if isinstance(each, HazardNotice)]


def zones(chart: Chart) -> list[str]:
    return [each.zone for each in kept(chart)]


@pytest.fixture
def notices(chart: Chart) -> Notices:
    return chart.editor.notices


def test_the_places_of_these_tests_are_where_they_are_thought_to_be(chart: Chart) -> None:
    ids = []
    for at in (LEFT_CHEST, RIGHT_CHEST, CALF, BESIDE_SPINE):
        anchor = chart.atlas.pick(chart.editor.body, BACK, *at)
        assert anchor is not None
        ids.append([zone.id for zone in chart.atlas.anatomy.zones_at(anchor)])
    assert ids[0][0] == ids[1][0] == "posterior_thorax"
    assert "posterior_thorax" not in ids[2]
    assert ids[3] == ["paraspinal_strip"]


def test_a_needle_in_a_high_zone_is_spoken_of_and_that_is_kept(
    chart: Chart, notices: Notices
) -> None:
    needle = place(chart, LEFT_CHEST, Needle(length_mm=40))
    assert notices.line.startswith("Needle 1 near Lung: 40 mm long, depth not recorded. Source: ")
    assert "(partly read)" in notices.line
    (notice,) = kept(chart)
    assert (notice.mark_id, notice.zone) == (needle.id, "posterior_thorax")
    assert notice.words == notices.line
    assert notice.acknowledged_at is None
    notices.acknowledge()
    assert notices.line == ""
    assert kept(chart) == [replace(notice, acknowledged_at=kept(chart)[0].acknowledged_at)]
    assert kept(chart)[0].acknowledged_at is not None


def test_nothing_is_said_where_the_rule_does_not_fire(chart: Chart, notices: Notices) -> None:
    place(chart, LEFT_CHEST, SHORT)
    place(chart, CALF, Needle(length_mm=75))
    place(chart, BESIDE_SPINE, Needle(length_mm=75))
    place(chart, RIGHT_CHEST, TriggerPoint())
    assert notices.line == ""
    assert kept(chart) == []


def test_the_event_loop_says_it_where_nobody_asks(chart: Chart, qtbot) -> None:
    anchor = chart.atlas.pick(chart.editor.body, BACK, *LEFT_CHEST)
    chart.editor.add(chart.editor.new_mark(Needle(), anchor, BACK))
    assert kept(chart) == []  # the hand does not wait for it
    qtbot.waitUntil(lambda: len(kept(chart)) == 1)


def test_it_is_said_once_of_a_needle_and_a_zone(chart: Chart, notices: Notices) -> None:
    needle = place(chart, LEFT_CHEST, SHORT)
    assert kept(chart) == []
    chart.editor.set_details(needle.id, replace(SHORT, technique=Technique.PISTONING))
    notices.look()
    assert "pistoning" in notices.line
    notices.acknowledge()
    chart.editor.set_details(needle.id, replace(SHORT, length_mm=50))
    notices.look()
    assert notices.line == ""
    assert len(kept(chart)) == 1
    other = place(chart, (LEFT_CHEST[0], LEFT_CHEST[1] + 40), Needle())
    assert notices.line.startswith("Needle 2")
    assert [each.mark_id for each in kept(chart)] == [needle.id, other.id]


def test_undo_takes_back_the_needle_and_not_that_it_was_said(
    chart: Chart, notices: Notices
) -> None:
    place(chart, LEFT_CHEST, Needle())
    assert chart.labels == ("Add needle", None)  # the notice is no step of its own
    notices.acknowledge()
    assert chart.labels == ("Add needle", None)
    chart.undo()
    assert chart.marks == []
    assert len(kept(chart)) == 1
    chart.redo()
    notices.look()
    assert len(kept(chart)) == 1


def test_of_a_needle_that_is_gone_nothing_is_shown(chart: Chart, notices: Notices) -> None:
    place(chart, LEFT_CHEST, Needle())
    chart.undo()
    assert notices.line == ""
    assert kept(chart)[0].acknowledged_at is None  # nobody said that it was read


def test_of_several_hazards_the_line_says_the_gravest_and_how_many_more(
    chart: Chart, notices: Notices
) -> None:
    chart.take(ToolKey.NO_NEEDLE).draw(BACK, circle(*LEFT_CHEST, 45.0))
    place(chart, RIGHT_CHEST, SHORT)
    needle = place(chart, LEFT_CHEST, Needle(length_mm=40))
    own, lung, both = kept(chart)
    assert notices.line == f"{own.words} And 2 more."
    assert own.words.startswith("Needle 2 in a no-needle zone of this patient: ")
    assert lung.words.startswith("Needle 2 near Lung: 40 mm long")
    assert "(partly read)" in lung.words
    assert both.words == "Both sides of the chest in one session. Source: BN121 (read)."
    assert notices.in_full == f"{own.words} {lung.words} {both.words}"
    assert notices.needle == needle.id
    assert notices.unread(needle.id) == {own.zone, lung.zone, both.zone}
    chart.reopen()
    assert chart.editor.notices.line == f"{own.words} And 2 more."
    chart.editor.notices.acknowledge()
    assert chart.editor.notices.line == ""
    assert chart.editor.notices.unread(needle.id) == frozenset()
    assert chart.editor.notices.needle is None
    assert all(each.acknowledged_at for each in kept(chart))


def test_both_sides_of_the_chest_are_said_once(chart: Chart, notices: Notices) -> None:
    place(chart, LEFT_CHEST, SHORT)
    assert kept(chart) == []
    place(chart, RIGHT_CHEST, SHORT)
    assert zones(chart) == [BOTH_SIDES_OF_CHEST]
    assert notices.line == "Both sides of the chest in one session. Source: BN121 (read)."
    place(chart, (RIGHT_CHEST[0], RIGHT_CHEST[1] + 40), SHORT)
    assert zones(chart) == [BOTH_SIDES_OF_CHEST]


def test_the_newest_is_shown_first_and_the_others_follow(chart: Chart, notices: Notices) -> None:
    place(chart, LEFT_CHEST, Needle())
    place(chart, (LEFT_CHEST[0], LEFT_CHEST[1] + 40), Needle())
    assert notices.line.startswith("Needle 2")
    assert notices.waiting == 1
    notices.acknowledge()
    assert notices.line.startswith("Needle 1")
    assert notices.waiting == 0
    notices.acknowledge()
    assert notices.line == ""
    assert all(each.acknowledged_at for each in kept(chart))


def test_needles_of_one_gesture_are_said_in_one_line(chart: Chart, notices: Notices) -> None:
    for k in range(4):
        place(chart, (LEFT_CHEST[0], LEFT_CHEST[1] + 15 * k), SHORT)
    before = chart.editor.session
    assert before is not None
    session = chart.desk.start_session(before.practitioner_id)
    assert session is not None
    chart.editor.open(session.id)
    chart.editor.again.repeat_all()
    notices.look()
    assert notices.line.startswith("4 needles, 1 to 4, near Lung: depth not recorded.")
    assert len({each.words for each in kept(chart)}) == 1
    assert len(kept(chart)) == 4
    notices.acknowledge()
    assert notices.line == ""


def test_a_needle_in_the_patients_own_zone_is_spoken_of_whatever_its_length(
    chart: Chart, notices: Notices
) -> None:
    chart.take(ToolKey.NO_NEEDLE).draw(BACK, circle(*CALF, 45.0))
    (zone,) = chart.store.zones
    chart.editor.zones.set_reason(zone.id, ZoneReason.SCAR)
    place(chart, CALF, SHORT)
    assert notices.line.startswith("Needle 1 in a no-needle zone of this patient: scar, left ")
    assert zones(chart) == [str(zone.id)]


def test_what_was_not_acknowledged_is_shown_after_a_restart(chart: Chart) -> None:
    place(chart, LEFT_CHEST, Needle())
    line = chart.editor.notices.line
    chart.reopen()
    assert chart.editor.notices.line == line
    chart.editor.notices.acknowledge()
    chart.reopen()
    assert chart.editor.notices.line == ""


def test_a_signed_session_shows_none(chart: Chart, notices: Notices) -> None:
    place(chart, LEFT_CHEST, Needle())
    session = chart.editor.session
    assert session is not None
    signed = replace(session, status=SessionStatus.SIGNED)
    stamp = Stamp(step=new_id(), action=Action.DO, at=START)
    chart.repository.commit(Change.replace("Sign", session, signed), stamp)
    chart.store.reload()
    assert notices.line == ""
    notices.acknowledge()
    assert kept(chart)[0].acknowledged_at is None
    assert chart.troubles == []


def test_an_expired_box_is_said_until_it_was_read(chart: Chart, notices: Notices) -> None:
    box = NeedleBox(
        id=new_id(), manufacturer="Acme", lot="A12", expires_on=date(2026, 3, 1), length_mm=25
    )
    stamp = Stamp(step=new_id(), action=Action.DO, at=START)
    chart.repository.commit(Change.add("Add box", box), stamp)
    chart.editor.papers.prepare("Choose box", box_id=box.id)
    assert notices.line == "The needles of Acme, lot A12 expired on 01 Mar 2026."
    place(chart, LEFT_CHEST, Needle())
    assert notices.line.startswith("Needle 1")  # a needle that is in goes first
    notices.acknowledge()
    notices.acknowledge()
    assert notices.line == ""


@pytest.mark.parametrize(
    ("day", "expired"), [(date(2026, 3, 1), True), (date(2026, 3, 2), False), (None, False)]
)
def test_a_box_may_be_used_on_its_last_day(day: date | None, expired: bool) -> None:
    box = NeedleBox(id=new_id(), manufacturer="Acme", expires_on=day)
    assert box.is_expired(date(2026, 3, 2)) == expired


def test_a_session_of_which_something_was_said_is_not_empty(chart: Chart) -> None:
    session = chart.editor.session
    assert session is not None
    assert chart.desk.is_empty(session)
    place(chart, LEFT_CHEST, Needle())
    chart.undo()
    assert not chart.desk.is_empty(session)
