"""Many reports in one run: all whole, in order told, cancelled or failed without half a file."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.errors import ExportError
from app.exchange.demo import synthesize
from app.exchange.fingerprint import seal
from app.report.batch import BatchItem, Progress, time_words, write_batch
from app.report.batch_items import LONGEST_NAME, Batch, plain_name
from app.report.kinds import ReportKind, write_report
from app.report.pdf import write_session_pdf
from app.report.verifying import Standing, verify
from db.repository import SqlRepository
from tests.report import builders, reading
from tests.report.builders import NOW


@pytest.fixture
def batch(atlas: Atlas, repository: SqlRepository) -> Batch:
    """Of a practice of three patients with three sessions each, and one patient with none."""
    records = [*synthesize(3, 3, 7, atlas), builders.patient(number="EMPTY-1")]
    repository.commit(Change.add("Fill", *records), builders.stamp())
    return Batch(repository, atlas, NOW, seal=seal)


def charts(batch: Batch) -> list[BatchItem]:
    return list(batch.charts(batch.repository.patients()))


def files(folder: Path) -> list[str]:
    """Every name in the folder, hidden ones too."""
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_every_session_becomes_a_file_as_it_would_alone(
    atlas: Atlas, batch: Batch, repository: SqlRepository, tmp_path: Path
) -> None:
    out, items, ticks = tmp_path / "new", charts(batch), count()
    told = list(write_batch(items, out, clock=lambda: float(next(ticks))))
    assert [each.done for each in told] == list(range(1, 10))
    assert told[-1] == Progress(9, 9, 0.0)
    assert told[2].seconds_left == pytest.approx(3 / 3 * 6)
    assert files(out) == sorted(each.file_name for each in items)
    assert out.stat().st_mode & 0o077 == 0
    for path in out.iterdir():
        found = verify(path, repository.session_records, seal)
        assert found.standing is Standing.SAME
        assert reading.faults(path.read_bytes()) == []
        session_id = found.sessions[0].session_id
        alone = tmp_path / "alone.pdf"
        write_session_pdf(repository, session_id, alone, now=NOW, atlas=atlas, seal=seal)
        assert alone.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("kind", ReportKind)
def test_every_patient_with_a_session_gets_a_report(
    atlas: Atlas, batch: Batch, repository: SqlRepository, tmp_path: Path, kind: ReportKind
) -> None:
    patients = repository.patients()
    items = list(batch.reports(kind, patients))
    list(write_batch(items, tmp_path / "out"))
    assert len(files(tmp_path / "out")) == 3
    whom = next(each for each in patients if each.id.hex[-12:] in items[0].file_name)
    alone = tmp_path / "alone.pdf"
    write_report(repository, kind, whom.id, alone, now=NOW, atlas=atlas, seal=seal)
    assert alone.read_bytes() == (tmp_path / "out" / items[0].file_name).read_bytes()


def test_names_of_files_bear_a_patients_name_only_where_asked(batch: Batch) -> None:
    patients = batch.repository.patients()
    named = Batch(batch.repository, batch.atlas, NOW, names=True)
    for made, shown in ((batch, False), (named, True)):
        for items in (made.charts(patients), made.reports(ReportKind.PATIENT, patients)):
            names = [each.file_name for each in items]
            for whom in patients[:3]:
                assert any(whom.family_name in name for name in names) is shown
            assert not any(whom.number in name for name in names for whom in patients)


def test_a_name_can_be_a_files_name() -> None:
    whom = builders.patient(family_name="O'Neil/..\\:*?\"<>|\x00", given_name="\u202eA. ")
    assert plain_name(whom) == "O'Neil .. A"
    assert len(plain_name(builders.patient(family_name="W" * 120))) == LONGEST_NAME
    assert plain_name(builders.patient(family_name="...", given_name="")) == "patient"


def test_a_cancelled_batch_leaves_whole_files_alone(batch: Batch, tmp_path: Path) -> None:
    asked, out = count(), tmp_path / "out"
    told = list(write_batch(charts(batch), out, cancelled=lambda: next(asked) == 4))
    assert [each.done for each in told] == [1, 2, 3, 4]
    assert len(files(out)) == 4
    assert all(reading.faults((out / name).read_bytes()) == [] for name in files(out))


def test_who_asks_no_more_gets_no_more(batch: Batch, tmp_path: Path) -> None:
    running = write_batch(charts(batch), tmp_path / "out")
    next(running)
    running.close()  # type: ignore[attr-defined]
    left = files(tmp_path / "out")
    assert 1 <= len(left) <= 3
    assert all(reading.faults((tmp_path / "out" / name).read_bytes()) == [] for name in left)


@contextmanager
def full_disk() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_in_the_middle(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    running = write_batch(charts(batch), out)
    for _ in range(3):
        next(running)
    with full_disk(), pytest.raises(ExportError) as caught:
        list(running)
    whole = files(out)
    assert 3 <= len(whole) <= 6
    assert all(name.endswith(".pdf") and not name.startswith(".") for name in whole)
    assert all(reading.faults((out / name).read_bytes()) == [] for name in whole)
    assert str(caught.value).startswith("There is no room left for ")
    assert str(caught.value).endswith(f"{len(whole)} of 9 files were written and are whole.")


def test_a_session_that_goes_away_meanwhile(batch: Batch, tmp_path: Path) -> None:
    items = charts(batch)

    class Missing:
        def __getattr__(self, name: str) -> object:
            asked = getattr(batch.repository, name)
            return (lambda _id: None) if name == "session_records" else asked

    lost = Batch(Missing(), batch.atlas, NOW)  # type: ignore[arg-type]
    (last,) = list(lost.charts(batch.repository.patients()))[-1:]
    with pytest.raises(ExportError, match=r"any more\..*1 of 2 files was written"):
        list(write_batch([items[0], last], tmp_path / "out"))
    assert files(tmp_path / "out") == [items[0].file_name]


def test_nothing_to_export(batch: Batch, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nothing to export yet"):
        list(write_batch([], tmp_path / "out"))
    with pytest.raises(ExportError, match="does not exist"):
        list(write_batch(charts(batch), tmp_path / "gone" / "out"))
    item = charts(batch)[0]
    with pytest.raises(ValueError, match="the same name"):
        list(write_batch([item, item], tmp_path / "out"))
    assert files(tmp_path / "out") == []


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "0 s"), (99, "99 s"), (240, "4 min")])
def test_time_is_told_roughly(seconds: float, words: str) -> None:
    assert time_words(seconds) == words
    assert Progress(1_200, 4_000, seconds).words == f"1,200 of 4,000, about {words} left"
    assert Progress(4, 4, 0).words == "4 of 4"
