"""Signed with a certificate: still valid for the archive, changed by one byte, and honest."""

import random
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.body.atlas import Atlas
from app.exchange.fingerprint import seal
from app.report.certificate import Certificate, CertificateError, open_certificate
from app.report.kinds import ReportKind, write_report
from app.report.pdf import write_session_pdf
from app.report.signatures import FoundSignature, Held, Trust, signatures_in
from app.report.verifying import Standing, Verdict, verify
from db.repository import SqlRepository
from tests.helpers import certificates as made
from tests.report import reading
from tests.report.builders import NOW as PRINTED
from tests.report.builders import Visit

Store = Callable[..., Visit]
NOW = datetime.now(UTC)


def opened(folder: Path, content: bytes, passphrase: str = made.PASSPHRASE) -> Certificate:
    path = folder / "own.p12"
    path.write_bytes(content)
    return open_certificate(path, passphrase, NOW)


@pytest.fixture
def printed(atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path) -> Path:
    """A session's chart, sealed and not signed."""
    out = tmp_path / "chart.pdf"
    write_session_pdf(repository, stored().session.id, out, now=PRINTED, atlas=atlas, seal=seal)
    return out


@pytest.fixture
def signed(printed: Path, tmp_path: Path) -> Path:
    out = tmp_path / "signed.pdf"
    out.write_bytes(opened(tmp_path, made.p12(made.certificate())).sign(printed.read_bytes()))
    return out


def verdict_on(path: Path, repository: SqlRepository) -> Verdict:
    return verify(path, repository.session_records, seal)


def the_one(content: bytes) -> FoundSignature:
    (found,) = signatures_in(content)
    return found


def test_a_signature_is_added_and_changes_nothing(printed: Path, signed: Path) -> None:
    before, after = printed.read_bytes(), signed.read_bytes()
    assert after.startswith(before)
    assert reading.faults(after) == []
    assert reading.pages(after) == reading.pages(before)
    assert b"/SubFilter /ETSI.CAdES.detached" in after
    assert after.count(b"<?xpacket begin=") == 1
    assert b"/Version" not in after[len(before) :]


def test_it_says_who_signed_and_what_that_is_worth(signed: Path, repository: SqlRepository) -> None:
    found = verdict_on(signed, repository)
    assert found.holds
    assert found.standing is Standing.SAME
    assert found.sentence == (
        "signed.pdf is up to date: its session and marks are the same in this practice. It was "
        f"signed with the certificate of {made.HOLDER} and not changed since. Its holder made this "
        "certificate: it proves nothing about who that is."
    )
    (signature,) = found.signatures
    assert (signature.held, signature.trust) == (Held.INTACT, Trust.OWN)
    assert signature.said_at is not None
    assert abs(signature.said_at - datetime.now(UTC)) < timedelta(minutes=5)


@pytest.mark.parametrize("kind", ReportKind)
def test_every_kind_of_report_can_be_signed(
    atlas: Atlas, repository: SqlRepository, stored: Store, tmp_path: Path, kind: ReportKind
) -> None:
    out = tmp_path / "report.pdf"
    sign = opened(tmp_path, made.p12(made.certificate())).sign
    write_report(
        repository, kind, stored().patient.id, out, now=PRINTED, atlas=atlas, seal=seal, sign=sign
    )
    assert reading.faults(out.read_bytes()) == []
    assert verdict_on(out, repository).holds


