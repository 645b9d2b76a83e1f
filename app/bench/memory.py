"""Looks at every picture of both bodies, and prints what this process holds then.

    python -m app.bench.memory [all]

Printed are MB of memory that are resident at the end. Without ``all`` the same program is loaded
and nothing is looked at.
"""

import gc
import os
import sys
from pathlib import Path
from random import Random

import numpy as np

from app.body.atlas import Atlas
from app.domain.anatomy import Body, Side
from app.painting.body_picture import half_size
from app.panels.application import make_application
from app.panels.theme import LIGHT
from app.paths import BODY_MAPS

SPOTS = 40
"""How many spots are asked about on each picture."""
DRAWN_ON = "posterior"


def look_at_all(atlas: Atlas, seed: int = 5) -> None:
    """Shows both bodies as a very curious user would: each view in both styles, at full size and
    halved, with the lines of all regions; spots that are named and found again on every other
    picture; and an area drawn on the back, as all sides show it.
    """
    chance = Random(seed)
    for body in Body:
        views = atlas.every_view(body)
        for view in views:
            for image in view.images.values():
                half_size(image, 1)
            atlas.muscle_loops(atlas.catalogue.muscles[0].id, Side.LEFT, body, view.name)
            for _spot in range(SPOTS):
                x, y = chance.uniform(0, view.width), chance.uniform(0, view.height)
                atlas.look(body, view.name, x, y)
        middle = atlas.view(body, DRAWN_ON).width / 2
        square = np.array([[-60.0, 500.0], [60.0, 500.0], [60.0, 600.0], [-60.0, 600.0]])
        square[:, 0] += middle
        drawn = atlas.draw_area(body, DRAWN_ON, square)
        assert drawn is not None
        for view in views:
            atlas.locate(drawn.anchor, body, view.name)
        for view in atlas.views(body):
            atlas.area_loops(drawn.outline, body, DRAWN_ON, body, view.name)


def resident_mb() -> float:
    """MB of memory that this process holds. Raises OSError where the system does not say so."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(all_views: bool) -> None:
    import contourpy  # noqa: F401 - a library that only a drawn area loads is no picture's fault

    application = make_application(LIGHT)
    atlas = Atlas.load(BODY_MAPS)
    if all_views:
        look_at_all(atlas)
    gc.collect()
    sys.stdout.write(f"{resident_mb()}\n")
    del application


if __name__ == "__main__":
    main(sys.argv[1:] == ["all"])
