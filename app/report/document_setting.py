"""A report of blocks, made ready for its typesetting as PDF/A-2a and PDF/UA-1."""

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from app.domain.letterhead import NO_LETTERHEAD, Letterhead
from app.domain.seals import Seal, carried
from app.report import wording
from app.report.blocks import Document
from app.report.blocks_setting import blocks_data
from app.report.characters import Printable, unprintable_line
from app.report.coverage import Coverage
from app.report.drawings import inputs_of
from app.report.papers import Paper
from app.report.signed import short
from app.report.typesetting import DOCUMENT, Prepared, get_ready, house_data, letterhead_data


def prepared_document(
    document: Document, paper: Paper = "a4", letterhead: Letterhead = NO_LETTERHEAD
) -> Prepared:
    """All of ``document`` but its typesetting. Raises OSError where a file of the program is
    missing.
    """
    get_ready()
    data = document_data(document, paper, letterhead)
    return Prepared(DOCUMENT, inputs_of(data), document.made_at)


def _fingerprint(seals: Sequence[Seal]) -> str:
    """That of the one session, or one over those of all: prints with the same one hold the same."""
    if len(seals) == 1:
        return short(seals[0].fingerprint)
    whole = sha256("".join(each.fingerprint for each in seals).encode()).hexdigest()
    return short(whole) if seals else ""


def document_data(document: Document, paper: Paper, letterhead: Letterhead) -> dict[str, Any]:
    """Everything that the template is given."""
    covers = Coverage()
    printable = Printable(covers)
    words = printable.everything(
        {
            "patient": asdict(document.patient),
            "head": document.head,
            "foot": document.foot,
            "subtitle": document.subtitle,
            "title": document.title,
            "printed": wording.moment(document.made_at),
        }
    )
    blocks = blocks_data(document.blocks, paper, printable)
    opening = house_data(
        paper,
        printable.text(f"{document.title}: {document.patient.name}"),
        document.description,
        [document.author],
        carried(document.seals),
        letterhead_data(letterhead, printable),
    )
    assert isinstance(words, dict)
    return (
        opening
        | words
        | {
            "is_draft": document.is_draft,
            "signed": {"version": "", "fingerprint": _fingerprint(document.seals)},
            "blocks": blocks,
            "unprintable": unprintable_line(printable.replaced),
        }
    )
