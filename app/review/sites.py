"""The same spot followed over sessions: which marks are one site.

In each session, in the order of time, marks are given to the sites so far:

1. as a person has said (a link), which always holds;
2. where a mark was made from an earlier one by "again", to that one's site;
3. else by place: same kind, muscle and side, and within the gate along the skin of where the site
   was marked last. As many as possible, and of all such ways the one of least distance in all.

The gate is 30 mm: one examiner who marks the same point of the upper trapezius twice is off by
up to 26 mm along each axis (Barbero 2012, 95 % limits of agreement, read in an abstract; 33 mm in
the plane is derived from that). So a distance within the gate is no movement.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.domain.anatomy import Anchor, Side
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind, Shape
from app.domain.own_pictures import is_picture_version
from app.domain.records import TreatmentSession
from app.domain.repeating import repeated_id

GATE_MM = 30.0
FOLLOWED = frozenset({MarkKind.TRIGGER_POINT, MarkKind.NEEDLE, MarkKind.SORENESS})
"""What is found or done at a spot. A needle in a trigger point, and a twitch, are the point's."""

Distances = Callable[[Anchor, Sequence[Anchor], float], NDArray[np.float64]]
"""mm along the skin from one spot to others; infinite beyond the limit."""
Links = Mapping[UUID, UUID | None]
"""What a person has said of marks: the earlier mark whose site it is; None: of none so far."""


class Course(StrEnum):
    """What became of a site in a session, as far as marks tell."""

    NEW = "new"
    REPEATED = "repeated"
    MOVED = "moved"
    """The same by a link or by "again", and further off than the gate."""
    NOT_MARKED = "not_marked"
    """Marked in an earlier session and not in this one. Whether it is gone nobody has said."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A mark of a site, and how it came to be taken for that site."""

    mark: Mark
    course: Course
    by_hand: bool = False
    """A person said so."""


@dataclass(slots=True)
class Site:
    """One spot over time; ``visits`` in the order of time, the first of which is new."""

    visits: list[Visit] = field(default_factory=list)

    @property
    def first(self) -> Mark:
        return self.visits[0].mark

    @property
    def last(self) -> Mark:
        return self.visits[-1].mark

    @property
    def kind(self) -> MarkKind:
        return self.first.kind

    @property
    def muscle(self) -> str | None:
        return self.last.muscle

    @property
    def side(self) -> Side | None:
        return self.last.side

    def course_in(self, session_id: UUID) -> Course:
        """What became of it in a session that is not earlier than its first mark."""
        return next(
            (visit.course for visit in self.visits if visit.mark.session_id == session_id),
            Course.NOT_MARKED,
        )


def can_be_followed(mark: Mark, parent: Mark | None) -> bool:
    """Whether a mark may be a site's: a point of its own, not what belongs to a trigger point."""
    belongs = parent is not None and parent.kind in FOLLOWED
    return mark.shape is Shape.POINT and mark.kind in FOLLOWED and not belongs


def follow(
    sessions: Iterable[TreatmentSession],
    marks_of: Callable[[UUID], Sequence[Mark]],
    links: Links,
    distances: Distances,
    gate_mm: float = GATE_MM,
) -> list[Site]:
    """All sites of a patient, in the order in which they were first marked.

    ``marks_of``: the marks of a session by its id. ``distances`` is asked for spots on the body
    alone; marks on own pictures are one site only by a link or by "again".
    """
    sites: list[Site] = []
    of_mark: dict[UUID, Site] = {}
    for session in sorted(sessions, key=lambda each: each.started_at):
        marks = marks_of(session.id)
        by_id = {mark.id: mark for mark in marks}
        parents = {m.id: by_id.get(m.parent_id) for m in marks if m.parent_id is not None}
        todo = [mark for mark in marks if can_be_followed(mark, parents.get(mark.id))]
        found = _Session(sites, of_mark, distances, gate_mm)
        found.take_said(todo, links)
        found.take_again(todo, session.id)
        found.take_near(todo, links)
        for mark in todo:
            if mark.id not in of_mark:
                by_hand = mark.id in links
                sites.append(Site([Visit(mark, Course.NEW, by_hand)]))
                of_mark[mark.id] = sites[-1]
    return sites


@dataclass(slots=True)
class _Session:
    """Gives the marks of one session to the sites so far; each site gets one at most by place."""

    sites: list[Site]
    of_mark: dict[UUID, Site]
    distances: Distances
    gate_mm: float
    taken: set[int] = field(default_factory=set)
    """``id`` of the sites that were marked in this session."""

    def take_said(self, marks: Iterable[Mark], links: Links) -> None:
        for mark in marks:
            earlier = links.get(mark.id)
            site = None if earlier is None else self.of_mark.get(earlier)
            if site is not None:
                self._give(mark, site, self._course(mark, site), by_hand=True)

    def take_again(self, marks: Sequence[Mark], session_id: UUID) -> None:
        wanted = {mark.id: mark for mark in marks if mark.id not in self.of_mark}
        for site in self.sites:
            for visit in tuple(site.visits):
                mark = wanted.get(repeated_id(visit.mark, session_id))
                if mark is not None and mark.id not in self.of_mark:
                    self._give(mark, site, self._course(mark, site))

    def take_near(self, marks: Iterable[Mark], links: Links) -> None:
        groups: dict[object, list[Mark]] = defaultdict(list)
        for mark in marks:
            if mark.id not in self.of_mark and mark.id not in links and not _on_picture(mark):
                groups[_alike(mark)].append(mark)
        for alike, left in groups.items():
            free = [
                site
                for site in self.sites
                if id(site) not in self.taken and _alike(site.last) == alike
            ]
            for mark, site in self._assigned(left, free):
                self._give(mark, site, Course.REPEATED)

    def _assigned(self, marks: Sequence[Mark], sites: Sequence[Site]) -> list[tuple[Mark, Site]]:
        if not marks or not sites:
            return []
        from scipy.optimize import linear_sum_assignment

        ends = [site.last.anchor for site in sites]
        apart = np.stack([self.distances(mark.anchor, ends, self.gate_mm) for mark in marks])
        near = apart <= self.gate_mm
        never = self.gate_mm * (min(apart.shape) + 1)  # dearer than all that is near together
        rows, columns = linear_sum_assignment(np.where(near, apart, never))
        return [(marks[r], sites[c]) for r, c in zip(rows, columns, strict=True) if near[r, c]]

    def _give(self, mark: Mark, site: Site, course: Course, *, by_hand: bool = False) -> None:
        site.visits.append(Visit(mark, course, by_hand))
        self.of_mark[mark.id] = site
        self.taken.add(id(site))

    def _course(self, mark: Mark, site: Site) -> Course:
        return Course.REPEATED if self._is_near(mark, site.last) else Course.MOVED

    def _is_near(self, mark: Mark, earlier: Mark) -> bool:
        if mark.body_version != earlier.body_version:
            return False
        if mark.anchor == earlier.anchor or _on_picture(mark):
            return mark.anchor == earlier.anchor
        return bool(self.distances(mark.anchor, [earlier.anchor], self.gate_mm)[0] <= self.gate_mm)


def _alike(mark: Mark) -> object:
    return mark.kind, mark.muscle, mark.side, mark.body_version


def _on_picture(mark: Mark) -> bool:
    return is_picture_version(mark.body_version)
