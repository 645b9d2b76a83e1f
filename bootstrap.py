"""Sets Needlepoint up, and runs or tests it. Needs Python 3.11 or newer and nothing else.

``python3 bootstrap.py run`` opens the window on a demo practice; without a display it makes a
chart file, a PDF and a picture of the window instead. ``python3 bootstrap.py test`` runs every
check. What follows the command is handed on: to ``main.py``, or to pytest alone.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (this is who says so, before anything newer is met)
    sys.exit(
        "Needlepoint needs Python 3.11 or newer, and this is Python {}.{}. "
        "Install a newer one and call it by its name, such as: python3.11 bootstrap.py run".format(
            *sys.version_info
        )
    )

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
DEMO = PROJECT / "needlepoint-demo"

AS_IN_CI = ["--hypothesis-profile=ci"]
"""The same examples in every run (tests/conftest.py)."""

USAGE = """\
usage: python3 bootstrap.py run [OPTION ...]    open the window on a demo practice;
                                                options and commands go to main.py
       python3 bootstrap.py test [OPTION ...]   run every check;
                                                with options: pytest alone, with them
"""

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt links to even without a display, and the Debian package that holds it (by ldd)."""

WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt's xcb and wayland plugins need besides, to open a window."""


class TroubleError(Exception):
    """What stands in the way, and what to do about it, in plain words."""


class Outcome(NamedTuple):
    """How a check ended. ``closing`` is the last line that it printed."""

    name: str
    code: int
    seconds: float
    closing: str


def main(arguments: Sequence[str]) -> int:
    """Does what the arguments ask for and returns the exit code."""
    command, options = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if command in ("-h", "--help"):
        print(USAGE, end="")
        return 0
    if command not in COMMANDS:
        print(USAGE, end="", file=sys.stderr)
        return 2
    try:
        return COMMANDS[command](options)
    except TroubleError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    print(text, flush=True)


# -- run -----------------------------------------------------------------------------------


def run(options: list[str]) -> int:
    """Opens the window on the demo practice, or hands ``options`` to the program."""
    window = has_display(sys.platform, os.environ)
    set_up("run", {**QT_LIBRARIES, **WINDOW_LIBRARIES} if window else QT_LIBRARIES)
    if not names_a_practice(options):
        options = ["--practice", str(DEMO), *options]
        make_demo()
    if options == ["--practice", str(DEMO)]:
        if not window:
            tour(DEMO / "exports")
            return 0
        say("Opening the window on the demo practice ...")
    return subprocess.run([PYTHON, PROJECT / "main.py", *options], check=False).returncode


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be opened. Only Linux is known to come without a display."""
    if not platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def names_a_practice(options: Iterable[str]) -> bool:
    return any(each == "--practice" or each.startswith("--practice=") for each in options)


def make_demo() -> None:
    if not (DEMO / "practice.db").exists():
        say("Making a demo practice ...")
        say(needlepoint("demo"))


def tour(folder: Path) -> None:
    """The three jobs without a display: a charted session, its PDF, a picture of its screen."""
    session = newest_session(json.loads(needlepoint("list", "sessions", "--json")))
    folder.mkdir(exist_ok=True)
    chart, pdf, picture = (folder / name for name in ("session.json", "session.pdf", "chart.png"))
    say("There is no display, so the newest session of the demo practice goes into files ...")
    needlepoint("export", "chart", "--session", session, "--out", str(chart))
    needlepoint("export", "pdf", "--session", session, "--out", str(pdf))
    needlepoint("screenshot", "--window", "chart", "--out", str(picture))
    say(f"Practice    {DEMO}\nChart file  {chart}\nPDF         {pdf}\nScreenshot  {picture}")


def newest_session(sessions: Sequence[Mapping[str, str]]) -> str:
    """The id of the session that began last."""
    if not sessions:
        raise TroubleError(f"The demo practice is empty. Delete the folder {DEMO} and try again.")
    return max(sessions, key=lambda each: datetime.fromisoformat(each["started_at"]))["id"]


def needlepoint(*words: str) -> str:
    """What the program prints for a command on the demo practice."""
    command = [PYTHON, PROJECT / "main.py", "--practice", DEMO, *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise TroubleError(f"main.py {' '.join(words)} failed:\n{done.stderr}")
    return done.stdout.strip()


# -- test ----------------------------------------------------------------------------------


def test(options: list[str]) -> int:
    """Runs every check, or with ``options`` pytest alone; 0 where nothing failed."""
    set_up("test", QT_LIBRARIES)
    if options:
        return checked("pytest", [PYTHON, "-m", "pytest", *options]).code
    outcomes = [checked(name, command) for name, command in checks().items()]
    for line in summary(outcomes):
        say(line)
    return int(any(outcome.code for outcome in outcomes))


def checks() -> dict[str, list[str | Path]]:
    """Each check's command, the quick ones first."""
    return {
        "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "lint": [PYTHON, "-m", "ruff", "check", "."],
        "imports": [BIN / "lint-imports", "--no-logo"],
        "types": [PYTHON, "-m", "mypy"],
        "pytest": [PYTHON, "-m", "pytest", "-n", str(workers()), "--cov", *AS_IN_CI],
    }


def workers() -> int:
    """Processes for pytest: more than four start slower than they work."""
    return min(os.cpu_count() or 1, 4)


