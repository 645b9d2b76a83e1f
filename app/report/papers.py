"""The papers that a report can be printed on."""

from typing import Literal, get_args

Paper = Literal["a4", "us-letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
WIDTHS_MM: dict[Paper, float] = {"a4": 210.0, "us-letter": 215.9}
HEIGHTS_MM: dict[Paper, float] = {"a4": 297.0, "us-letter": 279.4}
PICTURES_MM: dict[Paper, float] = {"a4": 118.0, "us-letter": 104.0}
"""Highest height of the pictures: a session of some six marks then fits its first page."""
MARGIN_MM = 16.0
GUTTER_MM = 7.0
"""Between two pictures: numbers that reach out of one must not seem to belong to the next."""


def line_mm(paper: Paper) -> float:
    """The width of the page between its margins."""
    return WIDTHS_MM[paper] - 2 * MARGIN_MM


def page_mm(paper: Paper) -> tuple[float, float]:
    """Width and height of a page."""
    return WIDTHS_MM[paper], HEIGHTS_MM[paper]
