"""From report models to the bytes of one PDF, with Typst and the house style.

The file is PDF/A-2a (kept for decades) and PDF/UA-1 (read aloud) at once. Values reach the
template as JSON and are shown as strings; nothing is ever joined into Typst's own language.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from app.body.atlas import Atlas
from app.body.view import View
from app.domain.errors import ExportError
from app.painting.fonts import load_fonts
from app.paths import FONTS, PROGRAM_FOLDER
from app.report.characters import Printable, unprintable_line
from app.report.closeups import EDGE_MM
from app.report.coverage import Coverage
from app.report.gui import ensure_gui
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

TEMPLATE = PROGRAM_FOLDER / "assets" / "report" / "session.typ"
STANDARDS = ["a-2a", "ua-1"]

ZONE_WORDS = "No-needle zone of this patient"
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
) -> bytes:
    """The PDF of ``reports``, one after the other: the same bytes for the same reports.

    Raises ExportError where there is nothing to print or Typst refuses, OSError where a file
    of the program is missing.
    """
    if not reports:
        raise ExportError("There is no session to print. Chart one first.")
    ensure_gui()
    load_fonts()
    import typst

    try:
        made = _compiler().compile(
            input=TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(report_data(reports, atlas, paper, picture_bytes))},
            pdf_standards=STANDARDS,
            timestamp=round(reports[-1].made_at.timestamp()),
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
) -> dict[str, Any]:
    """Everything that the template is given."""
    from app.report.pictures import OVERHANG_MM, PRINTED, body_svg, sign_mm

    views = [view for each in reports for view in atlas.views(each.body)]
    images = {view.images[PRINTED].name: view.images[PRINTED] for view in views}
    own = own_svgs(reports, picture_bytes)
    covers = Coverage()
    name = Printable(covers).text(reports[-1].patient.name)
    whole = len(reports) > 1
    opening = {"record": _record_data(reports, covers)} if whole else {}
    return opening | {
        "paper": paper,
        "margin_mm": MARGIN_MM,
        "gutter_mm": GUTTER_MM,
        "title": f"Dry needling record: {name}" if whole else f"{reports[0].title}: {name}",
        "description": "Charts of dry needling with pictures of the body and tables of marks",
        "authors": _authors(each.practitioner for each in reports),
        "keywords": [each.seal.words for each in reports if each.seal is not None],
        "not_recorded": NOT_RECORDED,
        "nothing": NOTHING,
        "label_words": _LABEL_WORDS,
        "close_up_words": _CLOSE_UP_WORDS,
        "zones": ZONES,
        "sign_mm": sign_mm(),
        "overhang_mm": OVERHANG_MM,
        "close_up_mm": EDGE_MM,
        "bodies": {name: body_svg(image) for name, image in images.items()} | own,
        "own_picture_words": OWN_PICTURE_WORDS,
        "sessions": [_session_data(each, atlas, paper, covers, own) for each in reports],
    }


def _authors(names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name != NOT_RECORDED]


def _record_data(reports: Sequence[SessionReport], covers: Coverage) -> dict[str, Any]:
    overview = record_overview(reports)
    words = Printable(covers).everything(asdict(overview))
    assert isinstance(words, dict)
    return words


def _session_data(
    report: SessionReport, atlas: Atlas, paper: Paper, covers: Coverage, own: Collection[str]
) -> dict[str, Any]:
    printable = Printable(covers)
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
        "legend": _legend(report),
        "unprintable": unprintable_line(printable.replaced),
    }


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _pictures(report: SessionReport, atlas: Atlas, paper: Paper) -> list[dict[str, Any]]:
    from app.report.pictures import PRINTED, marks_svg, printed_height

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
            "body": view.images[PRINTED].name,
            "marks": marks_svg(view, words.placed, height, words.zones),
            "width_mm": height * view.width / view.height,
            "height_mm": height,
        }

    return [picture(view) for view in views]


def _close_ups(report: SessionReport, atlas: Atlas) -> list[dict[str, str]]:
    from app.report.pictures import close_up_svg

    def close_up(words: CloseUpWords) -> dict[str, str]:
        view = atlas.view(report.body, words.window.view)
        picture = close_up_svg(view, words.window, words.zones)
        return {
            "title": words.window.title,
            "caption": words.caption,
            "alt": words.alt,
            "picture": picture,
        }

    return [close_up(words) for words in report.close_ups]


def _legend(report: SessionReport) -> list[dict[str, str]]:
    from app.report.pictures import sign_svg, zone_sign_svg

    signs = [
        {"words": each.words, "sign": sign_svg(each.details, each.shape)} for each in report.legend
    ]
    if report.shows_zones:
        signs.append({"words": ZONE_WORDS, "sign": zone_sign_svg()})
    return signs


@cache
def _compiler() -> Any:
    """Typst with the shipped fonts alone, so that a file looks the same from every computer."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(root=str(TEMPLATE.parent), font_paths=fonts)
