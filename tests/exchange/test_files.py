"""A file is written whole or not at all, and what cannot be done is said in one sentence."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from app.domain.errors import ChartFileError, ExportError
from app.exchange.documents import read_document
from app.files import write_whole

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux to refuse")


def test_what_is_written_is_there_whole_and_for_its_owner_only(tmp_path: Path):
    write_whole(tmp_path / "a.json", [b"first, ", "second é\n".encode()])
    assert (tmp_path / "a.json").read_bytes() == "first, second é\n".encode()
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_link_stays_a_link(tmp_path: Path):
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    write_whole(tmp_path / "link.json", [b"x"])
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text() == "x"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("gone/a.json", "The folder {}/gone does not exist. Make it, or choose another folder."),
        ("file/a.json", "The folder {}/file does not exist. Make it, or choose another folder."),
        ("folder", "{}/folder is a folder. Choose a name for the file in it."),
        (
            "a\0b",
            "The name of the file holds a character that no name can have.",
        ),
        ("n" * 300, "The name of the file is too long. Choose a shorter one."),
    ],
)
def test_a_place_that_cannot_take_a_file(tmp_path: Path, name: str, sentence: str):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(ExportError) as refused:
        write_whole(tmp_path / name, [b"x"])
    assert str(refused.value) == sentence.format(tmp_path)
    assert sorted(os.listdir(tmp_path)) == before


@linux
def test_a_full_disk_leaves_the_old_file(tmp_path: Path):
    import resource

    path = tmp_path / "a.json"
    write_whole(path, [b"old"])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(ExportError) as refused:
            write_whole(path, [b"x" * 1000] * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(refused.value) == (
        f"There is no room left for {path}. Free some space, or choose another folder."
    )
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.json"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_folder_that_may_not_be_written_to(tmp_path: Path, monkeypatch, number: int):
    def refuse(**_place: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkstemp", refuse)  # root may write everywhere
    with pytest.raises(ExportError) as refused:
        write_whole(tmp_path / "a.json", [b"x"])
    assert str(refused.value) == f"{tmp_path} may not be written to. Choose another folder."


def test_a_writer_that_breaks_leaves_the_old_file(tmp_path: Path):
    def chunks():
        yield b"half"
        raise KeyboardInterrupt

    write_whole(tmp_path / "a.json", [b"old"])
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.json", chunks())
    assert (tmp_path / "a.json").read_text() == "old"
    assert os.listdir(tmp_path) == ["a.json"]


def test_what_a_crash_left_is_swept_away_when_it_is_old(tmp_path: Path):
    names = [".needlepoint-old.part", ".needlepoint-young.part", ".needlepoint-old.txt", "a.part"]
    for name in names:
        (tmp_path / name).write_text("a patient")
        age = 3500 if "young" in name else 3700
        then = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (then, then))
    (tmp_path / ".needlepoint-folder.part").mkdir()
    os.utime(tmp_path / ".needlepoint-folder.part", (0, 0))
    write_whole(tmp_path / "new.json", [b"x"])
    kept = {*names[1:], ".needlepoint-folder.part", "new.json"}
    assert set(os.listdir(tmp_path)) == kept


def test_a_file_is_asked_for_its_size_before_it_is_read(tmp_path: Path):
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(300_000_000)  # takes no room: the file is one hole
    with pytest.raises(ChartFileError) as refused:
        read_document(path)
    assert str(refused.value) == (
        f"{path} is larger than 200 MB, which is more than can be read. "
        "Export fewer patients into one file."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty. Copy it again from where it came."),
        (b" \n\t", "is empty. Copy it again from where it came."),
        (b"\xef\xbb\xbf", "is empty. Copy it again from where it came."),
        (b"\xff\xfe{\0}\0", "is not UTF-8 text (byte 0). Choose another file."),
        (b'{"a": "M\xfcller"}', "is not UTF-8 text (byte 8). Choose another file."),
        (b"%PDF-1.7", "is not JSON (line 1, column 1). Choose another file, or correct it."),
        (b"{\n'a': 1}", "is not JSON (line 2, column 1). Choose another file, or correct it."),
        (b'{"a": 1,}', "is not JSON (line 1, column 9). Choose another file, or correct it."),
        (b"{} {}", "is not JSON (line 1, column 4). Choose another file, or correct it."),
        (b'"a', "is not JSON (line 1, column 1). Choose another file, or correct it."),
        (b'{"a": 1', "ends too early: the file is cut off. Copy it again from where it came."),
        (b'{"a": [1, ', "ends too early: the file is cut off. Copy it again from where it came."),
        (b'{"a": "b', "ends too early: the file is cut off. Copy it again from where it came."),
        (b'{"a": "\xc3', "ends too early: the file is cut off. Copy it again from where it came."),
        (b"[" * 200_000, "nests lists too deeply to be read. Choose another file."),
        (b"[" + b"9" * 5000 + b"]", "holds a number of thousands of digits. Choose another file."),
    ],
)
def test_what_is_no_json_document(tmp_path: Path, content: bytes, sentence: str):
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(ChartFileError) as refused:
        read_document(path)
    assert str(refused.value) == f"{path} {sentence}"


def test_every_beginning_of_a_document_is_cut_off_or_empty(tmp_path: Path):
    whole = '{"a": [1.5e3, "é\\u00e9\\n", null, true, false, -2], "b": {"c": {}}}'.encode()
    path = tmp_path / "a.json"
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(ChartFileError, match=r"is cut off|is empty"):
            read_document(path)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("gone.json", "There is no file {}/gone.json. Check its name and folder."),
        ("folder", "{}/folder is a folder. Name the file in it."),
        ("pipe", "{}/pipe is not a file. Name a file that can be read."),
        ("file/a.json", "{}/file/a.json cannot be read: not a directory."),
        ("a\0b", "{}/a\0b cannot be read: embedded null byte."),
    ],
)
@linux
def test_what_cannot_be_read(tmp_path: Path, name: str, sentence: str):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ChartFileError) as refused:
        read_document(tmp_path / name)
    assert str(refused.value) == sentence.format(tmp_path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch):
    def refuse(self: Path) -> bytes:
        raise PermissionError

    path = tmp_path / "a.json"
    path.write_text("{}")
    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything
    with pytest.raises(ChartFileError) as refused:
        read_document(path)
    assert str(refused.value) == f"{path} may not be read. Ask for the right to read it."
