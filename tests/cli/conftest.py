"""The command line as a person uses it: arguments in; exit code, stdout and stderr out."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.body.atlas import Atlas
from app.cli import Services, run
from app.domain.anatomy import Body
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.identity import new_id
from app.exchange.demo import synthesize
from app.paths import BODY_MAPS
from db.practice import open_practice

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document that stdout is, and nothing else."""
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)


@dataclass
class CommandLine:
    """Calls the program in this process, on a practice folder of its own."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    opened: list[Path]

    def __call__(self, *arguments: object) -> Outcome:
        services = Services(open_practice, self._open_window, now=lambda: NOW)
        code = run([str(each) for each in arguments], services)
        captured = self.capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    def refused(self, *arguments: object) -> str:
        """The one sentence with which a command is refused; nothing is on stdout."""
        outcome = self(*arguments)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.count("\n") == 1
        assert "Traceback" not in outcome.err
        return outcome.err.removesuffix("\n")

    def misused(self, *arguments: object) -> str:
        """What is said of a wrong usage: the last line on stderr."""
        outcome = self(*arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("usage: needlepoint")
        return outcome.err.splitlines()[-1]

    def _open_window(self, folder: Path) -> int:
        self.opened.append(folder)
        return 0


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)


@pytest.fixture
def needlepoint(tmp_path: Path, capsys, monkeypatch) -> CommandLine:
    """The command line; without --practice it works on the folder ``tmp_path / "practice"``."""
    monkeypatch.setenv("NEEDLEPOINT_PRACTICE", str(tmp_path / "practice"))
    return CommandLine(tmp_path / "practice", capsys, [])


@pytest.fixture
def filled(needlepoint: CommandLine, atlas: Atlas) -> CommandLine:
    """The command line on a practice of two patients with two sessions each."""
    with open_practice(needlepoint.folder) as practice:
        change = Change.add("Fill", *synthesize(2, 2, 1, atlas, signed=False))
        stamp = Stamp(step=new_id(), action=Action.DO, at=NOW)
        practice.repository.commit(change, stamp)
    return needlepoint


@pytest.fixture(scope="session")
def middle_of_back(atlas: Atlas) -> Callable[[], list[float]]:
    """The anchor in the middle of the male back, as documents write it."""

    def anchor() -> list[float]:
        view = atlas.view(Body.MALE, "posterior")
        found = atlas.pick(Body.MALE, "posterior", 0.55 * view.width, 0.25 * view.height)
        assert found is not None
        return [found.triangle, found.b1, found.b2]

    return anchor
