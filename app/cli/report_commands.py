"""Commands about reports beyond the chart of a session: export report, verify."""

from argparse import Namespace

from app.cli.answer import Answer
from app.cli.practice_commands import as_id, find_patient
from app.cli.services import Services
from app.domain.errors import KnownError
from app.domain.identity import UUID


def export_report(options: Namespace, services: Services) -> Answer:
    from app.exchange.fingerprint import seal
    from app.files import require_folder
    from app.report.kinds import ReportKind, write_report

    require_folder(options.out)
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
        )
    return Answer({"file": str(options.out)}, f"Wrote {options.out}.")


def _problem_id(text: str | None) -> UUID | None:
    if text is None:
        return None
    found = as_id(text)
    if found is None:
        raise KnownError(f"{text} is not the id of a problem. It stands in: export chart")
    return found


def verify(options: Namespace, services: Services) -> Answer:
    from app.exchange.fingerprint import seal
    from app.report.verifying import Standing
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
    }
    return Answer(document, verdict.sentence, exit_code=verdict.standing is not Standing.SAME)
