"""Every command and option of the command line, as docs and --help show them."""

from __future__ import annotations

import argparse
import math
import re
from pathlib import Path
from typing import Any

from app import __version__
from app.cli import (
    body_commands,
    file_commands,
    practice_commands,
    report_commands,
    window_commands,
)
from app.cli.certificates import add_certificate
from app.domain.anatomy import Anchor, Body
from app.paths import PRACTICE_VARIABLE, default_practice_folder
from app.report.papers import PAPERS

_LARGEST_COUNT = 100_000
_LARGEST_SIDE = 10_000


def build_parser() -> _Parser:
    """The parser of the whole command line.

    What it gives has ``command``: a function from the options and the services to an Answer,
    or None where no command was named.
    """
    anywhere = _anywhere()
    parser = _Parser(
        prog="needlepoint",
        description="Chart dry needling on pictures of the body. Without a command: the window.",
        parents=[anywhere],
    )
    parser.add_argument("--version", action="version", version=f"Needlepoint {__version__}")
    parser.set_defaults(command=None)
    commands = _Commands(parser, anywhere)
    _add_practice_commands(commands)
    _add_exchange_commands(commands)
    _add_verify(commands)
    _add_letterhead(commands)
    _add_body_commands(commands)
    _add_window_commands(commands)
    return parser


