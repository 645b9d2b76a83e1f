"""The chart file: records out of a practice and into one, lossless, all of them or none.

The format is described in ``chart_format``; its JSON Schema is docs/chart.schema.json.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.domain.audit import Stamp
from app.domain.change import Change
from app.domain.errors import ChartFileError, ExportError
from app.domain.identity import UUID
from app.domain.letterhead import Letterhead
from app.domain.marks import Mark
from app.domain.own_pictures import OwnPicture, is_picture_version
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Addendum, Paper, Signature
from app.domain.ports import Repository
from app.domain.preparation import Preparation
from app.domain.records import Record, TreatmentSession, parents_first
from app.domain.rules import check
from app.exchange.chart_format import Placed, decode_chart, encode_chart
from app.exchange.documents import read_document
from app.exchange.known_bodies import KnownBodies
from app.exchange.misfit import Misfit, quoted
from app.exchange.pictures import check_logo, check_picture
from app.exchange.references import check_references
from app.exchange.storing import check_against_practice, without_other_letterhead
from app.files import write_whole

_CORRECT = "; correct this place and import the file again"


class ImportResult(NamedTuple):
    """How many records of a chart file were new, and how many the practice already held."""

    added: int
    unchanged: int
    kept_letterhead: bool = False
    """Whether the file has another letterhead than the practice, which keeps its own."""


def export_chart(
    records: Sequence[Record],
    path: Path,
    picture_bytes: Callable[[str], bytes | None] = lambda _sha256: None,
) -> None:
    """Writes ``records`` into one chart file: the same records, the same bytes.

    ``records`` must hold whatever they refer to, or the file cannot be imported.
    ``picture_bytes`` gives the file of a picture by its hash. Raises ExportError, also where it
    gives none; then ``path`` is what it was before.
    """

    def content_of(picture: OwnPicture) -> bytes:
        content = picture_bytes(picture.sha256)
        if content is None:
            raise ExportError(
                f"The file of the picture {quoted(picture.title)} is not in the practice as it "
                "was. Look for damage with the command check."
            )
        return content

    write_whole(path, (text.encode() for text in encode_chart(records, content_of)))


def load_chart(path: Path, today: date, bodies: KnownBodies | None = None) -> list[Placed]:
    """The records of a chart file that may be stored, each with its place in the file.

    They keep the rules of the domain on the day ``today``. Given ``bodies``, marks and zones are
    refused that lie on none of these or were placed in a view that none of them has: no chart could
    show them. Raises ChartFileError.
    """
    try:
        placed = _read(path)
        for each in placed:
            _check_rules(each, today)
            _check_spots(each, bodies)
            if isinstance(each.record, OwnPicture):
                check_picture(each.record, each)
            elif isinstance(each.record, Letterhead):
                check_logo(each.record, each)
    except Misfit as misfit:
        raise _error(path, misfit, _CORRECT) from None
    return placed


def store_chart(
    path: Path, placed: Sequence[Placed], repository: Repository, stamp: Stamp
) -> ImportResult:
    """Stores what ``load_chart`` read and the practice does not hold yet, in one change.

    Records that the practice holds with the same values are left alone, so importing a file
    twice changes nothing. A practice that has a letterhead keeps its own. Raises ChartFileError,
    with nothing stored, where a record is held with other values or its number is taken; and
    StorageError.
    """
    placed, kept_letterhead = without_other_letterhead(placed, repository)
    try:
        new = check_against_practice(placed, repository)
    except Misfit as misfit:
        raise _error(path, misfit) from None
    if new:
        for each in placed:
            if isinstance(each.record, OwnPicture) and each.record in new:
                repository.keep_picture(each.content)
        repository.commit(Change.add(f"Import {path.name}", *parents_first(new)), stamp)
    return ImportResult(len(new), len(placed) - len(new), kept_letterhead)


def import_chart(
    path: Path,
    repository: Repository,
    today: date,
    stamp: Stamp,
    bodies: KnownBodies | None = None,
) -> ImportResult:
    """Loads a chart file and stores it: all of it or, where anything is wrong, nothing."""
    return store_chart(path, load_chart(path, today, bodies), repository, stamp)


def records_of_session(records: Sequence[Record], session_id: UUID) -> list[Record]:
    """Of ``records``, those that a chart file of one session needs to stand alone.

    The patient's own zones are among them: without them the chart would say that there are none.
    Of the pictures, those on which marks of the session lie.
    """
    session = next(
        each for each in records if isinstance(each, TreatmentSession) and each.id == session_id
    )
    wanted = {session.id, session.patient_id, session.practitioner_id, session.problem_id}
    for each in records:
        if isinstance(each, Mark | Paper) and each.session_id == session_id:
            wanted.add(each.id)
            if isinstance(each, Signature | Addendum):
                wanted.add(each.practitioner_id)
            elif isinstance(each, Preparation):
                wanted.add(each.box_id)
    marks = [each for each in records if isinstance(each, Mark) and each.session_id == session_id]
    versions = {mark.body_version for mark in marks}
    pictures = [each for each in records if isinstance(each, OwnPicture)]
    wanted |= {each.id for each in pictures if each.version in versions}
    return [
        each
        for each in records
        if each.id in wanted
        or (isinstance(each, NoNeedleZone) and each.patient_id == session.patient_id)
    ]


def _read(path: Path) -> list[Placed]:
    placed = decode_chart(read_document(path))
    check_references(placed)
    return placed


def _check_rules(placed: Placed, today: date) -> None:
    for finding in check(placed.record, today):
        raise Misfit(finding.message, *placed.steps, *finding.field.split("."))


def _check_spots(placed: Placed, bodies: KnownBodies | None) -> None:
    drawn = placed.record
    if bodies is None or not isinstance(drawn, Mark | NoNeedleZone):
        return
    if is_picture_version(drawn.body_version):
        return  # that it is a place on a picture, the rules say
    body = bodies.get(drawn.body_version)
    if body is None:
        raise Misfit(
            f"this version of Needlepoint has no body {drawn.body_version}; install a newer one",
            *placed.steps,
            "body_version",
        )
    views = body.views.get(drawn.placed_on, ())
    if drawn.placed_in not in views:
        raise Misfit(
            f"the {drawn.placed_on} body has no view {quoted(drawn.placed_in)}; "
            f"use one of: {', '.join(views)}",
            *placed.steps,
            "placed_in",
        )
    for position, anchor in enumerate((drawn.anchor, *drawn.outline)):
        if anchor.triangle >= body.triangles:
            steps = ("outline", position - 1, 0) if position else ("anchor", 0)
            raise Misfit(f"the body has no triangle {anchor.triangle}", *placed.steps, *steps)


def _error(path: Path, misfit: Misfit, advice: str = "") -> ChartFileError:
    where = f"{misfit.place}: " if misfit.steps else ""
    trouble = misfit.message.rstrip(".")
    advice = advice if len(misfit.steps) > 1 else ""  # a foreign file cannot be corrected
    return ChartFileError(f"{path}: {where}{trouble}. Nothing was stored{advice}.")
