"""Text as it is searched: without case and accents."""

import unicodedata

_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("'`´ʹʼ‘’‛′", "")
)
"""Letters that Unicode does not take apart, and apostrophes, which are typed in many ways."""


def fold(text: str) -> str:
    """``text`` without case, accents, apostrophes and compatibility forms: Müller, MÜLLER and
    muller agree, and so do Bjørnstad and bjornstad, O'Brien and obrien.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.translate(_PLAIN_LETTERS)