def checked(name: str, command: Sequence[str | Path]) -> Outcome:
    """Runs one check in the project's folder and shows what it prints as it comes."""
    say(f"== {name}: {' '.join(each.name if isinstance(each, Path) else each for each in command)}")
    began = time.monotonic()
    closing = ""
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env=surroundings(os.environ, colour=sys.stdout.isatty()),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            closing = line.strip() or closing
            say(line.rstrip())
    return Outcome(name, process.returncode, time.monotonic() - began, closing)


def surroundings(environment: Mapping[str, str], *, colour: bool) -> dict[str, str]:
    """The environment of a check: no modules of another Python, colours where they are seen."""
    elsewhere = ("PYTHONPATH", "PYTHONHOME")
    kept = {name: value for name, value in environment.items() if name not in elsewhere}
    return {**kept, "PYTHONUTF8": "1", **({"FORCE_COLOR": "1"} if colour else {})}


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each check, and last of all the line with which pytest closed."""
    lines = [
        f"{'FAILED' if outcome.code else 'passed'}  {outcome.name:8} {outcome.seconds:6.1f} s"
        for outcome in outcomes
    ]
    return ["", *lines, outcomes[-1].closing or "pytest printed nothing"]


# -- setting up ----------------------------------------------------------------------------


def set_up(group: str, libraries: Mapping[str, str]) -> None:
    """Makes ``.venv`` with all that ``group`` ("run" or "test") needs; quick where it is there."""
    if sys.platform.startswith("linux"):
        require_libraries(libraries)
    if PYTHON.exists() and (is_installed(group) or is_installed("test")):  # which needs all
        return
    make_environment()
    install(requirements(group))
    stamp_of(group).write_text(digest_of(group), encoding="utf-8")


def is_installed(group: str) -> bool:
    """Whether what ``group`` needs today was installed already."""
    stamp = stamp_of(group)
    return stamp.exists() and stamp.read_text(encoding="utf-8") == digest_of(group)


def stamp_of(group: str) -> Path:
    return VENV / f".needlepoint-{group}"


def require_libraries(
    libraries: Mapping[str, str], loads: Callable[[str], bool] | None = None
) -> None:
    """Installs the Debian packages of the libraries that do not load, or says how to."""
    loads = loads or can_load
    missing = [name for name in libraries if not loads(name)]
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise TroubleError(
            "Qt needs libraries that this system does not have. Install the packages that hold: "
            + " ".join(missing)
        )
    install_packages(sorted({libraries[name] for name in missing}), "Qt needs")


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: Sequence[str], who_needs: str) -> None:
    """Installs Debian packages as root. Raises TroubleError with the command for who is not."""
    if os.geteuid() != 0:
        raise TroubleError(
            f"{who_needs} packages of your system. Type this, then try again:\n"
            f"    sudo apt-get install --yes {' '.join(packages)}"
        )
    say(f"{who_needs} packages of the system; apt installs {' '.join(packages)} ...")
    apt = ["apt-get", "--quiet", "--yes"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    listed("apt-get update", [*apt, "update"], env=quiet)
    install_command = [*apt, "install", "--no-install-recommends", *packages]
    if listed("apt-get install", install_command, env=quiet):
        raise TroubleError("apt could not install what is needed; what it says is above.")


def make_environment() -> None:
    """Makes ``.venv``, or completes one that was broken off."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        if not shutil.which("apt-get"):
            raise TroubleError("This Python has no venv and ensurepip. Install them with it.")
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install_packages([package], "Virtual environments need")
    say(f"Making {VENV.name} with Python {sys.version.split()[0]} ...")
    anew = ["--clear"] if VENV.exists() and not PYTHON.exists() else []
    if listed("venv", [sys.executable, "-m", "venv", *anew, str(VENV)]):
        raise TroubleError(f"{VENV} could not be made. Delete that folder and try again.")


def requirements(group: str) -> list[str]:
    """What pyproject.toml asks for: to run, or to run and test."""
    with (PROJECT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = project["optional-dependencies"][group] if group != "run" else []
    return [*project["dependencies"], *extras]


def digest_of(group: str) -> str:
    """Changes when what must be installed changes."""
    digest = hashlib.sha256(f"{group} {sys.version_info[:2]}\n".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((PROJECT / name).read_bytes())
    return digest.hexdigest()


def install(packages: Sequence[str]) -> None:
    """Installs Python packages at the pinned versions into ``.venv``."""
    say("Installing the pinned packages; the first time that is some 200 MB ...")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install"]
    pinned = ["--constraint", str(PROJECT / "constraints.txt")]
    if listed("pip", [*pip, *pinned, *packages], shown=("Downloading", "Installing")):
        raise TroubleError("pip could not install what is needed; what it says is above.")


def listed(
    name: str,
    command: Sequence[str],
    *,
    shown: tuple[str, ...] = (),
    env: Mapping[str, str] | None = None,
) -> int:
    """Runs a command, showing lines that begin as ``shown`` says, and all if it fails."""
    began = time.monotonic()
    lines: list[str] = []
    with subprocess.Popen(
        command,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            if line.strip().startswith(shown) and ".metadata" not in line:
                say(f"  {line.strip()[:100]}")
    if process.returncode:
        say("\n".join(lines))
    else:
        say(f"  {name}: {time.monotonic() - began:.1f} s")
    return process.returncode


COMMANDS: dict[str, Callable[[list[str]], int]] = {"run": run, "test": test}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
