"""A disk that is really full in the middle of a batch: one sentence, whole files, nothing else.

The disk is one of 450 KB in memory, in a name space of its own, so that no right is needed.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.paths import PROGRAM_FOLDER
from tests.report import reading

APART = ["unshare", "--map-root-user", "--mount"]


def can_be_apart() -> bool:
    """Whether this computer lets a program have a disk of its own."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return False
    tried = [*APART, "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_be_apart(), reason="needs name spaces of Linux")
def test_a_batch_that_fills_the_disk(filled, tmp_path: Path) -> None:
    small, kept = tmp_path / "small", tmp_path / "kept"
    small.mkdir()
    kept.mkdir()
    steps = (
        'mount -t tmpfs -o size=450k none "$1"; '
        '"$2" "$3" export batch --kind session --all --practice "$4" --out "$1/out"; code=$?; '
        'cp -a "$1/out/." "$5"; exit $code'
    )
    values = (small, sys.executable, PROGRAM_FOLDER / "main.py", filled.folder, kept)
    found = subprocess.run(
        [*APART, "sh", "-c", steps, "sh", *map(str, values)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (found.returncode, found.stdout) == (1, "")
    told = found.stderr.splitlines()[-1]
    assert told.startswith(f"There is no room left for {small}/out/chart ")
    assert "Traceback" not in found.stderr
    whole = re.search(r"(\d) of 4 files (?:was|were) written and are whole\.$", told)
    assert whole is not None
    names = sorted(each.name for each in kept.iterdir())
    assert len(names) == int(whole[1]) >= 1
    assert all(re.fullmatch(r"chart \d{4}-\d\d-\d\d [0-9a-f]{12}\.pdf", each) for each in names)
    assert all(reading.faults((kept / each).read_bytes()) == [] for each in names)
