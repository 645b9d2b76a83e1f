"""Needlepoint's composition root: the only file that knows both ``app`` and ``db``.

Either side is imported when it is needed, so that the window is seen at once.
"""

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from app.cli.runner import run
from app.cli.services import Services
from app.domain.ports import OpenPractice


def open_practice(folder: Path, *, create: bool) -> AbstractContextManager[OpenPractice]:
    """Opens the practice in ``folder``; see db.practice."""
    from db.practice import open_practice as open_folder

    return open_folder(folder, create=create)


def open_window(folder: Path) -> int:
    """Opens the window on the practice in ``folder`` and stays until it is closed."""
    from app.panels.application import run_application

    return run_application(folder, open_practice)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; without a command it opens the window. Returns the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    return run(words, Services(open_practice=open_practice, open_window=open_window))


if __name__ == "__main__":
    sys.exit(main())
