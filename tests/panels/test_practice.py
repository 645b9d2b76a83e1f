"""The page of the whole practice in the real window: opened, walked by keys, and left."""

import csv
import io
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.domain.anatomy import Side
from app.domain.closing import AdverseEvent, Closing, EventKind, Severity
from app.domain.identity import new_id
from app.domain.marks import MarkKind, Needle, TriggerPoint
from app.domain.papers import SessionNote
from app.domain.practice_summaries import SessionSearch
from app.domain.preparation import Consent, Preparation, SorenessReport
from app.domain.records import TreatmentSession
from app.domain.supplies import NeedleBox
from app.panels.main_window import SMALLEST_SIZE
from app.panels.practice.events import EventsTab
from app.panels.practice.follow_ups import FollowUpsTab
from app.panels.practice.needles import NeedlesTab
from app.panels.practice.often import OftenTab
from app.panels.practice.page import TABS, PracticePage
from app.panels.practice.period_choice import OWN
from app.panels.practice.search import NOT_FOUND, PAGE, SearchTab
from app.panels.practice.tab import NOT_READ, PracticeTab
from app.panels.practice.table import PracticeTable
from app.panels.practice.unsigned import ALL_SIGNED, NOTHING_IN_THE_WAY, UnsignedTab
from app.panels.texts import PlainLabel
from tests.helpers.clinic import START, Clinic
from tests.helpers.past import Past
from tests.panels.test_words_fit import cut

OUT = Needle(in_at=START, out_at=START, diameter_mm=0.25, length_mm=40)
Key = Qt.Key


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    return open_clinic()


@pytest.fixture
def past(clinic: Clinic) -> Past:
    """Three sessions: 3 weeks, 2 weeks and 2 days ago, each with a needle."""
    past = Past(clinic)
    for days in (2, 14, 21):
        past.visits(1, started_at=START - timedelta(days=days))
    for session in past.sessions:
        past.mark(session, OUT, muscle="infraspinatus", side=Side.RIGHT)
    return past


def opened(clinic: Clinic, kind: type[PracticeTab] | None = None) -> PracticePage:
    if not clinic.window.practice.is_inside:
        clinic.key("F12")
    page = clinic.window.practice.room.page
    if kind is not None:
        page.show_tab(kind)
    wait(clinic)
    return page


def wait(clinic: Clinic) -> None:
    page = clinic.window.practice.room.page
    clinic.wait_until(lambda: not page.is_reading)
    QApplication.processEvents()


def seen(table: PracticeTable) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


# -- the way in and out -----------------------------------------------------------------------


def test_the_line_says_who_needs_somebody_today(clinic: Clinic, past: Past) -> None:
    past.mark(past.sessions[0], Needle(in_at=START))
    page = opened(clinic)
    assert page.line.text() == "1 follow-up due · 3 sessions not signed · 1 needle still in"
    assert [page.bar.tabText(k) for k in range(2)] == ["Follow-ups due (1)", "Not signed (3)"]
    assert clinic.window.windowTitle() == "Practice – Needlepoint"


def test_an_empty_practice_says_so_in_every_tab(clinic: Clinic) -> None:
    page = opened(clinic)
    assert page.line.text() == "No follow-up due · No session not signed · No needle still in"
    said = []
    for kind in TABS:
        tab = opened(clinic, kind).tab
        shown = [each for each in tab.findChildren(PracticeTable) if each.isVisible()]
        said.append([len(table.table.rows) for table in shown])
    assert said[0] == said[1] == said[4] == []
    assert page.tabs[1].empty.text() == ALL_SIGNED
    for tab in page.tabs[:2]:
        page.show_tab(type(tab))
        wait(clinic)
        assert tab.empty.geometry().bottom() < tab.height() / 2  # said at the top


def test_it_is_opened_from_the_list_of_patients_and_left_to_it(clinic: Clinic, past: Past) -> None:
    clinic.window.patients.search.setText("past")
    clinic.click(clinic.button(clinic.window.patients, "Practice"))
    page = clinic.window.practice.room.page
    assert page.isVisible()
    clinic.strike(page.bar, Key.Key_Escape)
    assert clinic.window.patients.isVisible()
    assert clinic.window.patients.search.text() == "past"
    assert clinic.window.windowTitle() == "Needlepoint"


def test_the_ways_back_to_the_chart(clinic: Clinic, past: Past) -> None:
    clinic.desk.open_patient(past.patient.id)
    for way in ("key", "escape", "button"):
        page = opened(clinic)
        if way == "key":
            clinic.key("F12")
        elif way == "escape":
            clinic.strike(page.tabs[0].list, Key.Key_Escape)
        else:
            clinic.click(page.back)
        assert clinic.desk.chart.isVisible(), way
        assert clinic.window.windowTitle() == "Chart – Needlepoint"


