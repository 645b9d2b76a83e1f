"""The card of the mark in hand, edited in place: no dialogs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.domain.marks import Details, Mark, MarkKind, Needle, TriggerPoint
from app.domain.words import kind_title, side_words
from app.panels.detail_fields import (
    DetailFields,
    ReactionFields,
    ReferredPainFields,
    SorenessFields,
    TriggerPointFields,
    TwitchFields,
)
from app.panels.muscle_picker import MusclePicker
from app.panels.needle_fields import NeedleFields, TwitchRow
from app.panels.texts import PlainLabel
from app.panels.typing import TextBox
from app.panels.zone_notice import ZoneNotice


class MarkEditor(QFrame):
    """The card of the mark that is selected last."""

    details_changed = Signal(object, object)
    """The id of the mark, and its details as they should be."""
    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._mark: Mark | None = None
        self._title = PlainLabel("", "strong")
        self._place = PlainLabel("", "faint")
        self._trigger_point = TriggerPointFields()
        self.needle = NeedleFields()
        self.twitches = TwitchRow()
        self.kinds: dict[MarkKind, DetailFields] = {
            MarkKind.TRIGGER_POINT: self._trigger_point,
            MarkKind.NEEDLE: self.needle,
            MarkKind.TWITCH: TwitchFields(),
            MarkKind.SORENESS: SorenessFields(),
            MarkKind.REFERRED_PAIN: ReferredPainFields(),
            MarkKind.REACTION: ReactionFields(),
        }
        self.threshold = self._trigger_point.threshold
        self.muscle = MusclePicker()
        self.zones = ZoneNotice()
        self.note = TextBox("Note of this mark", "Note")
        self.remove = QPushButton("Remove")
        self.remove.setObjectName("quiet")
        self.remove.setToolTip("Remove selected marks (Del)")
        self.remove.clicked.connect(self.remove_asked)

        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._place)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 11, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.muscle)
        column.addWidget(self.twitches)
        column.addWidget(self.zones)  # in sight without scrolling, and below what a hand repeats
        for fields in self.kinds.values():
            column.addWidget(fields)
            fields.changed.connect(self._on_details)
        column.addWidget(self.note)
        column.addLayout(foot)

    def show_mark(self, mark: Mark | None, *, writable: bool, selected: int = 1) -> None:
        """Shows a mark's fields; None hides the card. Of several ``selected`` marks nothing is
        shown but their number: what is changed here must never be in doubt.
        """
        self._mark = mark
        self.setVisible(mark is not None)
        if mark is None:
            for keeper in (self.note.keeper, self.threshold.keeper, *self.needle.keepers):
                keeper.settle()
            return
        for keeper in (self.threshold.keeper, *self.needle.keepers):
            keeper.turn_to(mark.id)
        several = selected > 1
        self._title.setText(
            f"{selected} marks" if several else f"{mark.number} · {kind_title(mark.kind)}"
        )
        self._place.setText("selected" if several else side_words(mark.side))
        self.remove.setText(f"Remove {selected}" if several else "Remove")
        self.note.setVisible(not several)
        self.muscle.setVisible(not several)
        self.muscle.setEnabled(writable)
        self.twitches.setEnabled(writable)
        self.twitches.setVisible(
            mark.kind in (MarkKind.NEEDLE, MarkKind.TRIGGER_POINT) and not several
        )
        for kind, fields in self.kinds.items():
            fields.setVisible(kind is mark.kind and not several)
            fields.setEnabled(writable)
        if mark.kind in self.kinds:
            self.kinds[mark.kind].show_details(mark.details)
        if isinstance(mark.details, TriggerPoint):
            self.threshold.show_value(mark.id, mark.details.threshold_kpa)
        if isinstance(mark.details, Needle):
            self.needle.show_typed(mark.id, mark.details)
        self.note.show_value(mark.id, mark.note)
        self.note.setReadOnly(not writable)
        self.remove.setEnabled(writable)

    def _on_details(self, details: Details) -> None:
        if self._mark is not None:
            self.details_changed.emit(self._mark.id, details)
