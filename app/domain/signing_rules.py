"""What is in the way of signing a session."""

from dataclasses import dataclass

from app.domain.preparation import Consent


@dataclass(frozen=True, slots=True)
class SigningFacts:
    """What decides whether a draft can be signed."""

    needles_in: int
    events_asked: bool
    """Whether an adverse event is recorded, or that there was none."""
    consent: Consent | None
    note_outdated: bool = False
    """Whether the marks say something else than the practitioner's own words."""


def in_the_way(facts: SigningFacts) -> str:
    """One sentence that says what is in the way of signing a draft; empty where nothing is."""
    if facts.needles_in:
        left = "A needle is" if facts.needles_in == 1 else f"{facts.needles_in} needles are"
        return f"{left} still in. Take all needles out first."
    if not facts.events_asked:
        return "Say whether there was an adverse event, or none."
    if facts.consent is None:
        return "Record the patient's consent."
    if not facts.consent.is_given:
        return "Consent was not given. Without it no needling is signed."
    if facts.note_outdated:
        return "The marks say something else than your note. Choose in the note which holds."
    return ""
