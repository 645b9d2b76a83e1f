"""The trail of all that was ever done: every do, undo and redo, with its values.

The trail is a by-product of writing, made in the same transaction. It serves two readers:
somebody who asks who changed what and when, and the undo history, which is rebuilt from it
after a restart.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.change import Change
from app.domain.identity import UUID


class Action(StrEnum):
    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Who makes a change, when, and where it belongs: what the audit line says beside it.

    Changes of one ``step`` are undone together: the keystrokes of one stay in a text field.
    ``scope`` is what the step is undone with: a session's id, or None for a change that does
    not belong to a session's own history.
    """

    step: UUID
    action: Action
    at: datetime
    actor: UUID | None = None
    scope: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the trail. ``sequence`` rises with every line and orders them, not the clock."""

    sequence: int
    stamp: Stamp
    change: Change
