"""A person at the chart: takes a tool, presses, drags, lets go, undoes. No window is needed.

``chart.take(ToolKey.TRIGGER_POINT).press("posterior", 380, 600).release().undo()``
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import numpy as np

from app.body.areas import inside_loops
from app.body.atlas import Atlas
from app.domain.anatomy import Body
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.errors import KnownError
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark
from app.domain.records import Patient, Practitioner, TreatmentSession
from app.editing.history import History
from app.editing.practice_editor import PracticeEditor
from app.editing.session_editor import SessionEditor
from app.editing.store import ChartStore
from app.editing.tool_keys import ToolKey
from app.editing.toolbox import Toolbox
from app.editing.tools.tool import PointerEvent
from app.painting.placing import place_marks
from db.practice import Practice, open_practice

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HIT_REACH = 13.0


class Clock:
    """Goes on by a second whenever it is asked."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Chart:
    """A practice on the disk with one patient, whose session lies on the desk."""

    def __init__(self, folder: Path, atlas: Atlas) -> None:
        self.folder = folder
        self.atlas = atlas
        self.clock = Clock()
        self.troubles: list[KnownError] = []
        self.practice: Practice = open_practice(folder, clock=self.clock)
        if not self.practice.repository.count_patients():
            self._begin()
        self._sit_down()

    def _begin(self) -> None:
        who = Practitioner(id=new_id(), name="Ada Nadel")
        whom = Patient(id=new_id(), family_name="Muster", number="1", body=Body.FEMALE)
        session = TreatmentSession(
            id=new_id(), patient_id=whom.id, practitioner_id=who.id, started_at=START
        )
        stamp = Stamp(step=new_id(), action=Action.DO, at=START)
        self.practice.repository.commit(Change.add("Begin", who, whom, session), stamp)

    def _sit_down(self) -> None:
        self.repository = self.practice.repository
        self.store = ChartStore(self.repository)
        self.history = History(self.store, self.clock)
        self.history.failed.connect(self.troubles.append)
        self.editor = SessionEditor(self.store, self.history, self.atlas, self.clock)
        self.toolbox = Toolbox(self.editor)
        self.desk = PracticeEditor(self.store, History(self.store, self.clock), self.clock)
        self.desk.history.failed.connect(self.troubles.append)
        (patient,) = self.repository.patients()
        self.store.open_patient(patient.id)
        self.editor.open(self.store.sessions[-1].id)
        self.atlas = self.editor.atlas  # which knows the patient's own pictures
        self._at = ("posterior", 0.0, 0.0)

    # -- the hand --------------------------------------------------------------------------

    def take(self, key: ToolKey) -> Self:
        self.toolbox.take(key)
        return self

    def press(self, view: str, x: float, y: float, *, extend: bool = False) -> Self:
        self._at = (view, x, y)
        self.toolbox.press(self._event(extend=extend))
        return self

    def drag(self, x: float, y: float, view: str | None = None) -> Self:
        self._at = (view or self._at[0], x, y)
        self.toolbox.move(self._event())
        return self

    def release(self, x: float | None = None, y: float | None = None) -> Self:
        """Lets go: where the hand is, or at another place at once."""
        view, here_x, here_y = self._at
        self._at = (view, here_x if x is None else x, here_y if y is None else y)
        self.toolbox.release(self._event())
        return self

    def click(self, view: str, x: float, y: float, *, extend: bool = False) -> Self:
        return self.press(view, x, y, extend=extend).release()

    def draw(self, view: str, line: np.ndarray) -> Self:
        """A freehand line, from its first point to its last."""
        self.press(view, *map(float, line[0]))
        for x, y in line[1:]:
            self.drag(float(x), float(y))
        return self.release()

    def escape(self) -> Self:
        self.toolbox.cancel()
        return self

    def undo(self) -> Self:
        self.history.undo()
        return self

    def redo(self) -> Self:
        self.history.redo()
        return self

    # -- what is there ---------------------------------------------------------------------

    @property
    def marks(self) -> list[Mark]:
        """The marks on the desk, which are those on the disk."""
        session = self.editor.session
        assert session is not None
        stored = self.repository.marks(session.id)
        assert list(self.editor.marks) == stored
        return stored

    @property
    def mark(self) -> Mark:
        (only,) = self.marks
        return only

    @property
    def labels(self) -> tuple[str | None, str | None]:
        """What undo would take back, and what redo would make again."""
        return self.history.undo_label, self.history.redo_label

    def pixel(self, mark: Mark, view: str) -> tuple[float, float]:
        spot = self.atlas.locate(mark.anchor, self.editor.body, view)
        assert spot.visible
        return spot.x, spot.y

    def hit(self, view: str, x: float, y: float) -> UUID | None:
        """The mark under the pointer, as the map tells it."""
        return self._under(self.editor.marks, view, x, y)

    def _under(self, marks: Sequence[Mark], view: str, x: float, y: float) -> UUID | None:
        placed = place_marks(self.atlas, marks, self.editor.body, view)
        points = [each for each in placed if not each.loops]
        near = min(points, key=lambda each: math.dist((each.x, each.y), (x, y)), default=None)
        if near is not None and math.dist((near.x, near.y), (x, y)) <= HIT_REACH:
            return near.mark.id
        here = np.array([[x, y]])
        for each in placed:
            if inside_loops(here, each.loops)[0]:
                return each.mark.id
        return None

    def _event(self, *, extend: bool = False) -> PointerEvent:
        view, x, y = self._at
        anchor = self.atlas.pick(self.editor.body, view, x, y)
        hit = self.hit(view, x, y)
        ghost = None if hit else self._under(self.editor.again.ghosts, view, x, y)
        return PointerEvent(view, x, y, anchor, hit, extend, ghost=ghost)

    # -- coming and going ------------------------------------------------------------------

    def close(self) -> None:
        self.editor.close()  # as the desk does when the window closes
        self.practice.close()

    def reopen(self) -> Self:
        """Ends the program and starts it again."""
        self.close()
        self.practice = open_practice(self.folder, create=False, clock=self.clock)
        self._sit_down()
        return self
