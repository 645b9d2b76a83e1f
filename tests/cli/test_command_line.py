"""What holds for every command: where options stand, exit codes, and what is loaded."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.cli import Services, run
from app.domain.errors import StorageError
from db.practice import open_practice

PROGRAM = Path(__file__).resolve().parents[2]


def test_the_bare_command_opens_the_window(needlepoint, tmp_path):
    assert needlepoint().code == 0
    assert needlepoint("--practice", tmp_path / "other").code == 0
    assert needlepoint.opened == [needlepoint.folder, tmp_path / "other"]


def test_only_the_bare_command_opens_the_window(filled):
    filled("list", "patients")
    filled("body", "views")
    filled.misused("list")
    assert filled.opened == []


def test_what_the_window_says_is_the_exit_code(tmp_path):
    assert run(["--practice", str(tmp_path)], Services(open_practice, lambda _folder: 3)) == 3


def test_options_stand_before_or_after_the_command(filled):
    folder = filled.folder
    wanted = filled("list", "patients", "--json").out
    assert filled("--json", "list", "patients").out == wanted
    assert filled("--practice", folder, "list", "patients", "--json").out == wanted
    assert filled("list", "--practice", folder, "patients", "--json").out == wanted
    assert filled("--practice", "elsewhere", "list", "patients", "--practice", folder).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",), ("list",), ("list", "needles"), ("list", "patients", "--pat", "x"),
        ("import",), ("import", "csv", "a"), ("import", "chart"), ("export",), ("demo", "12"),
        ("screenshot",), ("screenshot", "--window", "main", "--out", "a", "--size", "big"),
        ("screenshot", "--window", "main", "--out", "a", "--size", "0x10"),
        ("screenshot", "--window", "main", "--out", "a", "--theme", "pink"),
        ("--practice",),
    ],
)  # fmt: skip
def test_wrong_usage_exits_2(needlepoint, arguments):
    assert "error:" in needlepoint.misused(*arguments)


def test_help_and_version_exit_0(needlepoint):
    assert needlepoint("--version").out == f"Needlepoint {__version__}\n"
    shown = needlepoint("--help")
    assert (shown.code, shown.err) == (0, "")
    for command in ("demo", "list", "import", "export", "body", "screenshot", "check", "bench"):
        assert command in shown.out


def test_known_trouble_is_one_line_whatever_it_says(capsys):
    def fail(folder: Path) -> int:
        raise StorageError("First line.\nSecond  line.")

    assert run([], Services(open_practice, fail)) == 1
    assert capsys.readouterr().err == "First line. Second line.\n"


def test_a_bug_is_not_hidden():
    def fail(folder: Path) -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run([], Services(open_practice, fail))


def test_an_interrupt_is_no_traceback(capsys):
    def interrupt(folder: Path) -> int:
        raise KeyboardInterrupt

    assert run([], Services(open_practice, interrupt)) == 130
    assert capsys.readouterr().err == ""


def test_the_clock_has_a_zone():
    assert Services(open_practice, lambda _folder: 0).now().tzinfo is not None


def test_letters_that_a_terminal_cannot_show_are_escaped(filled, monkeypatch):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert run(["list", "patients"], Services(open_practice, lambda _folder: 0)) == 0
    assert b"DEMO-0001" in terminal.buffer.getvalue()


def test_a_practice_of_a_newer_program_is_refused(needlepoint):
    needlepoint.folder.mkdir()
    (needlepoint.folder / "practice.db").write_bytes(b"no database at all" * 100)
    assert "practice" in needlepoint.refused("list", "patients")


def test_a_screenshot_goes_to_a_folder_that_exists(needlepoint, tmp_path):
    said = needlepoint.refused(
        "screenshot", "--window", "main", "--out", tmp_path / "gone" / "a.png"
    )
    assert said.startswith(f"The folder {tmp_path / 'gone'} does not exist.")


def test_figures_are_shown_as_a_table_and_as_a_document(needlepoint, monkeypatch):
    rows = [
        {"name": "start", "value": 0.51234, "unit": "s", "floor": 0.2, "ratio": 2.5617,
         "goal": 3, "holds": True},
        {"name": "pan", "value": 9.0, "unit": "ms", "floor": 1.0, "ratio": 9.0,
         "goal": 3, "holds": False},
    ]  # fmt: skip
    monkeypatch.setattr("app.cli.window_commands._run_bench", lambda *_call: rows)
    assert needlepoint("bench", "--json").document == {"rows": rows}
    assert [line.split() for line in needlepoint("bench").out.splitlines()] == [
        ["NAME", "VALUE", "UNIT", "FLOOR", "RATIO", "GOAL", "HOLDS"],
        ["start", "0.512", "s", "0.2", "2.56", "3", "yes"],
        ["pan", "9", "ms", "1", "9", "3", "no"],
    ]


def test_a_screenshot_is_asked_for_with_what_was_given(needlepoint, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "app.cli.window_commands._take_screenshot", lambda options, _services: asked.append(options)
    )
    out = tmp_path / "a.png"
    shot = needlepoint("screenshot", "--window", "main", "--out", out, "--size", "1280x800")
    assert (shot.code, shot.out) == (0, f"Wrote {out}.\n")
    assert (asked[0].window, asked[0].size, asked[0].theme) == ("main", (1280, 800), "light")


SCRIPT = """
import sys
from pathlib import Path
from app.cli import Services, run
from db.practice import open_practice
code = run(sys.argv[1:], Services(open_practice, lambda folder: 0))
heavy = sorted({"numpy", "PySide6", "typst"} & set(sys.modules))
print(*heavy, file=sys.stderr)
sys.exit(code)
"""


def in_a_process(*arguments: object, **settings) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT, *map(str, arguments)]
    return subprocess.run(
        command, cwd=PROGRAM, text=True, capture_output=True, check=False, timeout=60, **settings
    )


def test_lists_load_neither_qt_nor_numpy(filled):
    listed = in_a_process("list", "sessions")
    assert (listed.returncode, listed.stderr) == (0, "\n")


def test_a_reader_that_goes_away_is_no_crash(filled):
    """`needlepoint list marks | head -1`, made certain: the pipe is closed before it is used."""
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run(
        [sys.executable, "-c", SCRIPT, "list", "marks"],
        cwd=PROGRAM, stdout=writer, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
    )  # fmt: skip
    os.close(writer)
    assert process.returncode == 1
    assert "Traceback" not in process.stderr
    assert "Exception" not in process.stderr
