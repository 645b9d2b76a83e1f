"""What a report says, without Qt, Typst or files."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.anatomy import Side
from app.domain.marks import (
    Activity,
    Details,
    Mark,
    MarkKind,
    Shape,
    Soreness,
    TautBand,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.records import SessionStatus
from app.painting.placing import PlacedMark
from app.report.closeups import CloseUp
from app.report.model import LONGEST_CELL_NOTE, SeenView, SessionReport, session_report
from tests.report import builders
from tests.report.builders import AREAS, NOW, POINTS, plain_mark

VIEWS = (("anterior", "Anterior"), ("posterior", "Posterior"))


def report(
    marks: Sequence[Mark] = (), seen: Sequence[Sequence[Mark]] = ((), ()), **fields: Any
) -> SessionReport:
    whom, who = builders.patient(), builders.practitioner()
    views = [
        SeenView(name, title, tuple(PlacedMark(mark, 0.0, 0.0) for mark in there))
        for (name, title), there in zip(VIEWS, seen, strict=True)
    ]
    session = builders.session(whom, who, **fields)
    return session_report(whom, who, None, session, marks, views, NOW)


def test_what_was_not_recorded_is_not_made_up() -> None:
    whom, who = builders.patient(birth_date=None, warnings=()), None
    held = builders.session(whom, builders.practitioner())
    made = session_report(whom, who, None, held, [], [], NOW)
    assert (made.pain_before, made.pain_after) == ("not recorded", "not recorded")
    assert made.problem == made.practitioner == made.patient.birth_date == "not recorded"
    assert made.notes == made.legend == made.rows == made.problem_lines == ()
    assert made.summary == "no marks"


def test_no_pain_is_an_answer() -> None:
    made = report(pain_before=3, pain_after=0)
    assert (made.pain_before, made.pain_after) == ("3", "0")


def test_the_problem_has_a_side_and_an_onset_where_they_are_known() -> None:
    whom, who = builders.patient(), builders.practitioner()
    told = builders.problem(whom, side=Side.LEFT, onset=date(2024, 8, 1), goals="Sleep.")
    made = session_report(whom, who, told, builders.session(whom, who), [], [], NOW)
    assert made.problem_lines == ("Left side", "Since 1 August 2024")
    assert [(note.heading, note.text) for note in made.notes] == [("Goals of treatment", "Sleep.")]
    midline = replace(told, side=Side.MIDLINE, onset=None)
    made = session_report(whom, who, midline, builders.session(whom, who), [], [], NOW)
    assert made.problem_lines == ("Midline",)


def test_a_practitioner_is_named_with_what_is_known() -> None:
    whom = builders.patient()
    who = builders.practitioner(licence_number="12", credential="Dry needling")
    made = session_report(whom, who, None, builders.session(whom, who), [], [], NOW)
    assert made.practitioner_lines == ("Physiotherapist", "Licence 12", "Dry needling")


def test_the_status_is_said_in_words() -> None:
    said = {status: report(status=status) for status in SessionStatus}
    assert said[SessionStatus.DRAFT].status == "Draft, not signed"
    assert said[SessionStatus.DRAFT].is_draft
    assert said[SessionStatus.SIGNED].status == "Signed"
    assert said[SessionStatus.AMENDED].status == "Signed, amended later"
    assert not said[SessionStatus.SIGNED].is_draft


def test_the_alternative_text_says_what_is_seen_there() -> None:
    seen = [
        *(plain_mark(n, TriggerPoint(), side=Side.RIGHT) for n in (1, 2, 3, 4)),
        plain_mark(5, TwitchResponse(count=2), side=Side.RIGHT),
        plain_mark(6, TwitchResponse(), side=Side.LEFT),
        plain_mark(7, TwitchResponse(), side=Side.MIDLINE),
    ]
    made = report(seen, [[], seen])
    assert [picture.alt for picture in made.pictures] == [
        "Anterior view: no marks",
        "Posterior view: 4 trigger points, 3 twitch responses; "
        "right side 5, left side 1, midline 1",
    ]
    assert [picture.caption for picture in made.pictures] == ["no marks", "7 marks"]


def test_a_mark_that_no_picture_shows_is_named() -> None:
    shown, hidden = plain_mark(1), plain_mark(2)
    made = report([shown, hidden], [[shown], []])
    assert made.unseen == "Not shown on the pictures: mark 2."
    assert [row.number for row in made.rows] == ["1", "2"]
    assert report([shown], [[shown], []]).unseen == ""


def test_a_close_up_says_which_marks_it_shows() -> None:
    marks = [plain_mark(1), plain_mark(2, TwitchResponse(count=1))]
    placed = tuple(PlacedMark(mark, 0.0, 0.0) for mark in reversed(marks))
    window = CloseUp("posterior", "Posterior", 1.0, 2.0, 3.0, placed)
    whom, who = builders.patient(), builders.practitioner()
    held = builders.session(whom, who)
    made = session_report(whom, who, None, held, marks, [], NOW, [window])
    (words,) = made.close_ups
    assert words.caption == "marks 1 and 2"
    assert words.alt == (
        "Close-up of the posterior view, marks 1 and 2: "
        "1 trigger point, 1 twitch response; right side 2"
    )


def test_a_mark_that_only_a_close_up_shows_is_told_as_shown_there() -> None:
    mark = plain_mark(1, placed_in="foot_left_plantar")
    window = CloseUp(
        "foot_left_plantar", "Left foot, plantar", 1.0, 2.0, 3.0,
        (PlacedMark(mark, 0.0, 0.0),), of_whole=False,
    )  # fmt: skip
    whom, who = builders.patient(), builders.practitioner()
    held = builders.session(whom, who)
    titles = {"foot_left_plantar": "Left foot, plantar"}
    made = session_report(whom, who, None, held, [mark], [], NOW, [window], titles)
    assert made.unseen == ""
    assert made.rows[0].view == "Left foot, plantar"
    (words,) = made.close_ups
    assert words.alt.startswith("Close-up of the left foot, plantar, mark 1: ")


def test_the_legend_holds_each_sign_once_and_only_those_that_occur() -> None:
    marks = [
        plain_mark(1, TwitchResponse(response=Twitch.ABSENT)),
        plain_mark(2, TriggerPoint(activity=Activity.LATENT, tenderness=4)),
        plain_mark(3, TriggerPoint(activity=Activity.LATENT)),
        plain_mark(4, TwitchResponse(count=12)),
        plain_mark(5, Soreness(intensity=3), shape=Shape.AREA),
    ]
    assert [entry.words for entry in report(marks).legend] == [
        "Trigger point, latent",
        "Twitch response, with its count",
        "Twitch response absent",
        "Sore area",
    ]


def test_every_sign_has_its_entry() -> None:
    marks = [plain_mark(n, details) for n, details in enumerate(POINTS, 1)]
    marks += [plain_mark(n, details, shape=Shape.AREA) for n, details in enumerate(AREAS, 50)]
    marks.append(plain_mark(99, TautBand(), shape=Shape.LINE))
    legend = report(marks).legend
    assert len(legend) == len(marks)
    assert len({entry.words for entry in legend}) == len(marks)
    assert {entry.details.kind for entry in legend} == set(MarkKind)


def test_a_row_says_what_is_recorded_of_a_mark() -> None:
    point = plain_mark(1, TriggerPoint(activity=Activity.ACTIVE, tenderness=3), muscle="trapezius")
    twitch = plain_mark(
        2, TwitchResponse(count=4), side=Side.MIDLINE, parent_id=point.id, note=" Strong. "
    )
    first, second = report([twitch, point]).rows
    assert (first.number, first.kind, first.muscle, first.side, first.view) == (
        "1", "Trigger point", "trapezius", "Right", "Posterior view",
    )  # fmt: skip
    assert (first.recorded, first.note) == ("Active, tenderness III", "–")
    assert (second.recorded, second.note) == ("At mark 1, 4 twitches", "Strong.")
    assert (second.side, second.muscle) == ("Midline", "–")


def test_a_view_that_the_atlas_does_not_know_keeps_its_name() -> None:
    (row,) = report([plain_mark(placed_in="sole")]).rows
    assert row.view == "Sole view"


def test_a_note_too_long_for_its_row_is_printed_in_full_below() -> None:
    long = "word " * LONGEST_CELL_NOTE
    made = report([plain_mark(7, note=long)], note="Good.")
    assert made.rows[0].note == "See the notes below."
    assert [(note.heading, note.text) for note in made.notes] == [
        ("Session", "Good."),
        ("Mark 7", long),
    ]


_details: st.SearchStrategy[Details] = st.sampled_from(POINTS)
_marks = st.lists(st.tuples(_details, st.sampled_from(list(Side))), max_size=40)


@given(_marks)
def test_counts_in_the_alternative_text_sum_to_the_marks_seen(
    drawn: list[tuple[Details, Side]],
) -> None:
    seen = [plain_mark(n, details, side=side) for n, (details, side) in enumerate(drawn, 1)]
    alt = report(seen, [[], seen]).pictures[1].alt
    if not seen:
        assert alt == "Posterior view: no marks"
        return
    kinds, sides = alt.removeprefix("Posterior view: ").split("; ")
    assert sum(int(n) for n in re.findall(r"\d+", kinds)) == len(seen)
    assert sum(int(n) for n in re.findall(r"\d+", sides)) == len(seen)


@given(_marks)
def test_every_mark_has_one_row_and_its_sign_one_entry(drawn: list[tuple[Details, Side]]) -> None:
    marks = [plain_mark(n, details, side=side) for n, (details, side) in enumerate(drawn, 1)]
    made = report(marks[::-1], [[], marks])
    assert [int(row.number) for row in made.rows] == [mark.number for mark in marks]
    assert {entry.details.kind for entry in made.legend} == {mark.kind for mark in marks}
