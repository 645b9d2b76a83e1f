"""Pictures in memory as the bytes of a file."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage


def png_of(image: QImage) -> bytes:
    """``image`` as a PNG. Raises OSError where Qt's part that writes PNG is missing."""
    return _encoded(image, "PNG", -1)


def jpeg_of(image: QImage, quality: int) -> bytes:
    """``image``, which has no transparency, as a JPEG of a ``quality`` from 0 to 100. Raises
    OSError where Qt's part that writes JPEG is missing.
    """
    return _encoded(image, "JPEG", quality)


def _encoded(image: QImage, form: str, quality: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, form, quality):  # type: ignore[call-overload]
        raise OSError(f"Qt cannot write {form}")
    return bytes(content.data())
