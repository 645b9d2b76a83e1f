"""The project's own files, for tests that read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

_MADE = {"build", "dist", "htmlcov", "needlepoint-demo", "__pycache__"}
_OURS_THOUGH_HIDDEN = {".ci", ".gitignore"}


@cache
def own_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git tracks or would track, where there is git,
    else all but what is made."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(asked, cwd=PROJECT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return tuple(path for path in PROJECT.rglob("*") if path.is_file() and _is_ours(path))
    paths = (PROJECT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def _is_ours(path: Path) -> bool:
    parts = set(path.relative_to(PROJECT).parts)
    hidden = {part for part in parts if part.startswith(".")}
    return hidden <= _OURS_THOUGH_HIDDEN and _MADE.isdisjoint(parts)


def modules(*folders: str) -> Iterator[Path]:
    """The Python modules below these folders."""
    for folder in folders:
        yield from sorted((PROJECT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """A path as it is read: from the project's folder, with slashes."""
    return path.relative_to(PROJECT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