def test_the_way_back_to_the_review(clinic: Clinic, past: Past) -> None:
    past.review()
    opened(clinic)
    clinic.key("F12")
    assert clinic.window.reviewing.page.isVisible()


def test_a_chart_with_a_needle_in_is_not_left_unasked(clinic: Clinic, past: Past) -> None:
    past.mark(past.sessions[2], Needle(in_at=START))
    clinic.desk.open_patient(past.patient.id)
    clinic.desk.chart.open_session(past.sessions[2].id)
    clinic.answer("Stay here", lambda: clinic.key("F12"))
    assert clinic.desk.chart.isVisible()
    clinic.answer("Leave with the needle in", lambda: clinic.key("F12"))
    wait(clinic)
    assert clinic.window.practice.is_inside
    clinic.answer("Leave with the needle in", clinic.window.show_patients)


def test_nothing_is_charted_on_this_page(clinic: Clinic, past: Past) -> None:
    clinic.desk.open_patient(past.patient.id)
    opened(clinic)
    for key in ("T", "Ctrl+E", "Ctrl+Z", "Ctrl+R"):
        with pytest.raises(AssertionError, match="no enabled action"):
            clinic.key(key)


def test_keys_alone_walk_from_tab_to_tab_and_open_a_chart(clinic: Clinic, past: Past) -> None:
    page = opened(clinic)
    clinic.strike(page.bar, Key.Key_Right)
    wait(clinic)
    assert isinstance(page.tab, UnsignedTab)
    clinic.strike(page.bar, Key.Key_Down)
    assert page.tab.list.hasFocus()
    clinic.strike(page.tab.list, Key.Key_Down, Key.Key_Return)
    assert clinic.desk.chart.isVisible()
    assert clinic.desk.editor.session == past.sessions[1]
    clinic.key("F12")
    assert isinstance(page.tab, UnsignedTab)


def test_what_changed_meanwhile_is_read_anew(clinic: Clinic, past: Past) -> None:
    page = opened(clinic)
    clinic.key("F12")
    needle = clinic.practice.repository.marks(past.sessions[-1].id)[0]
    (later,) = past.visits(1, started_at=START - timedelta(days=1))
    report = SorenessReport(mark_id=needle.id, worst=2, hours=24)
    past.store(Preparation(id=new_id(), session_id=later.id, soreness_since=(report,)))
    opened(clinic)
    assert page.line.text().startswith("No follow-up due · 4 sessions not signed")


# -- follow-ups and drafts --------------------------------------------------------------------


def test_a_follow_up_says_whom_what_and_since_when(clinic: Clinic, past: Past) -> None:
    closing = Closing(id=new_id(), session_id=past.sessions[2].id, next_step="Once more.")
    past.store(closing)
    tab = opened(clinic, FollowUpsTab).tab
    assert isinstance(tab, FollowUpsTab)
    assert seen(tab.list) == [
        ["Past", "77", "20 Nov 2026", "2", "Infraspinatus, right", "Once more."]
    ]
    assert tab.list.table.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Patient: Past"


def test_the_window_of_follow_ups_is_a_setting(clinic: Clinic, past: Past) -> None:
    tab = opened(clinic, FollowUpsTab).tab
    assert isinstance(tab, FollowUpsTab)
    tab.last.line.clear()
    clinic.write(tab.last.line, "14").strike(tab.last.line, Key.Key_Tab)
    wait(clinic)
    assert [row[2] for row in seen(tab.list)] == ["8 Nov 2026", "20 Nov 2026"]
    tab.first.line.clear()
    clinic.write(tab.first.line, "9").strike(tab.first.line, Key.Key_Tab)
    wait(clinic)
    assert [row[2] for row in seen(tab.list)] == ["8 Nov 2026"]
    clinic.close()


