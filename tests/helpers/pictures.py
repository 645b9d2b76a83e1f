"""Files of pictures, made as tests need them: whole, turned, cut off, or lying about their size."""

import struct
import zlib
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from app.domain.identity import UUID, new_id
from app.domain.own_pictures import MediaType, OwnPicture

ADDED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEFT_HALF, RIGHT_HALF = "#2040A0", "#E0C020"
WHERE = b"51 deg 28' 40\" N, HOME OF THE PATIENT"
"""What a camera may write into a file, and no report may hold."""


def image(width: int, height: int) -> QImage:
    """Blue at the left, yellow at the right."""
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(RIGHT_HALF))
    painter = QPainter(made)
    painter.fillRect(0, 0, width // 2, height, QColor(LEFT_HALF))
    painter.end()
    return made


def encoded(made: QImage, form: str) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert made.save(buffer, form)  # type: ignore[call-overload]
    return bytes(content.data())


def jpeg(width: int = 60, height: int = 40) -> bytes:
    return encoded(image(width, height), "JPEG")


def png(width: int = 60, height: int = 40) -> bytes:
    return encoded(image(width, height), "PNG")


def with_exif(content: bytes, orientation: int = 1) -> bytes:
    """A JPEG as a camera writes it: how it was held, and where it was taken."""
    where = WHERE + b"\0"
    head = struct.pack("<2sHIH", b"II", 42, 8, 2)
    turned = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    told = struct.pack("<HHII", 0x010E, 2, len(where), 8 + 2 + 2 * 12 + 4)
    exif = b"Exif\0\0" + head + told + turned + struct.pack("<I", 0) + where
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    comment = b"\xff\xfe" + struct.pack(">H", len(WHERE) + 2) + WHERE
    return content[:2] + segment + comment + content[2:]


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes whose header claims any size, with all checksums right."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def jpeg_claiming(width: int, height: int) -> bytes:
    """A whole JPEG whose header was changed to claim any size."""
    content = bytearray(jpeg())
    at = content.index(b"\xff\xc0")
    struct.pack_into(">HH", content, at + 5, height, width)
    return bytes(content)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def own_picture(content: bytes, patient_id: UUID | None = None, **fields: Any) -> OwnPicture:
    """The record of a PNG or JPEG of 60 x 40 px, or of what the fields say."""
    is_png = content.startswith(b"\x89PNG")
    given = {
        "id": new_id(),
        "patient_id": patient_id,
        "title": "Left shoulder",
        "sha256": sha256(content).hexdigest(),
        "media_type": MediaType.PNG if is_png else MediaType.JPEG,
        "width": 60,
        "height": 40,
        "added_at": ADDED,
    }
    return OwnPicture(**{**given, **fields})
