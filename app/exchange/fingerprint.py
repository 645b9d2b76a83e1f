"""A fingerprint of a session, and the seal that a print of it carries: two prints with the same one
hold the same session.
"""

import hashlib
import json
from typing import Any

from app.domain.seals import PART_FIGURES, Seal
from app.domain.summaries import SessionRecords
from app.exchange.chart_format import plain_session


def fingerprint(records: SessionRecords) -> str:
    """The SHA-256 of what the signature locks, as 64 hexadecimal figures.

    Covered are the session itself, its marks and all its papers (preparation, closing, note,
    notices, signature, addenda), in the form of the chart file: the same ones in any practice give
    the same fingerprint, any change of them another one. Not covered are the records around it,
    which may change later (patient, practitioner, problem, no-needle zones, box of needles), nor
    the pictures and words of a print.

    Fields that hold nothing are left out, so that a later version of the program, which may
    record more, gives the same fingerprint for what was signed with this one. It shows that two
    prints differ; it does not prove who made them.
    """
    return _hash(_plain(records))


def seal(records: SessionRecords) -> Seal:
    """The fingerprint of a session, and one for each part of it, by which ``verify`` says what was
    changed: the session itself, its marks, and each kind of paper by its name in a chart file.
    """
    plain = _plain(records)
    whole = _hash(plain)
    parts = {"marks": plain.pop("marks", None), **plain.pop("papers", {})}
    parts["session"] = plain
    figures = {name: _hash(part)[:PART_FIGURES] for name, part in parts.items() if part}
    return Seal(records.session.id, whole, figures)


def _plain(records: SessionRecords) -> dict[str, Any]:
    whole = _without_nothing(plain_session(records.session, records.marks, records.papers))
    assert isinstance(whole, dict)
    return whole


def _hash(plain: Any) -> str:
    text = json.dumps(
        plain, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _without_nothing(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if each not in (None, "", [], {})}
    return [_without_nothing(each) for each in value] if isinstance(value, list) else value
