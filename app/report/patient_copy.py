"""A patient's copy of one session, in plain words: where, what to expect, when to call.

It diagnoses nothing and promises nothing. Its general sentences are these, each from the clinical
content (sections 3 and 4), with how sure that is:

- a dull ache for up to three days: studies of 2016 were read, the three days are from memory;
- bruises and bleeding: Brady 2014 and Boyce 2020, read in abstract;
- drowsy, sick, head aching: Brady 2014, read in abstract;
- rare: all serious events together, fewer than 1 in 1,000 sessions, Boyce 2020, read in abstract;
- breathless, chest pain, dry cough, pain on breathing, hours later: Board Notice 121, read.

No clinician has confirmed them yet, and the page says where they come from.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.body.atlas import Atlas
from app.body.needling import naming_of
from app.domain.closing import Advice
from app.domain.hazard_rule import CHEST_ZONES
from app.domain.marks import Mark, Needle
from app.domain.paper_words import ADVICE_WORDS
from app.domain.seals import Seal
from app.domain.stages import is_needled
from app.domain.summaries import SessionRecords
from app.report import wording
from app.report.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Fact,
    Facts,
    Heading,
    Maps,
    Signs,
    Words,
)
from app.report.course import closing_of, day_of, where_of
from app.report.legend import LegendEntry, legend_of
from app.report.maps import best_views, drawn_map, not_shown
from app.report.model import patient_lines
from app.report.signed import DRAFT, signed_lines

HIGHEST_MM = 58.0
"""So that the copy fits one page of US Letter, below a letterhead."""
EXPECT = (
    "A dull, pressing ache where the needles were is usual. It mostly goes within three days.",
    "A small bruise comes after about 8 of 100 treatments, a little bleeding after 5 to 16 of 100.",
    "Fewer than 1 in 100 people feel drowsy or sick, or have a headache, for a while.",
)
HELP_AT_ONCE = (
    "Get medical help at once if you become breathless, or have pain in the chest, a dry cough, or "
    "pain when you breathe. This is rare. It may begin hours after the treatment."
)
NEAR_THE_CHEST = "Needles were placed over the chest or the base of the neck, so please mind this."
NO_NEEDLE = "No needle is on the chart of this session. These tender spots were found:"
NOTHING_FOUND = "No needle and no tender spot is on the chart of this session."
_SAID_ANYWAY = {
    Advice.SORENESS_IS_USUAL, Advice.BREATHLESS_OR_CHEST_PAIN, Advice.WHOM_TO_CALL,
}  # fmt: skip
"""Advice that this page gives in other words."""
SOURCES = (
    "The general words come from Brady 2014, Boyce 2020 and South Africa’s Board Notice 121, read "
    "in abstract or in part, and on soreness from studies of 2016; “three days” is from memory. No "
    "clinician has confirmed this page. Your practitioner knows more about you."
)


def patient_copy(
    records: SessionRecords, atlas: Atlas, now: datetime, seals: Sequence[Seal]
) -> Document:
    """The copy of one session. ``seals``: what the file carries to be checked by."""
    session, who = records.session, records.practitioner
    treated = [mark for mark in records.marks if is_needled(mark)]
    day = wording.day(day_of(records))
    times = wording.time_span(session.started_at, session.ended_at)
    facts = (
        Fact("For", records.patient.full_name),
        Fact("Treated by", who.name, (who.profession,) if who.profession else ()),
        Fact("On", day, (times,)),
    )
    blocks: list[Block] = [
        Facts(facts),
        Heading("Where"),
        *_where(records, treated, atlas),
        Heading("What to expect"),
        Bullets(EXPECT),
        *_agreed(records),
        Heading("When to call"),
        Callout(_help(atlas, treated), "red"),
        Words(f"With any other question about this treatment, ask {who.name}."),
        Words(SOURCES, "small"),
    ]
    signed = session.status.is_locked
    return Document(
        title="Your dry needling treatment",
        subtitle=f"{wording.weekday(day_of(records))}, {day}",
        description="A patient's copy of one session of dry needling",
        patient=patient_lines(records.patient, ()),
        author=who.name,
        head=f"{day} · {who.name}",
        foot=signed_lines(session, records.papers).foot if signed else DRAFT,
        is_draft=not signed,
        made_at=now,
        blocks=tuple(blocks),
        seals=tuple(seals),
    )


def _where(records: SessionRecords, treated: Sequence[Mark], atlas: Atlas) -> list[Block]:
    """The needles; where none is on the chart, that is said, and the points that were found."""
    needles = [mark for mark in treated if isinstance(mark.details, Needle)]
    shown = needles or treated
    blocks: list[Block] = [] if needles else [Words(NO_NEEDLE if treated else NOTHING_FOUND)]
    if not shown:
        return blocks
    body = records.patient.body
    maps = [drawn_map(atlas, body, view, shown) for view in best_views(atlas, body, shown)]
    blocks.append(Bullets(tuple(_places(shown, atlas))))
    if any(each.placed for each in maps):
        signs = legend_of([each.mark for one in maps for each in one.placed])
        plain = (replace(each, words=_plain_words(each)) for each in signs)
        blocks += [Maps(tuple(maps), HIGHEST_MM), Signs(tuple(plain))]
    missing = not_shown((each for one in maps for each in one.placed), shown)
    return [*blocks, Words(missing, "small")] if missing else blocks


def _plain_words(entry: LegendEntry) -> str:
    if isinstance(entry.details, Needle):
        return "Here was a needle"
    return entry.words.replace("Trigger point", "Tender spot in a muscle (trigger point)")


def _places(shown: Sequence[Mark], atlas: Atlas) -> list[str]:
    """ "Upper trapezius, right: 2 needles", muscles in the order of the catalogue."""
    naming = naming_of(atlas)
    counts = Counter(where_of(mark, naming) for mark in shown)
    noun = "needle" if isinstance(shown[0].details, Needle) else "trigger point"
    return [
        f"{key[-1]}: {counts[key]} {noun}{'' if counts[key] == 1 else 's'}"
        for key in sorted(counts)
    ]


def _agreed(records: SessionRecords) -> list[Block]:
    """What the practitioner advised in this session, in the program's words and in their own."""
    closing = closing_of(records)
    if closing is None:
        return []
    items = [ADVICE_WORDS[each] for each in ADVICE_WORDS if each in closing.advice - _SAID_ANYWAY]
    blocks: list[Block] = [Bullets(tuple(items))] if items else []
    if closing.own_advice.strip():
        blocks.append(Words(closing.own_advice.strip()))
    if closing.next_step.strip():
        blocks.append(Words(f"Next: {closing.next_step.strip()}"))
    return [Heading("What your practitioner advised"), *blocks] if blocks else []


def _help(atlas: Atlas, treated: Sequence[Mark]) -> str:
    over_lung = any(
        zone.id in CHEST_ZONES
        for mark in treated
        if mark.body_version == atlas.version
        for zone in atlas.anatomy.zones_at(mark.anchor)
    )
    return f"{HELP_AT_ONCE} {NEAR_THE_CHEST}" if over_lung else HELP_AT_ONCE
