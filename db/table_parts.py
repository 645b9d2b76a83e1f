"""What the tables of a practice have alike: their names for constraints, and kinds of columns."""

from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Uuid,
)

from app.domain.findings import LONGEST_LINE, LONGEST_NAME

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def key() -> Column[object]:
    return Column("id", Uuid, primary_key=True)


def reference(name: str, target: str, *, nullable: bool = False) -> Column[object]:
    """A reference to a record, which cannot be deleted as long as it is referred to."""
    return Column(
        name, Uuid, ForeignKey(f"{target}.id", ondelete="RESTRICT"), nullable=nullable, index=True
    )


def spot() -> tuple[Column[int], Column[float], Column[float]]:
    """An anchor."""
    return (
        Column("triangle", Integer, nullable=False),
        Column("b1", Float, nullable=False),
        Column("b2", Float, nullable=False),
    )


def named() -> tuple[Column[str], Column[str]]:
    """Who signed, as the practitioner was called then."""
    return (
        Column("name", String(LONGEST_NAME), nullable=False),
        Column("licence_number", String(LONGEST_LINE), nullable=False),
    )


def revision() -> Column[int]:
    """How often the row was written."""
    return Column("revision", Integer, nullable=False, server_default="1")
