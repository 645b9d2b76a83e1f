"""Signing a PDF with the practitioner's own certificate: PAdES B-B (ETSI EN 319 142-1, read).

The signature is an addition at the end of the file; what was there stays byte for byte, and with it
the seal and PDF/A-2a and PDF/UA-1. It is not to be seen on any page. No timestamp is fetched and
nothing else is: this module never uses a network. pyHanko is loaded when a certificate is opened.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from app.domain.errors import ExportError

if TYPE_CHECKING:
    from cryptography import x509
    from pyhanko.sign.signers import SimpleSigner

Signing: TypeAlias = Callable[[bytes], bytes]
"""Gives the bytes of a PDF with a signature. Raises ExportError."""

LARGEST_FILE = 1_000_000
"""Bytes of a PKCS#12 file; a usual one has some thousand."""
LONGEST_NAME = 120
NOT_INSTALLED = (
    "Signing with a certificate needs the library pyHanko, which cannot be loaded. Install "
    "Needlepoint again."
)
FIELD = "Signature"
_OTHER_PURPOSES = {
    "1.3.6.1.5.5.7.3.1",  # the server of a website
    "1.3.6.1.5.5.7.3.3",  # programs
    "1.3.6.1.5.5.7.3.8",  # timestamps
    "1.3.6.1.5.5.7.3.9",  # lists of withdrawn certificates
}
"""Extended key usages (RFC 5280, 4.2.1.12) that are not for documents; there are many that are."""


def unsigned(content: bytes) -> bytes:
    """The Signing that adds no signature."""
    return content


class CertificateError(ExportError):
    """A certificate cannot be used to sign; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its private key, opened. It is kept in memory and nowhere else."""

    holder: str
    """Whom the certificate names."""
    _signer: "SimpleSigner"

    def sign(self, content: bytes) -> bytes:
        """``content``, a PDF, with a signature that lets nobody change anything without its being
        seen. Raises ExportError.
        """
        from pyhanko.sign import fields, signers

        meta = signers.PdfSignatureMetadata(
            field_name=FIELD,
            name=self.holder,
            md_algorithm="sha512",  # the one that Ed25519 takes, and all others take too
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        )
        # Outside of the page: PDF/UA-1 wants each field on it to be part of what is read aloud.
        unseen = fields.InvisSigSettings(box_out_of_bounds=True)
        spec = fields.SigFieldSpec(
            FIELD,
            invis_sig_settings=unseen,
            readable_field_name=f"Signature of {self.holder}",
        )
        try:
            signed = signers.sign_pdf(
                _addition_to(content), meta, self._signer, new_field_spec=spec, output=BytesIO()
            )
        except Exception as error:  # the library names no common error; it is passed on in words
            why = str(error).rstrip(".")
            raise ExportError(
                f"The file could not be signed ({why}). Choose another certificate."
            ) from error
        made: bytes = signed.getvalue()
        return made


def open_certificate(path: Path, passphrase: str, now: datetime) -> Certificate:
    """The certificate in a PKCS#12 file (.p12, .pfx), ready to sign at the time ``now``.

    Raises CertificateError where it is none, the passphrase does not open it, or it may not sign.
    """
    content = _read(path)
    try:
        from cryptography.hazmat.primitives.serialization import pkcs12
        from pyhanko.sign.signers import SimpleSigner
    except ImportError as error:
        raise CertificateError(NOT_INSTALLED) from error
    _require_pkcs12(path, content)
    secret, (key, held, _chain) = _opened(path, content, passphrase, pkcs12)
    if key is None:
        raise CertificateError(
            f"{path.name} holds no private key, so it cannot sign. Export it anew, with its key."
        )
    if held is None:
        raise CertificateError(
            f"{path.name} holds no certificate of its key. Export it anew, with its certificate."
        )
    _require_in_force(held, now)
    _require_for_signing(held)
    keep_quiet()
    signer = SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=secret)
    return Certificate(name_in(held.subject), signer)


