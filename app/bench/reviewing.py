"""What is waited for when a long history is looked back on: the timeline, and a step of the slider.

The same spots are followed in the background, which nobody waits for but the bench itself.
"""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QEventLoop

from app.bench import floors, records
from app.bench.desk import paint_what_is_due, whole_window
from app.bench.measuring import Goal, Pair, Row, in_turn, row
from app.bench.setting import Setting
from app.body.atlas import Atlas
from app.domain.identity import UUID
from app.domain.ports import PracticeOpener, Repository
from app.panels.main_window import MainWindow
from app.panels.review.page import ReviewPage
from app.panels.review.sessions_room import SessionsRoom
from app.panels.review.trends.room import TrendsRoom
from app.review.timeline import timeline

READ = Goal(times=2, at_most=100)
READY = Goal(at_most=100)
FRAME = Goal(at_most=16)
DRAWN = Goal(at_most=200)
_OF_PATIENT = "JOIN treatment_session s ON s.id = session_id WHERE s.patient_id = :id"


def reviewing_rows(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Iterator[Row]:
    sessions, marks = setting.sessions, setting.marks_a_session
    size = f"{sessions:,} sessions x {marks} marks"
    place = folder / "reviewed"
    with open_practice(place, create=True) as practice:
        who, whom = records.practitioner(), records.patient()
        history = records.history(atlas, whom, who, sessions, marks)
        records.store(practice.repository, who, whom, *history)
        pair = _read(practice.repository, place / "practice.db", whom.id, setting)
        yield row(f"timeline of {size} read", pair, READ)
        with whole_window(practice.repository, atlas, place) as window:
            window.toggle_review()
            page, room = window.reviewing.page, window.reviewing.page.room
            assert isinstance(room, SessionsRoom)
            _wait_for_sites(room)
            yield row(f"review of {size} opened and painted", _open(window, setting), READY)
            yield row(f"slider frame, {size}", _step(page, room, setting), FRAME)
            trends = _enter_trends(page)
            pair = _draw_trends(page, trends, setting)
            yield row(f"trends of {size} drawn once they are read", pair, DRAWN)


def _wait_for_sites(room: SessionsRoom) -> None:
    """Until the same spots are listed, so that a step of the slider has them to show."""
    found = QEventLoop()
    room.sites.follower.changed.connect(found.quit)
    if room.sites.follower.is_under_way:
        found.exec()


def _read(repository: Repository, file: Path, patient_id: UUID, setting: Setting) -> Pair:
    """What the timeline shows, against the same rows read by the bare driver."""
    connection = floors.connect(file)
    key = {"id": patient_id.hex}
    chart = repository.chart(patient_id)
    assert chart is not None
    sessions = [each.session for each in chart.sessions]

    def by_the_driver() -> None:
        connection.execute("BEGIN")
        connection.execute(
            "SELECT session_id, kind, muscle, side, "
            "CASE WHEN kind = 'twitch_response' THEN details END AS twitch, count(*) "
            f"FROM mark {_OF_PATIENT} GROUP BY session_id, kind, muscle, side, twitch",
            key,
        ).fetchall()
        connection.execute(f"SELECT closing.* FROM closing {_OF_PATIENT}", key).fetchall()
        connection.execute("COMMIT")

    pair = in_turn(
        setting.reads, lambda: timeline(sessions, repository.figures(patient_id)), by_the_driver
    )
    connection.close()
    return pair


def _open(window: MainWindow, setting: Setting) -> Pair:
    """From the chart to the review until it is seen, against its picture copied."""
    page = window.reviewing.page

    def open_page() -> None:
        window.toggle_review()
        window.toggle_review()
        paint_what_is_due(page)

    return in_turn(setting.reads, open_page, floors.blit(page.size()))


def _step(page: ReviewPage, room: SessionsRoom, setting: Setting) -> Pair:
    """From one session to the next until it is seen, against the page's picture copied."""
    places = cycle(range(len(room.timeline.glances)))

    def step() -> None:
        room.track.setValue(next(places))
        paint_what_is_due(page)

    return in_turn(len(room.timeline.glances), step, floors.blit(page.size()))


def _enter_trends(page: ReviewPage) -> TrendsRoom:
    """With all sessions read, which is done in the background."""
    page.enter("trends")
    room = page.room
    assert isinstance(room, TrendsRoom)
    read = QEventLoop()
    room.reader.changed.connect(read.quit)
    if room.reader.is_under_way:
        read.exec()
    return room


def _draw_trends(page: ReviewPage, room: TrendsRoom, setting: Setting) -> Pair:
    """All figures found and those in sight drawn until they are seen, against the page's picture
    copied.
    """

    def draw() -> None:
        room.column.clear()
        room.show_sessions(page.looked_at)
        paint_what_is_due(page)

    return in_turn(setting.reads, draw, floors.blit(page.size()))
