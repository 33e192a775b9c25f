"""Recordings, the secrets that open them, and who listened. No row here holds a second of audio."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import Mapped

from harmony_desk.core.model.base import Base, PersonalData, code, computed, key, link, login_name, moment, other, words
from harmony_desk.core.model.trace import Xid8

RECORDING, TRACE = PersonalData.RECORDING, PersonalData.TRACE
STATUSES = ("kept", "unknown", "unmatched", "blocked", "refused", "destroyed", "damaged")
PURPOSES = ("agreement", "coaching", "fraud", "privacy_request", "analysis")


class Recording(Base):
    """A gespreksopname. `expires_at` is 180 days of 24 hours after the start of the call, whoever writes it."""

    __tablename__ = "recording"
    id: Mapped[int] = key()
    file_id: Mapped[uuid.UUID] = other(UUID, RECORDING, null=False, unique=True)
    call_id: Mapped[int | None] = link("call.id", null=True)
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    staff_id: Mapped[int | None] = link("staff.id", null=True)
    team_id: Mapped[int | None] = link("team.id", null=True)
    recorded_at: Mapped[dt.datetime] = moment(RECORDING, null=False)
    expires_at: Mapped[dt.datetime] = moment(RECORDING, null=False)
    destroy_on: Mapped[dt.date] = computed(Date, RECORDING, "((recorded_at at time zone 'UTC')::date + 179)")
    status: Mapped[str] = code(*STATUSES, mark=RECORDING)
    location: Mapped[str | None] = words(RECORDING, 200)
    duration_ms: Mapped[int | None] = other(Integer, RECORDING)
    size_bytes: Mapped[int | None] = other(BigInteger)
    sha256: Mapped[str | None] = words(PersonalData.NONE, 64)
    # What it was made from, as a digest: the same file twice is one recording. Its name is sealed inside the file.
    source_key: Mapped[str | None] = words(PersonalData.NONE, 64, unique=True)
    # The telephone system's own number, so that a call imported later finds its unmatched recording.
    pbx: Mapped[str | None] = words(PersonalData.NONE, 40)
    pbx_uniqueid: Mapped[str | None] = words(TRACE, 80)
    stored_at: Mapped[dt.datetime] = moment(TRACE, now=True)
    destroyed_at: Mapped[dt.datetime | None] = moment(TRACE)
    __table_args__ = (
        UniqueConstraint("customer_id", "id"),
        ForeignKeyConstraint(["customer_id", "call_id"], ["harmony.call.customer_id", "harmony.call.id"]),
        CheckConstraint("expires_at = recorded_at + interval '4320 hours'", name="kept_180_days_at_most"),
        CheckConstraint("duration_ms >= 0 and size_bytes >= 0", name="sizes_not_negative"),
        Index("recording_call_id_idx", "call_id"),
        Index("recording_customer_id_recorded_at_idx", "customer_id", "recorded_at"),
        Index("recording_staff_id_recorded_at_idx", "staff_id", "recorded_at"),
        Index("recording_recorded_at_idx", "recorded_at"),
        Index("recording_unmatched_idx", "pbx_uniqueid", postgresql_where=text("call_id is null")),
    )


class RecordingSecret(Base):
    """The salt of one file; with the key of its day it gives the data key. No role has a grant on it."""

    __tablename__ = "recording_secret"
    file_id: Mapped[uuid.UUID] = other(UUID, RECORDING, null=False, primary_key=True)
    salt: Mapped[bytes | None] = other(LargeBinary, RECORDING, null=False)
    recorded_at: Mapped[dt.datetime] = moment(RECORDING, null=False)
    prepared_at: Mapped[dt.datetime] = moment(TRACE, now=True)
    # An ingest that was interrupted gets the same file and key again.
    source_key: Mapped[str | None] = words(PersonalData.NONE, 64, unique=True)


class EpochKey(Base):
    """The key of one UTC day. UNLOGGED: it reaches no WAL, no backup, no standby (security.md 0.1)."""

    __tablename__ = "epoch_key"
    day: Mapped[dt.date] = other(Date, null=False, primary_key=True)
    key: Mapped[bytes] = other(LargeBinary, null=False)
    loaded_at: Mapped[dt.datetime] = moment(now=True)
    __table_args__ = (
        CheckConstraint("octet_length(key) = 32", name="key_length"),
        {"prefixes": ["UNLOGGED"]},
    )


class EpochKeyDestroyed(Base):
    """The days whose key is gone for good: a key of such a day is never loaded again."""

    __tablename__ = "epoch_key_destroyed"
    day: Mapped[dt.date] = other(Date, null=False, primary_key=True)
    destroyed_at: Mapped[dt.datetime] = moment(now=True)


class RecordingListen(Base):
    """A request to listen, what came of it, and which seconds were heard."""

    __tablename__ = "recording_listen"
    id: Mapped[int] = key()
    ticket: Mapped[uuid.UUID] = other(UUID, TRACE, null=False, unique=True, default="gen_random_uuid()")
    recording_id: Mapped[int | None] = link("recording.id", null=True)
    customer_id: Mapped[int | None] = link("customer.id", null=True)
    staff_login: Mapped[str] = login_name(null=False)
    purpose: Mapped[str] = code(*PURPOSES, mark=TRACE)
    reference: Mapped[str | None] = words(TRACE, 80)
    requested_at: Mapped[dt.datetime] = moment(TRACE, now=True)
    xid: Mapped[str] = other(Xid8, null=False, default="pg_current_xact_id()")
    origin: Mapped[str] = words(PersonalData.NONE, 60, null=False, server_default=text("harmony.origin()"))
    # Set with the request: who was given a ticket counts as a listener, whatever became of its use.
    granted: Mapped[bool] = other(Boolean, TRACE, null=False, default="false")
    redeemed_at: Mapped[dt.datetime | None] = moment(TRACE)
    reported_at: Mapped[dt.datetime | None] = moment(TRACE)
    seconds_heard: Mapped[int] = other(Integer, TRACE, null=False, default="0")
    ranges: Mapped[object | None] = other(JSONB, TRACE)
    status: Mapped[str] = words(TRACE, 40, null=False)
    __table_args__ = (
        CheckConstraint("seconds_heard >= 0", name="seconds_not_negative"),
        Index("recording_listen_recording_id_idx", "recording_id"),
        Index("recording_listen_customer_id_idx", "customer_id"),
        Index("recording_listen_staff_login_idx", "staff_login", "requested_at"),
    )
