"""The mapped tables, by subject. Nothing outside `core` imports this package."""

from sqlalchemy import CheckConstraint

from harmony_desk.core.model import (
    claims,
    contacts,
    customers,
    imports,
    incidents,
    policies,
    privacy,
    recordings,
    search,
    staff,
    trace,
)
from harmony_desk.core.model.base import Base, PersonalData

__all__ = [
    "Base",
    "PersonalData",
    "claims",
    "contacts",
    "customers",
    "imports",
    "incidents",
    "policies",
    "privacy",
    "recordings",
    "search",
    "staff",
    "trace",
]


def _add_checks() -> None:
    """Turns the `longest` and `codes` marks of the columns into named CHECK constraints."""
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if longest := column.info.get("longest"):
                table.append_constraint(
                    CheckConstraint(f"char_length({column.name}) <= {longest}", name=f"{column.name}_length")
                )
            if codes := column.info.get("codes"):
                listed = ", ".join(f"'{value}'" for value in codes)
                table.append_constraint(CheckConstraint(f"{column.name} in ({listed})", name=f"{column.name}_codes"))


_add_checks()
