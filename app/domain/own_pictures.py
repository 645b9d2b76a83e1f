"""A practitioner's own pictures: a photograph or drawing that is charted on like a view.

A picture is known by the hash of its file. So a mark can never move to another picture: what is
drawn anew or taken again is another file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.anatomy import Anchor, Side
from app.domain.identity import UUID

MOST_PIXELS = 50_000_000
"""Width times height. Decoding takes four bytes for each."""
FLAT_TRIANGLES = (1_000_000_000, 1_000_000_001)
"""The two halves of a picture, as anchors number them: numbers that no body has, so that a place
on a picture can never be taken for skin."""

_VERSION = "picture:"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class MediaType(StrEnum):
    """What a picture's file is."""

    PNG = "image/png"
    JPEG = "image/jpeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPicture:
    """One picture, for one patient or for all. Its bytes lie beside the records, by their hash."""

    id: UUID
    patient_id: UUID | None = None
    """None: for every patient of the practice, as a drawing of a knee is."""
    title: str
    side: Side | None = None
    """The PATIENT's side that is seen on it; None: not said."""
    sha256: str
    """Of the file, in hexadecimal digits."""
    media_type: MediaType
    width: int
    """px as it is shown: turned as the camera said that it was held."""
    height: int
    added_at: datetime

    @property
    def version(self) -> str:
        """What marks on it name in the place of a body's version, and of a view."""
        return picture_version(self.sha256)


def picture_version(sha256: str) -> str:
    return _VERSION + sha256


def is_picture_version(body_version: str) -> bool:
    """Whether places of this version lie on a picture instead of on a body."""
    return body_version.startswith(_VERSION)


def is_sha256(text: str) -> bool:
    return _SHA256.fullmatch(text) is not None


def lies_on_picture(anchor: Anchor) -> bool:
    """Whether a spot lies on a picture; on which one, only its mark says."""
    return anchor.triangle in FLAT_TRIANGLES


def all_on_picture(anchors: Iterable[Anchor]) -> bool:
    return all(map(lies_on_picture, anchors))


def shown_to(pictures: Iterable[OwnPicture], patient_id: UUID) -> tuple[OwnPicture, ...]:
    """Those of ``pictures`` that a patient's chart shows, in the order in which they were added.

    The same file is shown once: under the patient's own title, where there is one.
    """
    theirs = (each for each in pictures if each.patient_id in (None, patient_id))
    ordered = sorted(theirs, key=lambda each: (each.added_at, each.id))
    kept: dict[str, OwnPicture] = {}
    for picture in ordered:
        held = kept.get(picture.sha256)
        if held is None or (held.patient_id is None and picture.patient_id is not None):
            kept[picture.sha256] = picture
    return tuple(sorted(kept.values(), key=lambda each: (each.added_at, each.id)))
