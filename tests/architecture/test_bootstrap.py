"""bootstrap.py: what it decides, without installing anything."""

import ast
import sys
from pathlib import Path

import pytest

import bootstrap
from bootstrap import Outcome, TroubleError

SOURCE = Path(bootstrap.__file__).read_text(encoding="utf-8")
LIBRARIES = {"libEGL.so.1": "libegl1", "libglib-2.0.so.0": "libglib", "libgthread.so.0": "libglib"}


def test_it_needs_the_standard_library_alone() -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


def test_an_older_python_can_read_it_as_far_as_the_message() -> None:
    ast.parse(SOURCE, feature_version=(3, 7))


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_display(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert bootstrap.has_display(platform, environment) is expected


@pytest.mark.parametrize("arguments", [[], ["help"], ["tset"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(arguments) == 2
    assert capsys.readouterr().err == bootstrap.USAGE


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["--help"]) == 0
    assert capsys.readouterr().out == bootstrap.USAGE


def test_trouble_is_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_options: list[str]) -> int:
        raise TroubleError("Do this.")

    monkeypatch.setitem(bootstrap.COMMANDS, "run", fail)
    assert bootstrap.main(["run"]) == 1
    assert capsys.readouterr().err == "Do this.\n"


def test_options_may_name_another_practice() -> None:
    assert bootstrap.names_a_practice(["list", "--practice", "mine"])
    assert bootstrap.names_a_practice(["--practice=mine"])
    assert not bootstrap.names_a_practice(["list", "patients"])


def test_nothing_is_installed_where_every_library_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "install_packages", pytest.fail)
    bootstrap.require_libraries(LIBRARIES, loads=lambda _name: True)


def test_who_is_not_root_is_given_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(TroubleError) as said:
        bootstrap.require_libraries(LIBRARIES, loads=lambda _name: False)
    assert str(said.value).endswith("\n    sudo apt-get install --yes libegl1 libglib")


def test_another_system_is_told_the_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(TroubleError, match=r"hold: libEGL\.so\.1 libgthread\.so\.0$"):
        bootstrap.require_libraries(LIBRARIES, loads=lambda name: "glib" in name)


def test_a_library_that_there_is_not_does_not_load() -> None:
    assert not bootstrap.can_load("libneedlepoint-has-no-such.so.7")


def test_to_test_more_is_installed_than_to_run() -> None:
    running, testing = set(bootstrap.requirements("run")), set(bootstrap.requirements("test"))
    assert running < testing
    assert bootstrap.digest_of("run") != bootstrap.digest_of("test")


def test_a_changed_pin_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "PROJECT", tmp_path)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    before = bootstrap.digest_of("run")
    assert bootstrap.digest_of("run") == before
    (tmp_path / "constraints.txt").write_text("two", encoding="utf-8")
    assert bootstrap.digest_of("run") != before


def test_what_was_installed_to_test_is_enough_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path)
    monkeypatch.setattr(bootstrap, "make_environment", lambda: None)
    installed: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "install", installed.append)
    for group in ("test", "test", "run"):
        bootstrap.set_up(group, {})
    assert installed == [bootstrap.requirements("test")]


def test_the_newest_session_is_by_time_and_not_by_text() -> None:
    sessions = [
        {"id": "earlier", "started_at": "2026-03-14T10:00:00+02:00"},
        {"id": "newest", "started_at": "2026-03-14T09:30:00+01:00"},
    ]
    assert bootstrap.newest_session(sessions) == "newest"
    with pytest.raises(TroubleError, match="empty"):
        bootstrap.newest_session([])


def test_a_check_gets_no_modules_of_another_python() -> None:
    given = {"PATH": "bin", "PYTHONPATH": "elsewhere", "PYTHONHOME": "elsewhere"}
    assert bootstrap.surroundings(given, colour=False) == {"PATH": "bin", "PYTHONUTF8": "1"}
    assert bootstrap.surroundings({}, colour=True)["FORCE_COLOR"] == "1"


def test_the_summary_ends_with_the_line_that_pytest_ended_with() -> None:
    outcomes = [Outcome("lint", 1, 0.2, "Found 1 error."), Outcome("pytest", 0, 61.0, "9 passed")]
    lines = bootstrap.summary(outcomes)
    assert [line.split()[:2] for line in lines[1:3]] == [["FAILED", "lint"], ["passed", "pytest"]]
    assert lines[-1] == "9 passed"


@pytest.mark.parametrize(("code", "said"), [(0, "shown"), (3, "all of it")])
def test_a_command_shows_what_matters_and_all_of_it_if_it_fails(
    code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    program = f"print('shown line'); print('all of it'); raise SystemExit({code})"
    assert bootstrap.listed("it", [sys.executable, "-c", program], shown=("shown",)) == code
    out = capsys.readouterr().out
    assert said in out
    assert ("all of it" in out) is (code != 0)


def test_a_check_is_shown_and_its_last_line_kept(capsys: pytest.CaptureFixture[str]) -> None:
    done = bootstrap.checked("it", [sys.executable, "-c", "print('a'); print('b\\n'); exit(4)"])
    assert (done.name, done.code, done.closing) == ("it", 4, "b")
    assert capsys.readouterr().out.splitlines()[1:3] == ["a", "b"]
