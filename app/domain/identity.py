"""Identifiers made by the client, so that rows from several rooms can meet without clashing."""

from uuid import UUID

from uuid_utils.compat import uuid7

__all__ = ["UUID", "new_id"]


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): unique, and sorted by the time at which it was made."""
    return uuid7()
