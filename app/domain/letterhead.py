"""The practice's letterhead: its name, address, logo and footer, for all that is printed.

A practice has one. Unlike own pictures, the logo is part of the record: it is small, and so undo,
trail, backup and chart file hold the letterhead whole.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.domain.findings import Finding, check_text
from app.domain.identity import UUID

LETTERHEAD_ID = UUID("01990000-0000-7000-8000-000000000001")
"""Of every practice's letterhead, since there is no second one."""
LONGEST_NAME, LONGEST_LINE, LONGEST_FOOT, MOST_LINES = 120, 100, 120, 6
LOGO_EDGE = 900
"""px of the longer edge of a logo at most: 300 dpi at 76 mm."""
LARGEST_LOGO = 3_000_000
"""Bytes. Without any compression, a logo has 2.4 million."""

_PNG, _SIZE_AT = b"\x89PNG\r\n\x1a\n", 16
"""How a PNG begins, and where its width and height stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """``lines``: address, telephone ... a line each. ``logo``: a PNG, or nothing."""

    id: UUID = LETTERHEAD_ID
    name: str = ""
    lines: tuple[str, ...] = ()
    foot: str = ""
    """Stands at the foot of every page."""
    logo: bytes = field(default=b"", repr=False)

    @property
    def logo_size(self) -> tuple[int, int]:
        """Width and height in px, as the PNG says them; (0, 0) where there is no logo."""
        if not self.logo.startswith(_PNG) or len(self.logo) < _SIZE_AT + 8:
            return (0, 0)
        width, height = struct.unpack_from(">II", self.logo, _SIZE_AT)
        return (width, height)


NO_LETTERHEAD = Letterhead()


def check_letterhead(head: Letterhead, _today: date) -> Iterator[Finding]:
    """Whether it is the practice's one letterhead, and fits on paper."""
    if head.id != LETTERHEAD_ID:
        yield Finding("id", f"A practice has one letterhead, with the id {LETTERHEAD_ID}.")
    yield from check_text(head.name, "name", "The name", LONGEST_NAME)
    if len(head.lines) > MOST_LINES:
        said = f"A letterhead has {MOST_LINES} lines at most; these are {len(head.lines)}."
        yield Finding("lines", said)
    for line in head.lines:
        yield from check_text(line, "lines", "A line of the letterhead", LONGEST_LINE)
    yield from check_text(head.foot, "foot", "The foot", LONGEST_FOOT)
    if head.logo:
        yield from _check_logo(head)


def _check_logo(head: Letterhead) -> Iterator[Finding]:
    if len(head.logo) > LARGEST_LOGO:
        yield Finding("logo", f"A logo can have {LARGEST_LOGO // 10**6} MB.")
    if not all(0 < edge <= LOGO_EDGE for edge in head.logo_size):
        yield Finding("logo", f"A logo is a PNG of at most {LOGO_EDGE} px each way.")
