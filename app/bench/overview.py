"""What is waited for over a whole practice: sessions found by what was charted in them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from app.bench import floors, records
from app.bench.measuring import Goal, Pair, Row, in_turn, row
from app.bench.setting import Setting
from app.body.atlas import Atlas
from app.domain.anatomy import Side
from app.domain.identity import new_id
from app.domain.marks import Mark, MarkKind
from app.domain.ports import PracticeOpener, Repository
from app.domain.practice_summaries import SessionSearch
from app.domain.records import Patient, Practitioner, Record

FIND = Goal(at_most=150)
LISTED = 500
_MUSCLES = ("infraspinatus", "trapezius_descending", "levator_scapulae", "soleus", "piriformis")
_SEARCHES = (
    SessionSearch(muscles=frozenset(_MUSCLES[:1])),
    SessionSearch(side=Side.LEFT),
    SessionSearch(kind=MarkKind.TWITCH),
    SessionSearch(muscles=frozenset(_MUSCLES[1:3]), side=Side.RIGHT, kind=MarkKind.SORENESS),
)


def overview_rows(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Iterator[Row]:
    place = folder / "overview"
    with open_practice(place, create=True) as practice:
        _fill(practice.repository, atlas, setting)
        pair = _find(practice.repository, place / "practice.db", setting)
    many = setting.practice_patients * setting.practice_sessions
    yield row(f"find among {many:,} sessions x {setting.practice_marks} marks", pair, FIND)


def _fill(repository: Repository, atlas: Atlas, setting: Setting) -> None:
    who, muscles = records.practitioner(), cycle(_MUSCLES)
    pattern = records.marks(atlas, new_id(), setting.practice_marks)
    records.store(repository, who)
    for number in range(1, setting.practice_patients + 1):
        whom = records.patient(number)
        history = _history(whom, who, setting.practice_sessions, pattern, lambda: next(muscles))
        records.store(repository, whom, *history)


def _history(
    of: Patient, by: Practitioner, count: int, pattern: Sequence[Mark], muscle: Callable[[], str]
) -> Iterator[Record]:
    """Sessions with the same marks in each: finding spots for 200,000 would take a minute."""
    for session in records.sessions(of, by, count):
        yield session
        for mark in pattern:
            yield replace(mark, id=new_id(), session_id=session.id, muscle=muscle())


def _find(repository: Repository, file: Path, setting: Setting) -> Pair:
    """What the table shows and how many there are, against all marks counted by the driver."""
    connection = floors.connect(file)
    searches = cycle(_SEARCHES)
    pair = in_turn(
        setting.reads,
        lambda: repository.overview.find_sessions(next(searches), LISTED),
        lambda: connection.execute(
            "SELECT kind, side, count(*) FROM mark GROUP BY 1, 2"
        ).fetchall(),
    )
    connection.close()
    return pair
