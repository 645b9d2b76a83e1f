"""Commands about reports beyond the chart of a session: verify."""

from argparse import Namespace

from app.cli.answer import Answer
from app.cli.services import Services


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
