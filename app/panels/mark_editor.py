"""The fields of the mark in hand, edited in place: segments and figures, no dialogs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.marks import (
    Activity,
    Criterion,
    Details,
    Mark,
    MarkKind,
    PainQuality,
    Soreness,
    SorenessTime,
    Strength,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.rules import HIGHEST_THRESHOLD_KPA, MOST_TWITCHES
from app.domain.words import TENDERNESS_GRADES, kind_title, side_words, word
from app.panels.fields import Counter, Criteria, Segments
from app.panels.muscle_picker import MusclePicker
from app.panels.texts import PlainLabel
from app.panels.typing import FigureLine, TextBox
from app.panels.zone_notice import ZoneNotice

_S = TypeVar("_S", bound=Segments | Criteria | Counter)


class DetailFields(QWidget):
    """The fields of one kind of mark. ``changed`` carries the details as they should be."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)

    def show_details(self, details: Details) -> None:
        """Shows what is stored."""

    def _add(self, name: str, field: _S, chosen: Callable[[Any], None]) -> _S:
        self._column.addWidget(PlainLabel(name, "small"))
        self._column.addWidget(field)
        field.chosen.connect(chosen)
        return field

    def _add_beside(self, name: str, field: _S, chosen: Callable[[Any], None]) -> _S:
        row = QHBoxLayout()
        row.addWidget(PlainLabel(name))
        row.addStretch()
        row.addWidget(field)
        self._column.addLayout(row)
        field.chosen.connect(chosen)
        return field


class TriggerPointFields(DetailFields):
    def __init__(self) -> None:
        super().__init__()
        self._details = TriggerPoint()
        self.activity = self._add(
            "Activity",
            Segments("Activity", [(each, word(each).capitalize()) for each in Activity]),
            lambda value: self._change(activity=value),
        )
        self.tenderness = self._add(
            "Tenderness",
            Segments("Tenderness", list(enumerate(TENDERNESS_GRADES))),
            lambda value: self._change(tenderness=value),
        )
        self.criteria = self._add(
            "Found",
            Criteria(
                "Found",
                [
                    (Criterion.TAUT_BAND, "Taut band"),
                    (Criterion.HYPERSENSITIVE_SPOT, "Sensitive spot"),
                    (Criterion.REFERRED_SENSATION, "Referred"),
                    (Criterion.RECOGNISED_PAIN, "Recognised"),
                ],
            ),
            lambda value: self._change(criteria=value),
        )
        row = QHBoxLayout()
        row.addWidget(PlainLabel("Pressure threshold"))
        row.addStretch()
        self.threshold = FigureLine("Pressure pain threshold in kPa", HIGHEST_THRESHOLD_KPA)
        self.threshold.setFixedWidth(72)
        row.addWidget(self.threshold)
        row.addWidget(PlainLabel("kPa", "faint"))
        self._column.addLayout(row)

    def show_details(self, details: Details) -> None:
        assert isinstance(details, TriggerPoint)
        self._details = details
        self.activity.show_value(details.activity)
        self.tenderness.show_value(details.tenderness)
        self.criteria.show_value(details.criteria)

    def _change(self, **fields: Any) -> None:
        self.changed.emit(replace(self._details, **fields))


class TwitchFields(DetailFields):
    def __init__(self) -> None:
        super().__init__()
        self._details = TwitchResponse()
        self.response = self._add(
            "Response",
            Segments(
                "Response",
                [
                    (Twitch.PRESENT, "Present"),
                    (Twitch.ABSENT, "Absent"),
                    (Twitch.UNSURE, "Unsure"),
                    (Twitch.NOT_SOUGHT, "Not sought"),
                ],
                optional=False,
            ),
            self._change_response,
        )
        self.count = self._add_beside(
            "Twitches",
            Counter("Twitches", MOST_TWITCHES),
            lambda value: self.changed.emit(replace(self._details, count=value)),
        )
        self.strength = self._add(
            "Strength",
            Segments("Strength", [(each, word(each).capitalize()) for each in Strength]),
            lambda value: self.changed.emit(replace(self._details, strength=value)),
        )

    def show_details(self, details: Details) -> None:
        assert isinstance(details, TwitchResponse)
        self._details = details
        self.response.show_value(details.response)
        self.count.show_value(details.count)
        self.strength.show_value(details.strength)
        seen = details.response in (Twitch.PRESENT, Twitch.UNSURE)
        self.count.setEnabled(seen)
        self.strength.setEnabled(seen)

    def _change_response(self, response: Twitch) -> None:
        """A twitch that was not seen has neither count nor strength."""
        if response in (Twitch.PRESENT, Twitch.UNSURE):
            self.changed.emit(replace(self._details, response=response))
        else:
            self.changed.emit(TwitchResponse(response=response))


