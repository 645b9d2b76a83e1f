"""The whole bench, group by group."""

import os
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bench.measuring import Row
from app.bench.setting import FULL, Setting
from app.body.atlas import Atlas
from app.domain.ports import PracticeOpener
from app.paths import BODY_MAPS


def run_bench(open_practice: PracticeOpener, setting: Setting = FULL) -> list[Row]:
    """Measures everything and returns a row for each figure. Takes about two minutes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.bench.anatomy import anatomy_rows
    from app.bench.counting import counting_rows
    from app.bench.overview import overview_rows
    from app.bench.painting import painting_rows
    from app.bench.printing import printing_rows
    from app.bench.reading import reading_rows
    from app.bench.reviewing import reviewing_rows
    from app.bench.starting import starting_rows
    from app.bench.tasks import task_rows
    from app.panels.application import make_application
    from app.panels.theme import LIGHT

    make_application(LIGHT)
    atlas = Atlas.load(BODY_MAPS)
    groups = (
        starting_rows, anatomy_rows, painting_rows, task_rows, reading_rows, overview_rows,
        reviewing_rows, counting_rows, printing_rows,
    )  # fmt: skip
    with TemporaryDirectory(prefix="needlepoint-bench-") as scratch:
        return list(
            chain.from_iterable(
                group(open_practice, atlas, Path(scratch), setting) for group in groups
            )
        )
