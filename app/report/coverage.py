"""Which characters the shipped fonts can print."""

from typing import Any, ClassVar


class Coverage:
    """Which characters every shipped font has a glyph for.

    What was found out is kept for all reports. The fonts are not: Qt wants a QRawFont used in
    the thread that made it, and reports are made in threads that come and go. So each object
    makes its own, where it meets a character that is new, and is for one thread alone.
    """

    _known: ClassVar[dict[str, bool]] = {}

    def __init__(self) -> None:
        self._fonts: list[Any] = []

    def __call__(self, character: str) -> bool:
        known = self._known.get(character)
        if known is None:
            known = self._known[character] = self._look_up(ord(character))
        return known

    def _look_up(self, code_point: int) -> bool:
        if not self._fonts:
            from PySide6.QtGui import QRawFont

            from app.painting.fonts import font_files

            self._fonts = [QRawFont(str(file), 10.0) for file in font_files()]
        return all(font.supportsCharacter(code_point) for font in self._fonts)