class SorenessFields(DetailFields):
    def __init__(self) -> None:
        super().__init__()
        self._details = Soreness()
        self.intensity = self._add(
            "Soreness 0–10",
            Segments("Soreness", [(k, str(k)) for k in range(11)]),
            lambda value: self.changed.emit(replace(self._details, intensity=value)),
        )
        self.quality = self._add(
            "Quality",
            Segments(
                "Quality", [(each, word(each).capitalize()) for each in PainQuality], per_row=3
            ),
            lambda value: self.changed.emit(replace(self._details, quality=value)),
        )
        self.when = self._add(
            "When, seen from needling",
            Segments("When", [(each, word(each).capitalize()) for each in SorenessTime]),
            self._change_when,
        )
        self.hours = self._add(
            "Hours after",
            Segments("Hours after", [(k, str(k)) for k in (6, 12, 24, 48, 72)]),
            lambda value: self.changed.emit(replace(self._details, hours_after=value)),
        )

    def show_details(self, details: Details) -> None:
        assert isinstance(details, Soreness)
        self._details = details
        self.intensity.show_value(details.intensity)
        self.quality.show_value(details.quality)
        self.when.show_value(details.when)
        self.hours.show_value(details.hours_after)
        self.hours.setEnabled(details.when is SorenessTime.LATER)

    def _change_when(self, when: SorenessTime | None) -> None:
        hours = self._details.hours_after if when is SorenessTime.LATER else None
        self.changed.emit(replace(self._details, when=when, hours_after=hours))


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
        self.kinds: dict[MarkKind, DetailFields] = {
            MarkKind.TRIGGER_POINT: self._trigger_point,
            MarkKind.TWITCH: TwitchFields(),
            MarkKind.SORENESS: SorenessFields(),
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
        for fields in self.kinds.values():
            column.addWidget(fields)
            fields.changed.connect(self._on_details)
        column.addWidget(self.zones)
        column.addWidget(self.note)
        column.addLayout(foot)

    def show_mark(self, mark: Mark | None, *, writable: bool, selected: int = 1) -> None:
        """Shows a mark's fields; None hides the card. Of several ``selected`` marks nothing is
        shown but their number: what is changed here must never be in doubt.
        """
        self._mark = mark
        self.setVisible(mark is not None)
        if mark is None:
            self.note.keeper.settle()
            self.threshold.keeper.settle()
            return
        self.threshold.keeper.turn_to(mark.id)
        several = selected > 1
        self._title.setText(
            f"{selected} marks" if several else f"{mark.number} · {kind_title(mark.kind)}"
        )
        self._place.setText("selected" if several else side_words(mark.side))
        self.remove.setText(f"Remove {selected}" if several else "Remove")
        self.note.setVisible(not several)
        self.muscle.setVisible(not several)
        if several:
            self.zones.show_zones((), ())
        self.muscle.setEnabled(writable)
        for kind, fields in self.kinds.items():
            fields.setVisible(kind is mark.kind and not several)
            fields.setEnabled(writable)
        if mark.kind in self.kinds:
            self.kinds[mark.kind].show_details(mark.details)
        if isinstance(mark.details, TriggerPoint):
            self.threshold.show_value(mark.id, mark.details.threshold_kpa)
        self.note.show_value(mark.id, mark.note)
        self.note.setReadOnly(not writable)
        self.remove.setEnabled(writable)

    def _on_details(self, details: Details) -> None:
        if self._mark is not None:
            self.details_changed.emit(self._mark.id, details)
