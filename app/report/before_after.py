"""What a report says of a session beside its marks: what was settled before the first needle and
after the last one. "None" is said as an answer, and what was not asked says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.closing import Closing
from app.domain.marks import Mark
from app.domain.paper_words import (
    ADVICE_WORDS,
    EVENTS_NOT_ASKED,
    NO_EVENT,
    consent_words,
    event_details,
    remarkable,
    screened_words,
    screening_counts,
    title,
    treatment_words,
)
from app.domain.papers import Paper
from app.domain.preparation import Preparation
from app.domain.screening import ScreeningItem
from app.domain.stages import needles_placed
from app.domain.supplies import NeedleBox
from app.domain.words import local_day, word
from app.report import wording
from app.report.wording import NOT_RECORDED

NOTHING_WRITTEN = (
    "Screening not asked. Consent not recorded. Needles not counted out by hand. "
    "Adverse events not asked."
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One matter, and what is recorded of it, a line each."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperTable:
    """The rows of one stage under their heading; or, where nothing was written, a sentence."""

    heading: str
    rows: tuple[PaperRow, ...]
    sentence: str = ""


def before_and_after(
    papers: Sequence[Paper], marks: Sequence[Mark], boxes: Sequence[NeedleBox] = ()
) -> tuple[PaperTable, ...]:
    """The two tables of a session. Before and after are always told: a session without papers
    says in one line that nothing was asked.
    """
    preparation = next((each for each in papers if isinstance(each, Preparation)), None)
    closing = next((each for each in papers if isinstance(each, Closing)), None)
    if preparation is None and closing is None:
        return (PaperTable("", (), NOTHING_WRITTEN),)
    return (
        PaperTable("Before needling", tuple(_before(preparation, boxes))),
        PaperTable("After needling", tuple(_after(closing, marks))),
    )


def _before(held: Preparation | None, boxes: Sequence[NeedleBox]) -> list[PaperRow]:
    rows = [PaperRow("Screening", _screening(held)), PaperRow("Consent", _consent(held))]
    if held is None:
        return rows
    if held.position is not None:
        rows.append(PaperRow("Position", (title(held.position),)))
    rows += [PaperRow("Needles from", (_box(box),)) for box in boxes if box.id == held.box_id]
    if held.soreness_since:
        rows.append(PaperRow("Soreness since last session", (_soreness(held),)))
    return rows


def _screening(held: Preparation | None) -> tuple[str, ...]:
    if held is None or not held.screened:
        return ("Not asked",)
    whole = len(held.screened) == len(ScreeningItem)
    # one press may answer all that are left: whether each was read out, nobody recorded
    asked = f"Every item answered {_on(held.screened_at)}" if held.screened_at else "Asked in part"
    lines = [f"{asked if whole else 'Asked in part'}: {screening_counts(held)}."]
    if held.affirmed_at is not None:
        lines.append(f"Affirmed {wording.moment(held.affirmed_at)}.")
    return (*lines, *(screened_words(each) for each in remarkable(held)))


def _on(at: datetime) -> str:
    return f"on {wording.day(local_day(at))}"


def _consent(held: Preparation | None) -> tuple[str, ...]:
    if held is None or held.consent is None:
        return (NOT_RECORDED.capitalize(),)
    on = f", {wording.day(held.consent_on)}" if held.consent_on else ""
    lines = [f"{consent_words(held)}{on}."]
    if held.risks:
        lines.append(f"Risks explained: {wording.listed(sorted(map(word, held.risks)))}.")
    return tuple(lines)


def _box(box: NeedleBox) -> str:
    size = " × ".join(f"{each:g}" for each in (box.diameter_mm, box.length_mm) if each)
    parts = [
        box.manufacturer,
        f"{size} mm" if size else "",
        f"lot {box.lot}" if box.lot else "",
        f"expires {wording.day(box.expires_on)}" if box.expires_on else "",
    ]
    return ", ".join(part for part in parts if part)


def _soreness(held: Preparation) -> str:
    told = held.soreness_since
    areas = "1 area asked" if len(told) == 1 else f"{len(told)} areas asked"
    worst = [each.worst for each in told if each.worst is not None]
    hours = [each.hours for each in told if each.hours is not None]
    parts = [areas, f"worst {max(worst)} of 10" if worst else ""]
    parts.append(f"up to {max(hours)} h" if hours else "")
    return ", ".join(part for part in parts if part)


def _after(held: Closing | None, marks: Sequence[Mark]) -> list[PaperRow]:
    rows = [
        PaperRow("Needles", (_needles(held, marks),)),
        PaperRow("Adverse events", _events(held, marks)),
    ]
    if held is None:
        return rows
    if held.tolerance is not None:
        rows.append(PaperRow("Tolerated", (title(held.tolerance),)))
    if held.other_treatments:
        rows.append(PaperRow("Other treatment", tuple(map(treatment_words, held.other_treatments))))
    advice = [ADVICE_WORDS[each] for each in ADVICE_WORDS if each in held.advice]
    advice += [held.own_advice.strip()] if held.own_advice.strip() else []
    if advice:
        rows.append(PaperRow("Advice given", tuple(advice)))
    if held.next_step.strip():
        rows.append(PaperRow("Next step", (held.next_step.strip(),)))
    return rows


def _needles(held: Closing | None, marks: Sequence[Mark]) -> str:
    placed = needles_placed(marks)
    counted = held.needles_counted if held is not None else None
    told = NOT_RECORDED if counted is None else f"{counted} counted out by hand"
    return (
        f"{placed} placed on the chart, {told if counted is not None else f'count by hand {told}'}"
    )


def _events(held: Closing | None, marks: Sequence[Mark]) -> tuple[str, ...]:
    if held is not None and held.events:
        numbers = {mark.id: mark.number for mark in marks}
        lines = []
        for event in held.events:
            at = f" at mark {numbers[event.mark_id]}" if event.mark_id in numbers else ""
            details = event_details(event)
            lines.append(f"{title(event.kind)}{at}{f': {details}' if details else ''}")
        return tuple(lines)
    if held is not None and held.no_adverse_events:
        return (NO_EVENT,)
    return (EVENTS_NOT_ASKED,)
