import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.report import typesetting
from app.report.characters import BREAK_HERE, PLACEHOLDER, Printable, unprintable_line
from app.report.coverage import Coverage

covers = Coverage()


def printed(text: str) -> tuple[str, int]:
    printable = Printable(covers)
    return printable.text(text), printable.replaced


@pytest.mark.parametrize(
    "text",
    [
        "Ærøskøbing, Łódź, Nguyễn, Dvořák, O’Sullivan",
        "Ναί, да, ½ ≥ 3 µm · 5 × 6 → 7 °C – “so”",
        "two\nlines\tand a tab",
    ],
)
def test_what_the_fonts_show_stays(text: str) -> None:
    assert printed(text) == (text, 0)


@pytest.mark.parametrize(
    ("text", "shown", "count"),
    [
        ("中文 here", "□□ here", 2),
        ("مرحبا", "□□□□□", 5),
        ("😀!", "□!", 1),
        ("👩\u200d⚕\ufe0f", "□□", 2),  # one picture of two characters, joined
        ("\u202eevil", "□evil", 1),  # would turn the direction of reading
        ("\ue000 \ud800 \x07", "□ □ □", 3),  # private use, half a pair, a bell
    ],
)
def test_what_they_cannot_show_is_seen_and_counted(text: str, shown: str, count: int) -> None:
    assert printed(text) == (shown, count)


def test_line_ends_of_all_systems_are_line_ends() -> None:
    assert printed("a\r\nb\rc\u2028d") == ("a\nb\nc\nd", 0)


def test_a_letter_and_its_accent_become_one() -> None:
    assert printed("e\u0301") == ("é", 0)


def test_a_long_run_may_be_broken_and_no_word_is() -> None:
    text, _ = printed("electroencephalographical " + "x" * 60)
    word, run = text.split(" ")
    assert BREAK_HERE in run
    assert max(map(len, run.split(BREAK_HERE))) == 8
    assert run.replace(BREAK_HERE, "") == "x" * 60
    assert (
        printed("sternocleidomastoideus well-known-compound-word-of-many")[0].count(BREAK_HERE) == 0
    )
    assert word.replace(BREAK_HERE, "") == "electroencephalographical"


@given(st.text(st.characters()))
def test_all_that_is_printed_is_covered_and_nothing_is_lost_unseen(text: str) -> None:
    shown, count = printed(text)
    assert all(each in "\n\t" or covers(each) for each in shown)
    assert shown.count(PLACEHOLDER) >= count
    assert unicodedata.is_normalized("NFC", shown.replace(BREAK_HERE, ""))


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (0, ""),
        (1, "1 character could not be printed (□); the record holds it."),
        (1234, "1,234 characters could not be printed (□); the record holds them."),
    ],
)
def test_the_line_about_them(count: int, line: str) -> None:
    assert unprintable_line(count) == line


def test_the_placeholder_itself_can_be_printed() -> None:
    assert covers(PLACEHOLDER)
    assert covers(BREAK_HERE)


def test_answers_are_shared_between_threads_and_fonts_are_not() -> None:
    """Qt forbids a QRawFont in any thread but the one that made it."""
    one, other = Coverage(), Coverage()
    assert one("\u0416")
    assert other("\u0416")
    assert one._fonts
    assert not other._fonts  # it did not have to look
    assert other("\u0417")
    assert not set(map(id, one._fonts)) & set(map(id, other._fonts))
    made: list[Coverage] = []
    thread = threading.Thread(target=lambda: made.append(Coverage()) or made[0]("\u0418"))
    thread.start()
    thread.join()
    assert Coverage()("\u0418")
    assert not any(isinstance(each, Coverage) for each in vars(typesetting).values())
