"""Contacts of every channel, calls with their segments and verification, commitments and tasks."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    text,
)
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

SAID, TRACE = PersonalData.CONVERSATION, PersonalData.TRACE
CHANNELS = ("phone", "web_form", "email", "facebook", "linkedin", "x", "letter", "form", "portal", "visit")
WRAP_UP_CODES = (
    "claim_new",
    "claim_status",
    "theft_new",
    "theft_status",
    "policy_change",
    "policy_cancel",
    "premium",
    "complaint",
    "privacy_request",
    "partner_repairer",
    "wrong_number",
    "disconnected",
)
RECORDING_STATES = (
    "announced_recorded",
    "announced_objection",
    "withdrawn_afterwards",
    "not_announced",
    "not_recorded",
    "paused",
    "destroyed",
    "unknown",
)
_CUSTOMER_CONTACT = ["harmony.contact.customer_id", "harmony.contact.id"]


class Contact(Versioned, Base):
    """One contact with a customer, or with somebody not yet known."""

    __tablename__ = "contact"
    id: Mapped[int] = key()
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    staff_id: Mapped[int | None] = link("staff.id", null=True, default="harmony.my_staff_id()")
    channel: Mapped[str] = code(*CHANNELS, mark=SAID, default="phone")
    direction: Mapped[str] = code("in", "out", "internal", mark=SAID, default="in")
    handle: Mapped[str | None] = words(PersonalData.CONTACT, 200)
    started_at: Mapped[dt.datetime] = moment(SAID, now=True)
    subject: Mapped[str | None] = words(SAID, 200)
    note: Mapped[str | None] = words(SAID, 65536)
    wrap_up_code: Mapped[str | None] = code(*WRAP_UP_CODES, mark=SAID, null=True)
    __table_args__ = (
        UniqueConstraint("customer_id", "id"),
        Index("contact_customer_id_started_at_idx", "customer_id", "started_at"),
        Index("contact_staff_id_started_at_idx", "staff_id", "started_at"),
    )


class Call(Versioned, Base):
    """A telephone call, as domain.md 3.1; its customer is known only once it is linked."""

    __tablename__ = "call"
    id: Mapped[int] = key()
    contact_id: Mapped[int] = link("contact.id")
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    staff_id: Mapped[int | None] = link("staff.id", null=True, default="harmony.my_staff_id()")
    team_id: Mapped[int | None] = link("team.id", null=True, default="harmony.my_team_id()")
    direction: Mapped[str] = code("in", "out", "internal", mark=SAID, default="in")
    pbx: Mapped[str | None] = words(PersonalData.NONE, 40)
    pbx_uniqueid: Mapped[str | None] = words(TRACE, 80)
    linkedid: Mapped[str | None] = words(TRACE, 80)
    ani_raw: Mapped[str | None] = words(PersonalData.CONTACT, 80)
    ani_e164: Mapped[str | None] = words(PersonalData.CONTACT, 16)
    withheld: Mapped[bool] = other(Boolean, PersonalData.CONTACT, null=False, default="false")
    dnis: Mapped[str | None] = words(PersonalData.NONE, 40)
    queue: Mapped[str | None] = words(PersonalData.NONE, 80)
    entered_queue_at: Mapped[dt.datetime | None] = moment(SAID)
    offered_at: Mapped[dt.datetime | None] = moment(SAID)
    started_at: Mapped[dt.datetime] = moment(SAID, now=True)
    answered_at: Mapped[dt.datetime | None] = moment(SAID)
    ended_at: Mapped[dt.datetime | None] = moment(SAID)
    ended_by: Mapped[str | None] = code("caller", "agent", "system", mark=SAID, null=True)
    wrap_up_seconds: Mapped[int | None] = other(Integer, PersonalData.STAFF)
    wrap_up_code: Mapped[str | None] = code(*WRAP_UP_CODES, mark=SAID, null=True)
    verification_level: Mapped[int] = other(Integer, SAID, null=False, default="0")
    recording_state: Mapped[str] = code(*RECORDING_STATES, mark=PersonalData.RECORDING, default="unknown")
    # Who wrote the row: a call that somebody wrote down himself opens fewer files than one that came in.
    made_by: Mapped[str] = words(PersonalData.STAFF, 63, null=False, server_default=text("session_user"))
    __table_args__ = (
        UniqueConstraint("customer_id", "id"),
        ForeignKeyConstraint(["customer_id", "contact_id"], _CUSTOMER_CONTACT),
        CheckConstraint("verification_level between 0 and 3", name="verification_level_range"),
        CheckConstraint("ended_at >= started_at", name="ends_after_start"),
        Index("call_contact_id_idx", "contact_id"),
        Index("call_customer_id_started_at_idx", "customer_id", "started_at"),
        Index("call_staff_id_started_at_idx", "staff_id", "started_at"),
        # A call is imported once, however often its lines are read; agents cannot write `linkedid`.
        Index("call_pbx_linkedid_key", "pbx", "linkedid", unique=True, postgresql_where=text("linkedid is not null")),
        Index("call_pbx_uniqueid_idx", "pbx_uniqueid"),
        Index("call_live_idx", "staff_id", postgresql_where=text("ended_at is null")),
    )


class CallSegment(Base):
    """A stretch of a call: talk, hold or pause; ingest leaves hold and pause out of the recording."""

    __tablename__ = "call_segment"
    id: Mapped[int] = key()
    call_id: Mapped[int] = link("call.id")
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    staff_id: Mapped[int | None] = link("staff.id", null=True)
    kind: Mapped[str] = code("talk", "hold", "pause", mark=SAID)
    started_at: Mapped[dt.datetime] = moment(SAID, null=False)
    ended_at: Mapped[dt.datetime | None] = moment(SAID)
    __table_args__ = (
        # A customer who goes is looked for here too, by his foreign key.
        Index("call_segment_customer_id_idx", "customer_id"),
        ForeignKeyConstraint(["customer_id", "call_id"], ["harmony.call.customer_id", "harmony.call.id"]),
        CheckConstraint("ended_at >= started_at", name="ends_after_start"),
        Index("call_segment_call_id_idx", "call_id"),
    )


class CallVerification(Base):
    """One answer of a caller to a control question; the answer itself is compared and forgotten.

    A try stays with the person it was about when the call is linked to somebody else: no key to (customer, call).
    """

    __tablename__ = "call_verification"
    id: Mapped[int] = key()
    call_id: Mapped[int] = link("call.id")
    customer_id: Mapped[int] = link("customer.id")
    staff_login: Mapped[str] = login_name(null=False)
    question: Mapped[str] = code("birth_date", "address", "policy_number", "iban_last4", "callback", mark=SAID)
    result: Mapped[str] = code("match", "no_match", mark=SAID)
    answered_at: Mapped[dt.datetime] = moment(TRACE, now=True)
    __table_args__ = (
        Index("call_verification_call_id_idx", "call_id"),
        Index("call_verification_customer_id_idx", "customer_id"),
    )


class Commitment(Versioned, Base):
    """Something agreed in a contact (afspraak): text, day, owner. Kept when the audio goes."""

    __tablename__ = "commitment"
    id: Mapped[int] = key()
    contact_id: Mapped[int] = link("contact.id")
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    staff_id: Mapped[int | None] = link("staff.id", null=True, default="harmony.my_staff_id()")
    text: Mapped[str] = words(SAID, 2000, null=False)
    due_on: Mapped[dt.date | None] = other(Date, SAID)
    owner_staff_id: Mapped[int | None] = link("staff.id", null=True)
    done_at: Mapped[dt.datetime | None] = moment(SAID)
    __table_args__ = (
        ForeignKeyConstraint(["customer_id", "contact_id"], _CUSTOMER_CONTACT),
        Index("commitment_contact_id_idx", "contact_id"),
        Index("commitment_customer_id_idx", "customer_id"),
        Index("commitment_staff_id_idx", "staff_id"),
    )


class Task(Versioned, Base):
    """Work to be done (vervolgactie), of a person or of a queue."""

    __tablename__ = "task"
    id: Mapped[int] = key()
    task_number: Mapped[str] = words(SAID, 24, null=False, unique=True, server_default=text("harmony.next_number('T')"))
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    contact_id: Mapped[int | None] = link("contact.id", null=True)
    staff_id: Mapped[int | None] = link("staff.id", null=True)
    queue: Mapped[str | None] = words(PersonalData.NONE, 80)
    kind: Mapped[str] = code("callback", "follow_up", "complaint", "wrap_up", "check", "privacy", mark=SAID)
    text: Mapped[str | None] = words(SAID, 2000)
    due_at: Mapped[dt.datetime | None] = moment(SAID)
    status: Mapped[str] = code("open", "done", "cancelled", default="open")
    done_at: Mapped[dt.datetime | None] = moment(SAID)
    __table_args__ = (
        ForeignKeyConstraint(["customer_id", "contact_id"], _CUSTOMER_CONTACT),
        Index("task_customer_id_idx", "customer_id"),
        Index("task_staff_id_due_at_idx", "staff_id", "due_at"),
    )
