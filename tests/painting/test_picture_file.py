"""What is taken as a picture, and what is refused before any of it is decoded."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QImageReader

from app.body.flat_picture import PICTURE_EDGE
from app.domain.errors import PictureFileError
from app.domain.own_pictures import MOST_PIXELS, MediaType
from app.painting.picture_file import LARGEST_FILE, decode, examine, read_picture_file
from tests.helpers.pictures import (
    LEFT_HALF,
    RIGHT_HALF,
    WHERE,
    encoded,
    jpeg,
    jpeg_claiming,
    png,
    png_claiming,
    with_exif,
)


def looks_like(image: QImage, x: float, y: float, colour: str) -> bool:
    """At a share of the picture; a JPEG is never quite the colour that it was."""
    found = image.pixelColor(int(x * image.width()), int(y * image.height()))
    wanted = QColor(colour)
    pairs = zip(found.getRgb()[:3], wanted.getRgb()[:3], strict=True)
    return max(abs(one - other) for one, other in pairs) < 16


@pytest.mark.parametrize(
    ("content", "media_type"), [(png(), MediaType.PNG), (jpeg(), MediaType.JPEG)]
)
def test_a_picture_is_taken_for_what_it_is(content: bytes, media_type: MediaType) -> None:
    file = examine(content)
    assert (file.media_type, file.width, file.height) == (media_type, 60, 40)
    assert looks_like(file.image, 0.2, 0.5, LEFT_HALF)
    assert looks_like(file.image, 0.8, 0.5, RIGHT_HALF)


@pytest.mark.parametrize(("width", "height"), [(5003, 3001), (301, 4999), (1, 1), (2400, 7)])
def test_a_large_picture_is_scaled_down_and_keeps_its_size_in_the_record(
    width: int, height: int
) -> None:
    for content in (jpeg(width, height), png(width, height)):
        file = examine(content)
        assert (file.width, file.height) == (width, height)
        assert max(file.image.width(), file.image.height()) == min(PICTURE_EDGE, max(width, height))


@pytest.mark.parametrize("orientation", [6, 8])
def test_a_camera_that_was_held_upright_makes_an_upright_picture(orientation: int) -> None:
    file = examine(with_exif(jpeg(600, 400), orientation))
    assert (file.width, file.height) == (400, 600)
    assert (file.image.width(), file.image.height()) == (400, 600)
    upper, lower = (LEFT_HALF, RIGHT_HALF) if orientation == 6 else (RIGHT_HALF, LEFT_HALF)
    assert looks_like(file.image, 0.5, 0.2, upper)
    assert looks_like(file.image, 0.5, 0.8, lower)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_width_and_height_are_those_that_are_seen(orientation: int) -> None:
    file = examine(with_exif(jpeg(600, 400), orientation))
    assert (file.width, file.height) == (file.image.width(), file.image.height())
    assert (file.width > file.height) == (orientation < 5)


def test_a_turned_picture_that_is_scaled_down_is_turned_too() -> None:
    file = examine(with_exif(jpeg(6000, 300), 6))
    assert (file.width, file.height) == (300, 6000)
    assert (file.image.width(), file.image.height()) == (120, PICTURE_EDGE)


def test_what_a_camera_wrote_is_kept_in_the_file_and_shown_nowhere() -> None:
    file = examine(with_exif(jpeg()))
    assert WHERE in file.content
    assert file.image.textKeys() == []
    assert WHERE not in encoded(file.image, "JPEG") + encoded(file.image, "PNG")


def test_what_is_drawn_on_nothing_lies_on_paper() -> None:
    drawn = QImage(30, 20, QImage.Format.Format_ARGB32)
    drawn.fill(QColor(0, 0, 0, 0))
    assert looks_like(decode(encoded(drawn, "PNG")), 0.5, 0.5, "#FFFFFF")


NEITHER = "neither a PNG nor a JPEG"
DAMAGED = "cut off or damaged"
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing at all": (lambda: b"", "is empty"),
    "text": (lambda: b"Dear colleague,\n", NEITHER),
    "a GIF": (lambda: b"GIF89a" + bytes(60), NEITHER),
    "a BMP": (lambda: encoded(QImage(9, 9, QImage.Format.Format_RGB32), "BMP"), NEITHER),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', NEITHER),
    "half a PNG": (lambda: png()[: len(png()) // 2], DAMAGED),
    "a PNG without its end": (lambda: png()[:-12], DAMAGED),
    "a PNG of a header alone": (lambda: png()[:8], DAMAGED),
    "half a JPEG": (lambda: jpeg(900, 600)[: len(jpeg(900, 600)) // 2], DAMAGED),
    "a JPEG without its last bytes": (lambda: jpeg()[:-2], DAMAGED),
    "a JPEG of three bytes": (lambda: jpeg()[:3], DAMAGED),
    "a JPEG that ends in its header": (lambda: with_exif(jpeg())[:60], DAMAGED),
    "a PNG with a bit turned": (lambda: _turned(png()), DAMAGED),
    "60000 x 60000": (lambda: png_claiming(60_000, 60_000), "3,600.0 megapixels"),
    "51 megapixels": (lambda: png_claiming(8500, 6000), "51.0 megapixels"),
    "51 megapixels of a JPEG": (lambda: jpeg_claiming(8500, 6000), "51.0 megapixels"),
    "more than a number holds": (lambda: png_claiming(2**31 - 1, 2**31 - 1), "megapixels"),
    "no width": (lambda: png_claiming(0, 9), DAMAGED),
}


def _turned(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def never(*_given: object) -> None:
    raise AssertionError("this must not be read")


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture_is_refused_before_it_is_decoded(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QImageReader, "read", never)
    make, words = BAD[name]
    with pytest.raises(PictureFileError, match=words) as refusal:
        examine(make())
    said = str(refusal.value)
    assert said.endswith(".")
    assert said.count(". ") == 1  # what is wrong, and what to do


def test_fifty_megapixels_are_taken() -> None:
    assert MOST_PIXELS == 10_000 * 5_000
    file = examine(jpeg(10_000, 5_000))
    assert (file.width, file.height) == (10_000, 5_000)


def test_a_header_that_lies_within_the_limit_is_found_out(capfd: pytest.CaptureFixture) -> None:
    with pytest.raises(PictureFileError, match=DAMAGED):
        examine(png_claiming(7000, 7000))
    capfd.readouterr()  # libpng writes what it thinks of it


@pytest.mark.parametrize("name", ["a.png", "b.jpg"])
def test_the_name_says_nothing_of_what_is_in_a_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Dear colleague")
    with pytest.raises(PictureFileError, match=NEITHER):
        read_picture_file(path)
    path.write_bytes(png())
    assert read_picture_file(path).media_type is MediaType.PNG


def test_a_file_that_is_gone_or_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    for path, words in (
        (tmp_path / "gone.png", "gone.png cannot be read"),
        (tmp_path / "folder.png", "folder.png is not a file"),
        (tmp_path / "a\0b.png", "cannot be read"),
    ):
        with pytest.raises(PictureFileError, match=words):
            read_picture_file(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")  # opening it would wait for ever
        with pytest.raises(PictureFileError, match="is not a file"):
            read_picture_file(tmp_path / "pipe.png")


def test_a_file_that_is_too_large_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    monkeypatch.setattr(Path, "read_bytes", never)
    with pytest.raises(PictureFileError, match=r"60\.0 MB; 60 MB are the most"):
        read_picture_file(path)
