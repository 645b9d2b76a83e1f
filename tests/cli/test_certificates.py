"""--certificate: every command that writes PDF signs, and the passphrase is nowhere to be seen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.paths import PROGRAM_FOLDER
from tests.helpers import certificates as made

VARIABLE = "NEEDLEPOINT_PASSPHRASE"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.p12"
    path.write_bytes(made.p12(made.certificate()))
    return path


def commands(filled) -> dict[str, tuple[str, ...]]:
    patient = filled("list", "patients", "--json").document[0]["id"]
    return {
        "pdf": ("export", "pdf", "--patient", patient),
        "report": ("export", "report", "--kind", "referrer", "--patient", patient),
        "batch": ("export", "batch", "--kind", "session", "--all"),
    }


@pytest.mark.parametrize("command", ["pdf", "report", "batch"])
def test_what_is_written_is_signed(filled, tmp_path, own, monkeypatch, command):
    monkeypatch.setenv(VARIABLE, made.PASSPHRASE)
    out = tmp_path / "out"
    found = filled(*commands(filled)[command], "--certificate", own, "--out", out)
    assert found.code == 0
    assert made.PASSPHRASE not in found.out + found.err
    files = list(out.iterdir()) if out.is_dir() else [out]
    assert len(files) == (4 if command == "batch" else 1)
    for written in files:
        (signature,) = filled("verify", written, "--json").document["signatures"]
        assert signature.pop("said_at").startswith("20")
        assert signature == {
            "held": "intact",
            "signer": made.HOLDER,
            "issuer": made.HOLDER,
            "trust": "own",
            "expired_on": None,
        }
    content = bytearray(written.read_bytes())
    content[len(content) // 3] ^= 1
    written.write_bytes(content)
    found = filled("verify", written)
    assert found.code == 1
    assert "It was changed or damaged after it was signed" in found.out


def test_a_file_without_a_signature_has_none(filled, tmp_path):
    out = tmp_path / "a.pdf"
    filled(*commands(filled)["report"], "--out", out)
    assert filled("verify", out, "--json").document["signatures"] == []


@pytest.mark.parametrize("command", ["pdf", "report", "batch"])
def test_a_wrong_passphrase_writes_nothing(filled, tmp_path, own, monkeypatch, command):
    monkeypatch.setenv(VARIABLE, "wrong")
    out = tmp_path / "out"
    said = filled.refused(*commands(filled)[command], "--certificate", own, "--out", out)
    assert said == "The passphrase does not open own.p12. Type it again."
    assert not out.exists()


def test_without_a_terminal_nobody_is_asked(filled, tmp_path, own, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    asked = (*commands(filled)["report"], "--certificate", own, "--out", tmp_path / "a.pdf")
    said = filled.refused(*asked)
    assert said == f"There is no terminal to ask for the passphrase. Set {VARIABLE} instead."


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
def test_at_a_terminal_it_is_asked_for_and_not_shown(filled, tmp_path, own):
    import pty

    command = commands(filled)["report"]
    program = [sys.executable, str(PROGRAM_FOLDER / "main.py"), *command]
    program += ["--practice", str(filled.folder), "--certificate", str(own)]
    program += ["--out", str(tmp_path / "a.pdf")]
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    terminal, its_end = pty.openpty()
    running = subprocess.Popen(
        program, stdin=its_end, stdout=its_end, stderr=its_end, env=environment,
        start_new_session=True,
    )  # fmt: skip
    os.close(its_end)
    shown = b""
    while b"Passphrase of own.p12: " not in shown:
        shown += os.read(terminal, 1024)
    os.write(terminal, f"{made.PASSPHRASE}\n".encode())
    assert running.wait() == 0
    shown += os.read(terminal, 4096)
    os.close(terminal)
    assert made.PASSPHRASE not in shown.decode()
    assert f"Wrote {tmp_path / 'a.pdf'}" in shown.decode()
    assert filled("verify", tmp_path / "a.pdf").code == 0
