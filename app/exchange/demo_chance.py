"""What a demo practice draws from chance alone."""

from datetime import datetime
from random import Random

from app.domain.identity import UUID


def make_id(chance: Random, at: datetime) -> UUID:
    """A UUID of version 7 (RFC 9562) for the time ``at``, its random bits drawn from ``chance``."""
    milliseconds = int(at.timestamp()) * 1000
    variable = (7 << 76) | (chance.getrandbits(12) << 64) | (2 << 62) | chance.getrandbits(62)
    return UUID(int=(milliseconds << 80) | variable)


def on_scale(value: float, highest: int) -> int:
    """The nearest whole number from 0 to ``highest``."""
    return min(highest, max(0, round(value)))
