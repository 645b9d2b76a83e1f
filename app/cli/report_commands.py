"""Commands about reports beyond the chart of a session: export report and batch,
letterhead, verify.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.cli.answer import Answer, counted
from app.cli.certificates import signing_of
from app.cli.practice_commands import as_id, find_patient, new_stamp
from app.cli.services import Services
from app.domain.change import Change, Edit
from app.domain.errors import KnownError
from app.domain.identity import UUID
from app.domain.letterhead import NO_LETTERHEAD

if TYPE_CHECKING:
    from app.report.batch import Progress


def export_report(options: Namespace, services: Services) -> Answer:
    from app.exchange.fingerprint import seal
    from app.files import require_folder
    from app.report.kinds import ReportKind, write_report
    from app.report.letterhead import letterhead_of

    require_folder(options.out)
    sign = signing_of(options, services)
    with services.open_practice(options.practice, create=False) as practice:
        repository = practice.repository
        write_report(
            repository,
            ReportKind(options.kind),
            find_patient(repository, options.patient).id,
            options.out,
            problem_id=_problem_id(options.problem),
            paper=options.paper,
            now=services.now(),
            seal=seal,
            letterhead=letterhead_of(repository),
            sign=sign,
        )
    return Answer({"file": str(options.out)}, f"Wrote {options.out}.")


def export_batch(options: Namespace, services: Services) -> Answer:
    from app.exchange.fingerprint import seal
    from app.report.batch import write_batch
    from app.report.batch_items import Batch
    from app.report.kinds import ReportKind
    from app.report.letterhead import letterhead_of
    from app.report.pdf import own_atlas

    sign = signing_of(options, services)
    with services.open_practice(options.practice, create=False) as practice:
        repository = practice.repository
        asked = [find_patient(repository, each) for each in options.patient or ()]
        patients = list(dict.fromkeys(asked)) or repository.patients()
        now = services.now().replace(microsecond=0)
        head = letterhead_of(repository)
        batch = Batch(repository, own_atlas(), now, options.paper, seal, options.names, head)
        if options.kind == "session":
            items = list(batch.charts(patients))
        else:
            items = list(batch.reports(ReportKind(options.kind), patients))
        for progress in write_batch(items, options.out, sign=sign):
            _tell(progress)
    text = f"Wrote {counted(len(items), 'file')} to {options.out}."
    return Answer({"folder": str(options.out), "files": [each.file_name for each in items]}, text)


def _tell(progress: Progress) -> None:
    """Says how far it is: over itself on a terminal, elsewhere a line at each tenth."""
    is_last = progress.done == progress.total
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{progress.words}" + ("\n" if is_last else ""))
    elif is_last or progress.done % max(progress.total // 10, 1) == 0:
        sys.stderr.write(f"{progress.words}\n")
    sys.stderr.flush()


def _problem_id(text: str | None) -> UUID | None:
    if text is None:
        return None
    found = as_id(text)
    if found is None:
        raise KnownError(f"{text} is not the id of a problem. It stands in: export chart")
    return found


def letterhead(options: Namespace, services: Services) -> Answer:
    from app.report.letterhead import logo_from

    with services.open_practice(options.practice, create=False) as practice:
        repository = practice.repository
        stored = repository.letterhead()
        held = NO_LETTERHEAD if stored is None or options.clear else stored
        given: dict[str, Any] = {
            "name": options.name,
            "lines": None if options.line is None else tuple(options.line),
            "foot": options.foot,
            "logo": logo_from(options.logo) if options.logo is not None else None,
        }
        changes = {name: value for name, value in given.items() if value is not None}
        if changes or options.clear:
            held = replace(held, **changes)
            change = Change("Change letterhead", {held.id: Edit(stored, held)})
            repository.commit(change, new_stamp(services))
    logo = "with a logo" if held.logo else "no logo"
    told = [held.name or "no name", *held.lines, held.foot or "no foot", logo]
    document = {
        "name": held.name, "lines": list(held.lines), "foot": held.foot, "logo": bool(held.logo),
    }  # fmt: skip
    return Answer(document, "\n".join(told))


def verify(options: Namespace, services: Services) -> Answer:
    """Its document: ``{file, standing, sentence, sessions: [{id, standing, changed}], signatures:
    [{held, signer, issuer, trust, said_at, expired_on}]}``; the words of ``standing`` are those of
    Standing, of ``held`` and ``trust`` those of Held and Trust in app/report/signatures.py. Exit 0
    where all is the same and every signature intact, whoever it is by; else 1.
    """
    from app.exchange.fingerprint import seal
    from app.report.verifying import verify as verdict_on

    with services.open_practice(options.practice, create=False) as practice:
        verdict = verdict_on(options.file, practice.repository.session_records, seal)
    document = {
        "file": str(options.file),
        "standing": verdict.standing.value,
        "sentence": verdict.sentence,
        "sessions": [
            {
                "id": str(each.session_id),
                "standing": each.standing.value,
                "changed": list(each.changed),
            }
            for each in verdict.sessions
        ],
        "signatures": [
            {
                "held": each.held.value,
                "signer": each.signer,
                "issuer": each.issuer,
                "trust": each.trust and each.trust.value,
                "said_at": each.said_at and each.said_at.isoformat(),
                "expired_on": each.expired_on and each.expired_on.isoformat(),
            }
            for each in verdict.signatures
        ],
    }
    return Answer(document, verdict.sentence, exit_code=not verdict.holds)
