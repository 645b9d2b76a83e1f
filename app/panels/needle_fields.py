"""What is recorded of a needle, and the twitches at a needle or trigger point."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.identity import UUID
from app.domain.marks import (
    NEEDLE_DIAMETERS_MM,
    NEEDLE_LENGTHS_MM,
    Angle,
    Bleeding,
    Details,
    Needle,
    Sensation,
    Strength,
    Technique,
    Twitch,
    TwitchResponse,
)
from app.domain.needles import NeedleState, state_of
from app.domain.rules import DEEPEST_MM, MOST_PASSES, MOST_TWITCHES, needle_findings
from app.domain.words import local_time
from app.editing.actions import BY_ID
from app.panels.detail_fields import DetailFields, capitalised
from app.panels.fields import Counter, Criteria, Segments
from app.panels.forms import Field
from app.panels.texts import PlainLabel
from app.panels.typing import Keeper, TypedLine

STAYS = ((0, "at once"), (120, "2 min"), (300, "5 min"), (600, "10 min"), (1200, "20 min"))
_NO_TIME = "A time is written as hours and minutes: 14:05, or 14:05:30."

Reader = Callable[[str], Any]


class NeedleLine(TypedLine):
    """One typed field of a needle; ``field`` is its name in the record."""

    def __init__(self, name: str, field: str, read: Reader) -> None:
        super().__init__(name)
        self.field = field
        self.details = Needle()
        """What is recorded of the needle that is shown: the rest must fit to what is typed."""
        self._read = read

    def read(self, text: str) -> Any:
        value = self._read(text.strip()) if text.strip() else None
        changed: dict[str, Any] = {self.field: value}
        findings = needle_findings(replace(self.details, **changed))
        if findings:
            raise ValueError(findings[0].message)
        return value


class NeedleFields(DetailFields):
    """The fields of a needle, the times first: they are what changes while it is in."""

    take_out_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._details = Needle()
        self.day: datetime | None = None
        """The day of the session, for times that are typed."""
        self.take_out = QPushButton("Take out")
        self.in_at = NeedleLine("Went in at", "in_at", self._read_time)
        self.out_at = NeedleLine("Taken out at", "out_at", self._read_time)
        self.depth_mm = NeedleLine("Depth in mm", "depth_mm", _read_depth)
        self._add_times()
        self.stay = Segments("Planned stay", STAYS, per_row=3)
        self.stay.chosen.connect(lambda value: self._change(stay_s=value))
        self._column.addWidget(self.stay)
        self.diameter = self._add(
            "Diameter in mm",
            Segments("Diameter", [(d, f"{d:.2f}") for d in NEEDLE_DIAMETERS_MM], per_row=5),
            lambda value: self._change(diameter_mm=value),
        )
        self.length = self._add(
            "Length in mm",
            Segments("Length", [(k, str(k)) for k in NEEDLE_LENGTHS_MM], per_row=5),
            lambda value: self._change(length_mm=value),
        )
        self._depth_field = self._typed(self.depth_mm, ("Depth", self.depth_mm, "mm"))
        self.technique = self._add(
            "Technique",
            Segments("Technique", capitalised(Technique), per_row=3),
            lambda value: self._change(technique=value),
        )
        self.angle = self._add(
            "Angle",
            Segments("Angle", capitalised(Angle), per_row=2),
            lambda value: self._change(angle=value),
        )
        self.passes = self._add_beside(
            "Passes", Counter("Passes", MOST_PASSES), lambda value: self._change(passes=value)
        )
        self.sensations = self._add(
            "Felt",
            Criteria("Felt", capitalised(Sensation), per_row=3),
            lambda value: self._change(sensations=value),
        )
        self.pain = self._add(
            "Pain 0–10",
            Segments("Pain", [(k, str(k)) for k in range(11)]),
            lambda value: self._change(pain=value),
        )
        self.bleeding = self._add(
            "Bleeding",
            Segments(
                "Bleeding",
                [
                    (Bleeding.NONE, "None"),
                    (Bleeding.SPOT, "Spot"),
                    (Bleeding.PRESSURE_NEEDED, "Pressed on"),
                ],
            ),
            lambda value: self._change(bleeding=value),
        )

    @property
    def lines(self) -> tuple[NeedleLine, ...]:
        return (self.in_at, self.out_at, self.depth_mm)

    @property
    def keepers(self) -> tuple[Keeper, ...]:
        return tuple(line.keeper for line in self.lines)

    def show_details(self, details: Details) -> None:
        assert isinstance(details, Needle)
        self._details = details
        self.stay.show_value(details.stay_s)
        self.diameter.show_value(details.diameter_mm)
        self.length.show_value(details.length_mm)
        self.technique.show_value(details.technique)
        self.angle.show_value(details.angle)
        self.passes.show_value(details.passes)
        self.sensations.show_value(details.sensations)
        self.pain.show_value(details.pain)
        self.bleeding.show_value(details.bleeding)
        self.take_out.setVisible(state_of(details) is NeedleState.IN)

    def show_typed(self, mark_id: UUID, details: Needle) -> None:
        """Shows what is typed, or still being typed, of the needle ``mark_id``."""
        for line in self.lines:
            line.details = details
        self.in_at.show_text(mark_id, _time(details.in_at))
        self.out_at.show_text(mark_id, _time(details.out_at))
        self.depth_mm.show_text(mark_id, "" if details.depth_mm is None else str(details.depth_mm))
        if not self.depth_mm.property("fault"):
            self._depth_field.show_fault("")

    def _add_times(self) -> None:
        key = BY_ID["needle.out"].shortcuts[0]
        self.take_out.setToolTip(f"{BY_ID['needle.out'].name} ({key})")
        self.take_out.setObjectName("quiet")
        self.take_out.clicked.connect(self.take_out_asked)
        times = self._typed(self.out_at, ("In", self.in_at, "Out", self.out_at))
        self.in_at.faulted.connect(times.show_fault)
        row = QHBoxLayout()
        row.addWidget(PlainLabel("Planned stay", "small"), 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        row.addWidget(self.take_out)
        self._column.addLayout(row)

    def _typed(self, line: NeedleLine, parts: tuple[str | QWidget, ...]) -> Field:
        """A row of words and lines, with room below it for what is wrong with ``line``."""
        row = QWidget()
        inner = QHBoxLayout(row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        for part in parts:
            if isinstance(part, NeedleLine):
                part.setFixedWidth(78)
            inner.addWidget(PlainLabel(part) if isinstance(part, str) else part)
        inner.addStretch()
        field = Field(row)
        line.faulted.connect(field.show_fault)
        self._column.addWidget(field)
        return field

    def _change(self, **fields: Any) -> None:
        """Passes a change on where it keeps the rules; else says at the depth what is wrong."""
        wanted = replace(self._details, **fields)
        findings = needle_findings(wanted)
        if findings:
            self.show_details(self._details)
            self._depth_field.show_fault(findings[0].message)
        else:
            self.changed.emit(wanted)

    def _read_time(self, text: str) -> datetime:
        day = self._details.in_at or self._details.out_at or self.day
        try:
            at = time.fromisoformat(text.zfill(5) if ":" in text[:3] else text)
        except ValueError:
            raise ValueError(_NO_TIME) from None
        if day is None or ":" not in text or at.tzinfo is not None:
            raise ValueError(_NO_TIME)
        return datetime.combine(day.date(), at.replace(microsecond=0), day.tzinfo)


def _read_depth(text: str) -> int:
    if not text.isdecimal() or int(text) > DEEPEST_MM:
        raise ValueError(f"A depth is a whole number from 0 to {DEEPEST_MM} mm.")
    return int(text)


def _time(at: datetime | None) -> str:
    return "" if at is None else local_time(at, seconds=True)


class TwitchRow(QWidget):
    """How often the needle or point in hand has twitched, and how strongly."""

    counted = Signal(int)
    """One more (1), or one back (-1)."""
    strength_chosen = Signal(object)
    response_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        key = BY_ID["twitch.count"].shortcuts[0]
        self._title = PlainLabel(f"Twitches ({key})")
        self.count = Counter("Twitches here", MOST_TWITCHES)
        self.count.setToolTip(BY_ID["twitch.count"].tip)
        self.count.chosen.connect(self._on_count)
        self.strength = Segments("Strength here", capitalised(Strength))
        self.strength.chosen.connect(self.strength_chosen)
        self.response = Segments(
            "Twitch here",
            [(Twitch.ABSENT, "Absent (A)"), (Twitch.NOT_SOUGHT, "Not sought (Q)")],
            optional=False,
        )
        self.response.chosen.connect(self.response_chosen)
        self._shown: int | None = None
        self._target: UUID | None = None
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.strength)
        column.addWidget(self.response)

    def show_twitch(self, target: UUID, twitch: TwitchResponse | None, whose: str = "") -> None:
        """The twitches at ``target``; ``whose`` names it where it is not the mark in hand. One more
        than before lights the figure up.
        """
        count = 0 if twitch is None else twitch.count or 0
        if target != self._target:
            self.count.settle()
        elif count > (self._shown or 0):
            self.count.pulse()
        self._target = target
        self._title.setText(f"Twitches, {whose}" if whose else "Twitches (Space)")
        shown = twitch or TwitchResponse()
        self._shown = None if twitch is None else twitch.count
        self.count.show_value(self._shown)
        seen = twitch is not None and twitch.response in (Twitch.PRESENT, Twitch.UNSURE)
        self.strength.show_value(shown.strength)
        self.strength.setVisible(seen)
        self.response.show_value(None if twitch is None else twitch.response)
        self.response.setVisible(not seen)

    def _on_count(self, wanted: int | None) -> None:
        before = self._shown
        self.count.show_value(before)  # what is stored will say what there is
        self.counted.emit(1 if (wanted or 0) > (before or 0) else -1)