def test_a_draft_says_what_the_button_to_sign_it_says(clinic: Clinic, past: Past) -> None:
    needled, ready, worded = past.sessions
    past.mark(needled, Needle(in_at=START))
    for session in (ready, worded):
        past.store(
            Closing(id=new_id(), session_id=session.id, no_adverse_events=True),
            Preparation(id=new_id(), session_id=session.id, consent=Consent.VERBAL),
        )
    past.store(SessionNote(id=new_id(), session_id=worded.id, needling="Mine", needling_of="Old"))
    tab = opened(clinic, UnsignedTab).tab
    assert isinstance(tab, UnsignedTab)
    assert [row[4:] for row in seen(tab.list)] == [
        ["▲ 1 still in", "A needle is still in. Take all needles out first."],
        ["none", NOTHING_IN_THE_WAY],
        ["none", "The marks say something else than your note. Choose in the note which holds."],
    ]
    for row in tab.rows:
        clinic.desk.open_patient(row.visit.patient_id)
        clinic.desk.editor.open(row.visit.session_id)
        assert clinic.desk.editor.papers.why_not_signed() == tab.why(row)
    clinic.desk.editor.open(None)


# -- events and needles -----------------------------------------------------------------------


@pytest.fixture
def events(past: Past) -> Past:
    bruise = AdverseEvent(kind=EventKind.BRUISE, severity=Severity.MILD)
    first, second, _third = past.sessions
    past.store(
        Closing(id=new_id(), session_id=first.id, events=(bruise,)),
        Closing(id=new_id(), session_id=second.id, no_adverse_events=True),
    )
    return past


def test_rates_stand_beside_the_published_ones(clinic: Clinic, events: Past) -> None:
    tab = opened(clinic, EventsTab).tab
    assert isinstance(tab, EventsTab)
    assert tab.asked.text() == (
        "It was asked in 2 of 3 sessions. In 1 it was not asked, and nothing is known of these."
    )
    rows = {row[0]: row for row in seen(tab.list)}
    assert rows["Any event"][1:4] == ["1 of 2", "50.0 %", "9.5 to 90.5 %"]
    assert rows["Bruise"][5] == "Brady 2014: 7.55 %; Boyce 2020: 7.7 %"
    assert rows["Headache"][1:4] == ["0 of 2", "0.0 %", "0.0 to 65.8 %"]
    tab.who.setCurrentIndex(tab.who.findText("Ben Okoro"))
    tab.who.activated.emit(tab.who.currentIndex())
    wait(clinic)
    assert tab.asked.text() == "No session fits this."


def test_own_dates_leave_other_sessions_out(clinic: Clinic, events: Past) -> None:
    tab = opened(clinic, EventsTab).tab
    assert isinstance(tab, EventsTab)
    tab.period.choice.setCurrentIndex(OWN)
    tab.period.choice.activated.emit(OWN)
    clinic.write(tab.period.since.line, "2026-11-08").strike(tab.period.since.line, Key.Key_Return)
    wait(clinic)
    assert tab.asked.text().startswith("It was asked in 1 of 2 sessions.")


def test_an_event_leads_to_the_sessions_in_which_it_happened(clinic: Clinic, events: Past) -> None:
    page = opened(clinic, EventsTab)
    tab = page.tab
    assert isinstance(tab, EventsTab)
    place = [row.kind for row in tab.rows].index(EventKind.BRUISE)
    tab.list.setCurrentIndex(tab.list.table.index(place, 0))
    clinic.strike(tab.list, Key.Key_Return)
    wait(clinic)
    search = page.tab
    assert isinstance(search, SearchTab)
    assert search.search == SessionSearch(event=EventKind.BRUISE)
    assert [row.visit.session_id for row in search.found.rows] == [events.sessions[0].id]


def test_a_lot_leads_to_the_patients_for_whom_it_was_used(clinic: Clinic, past: Past) -> None:
    box = NeedleBox(id=new_id(), manufacturer="Maker", lot="A17", diameter_mm=0.25, length_mm=40)
    first = past.sessions[0]
    past.store(
        box,
        Preparation(id=new_id(), session_id=first.id, box_id=box.id),
        Closing(id=new_id(), session_id=first.id, needles_counted=1),
    )
    tab = opened(clinic, NeedlesTab).tab
    assert isinstance(tab, NeedlesTab)
    assert seen(tab.sizes) == [["0.25 × 40 mm", "3", "3"]]
    assert [row[:7] for row in seen(tab.lots)] == [
        ["A17, Maker", "0.25 × 40", "1", "1", "1", "1", "1 in 1"],
        ["No box recorded", "", "0", "1", "2", "2", "0 in 0"],
    ]
    clinic.strike(tab.lots, Key.Key_Return)
    wait(clinic)
    assert tab.lot_words.text() == "Lot A17, Maker: 1 session of 1 patient."
    clinic.strike(tab.sessions, Key.Key_Return)
    assert clinic.desk.editor.session == first


# -- search -----------------------------------------------------------------------------------


def found(tab: SearchTab) -> list[TreatmentSession]:
    return [row.visit.session_id for row in tab.found.rows]


