"""What a report says of the notices of hazards that were shown in a session: of which mark, in the
words of that day with their source and how sure it is, and whether anybody acknowledged them.
"""

from collections.abc import Sequence
from datetime import date, datetime

from app.domain.hazard_rule import BOTH_SIDES_OF_CHEST
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.papers import HazardNotice, Paper
from app.domain.words import local_day, local_time
from app.report import wording
from app.report.before_after import PaperRow, PaperTable

HEADING = "Notices of hazards shown"
GONE = "A mark that was removed since"
SESSION = "The session"


def notices_table(
    papers: Sequence[Paper], marks: Sequence[Mark], day: date
) -> tuple[PaperTable, ...]:
    """The notices of a session of ``day``, in the order in which they were shown; nothing where
    none was. What was said at once of several marks is one row.
    """
    notices = [each for each in papers if isinstance(each, HazardNotice)]
    said: dict[tuple[datetime, str], list[HazardNotice]] = {}
    for each in sorted(notices, key=lambda notice: (notice.shown_at, notice.id)):
        said.setdefault((each.shown_at, each.words), []).append(each)
    if not said:
        return ()
    numbers = {mark.id: mark.number for mark in marks}
    rows = tuple(_row(together, numbers, day) for together in said.values())
    return (PaperTable(HEADING, rows),)


def _row(said: Sequence[HazardNotice], numbers: dict[UUID, int], day: date) -> PaperRow:
    first = said[0]
    read = {each.acknowledged_at for each in said}
    acknowledged = max((at for at in read if at is not None), default=None)
    lines = [first.words, f"Shown {_at(first.shown_at, day)}; not acknowledged."]
    if None not in read and acknowledged is not None:
        lines[1] = f"Shown {_at(first.shown_at, day)}, acknowledged {_at(acknowledged, day)}."
    return PaperRow(_whose(said, numbers), tuple(lines))


def _whose(said: Sequence[HazardNotice], numbers: dict[UUID, int]) -> str:
    if said[0].zone == BOTH_SIDES_OF_CHEST:
        return SESSION
    here = sorted(numbers[each.mark_id] for each in said if each.mark_id in numbers)
    if not here:
        return GONE
    return f"{'Mark' if len(here) == 1 else 'Marks'} {wording.listed(list(map(str, here)))}"


def _at(when: datetime, day: date) -> str:
    return local_time(when) if local_day(when) == day else wording.moment(when)
