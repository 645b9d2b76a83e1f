"""Who signed a session, which version of it this is, and what was added later, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.domain.papers import Addendum, Paper, Signature
from app.domain.records import TreatmentSession
from app.domain.seals import Seal
from app.domain.summaries import SessionRecords
from app.report import wording

Sealing: TypeAlias = Callable[[SessionRecords], Seal]
"""Reckons the seal of a session; whoever prints hands it in."""

DRAFT = "Draft, not signed"
UNKNOWN = "Signed; by whom and when was not recorded"


@dataclass(frozen=True, slots=True)
class AddedLines:
    """One addendum: who and when, why, and what."""

    heading: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class SignedLines:
    """What is said of a session's signature. Empty texts are not printed."""

    foot: str = DRAFT
    """Stands at the foot of every page of the session."""
    lines: tuple[str, ...] = ("Not signed. This is a draft, which may still change.",)
    version: str = ""
    """Of a signed session: which, and which one it supersedes. A draft has none."""
    added_after: str = ""
    """Stands on the first page, so that no addendum is overlooked."""
    addenda: tuple[AddedLines, ...] = ()
    fingerprint: str = ""


def signed_lines(
    session: TreatmentSession, papers: Sequence[Paper], fingerprint: str = ""
) -> SignedLines:
    """The words of the signature of ``session``, whose papers these are.

    The session's own status decides: a draft is a draft, whatever else there is. Version 1 is the
    session as it was signed; each addendum makes one more.
    """
    figures = short(fingerprint)
    if not session.status.is_locked:
        return SignedLines(fingerprint=figures)
    signature = next((each for each in papers if isinstance(each, Signature)), None)
    addenda = [each for each in papers if isinstance(each, Addendum)]
    addenda.sort(key=lambda each: (each.written_at, each.id))
    return SignedLines(
        foot=_foot(signature),
        lines=_lines(signature),
        version=_version(signature, addenda),
        added_after=_added_after(len(addenda)),
        addenda=tuple(_added(each) for each in addenda),
        fingerprint=figures,
    )


def short(fingerprint: str) -> str:
    """ "3f2a 91bc 77d0 12ab": enough to compare by eye."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, 16, 4)).strip()


def _foot(signature: Signature | None) -> str:
    if signature is None:
        return UNKNOWN
    return f"Signed by {signature.name} on {wording.moment(signature.signed_at)}"


def _lines(signature: Signature | None) -> tuple[str, ...]:
    if signature is None:
        return (f"{UNKNOWN}.",)
    who = _who(signature.name, signature.licence_number)
    return (f"Signed by {who}", f"on {wording.moment(signature.signed_at)}")


def _who(name: str, licence_number: str) -> str:
    return f"{name}, licence {licence_number}" if licence_number else name


def _version(signature: Signature | None, addenda: Sequence[Addendum]) -> str:
    number = 1 + len(addenda)
    if number == 1:
        return "Version 1"
    before = addenda[-2].written_at if number > 2 else signature and signature.signed_at
    of = f" of {wording.moment(before)}" if before else ""
    return f"Version {number}; supersedes version {number - 1}{of}"


def _added_after(count: int) -> str:
    if not count:
        return ""
    if count == 1:
        return "1 addendum was made after signing. It stands under Addenda."
    return f"{count} addenda were made after signing. They stand under Addenda."


def _added(addendum: Addendum) -> AddedLines:
    who = _who(addendum.name, addendum.licence_number)
    heading = f"Added by {who} on {wording.moment(addendum.written_at)}"
    return AddedLines(heading, f"Why: {addendum.reason}", addendum.text)
