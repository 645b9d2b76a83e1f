"""Needlepoint: chart dry needling on pictures of the body."""

__version__ = "0.1.0"
