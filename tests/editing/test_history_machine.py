"""A machine plays the user: do, undo, redo, restart, crash, in any order, on a real file.

Beside it a plain model keeps what should be there: the marks, the patient's zones, the session's
note, and one list of steps with the state before and after each.
"""

import shutil
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.body.areas import DrawnArea
from app.body.atlas import Atlas
from app.domain.anatomy import Anchor, Body, Side
from app.domain.identity import UUID
from app.domain.marks import (
    PARENTS_OF_KIND,
    SHAPES_OF_KIND,
    Details,
    Mark,
    MarkKind,
    Needle,
    Note,
    Reaction,
    ReactionKind,
    ReferredPain,
    Soreness,
    TriggerPoint,
    TwitchResponse,
)
from app.domain.needles import is_in, needles_in
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.editing.history import replay
from app.editing.needles import take_all_out, take_one_out
from app.editing.retyping import retype
from app.editing.twitches import active_target, count_twitch, take_twitch_back, twitch_of
from app.paths import BODY_MAPS
from tests.helpers.chart import Chart
from tests.helpers.skin import skin_anchors

VIEW = "posterior"


@dataclass(frozen=True)
class State:
    """What is charted: marks by id, the session's note, and the patient's zones by id."""

    marks: dict[UUID, Mark]
    note: str
    zones: dict[UUID, NoNeedleZone]


@dataclass
class ModelStep:
    label: str
    before: State
    after: State
    merge: Any = None


@cache
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)


@cache
def anchors() -> list[Anchor]:
    return [anchor for _x, _y, anchor in skin_anchors(atlas(), Body.FEMALE, VIEW, 60, seed=9)]


@cache
def empty_practice() -> TemporaryDirectory[str]:
    """A practice that is ready to be charted in; each run of the machine copies it."""
    folder = TemporaryDirectory(prefix="needlepoint-machine-")
    Chart(Path(folder.name), atlas()).close()
    return folder


class HistoryMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._scratch = TemporaryDirectory()
        self._lives = 0
        folder = self._next_folder()
        shutil.copytree(empty_practice().name, folder)
        self.chart = Chart(folder, atlas())
        self.state = State({}, "", {})
        self.done: list[ModelStep] = []
        self.undone: list[ModelStep] = []
        self.last_sequence = 0

    def teardown(self) -> None:
        self.chart.close()
        self._scratch.cleanup()

    def _next_folder(self) -> Path:
        self._lives += 1
        return Path(self._scratch.name) / f"life-{self._lives}"

    def _step(self, label: str, after: State, merge: Any = None) -> None:
        """The model's own idea of what doing something means for undo and redo."""
        if after == self.state:
            return
        self.undone.clear()
        last = self.done[-1] if self.done else None
        if merge is not None and last is not None and last.merge == merge:
            last.after = after
            if last.after == last.before:
                self.done.pop()
        else:
            self.done.append(ModelStep(label, self.state, after, merge))
        self.state = after

    def _seal(self) -> None:
        for step in self.done:
            step.merge = None

    def _with(self, *marks: Mark) -> State:
        changed = {mark.id: mark for mark in marks}
        return replace(self.state, marks=self.state.marks | changed)

    def _choose(self, data: st.DataObject) -> Mark:
        marks = sorted(self.state.marks.values(), key=lambda mark: mark.number)
        return data.draw(st.sampled_from(marks))

    @property
    def _has_marks(self) -> bool:
        return bool(self.state.marks)

    # -- doing -----------------------------------------------------------------------------

    def _add(self, mark: Mark, label: str) -> None:
        self._seal()
        assert self.chart.editor.add(mark)
        self._step(label, self._with(mark))

    @rule(spot=st.integers(0, 20), details=st.sampled_from([TriggerPoint(), Note(), Reaction()]))
    def add_point(self, spot: int, details: Details) -> None:
        mark = self.chart.editor.new_mark(details, anchors()[spot], VIEW)
        self._add(mark, f"Add {details.kind.replace('_', ' ')}")

    @rule(spot=st.integers(0, 20))
    def add_area(self, spot: int) -> None:
        outline = tuple(anchors()[spot : spot + 4])
        mark = self.chart.editor.new_mark(Soreness(), outline[0], VIEW, outline=outline)
        self._add(mark, "Add soreness")

    @precondition(lambda self: self._has_marks)
    @rule(data=st.data())
    def add_twitch(self, data: st.DataObject) -> None:
        parent = self._choose(data)
        details = TwitchResponse(count=1)
        mark = self.chart.editor.new_mark(details, parent.anchor, VIEW, parent_id=parent.id)
        self._add(mark, "Add twitch response")

    @precondition(lambda self: self._has_marks)
    @rule(data=st.data(), grade=st.integers(0, 4))
    def change_details(self, data: st.DataObject, grade: int) -> None:
        mark = self._choose(data)
        if isinstance(mark.details, Needle):
            changed: Details = replace(mark.details, pain=grade)
        else:
            changed = {
                TriggerPoint: TriggerPoint(tenderness=grade),
                TwitchResponse: TwitchResponse(count=grade + 1),
                Soreness: Soreness(intensity=grade),
                ReferredPain: ReferredPain(recognised=grade > 2),
                Reaction: Reaction(reaction=list(ReactionKind)[grade]),
                Note: Note(),
            }[type(mark.details)]
        after = replace(mark, details=changed)
        if after != mark:
            self._seal()
        assert self.chart.editor.set_details(mark.id, changed)
        self._step(f"Change {mark.kind.replace('_', ' ')}", self._with(after))

    @precondition(lambda self: self._has_marks)
    @rule(data=st.data(), spot=st.integers(0, 30))
    def move(self, data: st.DataObject, spot: int) -> None:
        mark = self._choose(data)
        after = replace(mark, anchor=anchors()[spot], side=atlas().side(anchors()[spot]))
        if after != mark:
            self._seal()
        assert self.chart.editor.move(mark, after)
        self._step(f"Move {mark.kind.replace('_', ' ')}", self._with(after))

    @precondition(lambda self: self._has_marks)
    @rule(data=st.data())
    def remove_some(self, data: st.DataObject) -> None:
        ids = list(self.state.marks)
        gone = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True))
        kept = {
            key: replace(mark, parent_id=None) if mark.parent_id in gone else mark
            for key, mark in self.state.marks.items()
            if key not in gone
        }
        kind = self.state.marks[gone[0]].kind.replace("_", " ")
        self._seal()
        assert self.chart.editor.remove(gone)
        label = f"Remove {kind}" if len(gone) == 1 else "Remove marks"
        self._step(label, replace(self.state, marks=kept))

    @precondition(lambda self: self._has_marks)
    @rule(data=st.data(), text=st.sampled_from(["", "s", "so", "sore", "schön 🙂"]))
    def type_note(self, data: st.DataObject, text: str) -> None:
        mark = self._choose(data)
        assert self.chart.editor.set_note(mark.id, text)
        self._type("Write note", self._with(replace(mark, note=text)), ("note", mark.id))

    @rule(text=st.sampled_from(["", "b", "be", "better"]))
    def type_session_note(self, text: str) -> None:
        assert self.chart.editor.change_session("Write session note", note=text)
        self._type("Write session note", replace(self.state, note=text), "session note")

    def _type(self, label: str, after: State, merge: Any) -> None:
        if after != self.state and self.done and self.done[-1].merge != merge:
            self._seal()
        self._step(label, after, merge)

    @rule()
    def leave_the_field(self) -> None:
        self.chart.history.seal()
        self._seal()

    # -- needles ---------------------------------------------------------------------------

    @rule(spot=st.integers(0, 20))
    def place_needle(self, spot: int) -> None:
        details = Needle(in_at=self.chart.clock())
        self._add(self.chart.editor.new_mark(details, anchors()[spot], VIEW), "Add needle")

    def _taken_out(self, marks: list[Mark], label: str) -> None:
        """What a verb has just done to the needles ``marks``: they are out, and no more."""
        after = []
        for mark in marks:
            now = self.chart.store.mark(mark.id)
            assert now is not None
            assert isinstance(mark.details, Needle)
            assert isinstance(now.details, Needle)
            assert mark.details.in_at is not None
            assert now.details.out_at is not None
            assert now.details.out_at >= mark.details.in_at
            after.append(replace(mark, details=replace(mark.details, out_at=now.details.out_at)))
        self._step(label, self._with(*after))

    @rule(data=st.data())
    def take_one_needle_out(self, data: st.DataObject) -> None:
        still = sorted(filter(is_in, self.state.marks.values()), key=lambda mark: mark.number)
        wanted = data.draw(st.sampled_from([None, *still]))
        self.chart.editor.selection.set(() if wanted is None else (wanted.id,))
        meant = wanted or (still[-1] if still else None)
        if meant is not None:
            self._seal()
        assert take_one_out(self.chart.editor) is (meant is not None)
        if meant is not None:
            self._taken_out([meant], "Take needle out")

    @rule()
    def take_all_needles_out(self) -> None:
        still = list(needles_in(self.state.marks.values()))
        if still:
            self._seal()
        assert take_all_out(self.chart.editor) is bool(still)
        if still:
            self._taken_out(still, "Take all needles out")
        assert not needles_in(self.chart.marks)

    @precondition(lambda self: self._has_marks)
    @rule(data=st.data(), kind=st.sampled_from(MarkKind))
    def make_it_another_kind(self, data: st.DataObject, kind: MarkKind) -> None:
        mark = self._choose(data)
        parent = self.state.marks.get(mark.parent_id) if mark.parent_id else None
        keeps = parent is not None and parent.kind in PARENTS_OF_KIND.get(kind, ())
        fits = mark.shape in SHAPES_OF_KIND[kind] and (kind is not MarkKind.TWITCH or keeps)
        if mark.kind is kind:
            assert retype(self.chart.editor, mark, kind)
            return
        if fits:
            self._seal()
        assert retype(self.chart.editor, mark, kind) is fits
        if not fits:
            return
        now = self.chart.store.mark(mark.id)
        assert now is not None
        assert now.kind is kind
        after = [replace(mark, details=now.details, parent_id=mark.parent_id if keeps else None)]
        after += [
            replace(child, parent_id=None)
            for child in self.state.marks.values()
            if child.parent_id == mark.id and kind not in PARENTS_OF_KIND.get(child.kind, ())
        ]
        names = (str(each).replace("_", " ") for each in (mark.kind, kind))
        self._step("Make {} a {}".format(*names), self._with(*after))

    @precondition(lambda self: self._has_marks)
    @rule(data=st.data(), more=st.booleans())
    def count_at(self, data: st.DataObject, more: bool) -> None:
        editor = self.chart.editor
        editor.selection.set((self._choose(data).id,))
        target = active_target(editor)
        twitch = None if target is None else twitch_of(editor, target)
        done = (count_twitch if more else take_twitch_back)(editor)
        if not done:
            return
        self._seal()
        assert target is not None
        now = {mark.id: mark for mark in editor.marks}
        label = "Count twitch" if more else "Take twitch back"
        if twitch is None:
            label = "Add twitch response"
            (added,) = now.keys() - self.state.marks.keys()
            assert now[added].parent_id == target.id
            self._step(label, self._with(now[added]))
        elif twitch.id not in now:
            kept = {key: each for key, each in self.state.marks.items() if key != twitch.id}
            self._step(label, replace(self.state, marks=kept))
        else:
            assert isinstance(twitch.details, TwitchResponse)
            count = min((twitch.details.count or 0) + (1 if more else -1), 99)
            details = now[twitch.id].details
            assert isinstance(details, TwitchResponse)
            assert details.count == count
            self._step(label, self._with(replace(twitch, details=details)))

    # -- zones -----------------------------------------------------------------------------

    @rule(spot=st.integers(0, 20))
    def draw_zone(self, spot: int) -> None:
        outline = tuple(anchors()[spot : spot + 4])
        self._seal()
        assert self.chart.editor.zones.draw(DrawnArea(outline, outline[0], Side.LEFT), VIEW)
        zone = self.chart.editor.zones.selected
        assert zone is not None
        zones = self.state.zones | {zone.id: zone}
        self._step("Draw no-needle zone", replace(self.state, zones=zones))

    @precondition(lambda self: bool(self.state.zones))
    @rule(data=st.data(), reason=st.sampled_from([None, *ZoneReason]))
    def say_what_a_zone_is(self, data: st.DataObject, reason: ZoneReason | None) -> None:
        zone = data.draw(st.sampled_from(list(self.state.zones.values())))
        after = replace(zone, reason=reason)
        if after != zone:
            self._seal()
        assert self.chart.editor.zones.set_reason(zone.id, reason)
        zones = self.state.zones | {zone.id: after}
        self._step("Choose reason of no-needle zone", replace(self.state, zones=zones))

    @precondition(lambda self: bool(self.state.zones))
    @rule(data=st.data())
    def remove_zone(self, data: st.DataObject) -> None:
        zone = data.draw(st.sampled_from(list(self.state.zones.values())))
        self._seal()
        assert self.chart.editor.zones.remove(zone.id)
        zones = {key: each for key, each in self.state.zones.items() if key != zone.id}
        self._step("Remove no-needle zone", replace(self.state, zones=zones))

    # -- undoing ---------------------------------------------------------------------------

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        self._seal()
        for _time in range(times):
            assert self.chart.history.undo() is bool(self.done)
            if self.done:
                self.undone.append(self.done.pop())
                self.state = self.undone[-1].before

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        self._seal()
        for _time in range(times):
            assert self.chart.history.redo() is bool(self.undone)
            if self.undone:
                self.done.append(self.undone.pop())
                self.state = self.done[-1].after

    # -- coming and going ------------------------------------------------------------------

    @rule()
    def read_anew(self) -> None:
        self._seal()
        self.chart.store.reload()
        assert self.chart.editor.session is not None
        self.chart.history.open(self.chart.editor.session.id)

    @rule()
    def close_and_reopen(self) -> None:
        self._seal()
        self.chart.reopen()

    @rule()
    def crash_and_restart(self) -> None:
        """What is on the disk while the program runs is all that the next one finds."""
        self._seal()
        folder = self._next_folder()
        shutil.copytree(self.chart.folder, folder)
        self.chart.close()
        self.chart = Chart(folder, atlas())

    # -- what holds after every step -------------------------------------------------------

    @invariant()
    def chart_disk_and_model_agree(self) -> None:
        expected = sorted(self.state.marks.values(), key=lambda mark: mark.number)
        assert self.chart.marks == expected
        stored = self.chart.repository.chart(self.chart.store.patient.id).zones
        assert {zone.id: zone for zone in stored} == self.state.zones
        assert self.chart.store.zones == stored
        session = self.chart.editor.session
        assert session is not None
        assert session.note == self.state.note
        assert self.chart.repository.session(session.id) == session
        assert self.chart.troubles == []
        assert all(mark.shape in SHAPES_OF_KIND[mark.kind] for mark in self.chart.marks)

    @invariant()
    def undo_and_redo_name_the_right_steps(self) -> None:
        assert self.chart.labels == (
            self.done[-1].label if self.done else None,
            self.undone[-1].label if self.undone else None,
        )

    @invariant()
    def the_trail_only_grows_and_tells_the_same_story(self) -> None:
        session = self.chart.editor.session
        assert session is not None
        entries = self.chart.repository.steps(session.id)
        sequences = [entry.sequence for entry in entries]
        assert sequences == sorted(set(sequences))
        newest = sequences[-1] if sequences else 0
        assert newest >= self.last_sequence
        self.last_sequence = newest
        undo, redo = replay(entries)
        assert [step.change.label for step in undo] == [step.label for step in self.done]
        assert [step.change.label for step in redo] == [step.label for step in self.undone]
        assert (undo, redo) == (self.chart.history._undo, self.chart.history._redo)


HistoryMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
TestHistoryMachine = HistoryMachine.TestCase
