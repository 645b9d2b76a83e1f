"""A patient's no-needle zones on paper: painted, in the legend, listed, and read aloud."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.identity import new_id
from app.domain.marks import Mark, TriggerPoint
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.painting.regions import OWN_ZONE
from app.report.blocks_setting import ZONE_WORDS
from app.report.model import SessionReport
from app.report.papers import PAPERS, Paper
from app.report.pdf import render, report_of_marks, write_patient_pdf, write_session_pdf
from app.report.pictures import close_up_svg, marks_svg
from db.repository import SqlRepository
from tests.report import reading
from tests.report.builders import (
    INJECTIONS,
    NOW,
    STARTED,
    Visit,
    patient,
    point,
    practitioner,
    session,
    stamp,
    zone,
)

WHOM, WHO = patient(), practitioner()
SHOULDER = (380.0, 700.0)


def report(atlas: Atlas, *zones: NoNeedleZone, marks: tuple[Mark, ...] = ()) -> SessionReport:
    visit = session(WHOM, WHO)
    return report_of_marks(atlas, WHOM, WHO, None, visit, marks, NOW, zones)


def painted(svg: str) -> bool:
    """Whether anything is filled with the look of a zone."""
    return f'fill="{OWN_ZONE.fill.name()}"' in svg


def test_a_zone_is_painted_where_it_is_seen(atlas: Atlas) -> None:
    made = report(atlas, zone(atlas, WHOM, *SHOULDER))
    pictures = {each.view: each for each in made.pictures}
    shown = {
        name: painted(marks_svg(atlas.view(WHOM.body, name), each.placed, 118.0, each.zones))
        for name, each in pictures.items()
    }
    assert shown["posterior"]
    assert not shown["anterior"]
    assert pictures["anterior"].zones == ()
    assert made.shows_zones


def test_a_close_up_shows_the_zones_that_reach_into_it(atlas: Atlas) -> None:
    near, far = zone(atlas, WHOM, *SHOULDER), zone(atlas, WHOM, 400.0, 1500.0)
    crowd = tuple(
        point(atlas, k, TriggerPoint(), "posterior", SHOULDER[0] + 4 * k, SHOULDER[1])
        for k in range(1, 4)
    )
    made = report(atlas, near, far, marks=crowd)
    (close_up,) = made.close_ups
    assert len(close_up.zones) == 1
    view = atlas.view(WHOM.body, close_up.window.view)
    assert painted(close_up_svg(view, close_up.window, close_up.zones))
    assert not painted(close_up_svg(view, close_up.window))
    assert "No-needle zones: scar" in close_up.alt


def test_zones_are_listed_read_aloud_and_explained(atlas: Atlas) -> None:
    scar = zone(atlas, WHOM, *SHOULDER, note="Since 2019.")
    unsaid = zone(atlas, WHOM, 400.0, 1500.0, reason=None)
    made = render([report(atlas, scar, unsaid)], atlas)
    (first, *_) = reading.pages(made)
    assert re.search(r"No-needle zones:\s+scar, left [a-z ]+ · reason not recorded, left ", first)
    assert ZONE_WORDS in first
    assert "No-needle zone: scar, left" in first
    assert "Since 2019." in first
    alts = [alt for alt in reading.alternative_texts(made) if "No-needle zones" in alt]
    assert any(alt.startswith("Posterior view") and "; reason not recorded" in alt for alt in alts)


def test_without_zones_nothing_is_said_of_them(atlas: Atlas) -> None:
    made = render([report(atlas)], atlas)
    assert "needle zone" not in " ".join(reading.pages(made) + reading.alternative_texts(made))


def test_a_zone_of_another_body_is_told_but_not_painted(atlas: Atlas) -> None:
    made = report(atlas, zone(atlas, WHOM, *SHOULDER, body_version="hm07-9"))
    assert not made.shows_zones
    (first, *_) = reading.pages(render([made], atlas))
    assert re.search(r"No-needle zones:\s+scar, left", first)
    assert ZONE_WORDS not in first


@pytest.mark.parametrize("paper", PAPERS)
def test_both_standards_are_met(atlas: Atlas, paper: Paper) -> None:
    zones = [
        zone(atlas, WHOM, *SHOULDER, reason=reason, note="\n".join(INJECTIONS))
        for reason in ZoneReason
    ]
    reports = [report(atlas, *zones), report(atlas, *zones[:1])]
    assert reading.faults(render(reports, atlas, paper)) == []
    assert reading.faults(render(reports[:1], atlas, paper)) == []


def test_every_session_of_the_patient_prints_them(
    atlas: Atlas, repository: SqlRepository, stored: Callable[..., Visit], tmp_path: Path
) -> None:
    visit = stored()
    later = replace(visit.session, id=new_id(), started_at=STARTED.replace(day=19))
    new = Change.add("Chart", later, zone(atlas, visit.patient, *SHOULDER))
    repository.commit(new, stamp())
    one, all_ = tmp_path / "one.pdf", tmp_path / "all.pdf"
    write_session_pdf(repository, later.id, one, now=NOW, atlas=atlas)
    write_patient_pdf(repository, visit.patient.id, all_, now=NOW, atlas=atlas)
    assert "No-needle zones:" in reading.pages(one.read_bytes())[0]
    assert all("No-needle zones:" in page for page in reading.pages(all_.read_bytes()))
    write_session_pdf(repository, later.id, tmp_path / "again.pdf", now=NOW, atlas=atlas)
    assert one.read_bytes() == (tmp_path / "again.pdf").read_bytes()
