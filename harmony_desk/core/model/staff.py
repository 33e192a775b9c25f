"""The company's own people: teams, staff, roles, the confidentiality statement; and the settings."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, Index, Interval, text
from sqlalchemy.dialects.postgresql import TIMESTAMP, UUID
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

DESK_ROLES = (
    "harmony_agent",
    "harmony_claims_handler",
    "harmony_team_lead",
    "harmony_fraud_investigator",
    "harmony_finance",
    "harmony_privacy_officer",
    "harmony_outreach",
    "harmony_admin",
)
SERVICE_ROLES = (
    "harmony_recorder",
    "harmony_custodian",
    "harmony_telephony",
    "harmony_portal",
    "harmony_partner",
)


class Team(Base):
    """A team of agents; a call is stamped with the team of its agent at that moment."""

    __tablename__ = "team"
    id: Mapped[int] = key()
    name: Mapped[str] = words(PersonalData.NONE, 80, null=False, unique=True)


class Staff(Versioned, Base):
    """A person (or service) with a login of the same name on the server; identity is `session_user`."""

    __tablename__ = "staff"
    id: Mapped[int] = key()
    login: Mapped[str] = login_name(null=False, unique=True)
    name: Mapped[str] = words(PersonalData.STAFF, 200, null=False)
    team_id: Mapped[int | None] = link("team.id", null=True)
    is_service: Mapped[bool] = other(Boolean, null=False, default="false")
    mandate_cents: Mapped[int] = other(BigInteger, PersonalData.STAFF, null=False, default="0")
    second_reader: Mapped[bool] = other(Boolean, PersonalData.STAFF, null=False, default="false")
    confidentiality_signed_on: Mapped[dt.date | None] = other(Date, PersonalData.STAFF)
    active: Mapped[bool] = other(Boolean, PersonalData.STAFF, null=False, default="true")
    deactivated_at: Mapped[dt.datetime | None] = moment(PersonalData.STAFF)
    __table_args__ = (
        CheckConstraint("login ~ '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)?$'", name="login_form"),
        CheckConstraint("mandate_cents >= 0", name="mandate_not_negative"),
    )


class StaffRole(Base):
    """A role that a person has, asked for by one administrator and granted by another."""

    __tablename__ = "staff_role"
    id: Mapped[int] = key()
    staff_id: Mapped[int] = link("staff.id")
    role: Mapped[str] = code(*DESK_ROLES, *SERVICE_ROLES, mark=PersonalData.STAFF)
    change: Mapped[str] = code("grant", "revoke", default="grant")
    status: Mapped[str] = code("proposed", "approved", "rejected", "ended", default="proposed")
    proposed_by: Mapped[str] = login_name(null=False)
    proposed_at: Mapped[dt.datetime] = moment(PersonalData.STAFF, now=True)
    approved_by: Mapped[str | None] = login_name()
    approved_at: Mapped[dt.datetime | None] = moment(PersonalData.STAFF)
    ended_at: Mapped[dt.datetime | None] = moment(PersonalData.STAFF)
    __table_args__ = (
        Index("staff_role_staff_id_idx", "staff_id"),
        Index(
            "staff_role_one_open_change",
            "staff_id",
            "role",
            unique=True,
            postgresql_where=text("status in ('proposed', 'approved')"),
        ),
    )


class Setting(Base):
    """A number or word that the company may change; 180 days and 7 years are code, not settings."""

    __tablename__ = "setting"
    key: Mapped[str] = words(PersonalData.NONE, 80, null=False, primary_key=True)
    value: Mapped[str] = words(PersonalData.NONE, 2000, null=False)
    sentence: Mapped[str] = words(PersonalData.NONE, 500, null=False)
    changed_by: Mapped[str | None] = login_name()
    changed_at: Mapped[dt.datetime] = moment(now=True)


class SettingChange(Base):
    """A proposed setting, in force only when a second administrator agrees."""

    __tablename__ = "setting_change"
    id: Mapped[int] = key()
    key: Mapped[str] = words(PersonalData.NONE, 80, null=False)
    value: Mapped[str] = words(PersonalData.NONE, 2000, null=False)
    status: Mapped[str] = code("proposed", "approved", "rejected", default="proposed")
    proposed_by: Mapped[str] = login_name(null=False)
    proposed_at: Mapped[dt.datetime] = moment(PersonalData.STAFF, now=True)
    approved_by: Mapped[str | None] = login_name()
    approved_at: Mapped[dt.datetime | None] = moment(PersonalData.STAFF)


class Installation(Base):
    """What this database is: the one row says who made it, whether it is real, and how its clock stands."""

    __tablename__ = "installation"
    id: Mapped[int] = other(BigInteger, null=False, primary_key=True, autoincrement=False)
    kind: Mapped[str] = code("production", "demo", "test")
    made_by: Mapped[str] = words(PersonalData.NONE, 80, null=False)
    made_at: Mapped[dt.datetime] = other(TIMESTAMP(timezone=True), null=False, default="clock_timestamp()")
    clock_shift: Mapped[dt.timedelta] = other(Interval, null=False, default="interval '0'")
    restored_at: Mapped[dt.datetime | None] = moment()
    restored_audit_id: Mapped[int] = other(BigInteger, null=False, default="0")
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("kind = 'test' or clock_shift = interval '0'", name="only_tests_shift_the_clock"),
    )


class Command(Base):
    """A write that was done: its client-made id makes a second try after a lost answer harmless."""

    __tablename__ = "command"
    id: Mapped[uuid.UUID] = other(UUID, null=False, primary_key=True)
    staff_login: Mapped[str] = login_name(null=False, server_default=text("session_user"))
    done_at: Mapped[dt.datetime] = moment(PersonalData.STAFF, now=True)


class RetentionRule(Base):
    """How long the rows of one table are kept, and on what ground; the custodian's run reads it."""

    __tablename__ = "retention_rule"
    id: Mapped[int] = key()
    table_name: Mapped[str] = words(PersonalData.NONE, 63, null=False, unique=True)
    keep: Mapped[str] = words(PersonalData.NONE, 200, null=False)
    ground: Mapped[str] = words(PersonalData.NONE, 500, null=False)
