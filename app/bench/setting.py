"""How much is measured: the whole bench, or a tiny one that only shows that it runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """Numbers of rounds, and how many records there are."""

    starts: int = 7
    """Rounds of the program's start."""
    frames: int = 60
    """Rounds of everything that is painted."""
    spots: int = 400
    """Spots that are asked about."""
    views: int = 7
    """Rounds of each view that is opened for the first time."""
    presses: int = 200
    """Presses of which the slowest of a hundred is shown."""
    reads: int = 40
    """Rounds of everything that is read."""
    reports: int = 5
    """Rounds of everything that is printed."""
    marks: tuple[int, ...] = (10, 300, 10_000)
    """Marks on the picture when one more is placed."""
    most_whole: int = 300
    """The whole window is measured with no more marks than this: more than anybody charts."""
    zoomed_marks: int = 1_000
    patients: int = 10_000
    sessions: int = 200
    marks_a_session: int = 15
    printed_sessions: int = 20
    practice_patients: int = 2_000
    practice_sessions: int = 20
    practice_marks: int = 5
    """Of each patient, and of each session, of the practice that is searched."""
    needled: int = 185_000
    """Marks on the frequency map of a practice."""


FULL = Setting()
TINY = Setting(
    starts=1, frames=2, spots=3, views=1, presses=2, reads=2, reports=1, marks=(3, 5),
    zoomed_marks=4, patients=5, sessions=2, marks_a_session=3, printed_sessions=2,
    practice_patients=2, practice_sessions=2, practice_marks=3, needled=50,
)  # fmt: skip
