"""The command line: what the window can do, for scripts and for machines without a display."""

from app.cli.runner import run
from app.cli.services import Services

__all__ = ["Services", "run"]
