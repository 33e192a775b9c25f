"""Products with their dated versions, policies, and the devices that are insured on them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    BigInteger,
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

from harmony_desk.core.model.base import Base, PersonalData, Versioned, code, key, link, other, words

POLICY, PRODUCT = PersonalData.POLICY, PersonalData.PRODUCT


class Product(Base):
    """A product that is sold; what it covers is in its versions."""

    __tablename__ = "product"
    id: Mapped[int] = key()
    code: Mapped[str] = words(PersonalData.NONE, 40, null=False, unique=True)
    name: Mapped[str] = words(PersonalData.NONE, 120, null=False)


class ProductVersion(Base):
    """The terms of a product from a date on: cover is data, never code (domain.md 0.3)."""

    __tablename__ = "product_version"
    id: Mapped[int] = key()
    product_id: Mapped[int] = link("product.id")
    version: Mapped[str] = words(PersonalData.NONE, 40, null=False)
    valid_from: Mapped[dt.date] = other(Date, null=False)
    covers_damage: Mapped[bool] = other(Boolean, null=False, default="true")
    covers_theft: Mapped[bool] = other(Boolean, null=False, default="false")
    covers_loss: Mapped[bool] = other(Boolean, null=False, default="false")
    excess_cents: Mapped[int] = other(BigInteger, null=False, default="0")
    waiting_days: Mapped[int] = other(Integer, null=False, default="0")
    report_within_hours: Mapped[int | None] = other(Integer)
    __table_args__ = (UniqueConstraint("product_id", "version"),)


class Policy(Versioned, Base):
    """An insurance contract (polis) of one customer."""

    __tablename__ = "policy"
    id: Mapped[int] = key()
    policy_number: Mapped[str] = words(
        POLICY, 24, null=False, unique=True, server_default=text("harmony.next_number('P')")
    )
    certificate_number: Mapped[str | None] = words(POLICY, 24)
    customer_id: Mapped[int] = link("customer.id")
    product_version_id: Mapped[int] = link("product_version.id")
    status: Mapped[str] = code(
        "applied", "active", "suspended", "ended", "lapsed", "declined", mark=POLICY, default="active"
    )
    started_on: Mapped[dt.date] = other(Date, POLICY, null=False)
    ends_on: Mapped[dt.date | None] = other(Date, POLICY)
    premium_cents: Mapped[int] = other(BigInteger, PersonalData.FINANCIAL, null=False, default="0")
    __table_args__ = (
        UniqueConstraint("customer_id", "id"),
        CheckConstraint("premium_cents >= 0", name="premium_not_negative"),
        CheckConstraint("ends_on >= started_on", name="ends_after_start"),
    )


class InsuredItem(Versioned, Base):
    """A device (toestel) on a policy."""

    __tablename__ = "insured_item"
    id: Mapped[int] = key()
    customer_id: Mapped[int] = link("customer.id")
    policy_id: Mapped[int] = other(BigInteger, POLICY, null=False)
    kind: Mapped[str] = code("phone", "tablet", "laptop", "bike", "watch", "audio", "other", mark=PRODUCT)
    imei: Mapped[str | None] = words(PRODUCT, 15)
    serial_number: Mapped[str | None] = words(PRODUCT, 30)
    brand: Mapped[str] = words(PRODUCT, 60, null=False)
    model: Mapped[str] = words(PRODUCT, 120, null=False)
    purchase_price_cents: Mapped[int | None] = other(BigInteger, PersonalData.FINANCIAL)
    purchased_on: Mapped[dt.date | None] = other(Date, PRODUCT)
    __table_args__ = (
        UniqueConstraint("customer_id", "id"),
        ForeignKeyConstraint(["customer_id", "policy_id"], ["harmony.policy.customer_id", "harmony.policy.id"]),
        Index("insured_item_policy_id_idx", "policy_id"),
        CheckConstraint("imei ~ '^[0-9]{15}$'", name="imei_form"),
        CheckConstraint("serial_number ~ '^[A-Z0-9-]{4,30}$'", name="serial_number_form"),
        CheckConstraint("purchase_price_cents >= 0", name="price_not_negative"),
    )
