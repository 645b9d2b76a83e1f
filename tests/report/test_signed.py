"""Paper says who signed and when on every page, which version it is, and what was added."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark, Needle
from app.domain.papers import Addendum, Paper, SessionNote, Signature
from app.domain.records import Patient, Practitioner, SessionStatus, TreatmentSession
from app.exchange.chart_file import export_chart
from app.exchange.fingerprint import fingerprint
from app.report.note import OUTDATED, NoteLines, note_lines
from app.report.pdf import render, report_of_marks, write_session_pdf
from app.report.signed import DRAFT, UNKNOWN, SignedLines, signed_lines
from db.repository import SqlRepository
from tests.report import builders, reading

SIGNED_AT = builders.STARTED + timedelta(minutes=32)
WHOM, WHO = builders.patient(), builders.practitioner(licence_number="PT 17")
SESSION = builders.session(WHOM, WHO, status=SessionStatus.SIGNED)
HEX = "3f2a91bc77d012ab" + "0" * 48


def signature(of: TreatmentSession = SESSION, **fields: Any) -> Signature:
    given = {
        "id": new_id(),
        "session_id": of.id,
        "practitioner_id": WHO.id,
        "name": WHO.name,
        "licence_number": "PT 17",
        "signed_at": SIGNED_AT,
    }
    return Signature(**{**given, **fields})


def addendum(days: int, of: TreatmentSession = SESSION, **fields: Any) -> Addendum:
    given = {
        "id": new_id(),
        "session_id": of.id,
        "practitioner_id": WHO.id,
        "name": WHO.name,
        "written_at": SIGNED_AT + timedelta(days=days),
        "reason": "Side",
        "text": "The third needle was on the left.",
    }
    return Addendum(**{**given, **fields})


def amended(count: int) -> SignedLines:
    session = replace(SESSION, status=SessionStatus.AMENDED)
    return signed_lines(session, [*(addendum(k) for k in range(count, 0, -1)), signature()], HEX)


def test_a_draft_has_no_version_and_says_so() -> None:
    draft = replace(SESSION, status=SessionStatus.DRAFT)
    said = signed_lines(draft, [signature()], HEX)  # a stray signature signs nothing
    assert said.foot == "Draft, not signed" == DRAFT
    assert (said.version, said.addenda, said.added_after) == ("", (), "")
    assert said.fingerprint == "3f2a 91bc 77d0 12ab"


def test_a_signed_session_is_version_1() -> None:
    said = signed_lines(SESSION, [signature()])
    assert said.foot == "Signed by Léa Brönnimann on 12 November 2024, 15:02 UTC+01:00"
    assert said.lines == (
        "Signed by Léa Brönnimann, licence PT 17", "on 12 November 2024, 15:02 UTC+01:00",
    )  # fmt: skip
    assert said.version == "Version 1"
    assert (said.added_after, said.fingerprint) == ("", "")


def test_each_addendum_makes_one_version_more() -> None:
    one, two, three = amended(1), amended(2), amended(3)
    assert one.version == "Version 2; supersedes version 1 of 12 November 2024, 15:02 UTC+01:00"
    assert two.version == "Version 3; supersedes version 2 of 13 November 2024, 15:02 UTC+01:00"
    assert three.version == "Version 4; supersedes version 3 of 14 November 2024, 15:02 UTC+01:00"
    assert one.added_after.startswith("1 addendum was made")
    assert three.added_after.startswith("3 addenda were made")
    assert [each.heading for each in two.addenda] == [
        "Added by Léa Brönnimann on 13 November 2024, 15:02 UTC+01:00",
        "Added by Léa Brönnimann on 14 November 2024, 15:02 UTC+01:00",
    ]
    assert two.addenda[0].reason == "Why: Side"


def test_the_name_is_the_one_that_was_signed_with() -> None:
    said = signed_lines(SESSION, [signature(name="Léa Muster")])
    assert said.foot.startswith("Signed by Léa Muster on ")


def test_what_an_older_program_signed_names_nobody() -> None:
    said = signed_lines(SESSION, [])
    assert said.foot == UNKNOWN
    assert said.lines == (f"{UNKNOWN}.",)
    later = signed_lines(replace(SESSION, status=SessionStatus.AMENDED), [addendum(1)])
    assert later.version == "Version 2; supersedes version 1"


def test_the_note_is_what_was_written_else_what_the_marks_say() -> None:
    def note(**fields: Any) -> SessionNote:
        return SessionNote(id=new_id(), session_id=SESSION.id, **fields)

    draft = replace(SESSION, status=SessionStatus.DRAFT)
    assert note_lines(draft, [], "") == NoteLines()
    assert note_lines(draft, [], "2 insertions.").parts == (("Objective", "2 insertions."),)
    mine = note(needling="Two, calm.", needling_of="2 insertions.", plan="again")
    assert note_lines(draft, [mine], "2 insertions.") == NoteLines(
        (("Objective", "Two, calm."), ("Plan", "again"))  # type: ignore[arg-type]
    )
    assert note_lines(draft, [mine], "3 insertions.").remark == OUTDATED
    frozen = note(needling_of="as it was signed")
    assert note_lines(SESSION, [frozen], "now").parts == (("Objective", "as it was signed"),)


# -- on paper --------------------------------------------------------------------------------


def visit(
    atlas: Atlas, addenda: int, many: int = 0
) -> tuple[list[Any], TreatmentSession, list[Mark], list[Paper]]:
    status = SessionStatus.AMENDED if addenda else SessionStatus.SIGNED
    session = builders.session(WHOM, WHO, status=status)
    at = session.started_at
    needle = Needle(diameter_mm=0.25, length_mm=30, depth_mm=20, in_at=at, out_at=at)
    marks = [
        builders.point(atlas, 1, needle, "posterior", 520, 420, session_id=session.id),
        *(replace(each, number=each.number + 1)
          for each in builders.scattered(atlas, many, session.id)),
    ]  # fmt: skip
    papers: list[Paper] = [
        SessionNote(id=new_id(), session_id=session.id, subjective="Stiff neck.", plan="Again."),
        signature(session),
        *(addendum(k, session, text=f"Addition {k}.") for k in range(1, addenda + 1)),
    ]
    return [WHO, WHOM, session, *marks, *papers], session, marks, papers


def text_of(content: bytes) -> str:
    return "\n".join(reading.pages(content))


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("addenda", [0, 2])
def test_both_standards_are_met_by_signed_and_amended_sessions(
    atlas: Atlas, paper: Any, addenda: int
) -> None:
    _records, session, marks, papers = visit(atlas, addenda)
    report = report_of_marks(
        atlas, WHOM, WHO, None, session, marks, builders.NOW, papers=papers, fingerprint=HEX
    )
    made = render([report], atlas, paper)
    assert reading.faults(made) == []


def test_who_signed_stands_at_the_foot_of_every_page(
    atlas: Atlas, repository: SqlRepository, tmp_path: Path
) -> None:
    records, session, _marks, _papers = visit(atlas, 2, many=60)
    repository.commit(Change.add("Chart", *records), builders.stamp())
    out = tmp_path / "chart.pdf"
    write_session_pdf(repository, session.id, out, atlas=atlas, fingerprint=fingerprint)
    pages = reading.pages(out.read_bytes())
    assert len(pages) > 2
    for page in map(reading.squeezed, pages):
        for words in (
            "Signed by Léa Brönnimann on 12 November 2024, 15:02 UTC+01:00",
            "Version 3; supersedes version 2 of 13 November 2024, 15:02 UTC+01:00",
            "Fingerprint ",
        ):
            assert reading.squeezed(words) in page
        assert "Draft" not in page


def test_the_note_and_all_addenda_are_printed_in_full(
    atlas: Atlas, repository: SqlRepository, tmp_path: Path
) -> None:
    records, session, _marks, _papers = visit(atlas, 2)
    repository.commit(Change.add("Chart", *records), builders.stamp())
    out = tmp_path / "chart.pdf"
    write_session_pdf(repository, session.id, out, atlas=atlas, fingerprint=fingerprint)
    text = text_of(out.read_bytes())
    assert "2 addenda were made after signing." in reading.pages(out.read_bytes())[0]
    squeezed = reading.squeezed(text)
    for words in (
        "Subjective", "Stiff neck.", "1 insertion 0.25 × 30 mm, 20 mm deep.", "Plan", "Again.",
        "Signed by Léa Brönnimann, licence PT 17", "Added by Léa Brönnimann on 14 November 2024",
        "Why: Side", "Addition 1.", "Addition 2.",
    ):  # fmt: skip
        assert reading.squeezed(words) in squeezed, words
    held = repository.session_records(session.id)
    assert held is not None
    short = fingerprint(held)[:16]
    assert short in squeezed


def test_a_draft_says_so_on_every_page(atlas: Atlas, reported: Callable[..., Any]) -> None:
    marks = builders.scattered(atlas, 60, new_id())
    pages = reading.pages(render([reported(marks)], atlas))
    assert len(pages) > 1
    assert all("Draft, not signed" in page and "Version" not in page for page in pages)


def test_typed_words_never_act_as_markup(atlas: Atlas) -> None:
    words = "\n".join(builders.INJECTIONS)
    session = replace(SESSION, status=SessionStatus.AMENDED)
    papers = [
        signature(name=builders.INJECTIONS[0], licence_number=builders.INJECTIONS[6]),
        addendum(1, name=builders.INJECTIONS[3], reason=builders.INJECTIONS[1], text=words),
        SessionNote(id=new_id(), session_id=session.id, plan=words, needling="#panic()"),
    ]
    report = report_of_marks(
        atlas, WHOM, WHO, None, session, [], builders.NOW, papers=papers, fingerprint=HEX
    )
    made = render([report], atlas)
    assert reading.faults(made) == []
    squeezed = reading.squeezed(text_of(made))
    assert squeezed.count(reading.squeezed("<script>alert(1)</script>")) >= 2


def test_names_as_long_as_the_rules_allow_stay_on_the_page(atlas: Atlas) -> None:
    long = signature(name="Maria " * 20, licence_number="9" * 500)
    session = replace(SESSION, status=SessionStatus.AMENDED)
    papers = [long, addendum(1, name="W" * 120, reason="x" * 500)]
    report = report_of_marks(
        atlas, WHOM, WHO, None, session, [], builders.NOW, papers=papers, fingerprint=HEX
    )
    made = render([report], atlas, "us-letter")
    assert reading.faults(made) == []
    for page in PdfReader(io.BytesIO(made)).pages:
        assert "Page " in page.extract_text()


# -- fingerprint -----------------------------------------------------------------------------


def held(repository: SqlRepository, session_id: UUID) -> Any:
    records = repository.session_records(session_id)
    assert records is not None
    return records


def test_a_fingerprint_covers_what_is_locked_and_nothing_else(
    atlas: Atlas, repository: SqlRepository
) -> None:
    records, session, _marks, _papers = visit(atlas, 1)
    repository.commit(Change.add("Chart", *records), builders.stamp())
    before = held(repository, session.id)
    first = fingerprint(before)
    assert len(first) == 64

    def renamed(kind: type[Any], **fields: Any) -> None:
        found = before.patient if kind is Patient else before.practitioner
        after = replace(found, **fields)
        repository.commit(Change.replace("Rename", found, after), builders.stamp())

    renamed(Patient, phone="17")
    renamed(Practitioner, name="Léa Muster")
    assert fingerprint(held(repository, session.id)) == first
    repository.commit(Change.add("Add", addendum(2, session)), builders.stamp())
    assert fingerprint(held(repository, session.id)) != first
    for changed in (
        replace(before, session=replace(session, pain_after=0)),
        replace(before, marks=(replace(before.marks[0], note="x"),)),
        replace(before, marks=()),
        replace(before, papers=before.papers[1:]),
    ):
        assert fingerprint(changed) != first
    assert fingerprint(replace(before, papers=before.papers[::-1])) == first


def test_anyone_can_reckon_it_from_a_chart_file(
    atlas: Atlas, repository: SqlRepository, tmp_path: Path
) -> None:
    import hashlib

    records, session, _marks, _papers = visit(atlas, 2)
    repository.commit(Change.add("Chart", *records), builders.stamp())
    export_chart(repository.everything(), tmp_path / "chart.json")
    (whole,) = json.loads((tmp_path / "chart.json").read_text(encoding="utf-8"))["sessions"]

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            pairs = [(name, filled(each)) for name, each in value.items()]
            return {name: each for name, each in pairs if each not in (None, "", [], {})}
        return [filled(each) for each in value] if isinstance(value, list) else value

    text = json.dumps(filled(whole), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    reckoned = hashlib.sha256(text.encode()).hexdigest()
    assert reckoned == fingerprint(held(repository, session.id))


def test_zero_and_no_are_answers_that_a_fingerprint_sees(
    atlas: Atlas, repository: SqlRepository
) -> None:
    records, session, _marks, _papers = visit(atlas, 0)
    repository.commit(Change.add("Chart", *records), builders.stamp())
    before = held(repository, session.id)
    asked = replace(before, session=replace(session, pain_after=0))
    assert fingerprint(asked) != fingerprint(before)
