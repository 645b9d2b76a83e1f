"""A change: the one form that every edit takes, from a click to an import.

Because a change holds the value before and the value after of each record that it touches,
it can be inverted without knowing what it means. Undo is applying the inverse.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from app.domain.identity import UUID
from app.domain.records import Record


class Edit(NamedTuple):
    """What one record was and what it becomes; None stands for "there is no such record"."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """Whichever of the two values there is, to ask what kind of record this is."""
        record = self.after if self.after is not None else self.before
        assert record is not None
        return record


@dataclass(frozen=True)
class Change:
    """An edit with a name that a person reads ("Add trigger point") and its values.

    ``edits`` maps the id of each record that is touched to its values. An edit that changes
    nothing is left out.
    """

    label: str
    edits: Mapping[UUID, Edit]

    def __post_init__(self) -> None:
        kept: dict[UUID, Edit] = {}
        for record_id, (before, after) in self.edits.items():
            if before == after:
                continue
            for record in (before, after):
                if record is not None and record.id != record_id:
                    raise ValueError(f"{record_id} names a record with the id {record.id}")
            if before is not None and after is not None and type(before) is not type(after):
                raise ValueError(f"{record_id} changes its type")
            kept[record_id] = Edit(before, after)
        object.__setattr__(self, "edits", MappingProxyType(kept))

    @classmethod
    def add(cls, label: str, *records: Record) -> "Change":
        """The change that brings ``records`` into being."""
        return cls(label, {record.id: Edit(None, record) for record in records})

    @classmethod
    def remove(cls, label: str, records: Iterable[Record]) -> "Change":
        """The change that takes ``records`` away."""
        return cls(label, {record.id: Edit(record, None) for record in records})

    @classmethod
    def replace(cls, label: str, before: Record, after: Record) -> "Change":
        """The change of one record into another value of the same record."""
        return cls(label, {before.id: Edit(before, after)})

    @property
    def is_empty(self) -> bool:
        return not self.edits

    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(
            self.label, {key: Edit(after, before) for key, (before, after) in self.edits.items()}
        )

    def then(self, later: "Change") -> "Change":
        """One change that does what this one and then ``later`` do, under this one's name.

        Raises ValueError where ``later`` does not begin with what this change left.
        """
        joined = dict(self.edits)
        for key, (before, after) in later.edits.items():
            mine = joined.get(key)
            if mine is not None and mine.after != before:
                raise ValueError(f"the changes of {key} do not follow each other")
            joined[key] = Edit(mine.before if mine is not None else before, after)
        return Change(self.label, joined)
