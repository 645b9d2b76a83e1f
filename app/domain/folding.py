"""Text as it is searched: without case and accents, in whole words and in short for them."""

import unicodedata
from collections.abc import Sequence

_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("'`´ʹʼ‘’‛′", "")
)
"""Letters that Unicode does not take apart, and apostrophes, which are typed in many ways."""


def fold(text: str) -> str:
    """``text`` without case, accents, apostrophes and compatibility forms: Müller, MÜLLER and
    muller agree, and so do Bjørnstad and bjornstad, O'Brien and obrien.
    """
    if text.isascii():  # most texts are, and of these nothing is to be taken apart
        return text.lower().translate(_PLAIN_LETTERS)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.translate(_PLAIN_LETTERS)


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are searched: "Trapezius, upper" is ("trapezius", "upper")."""
    return tuple("".join(c if c.isalnum() else " " for c in fold(text)).split())


def is_short_for(letters: str, words: Sequence[str]) -> bool:
    """Whether ``letters`` are the beginnings of two or more ``words``, run together: "utr" is
    short for "upper trapezius", "npt" for "new patient". The first word must be among them;
    later ones may be left out.
    """
    return bool(words) and _is_short_for(letters, tuple(words), 0)


def _is_short_for(letters: str, words: tuple[str, ...], given: int) -> bool:
    if not letters:
        return given >= 2
    if not words:
        return False
    shared = 0
    while shared < min(len(letters), len(words[0])) and letters[shared] == words[0][shared]:
        shared += 1
    if any(_is_short_for(letters[taken:], words[1:], given + 1) for taken in range(shared, 0, -1)):
        return True
    return given > 0 and _is_short_for(letters, words[1:], given)
