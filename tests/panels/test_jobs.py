"""Work off the window's thread: one question at a time, which can be dropped."""

from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import StoppedError
from app.jobs import Question, Run

WAIT_S = 10


@pytest.fixture
def told() -> list[object]:
    return []


@pytest.fixture
def question() -> Question:
    return Question()


def until(go: Event) -> Event:
    assert go.wait(WAIT_S)
    return go


def test_an_answer_is_told_once_and_nothing_is_under_way_then(
    qtbot: QtBot, question: Question, told: list[object]
) -> None:
    question.ask(lambda _run: 7, lambda found: told.append((found, question.is_under_way)), fail)
    assert question.is_under_way
    qtbot.waitUntil(lambda: told == [(7, False)])


def test_of_two_questions_the_newer_one_is_answered(
    qtbot: QtBot, question: Question, told: list[object]
) -> None:
    go = Event()
    question.ask(lambda _run: until(go) and "older", told.append, fail)
    question.ask(lambda _run: "newer", told.append, fail)
    go.set()
    qtbot.waitUntil(lambda: not question.is_under_way)
    assert told == ["newer"]


def test_one_that_is_dropped_stops_where_it_says_how_far_it_is(
    qtbot: QtBot, question: Question, told: list[object]
) -> None:
    began, go = Event(), Event()
    stopped: list[bool] = []

    def work(run: Run) -> str:
        began.set()
        until(go)
        try:
            run.go_on(1, 2)
        except StoppedError:
            stopped.append(True)
            raise
        return "never"

    question.ask(work, told.append, told.append)
    until(began)
    question.drop()
    assert not question.is_under_way
    go.set()
    question.close()
    QApplication.processEvents()  # an answer would be told now
    assert (stopped, told) == ([True], [])


def test_who_waits_is_told_how_far_it_is(qtbot: QtBot, question: Question) -> None:
    go = Event()

    def work(run: Run) -> None:
        run.go_on(3, 8)
        until(go)

    with qtbot.waitSignal(question.went_on) as signal:
        question.ask(work, lambda _none: None, fail)
    go.set()
    question.close()
    assert signal.args == [3, 8]


def test_what_fails_is_told(qtbot: QtBot, question: Question, told: list[object]) -> None:
    error = StoppedError("It cannot be read.")

    def work(_run: Run) -> None:
        raise error

    question.ask(work, told.append, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [error]
    assert not question.is_under_way


def fail(error: Exception) -> None:
    raise error
