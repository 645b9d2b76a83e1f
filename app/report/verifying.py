"""Whether a PDF that was printed still says what the practice holds.

The seals that a report carries stand in its XMP metadata, which PDF/A keeps readable without a PDF
library: uncompressed, between two marks. They say which records were printed; that nobody painted
over the pages only a signature with a certificate shows, where there is one.
"""

import mmap
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.domain.errors import ExportError
from app.domain.identity import UUID
from app.domain.seals import Seal, seals_in
from app.domain.summaries import SessionRecords
from app.report.signatures import FoundSignature, Held, signatures_in
from app.report.signed import Sealing
from app.report.wording import listed

_TAIL = 2048
"""Bytes at the end of a file among which a PDF's last words stand."""
_LAST_WORDS = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\b|\d{1,10} \d{1,5} obj\b")
_PACKET = re.compile(rb"<\?xpacket begin=.*?<\?xpacket end=", re.DOTALL)
_PART_WORDS = {
    "session": "the session itself",
    "marks": "marks",
    "preparation": "what was settled before",
    "closing": "what was settled after",
    "note": "the note",
    "notices": "notices of hazards",
    "signature": "the signature",
    "addenda": "addenda",
}


class Standing(StrEnum):
    """How a file, or a session that it shows, stands to the practice."""

    SAME = "same"
    CHANGED = "changed"
    ABSENT = "absent"
    """Not in this practice."""
    NO_REPORT = "no_report"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True)
class CheckedSession:
    """One session of the file; ``changed`` names the parts that differ."""

    session_id: UUID
    standing: Standing
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sentence`` says all of it to a person, and names nobody."""

    standing: Standing
    sentence: str
    sessions: tuple[CheckedSession, ...] = ()
    signatures: tuple[FoundSignature, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is otherwise than when the file was made, as far as can be told."""
        signed = all(each.held is Held.INTACT for each in self.signatures)
        return self.standing is Standing.SAME and signed


def verify(
    path: Path, records_of: Callable[[UUID], SessionRecords | None], seal: Sealing
) -> Verdict:
    """Compares the PDF in ``path`` with what ``records_of`` gives now for each of its sessions.

    Raises ExportError where there is no file that can be read, StorageError where the practice
    cannot be.
    """
    found, signatures = _read(path)
    verdict = _on_sessions(path, found, records_of, seal) if isinstance(found, tuple) else found
    told = " ".join([verdict.sentence, *(each.sentence for each in signatures)])
    return replace(verdict, sentence=told, signatures=signatures)


def _on_sessions(
    path: Path,
    found: Sequence[Seal],
    records_of: Callable[[UUID], SessionRecords | None],
    seal: Sealing,
) -> Verdict:
    sessions = tuple(_checked(each, records_of(each.session_id), seal) for each in found)
    standings = {each.standing for each in sessions}
    if standings == {Standing.SAME}:
        return Verdict(Standing.SAME, _same(path, found), sessions)
    if standings == {Standing.ABSENT}:
        return Verdict(Standing.ABSENT, _absent(path, len(found)), sessions)
    return Verdict(Standing.CHANGED, _changed(path, sessions), sessions)


def _checked(printed: Seal, records: SessionRecords | None, seal: Sealing) -> CheckedSession:
    if records is None:
        return CheckedSession(printed.session_id, Standing.ABSENT)
    now = seal(records)
    if printed.is_that_of(now):
        return CheckedSession(printed.session_id, Standing.SAME)
    return CheckedSession(printed.session_id, Standing.CHANGED, printed.parts_unlike(now))


# What is said -----------------------------------------------------------------------------


def _same(path: Path, seals: Sequence[Seal]) -> str:
    if len(seals) == 1:
        return f"{path.name} is up to date: its session and marks are the same in this practice."
    return (
        f"{path.name} is up to date: all {len(seals):,} of its sessions and their marks are the "
        "same in this practice."
    )


def _absent(path: Path, count: int) -> str:
    if count == 1:
        return f"The session that {path.name} shows is not in this practice."
    return f"None of the {count:,} sessions that {path.name} shows is in this practice."


def _changed(path: Path, sessions: Sequence[CheckedSession]) -> str:
    changed = [each for each in sessions if each.standing is Standing.CHANGED]
    gone = sum(each.standing is Standing.ABSENT for each in sessions)
    parts = {part for each in changed for part in each.changed}
    kinds = [words for name, words in _PART_WORDS.items() if name in parts]
    kinds += [name for name in sorted(parts) if name not in _PART_WORDS]
    what = f" ({listed(kinds)})" if kinds else ""
    if len(sessions) == 1:
        return f"The session that {path.name} shows was changed after it was printed{what}."
    of = f"Of the {len(sessions):,} sessions that {path.name} shows,"
    told = [f"{len(changed):,} changed after it was printed{what}"] * bool(changed)
    told += [f"{gone:,} {'is' if gone == 1 else 'are'} not in this practice"] * bool(gone)
    return f"{of} {' and '.join(told)}."


# What is read -----------------------------------------------------------------------------


def _read(path: Path) -> tuple[tuple[Seal, ...] | Verdict, tuple[FoundSignature, ...]]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ExportError(f"{path} is not a file. Name a PDF that Needlepoint made.")
        with path.open("rb") as file:
            if not path.stat().st_size:
                return Verdict(Standing.CUT_OFF, f"{path.name} is empty. Copy the file again."), ()
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                found = _examine(path.name, content)
                return found, signatures_in(content) if isinstance(found, tuple) else ()
    except FileNotFoundError:
        raise ExportError(f"There is no file {path}. Check its name and folder.") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise ExportError(f"{path} cannot be read ({reason}).") from None


def _examine(name: str, content: mmap.mmap) -> tuple[Seal, ...] | Verdict:
    if content[:5] != b"%PDF-":
        return Verdict(Standing.NO_REPORT, f"{name} is no PDF, so no report of Needlepoint.")
    if not _is_whole(content):
        return Verdict(
            Standing.CUT_OFF, f"{name} is cut off or damaged. Copy it again from where it came."
        )
    seals = tuple(seal for packet in _PACKET.finditer(content) for seal in seals_in(packet.group()))
    if not seals:
        return Verdict(
            Standing.NO_REPORT,
            f"{name} is no report of Needlepoint, or none that can be checked: it carries no seal.",
        )
    return tuple(dict.fromkeys(seals))


def _is_whole(content: mmap.mmap) -> bool:
    """Whether the file ends as a PDF does, with the way to a table that is there."""
    end = _LAST_WORDS.search(content[-_TAIL:])
    if end is None:
        return False
    at = int(end[1])
    return at < len(content) and _TABLE.match(content[at : at + 32]) is not None
