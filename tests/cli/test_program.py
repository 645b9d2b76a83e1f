"""The program as it is started: python main.py."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    not (PROGRAM / "main.py").exists(), reason="main.py is not written yet"
)


def needlepoint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the program without a display, on the practice in ``folder``."""
    surroundings = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    return subprocess.run(
        [sys.executable, str(PROGRAM / "main.py"), *arguments],
        cwd=folder.parent,  # it must not matter where it is started from
        env={**surroundings, "NEEDLEPOINT_PRACTICE": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_a_demo_goes_out_and_comes_in_again(tmp_path: Path):
    folder, chart = tmp_path / "practice", tmp_path / "chart.json"
    made = needlepoint(folder, "demo", "--patients", "2", "--sessions", "1", "--json")
    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads(made.stdout)["patients"] == 2
    wrote = needlepoint(folder, "export", "chart", "--all", "--out", str(chart))
    assert (wrote.returncode, wrote.stderr) == (0, "")
    stored = needlepoint(folder, "import", "chart", str(chart), "--json")
    assert json.loads(stored.stdout)["added"] == 0


def test_known_trouble_is_one_sentence_and_exit_1(tmp_path: Path):
    listed = needlepoint(tmp_path / "gone", "list", "patients", "--json")
    assert (listed.returncode, listed.stdout) == (1, "")
    assert listed.stderr.count("\n") == 1
    assert "Traceback" not in listed.stderr


def test_wrong_usage_is_exit_2(tmp_path: Path):
    used = needlepoint(tmp_path / "gone", "list", "needles")
    assert (used.returncode, used.stdout) == (2, "")
    assert "Traceback" not in used.stderr