def test_a_search_by_a_muscles_everyday_name_opens_the_chart(clinic: Clinic, past: Past) -> None:
    past.mark(past.sessions[0], TriggerPoint(), muscle="trapezius_descending")
    clinic.key("Ctrl+Shift+F")
    tab = clinic.window.practice.room.page.tab
    assert isinstance(tab, SearchTab)
    assert tab.muscle.hasFocus()
    wait(clinic)
    assert len(tab.found.rows) == 3
    clinic.write(tab.muscle, "infrasp")
    clinic.wait_until(tab.means.isVisible)
    wait(clinic)
    assert tab.means.text() == "In Infraspinatus."
    assert [row.marks for row in tab.found.rows] == [1, 1, 1]
    clinic.strike(tab.list, Key.Key_End, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert clinic.desk.editor.session == past.sessions[0]


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Return])
def test_keys_lead_from_the_words_to_what_they_find(
    clinic: Clinic, past: Past, key: Qt.Key
) -> None:
    past.mark(past.sessions[0], TriggerPoint(), muscle="trapezius_descending")
    tab = opened(clinic, SearchTab).tab
    assert isinstance(tab, SearchTab)
    clinic.write(tab.muscle, "upper traps").strike(tab.muscle, key)
    wait(clinic)
    assert tab.list.hasFocus()
    assert clinic.desk.editor.session is None
    clinic.strike(tab.list, Key.Key_Return)
    assert clinic.desk.editor.session == past.sessions[0]


def test_the_cursor_stays_where_nothing_is_found(clinic: Clinic, past: Past) -> None:
    tab = opened(clinic, SearchTab).tab
    assert isinstance(tab, SearchTab)
    clinic.write(tab.muscle, "xyzzy").strike(tab.muscle, Key.Key_Return)
    wait(clinic)
    assert tab.muscle.hasFocus()


def test_a_name_that_is_no_muscles_finds_nothing_and_says_so(clinic: Clinic, past: Past) -> None:
    tab = opened(clinic, SearchTab).tab
    assert isinstance(tab, SearchTab)
    clinic.write(tab.muscle, "xyzzy")
    clinic.wait_until(tab.means.isVisible)
    wait(clinic)
    assert tab.means.text() == "No muscle is called “xyzzy”."
    assert tab.count.text() == NOT_FOUND
    clinic.click(tab.clear)
    wait(clinic)
    assert tab.count.text() == "3 sessions, the newest first."


def test_kind_side_and_words_narrow_it(clinic: Clinic, past: Past) -> None:
    past.mark(past.sessions[1], TriggerPoint(), note="Pulls when lifted", side=Side.LEFT)
    tab = opened(clinic, SearchTab).tab
    assert isinstance(tab, SearchTab)
    tab.show_search(SessionSearch(kind=MarkKind.TRIGGER_POINT))
    wait(clinic)
    assert found(tab) == [past.sessions[1].id]
    tab.show_search(SessionSearch(words="LIFTED pulls"))
    wait(clinic)
    assert found(tab) == [past.sessions[1].id]
    tab.show_search(SessionSearch(signed=True))
    wait(clinic)
    assert found(tab) == []


def test_of_many_sessions_the_newest_are_listed_and_more_on_demand(
    clinic: Clinic, past: Past
) -> None:
    past.visits(PAGE)
    tab = opened(clinic, SearchTab).tab
    assert isinstance(tab, SearchTab)
    assert tab.count.text() == f"503 sessions: the newest {PAGE} are listed, and 3 more."
    assert tab.more.text() == "Show 3 more"
    clinic.click(tab.more)
    wait(clinic)
    assert len(tab.found.rows) == 503
    assert not tab.more.isVisible()


def test_whoever_types_on_gets_the_answer_to_the_last_letter(clinic: Clinic, past: Past) -> None:
    tab = opened(clinic, SearchTab).tab
    assert isinstance(tab, SearchTab)
    shown: list[int] = []
    tab.list.table.modelReset.connect(lambda: shown.append(len(tab.list.table.rows)))
    for text in ("i", "in", "infraspinatus"):
        tab.muscle.setText(text)
        tab._search()
    wait(clinic)
    assert tab.search.muscles == {"infraspinatus"}
    assert shown == [3]


