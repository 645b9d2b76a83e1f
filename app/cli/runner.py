"""From arguments to an exit code: parse, do, print, and say plainly what could not be done."""

import io
import os
import sys
from collections.abc import Sequence

from app.cli.parser import build_parser
from app.cli.services import Services
from app.domain.errors import KnownError

DONE, COULD_NOT, INTERRUPTED = 0, 1, 130


def run(argv: Sequence[str], services: Services) -> int:
    """Runs one command line (without the program's name) and gives its exit code.

    0: done; 1: could not, with one sentence on stderr; 2: wrong usage. Without a command the
    window is opened. Whatever is not a KnownError is a bug, and is let through.
    """
    try:
        options = build_parser().parse_args(argv)
        if options.command is None:
            return services.open_window(options.practice)
        answer = options.command(options, services)
        _print(answer.as_json() if options.json else answer.text)
    except SystemExit as leaving:  # argparse has printed the help, the version or the mistake
        return int(leaving.code or 0)
    except KnownError as error:
        sys.stderr.write(f"{' '.join(str(error).split())}\n")
        return COULD_NOT
    except BrokenPipeError:  # the reader has seen enough: `needlepoint list marks | head`
        _silence_stdout()
        return COULD_NOT
    except KeyboardInterrupt:
        return INTERRUPTED
    return int(answer.exit_code)


def _print(text: str) -> None:
    """Writes ``text``; letters that the terminal cannot show come as escapes, not as a crash."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _silence_stdout() -> None:
    """Keeps Python from flushing into the closed pipe again when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