def test_one_byte_of_what_was_signed_is_seen(
    printed: Path, signed: Path, repository: SqlRepository
) -> None:
    content, length = bytearray(signed.read_bytes()), len(printed.read_bytes())
    for at in (1000, length // 2, length - 1000):
        content[at] ^= 1
        assert the_one(bytes(content)).held is Held.CHANGED
        content[at] ^= 1
    content[length // 2] ^= 1
    signed.write_bytes(content)
    found = verdict_on(signed, repository)
    assert not found.holds
    assert found.sentence.endswith(
        f"It was changed or damaged after it was signed with the certificate of {made.HOLDER}."
    )


def test_what_was_added_afterwards_is_seen(signed: Path, repository: SqlRepository) -> None:
    assert the_one(signed.read_bytes() + b"% a remark").held is Held.EXTENDED
    writer = IncrementalPdfFileWriter(BytesIO(signed.read_bytes()))
    writer.root["/Extra"] = writer.root["/Lang"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    signed.write_bytes(out.getvalue())
    found = verdict_on(signed, repository)
    assert (found.standing, found.holds) == (Standing.SAME, False)
    assert "and something was added to the file afterwards. Its holder made" in found.sentence


def test_an_issuer_counts_where_this_computer_trusts_it(
    printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = made.certificate(issuer="Health Chamber")
    content = opened(tmp_path, made.p12(issued)).sign(printed.read_bytes())
    (tmp_path / "other.pem").write_bytes(made.pem(made.authority("Somebody Else")))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "other.pem"))
    found = the_one(content)
    assert (found.held, found.trust) == (Held.INTACT, Trust.UNKNOWN)
    assert "Its issuer, Health Chamber, is not trusted on this computer" in found.sentence
    (tmp_path / "chamber.pem").write_bytes(made.pem(made.authority("Health Chamber")))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "chamber.pem"))
    found = the_one(content)
    assert (found.held, found.trust) == (Held.INTACT, Trust.TRUSTED)
    assert "whether the certificate was withdrawn was not looked up" in found.sentence


def test_that_a_certificate_expired_is_said(printed: Path, tmp_path: Path) -> None:
    last = NOW + timedelta(days=2)
    content = opened(tmp_path, made.p12(made.certificate(until=last))).sign(printed.read_bytes())
    (found,) = signatures_in(content, NOW + timedelta(days=9))
    assert found.held is Held.INTACT
    assert f"The certificate expired on {last.date()}; that it was in force" in found.sentence


def test_an_issuer_is_not_called_untrusted_because_a_certificate_expired(
    printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = made.certificate(issuer="Health Chamber", until=NOW + timedelta(days=2))
    content = opened(tmp_path, made.p12(issued)).sign(printed.read_bytes())
    (tmp_path / "chamber.pem").write_bytes(made.pem(made.authority("Health Chamber")))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "chamber.pem"))
    (found,) = signatures_in(content, NOW + timedelta(days=9))
    assert found.trust is Trust.TRUSTED
    assert "in force when the file was signed cannot be shown" in found.sentence


