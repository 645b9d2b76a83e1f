"""A PDF is compared with the practice: the same, changed, not there, no report, cut off."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.closing import Closing
from app.domain.errors import ExportError
from app.domain.identity import UUID, new_id
from app.domain.marks import Activity, TriggerPoint
from app.domain.papers import Addendum, HazardNotice, SessionNote
from app.domain.preparation import Preparation
from app.domain.records import Record
from app.domain.seals import Seal, seals_in
from app.exchange.fingerprint import fingerprint, seal
from app.report.pdf import write_patient_pdf, write_session_pdf
from app.report.verifying import Standing, Verdict, verify
from db.repository import SqlRepository
from tests.report import builders, reading
from tests.report.builders import NOW, Visit

Store = Callable[..., Visit]


class Printed:
    """A session that was printed, and what is said of the print."""

    def __init__(self, repository: SqlRepository, visit: Visit, out: Path) -> None:
        self.repository, self.visit, self.out = repository, visit, out

    def change(self, before: Record | None, after: Record) -> None:
        change = Change("Change", {after.id: (before, after)})
        self.repository.commit(change, builders.stamp())

    def verdict(self) -> Verdict:
        return verify(self.out, self.repository.session_records, seal)


@pytest.fixture
def printed(atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path) -> Printed:
    visit = stored(
        lambda session_id: [
            builders.point(atlas, 1, TriggerPoint(), "posterior", 600, 900, session_id=session_id)
        ]
    )
    out = tmp_path / "report.pdf"
    write_session_pdf(repository, visit.session.id, out, now=NOW, atlas=atlas, seal=seal)
    return Printed(repository, visit, out)


def test_what_was_not_changed_is_the_same(printed: Printed) -> None:
    found = printed.verdict()
    assert found.standing is Standing.SAME
    assert found.sentence == (
        "report.pdf is up to date: its session and marks are the same in this practice."
    )
    assert reading.faults(printed.out.read_bytes()) == []


def of_session(made: Callable[[UUID], Record]) -> Callable[[Printed], None]:
    return lambda printed: printed.change(None, made(printed.visit.session.id))


def changed_pain(printed: Printed) -> None:
    printed.change(printed.visit.session, replace(printed.visit.session, pain_after=2))


def changed_mark(printed: Printed) -> None:
    (mark,) = printed.repository.marks(printed.visit.session.id)
    printed.change(mark, replace(mark, details=TriggerPoint(activity=Activity.ACTIVE)))


def notice(session_id: UUID) -> HazardNotice:
    return HazardNotice(
        id=new_id(), session_id=session_id, mark_id=new_id(), zone="kidney", words="Kidney",
        shown_at=NOW,
    )  # fmt: skip


CHANGES: dict[str, tuple[Callable[[Printed], None], str]] = {
    "session": (changed_pain, "the session itself"),
    "marks": (changed_mark, "marks"),
    "preparation": (
        of_session(lambda at: Preparation(id=new_id(), session_id=at, consent_form="B")),
        "what was settled before",
    ),
    "closing": (
        of_session(lambda at: Closing(id=new_id(), session_id=at, no_adverse_events=True)),
        "what was settled after",
    ),
    "note": (
        of_session(lambda at: SessionNote(id=new_id(), session_id=at, plan="Secret plan")),
        "the note",
    ),
    "notices": (of_session(notice), "notices of hazards"),
}


@pytest.mark.parametrize("part", CHANGES)
def test_a_change_is_told_by_its_kind(printed: Printed, part: str) -> None:
    change, words = CHANGES[part]
    change(printed)
    found = printed.verdict()
    assert found.standing is Standing.CHANGED
    assert found.sentence == (
        f"The session that report.pdf shows was changed after it was printed ({words})."
    )
    assert [each.changed for each in found.sessions] == [(part,)]


def test_a_session_of_another_practice(printed: Printed) -> None:
    found = verify(printed.out, lambda _id: None, seal)
    assert found.standing is Standing.ABSENT
    assert found.sentence == "The session that report.pdf shows is not in this practice."


def test_a_record_of_sessions_of_which_one_was_changed_and_one_is_gone(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    first = stored()
    second, third = stored(of=first.patient), stored(of=first.patient)
    out = tmp_path / "record.pdf"
    write_patient_pdf(repository, first.patient.id, out, now=NOW, atlas=atlas, seal=seal)
    assert "all 3 of its sessions" in verify(out, repository.session_records, seal).sentence

    printed = Printed(repository, second, out)
    changed_pain(printed)

    def all_but_the_third(session_id: UUID) -> Any:
        return None if session_id == third.session.id else repository.session_records(session_id)

    found = verify(out, all_but_the_third, seal)
    assert found.standing is Standing.CHANGED
    assert found.sentence == (
        "Of the 3 sessions that record.pdf shows, 1 changed after it was printed "
        "(the session itself) and 1 is not in this practice."
    )
    gone = verify(out, lambda _id: None, seal)
    assert gone.sentence == "None of the 3 sessions that record.pdf shows is in this practice."


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.99, 0.9999])
def test_a_file_that_was_cut_off(printed: Printed, share: float) -> None:
    whole = printed.out.read_bytes()
    printed.out.write_bytes(whole[: max(round(len(whole) * share), 8)])
    found = printed.verdict()
    assert found.standing is Standing.CUT_OFF
    assert found.sentence.startswith("report.pdf is cut off or damaged.")


def test_a_file_whose_middle_is_missing(printed: Printed) -> None:
    whole = printed.out.read_bytes()
    printed.out.write_bytes(whole[:2000] + whole[-9000:])
    assert printed.verdict().standing is Standing.CUT_OFF


@pytest.mark.parametrize(
    ("content", "standing"),
    [
        (b"", Standing.CUT_OFF),
        (b"\x89PNG\r\n\x1a\n", Standing.NO_REPORT),
        (b"needlepoint.seal/1:", Standing.NO_REPORT),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n", Standing.NO_REPORT),
    ],
)
def test_what_is_no_report(printed: Printed, content: bytes, standing: Standing) -> None:
    printed.out.write_bytes(content)
    assert printed.verdict().standing is standing


def test_a_report_without_a_seal_cannot_be_checked(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path
) -> None:
    out = tmp_path / "old.pdf"
    write_session_pdf(repository, stored().session.id, out, now=NOW, atlas=atlas)
    assert "it carries no seal" in verify(out, repository.session_records, seal).sentence


def test_a_file_that_cannot_be_read(repository: SqlRepository, tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "gone.pdf", "There is no file"),
        (tmp_path, "is not a file"),
        (tmp_path / "\0.pdf", "cannot be read"),
    ):
        with pytest.raises(ExportError, match=said):
            verify(path, repository.session_records, seal)


def test_a_seal_holds_no_word_of_a_record(printed: Printed) -> None:
    records = printed.repository.session_records(printed.visit.session.id)
    assert records is not None
    assert set(seal(records).parts) == {"session", "marks"}
    words = seal(records).words
    assert seals_in(b"<" + words.encode() + b">" + words.encode()) == (seal(records),)
    assert words.encode() in printed.out.read_bytes()
    assert "Grünwald" not in words
    assert fingerprint(records) in words


def test_a_seal_has_its_figures() -> None:
    with pytest.raises(ValueError, match="64 figures"):
        Seal(new_id(), "3f2a")
    with pytest.raises(ValueError, match="16 for each part"):
        Seal(new_id(), "0" * 64, {"marks": "12"})


def test_an_addendum_is_told(printed: Printed) -> None:
    session = printed.visit.session
    records = printed.repository.session_records(session.id)
    assert records is not None
    added = Addendum(
        id=new_id(), session_id=session.id, practitioner_id=session.practitioner_id, name="L",
        written_at=NOW, reason="Side", text="Left",
    )  # fmt: skip
    found = verify(printed.out, lambda _id: replace(records, papers=(added,)), seal)
    assert found.sentence.endswith("changed after it was printed (addenda).")
