"""The fields of each kind of mark: segments and figures, edited in place."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.marks import (
    Activity,
    Criterion,
    Details,
    PainQuality,
    Reaction,
    ReactionKind,
    ReferredPain,
    Soreness,
    SorenessTime,
    Strength,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.rules import HIGHEST_THRESHOLD_KPA, MOST_TWITCHES
from app.domain.words import TENDERNESS_GRADES, word
from app.panels.fields import Counter, Criteria, Segments
from app.panels.texts import PlainLabel
from app.panels.typing import FigureLine

_S = TypeVar("_S", bound=Segments | Criteria | Counter)


def capitalised(words: type[StrEnum]) -> list[tuple[StrEnum, str]]:
    """The words of an enumeration, as segments show them."""
    return [(each, word(each).capitalize()) for each in words]


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
            Segments("Activity", capitalised(Activity)),
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
            Segments("Strength", capitalised(Strength)),
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
            Segments("Quality", capitalised(PainQuality), per_row=3),
            lambda value: self.changed.emit(replace(self._details, quality=value)),
        )
        self.when = self._add(
            "When, seen from needling",
            Segments("When", capitalised(SorenessTime)),
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


class ReferredPainFields(DetailFields):
    def __init__(self) -> None:
        super().__init__()
        self._details = ReferredPain()
        self.quality = self._add(
            "Quality",
            Segments("Quality", capitalised(PainQuality), per_row=3),
            lambda value: self.changed.emit(replace(self._details, quality=value)),
        )
        self.recognised = self._add(
            "Is it the patient's own pain?",
            Segments("Recognised", [(True, "Recognised"), (False, "Not recognised")]),
            lambda value: self.changed.emit(replace(self._details, recognised=value)),
        )

    def show_details(self, details: Details) -> None:
        assert isinstance(details, ReferredPain)
        self._details = details
        self.quality.show_value(details.quality)
        self.recognised.show_value(details.recognised)


class ReactionFields(DetailFields):
    def __init__(self) -> None:
        super().__init__()
        self.reaction = self._add(
            "What it was",
            Segments("Reaction", capitalised(ReactionKind), per_row=3),
            lambda value: self.changed.emit(Reaction(reaction=value)),
        )

    def show_details(self, details: Details) -> None:
        assert isinstance(details, Reaction)
        self.reaction.show_value(details.reaction)
