"""What was used of each lot of needles, and for how many patients: for a recall."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.folding import fold
from app.domain.identity import UUID
from app.domain.practice_summaries import BoxUse, NeedleFigures
from app.domain.supplies import NeedleBox


@dataclass(frozen=True, slots=True)
class LotUse:
    """One lot of one maker, however many boxes of it were entered; or the needles of which no box
    is recorded (``boxes`` is empty).
    """

    boxes: tuple[NeedleBox, ...]
    patients: int
    sessions: int
    needles: int
    """Marked on the charts of these sessions."""
    counted: int
    """Counted out by hand, in ``counted_sessions`` of these sessions."""
    counted_sessions: int
    last_at: datetime | None

    @property
    def box_ids(self) -> tuple[UUID, ...] | None:
        """None: of no box."""
        return tuple(box.id for box in self.boxes) or None

    @property
    def maker(self) -> str:
        return self.boxes[0].manufacturer if self.boxes else ""

    @property
    def lot(self) -> str:
        return self.boxes[0].lot if self.boxes else ""

    @property
    def expires_on(self) -> date | None:
        """The earliest day of its boxes."""
        return min((box.expires_on for box in self.boxes if box.expires_on), default=None)


def lots(figures: NeedleFigures) -> list[LotUse]:
    """A row for each lot, by maker and lot, whether it was used or not; at the end the needles of
    no recorded box, where there are any.

    Boxes are of one lot where maker and lot read alike without case, accents and spaces around
    them: "a17" and "A17 " are one. Boxes without a lot are taken together by their maker.
    """
    uses: dict[UUID | None, list[BoxUse]] = defaultdict(list)
    for use in figures.uses:
        uses[use.box_id].append(use)
    by_lot: dict[tuple[str, str], list[NeedleBox]] = defaultdict(list)
    for box in figures.boxes:
        by_lot[_key(box)].append(box)
    rows = [
        _row(tuple(boxes), [use for box in boxes for use in uses[box.id]])
        for _key_, boxes in sorted(by_lot.items())
    ]
    return [*rows, _row((), uses[None])] if uses[None] else rows


def _key(box: NeedleBox) -> tuple[str, str]:
    return fold(box.manufacturer).strip(), fold(box.lot).strip()


def _row(boxes: tuple[NeedleBox, ...], uses: Iterable[BoxUse]) -> LotUse:
    uses = list(uses)
    return LotUse(
        boxes=boxes,
        patients=len({use.patient_id for use in uses}),
        sessions=sum(use.sessions for use in uses),
        needles=sum(use.needles for use in uses),
        counted=sum(use.counted for use in uses),
        counted_sessions=sum(use.counted_sessions for use in uses),
        last_at=max((use.last_at for use in uses), default=None),
    )
