"""Random patients, made to find faults in reports: the same ones for the same seed.

Each begins as a patient of the demo practice. To some of their sessions come marks of every kind
and shape, anywhere on the skin of either figure and in any view; own pictures with marks on them;
no-needle zones; signatures and addenda; words of every script and of every machine; and a session
without a mark, or with marks on an own picture alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import numpy as np

from app.body.areas import DrawnArea
from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.domain.anatomy import Anchor, Body, Side
from app.domain.letterhead import NO_LETTERHEAD, Letterhead
from app.domain.marks import SHAPES_OF_KIND, Mark, Shape, TautBand
from app.domain.needles import needles_in
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.domain.papers import Addendum, Signature
from app.domain.records import Patient, Practitioner, Record, SessionStatus, TreatmentSession
from app.exchange.demo import synthesize
from tests.helpers.pictures import jpeg, own_picture, png
from tests.report.builders import AREAS, INJECTIONS, POINTS

WORDS = (
    "",
    "Eased after two minutes of rest.",
    "Łódź, Ångström, Þórr, ﬁne",
    "مرحبا بالعالم",
    "中文字符",
    "😀 well 👩\u200d⚕️",
    "\u202eturned\u202c round",
    "x" * 300,
    "Long notes are read too. " * 60,
    *INJECTIONS,
)
TITLES = ("Left knee", "Schulter, gezeichnet", "膝", "#[drawing]", "Foot " * 20)


@dataclass(frozen=True, slots=True)
class Case:
    """A patient with all that is recorded, and the letterhead under which it is printed."""

    patient: Patient
    records: tuple[Record, ...]
    files: tuple[bytes, ...]
    """Of the own pictures."""
    letterhead: Letterhead


@dataclass(frozen=True, slots=True)
class Practice:
    """What the patients share, and the patients."""

    shared: tuple[Record, ...]
    cases: tuple[Case, ...]


def random_practice(patients: int, sessions: int | None, seed: int, atlas: Atlas) -> Practice:
    """``sessions`` of each patient, as the demo practice takes it."""
    records = synthesize(patients, sessions, seed, atlas)
    whose = _owners(records)
    shared = [each for each in records if each.id not in whose]
    of_patient: dict[UUID, list[Record]] = {}
    for each in records:
        if each.id in whose:
            of_patient.setdefault(whose[each.id], []).append(each)
    authors = [each for each in shared if isinstance(each, Practitioner)]
    cases = [
        _Maker(Random(f"campaign {seed}, patient {index}"), atlas, authors).case(its)
        for index, its in enumerate(of_patient.values())
    ]
    return Practice(tuple(shared), tuple(cases))


def _owners(records: Sequence[Record]) -> dict[UUID, UUID]:
    """The patient of each record that is one's."""
    whose: dict[UUID, UUID] = {}
    for each in records:
        if isinstance(each, Patient):
            whose[each.id] = each.id
        elif hasattr(each, "patient_id"):
            whose[each.id] = each.patient_id
        elif hasattr(each, "session_id"):
            whose[each.id] = whose[each.session_id]
    return whose


