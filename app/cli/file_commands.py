"""Commands that bring files into a practice or out of it: import chart, export chart, pdf,
picture and tables.
"""

from argparse import Namespace
from collections.abc import Callable, Sequence

from app.cli.answer import Answer, counted
from app.cli.certificates import signing_of
from app.cli.practice_commands import find_patient, find_session, new_stamp
from app.cli.services import Services
from app.domain.ports import Repository
from app.domain.records import Record


def import_chart(options: Namespace, services: Services) -> Answer:
    from app.body.atlas import Atlas
    from app.exchange.chart_file import load_chart, store_chart
    from app.exchange.known_bodies import known_bodies
    from app.paths import BODY_MAPS

    # Read before the practice is opened: a file that is no good must not leave a new practice.
    bodies = known_bodies(Atlas.load(BODY_MAPS))
    placed = load_chart(options.file, services.now().date(), bodies)
    with services.open_practice(options.practice, create=True) as practice:
        result = store_chart(options.file, placed, practice.repository, new_stamp(services))
    text = (
        f"Stored {counted(result.added, 'new record')} from {options.file}; "
        f"{result.unchanged:,} were there already."
    )
    if result.kept_letterhead:
        text += " The practice keeps its own letterhead."
    return Answer({"added": result.added, "unchanged": result.unchanged}, text)


def export_chart(options: Namespace, services: Services) -> Answer:
    from app.exchange import chart_file
    from app.files import require_folder

    require_folder(options.out)
    with services.open_practice(options.practice, create=False) as practice:
        records = _chosen(practice.repository, options)
        chart_file.export_chart(records, options.out, practice.repository.picture_bytes)
    text = f"Wrote {counted(len(records), 'record')} to {options.out}."
    return Answer({"file": str(options.out), "records": len(records)}, text)


def export_pdf(options: Namespace, services: Services) -> Answer:
    from app.exchange.fingerprint import seal
    from app.files import require_folder
    from app.report.letterhead import letterhead_of
    from app.report.pdf import write_patient_pdf, write_session_pdf

    require_folder(options.out)
    sign = signing_of(options, services)
    with services.open_practice(options.practice, create=False) as practice:
        repository = practice.repository
        write: Callable[..., None]
        if options.session is not None:
            write, shown = write_session_pdf, find_session(repository, options.session).id
        else:
            write, shown = write_patient_pdf, find_patient(repository, options.patient).id
        write(
            repository,
            shown,
            options.out,
            now=services.now(),
            seal=seal,
            letterhead=letterhead_of(repository),
            sign=sign,
        )
    return Answer({"file": str(options.out)}, f"Wrote {options.out}.")


def export_picture(options: Namespace, services: Services) -> Answer:
    from app.body.atlas import Atlas
    from app.paths import BODY_MAPS
    from app.report.map_picture import write_map_picture

    atlas = Atlas.load(BODY_MAPS)
    with services.open_practice(options.practice, create=False) as practice:
        session = find_session(practice.repository, options.session)
        write_map_picture(
            practice.repository,
            session.id,
            options.view,
            options.out,
            size=options.size,
            form=options.format,
            atlas=atlas,
            legend=options.legend,
        )
    return Answer({"file": str(options.out)}, f"Wrote {options.out}.")


def export_tables(options: Namespace, services: Services) -> Answer:
    from app.body.atlas import Atlas
    from app.exchange.table_files import write_csv, write_xlsx
    from app.exchange.tables import rows_of
    from app.paths import BODY_MAPS

    muscle_name = Atlas.load(BODY_MAPS).catalogue.name
    with services.open_practice(options.practice, create=False) as practice:
        rows = rows_of(_chosen(practice.repository, options), muscle_name)
        if options.format == "csv":
            counts = write_csv(options.out, rows)
        else:
            counts = write_xlsx(options.out, rows)
    told = {table.name: count for table, count in counts.items()}
    listed = ", ".join(f"{count:,} {name}" for name, count in told.items())
    return Answer({"out": str(options.out), "rows": told}, f"Wrote {listed} to {options.out}.")


def _chosen(repository: Repository, options: Namespace) -> Sequence[Record]:
    from app.exchange.chart_file import records_of_session

    if options.all:
        return repository.everything()
    if options.patient is not None:
        return repository.everything([find_patient(repository, options.patient).id])
    session = find_session(repository, options.session)
    return records_of_session(repository.everything([session.patient_id]), session.id)
