"""Which needle a new needle mark is taken to be: learnt from what the practitioner last used.

A size and a technique are habits and may be repeated; a depth is what was done in one body, and
is never learnt. What was learnt is a suggestion in the mark's fields, where it can be changed.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from app.domain.change import Change
from app.domain.errors import KnownError
from app.domain.identity import UUID
from app.domain.marks import Details, Mark, Needle
from app.domain.records import TreatmentSession
from app.domain.supplies import NeedleBox
from app.editing.store import ChartStore


class _Key(NamedTuple):
    practitioner: UUID
    muscle: str | None
    """None: anywhere."""


class NeedleDefaults:
    """What was last used, kept in memory: each muscle is looked up once, when it is aimed at."""

    def __init__(
        self,
        store: ChartStore,
        session: Callable[[], TreatmentSession | None],
        box: Callable[[], NeedleBox | None],
    ) -> None:
        self._store = store
        self._session = session
        self._box = box
        self._known: dict[_Key, Needle | None] = {}
        store.changed.connect(self._learn)

    def needle_for(self, muscle: str | None) -> Needle:
        """The needle for a muscle: as the session's practitioner last used one there, else as
        they last used one anywhere, else as the session's box says, else one of which nothing
        is known.
        """
        session = self._session()
        if session is None:
            return Needle()
        who = session.practitioner_id
        used = None if muscle is None else self._last(_Key(who, muscle))
        used = used or self._last(_Key(who, None))
        if used is not None:
            return used
        box = self._box()
        return (
            Needle()
            if box is None
            else Needle(diameter_mm=box.diameter_mm, length_mm=box.length_mm)
        )

    def fill(self, details: Details, muscle: str | None) -> Details:
        """A needle of which neither size nor technique is said yet, as it is usual in a muscle."""
        if not isinstance(details, Needle) or _habit(details) is not None:
            return details
        return _with_habit(details, self.needle_for(muscle))

    def refit(self, details: Details, left: str | None, entered: str | None) -> Details:
        """A new needle that the hand drags on into another muscle, before it lets go."""
        if not isinstance(details, Needle) or left == entered:
            return details
        as_suggested = _with_habit(details, self.needle_for(left)) == details
        return _with_habit(details, self.needle_for(entered)) if as_suggested else details

    def look_up(self, muscle: str | None) -> None:
        """Asks ahead of the press, when a muscle is aimed at."""
        self.needle_for(muscle)

    def _last(self, key: _Key) -> Needle | None:
        if key not in self._known:
            try:
                needles = self._store.repository.last_needles(key.practitioner, key.muscle)
            except KnownError:
                return None  # a press must not fail for want of a suggestion
            self._known[key] = next(filter(None, map(_habit, needles)), None)
        return self._known[key]

    def _learn(self, change: Change | None) -> None:
        """What is used now is what was used last. After an undo, or where it cannot be told,
        it is looked up anew.
        """
        session = self._session()
        if change is None or session is None:
            self._known.clear()
            return
        for before, after in change.edits.values():
            mark = after or before
            if not isinstance(mark, Mark) or not isinstance(mark.details, Needle):
                continue
            keys = [_Key(session.practitioner_id, muscle) for muscle in (mark.muscle, None)]
            habit = _habit(mark.details)
            if before is None and habit is not None:
                self._known |= dict.fromkeys(keys, habit)
            else:
                if isinstance(before, Mark):
                    keys.append(_Key(session.practitioner_id, before.muscle))
                for key in keys:
                    self._known.pop(key, None)


def _habit(needle: Needle) -> Needle | None:
    """What of a needle is a habit; None where nothing of it was recorded."""
    habit = Needle(
        diameter_mm=needle.diameter_mm, length_mm=needle.length_mm, technique=needle.technique
    )
    return None if habit == Needle() else habit


def _with_habit(needle: Needle, habit: Needle) -> Needle:
    return replace(
        needle,
        diameter_mm=habit.diameter_mm,
        length_mm=habit.length_mm,
        technique=habit.technique,
    )
