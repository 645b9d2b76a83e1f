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
from app.report.legend import LegendEntry
from app.report.papers import GUTTER_MM, Paper, line_mm
from app.review.comparison import WORDS

ZONE_WORDS = "No-needle zone of this patient"
PLOT_GAP_MM = 8.0
_DRAWN = ("plots", "maps", "windows", "signs")
"""What lists of drawings are called."""
_UNTYPED = ("svg", "marks", "sign", "picture", "body")
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
    found = special(block, paper) if special else asdict(block)
    svgs = _without_svgs(found)
    words = printable.everything(found)
    assert isinstance(words, dict)
    return _with_svgs(words, svgs)


def _without_svgs(found: dict[str, Any]) -> list[dict[str, str]]:
    """Drawings, and what they are called, are no texts that a person typed: they go round the
    check of characters, which would put marks at which long words may be broken into them.
    """
    return [
        {
            name: each.pop(name)
            for name in ("svg", "marks", "sign", "picture", "body")
            if name in each
        }
        for name in _DRAWN
        for each in found.get(name, ())
    ]


def _with_svgs(words: dict[str, Any], svgs: list[dict[str, str]]) -> dict[str, Any]:
    drawn = [each for name in _DRAWN for each in words.get(name, ())]
    for each, taken in zip(drawn, svgs, strict=True):
        each.update(taken)
    return words


def _maps(block: Maps, paper: Paper) -> dict[str, Any]:
    from app.report.pictures import PRINTED, marks_svg, printed_height

    gutters = GUTTER_MM * (len(block.maps) - 1)
    views = [each.view for each in block.maps]
    height = printed_height(views, line_mm(paper) - gutters, block.highest_mm)
    return {
        "maps": [
            {
                "title": each.title,
                "caption": each.caption,
                "alt": each.alt,
                "body": each.view.images[PRINTED].name,
                "marks": marks_svg(each.view, each.placed, height),
                "width_mm": height * each.view.width / each.view.height,
                "height_mm": height,
            }
            for each in block.maps
        ]
    }


def _windows(block: Windows, _paper: Paper) -> dict[str, Any]:
    from app.report.pictures import close_up_svg

    return {
        "edge_mm": block.edge_mm,
        "windows": [
            {
                "title": each.title,
                "caption": each.caption,
                "alt": each.alt,
                "picture": close_up_svg(each.view, each.window, each.zones, block.edge_mm),
            }
            for each in block.windows
        ],
    }


def _differences(block: Differences, _paper: Paper) -> dict[str, Any]:
    from app.report.pictures import difference_svg

    return {
        "edge_mm": block.edge_mm,
        "windows": [
            {
                "title": each.title,
                "caption": each.caption,
                "alt": each.alt,
                "picture": difference_svg(each.view, each.window, each.spots, block.edge_mm),
            }
            for each in block.windows
        ],
    }


def _difference_signs(_block: DifferenceSigns, _paper: Paper) -> dict[str, Any]:
    from app.report.pictures import standing_svg
    from app.review.standing_signs import SIGNS

    signs = [
        {"words": words[:1].upper() + words[1:], "sign": standing_svg(SIGNS[standing])}
        for standing, words in WORDS.items()
    ]
    return {"signs": signs}


def _plots(block: Plots, paper: Paper) -> dict[str, Any]:
    return {
        "plots": [asdict(each) for each in block.plots],
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


def bodies_of(blocks: tuple[Block, ...]) -> dict[str, str]:
    """The pictures of the bodies that the maps show, each once."""
    from app.report.pictures import PRINTED, body_svg

    images = {
        image.name: image
        for block in blocks
        if isinstance(block, Maps)
        for each in block.maps
        for image in [each.view.images[PRINTED]]
    }
    return {name: body_svg(image) for name, image in images.items()}


def legend_data(entries: Sequence[LegendEntry], *, zones: bool) -> list[dict[str, str]]:
    """The signs with their words, and that of the patient's own ``zones`` where they are shown."""
    from app.report.pictures import sign_svg, zone_sign_svg

    signs = [{"words": each.words, "sign": sign_svg(each.details, each.shape)} for each in entries]
    if zones:
        signs.append({"words": ZONE_WORDS, "sign": zone_sign_svg()})
    return signs
