"""Session -> report model (pure) -> Typst -> PDF.

The chart of a session: ``model`` says every word of the page, ``pictures`` paints the marks with
the code of the screen, ``typesetting`` sets both with ``assets/report/session.typ``, ``pdf`` writes
the file. Other reports are built of ``blocks`` over a ``course`` of sessions, which
``document_setting`` sets with ``assets/report/document.typ``; ``kinds`` writes them.
"""
