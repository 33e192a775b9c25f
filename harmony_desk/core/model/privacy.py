"""Privacy requests, recipients with their agreements, and the register of disclosures."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from harmony_desk.core.model.base import (
    Base,
    PersonalData,
    Versioned,
    code,
    key,
    link,
    login_name,
    moment,
    other,
    words,
)
from harmony_desk.core.model.trace import Xid8

CHOICE, TRACE = PersonalData.CHOICE, PersonalData.TRACE
REQUEST_KINDS = (
    "access",
    "rectification",
    "erasure",
    "objection",
    "portability",
    "restriction",
    "complaint",
)
DISCLOSURE_KINDS = (
    "repair_order",
    "risk_carrier_policy",
    "risk_carrier_claim",
    "partner_status",
    "survey_sample",
    "mailing",
    "debt_collection",
    "legal_aid",
    "print_mail",
    "authority",
    "rectification_notice",
    "portability",
)


class PrivacyRequest(Versioned, Base):
    """A request of a person about his own data (AVG art. 15-21), or a privacy complaint."""

    __tablename__ = "privacy_request"
    id: Mapped[int] = key()
    request_number: Mapped[str] = words(
        CHOICE, 24, null=False, unique=True, server_default=text("harmony.next_number('PV')")
    )
    customer_id: Mapped[int] = link("customer.id")
    kind: Mapped[str] = code(*REQUEST_KINDS, mark=CHOICE)
    channel: Mapped[str] = code("phone", "email", "letter", "portal", "form", "other", default="phone")
    received_on: Mapped[dt.date] = other(Date, CHOICE, null=False)
    due_on: Mapped[dt.date] = other(Date, CHOICE, null=False)
    status: Mapped[str] = code(
        "received",
        "identity",
        "collecting",
        "reviewing",
        "answered",
        "closed",
        mark=CHOICE,
        default="received",
    )
    __table_args__ = (
        CheckConstraint("due_on >= received_on", name="due_after_received"),
        Index("privacy_request_customer_id_idx", "customer_id"),
    )


class Recipient(Versioned, Base):
    """A third party that may be sent personal data (ontvanger), as processor or controller."""

    __tablename__ = "recipient"
    id: Mapped[int] = key()
    name: Mapped[str] = words(PersonalData.NONE, 120, null=False, unique=True)
    category: Mapped[str] = code(
        "risk_carrier",
        "partner",
        "repairer",
        "authority",
        "survey",
        "print_mail",
        "legal",
        "collection",
        "hosting",
    )
    role: Mapped[str] = code("processor", "controller")
    active: Mapped[bool] = other(Boolean, null=False, default="true")


class Agreement(Versioned, Base):
    """The contract (overeenkomst) under which a recipient may be sent certain kinds of data."""

    __tablename__ = "agreement"
    id: Mapped[int] = key()
    recipient_id: Mapped[int] = link("recipient.id")
    kind: Mapped[str] = code(*DISCLOSURE_KINDS)
    reference: Mapped[str | None] = words(PersonalData.NONE, 80)
    signed_on: Mapped[dt.date] = other(Date, null=False)
    valid_from: Mapped[dt.date] = other(Date, null=False)
    valid_until: Mapped[dt.date | None] = other(Date)
    ended_at: Mapped[dt.datetime | None] = moment()
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="ends_after_start"),
        Index("agreement_recipient_id_kind_idx", "recipient_id", "kind"),
    )


class Disclosure(Base):
    """What left the company: the exact copy of what was sent, to whom, under which agreement."""

    __tablename__ = "disclosure"
    id: Mapped[int] = key()
    recipient_id: Mapped[int] = link("recipient.id")
    agreement_id: Mapped[int | None] = link("agreement.id", null=True)
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    kind: Mapped[str] = code(*DISCLOSURE_KINDS, mark=TRACE)
    subject_id: Mapped[int | None] = other(BigInteger, TRACE)
    payload: Mapped[object] = other(JSONB, TRACE, null=False)
    staff_login: Mapped[str] = login_name(null=False)
    disclosed_at: Mapped[dt.datetime] = moment(TRACE, now=True)
    xid: Mapped[str] = other(Xid8, null=False, default="pg_current_xact_id()")
    __table_args__ = (
        Index("disclosure_customer_id_idx", "customer_id"),
        Index("disclosure_recipient_id_idx", "recipient_id", "disclosed_at"),
    )
