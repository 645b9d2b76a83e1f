"""Who may import whom, and how long a module may be."""

import subprocess
import sys

from tests.architecture.project import PROJECT, modules, name_of

LONGEST_MODULE = 400
LONGEST_TEST_MODULE = 600


def test_the_rooms_import_only_downwards() -> None:
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports({}))"
    done = subprocess.run(
        [sys.executable, "-c", program.format("no_cache=True, no_logo=True")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_module_has_one_job() -> None:
    limits = {"app": LONGEST_MODULE, "db": LONGEST_MODULE, "tools": LONGEST_MODULE}
    limits["tests"] = LONGEST_TEST_MODULE
    lengths = {
        name_of(path): (path.read_text(encoding="utf-8").count("\n"), limit)
        for folder, limit in limits.items()
        for path in modules(folder)
    }
    too_long = {name: length for name, (length, limit) in lengths.items() if length > limit}
    assert not too_long
