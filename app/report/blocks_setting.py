"""Blocks as the templates know them: every text made printable, every drawing made."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from app.report.blocks import (
    Block,
    Bullets,
    Callout,
    Differences,
    DifferenceSigns,
    DrawnDifference,
    DrawnWindow,
    Facts,
    Grid,
    Heading,
    Maps,
    Plots,
    SignHere,
    Signs,
    Windows,
    Words,
)
from app.report.characters import Printable
from app.report.drawings import Drawing
from app.report.legend import LegendEntry
from app.report.papers import GUTTER_MM, Paper, line_mm
from app.review.comparison import WORDS

ZONE_WORDS = "No-needle zone of this patient"
PLOT_GAP_MM = 8.0
_KINDS: dict[type, str] = {
    Heading: "heading",
    Words: "words",
    Bullets: "bullets",
    Callout: "callout",
    Facts: "facts",
    Grid: "grid",
    Maps: "maps",
    Windows: "windows",
    Differences: "windows",
    DifferenceSigns: "signs",
    Signs: "signs",
    Plots: "plots",
    SignHere: "sign_here",
}


def blocks_data(
    blocks: tuple[Block, ...], paper: Paper, printable: Printable
) -> list[dict[str, Any]]:
    """The blocks as the template knows them, every text made printable."""
    return [{"kind": _KINDS[type(each)], **_data(each, paper, printable)} for each in blocks]


def _data(block: Block, paper: Paper, printable: Printable) -> dict[str, Any]:
    special = _SPECIAL.get(type(block))
    words = printable.everything(special(block, paper) if special else asdict(block))
    assert isinstance(words, dict)
    return words


def _maps(block: Maps, paper: Paper) -> dict[str, Any]:
    from app.report.pictures import PRINTED, body_svg, marks_svg, printed_height

    gutters = GUTTER_MM * (len(block.maps) - 1)
    views = [each.view for each in block.maps]
    height = printed_height(views, line_mm(paper) - gutters, block.highest_mm)
    return {
        "maps": [
            {
                "title": each.title,
                "caption": each.caption,
                "alt": each.alt,
                "body": Drawing(body_svg(each.view.images[PRINTED])),
                "marks": Drawing(marks_svg(each.view, each.placed, height)),
                "width_mm": height * each.view.width / each.view.height,
                "height_mm": height,
            }
            for each in block.maps
        ]
    }


def _windows(block: Windows, _paper: Paper) -> dict[str, Any]:
    from app.report.pictures import close_up_svg

    def window(each: DrawnWindow) -> dict[str, Any]:
        picture = close_up_svg(each.view, each.window, each.zones, block.edge_mm)
        return _captioned(each, picture)

    return {"edge_mm": block.edge_mm, "windows": [window(each) for each in block.windows]}


def _captioned(each: DrawnWindow | DrawnDifference, picture: str) -> dict[str, Any]:
    words = {"title": each.title, "caption": each.caption, "alt": each.alt}
    return words | {"picture": Drawing(picture)}


def _differences(block: Differences, _paper: Paper) -> dict[str, Any]:
    from app.report.pictures import difference_svg

    def window(each: DrawnDifference) -> dict[str, Any]:
        picture = difference_svg(each.view, each.window, each.spots, block.edge_mm)
        return _captioned(each, picture)

    return {"edge_mm": block.edge_mm, "windows": [window(each) for each in block.windows]}


def _difference_signs(_block: DifferenceSigns, _paper: Paper) -> dict[str, Any]:
    from app.report.pictures import standing_svg
    from app.review.standing_signs import SIGNS

    signs = [
        {"words": words[:1].upper() + words[1:], "sign": Drawing(standing_svg(SIGNS[standing]))}
        for standing, words in WORDS.items()
    ]
    return {"signs": signs}


def _plots(block: Plots, paper: Paper) -> dict[str, Any]:
    return {
        "plots": [asdict(each) | {"svg": Drawing(each.svg)} for each in block.plots],
        "plot_mm": (line_mm(paper) - PLOT_GAP_MM) / 2,
    }


def _signs(block: Signs, _paper: Paper) -> dict[str, Any]:
    return {"signs": legend_data(block.entries, zones=block.zones)}


_SPECIAL: dict[type, Callable[[Any, Paper], dict[str, Any]]] = {
    Maps: _maps,
    Windows: _windows,
    Differences: _differences,
    DifferenceSigns: _difference_signs,
    Plots: _plots,
    Signs: _signs,
}


def legend_data(entries: Sequence[LegendEntry], *, zones: bool) -> list[dict[str, Any]]:
    """The signs with their words, and that of the patient's own ``zones`` where they are shown."""
    from app.report.pictures import sign_svg, zone_sign_svg

    signs = [(each.words, sign_svg(each.details, each.shape)) for each in entries]
    if zones:
        signs.append((ZONE_WORDS, zone_sign_svg()))
    return [{"words": words, "sign": Drawing(svg)} for words, svg in signs]
