"""The three stages of a visit, and when each is done. Nothing here blocks: it tells."""

from collections.abc import Iterable
from enum import StrEnum

from app.domain.closing import Closing
from app.domain.marks import Mark, Needle, TriggerPoint
from app.domain.preparation import Preparation
from app.domain.screening import ScreeningItem


class Stage(StrEnum):
    BEFORE = "before"
    NEEDLES = "needles"
    AFTER = "after"


def before_is_done(preparation: Preparation | None) -> bool:
    """Whether every item of the screening is answered and consent was given."""
    if preparation is None or preparation.consent is None:
        return False
    return is_whole(preparation) and preparation.consent.is_given


def is_whole(preparation: Preparation) -> bool:
    """Whether every item of the screening is answered."""
    return len(preparation.screened) == len(ScreeningItem)


def needles_are_done(marks: Iterable[Mark]) -> bool:
    """Whether something was charted and no needle is in any more."""
    marks = list(marks)
    needles = [mark.details for mark in marks if isinstance(mark.details, Needle)]
    left_in = any(each.in_at is not None and each.out_at is None for each in needles)
    return bool(marks) and not left_in


def after_is_done(closing: Closing | None, marks: Iterable[Mark]) -> bool:
    """Whether it was asked for adverse events, and as many needles were counted out as placed."""
    if closing is None or not closing.events_asked:
        return False
    placed = needles_placed(marks)
    return placed == 0 or closing.needles_counted == placed


def needles_placed(marks: Iterable[Mark]) -> int:
    """How many needles the chart says were placed."""
    return sum(isinstance(mark.details, Needle) for mark in marks)


def is_needled(mark: Mark) -> bool:
    """Whether a mark says where needling was: a needle, or the trigger point that it was for."""
    return isinstance(mark.details, Needle | TriggerPoint)
