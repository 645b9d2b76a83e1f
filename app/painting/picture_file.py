"""Whether a file can be taken as a picture, found out before any of it is decoded; and decoding.

A file of a few kilobytes can claim a picture that fills the memory, and a name says nothing of
what is in a file. So the size on the disk is looked at first, then the first bytes, then the size
that the header gives, then whether the file goes on to its end; only then it is decoded, scaled
down, as a proof.
"""

import stat
import struct
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from app.body.flat_picture import PICTURE_EDGE
from app.domain.errors import PictureFileError
from app.domain.own_pictures import MOST_PIXELS, MediaType

LARGEST_FILE = 60_000_000
"""Bytes. A photograph of 50 megapixels has half of that."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_QUARTER_TURN = 4
"""The bit of ``QImageIOHandler.Transformation`` that swaps width and height."""
_START_OF_SCAN, _END = 0xDA, 0xD9
_ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers of a JPEG without a length."""
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that are followed by its size."""


@dataclass(frozen=True, eq=False)
class PictureFile:
    """A file that can be taken: its bytes, what they are, and how it looks.

    ``width`` and ``height`` are in px as the picture is shown; ``image`` is scaled down to
    ``PICTURE_EDGE`` px at most.
    """

    content: bytes
    sha256: str
    media_type: MediaType
    width: int
    height: int
    image: QImage


def read_picture_file(path: Path) -> PictureFile:
    """Raises PictureFileError, with a sentence that says what to do, where ``path`` is none."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise PictureFileError(f"{path.name} is not a file. Choose a PNG or JPEG file.")
        _require_size(status.st_size)
        content = path.read_bytes()
    except (OSError, ValueError):  # ValueError: a name that no file can have
        raise PictureFileError(
            f"{path.name} cannot be read. Check that it is still there and that you may read it."
        ) from None
    return examine(content)


def examine(content: bytes) -> PictureFile:
    """The picture in the bytes of a file. Raises PictureFileError where they are none."""
    _require_size(len(content))
    media_type = _media_type(content)
    header = (_png_header if media_type is MediaType.PNG else _jpeg_header)(content)
    pixels = header.width * header.height
    if pixels > MOST_PIXELS:
        raise PictureFileError(
            f"This picture has {pixels / 1e6:,.1f} megapixels; {MOST_PIXELS // 10**6} are the "
            "most that can be added. Save it smaller and add that file."
        )
    if not header.is_whole or not pixels:
        raise _damaged()
    buffer = QBuffer()  # it must live as long as the reader, which does not keep it
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = _reader(buffer, media_type)
    size = QSize(header.width, header.height)
    image = _decoded(reader, size)
    turned = bool(reader.transformation().value & _QUARTER_TURN)
    width, height = (size.height(), size.width()) if turned else (size.width(), size.height())
    return PictureFile(content, sha256(content).hexdigest(), media_type, width, height, image)


def decode(content: bytes) -> QImage:
    """How a picture that was kept looks, at ``PICTURE_EDGE`` px at most.

    Raises PictureFileError where the bytes are none any more.
    """
    return examine(content).image


def _require_size(size: int) -> None:
    if size == 0:
        raise PictureFileError("This file is empty. Copy it again from where it came.")
    if size > LARGEST_FILE:
        raise PictureFileError(
            f"This file has {size / 1e6:,.1f} MB; {LARGEST_FILE // 10**6} MB are the most that "
            "can be added. Save the picture smaller and add that file."
        )


def _media_type(content: bytes) -> MediaType:
    """By the first bytes, whatever the file is called."""
    if content.startswith(_PNG):
        return MediaType.PNG
    if content.startswith(_JPEG):
        return MediaType.JPEG
    raise PictureFileError(
        "This file is neither a PNG nor a JPEG. Save the picture as one of these and add that file."
    )


def _damaged() -> PictureFileError:
    return PictureFileError(
        "This picture is cut off or damaged. Copy the file again from where it came."
    )


def _reader(buffer: QBuffer, media_type: MediaType) -> QImageReader:
    """Of that format alone: Qt knows others, and would try them."""
    reader = QImageReader(buffer, media_type.value.removeprefix("image/").encode())
    reader.setAutoDetectImageFormat(False)
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    return reader


def _decoded(reader: QImageReader, size: QSize) -> QImage:
    if max(size.width(), size.height()) > PICTURE_EDGE:
        scale = PICTURE_EDGE / max(size.width(), size.height())
        reader.setScaledSize(
            QSize(max(round(size.width() * scale), 1), max(round(size.height() * scale), 1))
        )
    image = reader.read()
    if image.isNull():
        raise _damaged()
    return _on_paper(image)


def _on_paper(image: QImage) -> QImage:
    """What is drawn on nothing lies on white, or black lines would be lost on a dark window.

    Nothing else of the file is in what this gives: no text and no place where it was taken.
    """
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


class _Header(NamedTuple):
    """What a file says of itself, read without decoding: px, and whether it goes on to its end."""

    width: int
    height: int
    is_whole: bool


def _png_header(content: bytes) -> _Header:
    """Whole is what has all chunks up to the last, each as it was written."""
    at, width, height = len(_PNG), 0, 0
    while at + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        if name == b"IHDR" and at + 16 <= len(content):
            width, height = struct.unpack_from(">II", content, at + 8)
        end = at + 12 + length
        if end > len(content):
            break
        (written,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(memoryview(content)[at + 4 : end - 4]) != written:
            break
        if name == b"IEND":
            return _Header(width, height, is_whole=True)
        at = end
    return _Header(width, height, is_whole=False)


def _jpeg_header(content: bytes) -> _Header:
    """Whole is what has an end after its scan: Qt takes half of one for whole.

    The segments before the scan are stepped over, for they may hold a small picture with an end
    of its own.
    """
    at, width, height = 2, 0, 0
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == _START_OF_SCAN:
            return _Header(width, height, content.find(bytes((0xFF, _END)), at) >= 0)
    return _Header(width, height, is_whole=False)
