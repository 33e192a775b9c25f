"""The incident register (privacy statement, purpose 6). To all but investigators it does not exist."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from harmony_desk.core.model.base import (
    SCHEMA,
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

INCIDENT = PersonalData.INCIDENT


class Incident(Versioned, Base):
    """A reported or established incident: suspicion and fact are apart in `status`."""

    __tablename__ = "incident"
    id: Mapped[int] = key()
    kind: Mapped[str] = code("fraud", "payment_default", mark=INCIDENT)
    status: Mapped[str] = code(
        "signal", "investigation", "established", "unfounded", "ended", mark=INCIDENT, default="signal"
    )
    reported_by: Mapped[str] = login_name(null=False)
    reported_at: Mapped[dt.datetime] = moment(INCIDENT, now=True)
    ends_on: Mapped[dt.date | None] = other(Date, INCIDENT)


class IncidentSubject(Base):
    """A person in an incident; the name stays when the customer's row goes."""

    __tablename__ = "incident_subject"
    id: Mapped[int] = key()
    incident_id: Mapped[int] = link("incident.id", mark=INCIDENT)
    customer_id: Mapped[int | None] = mapped_column(
        BigInteger,
        ForeignKey(f"{SCHEMA}.customer.id", ondelete="SET NULL"),
        info={"personal_data": PersonalData.LINK},
    )
    name: Mapped[str] = words(INCIDENT, 300, null=False)
    __table_args__ = (
        Index("incident_subject_incident_id_idx", "incident_id"),
        Index("incident_subject_customer_id_idx", "customer_id"),
    )


class IncidentNote(Base):
    """What was reported or found, in words."""

    __tablename__ = "incident_note"
    id: Mapped[int] = key()
    incident_id: Mapped[int] = link("incident.id", mark=INCIDENT)
    staff_login: Mapped[str] = login_name(null=False)
    text: Mapped[str] = words(INCIDENT, 65536, null=False)
    written_at: Mapped[dt.datetime] = moment(INCIDENT, now=True)
    __table_args__ = (Index("incident_note_incident_id_idx", "incident_id"),)


class Signal(Base):
    """A pattern that the system itself noticed; it decides nothing (UAVG art. 40)."""

    __tablename__ = "signal"
    id: Mapped[int] = key()
    incident_id: Mapped[int | None] = link("incident.id", null=True, mark=INCIDENT)
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    rule: Mapped[str] = words(INCIDENT, 80, null=False)
    explanation: Mapped[str] = words(INCIDENT, 2000, null=False)
    raised_at: Mapped[dt.datetime] = moment(INCIDENT, now=True)
    __table_args__ = (Index("signal_customer_id_idx", "customer_id"),)
