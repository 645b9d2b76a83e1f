"""From report models to the bytes of one PDF, with Typst and the house style.

The file is PDF/A-2a (kept for decades) and PDF/UA-1 (read aloud) at once. Words reach the
template as JSON and are shown as strings; nothing is ever joined into Typst's own language.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import local
from typing import Any

from app.body.atlas import Atlas
from app.body.view import View
from app.domain.errors import ExportError
from app.domain.letterhead import NO_LETTERHEAD, Letterhead
from app.domain.seals import carried
from app.painting.fonts import load_fonts
from app.paths import FONTS, PROGRAM_FOLDER
from app.report.blocks import Block
from app.report.blocks_setting import blocks_data, legend_data
from app.report.characters import Printable, unprintable_line
from app.report.closeups import EDGE_MM
from app.report.coverage import Coverage
from app.report.drawings import Drawing, inputs_of
from app.report.gui import ensure_gui
from app.report.letterhead import logo_is_long, logo_svg
from app.report.model import NOTHING, CloseUpWords, SessionReport
from app.report.own_pictures import (
    OWN_PICTURE_WORDS,
    own_pictures_data,
    own_svgs,
)
from app.report.papers import GUTTER_MM, MARGIN_MM, PICTURES_MM, Paper, line_mm
from app.report.record import record_overview
from app.report.wording import NOT_RECORDED
from app.report.zones import ZONES

_TEMPLATES = PROGRAM_FOLDER / "assets" / "report"
TEMPLATE = _TEMPLATES / "session.typ"
DOCUMENT = _TEMPLATES / "document.typ"
STANDARDS = ["a-2a", "ua-1"]

_LABEL_WORDS = (
    "Beside each sign: the number of the mark in the table, and the patient’s side "
    "(R right, L left, M midline)."
)
_CLOSE_UP_WORDS = (
    "What the whole body has no room for: signs that would cover each other there, or stand "
    "beside their spots at the end of a thin line; and skin that is out of sight there."
)


def render(
    reports: Sequence[SessionReport],
    atlas: Atlas,
    paper: Paper = "a4",
    picture_bytes: Callable[[str], bytes | None] = lambda _sha256: None,
    letterhead: Letterhead = NO_LETTERHEAD,
) -> bytes:
    """The PDF of ``reports``, one after the other: the same bytes for the same reports.

    Raises ExportError where there is nothing to print or Typst refuses, OSError where a file
    of the program is missing.
    """
    return compiled(prepared(reports, atlas, paper, picture_bytes, letterhead=letterhead))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report with all its pictures painted: what a template makes a PDF of, in any thread."""

    template: Path
    inputs: dict[str, str]
    """Words and drawings: see app.report.drawings."""
    made_at: datetime


def prepared(
    reports: Sequence[SessionReport],
    atlas: Atlas,
    paper: Paper = "a4",
    picture_bytes: Callable[[str], bytes | None] = lambda _sha256: None,
    record_blocks: tuple[Block, ...] | None = None,
    letterhead: Letterhead = NO_LETTERHEAD,
) -> Prepared:
    """As ``render``, up to the typesetting. Raises as that does.

    A list of the sessions opens it where there is more than one, or where ``record_blocks``, which
    follow that list, are given.
    """
    if not reports:
        raise ExportError("There is no session to print. Chart one first.")
    get_ready()
    data = report_data(reports, atlas, paper, picture_bytes, record_blocks, letterhead)
    return Prepared(TEMPLATE, inputs_of(data), reports[-1].made_at)


def get_ready() -> None:
    """Before anything is painted: Qt's application object, and the shipped fonts."""
    ensure_gui()
    load_fonts()


def compiled(report: Prepared) -> bytes:
    """The PDF of a prepared report. Python is let go meanwhile: another thread can paint.

    Raises ExportError where Typst refuses, OSError where the template is missing.
    """
    import typst

    try:
        made = compiler().compile(
            input=report.template.read_bytes(),
            format="pdf",
            sys_inputs=report.inputs,
            pdf_standards=STANDARDS,
            timestamp=round(report.made_at.timestamp()),
        )
    except typst.TypstError as error:
        raise ExportError(
            f"The report could not be set: {error.message}. Report this as a fault."
        ) from error
    assert isinstance(made, bytes)
    return made


def report_data(
    reports: Sequence[SessionReport],
    atlas: Atlas,
    paper: Paper,
    picture_bytes: Callable[[str], bytes | None],
    record_blocks: tuple[Block, ...] | None = None,
    letterhead: Letterhead = NO_LETTERHEAD,
) -> dict[str, Any]:
    """Everything that the template is given."""
    own = own_svgs(reports, picture_bytes)
    covers = Coverage()
    name = Printable(covers).text(reports[-1].patient.name)
    whole = len(reports) > 1 or record_blocks is not None
    first = Printable(covers)  # it counts what of the letterhead cannot be printed, too
    head = letterhead_data(letterhead, first)
    opening = {"record": _record_data(reports, first, paper, record_blocks or ())} if whole else {}
    house = house_data(
        paper,
        f"Dry needling record: {name}" if whole else f"{reports[0].title}: {name}",
        "Charts of dry needling with pictures of the body and tables of marks",
        [each.practitioner for each in reports],
        carried([each.seal for each in reports if each.seal is not None]),
        head,
    )
    return (
        opening
        | house
        | {
            "nothing": NOTHING,
            "label_words": _LABEL_WORDS,
            "close_up_words": _CLOSE_UP_WORDS,
            "close_up_mm": EDGE_MM,
            "own_picture_words": OWN_PICTURE_WORDS,
            "sessions": [
                _session_data(each, atlas, paper, Printable(covers) if whole else first, own)
                for each in reports
            ],
        }
    )