class _Maker:
    """Makes one case; every choice comes from one chance."""

    def __init__(self, chance: Random, atlas: Atlas, authors: Sequence[Practitioner]) -> None:
        self._chance, self._atlas, self._authors = chance, atlas, authors

    def case(self, records: Sequence[Record]) -> Case:
        found = next(each for each in records if isinstance(each, Patient))
        visits = [each for each in records if isinstance(each, TreatmentSession)]
        marks = [each for each in records if isinstance(each, Mark)]
        beside = (Patient, TreatmentSession, Mark)
        papers = [each for each in records if not isinstance(each, beside)]
        patient = replace(found, note=self._words(), given_name=f"{found.given_name} Ňá")
        pictures = [self._picture(patient) for _each in range(self._chance.randrange(3))]
        held = [record for record, _content in pictures]
        zones = [
            self._zone(patient, visits[0].started_at) for _each in range(self._chance.randrange(3))
        ]
        for visit in self._some(visits):
            marks += self._more_marks(visit, marks, patient.body)
        for visit in self._some(visits):
            marks += self._on_pictures(visit, marks, held)
        bare = self._bare(visits[-1])
        marks += self._on_pictures(bare, marks, held)
        visits, signed = self._signed([*visits, bare], marks)
        return Case(
            patient,
            (patient, *held, *zones, *papers, *visits, *marks, *signed),
            tuple(content for _record, content in pictures),
            self._letterhead(),
        )

    def _some(self, visits: Sequence[TreatmentSession]) -> list[TreatmentSession]:
        """About a third of them."""
        return [each for each in visits if self._chance.random() < 0.35]

    def _id(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128), version=4)

    def _words(self) -> str:
        return self._chance.choice(WORDS)

    def _letterhead(self) -> Letterhead:
        if self._chance.random() < 0.4:
            return NO_LETTERHEAD
        return Letterhead(
            name=self._chance.choice(("Praxis Brönnimann", "诊所", "W" * 120)),
            lines=tuple(f"Line {each}" for each in range(self._chance.randrange(7))),
            foot=self._chance.choice(("", "Registered in Zürich", "W" * 120)),
            logo=self._chance.choice((b"", png(300, 80), png(40, 400))),
        )

    def _picture(self, patient: Patient) -> tuple[OwnPicture, bytes]:
        chance = self._chance
        width, height = chance.randint(40, 900), chance.randint(40, 900)
        content = chance.choice((png, jpeg))(width, height)
        record = own_picture(
            content, chance.choice((None, patient.id)), id=self._id(), width=width, height=height,
            title=chance.choice(TITLES), side=chance.choice((None, *Side)),
        )  # fmt: skip
        return record, content

    def _zone(self, patient: Patient, when: datetime) -> NoNeedleZone:
        view, drawn = self._drawn(patient.body)
        assert drawn.side is not None
        return NoNeedleZone(
            id=self._id(), patient_id=patient.id, reason=self._chance.choice(list(ZoneReason)),
            note=self._words(), body_version=self._atlas.version, anchor=drawn.anchor,
            outline=drawn.outline, placed_on=patient.body, placed_in=view, side=drawn.side,
            drawn_at=when,
        )  # fmt: skip

    def _more_marks(
        self, visit: TreatmentSession, marks: Sequence[Mark], theirs: Body
    ) -> Iterator[Mark]:
        """Up to a dozen marks of any kind on the skin, mostly drawn on the patient's own figure."""
        number = _next_number(visit, marks)
        for more in range(self._chance.randint(1, 12)):
            body = theirs if self._chance.random() < 0.8 else self._chance.choice(list(Body))
            details = self._chance.choice((*POINTS, *AREAS, TautBand()))
            shape = self._chance.choice(sorted(SHAPES_OF_KIND[details.kind]))
            view, drawn = self._drawn(body)
            anchor, outline, side = drawn.anchor, drawn.outline, drawn.side
            if shape is Shape.POINT:
                anchor, outline = self._point(body, view), ()
                side = self._atlas.side(anchor)
            muscles = self._atlas.catalogue.muscles
            muscle = self._chance.choice((None, self._chance.choice(muscles).id))
            yield Mark(
                id=self._id(), session_id=visit.id, number=number + more, details=details,
                shape=shape, body_version=self._atlas.version, anchor=anchor, outline=outline,
                placed_on=body, placed_in=view, side=side, muscle=muscle, note=self._words(),
                placed_at=visit.started_at,
            )  # fmt: skip

    def _on_pictures(
        self, visit: TreatmentSession, marks: Sequence[Mark], held: Sequence[OwnPicture]
    ) -> Iterator[Mark]:
        """Some points on each own picture."""
        number = _next_number(visit, marks)
        for picture in held:
            view = picture.version
            flat = ChartAtlas(self._atlas, held)
            for _each in range(self._chance.randint(0, 3)):
                x = self._chance.uniform(2, picture.width - 2)
                y = self._chance.uniform(2, picture.height - 2)
                anchor = flat.pick(Body.FEMALE, view, x, y)
                assert anchor is not None
                yield Mark(
                    id=self._id(), session_id=visit.id, number=number,
                    details=self._chance.choice(POINTS), body_version=view, anchor=anchor,
                    placed_on=Body.FEMALE, placed_in=view, side=picture.side, note=self._words(),
                    placed_at=visit.started_at,
                )  # fmt: skip
                number += 1

    def _bare(self, after: TreatmentSession) -> TreatmentSession:
        """The newest session, with nothing in it yet."""
        return replace(
            after, id=self._id(), started_at=after.started_at + timedelta(hours=3), ended_at=None,
            pain_before=None, pain_after=None, note=self._words(), status=SessionStatus.DRAFT,
        )  # fmt: skip

    def _signed(
        self, visits: Sequence[TreatmentSession], marks: Sequence[Mark]
    ) -> tuple[list[TreatmentSession], list[Signature | Addendum]]:
        """Half of the drafts in which no needle is in, signed; to some something is added."""
        kept, papers = list[TreatmentSession](), list[Signature | Addendum]()
        for visit in visits:
            here = [each for each in marks if each.session_id == visit.id]
            if visit.status.is_locked or needles_in(here) or self._chance.random() < 0.5:
                kept.append(visit)
                continue
            author = self._chance.choice(self._authors)
            whose = {"session_id": visit.id, "practitioner_id": author.id, "name": author.name}
            later = visit.started_at + timedelta(hours=1)
            papers.append(Signature(id=self._id(), signed_at=later, **whose))
            added = self._chance.randrange(3)
            papers += [
                Addendum(
                    id=self._id(), written_at=later, reason="Forgotten", text=self._words() or "-",
                    **whose,
                )
                for _each in range(added)
            ]  # fmt: skip
            status = SessionStatus.AMENDED if added else SessionStatus.SIGNED
            kept.append(replace(visit, status=status))
        return kept, papers

    def _drawn(self, body: Body) -> tuple[str, DrawnArea]:
        """An area that holds skin, and the view in which it was drawn."""
        while True:
            view = self._chance.choice(self._atlas.every_view(body))
            x, y = self._chance.uniform(0, view.width), self._chance.uniform(0, view.height)
            turn = np.linspace(0, 2 * np.pi, 40)[:-1]
            wide, high = self._chance.uniform(15, 120), self._chance.uniform(15, 120)
            line = np.stack([x + wide * np.cos(turn), y + high * np.sin(turn)], axis=1)
            drawn = self._atlas.draw_area(body, view.name, line)
            if drawn is not None:
                return view.name, drawn

    def _point(self, body: Body, view: str) -> Anchor:
        seen = self._atlas.view(body, view)
        while True:
            x, y = self._chance.uniform(0, seen.width), self._chance.uniform(0, seen.height)
            anchor = self._atlas.pick(body, view, x, y)
            if anchor is not None:
                return anchor


def _next_number(visit: TreatmentSession, marks: Sequence[Mark]) -> int:
    return max((each.number for each in marks if each.session_id == visit.id), default=0) + 1
