"""Invented people for a demo practice. Nobody is meant: names come from lists, by chance.

Phone numbers are of the range 555-01xx, which is kept free for fiction, addresses are at
example.org (RFC 2606), and the patients' numbers say DEMO.
"""

import unicodedata
from datetime import date, timedelta
from random import Random

from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.records import Patient, Practitioner

_FAMILY_NAMES = (
    "Aeschlimann", "Bjørnstad", "Castañeda", "Çelik", "D’Angelo", "Dvořák", "El-Amin", "Fernández",
    "Grünwald", "Hämäläinen", "Ivanić", "Jóhannsdóttir", "Kovács", "Łukasik", "Müller", "Nguyễn",
    "O’Sullivan", "Öztürk", "Papadakis", "Quiñones", "Rüegg", "Šimić", "Tamm", "Uwimana",
    "van der Berg", "Wójcik", "Yamamoto", "Zbinden",
)  # fmt: skip
_GIVEN_NAMES = {
    Body.FEMALE: (
        "Aïcha", "Beatriz", "Chiara", "Désirée", "Élodie", "Freya", "Gülşen", "Hanna", "Inês",
        "Jasmin", "Katarína", "Linh", "Märta", "Noemi", "Oona", "Renée", "Sofía", "Zoë",
    ),
    Body.MALE: (
        "André", "Børge", "Cédric", "Dušan", "Emre", "François", "Gábor", "Håkon", "Ismaël",
        "José", "Kenji", "Luís", "Matteo", "Nils", "Oisín", "Paweł", "Søren", "Tomáš",
    ),
}  # fmt: skip
_WARNINGS = (
    "Anticoagulant",
    "Needle phobia",
    "Faints easily",
    "Nickel allergy",
    "Pacemaker",
    "Diabetes",
    "Lymphoedema of the left arm",
    "Hip replacement on the right",
)
_NOTES = (
    "Desk work, two screens. Plays the cello.",
    "Prefers to lie on the side. Warm the room first.",
    "Runs 30 km a week; wants to keep running.",
    "Works nights on the ward; call after two in the afternoon.",
    "Carries a toddler on one hip most of the day.",
)

PRACTITIONERS = (
    ("Léa Brönnimann", "Physiotherapist", "DEMO-PT-0001", "Dry needling, course of 48 hours"),
    ("Tadeusz Okafor", "Physiotherapist", "DEMO-PT-0002", "Dry needling, advanced course"),
)


def invent_practitioner(index: int, record_id: UUID) -> Practitioner:
    name, profession, licence_number, credential = PRACTITIONERS[index]
    return Practitioner(
        id=record_id,
        name=name,
        profession=profession,
        licence_number=licence_number,
        credential=credential,
    )


def invent_patient(chance: Random, index: int, record_id: UUID, today: date) -> Patient:
    """The ``index``-th patient of a demo practice, between 18 and 84 years old on ``today``."""
    body = chance.choice(tuple(Body))
    family_name = _FAMILY_NAMES[(index * 11 + chance.randrange(3)) % len(_FAMILY_NAMES)]
    given_name = chance.choice(_GIVEN_NAMES[body])
    birth_date = today - timedelta(days=chance.randint(18 * 366, 84 * 365))
    reached = chance.random()
    return Patient(
        id=record_id,
        family_name=family_name,
        given_name=given_name,
        birth_date=birth_date,
        number=f"DEMO-{index + 1:04}",
        body=body,
        phone=f"+1 202 555 01{index % 100:02}" if reached < 0.8 else "",
        email=_address(given_name, index) if reached > 0.3 else "",
        warnings=tuple(sorted(chance.sample(_WARNINGS, chance.choice((0, 0, 0, 1, 1, 2))))),
        note=chance.choice(_NOTES) if chance.random() < 0.4 else "",
    )


def _address(given_name: str, index: int) -> str:
    letters = unicodedata.normalize("NFKD", given_name).encode("ascii", "ignore").decode()
    return f"{letters.lower()}.{index + 1}@example.org"
