"""What can be read in a finished PDF: by searching, by selecting, by a screen reader."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from app.body.atlas import Atlas
from app.domain.anatomy import Body, Side
from app.domain.marks import Mark, TriggerPoint
from app.domain.records import SessionStatus
from app.domain.words import kind_title
from app.report.model import SessionReport
from app.report.pdf import render
from app.report.record import record_overview
from tests.report import reading
from tests.report.builders import (
    INJECTIONS,
    every_kind,
    patient,
    plain_mark,
    point,
    practitioner,
    scattered,
)

SESSION = plain_mark().session_id
Report = Callable[..., SessionReport]


def rows_of(marks: list[Mark]) -> list[tuple[str, str, str]]:
    return [(str(m.number), kind_title(m.kind), m.side.value.capitalize()) for m in marks]


def test_every_mark_stands_once_in_the_table(atlas: Atlas, reported: Report) -> None:
    for marks in (every_kind(atlas, SESSION), scattered(atlas, 60, SESSION)):
        assert reading.table_rows(render([reported(marks)], atlas)) == rows_of(marks)


def test_numbers_and_sides_beside_the_signs_are_text(atlas: Atlas, reported: Report) -> None:
    mark = point(atlas, 77, TriggerPoint(), "posterior", 600, 900)
    assert mark.side is Side.RIGHT
    (page,) = reading.pages(render([reported([mark])], atlas))
    spots = atlas.spots(mark.anchor, Body.FEMALE).values()
    assert page.count("77 R") == sum(spot.visible for spot in spots) >= 1


def test_every_page_says_whose_it_is(atlas: Atlas, reported: Report) -> None:
    made = render([reported(scattered(atlas, 60, SESSION))], atlas, "us-letter")
    pages = reading.pages(made)
    assert len(pages) >= 3
    for number, text in enumerate(pages, start=1):
        assert text.startswith("Hanna Grünwald · born 4 March 1981 · No. DEMO-0004")
        assert "12 November 2024 · Léa Brönnimann" in text
        assert "Draft, not signed" in text
        assert text.endswith(f"Page {number} of {len(pages)}")


def test_a_signed_session_is_not_called_a_draft(atlas: Atlas, reported: Report) -> None:
    made = render([reported([], status=SessionStatus.SIGNED)], atlas)
    assert not any("Draft" in text for text in reading.pages(made))
    assert all("Signed" in text for text in reading.pages(made))


def test_the_header_of_the_table_is_repeated(atlas: Atlas, reported: Report) -> None:
    pages = reading.pages(render([reported(scattered(atlas, 60, SESSION))], atlas))
    with_rows = [text for text in pages if " view" in text]
    assert len(with_rows) > 1
    assert all("No. Kind Muscle Side Placed in Recorded Note" in text for text in with_rows)


def test_nothing_that_was_typed_acts_as_a_language(atlas: Atlas, reported: Report) -> None:
    marks = [plain_mark(n, note=note) for n, note in enumerate(INJECTIONS, 1)]
    whom = patient(family_name='#panic("name")', warnings=("*not bold*", "$w$"))
    made = render([reported(marks, whom, note="\n".join(INJECTIONS))], atlas)
    text = reading.squeezed("".join(reading.pages(made)))
    for each in INJECTIONS:
        assert text.count(reading.squeezed(each)) >= 2, each
    for each in ('#panic("name")', "*notbold*", "$w$"):
        assert each in text


def test_long_notes_are_printed_whole(atlas: Atlas, reported: Report) -> None:
    sentences = [f"Sentence {n} of a long note." for n in range(700)]
    note = " ".join(sentences)[:20_000]
    mark_note = " ".join(f"Word{n}" for n in range(2_000))
    made = render([reported([plain_mark(1, note=mark_note)], note=note)], atlas)
    text = reading.squeezed("".join(_bodies(reading.pages(made))))
    assert reading.squeezed(note) in text
    assert reading.squeezed(mark_note) in text


def _bodies(pages: list[str]) -> list[str]:
    """Pages without what stands at their head and, in two lines, at their foot."""
    return ["".join(text.split("\n")[1:-2]) for text in pages]


def test_what_cannot_be_printed_is_counted(atlas: Atlas, reported: Report) -> None:
    made = render([reported([plain_mark(1, note="Very 😀 good")], note="中文!")], atlas)
    text = "".join(reading.pages(made))
    assert "Very □ good" in text
    assert "□□!" in text
    # the note of the mark stands in the table and in what the marks say
    assert "4 characters could not be printed (□); the record holds them." in text


def test_alternative_texts_are_those_of_the_model(atlas: Atlas, reported: Report) -> None:
    report = reported(scattered(atlas, 40, SESSION))
    assert report.close_ups
    expected = [each.alt for each in (*report.pictures, *report.close_ups)]
    assert reading.alternative_texts(render([report], atlas)) == expected


def test_headings_and_header_cells_are_tagged(atlas: Atlas, reported: Report) -> None:
    made = render([reported(every_kind(atlas, SESSION), note="Good.")], atlas)
    tags = [str(each["/S"]) for each in reading.elements(made)]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") >= 2
    assert tags.count("/TH") == 7
    assert tags.count("/TR") == 1 + 15
    assert "/Lbl" not in tags


def test_title_author_and_language(atlas: Atlas, reported: Report) -> None:
    reader = PdfReader(io.BytesIO(render([reported([])], atlas)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Dry needling session, 12 November 2024: Hanna Grünwald"
    assert reader.metadata.author == "Léa Brönnimann"
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize("count", [1, 3])
def test_fonts_are_embedded_and_only_those_shipped(
    atlas: Atlas, reported: Report, count: int
) -> None:
    made = render([reported(every_kind(atlas, SESSION)) for _ in range(count)], atlas)
    names = set()
    for page in PdfReader(io.BytesIO(made)).pages:
        for font in _fonts(page["/Resources"]):
            names.add(str(font["/BaseFont"]).split("+")[1].split("-Identity")[0])
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert descriptor.keys() & {"/FontFile", "/FontFile2", "/FontFile3"}
    assert names == {"Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold"}


def _fonts(resources: Any) -> list[Any]:
    resources = resources.get_object()
    found = [font.get_object() for font in resources.get("/Font", {}).values()]
    for form in resources.get("/XObject", {}).values():
        if "/Resources" in form.get_object():
            found += _fonts(form.get_object()["/Resources"])
    return found


def test_a_record_opens_with_its_sessions_and_one_outline(atlas: Atlas, reported: Report) -> None:
    reports = [
        reported(every_kind(atlas, SESSION), pain_before=6, pain_after=3),
        reported([], status=SessionStatus.SIGNED),
    ]
    made = render(reports, atlas)
    first, *rest = reading.pages(made)
    assert "Dry needling record" in first
    assert "2 sessions, 15 marks" in first
    assert "6 → 3" in first
    assert "Not recorded" in first
    assert "1 session of 2 not signed" in first
    assert first.endswith(f"Page 1 of {1 + len(rest)}")
    tops = [
        each["/Title"] for each in PdfReader(io.BytesIO(made)).outline if isinstance(each, dict)
    ]
    assert tops == ["Dry needling record", *["Dry needling session, 12 November 2024"] * 2]


def test_a_body_is_held_once_however_many_sessions_show_it(atlas: Atlas, reported: Report) -> None:
    one, ten = (len(render([reported([])] * count, atlas)) for count in (1, 10))
    assert ten < one * 2


def test_authors_are_named_once(atlas: Atlas, reported: Report) -> None:
    reports = [reported([]), reported([])]
    reader = PdfReader(io.BytesIO(render(reports, atlas)))
    assert reader.metadata is not None
    assert reader.metadata.author == practitioner().name


def test_a_record_says_whether_all_of_it_is_signed(atlas: Atlas, reported: Report) -> None:
    signed, draft = reported([], status=SessionStatus.SIGNED), reported([])
    assert record_overview([signed, signed]).status == "All sessions signed"
    assert record_overview([draft, draft]).status == "Draft, not signed"
    assert record_overview([draft, signed]).status == "1 session of 2 not signed"
