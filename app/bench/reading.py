"""What is waited for between patients: a chart opened, a name found."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from app.bench import floors, records
from app.bench.measuring import Goal, Pair, Row, in_turn, row
from app.bench.setting import Setting
from app.body.atlas import Atlas
from app.domain.identity import UUID
from app.domain.ports import PracticeOpener, Repository
from app.editing.store import ChartStore

OPEN = Goal(times=2)
FIND = Goal(at_most=16)
_TYPED = ("m", "ba", "lund", "gar el", "stein 19", "zz")


def reading_rows(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Iterator[Row]:
    sessions, marks = setting.sessions, setting.marks_a_session
    with open_practice(folder / "chart", create=True) as practice:
        who, whom = records.practitioner(), records.patient()
        history = records.history(atlas, whom, who, sessions, marks)
        records.store(practice.repository, who, whom, *history)
        pair = _open(practice.repository, folder / "chart" / "practice.db", whom.id, setting)
    yield row(f"open a patient of {sessions:,} sessions x {marks} marks", pair, OPEN)
    with open_practice(folder / "many", create=True) as practice:
        people = [records.patient(number) for number in range(1, setting.patients + 1)]
        records.store(practice.repository, *people)
        pair = _find(practice.repository, folder / "many" / "practice.db", setting)
    yield row(f"find among {setting.patients:,} patients", pair, FIND)


def _open(repository: Repository, file: Path, patient_id: UUID, setting: Setting) -> Pair:
    """The chart and the newest session's marks, against the same rows read by the bare driver."""
    store = ChartStore(repository)
    connection = floors.connect(file)
    key = {"id": patient_id.hex}

    def through_the_program() -> int:
        store.open_patient(patient_id)
        return len(store.marks(store.sessions[0].id))

    def by_the_driver() -> int:
        connection.execute("BEGIN")
        connection.execute("SELECT * FROM patient WHERE id = :id", key).fetchall()
        connection.execute("SELECT * FROM problem WHERE patient_id = :id", key).fetchall()
        connection.execute("SELECT * FROM practitioner ORDER BY name").fetchall()
        connection.execute(
            "SELECT session_id, kind, count(*) FROM mark JOIN treatment_session s "
            "ON s.id = session_id WHERE s.patient_id = :id GROUP BY session_id, kind",
            key,
        ).fetchall()
        visits = connection.execute(
            "SELECT * FROM treatment_session WHERE patient_id = :id ORDER BY started_at DESC", key
        ).fetchall()
        rows = connection.execute(
            "SELECT * FROM mark WHERE session_id = ? ORDER BY number", (visits[0][0],)
        ).fetchall()
        connection.execute("COMMIT")
        return len(rows)

    assert through_the_program() == by_the_driver() == setting.marks_a_session
    pair = in_turn(setting.reads, through_the_program, by_the_driver)
    connection.close()
    return pair


def _find(repository: Repository, file: Path, setting: Setting) -> Pair:
    """What the list shows after a key, against the same look through the column by the driver."""
    connection = floors.connect(file)
    typed, again = cycle(_TYPED), cycle(_TYPED)

    def by_the_driver() -> int:
        words = next(again).split()
        like = " AND ".join("instr(search, ?) > 0" for _word in words)
        return len(
            connection.execute(
                "SELECT id, family_name, given_name, birth_date, number FROM patient "
                f"WHERE {like} ORDER BY search, id LIMIT 200",
                words,
            ).fetchall()
        )

    pair = in_turn(setting.reads, lambda: repository.find_patients(next(typed)), by_the_driver)
    connection.close()
    return pair
