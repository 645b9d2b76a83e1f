"""Tables and maps from the window: what is asked, what is written, what is refused."""

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.body.atlas import Atlas
from app.domain.change import Change
from app.exchange.demo import synthesize
from app.exchange.tables import TABLES
from app.panels.reports.export_forms import PictureExportForm, PictureWanted, TablesForm
from tests.db.builders import stamp
from tests.helpers.clinic import Clinic
from tests.panels.test_chart import full_disk

OpenClinic = Callable[..., Clinic]


@pytest.fixture
def clinic(open_clinic: OpenClinic, atlas: Atlas) -> Clinic:
    clinic = open_clinic()
    clinic.practice.repository.commit(Change.add("Fill", *synthesize(2, 2, 7, atlas)), stamp())
    clinic.window.patients.refresh()
    return clinic


def do(clinic: Clinic, action_id: str) -> None:
    clinic.window.actions_by_id[action_id].trigger()


def test_tables_of_a_patient_or_of_all(clinic: Clinic, tmp_path: Path) -> None:
    whom = clinic.window.patients.model.rows[0]
    clinic.desk.open_patient(whom.id)
    do(clinic, "export.tables")
    form = clinic.dialog(TablesForm)
    assert form.whose.value is False
    assert form.field("whose").editor.isEnabled()
    form.reject()
    exports = clinic.desk.reports.exports
    exports.export_tables(tmp_path / "one", whom.id, is_xlsx=False)
    clinic.wait_until(lambda: clinic.message == "The tables were exported to one.")
    text = (tmp_path / "one" / "marks.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    marks = clinic.practice.repository.marks_of_patient(whom.id)
    assert len(rows) == sum(map(len, marks.values()))
    assert {row["Patient id"] for row in rows} == {str(whom.id)}
    assert whom.family_name not in text
    exports.export_tables(tmp_path / "all.xlsx", None, is_xlsx=True)
    clinic.wait_until(lambda: clinic.message == "The tables were exported to all.xlsx.")
    with zipfile.ZipFile(tmp_path / "all.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
        sessions = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(f'name="{table.name}"' in names for table in TABLES)
    assert sessions.count("<row ") == 1 + 4  # the headings, and two patients with two each
    clinic.answer("Cancel", lambda: exports.export_tables(tmp_path / "one", None, is_xlsx=False))
    assert (tmp_path / "one" / "marks.csv").read_text(encoding="utf-8-sig") == text


def test_without_a_patient_there_are_the_tables_of_all(open_clinic: OpenClinic) -> None:
    clinic = open_clinic()
    do(clinic, "export.tables")
    form = clinic.dialog(TablesForm)
    assert form.whose.value is True
    form.reject()


def test_maps_of_the_session_on_the_desk(clinic: Clinic, tmp_path: Path) -> None:
    clinic.desk.open_patient(clinic.window.patients.model.rows[0].id)
    assert not clinic.window.actions_by_id["export.picture"].isEnabled()
    session = clinic.desk.store.sessions[0]
    clinic.desk.chart.open_session(session.id)
    do(clinic, "export.picture")
    form = clinic.dialog(PictureExportForm)
    words = [item.text() for item in form._rows()]
    assert [each.split(" · ")[0] for each in words[:4]] == [
        "Anterior",
        "Posterior",
        "Left",
        "Right",
    ]
    assert all(" · 0 marks" not in each for each in words[4:])
    form.tick_only()
    clinic.click(form.done_button)
    assert form.field("views").fault == "Tick at least one view."
    form.tick_only("anterior", "left")
    form.size_px.setValue(300)
    wanted = form._wanted
    assert wanted == PictureWanted(("anterior", "left"), "png", 300, True)
    form.reject()
    exports = clinic.desk.reports.exports
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    exports.export_pictures(session, wanted, paths)
    clinic.wait_until(lambda: clinic.message.startswith("2 maps were exported"))
    for path in paths:
        image = QImage(str(path))
        assert max(image.width(), image.height()) == 300
    svg = PictureWanted(("posterior",), "svg", 500, False)
    exports.export_pictures(session, svg, [tmp_path / "map.svg"])
    clinic.wait_until(lambda: clinic.message == "The map was exported to map.svg.")
    assert (tmp_path / "map.svg").read_text().startswith("<?xml")
    exports.export_pictures(session, svg, [tmp_path / "gone" / "map.svg"])
    clinic.wait_until(lambda: "does not exist" in clinic.message)


def test_a_full_disk_is_one_sentence(clinic: Clinic, tmp_path: Path) -> None:
    with full_disk():
        exports = clinic.desk.reports.exports
        exports.export_tables(tmp_path / "all.xlsx", None, is_xlsx=True)
        clinic.wait_until(lambda: clinic.message.startswith("There is no room left for"))
    assert list(tmp_path.glob("*.xlsx")) == []
