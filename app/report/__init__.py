"""Session -> report model (pure) -> Typst -> PDF.

``model`` says every word of the page, ``pictures`` paints the marks with the code of the
screen, ``typesetting`` sets both with ``assets/report/session.typ``, ``pdf`` writes the file.
"""
