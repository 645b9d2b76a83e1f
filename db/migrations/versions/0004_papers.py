"""What is written of a session beside its marks; scores, boxes of needles and protocols; and
what is treated. Written out, as the first tables are.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_LOCKED = "status IN ('signed', 'amended')"
_AS_SIGNED = (
    "id", "patient_id", "practitioner_id", "problem_id", "started_at", "ended_at", "pain_before",
    "pain_after", "note", "rowid",
)  # fmt: skip


def upgrade() -> None:
    _make_problems_anew()
    _make_scores_and_supplies()
    _make_papers()
    _lock_what_is_signed()
    _lock_what_is_named()
    _keep_pictures_by_row_number()
    op.create_index(
        "ix_mark_needled_muscle",
        "mark",
        ["muscle", "placed_at"],
        sqlite_where=sa.text("kind = 'needle'"),
    )


def _make_problems_anew() -> None:
    """A problem says which condition it is, and may carry a code. Its table is made anew under
    its own name, so that it reads as it does in a new practice.
    """
    op.execute("CREATE TEMPORARY TABLE held AS SELECT * FROM problem")
    op.drop_table("problem")
    op.create_table(
        "problem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("side", sa.String(16), nullable=True),
        sa.Column("onset", sa.Date(), nullable=True),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("planned_sessions", sa.Integer(), nullable=True),
        sa.Column("condition", sa.String(32), nullable=True),
        sa.Column("code", sa.String(120), nullable=False),
        sa.Column("other_treatment", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_problem"),
        sa.CheckConstraint("side IN ('left', 'right', 'midline')", name=op.f("ck_problem_side")),
        sa.CheckConstraint(
            "condition IN ('neck_pain', 'back_pain', 'shoulder_pain', 'knee_pain', 'headache', "
            "'myofascial_pain', 'muscle_strain', 'sports_injury', 'chronic_pain', "
            "'fibromyalgia', 'neurological', 'other')",
            name=op.f("ck_problem_condition"),
        ),
        _reference("problem", "patient_id", "patient"),
    )
    op.create_index("ix_problem_patient_id", "problem", ["patient_id"])
    op.execute(
        "INSERT INTO problem (id, patient_id, title, side, onset, goals, planned_sessions, code, "
        "other_treatment, revision) SELECT id, patient_id, title, side, onset, goals, "
        "planned_sessions, '', '', revision FROM held"
    )
    op.execute("DROP TABLE held")


def _make_scores_and_supplies() -> None:
    op.create_table(
        "outcome_score",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("problem_id", sa.Uuid(), nullable=True),
        sa.Column("measure", sa.String(32), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("detail", sa.String(500), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outcome_score"),
        sa.CheckConstraint(
            "measure IN ('pain', 'pressure_threshold', 'range_of_motion', 'psfs', 'ndi', 'odi', "
            "'quickdash', 'lefs', 'hit6', 'rmdq')",
            name=op.f("ck_outcome_score_measure"),
        ),
        _reference("outcome_score", "patient_id", "patient"),
        _reference("outcome_score", "problem_id", "problem"),
    )
    for column in ("patient_id", "problem_id"):
        op.create_index(f"ix_outcome_score_{column}", "outcome_score", [column])
    op.create_table(
        "needle_box",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("manufacturer", sa.String(120), nullable=False),
        sa.Column("lot", sa.String(120), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("diameter_mm", sa.Float(), nullable=True),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_needle_box"),
    )
    op.create_table(
        "protocol",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_protocol"),
    )


def _make_papers() -> None:
    _make_paper(
        "preparation",
        sa.Column("screened", sa.JSON(), nullable=False),
        sa.Column("screened_at", sa.String(48), nullable=True),
        sa.Column("affirmed_at", sa.String(48), nullable=True),
        sa.Column("consent", sa.String(16), nullable=True),
        sa.Column("consent_form", sa.String(500), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("risks", sa.JSON(), nullable=False),
        sa.Column("position", sa.String(16), nullable=True),
        sa.Column("box_id", sa.Uuid(), nullable=True),
        sa.Column("soreness_since", sa.JSON(), nullable=False),
        checks=(
            sa.CheckConstraint(
                "consent IN ('written', 'verbal', 'declined', 'withdrawn')",
                name=op.f("ck_preparation_consent"),
            ),
            sa.CheckConstraint(
                "position IN ('prone', 'supine', 'left_side', 'right_side', 'seated', 'other')",
                name=op.f("ck_preparation_position"),
            ),
        ),
        references={"box_id": "needle_box"},
    )
    _make_paper(
        "closing",
        sa.Column("needles_counted", sa.Integer(), nullable=True),
        sa.Column("tolerance", sa.String(16), nullable=True),
        sa.Column("no_adverse_events", sa.Boolean(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("other_treatments", sa.JSON(), nullable=False),
        sa.Column("advice", sa.JSON(), nullable=False),
        sa.Column("own_advice", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        checks=(
            sa.CheckConstraint(
                "tolerance IN ('good', 'fair', 'poor', 'stopped')",
                name=op.f("ck_closing_tolerance"),
            ),
        ),
    )
    _make_paper(
        "session_note",
        sa.Column("subjective", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("needling", sa.Text(), nullable=True),
        sa.Column("needling_of", sa.Text(), nullable=False),
    )
    _make_paper(
        "hazard_notice",
        sa.Column("mark_id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.String(120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("shown_at", sa.String(48), nullable=False),
        sa.Column("acknowledged_at", sa.String(48), nullable=True),
        one_a_session=False,
    )
    _make_paper(
        "signature",
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("licence_number", sa.String(500), nullable=False),
        sa.Column("signed_at", sa.String(48), nullable=False),
        references={"practitioner_id": "practitioner"},
    )
    _make_paper(
        "addendum",
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("licence_number", sa.String(500), nullable=False),
        sa.Column("written_at", sa.String(48), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        references={"practitioner_id": "practitioner"},
        one_a_session=False,
    )


def _make_paper(
    name: str,
    *columns: sa.Column[Any],
    checks: tuple[sa.CheckConstraint, ...] = (),
    references: dict[str, str] | None = None,
    one_a_session: bool = True,
) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *checks,
        *([sa.UniqueConstraint("session_id", name=f"uq_{name}_session_id")] * one_a_session),
        _reference(name, "session_id", "treatment_session"),
        *(_reference(name, column, target) for column, target in (references or {}).items()),
    )
    for column in ("session_id",) * (not one_a_session) + tuple(references or ()):
        op.create_index(f"ix_{name}_{column}", name, [column])


def _lock_what_is_signed() -> None:
    """``db/triggers.py`` says why each is there. Those of sessions and marks are made anew: they
    did not ask for row numbers.
    """
    for name in ("mark_signed_insert", "mark_signed_update", "mark_signed_delete"):
        op.execute(f"DROP TRIGGER {name}")
    for name in ("treatment_session_signed_update", "treatment_session_signed_replace"):
        op.execute(f"DROP TRIGGER {name}")
    signed = f"EXISTS (SELECT 1 FROM treatment_session WHERE id = {{}} AND {_LOCKED})".format
    taken = "({0}.id = NEW.id OR {0}.rowid = NEW.rowid)".format
    words = "this session is signed"
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _AS_SIGNED)
    amended = f"(OLD.status = 'signed' AND NEW.status = 'amended' AND {same})"
    held = (
        f"EXISTS (SELECT 1 FROM treatment_session WHERE {taken('treatment_session')} AND {_LOCKED})"
    )
    _refuse(
        "treatment_session_signed_update",
        f"UPDATE ON treatment_session WHEN (OLD.{_LOCKED} AND NOT {amended}) OR "
        f"((NEW.id <> OLD.id OR NEW.rowid <> OLD.rowid) AND {held})",
        words,
    )
    _refuse("treatment_session_signed_replace", f"INSERT ON treatment_session WHEN {held}", words)
    for table in ("mark", "preparation", "closing", "session_note", "hazard_notice", "signature"):
        replaced = (
            f"EXISTS (SELECT 1 FROM {table} JOIN treatment_session AS held "
            f"ON held.id = {table}.session_id WHERE {taken(table)} AND held.{_LOCKED})"
        )
        old, new = signed("OLD.session_id"), signed("NEW.session_id")
        _refuse(f"{table}_signed_insert", f"INSERT ON {table} WHEN {new} OR {replaced}", words)
        _refuse(
            f"{table}_signed_update", f"UPDATE ON {table} WHEN {old} OR {new} OR {replaced}", words
        )
        _refuse(f"{table}_signed_delete", f"DELETE ON {table} WHEN {old}", words)
    early = f"NOT {signed('NEW.session_id')}"
    again = f"EXISTS (SELECT 1 FROM addendum WHERE {taken('addendum')})"
    _refuse(
        "addendum_needs_signature",
        f"INSERT ON addendum WHEN {early}",
        "this session is not signed yet",
    )
    _refuse("addendum_refuses_replace", f"INSERT ON addendum WHEN {again}", words)
    _refuse("addendum_refuses_update", "UPDATE ON addendum", words)
    _refuse("addendum_refuses_delete", "DELETE ON addendum", words)
    needle = (
        "EXISTS (SELECT 1 FROM mark WHERE session_id = NEW.id AND kind = 'needle' AND "
        "json_extract(details, '$.in_at') IS NOT NULL AND "
        "json_extract(details, '$.out_at') IS NULL)"
    )
    _refuse(
        "treatment_session_needle_in",
        f"UPDATE ON treatment_session WHEN OLD.status = 'draft' AND NEW.{_LOCKED} AND {needle}",
        "a needle of this session is still in",
    )
    _refuse(
        "treatment_session_needle_in_replace",
        f"INSERT ON treatment_session WHEN NEW.{_LOCKED} AND {needle}",
        "a needle of this session is still in",
    )


def _lock_what_is_named() -> None:
    """Whom or what a signed session names: it may be renamed, and neither go nor be replaced."""
    by_session = f"SELECT 1 FROM treatment_session WHERE {{}} = {{{{0}}}} AND {_LOCKED}".format
    by_paper = (
        "SELECT 1 FROM {0} JOIN treatment_session AS held ON held.id = {0}.session_id "
        f"WHERE {{0}}.{{1}} = {{{{0}}}} AND held.{_LOCKED}"
    ).format
    words = "a signed session names this"
    for table, sources, stays in (
        ("patient", [by_session("patient_id")], ()),
        ("problem", [by_session("problem_id")], ("patient_id",)),
        (
            "practitioner",
            [
                by_session("practitioner_id"),
                by_paper("signature", "practitioner_id"),
                by_paper("addendum", "practitioner_id"),
            ],
            (),
        ),
        ("needle_box", [by_paper("preparation", "box_id")], ()),
    ):
        named = " OR ".join(f"EXISTS ({source})" for source in sources).format
        moved = " OR ".join(f"NEW.{each} IS NOT OLD.{each}" for each in ("id", "rowid", *stays))
        taken = (
            f"EXISTS (SELECT 1 FROM {table} WHERE ({table}.id = NEW.id OR "
            f"{table}.rowid = NEW.rowid) AND ({named(f'{table}.id')}))"
        )
        gone = (
            f"(({moved}) AND ({named('OLD.id')})) OR "
            f"((NEW.id <> OLD.id OR NEW.rowid <> OLD.rowid) AND {taken})"
        )
        _refuse(f"{table}_named_update", f"UPDATE ON {table} WHEN {gone}", words)
        _refuse(f"{table}_named_delete", f"DELETE ON {table} WHEN {named('OLD.id')}", words)
        _refuse(f"{table}_named_replace", f"INSERT ON {table} WHEN {taken}", words)
    has_number = (
        "EXISTS (SELECT 1 FROM patient JOIN treatment_session AS held "
        "ON held.patient_id = patient.id "
        f"WHERE patient.number_key = NEW.number_key AND patient.id <> NEW.id AND held.{_LOCKED})"
    )
    words = r"patient.number_key\: a signed session names the patient who has it"
    for event in ("insert", "update"):
        _refuse(
            f"patient_named_number_{event}", f"{event.upper()} ON patient WHEN {has_number}", words
        )


def _keep_pictures_by_row_number() -> None:
    """As the marks: they did not ask for row numbers."""
    for name in (
        "picture_file_refuses_replace", "own_picture_keeps_file", "own_picture_refuses_replace",
    ):  # fmt: skip
        op.execute(f"DROP TRIGGER {name}")
    words = "the file of a picture cannot be changed"
    same = " AND ".join(
        f"NEW.{column} IS OLD.{column}"
        for column in ("id", "sha256", "media_type", "width", "height")
    )
    _refuse(
        "picture_file_refuses_replace",
        "INSERT ON picture_file WHEN EXISTS (SELECT 1 FROM picture_file "
        "WHERE sha256 = NEW.sha256 OR picture_file.rowid = NEW.rowid)",
        words,
    )
    _refuse(
        "own_picture_keeps_file",
        f"UPDATE ON own_picture WHEN NOT ({same}) OR NEW.rowid IS NOT OLD.rowid",
        words,
    )
    _refuse(
        "own_picture_refuses_replace",
        "INSERT ON own_picture WHEN EXISTS (SELECT 1 FROM own_picture "
        "WHERE (own_picture.id = NEW.id OR own_picture.rowid = NEW.rowid))",
        words,
    )


def _refuse(name: str, event: str, words: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{words}'); END")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete="RESTRICT"
    )
