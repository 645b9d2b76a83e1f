"""Reports as PDF beside Typst with nothing to print; a batch beside Typst alone with the same.

Typst remembers what it has set. Nobody prints one thing twenty times over, so each run has another
session, or another time of printing on all its pages.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path

from app.bench import records
from app.bench.measuring import Goal, Pair, Row, in_turn, row
from app.bench.setting import Setting
from app.body.atlas import Atlas
from app.domain.ports import PracticeOpener

PAGE = Goal(at_most=10)
FILE = Goal(at_most=300)
OF_BATCH = Goal(times=1.75)
"""Of Typst alone: see ADR 0029."""


def printing_rows(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Iterator[Row]:
    import typst

    from app.exchange.fingerprint import seal
    from app.report.batch import SETTERS, write_batch
    from app.report.batch_items import Batch
    from app.report.pages import count_pages
    from app.report.pdf import write_patient_pdf, write_session_pdf
    from app.report.typesetting import compiled

    with open_practice(folder / "printed", create=True) as practice:
        repository = practice.repository
        who, whom = records.practitioner(), records.patient()
        printed, marks = setting.printed_sessions, setting.marks_a_session
        records.store(repository, who, whom, *records.history(atlas, whom, who, printed, marks))
        chart = repository.chart(whom.id)
        assert chart is not None
        sessions = cycle([each.session.id for each in chart.sessions])
        times = (records.NOW + timedelta(minutes=minutes) for minutes in count())
        out = folder / "report.pdf"

        def whole() -> None:
            write_patient_pdf(repository, whom.id, out, now=next(times), atlas=atlas)

        def single() -> None:
            write_session_pdf(repository, next(sessions), out, now=next(times), atlas=atlas)

        def nothing() -> None:
            typst.compile(b'#set page(paper: "a4")\n#[]', format="pdf")

        pair = in_turn(setting.reports, whole, nothing)
        pages = count_pages(out.read_bytes())
        a_page = Pair(pair.value / pages, pair.floor)
        yield row(f"PDF of {printed:,} sessions, {pages} pages, a page", a_page, PAGE)
        pair = in_turn(setting.reports, single, nothing)
        yield row("PDF of one session, from click to file", pair, FILE)
        items = list(Batch(repository, atlas, records.NOW, seal=seal).charts([whom]))
        many = folder / "batch"
        ready = [item.make() for item in items]

        def batch() -> None:
            deque(write_batch(items, many), 0)

        def set_alone() -> None:
            with ThreadPoolExecutor(SETTERS) as setters:
                deque(setters.map(compiled, ready), 0)

        pair = in_turn(setting.reports, batch, set_alone)
        of_one = Pair(pair.value / len(items), pair.floor / len(items))
        yield row(f"PDF of one session in a batch of {len(items):,}", of_one, OF_BATCH)
