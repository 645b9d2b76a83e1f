"""What a release says about itself agrees, and nothing in the project names a place."""

import re
import tomllib

import pytest

from app import __version__
from tests.architecture.project import PROJECT, name_of, own_files

PROJECT_FILE = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))

# Spelled in pieces, or this file would find itself.
PACKAGE_HOSTS = re.compile("|".join([r"py" r"pi\.", r"python" r"hosted", r"registry\." r"npm"]))
MACHINE_PATHS = re.compile(r"""["' (=]/(?:ro""" r"""ot|ho""" r"""me|tm""" r"""p|Users)/""")


def texts() -> dict[str, str]:
    """The project's text files by name."""
    found = {}
    for path in own_files():
        content = path.read_bytes()
        if b"\0" not in content[:4096]:
            found[name_of(path)] = content.decode("utf-8", errors="replace")
    return found


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT_FILE["project"]["version"] == __version__


def test_the_changelog_tells_of_this_version() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[([^]]+)\]", changelog, re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert __version__ in headings


@pytest.mark.parametrize("pattern", [PACKAGE_HOSTS, MACHINE_PATHS], ids=["host", "path"])
def test_no_file_names_a_package_host_or_a_path_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = {name: match[0] for name, text in texts().items() if (match := pattern.search(text))}
    assert not found


def test_every_dependency_is_pinned_by_a_version_alone() -> None:
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [
        pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9A-Za-z.]*", pin)
    ] == []
    pinned = {normalised(pin.split("==")[0]) for pin in pins}
    project = PROJECT_FILE["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {normalised(re.split(r"[<>=~! ;\[]", each)[0]) for each in wanted}
    assert names <= pinned


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
