"""Undo and redo without limit, over the one write path.

Two lists of changes, kept as values. A step is moved from one list to the other only after
the repository has committed it, so a step that failed is still where it was. The lists are
rebuilt from the audit trail, so undo survives a restart.
"""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.domain.audit import Action, AuditEntry, Stamp
from app.domain.change import Change
from app.domain.errors import ConflictError, KnownError
from app.domain.identity import UUID, new_id
from app.editing.store import ChartStore


class Step(NamedTuple):
    """What one undo takes back: a change, and the id that its audit lines share."""

    id: UUID
    change: Change


class History(QObject):
    """The undo and redo lists of one scope: a session, or (None) the records around it."""

    state_changed = Signal()
    """What can be undone or redone is different now."""
    failed = Signal(object)
    """A KnownError: the change was not made, and nothing was stored."""

    def __init__(self, store: ChartStore, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._store = store
        self._clock = clock
        self.actor: UUID | None = None
        """The practitioner who is at work, for the audit trail."""
        self._scope: UUID | None = None
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._open_merge: Hashable | None = None
        self._open_step: UUID | None = None
        self.last_saved_at: datetime | None = None
        """When the last change of this scope was committed; None where there was none."""

    def open(self, scope: UUID | None) -> None:
        """Takes up the history of ``scope`` where it was left, maybe before a restart."""
        entries = [] if scope is None else self._store.repository.steps(scope)
        undo, redo = replay(entries)
        self._scope, self._undo, self._redo = scope, undo, redo
        self.last_saved_at = entries[-1].stamp.at if entries else None
        self.seal()
        self.state_changed.emit()

    @property
    def undo_label(self) -> str | None:
        """The name of what undo takes back, or None where there is nothing."""
        return self._undo[-1].change.label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        return self._redo[-1].change.label if self._redo else None

    def do(self, change: Change, merge: Hashable | None = None) -> bool:
        """Makes ``change`` and remembers it. False where it failed, which was then announced.

        Changes that follow each other with the same ``merge`` key become one step: the
        keystrokes in one field. ``seal`` ends the step.
        """
        if change.is_empty:
            return True
        joins = merge is not None and merge == self._open_merge
        step = self._open_step if joins and self._open_step is not None else new_id()
        if not self._commit(change, step, Action.DO):
            return False
        _remember(self._undo, step, change)
        self._redo.clear()
        self._open_step = step if self._undo and self._undo[-1].id == step else None
        self._open_merge = merge
        self.state_changed.emit()
        return True

    def do_for_good(self, change: Change) -> bool:
        """Makes a change that no undo takes back, as a signature. False where it failed.

        It belongs to no scope's history.
        """
        self.seal()
        if not self._commit(change, new_id(), Action.DO, undoable=False):
            return False
        self.state_changed.emit()
        return True

    def seal(self) -> None:
        """Ends the step that typing still adds to."""
        self._open_merge = self._open_step = None

    def undo(self) -> bool:
        """Takes the last step back. False where there is none, or where it failed."""
        return self._shift(self._undo, self._redo, Action.UNDO)

    def redo(self) -> bool:
        """Makes the last undone step again. False where there is none, or where it failed."""
        return self._shift(self._redo, self._undo, Action.REDO)

    def _shift(self, source: list[Step], target: list[Step], action: Action) -> bool:
        self.seal()
        if not source:
            return False
        step = source[-1]
        change = step.change.inverse() if action is Action.UNDO else step.change
        if not self._commit(change, step.id, action):
            return False
        target.append(source.pop())
        self.state_changed.emit()
        return True

    def _commit(self, change: Change, step: UUID, action: Action, *, undoable: bool = True) -> bool:
        scope = self._scope if undoable else None
        stamp = Stamp(step=step, action=action, at=self._clock(), actor=self.actor, scope=scope)
        try:
            self._store.apply(change, stamp)
        except ConflictError as error:
            self._read_anew()
            self.failed.emit(error)
            return False
        except KnownError as error:
            self.failed.emit(error)
            return False
        self.last_saved_at = stamp.at
        return True

    def _read_anew(self) -> None:
        """After a conflict: what is stored now, and what of it can be undone."""
        try:
            self._store.reload()
            self.open(self._scope)
        except KnownError as error:
            self.failed.emit(error)


def replay(entries: list[AuditEntry]) -> tuple[list[Step], list[Step]]:
    """The undo and the redo list that the audit lines of one scope leave, oldest line first.

    Where a line does not follow from those before it, what lies before it cannot be undone.
    """
    undo: list[Step] = []
    redo: list[Step] = []
    for entry in entries:
        step = entry.stamp.step
        undone = entry.stamp.action is Action.UNDO
        if undone or entry.stamp.action is Action.REDO:
            source, target = (undo, redo) if undone else (redo, undo)
            if source and source[-1].id == step:
                target.append(source.pop())
            else:
                undo, redo = [], []
        else:
            _remember(undo, step, entry.change)
            redo.clear()
    return undo, redo


def _remember(undo: list[Step], step: UUID, change: Change) -> None:
    """Adds ``change`` to the list. A step that comes to nothing (words typed and deleted again)
    is dropped: undoing it would do nothing.
    """
    if undo and undo[-1].id == step:
        change = undo.pop().change.then(change)
    if not change.is_empty:
        undo.append(Step(step, change))