def name_in(subject: Any) -> str:
    """Whom a name in a certificate (``cryptography.x509.Name``) names: its common name, else all
    of it, in letters that can be shown.
    """
    from cryptography.x509.oid import NameOID

    common = [str(each.value) for each in subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    told = common[0] if common else subject.rfc4514_string()
    shown = "".join(letter for letter in told if letter.isprintable())
    return " ".join(shown.split())[:LONGEST_NAME] or "nobody by name"


def keep_quiet() -> None:
    """What pyHanko finds wrong is said in a sentence, not in its log as well."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL + 1)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _no_certificate(path)
        return path.read_bytes()
    except FileNotFoundError:
        raise CertificateError(f"There is no file {path}. Check its name and folder.") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise CertificateError(f"{path} cannot be read ({reason}).") from None


def _no_certificate(path: Path) -> CertificateError:
    return CertificateError(
        f"{path.name} is no PKCS#12 file. Choose the file with your certificate and its key, "
        "which ends in .p12 or .pfx."
    )


def _require_pkcs12(path: Path, content: bytes) -> None:
    """So that a wrong passphrase and a wrong file are told apart."""
    from asn1crypto.pkcs12 import Pfx

    try:
        is_one = Pfx.load(content, strict=True)["version"].native in ("v3", 3)
        is_one = is_one and Pfx.load(content)["auth_safe"]["content_type"].native is not None
    except (ValueError, TypeError, KeyError):
        is_one = False
    if not is_one:
        raise _no_certificate(path)


def _opened(path: Path, content: bytes, passphrase: str, pkcs12: Any) -> tuple[bytes | None, Any]:
    """What the file holds, and the passphrase as it opens it: none is not the same as "" here."""
    from cryptography.exceptions import UnsupportedAlgorithm

    tried: Iterable[bytes | None] = (passphrase.encode(),) if passphrase else (b"", None)
    for secret in tried:
        try:
            return secret, pkcs12.load_key_and_certificates(content, secret)
        except UnsupportedAlgorithm:
            raise CertificateError(
                f"{path.name} is locked in a way that is not safe any more and cannot be opened "
                "here. Export it anew, with AES."
            ) from None
        except (ValueError, TypeError):
            continue
    raise CertificateError(f"The passphrase does not open {path.name}. Type it again.")


def _require_in_force(held: "x509.Certificate", now: datetime) -> None:
    first, last = held.not_valid_before_utc, held.not_valid_after_utc
    whose = f"The certificate of {name_in(held.subject)}"
    if now > last:
        raise CertificateError(f"{whose} expired on {last.date()}. Use one that is in force.")
    if now < first:
        raise CertificateError(f"{whose} is not valid before {first.date()}. Use another one.")


def _require_for_signing(held: "x509.Certificate") -> None:
    if not (_may_sign(held) and _is_for_documents(held)):
        raise CertificateError(
            f"The certificate of {name_in(held.subject)} is not made for signing documents. Use "
            "one that is."
        )


def _may_sign(held: "x509.Certificate") -> bool:
    """Where it says what its key is for: to sign. RFC 5280, 4.2.1.3."""
    from cryptography import x509

    try:
        usage = held.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _is_for_documents(held: "x509.Certificate") -> bool:
    from cryptography import x509

    try:
        usages = held.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return not {each.dotted_string for each in usages} <= _OTHER_PURPOSES


def _addition_to(content: bytes) -> Any:
    """A writer that adds to a PDF and leaves all that is there as it is.

    pyHanko would write the metadata anew, without what PDF/A wants there and with a later date, and
    ask for PDF 2.0, on which PDF/A-2 does not stand.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Addition(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """The metadata stay."""

        def ensure_output_version(self, version: object) -> None:
            """The version stays."""

    end = b"" if content.endswith(b"\n") else b"\n"  # PDF/A: each object begins on a line
    return Addition(BytesIO(content + end))
