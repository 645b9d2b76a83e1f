"""Makes every kind of report of random patients and reads them as others do:
python -m tools.report_campaign --patients 50 --seed 1

Each file must keep PDF/A-2a and PDF/UA-1 by an independent validator, and have every mark once, on
the right side and in a right view. Fifty patients take some minutes.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from app.body.atlas import Atlas
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.identity import new_id
from app.exchange.demo import DEMO_DAY
from app.exchange.fingerprint import seal
from app.paths import BODY_MAPS
from app.report.kinds import ReportKind, write_report
from app.report.papers import PAPERS
from app.report.pdf import write_session_pdf
from db.practice import open_practice
from db.repository import SqlRepository
from tools.report_campaign.checks import Checker
from tools.report_campaign.patients import Case, random_practice


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parse(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as folder:
        files, findings = 0, 0
        for name, found in campaign(
            options.patients, options.sessions, options.seed, options.keep or Path(folder)
        ):
            files += 1
            findings += len(found)
            for each in found:
                print(f"{name}: {each}", flush=True)
            if sys.stderr.isatty():
                print(f"\r{files} files", end="", file=sys.stderr, flush=True)
    told = f"{files} files, {findings} finding{'' if findings == 1 else 's'}"
    print(f"{told} (patients: {options.patients}, seed: {options.seed})")
    return int(findings > 0)


def campaign(
    patients: int, sessions: int | None, seed: int, folder: Path
) -> Iterator[tuple[str, list[str]]]:
    """(name, findings) of each file, which is left in ``folder``."""
    atlas = Atlas.load(BODY_MAPS)
    practice = random_practice(patients, sessions, seed, atlas)
    with open_practice(folder / "practice", clock=lambda: DEMO_DAY) as opened:
        repository = opened.repository
        _keep(repository, practice.shared)
        for index, case in enumerate(practice.cases):
            for content in case.files:
                repository.keep_picture(content)
            _keep(repository, case.records)
            chance = Random(f"campaign {seed}, files of patient {index}")
            yield from _reports(repository, atlas, case, chance, folder / f"{index:03}")
        faults = repository.check()
        if faults:
            yield "practice", faults


def _reports(
    repository: SqlRepository, atlas: Atlas, case: Case, chance: Random, folder: Path
) -> Iterator[tuple[str, list[str]]]:
    """The chart of any of the patient's sessions, and each kind of report on the patient."""
    folder.mkdir()
    whom, now = case.patient.id, datetime(2026, 11, 20, 9, tzinfo=DEMO_DAY.tzinfo)
    sessions = repository.patient_records(whom)
    checker, shown = Checker(atlas, sessions), chance.choice(sessions)
    given: dict[str, Any] = {"now": now, "atlas": atlas, "seal": seal}
    given["letterhead"] = case.letterhead
    out = folder / "chart.pdf"
    paper = chance.choice(PAPERS)
    write_session_pdf(repository, shown.session.id, out, paper=paper, **given)
    yield f"{folder.name}/{out.name} ({paper})", checker.chart(out.read_bytes(), shown)
    for kind in ReportKind:
        out, paper = folder / f"{kind}.pdf", chance.choice(PAPERS)
        write_report(repository, kind, whom, out, paper=paper, **given)
        yield f"{folder.name}/{out.name} ({paper})", checker.report(kind, out.read_bytes())


def _keep(repository: SqlRepository, records: Sequence[Any]) -> None:
    stamp = Stamp(step=new_id(), action=Action.DO, at=DEMO_DAY)
    repository.commit(Change.add("Campaign", *records), stamp)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.report_campaign", description=__doc__)
    parser.add_argument("--patients", type=int, default=50)
    parser.add_argument("--sessions", type=int, help="of each (otherwise as the demo practice has)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the files in this folder")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
