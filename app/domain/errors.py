"""Trouble that a user can be told about. Everything else that is raised is a bug.

The message of a ``KnownError`` is one plain sentence, or two, that says what happened and
what to do. It is shown as it stands in the window and on the command line.
"""


class KnownError(Exception):
    """The root of all expected trouble."""


class InvalidRecordError(KnownError):
    """A record breaks a rule of the domain; ``findings`` names the fields."""

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class StorageError(KnownError):
    """The practice could not be read or written: disk full, read-only, locked, damaged."""


class ConflictError(StorageError):
    """A record is not what the change expected: somebody else has written it meanwhile."""


class NumberTakenError(ConflictError):
    """A mark was to have a number that another mark of its session has; the next one may do."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Mark {number} is there already: it was placed elsewhere meanwhile. "
            "Look at what is there now, then repeat your change."
        )
        self.number = number


class SignedSessionError(StorageError):
    """A signed session, or a mark in one, was to be changed. Nobody may."""

    def __init__(self) -> None:
        super().__init__(
            "This session is signed. It and its marks stay as they are; "
            "add what is missing as an addendum, or chart what is new in a new session."
        )


class NeedleInError(StorageError):
    """A session was to be signed while one of its needles is in."""

    def __init__(self) -> None:
        super().__init__(
            "A needle of this session is still in. Take all needles out, then sign it."
        )


class PictureInUseError(StorageError):
    """A picture on which marks lie was to be removed, or taken from who has marks on it."""

    def __init__(self) -> None:
        super().__init__(
            "Marks lie on this picture, maybe in an earlier session. Remove those first; a "
            "picture with marks of a signed session stays."
        )


class PictureFileError(KnownError):
    """A file cannot be taken as a picture; the message says why and what to do."""


class NewerPracticeError(StorageError):
    """The practice was written by a newer version of the program."""


class ChartFileError(KnownError):
    """A chart file cannot be read; the message names the place in the file."""


class ExportError(KnownError):
    """A file could not be written, or a report could not be made."""


class StoppedError(KnownError):
    """Nobody waits for the answer any more."""
