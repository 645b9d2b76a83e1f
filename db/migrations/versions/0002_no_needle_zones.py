"""Patients' own no-needle zones. Written out, as the first tables are."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "no_needle_zone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("body_version", sa.String(120), nullable=False),
        sa.Column("triangle", sa.Integer(), nullable=False),
        sa.Column("b1", sa.Float(), nullable=False),
        sa.Column("b2", sa.Float(), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=False),
        sa.Column("placed_on", sa.String(16), nullable=False),
        sa.Column("placed_in", sa.String(120), nullable=False),
        sa.Column("side", sa.String(16), nullable=False),
        sa.Column("drawn_at", sa.String(48), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_no_needle_zone"),
        sa.CheckConstraint(
            "reason IN ('implant', 'pacemaker', 'port', 'lymphoedema', 'graft', 'scar', "
            "'tumour', 'wound_or_infection', 'other')",
            name=op.f("ck_no_needle_zone_reason"),
        ),
        sa.CheckConstraint(
            "placed_on IN ('female', 'male')", name=op.f("ck_no_needle_zone_placed_on")
        ),
        sa.CheckConstraint(
            "side IN ('left', 'right', 'midline')", name=op.f("ck_no_needle_zone_side")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name="fk_no_needle_zone_patient_id_patient",
            ondelete="RESTRICT",
        ),
    )
    op.create_index("ix_no_needle_zone_patient_id", "no_needle_zone", ["patient_id"])
