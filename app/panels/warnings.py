"""What must not be overlooked of a patient, besides the warnings that somebody wrote by hand."""

from app.domain.screening_history import screening_warnings
from app.editing.session_editor import SessionEditor
from app.panels.own_zones import zone_warnings
from app.panels.texts import day


def chart_warnings(editor: SessionEditor) -> tuple[str, ...]:
    """What the newest screening answered with yes, and on which day; then the no-needle zones."""
    patient = editor.store.patient
    by_hand = patient.warnings if patient is not None else ()
    screened = screening_warnings(editor.papers.standing, by_hand)
    told = tuple(f"{words} · {day(on)}" for words, on in screened)
    return (*told, *zone_warnings(editor))
