"""The tables of a practice. ``db/migrations`` makes the same ones step by step (tested)."""

from sqlalchemy import (
    DDL,
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    event,
)
from sqlalchemy.schema import SchemaItem

from app.domain.anatomy import Body, Side
from app.domain.audit import Action
from app.domain.closing import Tolerance
from app.domain.findings import LONGEST_LINE, LONGEST_NAME
from app.domain.letterhead import LONGEST_FOOT
from app.domain.marks import MarkKind, Shape
from app.domain.outcomes import Measure
from app.domain.own_pictures import MediaType
from app.domain.own_zones import ZoneReason
from app.domain.preparation import Consent, Position
from app.domain.records import Condition, SessionStatus
from db import triggers
from db.column_types import UtcDateTime
from db.table_parts import key, metadata, named, one_of, reference, revision, spot

HEAD = "0006"
"""The newest migration, which ``metadata`` describes."""

practitioner = Table(
    "practitioner",
    metadata,
    key(),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("profession", String(LONGEST_LINE), nullable=False),
    Column("licence_number", String(LONGEST_LINE), nullable=False),
    Column("credential", String(LONGEST_LINE), nullable=False),
    revision(),
)

patient = Table(
    "patient",
    metadata,
    key(),
    Column("family_name", String(LONGEST_NAME), nullable=False),
    Column("given_name", String(LONGEST_NAME), nullable=False),
    Column("birth_date", Date),
    Column("number", String(40), nullable=False),
    Column("body", String(16), nullable=False),
    Column("phone", String(LONGEST_LINE), nullable=False),
    Column("email", String(LONGEST_LINE), nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("note", Text, nullable=False),
    # What follows is derived from the columns above (db/search_text.py).
    Column("number_key", String(200), nullable=False, unique=True),
    Column("search", Text, nullable=False, index=True),
    revision(),
    one_of("body", Body),
)

problem = Table(
    "problem",
    metadata,
    key(),
    reference("patient_id", "patient"),
    Column("title", String(LONGEST_NAME), nullable=False),
    Column("side", String(16)),
    Column("onset", Date),
    Column("goals", Text, nullable=False),
    Column("planned_sessions", Integer),
    Column("condition", String(32)),
    Column("code", String(LONGEST_NAME), nullable=False),
    Column("other_treatment", Text, nullable=False),
    revision(),
    one_of("side", Side),
    one_of("condition", Condition),
)

outcome_score = Table(
    "outcome_score",
    metadata,
    key(),
    reference("patient_id", "patient"),
    reference("problem_id", "problem", nullable=True),
    Column("measure", String(32), nullable=False),
    Column("score", Float, nullable=False),
    Column("measured_on", Date, nullable=False),
    Column("detail", String(LONGEST_LINE), nullable=False),
    revision(),
    one_of("measure", Measure),
)

site_link = Table(
    "site_link",
    metadata,
    key(),
    reference("patient_id", "patient"),
    # no references: a mark that was removed may come back by an undo
    Column("mark_id", Uuid, nullable=False, unique=True),
    Column("earlier_id", Uuid),
    Column("said_at", UtcDateTime, nullable=False),
    revision(),
)

needle_box = Table(
    "needle_box",
    metadata,
    key(),
    Column("manufacturer", String(LONGEST_NAME), nullable=False),
    Column("lot", String(LONGEST_NAME), nullable=False),
    Column("expires_on", Date),
    Column("diameter_mm", Float),
    Column("length_mm", Integer),
    revision(),
)

protocol = Table(
    "protocol",
    metadata,
    key(),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("points", JSON, nullable=False),
    revision(),
)

letterhead = Table(
    "letterhead",
    metadata,
    key(),  # the same one in every practice, so that there is no second row
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("lines", JSON, nullable=False),
    Column("foot", String(LONGEST_FOOT), nullable=False),
    Column("logo", LargeBinary, nullable=False),
    revision(),
)

no_needle_zone = Table(
    "no_needle_zone",
    metadata,
    key(),
    reference("patient_id", "patient"),
    Column("reason", String(32)),
    Column("note", Text, nullable=False),
    Column("body_version", String(LONGEST_NAME), nullable=False),
    *spot(),
    Column("outline", JSON, nullable=False),
    Column("placed_on", String(16), nullable=False),
    Column("placed_in", String(LONGEST_NAME), nullable=False),
    Column("side", String(16), nullable=False),
    Column("drawn_at", UtcDateTime, nullable=False),
    revision(),
    one_of("reason", ZoneReason),
    one_of("placed_on", Body),
    one_of("side", Side),
)
"""No trigger: what a session's signature covers does not hold a patient's own zones."""

picture_file = Table(
    "picture_file",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""The bytes of pictures, by their hash. They are no part of a change and of the trail."""

own_picture = Table(
    "own_picture",
    metadata,
    key(),
    reference("patient_id", "patient", nullable=True),
    Column("title", String(LONGEST_NAME), nullable=False),
    Column("side", String(16)),
    Column(
        "sha256",
        String(64),
        ForeignKey("picture_file.sha256", ondelete="RESTRICT"),
        nullable=False,
        index=True,
    ),
    Column("media_type", String(16), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    revision(),
    one_of("side", Side),
    one_of("media_type", MediaType),
)

treatment_session = Table(
    "treatment_session",
    metadata,
    key(),
    Column(
        "patient_id", Uuid, ForeignKey("patient.id", ondelete="RESTRICT"), nullable=False
    ),  # indexed below, together with the time
    reference("practitioner_id", "practitioner"),
    reference("problem_id", "problem", nullable=True),
    Column("started_at", UtcDateTime, nullable=False, index=True),
    Column("ended_at", UtcDateTime),
    Column("status", String(16), nullable=False),
    Column("pain_before", Integer),
    Column("pain_after", Integer),
    Column("note", Text, nullable=False),
    revision(),
    one_of("status", SessionStatus),
    Index(None, "patient_id", "started_at"),
)

mark = Table(
    "mark",
    metadata,
    key(),
    Column(
        "session_id", Uuid, ForeignKey("treatment_session.id", ondelete="RESTRICT"), nullable=False
    ),  # indexed below, with what counts a session's marks; the numbers' index sorts them
    Column("number", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("details", JSON, nullable=False),
    Column("shape", String(16), nullable=False),
    Column("body_version", String(LONGEST_NAME), nullable=False),
    *spot(),
    Column("outline", JSON(none_as_null=True)),
    Column("placed_on", String(16), nullable=False),
    Column("placed_in", String(LONGEST_NAME), nullable=False),
    Column("side", String(16)),
    Column("muscle", String(LONGEST_NAME)),
    reference("parent_id", "mark", nullable=True),
    Column("note", Text, nullable=False),
    Column("placed_at", UtcDateTime, nullable=False),
    revision(),
    one_of("kind", MarkKind),
    one_of("shape", Shape),
    one_of("placed_on", Body),
    one_of("side", Side),
    UniqueConstraint("session_id", "number"),
    Index(None, "session_id", "kind"),
)
Index(
    "ix_mark_needled_muscle", mark.c.muscle, mark.c.placed_at, sqlite_where=mark.c.kind == "needle"
)  # what was last used in a muscle; other marks do not pay for it


def _paper(name: str, *columns: SchemaItem, one_a_session: bool) -> Table:
    """A table of what is written of a session beside its marks."""
    of, single = ForeignKey("treatment_session.id", ondelete="RESTRICT"), one_a_session
    return Table(
        name,
        metadata,
        key(),
        Column("session_id", Uuid, of, nullable=False, unique=single, index=not single),
        *columns,
        revision(),
    )


preparation = _paper(
    "preparation",
    Column("screened", JSON, nullable=False),
    Column("screened_at", UtcDateTime),
    Column("affirmed_at", UtcDateTime),
    Column("consent", String(16)),
    Column("consent_form", String(LONGEST_LINE), nullable=False),
    Column("consent_on", Date),
    Column("risks", JSON, nullable=False),
    Column("position", String(16)),
    reference("box_id", "needle_box", nullable=True),
    Column("soreness_since", JSON, nullable=False),
    one_of("consent", Consent),
    one_of("position", Position),
    one_a_session=True,
)

closing = _paper(
    "closing",
    Column("needles_counted", Integer),
    Column("tolerance", String(16)),
    Column("no_adverse_events", Boolean, nullable=False),
    Column("events", JSON, nullable=False),
    Column("other_treatments", JSON, nullable=False),
    Column("advice", JSON, nullable=False),
    Column("own_advice", Text, nullable=False),
    Column("next_step", Text, nullable=False),
    one_of("tolerance", Tolerance),
    one_a_session=True,
)

session_note = _paper(
    "session_note",
    Column("subjective", Text, nullable=False),
    Column("objective", Text, nullable=False),
    Column("assessment", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("needling", Text),
    Column("needling_of", Text, nullable=False),
    one_a_session=True,
)

hazard_notice = _paper(
    "hazard_notice",
    Column("mark_id", Uuid, nullable=False),  # no reference: the mark may be removed
    Column("zone", String(LONGEST_NAME), nullable=False),
    Column("words", Text, nullable=False),
    Column("shown_at", UtcDateTime, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    one_a_session=False,
)

signature = _paper(
    "signature",
    reference("practitioner_id", "practitioner"),
    *named(),
    Column("signed_at", UtcDateTime, nullable=False),
    one_a_session=True,
)

addendum = _paper(
    "addendum",
    reference("practitioner_id", "practitioner"),
    *named(),
    Column("written_at", UtcDateTime, nullable=False),
    Column("reason", String(LONGEST_LINE), nullable=False),
    Column("text", Text, nullable=False),
    one_a_session=False,
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Uuid),
    Column("action", String(16), nullable=False),
    Column("step", Uuid, nullable=False),
    Column("scope", Uuid, index=True),
    Column("patient_id", Uuid),
    Column("label", Text, nullable=False),
    Column("edits", JSON, nullable=False),
    one_of("action", Action),
)
"""The trail. Nothing in it refers to other tables: it outlives what it tells of."""

for _table, _statements in triggers.OF_TABLE.items():
    for _statement in _statements:
        event.listen(
            metadata.tables[_table],
            "after_create",
            DDL(_statement).execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
        )

alembic_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32)),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Where Alembic keeps the revision of a database, as Alembic itself makes it."""
