"""The tick at each twitch that a key counts: heard when it counts, and switched off for good."""

import shutil
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess

from app.panels.tick import PLAYERS, play_beside
from app.paths import TICK
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session
from tools import tick as maker

SHOULDER = (0.60, 0.22)


def test_a_key_that_counts_is_heard_and_one_that_does_not_is_not(
    open_clinic: Callable[..., Clinic],
) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.key("Alt+2").key("Space")  # nothing is there that twitches
    assert clinic.ticks == []
    clinic.key("T").press("posterior", *SHOULDER)
    clinic.key("Space").key("Space").key("Shift+Space")
    assert clinic.ticks == [1, 1]
    item = clinic.window.actions_by_id["view.tick"]
    assert item.isChecked()
    item.trigger()
    clinic.key("Space")
    assert clinic.ticks == [1, 1]
    clinic.close()
    again = open_clinic()
    assert not again.desk.tick.is_on


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_the_first_player_that_is_there_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(QProcess, "startDetached", lambda *call: started.append(call))
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name == "aplay" else None)
    play_beside()
    assert started == [("/bin/aplay", ["--quiet", str(TICK)])]
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    play_beside()
    assert len(started) == 1
    assert next(iter(PLAYERS)) == "afplay"


def test_the_tick_is_short_and_soft_and_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with wave.open(str(TICK), "rb") as file:
        seconds, frames = (
            file.getnframes() / file.getframerate(),
            file.readframes(file.getnframes()),
        )
    assert seconds < 0.1
    loudest = max(
        abs(int.from_bytes(frames[k : k + 2], "little", signed=True))
        for k in range(0, len(frames), 2)
    )
    assert 500 < loudest < 0.15 * 32_768
    made = tmp_path / "tick.wav"
    monkeypatch.setattr(maker, "TICK", made)
    maker.main()
    assert made.read_bytes() == TICK.read_bytes()
