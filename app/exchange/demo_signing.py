"""Which invented sessions are signed, by whom and when, and what was added to one of them.

It draws from a chance of its own, as what is written beside the marks does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from app.domain.identity import UUID
from app.domain.papers import Addendum, Signature
from app.domain.records import Practitioner, Record, SessionStatus, TreatmentSession
from app.exchange.demo_chance import make_id

_FORGOTTEN, _LATEST_DRAFT, _AMENDED = 0.04, 0.4, 0.03
_ADDED = (
    ("A call from the patient", "Sore for two days, then gone. No bruise."),
    ("Forgotten on the day", "Heat was applied for ten minutes afterwards."),
)


def with_signatures(
    chance: Random, history: Sequence[Record], practitioners: Mapping[UUID, Practitioner]
) -> Iterator[Record]:
    """One patient's ``history``, its sessions as they are after signing, then what signs them.

    Most are signed on their day. Now and then one was forgotten, and of the newest more are
    drafts still.
    """
    sessions = [each for each in history if isinstance(each, TreatmentSession)]
    newest = max(sessions, key=lambda each: each.started_at, default=None)
    papers: dict[UUID, list[Signature | Addendum]] = {
        each.id: list(_signing(chance, each, each is newest, practitioners[each.practitioner_id]))
        for each in sessions
    }
    signed = {each.id: _as_signed(each, papers[each.id]) for each in sessions}
    for record in history:
        yield signed.get(record.id, record)
    for each in sessions:
        yield from papers[each.id]


def _signing(
    chance: Random, session: TreatmentSession, is_newest: bool, who: Practitioner
) -> Iterator[Signature | Addendum]:
    if chance.random() < (_LATEST_DRAFT if is_newest else _FORGOTTEN):
        return
    assert session.ended_at is not None
    signed_at = session.ended_at + timedelta(minutes=chance.randint(1, 25))
    yield Signature(
        id=make_id(chance, signed_at),
        session_id=session.id,
        practitioner_id=who.id,
        name=who.name,
        licence_number=who.licence_number,
        signed_at=signed_at,
    )
    if not is_newest and chance.random() < _AMENDED:
        written_at = signed_at + timedelta(days=2)
        reason, text = chance.choice(_ADDED)
        yield Addendum(
            id=make_id(chance, written_at),
            session_id=session.id,
            practitioner_id=who.id,
            name=who.name,
            licence_number=who.licence_number,
            written_at=written_at,
            reason=reason,
            text=text,
        )


def _as_signed(
    session: TreatmentSession, papers: Sequence[Signature | Addendum]
) -> TreatmentSession:
    status = (SessionStatus.DRAFT, SessionStatus.SIGNED, SessionStatus.AMENDED)[len(papers)]
    return replace(session, status=status)
