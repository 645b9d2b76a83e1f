"""Contact sheets for the anatomist who reviews: every muscle on both figures, with its facts.

One PDF: `docs/anatomy/muscles.pdf`. Beside each muscle stands a checklist; what is signed there is
entered into catalogue/muscles.csv as `reviewed_by` and `reviewed_on`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import typst
from numpy.typing import NDArray

from app.domain.anatomy import Body
from tools.anatomy.drawing import AIMS, ARMS_RAISED, Aim, Drawing, best_aims, few_colours
from tools.anatomy.fields import FieldMaker
from tools.anatomy.regions import Region
from tools.anatomy.skin import AUTHORED_ON, Skin
from tools.body_maps.parts import PARTS

TEMPLATE = Path(__file__).with_suffix(".typ")
FONTS = Path("assets/fonts")
PANEL = 340  # px
VIEWS = 2  # of each figure
ARM = ("upper_arm_left", "forearm_left", "hand_left")
LEG = ("thigh_left", "lower_leg_left", "foot_left")
_MID_LINE = 0.01  # dm
CHECKS = (
    "Position",
    "Extent and ends",
    "Borders with neighbours",
    "Depth order",
    "Fibre direction",
    "Facts",
)


def write(
    path: Path,
    facts: Iterable[Mapping[str, Any]],
    regions: Mapping[str, Region],
    maker: FieldMaker,
    progress: Callable[[str], None],
) -> None:
    """Draws the muscles that `facts` describe (as `pack.muscle_entries` gives them)."""
    drawings = {body: _drawing(maker, body) for body in Body}
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        muscles = []
        for entry in facts:
            muscles.append(_muscle(entry, regions[entry["id"]], maker, drawings, folder))
            progress(f"{entry['name']} drawn")
        (folder / "sheets.typ").write_bytes(TEMPLATE.read_bytes())
        data = json.dumps({"muscles": muscles, "checks": CHECKS})
        (folder / "data.json").write_text(data, encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        typst.compile(folder / "sheets.typ", output=path, font_paths=[FONTS.resolve()])


def _drawing(maker: FieldMaker, body: Body) -> Drawing:
    home = maker.skin
    skin = home if body is AUTHORED_ON else Skin(home.mesh, body)
    return Drawing(skin, home, maker.lattice.grid, PANEL)


def _muscle(
    entry: Mapping[str, Any],
    region: Region,
    maker: FieldMaker,
    drawings: Mapping[Body, Drawing],
    folder: Path,
) -> dict[str, Any]:
    panels = []
    aims, left_out = _sight(region, maker)
    best = best_aims([region], maker.skin, maker.lattice, VIEWS, aims=aims, left_out=left_out)
    for aim in best:
        for body in (AUTHORED_ON, *(each for each in Body if each is not AUTHORED_ON)):
            name = f"{entry['id']}_{len(panels)}.png"
            drawn = drawings[body].draw([region], aim, named=False, left_out=left_out)
            packed = BytesIO()
            few_colours(drawn).save(packed, "png", optimize=True)
            (folder / name).write_bytes(packed.getvalue())
            panels.append({"image": name, "words": f"{body.value}, {aim.name}"})
    return {**entry, "panels": panels}


def _sight(region: Region, maker: FieldMaker) -> tuple[tuple[Aim, ...], NDArray[np.bool_] | None]:
    """From where a region may be drawn, and which quads are left out as they would hide it."""
    mesh = maker.skin.mesh
    of_samples = mesh.part[maker.lattice.quad[region.field > 0]]
    most = PARTS[int(np.bincount(of_samples).argmax())]
    arm = np.isin(mesh.part, [PARTS.index(name) for name in ARM])
    if most in ARM[1:]:
        return AIMS, ~arm
    if most in LEG:
        right_half = mesh.leftward[mesh.quads].max(axis=1) < _MID_LINE
        return AIMS, arm | right_half
    return (AIMS + ARMS_RAISED if most == "trunk" else AIMS), None