def test_what_cannot_be_read_leaves_no_answer_to_another_question(
    clinic: Clinic, events: Past
) -> None:
    page = opened(clinic)
    for kind in (NeedlesTab, SearchTab, EventsTab):
        opened(clinic, kind)
    with closing(sqlite3.connect(clinic.folder / "practice" / "practice.db")) as other:
        other.execute("ALTER TABLE closing RENAME TO gone")
        other.execute("ALTER TABLE mark RENAME TO gone_too")
    told = []
    for kind in TABS:
        if kind is not OftenTab:
            tab = opened(clinic, kind).tab
            tab.refresh()
            wait(clinic)
            shown = [each for each in tab.findChildren(PracticeTable) if each.isVisible()]
            assert not any(table.table.rows for table in shown), kind
            told.append(NOT_READ in [each.text() for each in tab.findChildren(PlainLabel)])
    assert all(told)
    assert page.line.text() == NOT_READ
    assert clinic.message


# -- saving -----------------------------------------------------------------------------------


def test_a_table_is_saved_without_names(clinic: Clinic, past: Past, tmp_path: Path) -> None:
    page = opened(clinic, SearchTab)
    out = tmp_path / "found.csv"
    page.save.write(page.saved()[0], out)
    wait(clinic)
    lines = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert [line[0] for line in lines] == ["Patient number", "77", "77", "77"]
    assert "Past" not in out.read_text(encoding="utf-8")
    assert clinic.message == "3 rows were saved to found.csv."


def test_a_place_that_cannot_be_written_is_one_sentence(
    clinic: Clinic, past: Past, tmp_path: Path
) -> None:
    page = opened(clinic, UnsignedTab)
    page.save.write(page.saved()[0], tmp_path / "nowhere" / "x.xlsx")
    wait(clinic)
    assert "nowhere" in clinic.message
    assert not (tmp_path / "nowhere").exists()


def test_where_to_save_is_asked_and_which_table_where_there_are_several(
    clinic: Clinic, past: Past
) -> None:
    page = opened(clinic, EventsTab)
    clinic.click(page.save)
    dialog = clinic.dialog(QFileDialog)
    assert dialog.windowTitle() == "Adverse events"
    dialog.reject()
    page = opened(clinic, NeedlesTab)
    menu = page.save.menu_of(page.saved())
    assert [each.text() for each in menu.actions()] == ["Needles by lot", "Needles by size"]
    menu.actions()[1].trigger()
    dialog = clinic.dialog(QFileDialog)
    assert dialog.windowTitle() == "Needles by size"
    dialog.reject()
    menu.close()


# -- how it looks -----------------------------------------------------------------------------


def test_in_the_smallest_window_no_word_is_cut(clinic: Clinic, past: Past) -> None:
    clinic.window.resize(*SMALLEST_SIZE)
    for kind in TABS:
        assert cut(opened(clinic, kind)) == []


def test_every_place_that_takes_keys_has_a_name(clinic: Clinic, past: Past) -> None:
    nameless = []
    for kind in TABS:
        page = opened(clinic, kind)
        for widget in page.findChildren(PracticeTable):
            nameless += [] if widget.accessibleName() else [widget]
    assert nameless == []
    assert page.bar.accessibleName()


def test_what_takes_long_to_read_says_so(clinic: Clinic, past: Past) -> None:
    page = opened(clinic)
    go_on = threading.Event()
    page._asking.ask("slow", go_on.wait, lambda _done: None)
    clinic.wait_until(page.reading.isVisible)
    go_on.set()
    clinic.wait_until(lambda: not page.reading.isVisible())
    assert not page.is_reading


def test_ctrl_and_page_keys_lead_from_tab_to_tab_also_from_a_table(
    clinic: Clinic, past: Past
) -> None:
    page = opened(clinic, FollowUpsTab)
    page.tab.take_focus()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(page.tab.list, Key.Key_PageDown, control)
    wait(clinic)
    assert isinstance(page.tab, UnsignedTab)
    QTest.keyClick(page, Key.Key_PageUp, control)
    QTest.keyClick(page, Key.Key_PageUp, control)
    wait(clinic)
    assert isinstance(page.tab, SearchTab)


def test_no_event_is_told_from_not_asked(clinic: Clinic, events: Past) -> None:
    tab = opened(clinic, SearchTab).tab
    assert isinstance(tab, SearchTab)
    assert [row[-1] for row in seen(tab.list)] == ["not asked", "none", "1"]


def test_what_is_read_while_the_window_closes_is_shown_to_nobody(
    clinic: Clinic, past: Past
) -> None:
    page = opened(clinic)
    shown: list[object] = []
    page._asking.ask("late", lambda: 1, shown.append)
    clinic.close()
    page._asking.ask("later", lambda: 2, shown.append)
    clinic.wait_until(lambda: not page.is_reading)
    assert shown == []
