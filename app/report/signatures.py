"""What the signatures in a PDF show, and what they do not.

A signature shows that the file is what was signed with a key. Whose key that is, a certificate
says, which is worth as much as whoever issued it. Nothing is fetched, so whether a certificate was
withdrawn stays open, and the time of signing is what the signer's clock said. pyHanko is loaded
only where a file carries a signature.
"""

import mmap
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

from app.report.certificate import keep_quiet, name_in

_SIGNED = re.compile(rb"/ByteRange\s*\[(?:\s*\d+){4}\s*\]")
"""What every signature has, and never compressed (ISO 32000-2, 12.8.1, from memory)."""


class Held(StrEnum):
    """Whether a file is what was signed."""

    INTACT = "intact"
    EXTENDED = "extended"
    """All that was signed is there, and something was added to the file afterwards."""
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    NOT_CHECKED = "not_checked"
    """The library that checks signatures cannot be loaded."""


class Trust(StrEnum):
    """What the certificate of a signer is worth on this computer."""

    TRUSTED = "trusted"
    """Its issuer is one that this computer trusts."""
    OWN = "own"
    """Its holder made it."""
    UNKNOWN = "unknown"
    """Its issuer is none that this computer trusts."""
    NOT_LOOKED_UP = "not_looked_up"
    """Whom this computer trusts could not be found out."""


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """``signer``: whom the certificate names, ``issuer``: who says so; "" where nobody can tell.

    ``said_at``: the time of signing as the signer's clock had it. ``expired_on``: the day on which
    the certificate ceased to be valid, where that has passed.
    """

    held: Held
    signer: str = ""
    issuer: str = ""
    trust: Trust | None = None
    said_at: datetime | None = None
    expired_on: date | None = None

    @property
    def sentence(self) -> str:
        """All of it to a person, and nothing more than is known."""
        whose = f"the certificate of {self.signer}"
        if self.held is Held.NOT_CHECKED:
            return "It carries a signature, which cannot be checked: install Needlepoint again."
        if self.held is Held.UNREADABLE:
            return "It carries a signature that is damaged or cannot be read."
        if self.held is Held.CHANGED:
            return f"It was changed or damaged after it was signed with {whose}."
        if self.held is Held.EXTENDED:
            told = f"It was signed with {whose}, and something was added to the file afterwards."
        else:
            told = f"It was signed with {whose} and not changed since."
        return f"{told} {self._worth}{self._expiry}"

    @property
    def _worth(self) -> str:
        if self.trust is Trust.OWN:
            return "Its holder made this certificate: it proves nothing about who that is."
        if self.trust is Trust.TRUSTED:
            return (
                f"Its issuer, {self.issuer}, is trusted on this computer; whether the certificate "
                "was withdrawn was not looked up."
            )
        why = f"Its issuer, {self.issuer}, is not trusted on this computer"
        if self.trust is Trust.NOT_LOOKED_UP:
            why = f"Whether its issuer, {self.issuer}, is trusted here could not be looked up"
        return f"{why}: it proves nothing about who that is."

    @property
    def _expiry(self) -> str:
        if self.expired_on is None:
            return ""
        return (
            f" The certificate expired on {self.expired_on}; that it was in force when the file "
            "was signed cannot be shown."
        )


def signatures_in(
    content: bytes | mmap.mmap, now: datetime | None = None
) -> tuple[FoundSignature, ...]:
    """The signatures of a PDF, the first one first; of whatever else, none.

    ``now``, with its zone, is the present where another one is to be assumed.
    """
    if _SIGNED.search(content) is None:
        return ()
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
    except ImportError:
        return (FoundSignature(Held.NOT_CHECKED),)
    keep_quiet()
    moment = now or datetime.now(UTC)
    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        embedded: Sequence[Any] = reader.embedded_regular_signatures
    except Exception:  # noqa: BLE001 (whoever made the file may have meant any harm)
        embedded = ()
    found = tuple(_examined(each, moment) for each in embedded)
    return found or (FoundSignature(Held.UNREADABLE),)


def _examined(embedded: Any, now: datetime) -> FoundSignature:
    try:
        return _checked(embedded, now)
    except Exception:  # noqa: BLE001 (as above)
        return FoundSignature(Held.UNREADABLE)


def _checked(embedded: Any, now: datetime) -> FoundSignature:
    from cryptography.x509 import load_der_x509_certificate
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    roots = trusted_roots()
    holder = load_der_x509_certificate(embedded.signer_cert.dump())
    last = holder.not_valid_after_utc
    moment = min(now, last)  # that it expired says nothing of its issuer, and is said by itself
    status = validate_pdf_signature(
        embedded,
        ValidationContext(roots, allow_fetching=False, revocation_mode="soft-fail", moment=moment),
        key_usage_settings=KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        ),
        skip_diff=True,
    )
    return FoundSignature(
        _held(status),
        name_in(holder.subject),
        name_in(holder.issuer),
        _trust(status, holder, has_roots=bool(roots)),
        status.signer_reported_dt,
        last.date() if last < now else None,
    )


def trusted_roots() -> list[Any]:
    """The certificates (asn1crypto's) whose holders this computer trusts; none where it does not
    tell Python.
    """
    import ssl

    from asn1crypto.x509 import Certificate

    context = ssl.create_default_context()
    folder = ssl.get_default_verify_paths().capath
    bundle = Path(folder or "") / "ca-certificates.crt"
    if not context.get_ca_certs() and folder and bundle.is_file():
        context.load_verify_locations(bundle)  # a folder's own files are read when they are needed
    return [Certificate.load(each) for each in context.get_ca_certs(binary_form=True)]


def _held(status: Any) -> Held:
    from pyhanko.sign.validation import SignatureCoverageLevel

    if not (status.intact and status.valid):
        return Held.CHANGED
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Held.INTACT
    if status.coverage is SignatureCoverageLevel.ENTIRE_REVISION:
        return Held.EXTENDED
    return Held.CHANGED


def _trust(status: Any, holder: Any, *, has_roots: bool) -> Trust:
    if status.trusted:
        return Trust.TRUSTED
    if _is_own(holder):
        return Trust.OWN
    return Trust.UNKNOWN if has_roots else Trust.NOT_LOOKED_UP


def _is_own(holder: Any) -> bool:
    """Whether a certificate is signed with the very key that it is of."""
    from cryptography.exceptions import InvalidSignature

    try:
        holder.verify_directly_issued_by(holder)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
