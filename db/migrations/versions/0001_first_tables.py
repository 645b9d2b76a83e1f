"""The first tables. Written out, so that it stays what it is when the program's words change."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _make_people()
    _make_treatment()
    _make_marks()
    _make_trail()
    _lock_what_is_signed()


def _make_people() -> None:
    op.create_table(
        "practitioner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("profession", sa.String(500), nullable=False),
        sa.Column("licence_number", sa.String(500), nullable=False),
        sa.Column("credential", sa.String(500), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practitioner"),
    )
    op.create_table(
        "patient",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_name", sa.String(120), nullable=False),
        sa.Column("given_name", sa.String(120), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("body", sa.String(16), nullable=False),
        sa.Column("phone", sa.String(500), nullable=False),
        sa.Column("email", sa.String(500), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("number_key", sa.String(200), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_patient"),
        sa.CheckConstraint("body IN ('female', 'male')", name=op.f("ck_patient_body")),
        sa.UniqueConstraint("number_key", name="uq_patient_number_key"),
    )
    op.create_index("ix_patient_search", "patient", ["search"])


def _make_treatment() -> None:
    op.create_table(
        "problem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("side", sa.String(16), nullable=True),
        sa.Column("onset", sa.Date(), nullable=True),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("planned_sessions", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_problem"),
        sa.CheckConstraint("side IN ('left', 'right', 'midline')", name=op.f("ck_problem_side")),
        _reference("problem", "patient_id", "patient"),
    )
    op.create_index("ix_problem_patient_id", "problem", ["patient_id"])
    op.create_table(
        "treatment_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("problem_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.String(48), nullable=False),
        sa.Column("ended_at", sa.String(48), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("pain_before", sa.Integer(), nullable=True),
        sa.Column("pain_after", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_treatment_session"),
        sa.CheckConstraint(
            "status IN ('draft', 'signed', 'amended')", name=op.f("ck_treatment_session_status")
        ),
        _reference("treatment_session", "patient_id", "patient"),
        _reference("treatment_session", "practitioner_id", "practitioner"),
        _reference("treatment_session", "problem_id", "problem"),
    )
    for columns in (
        ["practitioner_id"],
        ["problem_id"],
        ["started_at"],
        ["patient_id", "started_at"],
    ):
        name = f"ix_treatment_session_{'_'.join(columns)}"
        op.create_index(name, "treatment_session", columns)


def _make_marks() -> None:
    op.create_table(
        "mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("shape", sa.String(16), nullable=False),
        sa.Column("body_version", sa.String(120), nullable=False),
        sa.Column("triangle", sa.Integer(), nullable=False),
        sa.Column("b1", sa.Float(), nullable=False),
        sa.Column("b2", sa.Float(), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=True),
        sa.Column("placed_on", sa.String(16), nullable=False),
        sa.Column("placed_in", sa.String(120), nullable=False),
        sa.Column("side", sa.String(16), nullable=False),
        sa.Column("muscle", sa.String(120), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.String(48), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
        sa.CheckConstraint(
            "kind IN ('trigger_point', 'needle', 'twitch_response', 'soreness', "
            "'referred_pain', 'taut_band', 'reaction', 'note')",
            name=op.f("ck_mark_kind"),
        ),
        sa.CheckConstraint("shape IN ('point', 'area', 'line')", name=op.f("ck_mark_shape")),
        sa.CheckConstraint("placed_on IN ('female', 'male')", name=op.f("ck_mark_placed_on")),
        sa.CheckConstraint("side IN ('left', 'right', 'midline')", name=op.f("ck_mark_side")),
        sa.UniqueConstraint("session_id", "number", name="uq_mark_session_id_number"),
        _reference("mark", "session_id", "treatment_session"),
        _reference("mark", "parent_id", "mark"),
    )
    op.create_index("ix_mark_parent_id", "mark", ["parent_id"])
    op.create_index("ix_mark_session_id_kind", "mark", ["session_id", "kind"])


def _make_trail() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(48), nullable=False),
        sa.Column("actor", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("step", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit"),
        sa.CheckConstraint("action IN ('do', 'undo', 'redo')", name=op.f("ck_audit_action")),
    )
    op.create_index("ix_audit_scope", "audit", ["scope"])
    for name, event in (
        ("update", "UPDATE ON audit"),
        ("delete", "DELETE ON audit"),
        (
            "replace",
            "INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)",
        ),
    ):
        _refuse(f"audit_refuses_{name}", event, "the trail cannot be rewritten")


def _lock_what_is_signed() -> None:
    """Written out, as the words of tables are; ``db/triggers.py`` says why each is there."""
    locked = "status IN ('signed', 'amended')"
    signed = f"EXISTS (SELECT 1 FROM treatment_session WHERE id = {{}} AND {locked})".format
    same = " AND ".join(
        f"NEW.{column} IS OLD.{column}"
        for column in (
            "id",
            "patient_id",
            "practitioner_id",
            "problem_id",
            "started_at",
            "ended_at",
            "pain_before",
            "pain_after",
            "note",
        )
    )
    replaced = (
        "EXISTS (SELECT 1 FROM mark JOIN treatment_session AS held ON held.id = mark.session_id "
        f"WHERE mark.id = NEW.id AND held.{locked})"
    )
    old, new = signed("OLD.session_id"), signed("NEW.session_id")
    for name, event in {
        "treatment_session_signed_update": "UPDATE ON treatment_session WHEN "
        f"(OLD.{locked} AND NOT (OLD.status = 'signed' AND NEW.status = 'amended' AND {same})) "
        f"OR (NEW.id <> OLD.id AND {signed('NEW.id')})",
        "treatment_session_signed_delete": f"DELETE ON treatment_session WHEN OLD.{locked}",
        "treatment_session_signed_replace": f"INSERT ON treatment_session WHEN {signed('NEW.id')}",
        "mark_signed_insert": f"INSERT ON mark WHEN {new} OR {replaced}",
        "mark_signed_update": f"UPDATE ON mark WHEN {old} OR {new} OR {replaced}",
        "mark_signed_delete": f"DELETE ON mark WHEN {old}",
    }.items():
        _refuse(name, event, "this session is signed")


def _refuse(name: str, event: str, words: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{words}'); END")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete="RESTRICT"
    )
