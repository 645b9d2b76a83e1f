"""Every kind of report: valid for both standards, true to the records, and silent on the rest."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.closing import Advice, Closing
from app.domain.errors import ExportError
from app.domain.identity import new_id
from app.domain.marks import Mark, Needle, TriggerPoint
from app.domain.outcomes import Measure, OutcomeScore
from app.domain.records import Patient, Problem
from app.domain.words import kind_title, side_words
from app.exchange.demo import synthesize
from app.exchange.fingerprint import seal
from app.painting.placing import place_mark
from app.report.kinds import ReportKind, write_report
from app.report.model import NOTHING
from app.report.papers import PAPERS, Paper
from app.report.patient_copy import HELP_AT_ONCE, NEAR_THE_CHEST, NO_NEEDLE, NOTHING_FOUND
from app.report.verifying import Standing, verify
from app.report.wording import marks_counted
from db.repository import SqlRepository
from tests.helpers.pictures import own_picture, png
from tests.report import builders, reading
from tests.report.builders import INJECTIONS, NOW, STARTED, Visit, point

Store = Callable[..., Visit]
Write = Callable[..., bytes]
KINDS = list(ReportKind)


@pytest.fixture
def write(atlas: Atlas, repository: SqlRepository, tmp_path: Path) -> Write:
    """Writes a report and gives its bytes."""

    def made(kind: ReportKind, whom: Patient, paper: Paper = "a4", **more: Any) -> bytes:
        out = tmp_path / "report.pdf"
        write_report(
            repository, kind, whom.id, out, paper=paper, now=NOW, atlas=atlas, seal=seal, **more
        )
        return out.read_bytes()

    return made


def keep(repository: SqlRepository, *records: Any) -> None:
    repository.commit(Change.add("Add", *records), builders.stamp())


def text_of(content: bytes) -> str:
    return reading.squeezed("".join(reading.pages(content)))


def says(content: bytes, words: str) -> bool:
    return reading.squeezed(words) in text_of(content)


# Both standards, and every mark once --------------------------------------------------------


@pytest.fixture
def demo(atlas: Atlas, repository: SqlRepository) -> list[Patient]:
    """Seeded patients with sessions, papers and scores."""
    records = list(synthesize(3, 4, 11, atlas))
    keep(repository, *records)
    chance, patients = random.Random(5), repository.patients()
    for whom in patients:
        scores = [
            OutcomeScore(
                id=new_id(), patient_id=whom.id, measure=measure, score=chance.randint(0, 10),
                measured_on=date(2026, 9, 1) + timedelta(days=7 * week),
            )
            for measure in (Measure.PSFS, Measure.NDI, Measure.PRESSURE_THRESHOLD)
            for week in range(3)
        ]  # fmt: skip
        keep(repository, *scores)
    return patients


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", KINDS)
def test_both_standards_are_met(
    demo: list[Patient], write: Write, kind: ReportKind, paper: Paper
) -> None:
    for whom in demo[: 1 if kind is ReportKind.RECORD else 3]:
        assert reading.faults(write(kind, whom, paper)) == []


def test_a_record_has_every_mark_once_on_its_side_and_in_its_view(
    atlas: Atlas, demo: list[Patient], write: Write, repository: SqlRepository
) -> None:
    for whom in demo:
        text = text_of(write(ReportKind.RECORD, whom))
        sessions = text.split("Dryneedlingsession,")[1:]
        records = repository.patient_records(whom.id)
        assert len(sessions) == len(records)
        for pages, each in zip(sessions, records, strict=True):
            rows = [_squeezed_row(atlas, whom, mark) for mark in each.marks]
            for row in rows:
                # "1Soreness" is found in "11Soreness" too
                assert pages.count(row) == sum(other.endswith(row) for other in rows), row


def _squeezed_row(atlas: Atlas, whom: Patient, mark: Mark) -> str:
    return reading.squeezed(
        f"{mark.number}{kind_title(mark.kind)}"
        f"{atlas.catalogue.name(mark.muscle) if mark.muscle else NOTHING}"
        f"{side_words(mark.side).capitalize()}"
        f"{atlas.view(whom.body, mark.placed_in).title} view"
    )


LABEL = re.compile(r"(?<!\d)(\d{1,2})\s?([RLM])(?![a-z])")


def labels_by_figure(content: bytes) -> list[str]:
    return [alt for alt in reading.alternative_texts(content) if "view" in alt]


def test_a_patients_copy_shows_every_needle_on_its_side(
    atlas: Atlas, demo: list[Patient], write: Write, repository: SqlRepository
) -> None:
    for whom in demo:
        last = repository.patient_records(whom.id)[-1]
        needles = [mark for mark in last.marks if isinstance(mark.details, Needle)]
        assert needles
        content = write(ReportKind.PATIENT, whom)
        shown = set(LABEL.findall(reading.pages(content)[0]))
        assert {
            (str(mark.number), mark.side.value[0].upper()) for mark in needles if mark.side
        } <= shown
        counted = {
            view.title: sum(place_mark(atlas, m, whom.body, view.name) is not None for m in needles)
            for view in atlas.views(whom.body)
        }
        for alt in labels_by_figure(content):
            view, needles_told = re.match(r"(\w+) view: (\d+)", alt).groups()  # type: ignore[union-attr]
            assert int(needles_told) == counted[view]


def test_progress_shows_the_same_views_of_first_and_last(
    atlas: Atlas, demo: list[Patient], write: Write, repository: SqlRepository
) -> None:
    for whom in demo:
        content = write(ReportKind.PROGRESS, whom)
        titles = re.findall(r"(First|Last) · (\w+) view", "\n".join(labels_by_figure(content)))
        first = [view for when, view in titles if when == "First"]
        assert first
        assert [view for when, view in titles if when == "Last"] == first
        records = repository.patient_records(whom.id)
        names = {view.title: view.name for view in atlas.views(whom.body)}
        for when, each in (("First", records[0]), ("Last", records[-1])):
            for view in first:
                placed = [place_mark(atlas, m, whom.body, names[view]) for m in each.marks]
                count = sum(one is not None for one in placed)
                assert says(content, f"{when} · {view} · {marks_counted(count)}")
        alts = "".join(reading.alternative_texts(content))
        told = re.search(r"Pain before: (.*?)\. Pain after", alts)
        assert told is not None
        wanted = [str(r.session.pain_before) for r in records if r.session.pain_before is not None]
        assert re.findall(r"(\d+) on", told[1]) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_checked(
    demo: list[Patient], write: Write, repository: SqlRepository, tmp_path: Path, kind: ReportKind
) -> None:
    write(kind, demo[0])
    found = verify(tmp_path / "report.pdf", repository.session_records, seal)
    assert found.standing is Standing.SAME
    assert len(found.sessions) == (1 if kind is ReportKind.PATIENT else 4)
    session = repository.patient_records(demo[0].id)[-1].session
    change = Change.replace("Change", session, replace(session, note="later"))
    repository.commit(change, builders.stamp())
    assert verify(tmp_path / "report.pdf", repository.session_records, seal).standing is (
        Standing.CHANGED
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_records_give_the_same_bytes(
    demo: list[Patient], write: Write, kind: ReportKind
) -> None:
    assert write(kind, demo[0]) == write(kind, demo[0])


def test_the_list_of_a_record_leads_to_the_pages_of_its_sessions(
    demo: list[Patient], write: Write
) -> None:
    pages = reading.pages(write(ReportKind.RECORD, demo[0]))
    told = [int(number) for number in re.findall(r"(?:signed|Signed) (\d+)\n", pages[0])]
    assert len(told) == 4
    for number in told:
        assert "Dry needling session, " in pages[number - 1]


# What is bad, odd or missing ----------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_patient_without_sessions(
    repository: SqlRepository, write: Write, kind: ReportKind, tmp_path: Path
) -> None:
    whom = builders.patient()
    keep(repository, whom)
    with pytest.raises(ExportError, match="has no session yet"):
        write(kind, whom)
    with pytest.raises(ExportError, match="not in the practice"):
        write(kind, builders.patient())
    assert not (tmp_path / "report.pdf").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_one_session_without_a_mark(stored: Store, write: Write, kind: ReportKind) -> None:
    content = write(kind, stored().patient)
    assert reading.faults(content) == []
    said = {
        ReportKind.PATIENT: NOTHING_FOUND,
        ReportKind.PROGRESS: "There is one session so far",
        ReportKind.REFERRER: "No needle is on the charts of these sessions.",
        ReportKind.RECORD: "1 session, no marks",
    }
    assert says(content, said[kind])


@pytest.mark.parametrize("kind", [ReportKind.PATIENT, ReportKind.REFERRER, ReportKind.PROGRESS])
def test_two_hundred_sessions(
    atlas: Atlas, repository: SqlRepository, write: Write, tmp_path: Path, kind: ReportKind
) -> None:
    whom, who = builders.patient(), builders.practitioner()
    visits = [
        builders.session(whom, who, started_at=STARTED - timedelta(days=n), pain_before=n % 11)
        for n in range(200)
    ]
    marks = [
        point(atlas, 1, Needle(), "posterior", 380, 700, session_id=each.id, muscle="infraspinatus")
        for each in visits
    ]
    keep(repository, whom, who, *visits, *marks)
    content = write(kind, whom)
    assert reading.faults(content) == []
    assert says(content, "Infraspinatus, left" + ("" if kind is ReportKind.PATIENT else "200 200"))
    found = verify(tmp_path / "report.pdf", repository.session_records, seal)
    assert found.standing is Standing.SAME
    assert len(found.sessions) == (1 if kind is ReportKind.PATIENT else 200)


@pytest.mark.parametrize("kind", KINDS)
def test_marks_on_an_own_picture_alone(
    repository: SqlRepository, stored: Store, write: Write, kind: ReportKind
) -> None:
    from app.domain.anatomy import Anchor
    from app.domain.own_pictures import FLAT_TRIANGLES

    content = png(600, 1400)
    picture = own_picture(content, title="Knee", width=600, height=1400)
    repository.keep_picture(content)
    keep(repository, picture)
    placed = {"body_version": picture.version, "placed_in": picture.version, "side": None}
    anchor = Anchor(FLAT_TRIANGLES[0], 0.2, 0.2)
    visit = stored(
        lambda at: [
            builders.plain_mark(1, Needle(), session_id=at, anchor=anchor, **placed),
        ]
    )
    made = write(kind, visit.patient)
    assert reading.faults(made) == []
    if kind in (ReportKind.PATIENT, ReportKind.PROGRESS):
        assert says(made, "but on the practitioner’s own pictures: mark 1.")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "مرحبا 中文 😀",
        "\n".join(INJECTIONS),
        "Long words are read. " * 950,
        "x" * 20_000,
    ],
    ids=["languages", "machines", "long", "one word"],
)
def test_whatever_was_typed(
    repository: SqlRepository, stored: Store, write: Write, kind: ReportKind, text: str
) -> None:
    visit = stored(note=text)
    problem = Problem(
        id=new_id(), patient_id=visit.patient.id, title=text[:100], goals=text, other_treatment=text
    )
    closing = Closing(id=new_id(), session_id=visit.session.id, own_advice=text, next_step=text)
    keep(repository, problem, closing)
    session = visit.session
    change = Change.replace("Set", session, replace(session, problem_id=problem.id))
    repository.commit(change, builders.stamp())
    made = write(kind, visit.patient)
    assert reading.faults(made) == []
    if kind is ReportKind.REFERRER and text.startswith("Long"):
        told = 3 * text.count("Long") + text[:100].count("Long")  # goals, plan, next step, title
        assert text_of(made).count("Long") == told
    if "中" in text:
        assert says(made, "could not be printed (□)")


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_that_is_not_there(
    demo: list[Patient], repository: SqlRepository, tmp_path: Path, kind: ReportKind
) -> None:
    with pytest.raises(ExportError, match="does not exist"):
        write_report(repository, kind, demo[0].id, tmp_path / "gone" / "a.pdf")


# What each kind says ------------------------------------------------------------------------


def sessions(stored: Store, atlas: Atlas, details: Any, y: float = 700, **more: Any) -> Visit:
    return stored(lambda at: [point(atlas, 1, details, "posterior", 380, y, session_id=at)], **more)


def test_the_chest_is_named_where_it_was_needled_and_only_there(
    atlas: Atlas, stored: Store, write: Write
) -> None:
    visit = sessions(stored, atlas, Needle(), y=560)
    assert says(write(ReportKind.PATIENT, visit.patient), NEAR_THE_CHEST)
    later = {"of": visit.patient, "started_at": STARTED + timedelta(days=1)}
    sessions(stored, atlas, Needle(), y=700, **later)  # over a kidney
    below = write(ReportKind.PATIENT, visit.patient)
    assert not says(below, NEAR_THE_CHEST)
    assert says(below, HELP_AT_ONCE)


def test_a_trigger_point_is_not_called_a_needle(atlas: Atlas, stored: Store, write: Write) -> None:
    made = write(ReportKind.PATIENT, sessions(stored, atlas, TriggerPoint()).patient)
    assert says(made, NO_NEEDLE)
    assert says(made, ": 1 trigger point")
    assert not says(made, "1 needle")


def test_a_patients_copy_holds_the_advice_that_was_given_and_no_diagnosis(
    repository: SqlRepository, stored: Store, write: Write
) -> None:
    visit = stored()
    problem = Problem(id=new_id(), patient_id=visit.patient.id, title="Fibromyalgia", code="M79.7")
    closing = Closing(
        id=new_id(), session_id=visit.session.id, own_advice="Swim on Friday.",
        advice=frozenset({Advice.DRINK, Advice.WHOM_TO_CALL}),
    )  # fmt: skip
    keep(repository, problem, closing)
    change = Change.replace("Set", visit.session, replace(visit.session, problem_id=problem.id))
    repository.commit(change, builders.stamp())
    made = write(ReportKind.PATIENT, visit.patient)
    assert len(reading.pages(made)) == 1
    assert says(made, "Drink enough")
    assert says(made, "Swim on Friday.")
    for hidden in ("Fibromyalgia", "M79.7", "Whom to call with questions"):
        assert not says(made, hidden)


def test_not_asked_differs_from_none_in_a_letter(
    repository: SqlRepository, stored: Store, write: Write
) -> None:
    first = stored(started_at=STARTED)
    stored(of=first.patient, started_at=STARTED + timedelta(days=7))
    keep(repository, Closing(id=new_id(), session_id=first.session.id, no_adverse_events=True))
    made = write(ReportKind.REFERRER, first.patient)
    assert says(made, "None in 1 session: it was asked for.")
    assert says(made, "Not asked in 1 session.")
    assert says(made, "No pain score and no outcome score is recorded.")


def test_the_next_step_of_an_earlier_session_says_its_day(
    repository: SqlRepository, stored: Store, write: Write
) -> None:
    first = stored(started_at=STARTED)
    stored(of=first.patient, started_at=STARTED + timedelta(days=7))
    keep(repository, Closing(id=new_id(), session_id=first.session.id, next_step="Again."))
    made = write(ReportKind.REFERRER, first.patient)
    assert says(made, "Again. (12 November 2024)")


def test_one_problem_of_two(
    repository: SqlRepository, stored: Store, write: Write, atlas: Atlas
) -> None:
    first = sessions(stored, atlas, Needle())
    second = stored(of=first.patient, started_at=STARTED + timedelta(days=7))
    neck, knee, empty = (
        Problem(id=new_id(), patient_id=first.patient.id, title=title)
        for title in ("Neck pain", "Knee pain", "Headache")
    )
    score = OutcomeScore(
        id=new_id(), patient_id=first.patient.id, measure=Measure.LEFS, score=40,
        measured_on=date(2024, 11, 12),
    )  # fmt: skip
    keep(repository, neck, knee, empty, score)
    for session, problem in ((first.session, neck), (second.session, knee)):
        change = Change.replace("Set", session, replace(session, problem_id=problem.id))
        repository.commit(change, builders.stamp())
    made = write(ReportKind.REFERRER, first.patient, problem_id=neck.id)
    assert says(made, "1 session, 12 November 2024")
    assert not says(made, "LEFS")  # it names no problem, and there are several
    whole = write(ReportKind.REFERRER, first.patient)
    assert says(whole, "Neck pain; Knee pain")
    assert says(whole, "LEFS")
    with pytest.raises(ExportError, match="no session of this problem yet"):
        write(ReportKind.REFERRER, first.patient, problem_id=empty.id)
    with pytest.raises(ExportError, match="This patient has no problem"):
        write(ReportKind.REFERRER, first.patient, problem_id=new_id())


def test_a_score_of_another_problem_is_not_taken_for_that_of_all_sessions(
    repository: SqlRepository, stored: Store, write: Write, atlas: Atlas
) -> None:
    visit = sessions(stored, atlas, Needle())
    neck, knee = (
        Problem(id=new_id(), patient_id=visit.patient.id, title=title)
        for title in ("Neck pain", "Knee pain")
    )
    scores = [
        OutcomeScore(
            id=new_id(), patient_id=visit.patient.id, measure=Measure.LEFS, score=score,
            measured_on=date(2024, 11, 12), problem_id=problem_id,
        )
        for score, problem_id in ((40, knee.id), (60, None))
    ]  # fmt: skip
    keep(repository, neck, knee, *scores)
    change = Change.replace("Set", visit.session, replace(visit.session, problem_id=neck.id))
    repository.commit(change, builders.stamp())
    made = write(ReportKind.PROGRESS, visit.patient)
    assert says(made, "All problems")
    assert says(made, "LEFS, Knee pain")
    assert says(made, "LEFS, no problem named")


def test_a_record_keeps_the_problems_and_scores_that_no_session_is_of(
    repository: SqlRepository, stored: Store, write: Write
) -> None:
    visit = stored()
    neck, knee = (
        Problem(id=new_id(), patient_id=visit.patient.id, title=title)
        for title in ("Neck pain", "Knee pain")
    )
    score = OutcomeScore(
        id=new_id(), patient_id=visit.patient.id, problem_id=knee.id, measure=Measure.LEFS,
        score=40, measured_on=date(2024, 11, 12),
    )  # fmt: skip
    keep(repository, neck, knee, score)
    session = visit.session
    change = Change.replace("Set", session, replace(session, problem_id=neck.id))
    repository.commit(change, builders.stamp())
    whole = write(ReportKind.RECORD, visit.patient)
    assert says(whole, "Knee pain")
    assert says(whole, "LEFS")
    one = write(ReportKind.RECORD, visit.patient, problem_id=neck.id)
    assert not says(one, "Knee pain")
    assert not says(one, "LEFS")


def test_importing_the_kinds_loads_neither_qt_nor_typst() -> None:
    import subprocess
    import sys

    code = (
        "import sys, app.report.kinds\n"
        "print([name for name in ('PySide6', 'typst') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