def test_no_network_is_used(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where a certificate names a place to ask."""

    def refuse(*_arguments: object) -> None:
        raise AssertionError("somebody was to be asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    place = x509.UniformResourceIdentifier("http://withdrawn.example/list")
    asked = x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])
    held = made.certificate(issuer="Health Chamber", extensions=(asked,))
    content = opened(tmp_path, made.p12(held)).sign(printed.read_bytes())
    assert the_one(content).held is Held.INTACT


def test_without_the_library_that_is_said(
    signed: Path, tmp_path: Path, repository: SqlRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyhanko.sign.signers", "pyhanko.pdf_utils.reader"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(CertificateError, match="needs the library pyHanko"):
        opened(tmp_path, made.p12(made.certificate()))
    found = verdict_on(signed, repository)
    assert (found.standing, found.holds) == (Standing.SAME, False)
    assert found.sentence.endswith(
        "It carries a signature, which cannot be checked: install Needlepoint again."
    )


def test_a_file_without_a_passphrase_is_opened(tmp_path: Path) -> None:
    assert opened(tmp_path, made.p12(made.certificate(), ""), "").holder == made.HOLDER


def test_a_name_is_shown_in_letters_alone(tmp_path: Path) -> None:
    held = made.certificate("Eva\x1b[2J\u202e  \nGut" + "x" * 40)
    assert opened(tmp_path, made.p12(held)).holder == "Eva[2J Gut" + "x" * 40


@pytest.mark.parametrize(
    ("content", "passphrase", "said"),
    [
        (made.p12(made.certificate()), "wrong", "The passphrase does not open own.p12."),
        (made.p12(made.certificate()), "", "The passphrase does not open own.p12."),
        (made.p12(made.certificate(), private=None), made.PASSPHRASE, "own.p12 holds no private"),
        (made.p12(None), made.PASSPHRASE, "own.p12 holds no certificate of its key."),
        (made.pem(made.certificate()), "", "own.p12 is no PKCS#12 file."),
        (b"", "", "own.p12 is no PKCS#12 file."),
        (b"\x30\x80" * 4000, "", "own.p12 is no PKCS#12 file."),
        (made.p12(made.certificate())[:-40], made.PASSPHRASE, "own.p12 is no PKCS#12 file."),
        (bytes(2_000_000), "", "own.p12 is no PKCS#12 file."),
        (
            made.p12(made.certificate(until=NOW - timedelta(days=1))), made.PASSPHRASE,
            f"The certificate of {made.HOLDER} expired on {(NOW - timedelta(days=1)).date()}.",
        ),
        (
            made.p12(made.certificate(since=NOW + timedelta(days=3))), made.PASSPHRASE,
            f"The certificate of {made.HOLDER} is not valid before",
        ),
        (
            made.p12(made.certificate(extensions=(made.usage(key_agreement=True),))),
            made.PASSPHRASE, f"The certificate of {made.HOLDER} is not made for signing documents.",
        ),
        (
            made.p12(
                made.certificate(
                    extensions=(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),)
                )
            ),
            made.PASSPHRASE, f"The certificate of {made.HOLDER} is not made for signing documents.",
        ),
    ],
)  # fmt: skip
def test_a_certificate_that_cannot_sign_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, passphrase: str, said: str
) -> None:
    with pytest.raises(CertificateError) as refused:
        opened(tmp_path, content, passphrase)
    assert str(refused.value).startswith(said)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CertificateError, match="There is no file"):
        open_certificate(tmp_path / "gone.p12", "", NOW)


@pytest.mark.parametrize(
    "private",
    [rsa.generate_private_key(65537, 2048), ed25519.Ed25519PrivateKey.generate()],
    ids=["rsa", "ed25519"],
)
def test_other_kinds_of_key_sign_too(
    printed: Path, tmp_path: Path, private: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
) -> None:
    held = made.certificate(public=private.public_key())
    content = opened(tmp_path, made.p12(held, private=private)).sign(printed.read_bytes())
    assert reading.faults(content) == []
    assert the_one(content).held is Held.INTACT


def test_no_pdf_makes_the_check_fail(signed: Path) -> None:
    """Bytes changed, cut and doubled at random, in what a parser stumbles over."""
    whole = signed.read_bytes()
    assert the_one(whole).held is Held.INTACT
    for seed in range(25):
        chance, content = random.Random(seed), bytearray(whole)
        for _each in range(chance.randint(1, 30)):
            at = chance.randrange(len(content) - 6000, len(content) - 1)
            action = chance.choice(("change", "cut", "double"))
            if action == "change":
                content[at] ^= chance.randint(1, 255)
            elif action == "cut":
                del content[at : at + chance.randint(1, 40)]
            else:
                content[at:at] = content[at : at + chance.randint(1, 200)]
        assert all(each.held is not Held.INTACT for each in signatures_in(bytes(content)))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 /ByteRange [1 2 3 4]",
        b"/ByteRange [0 0 0 0]" * 1000,
        b"%PDF-1.7\n1 0 obj<</ByteRange [0 99999999999 1 1]>>endobj\ntrailer<</Root 1 0 R>>\n"
        b"startxref\n9\n%%EOF",
        b"%PDF-1.7\n/ByteRange [0 1 2 3]" + b"[" * 100_000,
        b"%PDF-1.7\n/ByteRange [0 1 2 3]\nxref\n0 99999999\n0000000000 65535 f \ntrailer\n<</Size 9"
        b"/Prev 25/Root 1 0 R>>\nstartxref\n25\n%%EOF",
    ],
)
def test_a_hostile_file_is_unreadable(content: bytes) -> None:
    assert the_one(content).held is Held.UNREADABLE


def test_words_are_no_signature() -> None:
    assert signatures_in(b"%PDF-1.7 /Title (what /ByteRange [ means)") == ()


def test_the_name_of_an_issuer_alone_makes_no_certificate_its_holders_own(
    printed: Path, tmp_path: Path
) -> None:
    other = ed25519.Ed25519PrivateKey.generate()
    held = made.certificate(public=other.public_key())  # says so, and another key has signed it
    content = opened(tmp_path, made.p12(held, private=other)).sign(printed.read_bytes())
    assert the_one(content).trust in (Trust.UNKNOWN, Trust.NOT_LOOKED_UP)
