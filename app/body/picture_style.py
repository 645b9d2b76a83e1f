"""The styles in which the body is painted.

They stand by themselves: the window's look names one before its first paint, and must not wait
for numpy, which cameras and pictures need.
"""

from enum import StrEnum


class PictureStyle(StrEnum):
    """How the body is painted. Line is for print and for who needs more contrast."""

    CLAY = "clay"
    LINE = "line"
