"""The traces: opened files, searches, reveals, and the audit trail with its sealed chain."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from harmony_desk.core.model.base import SCHEMA, Base, PersonalData, code, key, link, login_name, moment, other, words

TRACE = PersonalData.TRACE
OPEN_REASONS = (
    "call",
    "claim",
    "repair",
    "application",
    "payment",
    "privacy_request",
    "fraud",
    "mail",
    "other",
)


class Xid8(UserDefinedType[str]):
    """PostgreSQL's 64-bit transaction id: a row counts only outside the transaction that wrote it."""

    cache_ok = True

    def get_col_spec(self, **kw: Any) -> str:
        return "xid8"


# Reflection (the schema drift test) must know the type too.
ischema_names["xid8"] = Xid8


class FileOpening(Base):
    """Who opened whose file, when, why: the row that makes a customer's rows visible to one login."""

    __tablename__ = "file_opening"
    id: Mapped[int] = key()
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    staff_login: Mapped[str] = login_name(null=False)
    reason: Mapped[str] = words(TRACE, 40, null=False)
    reference: Mapped[str | None] = words(TRACE, 80)
    motive: Mapped[str | None] = words(TRACE, 2000)
    break_glass: Mapped[bool] = other(Boolean, TRACE, null=False, default="false")
    call_id: Mapped[int | None] = other(BigInteger, TRACE)
    status: Mapped[str] = words(TRACE, 40, null=False)
    opened_at: Mapped[dt.datetime] = moment(TRACE, now=True)
    expires_at: Mapped[dt.datetime] = moment(TRACE, null=False)
    closed_at: Mapped[dt.datetime | None] = moment(TRACE)
    xid: Mapped[str] = other(Xid8, null=False, default="pg_current_xact_id()")
    origin: Mapped[str] = words(PersonalData.NONE, 60, null=False, server_default=text("harmony.origin()"))
    __table_args__ = (
        Index("file_opening_staff_login_expires_at_idx", "staff_login", "expires_at"),
        Index("file_opening_customer_id_idx", "customer_id", "opened_at"),
        Index("file_opening_opened_at_idx", "opened_at"),
        Index("file_opening_call_id_idx", "call_id"),
    )


class SearchLog(Base):
    """One use of a card function. What was typed is not kept, only how it was read and how much it found."""

    __tablename__ = "search_log"
    id: Mapped[int] = key()
    staff_login: Mapped[str] = login_name(null=False)
    kind: Mapped[str] = words(TRACE, 40, null=False)
    hits: Mapped[int] = other(Integer, TRACE, null=False)
    counter: Mapped[int] = other(BigInteger, TRACE, null=False)
    searched_at: Mapped[dt.datetime] = moment(TRACE, now=True)
    # A row counts as a trace of its lookup only outside the transaction that may still roll it back.
    xid: Mapped[str] = other(Xid8, null=False, default="pg_current_xact_id()")
    __table_args__ = (Index("search_log_staff_login_searched_at_idx", "staff_login", "searched_at"),)


class BankReveal(Base):
    """A request to see a full IBAN, and whether it was seen."""

    __tablename__ = "bank_reveal"
    id: Mapped[int] = key()
    ticket: Mapped[uuid.UUID] = other(UUID, TRACE, null=False, unique=True, default="gen_random_uuid()")
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    staff_login: Mapped[str] = login_name(null=False)
    reason: Mapped[str] = words(TRACE, 500, null=False)
    requested_at: Mapped[dt.datetime] = moment(TRACE, now=True)
    revealed_at: Mapped[dt.datetime | None] = moment(TRACE)
    status: Mapped[str] = words(TRACE, 40, null=False)
    xid: Mapped[str] = other(Xid8, null=False, default="pg_current_xact_id()")
    origin: Mapped[str] = words(PersonalData.NONE, 60, null=False, server_default=text("harmony.origin()"))
    __table_args__ = (Index("bank_reveal_customer_id_idx", "customer_id"),)


class AuditEvent(Base):
    """One change of one row, written by a trigger in the transaction of the change."""

    __tablename__ = "audit_event"
    id: Mapped[int] = key()
    xid: Mapped[str] = other(Xid8, null=False, default="pg_current_xact_id()")
    at: Mapped[dt.datetime] = moment(TRACE, now=True)
    staff_login: Mapped[str] = login_name(null=False)
    action: Mapped[str] = code("insert", "update", "delete", "truncate", "seal", "key")
    table_name: Mapped[str] = words(PersonalData.NONE, 63, null=False)
    row_id: Mapped[str | None] = words(TRACE, 80)
    customer_id: Mapped[int | None] = other(BigInteger, PersonalData.LINK)
    columns: Mapped[list[str] | None] = other(ARRAY(Text))
    detail_hash: Mapped[bytes | None] = other(LargeBinary)
    __table_args__ = (
        Index("audit_event_customer_id_idx", "customer_id"),
        Index("audit_event_at_idx", "at"),
    )


class AuditDetail(Base):
    """Old and new values of one change, apart from the chain so that they can be erased (security.md 2.3)."""

    __tablename__ = "audit_detail"
    event_id: Mapped[int] = mapped_column(
        BigInteger,
        ForeignKey(f"{SCHEMA}.audit_event.id"),
        primary_key=True,
        autoincrement=False,
        info={"personal_data": PersonalData.NONE},
    )
    salt: Mapped[bytes] = other(LargeBinary, null=False)
    values: Mapped[object] = other(JSONB, TRACE, null=False)


class AuditSeal(Base):
    """The chain: `hash = sha256(previous hash || canonical event)`, numbered without gaps."""

    __tablename__ = "audit_seal"
    number: Mapped[int] = other(BigInteger, null=False, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = other(BigInteger, null=False, unique=True)
    hash: Mapped[bytes] = other(LargeBinary, null=False)
    sealed_at: Mapped[dt.datetime] = moment(now=True)
    __table_args__ = (CheckConstraint("octet_length(hash) = 32", name="hash_length"),)


class KeeperWork(Base):
    """Transactions in which the keeper works (retention, erasure): the audit copies no values of these."""

    __tablename__ = "keeper_work"
    xid: Mapped[str] = other(Xid8, null=False, primary_key=True)
