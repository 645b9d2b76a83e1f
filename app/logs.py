"""The program's own troubles, written into the practice's ``logs``; never a patient's words.

What an exception says may hold data that it stumbled over, so only its type and the places in
the program are written down.
"""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_FILE = "needlepoint.log"
LOG_BYTES, LOG_FILES = 1_000_000, 5

log = logging.getLogger("needlepoint")


@contextmanager
def logging_into(folder: Path) -> Iterator[None]:
    """Writes what is logged into ``folder``, a megabyte a file, the last five of them."""
    handler = RotatingFileHandler(
        folder / LOG_FILE, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()


def log_bug(error: BaseException) -> None:
    """Logs an exception that nobody expected: its type and where it was raised."""
    places = traceback.extract_tb(error.__traceback__)
    lines = [f"  {place.filename}:{place.lineno} in {place.name}" for place in places]
    log.critical("\n".join([type(error).__qualname__, *lines]))
