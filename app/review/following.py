"""Following the spots of a long history: what was measured is remembered, and it can be stopped.

A distance along the skin takes some 10 ms, and a patient with 200 sessions asks for thousands.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event

import numpy as np
from numpy.typing import NDArray

from app.domain.anatomy import Anchor
from app.domain.errors import StoppedError
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.site_links import SiteLink
from app.review.sites import Distances, Links, Site


@dataclass(slots=True)
class RememberedDistances:
    """Asks for each pair of spots once. ``gate_mm`` is one and the same for all questions."""

    ask: Distances
    stop: Event = field(default_factory=Event)
    _known: dict[tuple[Anchor, Anchor], float] = field(default_factory=dict)

    def __call__(
        self, start: Anchor, ends: Sequence[Anchor], limit_mm: float
    ) -> NDArray[np.float64]:
        """See ``app.review.sites.Distances``. Raises StoppedError once ``stop`` is set."""
        if self.stop.is_set():
            raise StoppedError("Stopped.")
        unknown = [end for end in dict.fromkeys(ends) if (start, end) not in self._known]
        if unknown:
            for end, apart in zip(unknown, self.ask(start, unknown, limit_mm), strict=True):
                self._known[start, end] = self._known[end, start] = float(apart)
        return np.array([self._known[start, end] for end in ends])


@dataclass(frozen=True, slots=True)
class Followed:
    """The sites of a patient, and all marks by session."""

    sites: tuple[Site, ...] = ()
    marks: dict[UUID, list[Mark]] = field(default_factory=dict)

    def site_of(self, mark_id: UUID | None) -> Site | None:
        """The site whose a mark is; None for a mark that is not followed."""
        return next(
            (site for site in self.sites if any(visit.mark.id == mark_id for visit in site.visits)),
            None,
        )


def links_of(said: Sequence[SiteLink]) -> Links:
    """What was said of marks, as ``app.review.sites.follow`` takes it."""
    return {link.mark_id: link.earlier_id for link in said}


def counting(
    marks_of: Callable[[UUID], Sequence[Mark]], count: Callable[[], object]
) -> Callable[[UUID], Sequence[Mark]]:
    """``marks_of``, with a count of the sessions that were asked for: one after the other."""

    def counted(session_id: UUID) -> Sequence[Mark]:
        count()
        return marks_of(session_id)

    return counted
