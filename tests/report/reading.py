"""Reading a finished PDF as others do: a validator, a text search, a screen reader."""

import io
import re
from collections.abc import Iterator
from typing import Any

import page
from pypdf import PdfReader

PROFILES = ("pdfa-2a", "pdfua-1")
_ERRING_RULE = "PDFA2A-STREAM-LENGTH-001"
_STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream(?:\r\n|\n)")


def faults(content: bytes) -> list[str]:
    """What an independent validator finds against PDF/A-2a and PDF/UA-1.

    The validator errs on the lengths of streams in some files; such a finding is dropped only
    where a count of the bytes shows that every length is right.
    """
    found = []
    for profile in PROFILES:
        for failure in page.validate_pdf_bytes(content, profile=profile).failures:
            if failure.rule_id == _ERRING_RULE and stream_lengths_are_right(content):
                continue
            found.append(f"{profile} {failure.rule_id}: {failure.message}")
    return found


def stream_lengths_are_right(content: bytes) -> bool:
    """Whether each stream is followed by its end exactly after the length that it gives."""
    starts = list(_STREAM.finditer(content))
    ends = [content[m.end() + int(m[1]) :][:11] for m in starts]
    return bool(starts) and all(re.match(rb"\r?\n?endstream", end) for end in ends)


def pages(content: bytes) -> list[str]:
    """The text of each page, without the marks at which long words may be broken."""
    reader = PdfReader(io.BytesIO(content))
    return [each.extract_text().replace("\u200b", "") for each in reader.pages]


def squeezed(text: str) -> str:
    """``text`` without any white space: a line may be broken anywhere."""
    return re.sub(r"\s+", "", text)


def lines_beginning(text: str, words: str) -> int:
    """How often a line of ``text`` begins with ``words``, wherever these are broken."""
    letters = r"\s*".join(map(re.escape, squeezed(words)))
    return len(re.findall(rf"^{letters}", text, re.MULTILINE))


def table_rows(content: bytes) -> list[tuple[str, str, str]]:
    """(number, kind, side) of each row of the table of marks, in the order of reading."""
    row = re.compile(
        r"^(\d+) (Trigger point|Needle|Twitch response|Soreness|Referred pain|Taut band|Reaction"
        r"|Note) .*?(Right|Left|Midline) (?:Anterior|Posterior|Left|Right) view",
        re.MULTILINE,
    )
    return [found for text in pages(content) for found in row.findall(text)]


def elements(content: bytes) -> Iterator[Any]:
    """The elements of the structure tree, as a screen reader walks them."""
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]
    yield from _below(root.get("/K"))


def _below(node: Any) -> Iterator[Any]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _below(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _below(node["/K"])


def alternative_texts(content: bytes) -> list[str]:
    return [str(each["/Alt"]) for each in elements(content) if each["/S"] == "/Figure"]
