"""What the records beside the marks must hold: papers of a session, scores, boxes, protocols."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from app.domain.closing import Closing
from app.domain.findings import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    Finding,
    check_aware,
    check_past,
    check_range,
    check_text,
)
from app.domain.marks import NEEDLE_DIAMETERS_MM, NEEDLE_LENGTHS_MM
from app.domain.outcomes import SCALES, OutcomeScore
from app.domain.papers import Addendum, HazardNotice, SessionNote, Signature
from app.domain.preparation import Preparation
from app.domain.supplies import NeedleBox

MOST_NEEDLES = 500
"""Counted out of one patient in one session."""
LONGEST_SORENESS_H = 336
"""Two weeks: what lasts longer is no soreness after needling."""
LONGEST_TREATMENT_MIN = 480
MOST_POINTS = 200
"""Of one protocol."""


def check_preparation(preparation: Preparation, today: date) -> Iterator[Finding]:
    counts = Counter(each.item for each in preparation.screened)
    if any(count > 1 for count in counts.values()):
        yield Finding("screened", "An item of the screening is answered twice.")
    for each in preparation.screened:
        yield from check_text(each.note, "screened", "A note", LONGEST_LINE)
    yield from check_aware(preparation.screened_at, "screened_at")
    yield from check_aware(preparation.affirmed_at, "affirmed_at")
    yield from check_text(preparation.consent_form, "consent_form", "A form's name", LONGEST_LINE)
    yield from check_past(preparation.consent_on, today, "consent_on", "The day of consent")
    told = {each.mark_id for each in preparation.soreness_since}
    if len(told) < len(preparation.soreness_since):
        yield Finding("soreness_since", "The soreness of one place is recorded twice.")
    for report in preparation.soreness_since:
        yield from check_range(report.worst, 0, 10, "soreness_since", "Soreness")
        yield from check_range(
            report.hours, 0, LONGEST_SORENESS_H, "soreness_since", "Hours of soreness"
        )


def check_closing(closing: Closing, _today: date) -> Iterator[Finding]:
    yield from check_range(
        closing.needles_counted, 0, MOST_NEEDLES, "needles_counted", "The count of needles"
    )
    if closing.no_adverse_events and closing.events:
        yield Finding(
            "no_adverse_events",
            "Adverse events are recorded: remove them, or take back that there was none.",
        )
    for event in closing.events:
        yield from check_text(event.note, "events", "A note", LONGEST_TEXT)
        yield from check_text(event.reported_to, "events", "Who was told", LONGEST_LINE)
    for other in closing.other_treatments:
        yield from check_range(
            other.minutes, 1, LONGEST_TREATMENT_MIN, "other_treatments", "Minutes"
        )
        yield from check_text(other.place, "other_treatments", "A place", LONGEST_LINE)
        yield from check_text(other.note, "other_treatments", "A note", LONGEST_TEXT)
    yield from check_text(closing.own_advice, "own_advice", "Advice", LONGEST_TEXT)
    yield from check_text(closing.next_step, "next_step", "The next step", LONGEST_TEXT)


def check_note(note: SessionNote, _today: date) -> Iterator[Finding]:
    for field in ("subjective", "objective", "assessment", "plan", "needling_of"):
        yield from check_text(getattr(note, field), field, "A note", LONGEST_TEXT)
    yield from check_text(note.needling or "", "needling", "A note", LONGEST_TEXT)


def check_notice(notice: HazardNotice, _today: date) -> Iterator[Finding]:
    yield from check_text(notice.zone, "zone", "A zone", LONGEST_NAME)
    yield from check_text(notice.words, "words", "A notice", LONGEST_TEXT)
    yield from check_aware(notice.shown_at, "shown_at")
    yield from check_aware(notice.acknowledged_at, "acknowledged_at")


def check_signature(signature: Signature, _today: date) -> Iterator[Finding]:
    yield from _check_name(signature)
    yield from check_aware(signature.signed_at, "signed_at")


def _check_name(signed: Signature | Addendum) -> Iterator[Finding]:
    """Who signed, as it was then."""
    if not signed.name.strip():
        yield Finding("name", "Say who signs.")
    yield from check_text(signed.name, "name", "A name", LONGEST_NAME)
    yield from check_text(signed.licence_number, "licence_number", "A licence number", LONGEST_LINE)


def check_addendum(addendum: Addendum, _today: date) -> Iterator[Finding]:
    yield from _check_name(addendum)
    if not addendum.reason.strip():
        yield Finding("reason", "Say why something is added.")
    if not addendum.text.strip():
        yield Finding("text", "Write what is added.")
    yield from check_text(addendum.reason, "reason", "A reason", LONGEST_LINE)
    yield from check_text(addendum.text, "text", "An addendum", LONGEST_TEXT)
    yield from check_aware(addendum.written_at, "written_at")


def check_score(score: OutcomeScore, today: date) -> Iterator[Finding]:
    scale = SCALES[score.measure]
    yield from check_range(score.score, scale.lowest, scale.highest, "score", scale.name)
    if scale.whole and score.score % 1:
        yield Finding("score", f"{scale.name} is a whole number.")
    yield from check_past(score.measured_on, today, "measured_on", "The day of a score")
    yield from check_text(score.detail, "detail", "What was measured", LONGEST_LINE)


def check_box(box: NeedleBox, _today: date) -> Iterator[Finding]:
    if not box.manufacturer.strip():
        yield Finding("manufacturer", "Enter who made the needles.")
    yield from check_text(box.manufacturer, "manufacturer", "A maker", LONGEST_NAME)
    yield from check_text(box.lot, "lot", "A lot", LONGEST_NAME)
    if box.diameter_mm is not None and box.diameter_mm not in NEEDLE_DIAMETERS_MM:
        yield Finding("diameter_mm", f"{box.diameter_mm:g} is not a known diameter")
    if box.length_mm is not None and box.length_mm not in NEEDLE_LENGTHS_MM:
        yield Finding("length_mm", f"{box.length_mm:g} is not a known length")


def check_name_of_protocol(name: str, count: int) -> Iterator[Finding]:
    if not name.strip():
        yield Finding("name", "Enter a name for the protocol.")
    yield from check_text(name, "name", "A name", LONGEST_NAME)
    if not 1 <= count <= MOST_POINTS:
        yield Finding("points", f"A protocol holds 1 to {MOST_POINTS} points.")
