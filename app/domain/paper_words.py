"""How the papers of a session are written for a reader: in the window and in the report.

What was not recorded is not mentioned, or is said to be not recorded: silence never stands for
an answer, and "none" is one.
"""

from collections import Counter
from enum import StrEnum
from types import MappingProxyType

from app.domain.closing import AdverseEvent, Advice, Closing, EventGroup, OtherTreatment, Severity
from app.domain.preparation import Consent, Preparation
from app.domain.screening import QUESTIONS, Screened, ScreeningAnswer, ScreeningItem
from app.domain.words import word

NO_EVENT = "None: it was asked for, and there was none"
EVENTS_NOT_ASKED = "Not asked"

RED_FLAGS = (
    "Needled over the chest or the base of the neck. Breathless, chest pain, a dry cough or pain "
    "on breathing may come hours later: tell the patient to get help at once."
)

ADVICE_WORDS = MappingProxyType(
    {
        Advice.SORENESS_IS_USUAL: "Soreness for a day or two is usual",
        Advice.HEAT_OR_COLD: "Heat or cold as it feels good",
        Advice.KEEP_MOVING: "Keep moving gently",
        Advice.DRINK: "Drink enough",
        Advice.NO_HEAVY_LOAD: "No heavy load today",
        Advice.BREATHLESS_OR_CHEST_PAIN: "Breathless or chest pain: call for help at once",
        Advice.WHOM_TO_CALL: "Whom to call with questions",
    }
)

GROUP_WORDS = MappingProxyType(
    {
        EventGroup.LOCAL: "At the site",
        EventGroup.GENERAL: "General",
        EventGroup.SYMPTOM: "Symptoms",
        EventGroup.NEEDLE: "Needle",
        EventGroup.SERIOUS: "Serious",
    }
)


def title(value: StrEnum) -> str:
    """A value at the start of a line: "Proceed adapted"."""
    return word(value).capitalize()


def screening_counts(preparation: Preparation) -> str:
    """ "2 yes, 1 unknown, 30 no, 2 not asked": every item is in one of them."""
    answers = Counter(each.answer for each in preparation.screened)
    counts = {
        "yes": answers[ScreeningAnswer.YES],
        "unknown": answers[ScreeningAnswer.UNKNOWN],
        "no": answers[ScreeningAnswer.NO],
        "not asked": len(ScreeningItem) - answers.total(),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def remarkable(preparation: Preparation) -> list[Screened]:
    """What was answered by anything but no."""
    return [each for each in preparation.screened if each.answer is not ScreeningAnswer.NO]


def screened_words(screened: Screened) -> str:
    """ "Epilepsy: yes, proceed adapted. Controlled since 2019"."""
    words = f"{QUESTIONS[screened.item]}: {word(screened.answer)}"
    if screened.action is not None:
        words += f", {word(screened.action)}"
    return f"{words}. {screened.note}" if screened.note else words


def consent_words(preparation: Preparation) -> str:
    """ "Written, form 2026-1, " without the day, which every reader writes in its own way."""
    if preparation.consent is None:
        return ""
    form = f", form {preparation.consent_form}" if preparation.consent_form else ""
    return f"{title(preparation.consent)}{form}"


def consent_warning(consent: Consent | None) -> str:
    """What is said where consent was asked for and is not there."""
    if consent is None or consent.is_given:
        return ""
    return f"Consent {word(consent)}. Without it no needling is signed."


def event_title(event: AdverseEvent) -> str:
    """ "Bruise · mild · during": what is known of it in one line."""
    known = (event.severity, event.onset, event.outcome)
    return " · ".join([title(event.kind), *(onset_word(each) for each in known if each)])


def onset_word(value: StrEnum) -> str:
    """ "within 1 h"; other words as they are."""
    return word(value)


def event_details(event: AdverseEvent) -> str:
    """All that is recorded of an event beyond its kind."""
    parts = []
    if event.severity is not None:
        parts.append(word(event.severity))
    if event.onset is not None:
        parts.append(word(event.onset))
    if event.relation is not None:
        parts.append(f"{word(event.relation)} relation to the needling")
    if event.action is not None:
        parts.append("no action" if event.action == "none" else f"action: {word(event.action)}")
    if event.outcome is not None:
        parts.append(f"outcome {word(event.outcome)}")
    if event.reported_to:
        parts.append(f"reported to {event.reported_to}")
    if event.note:
        parts.append(event.note)
    return ", ".join(parts)


def is_grave(event: AdverseEvent) -> bool:
    """Whether an event is one that must not be read over."""
    return event.severity is Severity.SERIOUS or event.kind.group is EventGroup.SERIOUS


def treatment_words(other: OtherTreatment) -> str:
    """ "Massage, neck, 10 min"."""
    parts = [title(other.kind), other.place, f"{other.minutes} min" if other.minutes else ""]
    parts.append(other.note)
    return ", ".join(part for part in parts if part)


def count_words(closing: Closing | None, placed: int) -> str:
    """Where the count by hand differs from the chart's; else empty."""
    if closing is None or closing.needles_counted is None or closing.needles_counted == placed:
        return ""
    more = closing.needles_counted - placed
    which = f"{-more} fewer than were placed" if more < 0 else f"{more} more than were placed"
    return f"{closing.needles_counted} counted out: {which} on the chart ({placed})."