class _Parser(argparse.ArgumentParser):
    """Options in full only, so that a script does not break when an option is added."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def parse_args(self, *arguments: Any, **settings: Any) -> Any:
        options = super().parse_args(*arguments, **settings)
        options.json = getattr(options, "json", False)
        options.practice = getattr(options, "practice", None) or default_practice_folder()
        return options


class _Commands:
    """Adds commands to a parser, each with the options that are taken anywhere."""

    def __init__(self, parser: _Parser, anywhere: _Parser) -> None:
        self._anywhere = anywhere
        self._group = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)

    def add(self, name: str, what: str, command: Any = None) -> _Parser:
        parser = self._group.add_parser(name, help=what, description=what, parents=[self._anywhere])
        if command is not None:
            parser.set_defaults(command=command)
        return parser

    def group(self, name: str, what: str) -> _Commands:
        inner = _Commands(self.add(name, what), self._anywhere)
        inner._group.required = True
        return inner


def _anywhere() -> _Parser:
    """Options that stand before or after the command. Their defaults are set at the very end:
    a default here would overwrite what stood before the command."""
    options = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument(
        "--practice",
        metavar="DIR",
        type=Path,
        help=f"the practice folder (otherwise {PRACTICE_VARIABLE}, or your own)",
    )
    options.add_argument("--json", action="store_true", help="print one JSON document")
    return options


def _add_practice_commands(commands: _Commands) -> None:
    demo = commands.add("demo", "fill a new practice with made-up patients", practice_commands.demo)
    demo.add_argument("--patients", metavar="N", type=_count, default=12)
    demo.add_argument(
        "--sessions", metavar="N", type=_count, help="of each patient (otherwise 3 to 8)"
    )
    demo.add_argument(
        "--seed", metavar="S", type=int, default=1, help="the same seed gives the same data"
    )
    listing = commands.add("list", "list what the practice holds", practice_commands.list_records)
    listing.add_argument("what", choices=("patients", "sessions", "marks"))
    listing.add_argument("--patient", metavar="ID", help="only this patient's")
    listing.add_argument("--session", metavar="ID", help="only this session's")
    commands.add("check", "look for damage in the practice", practice_commands.check)


def _add_exchange_commands(commands: _Commands) -> None:
    importing = commands.group("import", "bring a file into the practice")
    chart = importing.add("chart", "store a chart file, all or nothing", file_commands.import_chart)
    chart.add_argument("file", metavar="FILE", type=Path)
    exporting = commands.group("export", "write a file from the practice")
    chart = exporting.add("chart", "write a chart file, lossless", file_commands.export_chart)
    _add_choice(chart, everything=True)
    report = exporting.add(
        "report", "a report on a patient (PDF/A-2a, PDF/UA-1)", report_commands.export_report
    )
    report.add_argument(
        "--kind", choices=("record", "patient", "referrer", "progress"), required=True
    )
    report.add_argument("--patient", metavar="ID", required=True)
    report.add_argument("--problem", metavar="ID", help="on this problem alone")
    report.add_argument("--paper", choices=PAPERS, default="a4")
    report.add_argument("--out", metavar="FILE", type=Path, required=True)
    add_certificate(report)
    _add_batch(exporting)
    picture = exporting.add(
        "picture", "the map of a session in one view, as PNG or SVG", file_commands.export_picture
    )
    picture.add_argument("--session", metavar="ID", required=True)
    picture.add_argument("--view", metavar="NAME", default="posterior")
    picture.add_argument("--size", metavar="PX", type=_count, default=2000, help="the longer edge")
    picture.add_argument("--format", choices=("png", "svg"), default="png")
    picture.add_argument("--legend", action="store_true", help="with what its signs mean")
    picture.add_argument("--out", metavar="FILE", type=Path, required=True)
    tables = exporting.add(
        "tables", "marks, needles, scores and sessions as tables", file_commands.export_tables
    )
    whose = tables.add_mutually_exclusive_group(required=True)
    whose.add_argument("--patient", metavar="ID", help="of this patient")
    whose.add_argument("--all", action="store_true", help="of the whole practice")
    tables.add_argument("--format", choices=("csv", "xlsx"), required=True)
    tables.add_argument(
        "--out", metavar="OUT", type=Path, required=True,
        help="csv: a folder for one file a table; xlsx: the file",
    )  # fmt: skip
    tables.set_defaults(session=None)
    pdf = exporting.add("pdf", "write a report (PDF/A-2a, PDF/UA-1)", file_commands.export_pdf)
    _add_choice(pdf, everything=False)
    add_certificate(pdf)


def _add_batch(exporting: _Commands) -> None:
    batch = exporting.add(
        "batch", "many reports, a file each, into one folder", report_commands.export_batch
    )
    kinds = ("session", "record", "patient", "referrer", "progress")
    batch.add_argument("--kind", choices=kinds, required=True)
    whose = batch.add_mutually_exclusive_group(required=True)
    whose.add_argument("--patient", metavar="ID", action="append", help="may be repeated")
    whose.add_argument("--all", action="store_true", help="of the whole practice")
    batch.add_argument("--paper", choices=PAPERS, default="a4")
    batch.add_argument("--names", action="store_true", help="patients' names in names of files")
    batch.add_argument("--out", metavar="DIR", type=Path, required=True)
    add_certificate(batch)


def _add_verify(commands: _Commands) -> None:
    verify = commands.add(
        "verify", "whether a PDF still says what the practice holds", report_commands.verify
    )
    verify.add_argument("file", metavar="FILE.pdf", type=Path)


def _add_letterhead(commands: _Commands) -> None:
    head = commands.add(
        "letterhead", "show or set what stands at the top of reports", report_commands.letterhead
    )
    head.add_argument("--name", metavar="WORDS", help="of the practice")
    head.add_argument(
        "--line", metavar="WORDS", action="append", help="address, telephone; may be repeated"
    )
    head.add_argument("--foot", metavar="WORDS", help="at the foot of every page")
    head.add_argument("--logo", metavar="FILE", type=Path, help="a PNG or JPEG file")
    head.add_argument("--clear", action="store_true", help="forget what was set before")


def _add_choice(parser: argparse.ArgumentParser, everything: bool) -> None:
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--session", metavar="ID", help="this session")
    choice.add_argument("--patient", metavar="ID", help="all sessions of this patient")
    if everything:
        choice.add_argument("--all", action="store_true", help="the whole practice")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True)


def _add_body_commands(commands: _Commands) -> None:
    body = commands.group("body", "ask about places on the body")
    body.add("views", "the pictures of each body", body_commands.views)
    pick = body.add("pick", "what lies under a spot of a picture", body_commands.pick)
    pick.add_argument("--body", choices=[*Body], type=str)
    pick.add_argument("--view", metavar="NAME")
    pick.add_argument("--x", metavar="X", type=_number, help="0 (left edge) to 1")
    pick.add_argument("--y", metavar="Y", type=_number, help="0 (top edge) to 1")
    pick.add_argument(
        "--points", metavar="FILE", type=Path, help="many: a JSON list of {body, view, x, y}"
    )
    pick.set_defaults(misuse=pick.error)
    locate = body.add("locate", "where an anchor is in every view", body_commands.locate)
    locate.add_argument("--anchor", metavar="TRI,B1,B2", type=_anchor)
    locate.add_argument("--body", choices=[*Body], type=str)
    locate.add_argument(
        "--anchors", metavar="FILE", type=Path, help="many: a JSON list of {anchor, body}"
    )
    locate.set_defaults(misuse=locate.error)


def _add_window_commands(commands: _Commands) -> None:
    screenshot = commands.add(
        "screenshot", "a picture of a window, without a display", window_commands.screenshot
    )
    screenshot.add_argument("--window", metavar="NAME", required=True)
    screenshot.add_argument("--out", metavar="FILE", type=Path, required=True)
    screenshot.add_argument("--size", metavar="WxH", type=_size)
    screenshot.add_argument("--theme", choices=("light", "dark"), default="light")
    commands.add("bench", "measure the program's speed", window_commands.bench)


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text) or not 1 <= int(text) <= _LARGEST_COUNT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {_LARGEST_COUNT:,}")
    return int(text)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number such as 0.25")
    return number


def _anchor(text: str) -> Anchor:
    parts = text.split(",")
    try:
        triangle, b1, b2 = int(parts[0]), float(parts[1]), float(parts[2])
    except (ValueError, IndexError):
        triangle, b1, b2 = -1, 0.0, 0.0
    if len(parts) != 3 or triangle < 0 or not math.isfinite(b1 + b2):
        raise argparse.ArgumentTypeError(f"{text!r} is not TRI,B1,B2, such as 8112,0.25,0.5")
    return Anchor(triangle, b1, b2)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,5})[x×]([0-9]{1,5})", text)
    sides = (int(match[1]), int(match[2])) if match else (0, 0)
    if not all(0 < side <= _LARGEST_SIDE for side in sides):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1280x800")
    return sides
