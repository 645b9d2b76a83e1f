"""Commands that show the program itself: screenshot, bench."""

from argparse import Namespace
from typing import Any

from app.cli.answer import Answer, table
from app.cli.services import Services

_BENCH_COLUMNS = ("name", "value", "unit", "floor", "ratio", "goal", "holds")


def screenshot(options: Namespace, services: Services) -> Answer:
    from app.files import require_folder

    require_folder(options.out)
    _take_screenshot(options, services)
    return Answer({"file": str(options.out)}, f"Wrote {options.out}.")


def bench(options: Namespace, services: Services) -> Answer:
    rows = _run_bench(options, services)
    cells = [tuple(_figure(row[column]) for column in _BENCH_COLUMNS) for row in rows]
    headings = tuple(column.upper() for column in _BENCH_COLUMNS)
    return Answer({"rows": rows}, table(headings, cells, "Nothing was measured."))


def _figure(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3g}" if isinstance(value, float) else value


def _take_screenshot(options: Namespace, services: Services) -> None:
    from app.panels.screenshots import take_screenshot

    take_screenshot(
        options.window,
        options.out,
        size=options.size,
        theme=options.theme,
        open_practice=services.open_practice,
        folder=options.practice,
    )


def _run_bench(_options: Namespace, services: Services) -> list[dict[str, Any]]:
    from app.bench import run_bench

    return [dict(row) for row in run_bench(services.open_practice)]
