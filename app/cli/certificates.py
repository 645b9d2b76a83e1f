"""The certificate that a command signs with, and its passphrase: never an argument, which every
program on the computer could read.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.services import Services
from app.domain.errors import KnownError

if TYPE_CHECKING:
    from app.report.certificate import Signing

PASSPHRASE_VARIABLE = "NEEDLEPOINT_PASSPHRASE"


def add_certificate(parser: ArgumentParser) -> None:
    """The option of every command that writes PDF files."""
    parser.add_argument(
        "--certificate",
        metavar="FILE.p12",
        type=Path,
        help=f"sign with this certificate; its passphrase is asked for, or {PASSPHRASE_VARIABLE}",
    )


def signing_of(options: Namespace, services: Services) -> "Signing":
    """What signs, by the option ``--certificate``; nothing where it is not given.

    Raises CertificateError where the certificate cannot sign, KnownError where there is nobody to
    ask for the passphrase.
    """
    from app.report.certificate import open_certificate, unsigned

    if options.certificate is None:
        return unsigned
    passphrase = _passphrase(options.certificate)
    return open_certificate(options.certificate, passphrase, services.now()).sign


def _passphrase(path: Path) -> str:
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin or not sys.stdin.isatty():
        raise KnownError(
            f"There is no terminal to ask for the passphrase. Set {PASSPHRASE_VARIABLE} instead."
        )
    try:
        return getpass(f"Passphrase of {path.name}: ")
    except EOFError:
        raise KnownError("No passphrase was typed. Nothing was written.") from None
