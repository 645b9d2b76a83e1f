"""Counting over the skin: for one patient as a filter asks, and for the whole practice.

Both keep what takes long to find: which skin an area covers. They are for one thread.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from app.body.atlas import Atlas
from app.body.mesh import Indices
from app.domain.anatomy import Body
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind
from app.domain.own_pictures import is_picture_version
from app.domain.skin_places import PlaceFigures, Places, SoreArea
from app.review.place_table import PlaceRow, rows_of_practice
from app.review.skin_frequency import SkinFrequency, skin_frequency
from app.review.skin_tally import (
    KIND_OF,
    NO_SAMPLES,
    Counted,
    LeftOut,
    Part,
    SkinTally,
    is_area_of,
    part_of,
    samples_of,
)
from app.review.timeline import ReviewFilter

AREAS_AT_ONCE = 500
"""Read from the practice in one go: others may read and write between two."""
GoOn = Callable[[int, int], None]
"""Is told how much of how much is done; raises what stops it."""


class PatientCount:
    """The marks of one patient, of which any part can be counted."""

    def __init__(self, atlas: Atlas, marks: Mapping[UUID, Sequence[Mark]]) -> None:
        """``marks`` by session."""
        self._atlas = atlas
        self._marks = marks
        self._covered: dict[UUID, Indices] = {}

    def tally(
        self, counted: Counted, sessions: Sequence[UUID], wanted: ReviewFilter, go_on: GoOn
    ) -> SkinTally:
        """Of the marks in ``sessions`` that ``wanted`` lets through."""
        tally = SkinTally(counted, self._atlas.skin.size)
        parts = list[Part]()
        for done, session_id in enumerate(sessions):
            go_on(done, len(sessions))
            marks = filter(wanted.takes_mark, self._marks.get(session_id, ()))
            parts.append(part_of(marks, counted, self._atlas, self._cover))
        tally.add(joined(parts))
        return tally

    def _cover(self, mark: Mark) -> Indices:
        if mark.id not in self._covered:
            self._covered[mark.id] = _covered_by(mark, self._atlas)
        return self._covered[mark.id]


class PracticeCount:
    """The marks of all patients, counted when they are first asked for and kept."""

    def __init__(self, atlas: Atlas, places: Places) -> None:
        self._atlas = atlas
        self._places = places
        self._tallies: dict[Counted, SkinTally] = {}
        self._figures: PlaceFigures | None = None

    @property
    def is_begun(self) -> bool:
        """Whether anything is kept."""
        return bool(self._tallies)

    def frequency(self, counted: Counted, body: Body, go_on: GoOn) -> SkinFrequency:
        """The map, with the table where that is known."""
        if counted not in self._tallies:
            self._tallies[counted] = self._count(counted, go_on)
        known, tally = self._figures, self._tallies[counted]
        sessions = None if known is None else known.sessions
        found = skin_frequency(tally, self._atlas, body, sessions, self._rows())
        if known is not None:
            found.left_out.update(_left_out(known, KIND_OF[counted], self._atlas.version))
        return found

    def tell(self) -> None:
        """Counts what the table says, which takes longer than the map."""
        self._figures = self._places.figures()

    def forget_figures(self) -> None:
        """What the table says is not so any more."""
        self._figures = None

    def replace(self, before: Sequence[Mark], after: Sequence[Mark]) -> None:
        """One session has the marks ``after`` now instead of those ``before``. ValueError where
        these are not what was counted.
        """
        for counted, tally in self._tallies.items():
            tally.take_out(self._here(before, counted))
            tally.add(self._here(after, counted))

    def _here(self, marks: Sequence[Mark], counted: Counted) -> Part:
        """Of a session, as ``_count`` counts it: others than those of this body are in figures."""
        atlas = self._atlas
        on_body = (mark for mark in marks if mark.body_version == atlas.version)
        return part_of(on_body, counted, atlas, lambda mark: _covered_by(mark, atlas))

    def _rows(self) -> tuple[PlaceRow, ...] | None:
        return None if self._figures is None else rows_of_practice(self._figures)

    def _count(self, counted: Counted, go_on: GoOn) -> SkinTally:
        tally = SkinTally(counted, self._atlas.skin.size)
        found = self._places.points(KIND_OF[counted], self._atlas.version)
        samples = samples_of(found, self._atlas)
        seen = samples[samples >= 0]
        unplaced = len(samples) - len(seen)
        tally.add(Part(seen, NO_SAMPLES, len(seen), _unplaced(unplaced)))
        if counted is Counted.SORE:
            self._count_areas(tally, go_on)
        return tally

    def _count_areas(self, tally: SkinTally, go_on: GoOn) -> None:
        done, every = 0, self._places.count_sore_areas(self._atlas.version)
        parts = list[Part]()
        for _session, areas in groupby(self._areas(), key=lambda area: area.session_id):
            go_on(done, every)
            part = self._part(list(areas))
            done += part.marks + part.left_out.total()
            parts.append(part)
            if len(parts) == AREAS_AT_ONCE:
                tally.add(joined(parts))
                parts.clear()
        tally.add(joined(parts))

    def _areas(self) -> Iterator[SoreArea]:
        last: tuple[UUID, int] | None = None
        while found := self._places.sore_areas(self._atlas.version, last, AREAS_AT_ONCE):
            yield from found
            last = found[-1].session_id, found[-1].number

    def _part(self, areas: Sequence[SoreArea]) -> Part:
        """Of the areas of one session."""
        atlas = self._atlas
        known = [
            area
            for area in areas
            if is_area_of(area.outline, area.placed_on, area.placed_in, atlas)
        ]
        covered = [atlas.covered_samples(a.outline, a.placed_on, a.placed_in) for a in known]
        area = np.unique(np.concatenate([NO_SAMPLES, *covered]))
        return Part(NO_SAMPLES, area, len(known), _unplaced(len(areas) - len(known)))


def joined(parts: Sequence[Part]) -> Part:
    """What several sessions give together."""
    left_out: Counter[LeftOut] = Counter()
    for part in parts:
        left_out.update(part.left_out)
    return Part(
        np.concatenate([NO_SAMPLES, *(part.points for part in parts)]),
        np.concatenate([NO_SAMPLES, *(part.area for part in parts)]),
        sum(part.marks for part in parts),
        +left_out,
    )


def undone(after: Sequence[Mark], change: Change, session_id: UUID) -> list[Mark]:
    """The marks of a session before ``change``, which made them those ``after``."""
    marks = {mark.id: mark for mark in after}
    for record_id, edit in change.edits.items():
        before = edit.before
        if isinstance(before, Mark) and before.session_id == session_id:
            marks[record_id] = before
        else:
            marks.pop(record_id, None)
    return list(marks.values())


def _covered_by(mark: Mark, atlas: Atlas) -> Indices:
    return atlas.covered_samples(mark.outline, mark.placed_on, mark.placed_in)


def _unplaced(count: int) -> Counter[LeftOut]:
    return +Counter({LeftOut.UNPLACED: count})


def _left_out(known: PlaceFigures, kind: MarkKind, version: str) -> Counter[LeftOut]:
    """What lies on no body of this version."""
    left_out: Counter[LeftOut] = Counter()
    for figure in known.figures:
        if figure.kind is kind and figure.body_version != version:
            on_picture = is_picture_version(figure.body_version)
            left_out[LeftOut.OWN_PICTURE if on_picture else LeftOut.OTHER_BODY] += figure.marks
    return left_out
