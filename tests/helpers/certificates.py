"""Certificates made for a test: self-made, issued by somebody, expired, for something else."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

PASSPHRASE = "Fünf Nadeln"
HOLDER = "Léa Brönnimann"


@cache
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def usage(**purposes: bool) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{each: purposes.get(each, False) for each in every})


def certificate(
    holder: str = HOLDER,
    issuer: str | None = None,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    extensions: tuple[x509.ExtensionType, ...] = (usage(digital_signature=True),),
    public: Any = None,
) -> x509.Certificate:
    """Of the test's one key; without an issuer its holder made it."""
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name(holder))
        .issuer_name(name(issuer or holder))
        .public_key(public or key().public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since or now - timedelta(days=900))
        .not_valid_after(until or now + timedelta(days=900))
    )
    for each in extensions:
        made = made.add_extension(each, critical=False)
    return made.sign(key(), hashes.SHA256())


def authority(holder: str) -> x509.Certificate:
    """One that issues others."""
    of_authority = (x509.BasicConstraints(ca=True, path_length=None), usage(key_cert_sign=True))
    return certificate(holder, extensions=of_authority)


def pem(of: x509.Certificate) -> bytes:
    return of.public_bytes(Encoding.PEM)


def p12(
    of: x509.Certificate | None, passphrase: str = PASSPHRASE, *, private: Any = "the test's"
) -> bytes:
    """A PKCS#12 file; ``private``: another key than that of the test, or None."""
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    secret = key() if private == "the test's" else private
    chain = [of] if of is not None and secret is None else None
    return pkcs12.serialize_key_and_certificates(
        b"needlepoint", secret, None if secret is None else of, chain, locked
    )
