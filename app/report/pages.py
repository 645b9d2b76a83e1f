"""The pages of a finished PDF as pictures, for the preview and the printer.

Typst paints them from the file itself, a page at a time: what is seen before it is saved, and what
comes out of the printer, is what the file holds. The file goes to Typst in memory, for nothing
about patients is written into temporary files. Typst takes texts alone there, so that each byte
goes as one character.
"""

import re
import zlib

from app.domain.errors import ExportError

PT_PER_INCH = 72.0
_PIECE = 1 << 18
"""Bytes that Typst turns back from characters at once: it needs many times as much meanwhile."""
_BYTES = """
#let piece(k) = bytes(read(str(k) + ".txt").codepoints().map(str.to-unicode))
#let pdf = range({count}).map(piece).sum()
"""
_PAGE = """
#import "bytes.typ": pdf
#set page(width: auto, height: auto, margin: 0pt)
#image(pdf, format: "pdf", page: {page})
"""
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b(?!s)")


class Pages:
    """The pages of ``pdf``, which this program made. ``count`` says how many."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.count = count_pages(pdf)
        pieces = [pdf[at : at + _PIECE] for at in range(0, len(pdf), _PIECE)]
        self._files = {f"{k}.txt": _as_text(piece) for k, piece in enumerate(pieces)}
        self._files["bytes.typ"] = _BYTES.format(count=len(pieces)).encode()

    def picture(self, page: int, ppi: float) -> bytes:
        """A PNG of a page, the first of which is 1, with so many px per inch of its paper.

        Any thread may ask. Raises ExportError where Typst refuses.
        """
        import typst

        from app.report.typesetting import compiler

        files = {"main.typ": _PAGE.format(page=page).encode(), **self._files}
        try:
            made = compiler().compile(input=files, format="png", ppi=ppi)
        except typst.TypstError as error:
            raise ExportError(
                f"Page {page} could not be shown: {error.message}. Report this as a fault."
            ) from error
        assert isinstance(made, bytes)
        return made


def _as_text(piece: bytes) -> bytes:
    return piece.decode("latin-1").encode()


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has: those that stand in the open and those in its object streams."""
    found = len(_PAGE_OBJECT.findall(pdf))
    for packed in _STREAM.findall(pdf):
        try:
            found += len(_PAGE_OBJECT.findall(zlib.decompressobj().decompress(packed)))
        except zlib.error:
            continue  # not a packed stream
    return found
