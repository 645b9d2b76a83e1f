"""How a form stores its record: what stands against it is said at the field it is about."""

from collections.abc import Callable

from app.domain.errors import InvalidRecordError, KnownError
from app.domain.findings import Finding
from app.domain.records import Record
from app.editing.practice_editor import PracticeEditor


def saver(practice: PracticeEditor, store: Callable[..., bool]) -> Callable[..., list[Finding]]:
    """Checks a record, stores it, and answers what stood against it, field by field."""

    def save(record: Record, unclear: list[Finding]) -> list[Finding]:
        findings = [*unclear, *practice.findings(record)]
        if findings:
            return findings
        refused: list[KnownError] = []
        practice.history.failed.connect(refused.append)
        try:
            store(record)
        finally:
            practice.history.failed.disconnect(refused.append)
        return [finding for error in refused for finding in _findings(error)]

    return save


def _findings(error: KnownError) -> list[Finding]:
    """What a refused record's form shows: at the field where one is named, else above all."""
    if isinstance(error, InvalidRecordError) and error.findings:
        return [each for each in error.findings if isinstance(each, Finding)]
    return [Finding("", str(error))]
