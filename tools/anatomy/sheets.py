"""Sheets for whoever authors regions: landmarks named, the corners of borders numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw, ImageFont

from tools.anatomy.drawing import PAPER, Aim, Drawing, best_aims, tints
from tools.anatomy.fields import FieldMaker
from tools.anatomy.places import Gazetteer
from tools.anatomy.regions import Region

PANEL = 760  # px
COLUMNS = 2
PANELS = 4
HEAD = 22  # px


class Sheet:
    """Draws regions together, in the views that show them best."""

    def __init__(self, places: Gazetteer, maker: FieldMaker) -> None:
        skin = places.skin
        self._skin, self._lattice = skin, maker.lattice
        self._drawing = Drawing(skin, skin, maker.lattice.grid, PANEL)
        self._landmarks = {name: places.spot(name) for name in places.landmarks}

    def draw(
        self, regions: Sequence[Region], aims: Iterable[Aim] = (), *, notes: bool = True
    ) -> Image.Image:
        """Panels side by side, of `aims` or of those that show most."""
        chosen = list(aims) or best_aims(regions, self._skin, self._lattice, PANELS)
        landmarks = self._landmarks if notes else None
        panels = [self._drawing.draw(regions, aim, landmarks) for aim in chosen]
        columns = min(len(panels), COLUMNS)
        rows = -(-len(panels) // columns)
        sheet = Image.new("RGB", (PANEL * columns, PANEL * rows + HEAD), PAPER)
        for place, panel in enumerate(panels):
            row, column = divmod(place, columns)
            sheet.paste(panel, (PANEL * column, PANEL * row + HEAD))
        _write_names(sheet, regions)
        return sheet


def _write_names(sheet: Image.Image, regions: Sequence[Region]) -> None:
    pen, font, x = ImageDraw.Draw(sheet), ImageFont.load_default(12), 6
    for region, tint in zip(regions, tints(regions), strict=True):
        depth = region.written.facts.get("depth")
        name = region.id if depth is None else f"{region.id} ({depth})"
        pen.text((x, 3), name, fill=tint, font=font)
        x += int(pen.textlength(name, font=font)) + 18