def house_data(
    paper: Paper,
    title: str,
    description: str,
    authors: Iterable[str],
    seals: Sequence[str],
    letterhead: dict[str, Any],
) -> dict[str, Any]:
    """What the house style needs for every report; ``title`` is the file's own."""
    from app.report.pictures import OVERHANG_MM, sign_mm

    return {
        "paper": paper,
        "margin_mm": MARGIN_MM,
        "gutter_mm": GUTTER_MM,
        "file_title": title,
        "description": description,
        "authors": [name for name in dict.fromkeys(authors) if name != NOT_RECORDED],
        "keywords": list(seals),
        "letterhead": letterhead,
        "not_recorded": NOT_RECORDED,
        "zones": ZONES,
        "sign_mm": sign_mm(),
        "overhang_mm": OVERHANG_MM,
    }


def _record_data(
    reports: Sequence[SessionReport], printable: Printable, paper: Paper, blocks: tuple[Block, ...]
) -> dict[str, Any]:
    words = printable.everything(asdict(record_overview(reports)))
    assert isinstance(words, dict)
    told = blocks_data(blocks, paper, printable)
    return words | {"blocks": told, "unprintable": unprintable_line(printable.replaced)}


def letterhead_data(letterhead: Letterhead, printable: Printable) -> dict[str, Any]:
    """What the template is told of the letterhead; its logo as SVG."""
    name = printable.text(letterhead.name)
    return {
        "name": name,
        "lines": [printable.text(line) for line in letterhead.lines],
        "foot": printable.text(letterhead.foot),
        "logo": Drawing(logo_svg(letterhead)) if letterhead.logo else "",
        "logo_is_long": logo_is_long(letterhead),
        "logo_alt": f"Logo of {name}" if name else "Logo of the practice",
    }


def _session_data(
    report: SessionReport,
    atlas: Atlas,
    paper: Paper,
    printable: Printable,
    own: Mapping[str, Drawing],
) -> dict[str, Any]:
    own_pictures = own_pictures_data(report, paper, own, printable)
    words = printable.everything(
        {
            "title": report.title,
            "patient": asdict(report.patient),
            "practitioner": report.practitioner,
            "practitioner_lines": report.practitioner_lines,
            "date": report.date,
            "weekday": report.weekday,
            "times": report.times,
            "status": report.status,
            "problem": report.problem,
            "problem_lines": report.problem_lines,
            "pain_before": report.pain_before,
            "pain_after": report.pain_after,
            "summary_sentence": _sentence(report.summary),
            "unseen": report.unseen,
            "rows": [asdict(row) for row in report.rows],
            "papers": [asdict(table) for table in report.papers],
            "notes": [asdict(note) for note in report.notes],
            "note": [part._asdict() for part in report.note.parts],
            "note_remark": report.note.remark,
            "signed": asdict(report.signed),
            "printed": report.printed,
        }
    )
    assert isinstance(words, dict)
    return words | {
        "is_draft": report.is_draft,
        "pictures": _pictures(report, atlas, paper),
        "close_ups": _close_ups(report, atlas),
        "own_pictures": own_pictures,
        "legend": legend_data(report.legend, zones=report.shows_zones),
        "unprintable": unprintable_line(printable.replaced),
    }


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _pictures(report: SessionReport, atlas: Atlas, paper: Paper) -> list[dict[str, Any]]:
    from app.report.pictures import PRINTED, body_svg, marks_svg, printed_height

    views = atlas.views(report.body)
    gutters = GUTTER_MM * (len(views) - 1)
    height = printed_height(views, line_mm(paper) - gutters, PICTURES_MM[paper])
    said = {words.view: words for words in report.pictures}

    def picture(view: View) -> dict[str, Any]:
        words = said[view.name]
        return {
            "title": words.title,
            "caption": words.caption,
            "alt": words.alt,
            "body": Drawing(body_svg(view.images[PRINTED])),
            "marks": Drawing(marks_svg(view, words.placed, height, words.zones)),
            "width_mm": height * view.width / view.height,
            "height_mm": height,
        }

    return [picture(view) for view in views]


def _close_ups(report: SessionReport, atlas: Atlas) -> list[dict[str, Any]]:
    from app.report.pictures import close_up_svg

    def close_up(words: CloseUpWords) -> dict[str, Any]:
        view = atlas.view(report.body, words.window.view)
        picture = close_up_svg(view, words.window, words.zones)
        return {
            "title": words.window.title,
            "caption": words.caption,
            "alt": words.alt,
            "picture": Drawing(picture),
        }

    return [close_up(words) for words in report.close_ups]


_of_thread = local()


def compiler() -> Any:
    """This thread's own Typst: one cannot set two files at once."""
    import typst

    if not hasattr(_of_thread, "compiler"):
        _of_thread.compiler = typst.Compiler(root=str(_TEMPLATES), font_paths=_fonts())
    return _of_thread.compiler


@cache
def _fonts() -> Any:
    """The shipped fonts alone, so that a file looks the same from every computer."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
