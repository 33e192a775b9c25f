"""What every mapped table shares: names, the version column, and a personal-data mark on each column.

The marks are the company's data categories (privacy statement, "Welke persoonsgegevens verwerken wij?")
plus those that a call centre adds. A test walks every column and fails when one has no mark.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BigInteger, Computed, ForeignKey, Identity, Integer, MetaData, Text, text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

SCHEMA: Final = "harmony"


class PersonalData(StrEnum):
    """Category of a column, by which overview, erasure and retention find what they must touch."""

    NONE = "none"  # says nothing about a person
    LINK = "link"  # key that leads to a person
    IDENTITY = "identity"  # personalia
    CONTACT = "contact"  # contactgegevens
    POLICY = "policy"  # polisgegevens
    FINANCIAL = "financial"  # financiële gegevens
    PRODUCT = "product"  # productgegevens
    LOGIN = "login"  # inloggegevens of the portal
    CONVERSATION = "conversation"  # what was said or written in a contact
    RECORDING = "recording"  # audio and what describes it
    CHOICE = "choice"  # preferences, objections, authorisations, requests
    INCIDENT = "incident"  # the incident register
    TRACE = "trace"  # who looked, who changed
    STAFF = "staff"  # the company's own people


class Base(DeclarativeBase):
    """Mapped classes live in schema `harmony`; constraint names are fixed so that a refusal can be worded."""

    metadata = MetaData(
        schema=SCHEMA,
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
            "ck": "%(table_name)s_%(constraint_name)s",
        },
    )


def key() -> MappedColumn[int]:
    """The table's own number, given by the database."""
    return mapped_column(BigInteger, Identity(), primary_key=True, info={"personal_data": PersonalData.NONE})


def link(
    target: str,
    *,
    null: bool = False,
    unique: bool = False,
    mark: PersonalData | None = None,
    default: str | None = None,
) -> MappedColumn[Any]:
    """A foreign key to `table.column`; towards `customer` and `staff` it carries the right mark by itself."""
    if mark is None:
        table = target.split(".")[0]
        mark = {"customer": PersonalData.LINK, "staff": PersonalData.STAFF}.get(table, PersonalData.NONE)
    return mapped_column(
        BigInteger,
        ForeignKey(f"{SCHEMA}.{target}"),
        nullable=null,
        unique=unique,
        server_default=None if default is None else text(default),
        info={"personal_data": mark},
    )


def words(
    mark: PersonalData, longest: int = 200, *, null: bool = True, default: str | None = None, **more: Any
) -> MappedColumn[Any]:
    """Text of at most `longest` characters (a CHECK keeps it: security.md P31)."""
    if default is not None:
        more["server_default"] = text(f"'{default}'")
    return mapped_column(
        Text,
        nullable=null,
        info={"personal_data": mark, "longest": longest},
        **more,
    )


def login_name(*, null: bool = True, **more: Any) -> MappedColumn[Any]:
    """A login. Collation "C", for that is `session_user`'s own: with another one no index would match it."""
    return mapped_column(
        Text(collation="C"),
        nullable=null,
        info={"personal_data": PersonalData.STAFF, "longest": 63},
        **more,
    )


def code(
    *values: str, mark: PersonalData = PersonalData.NONE, null: bool = False, default: str | None = None
) -> MappedColumn[Any]:
    """One of a closed list, as text with a CHECK: an enum's operators are not leakproof (security.md 1.1)."""
    return mapped_column(
        Text,
        nullable=null,
        server_default=None if default is None else text(f"'{default}'"),
        info={"personal_data": mark, "codes": values},
    )


def moment(mark: PersonalData = PersonalData.NONE, *, null: bool = True, now: bool = False) -> MappedColumn[Any]:
    """A point in time, stored in UTC; `now` fills in the database's own clock."""
    return mapped_column(
        TIMESTAMP(timezone=True),
        nullable=null and not now,
        server_default=text("harmony.clock()") if now else None,
        info={"personal_data": mark},
    )


def other(
    kind: Any,
    mark: PersonalData = PersonalData.NONE,
    *,
    null: bool = True,
    default: str | None = None,
    **more: Any,
) -> MappedColumn[Any]:
    """Any other column; `default` is SQL."""
    return mapped_column(
        kind,
        nullable=null,
        server_default=None if default is None else text(default),
        info={"personal_data": mark},
        **more,
    )


def computed(kind: Any, mark: PersonalData, sql: str, **more: Any) -> MappedColumn[Any]:
    """A stored generated column: the normalised form that an index can find under row security."""
    return mapped_column(kind, Computed(sql, persisted=True), info={"personal_data": mark}, **more)


class Versioned:
    """A row that people edit: `version` is raised by the database, a write names the version it saw."""

    version: Mapped[int] = mapped_column(
        Integer, nullable=False, server_default=text("1"), info={"personal_data": PersonalData.NONE}
    )
    created_at: Mapped[dt.datetime] = moment(PersonalData.TRACE, now=True)
    changed_at: Mapped[dt.datetime | None] = moment(PersonalData.TRACE)
