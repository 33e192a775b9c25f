"""The customer: personalia, telephone, e-mail, bank account, preferences and objections."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from harmony_desk.core.model.base import (
    Base,
    PersonalData,
    Versioned,
    code,
    computed,
    key,
    link,
    login_name,
    moment,
    other,
    words,
)

IDENTITY, CONTACT, FINANCIAL, CHOICE = (
    PersonalData.IDENTITY,
    PersonalData.CONTACT,
    PersonalData.FINANCIAL,
    PersonalData.CHOICE,
)
OBJECTION_SCOPES = ("recording", "training", "analysis", "agreement", "marketing", "survey", "other")

_DISPLAY_NAME = (
    "harmony.display_name(initials, first_name, prefix, last_name, partner_prefix, partner_last_name, name_usage,"
    " country)"
)
_SORT_KEY = "harmony.sort_key(prefix, last_name, first_name, country)"


class Customer(Versioned, Base):
    """A customer (klant). Names as domain.md 4.1, address as 4.2."""

    __tablename__ = "customer"
    id: Mapped[int] = key()
    customer_number: Mapped[str] = words(
        PersonalData.POLICY, 8, null=False, unique=True, server_default=text("harmony.next_customer_number()")
    )
    initials: Mapped[str | None] = words(IDENTITY, 40)
    first_name: Mapped[str | None] = words(IDENTITY, 100)
    prefix: Mapped[str | None] = words(IDENTITY, 40)
    last_name: Mapped[str] = words(IDENTITY, 200, null=False)
    partner_prefix: Mapped[str | None] = words(IDENTITY, 40)
    partner_last_name: Mapped[str | None] = words(IDENTITY, 200)
    name_usage: Mapped[str] = code("own", "partner", "partner_own", "own_partner", mark=IDENTITY, default="own")
    gender: Mapped[str] = code("m", "v", "x", "onbekend", mark=IDENTITY, default="onbekend")
    birth_date: Mapped[dt.date | None] = other(Date, IDENTITY)
    deceased_on: Mapped[dt.date | None] = other(Date, IDENTITY)
    street: Mapped[str | None] = words(CONTACT, 80)
    house_number: Mapped[int | None] = other(Integer, CONTACT)
    house_letter: Mapped[str | None] = words(CONTACT, 1)
    house_addition: Mapped[str | None] = words(CONTACT, 6)
    postcode: Mapped[str | None] = words(CONTACT, 10)
    city: Mapped[str | None] = words(CONTACT, 80)
    country: Mapped[str] = words(CONTACT, 2, null=False, default="NL")
    language: Mapped[str] = words(CONTACT, 2, null=False, default="nl")
    restricted_at: Mapped[dt.datetime | None] = moment(CHOICE)
    display_name: Mapped[str] = computed(Text, IDENTITY, _DISPLAY_NAME)
    sort_key: Mapped[str] = computed(Text(collation="C"), IDENTITY, _SORT_KEY)
    __table_args__ = (
        CheckConstraint("customer_number ~ '^[1-9][0-9]{7}$'", name="number_form"),
        CheckConstraint("house_number between 1 and 99999", name="house_number_range"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_form"),
        CheckConstraint("postcode = upper(postcode) and postcode !~ '[^0-9A-Z]'", name="postcode_form"),
        CheckConstraint(
            "country <> 'NL' or postcode is null or (postcode ~ '^[1-9][0-9]{3}[A-Z]{2}$'"
            " and right(postcode, 2) not in ('SA', 'SD', 'SS'))",
            name="postcode_nl",
        ),
        CheckConstraint("birth_date between date '1890-01-01' and date '2100-01-01'", name="birth_date_range"),
        CheckConstraint("btrim(last_name) <> ''", name="last_name_filled"),
        # Policies ask at each statement who is restricted (`restricted_customers`): never by walking all customers.
        Index("customer_restricted_idx", "id", postgresql_where=text("restricted_at is not null")),
    )


class CustomerPhone(Versioned, Base):
    """A telephone number: E.164 to find and dial, raw as it was given."""

    __tablename__ = "customer_phone"
    id: Mapped[int] = key()
    customer_id: Mapped[int] = link("customer.id")
    e164: Mapped[str] = words(CONTACT, 16, null=False)
    raw: Mapped[str] = words(CONTACT, 60, null=False)
    kind: Mapped[str] = code("mobile", "fixed", "voip", "uan", "other", default="other")
    since: Mapped[dt.datetime] = moment(CONTACT, now=True)
    __table_args__ = (
        UniqueConstraint("customer_id", "e164"),
        CheckConstraint("e164 ~ '^[+][1-9][0-9]{6,14}$'", name="e164_form"),
    )


class CustomerEmail(Versioned, Base):
    """An e-mail address, and its lower-case form to find it by."""

    __tablename__ = "customer_email"
    id: Mapped[int] = key()
    customer_id: Mapped[int] = link("customer.id")
    address: Mapped[str] = words(CONTACT, 254, null=False)
    address_norm: Mapped[str] = computed(Text(collation="C"), CONTACT, "lower(address)")
    __table_args__ = (
        Index("customer_email_customer_id_address_norm_key", "customer_id", "address_norm", unique=True),
        CheckConstraint("address ~ '^[^@[:space:]]+@[^@[:space:]]+$'", name="address_form"),
    )


class BankAccount(Versioned, Base):
    """An IBAN with its holder (tenaamstelling). `iban` is granted to nobody: it is revealed, with a reason."""

    __tablename__ = "bank_account"
    id: Mapped[int] = key()
    customer_id: Mapped[int] = link("customer.id")
    iban: Mapped[str] = words(FINANCIAL, 34, null=False)
    holder_name: Mapped[str] = words(FINANCIAL, 140, null=False)
    iban_masked: Mapped[str] = computed(
        Text, FINANCIAL, "left(iban, 2) || '•• •••• ••' || left(right(iban, 4), 2) || ' ' || right(iban, 2)"
    )
    valid_from: Mapped[dt.datetime] = moment(FINANCIAL, now=True)
    valid_until: Mapped[dt.datetime | None] = moment(FINANCIAL)
    __table_args__ = (
        Index("bank_account_customer_id_idx", "customer_id"),
        CheckConstraint("iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'", name="iban_form"),
    )


class Preference(Versioned, Base):
    """What the customer prefers (voorkeur): the way of contact, newsletters, the language."""

    __tablename__ = "preference"
    id: Mapped[int] = key()
    customer_id: Mapped[int] = link("customer.id")
    kind: Mapped[str] = code("channel", "newsletter", "best_time", mark=CHOICE)
    value: Mapped[str] = words(CHOICE, 200, null=False)
    staff_id: Mapped[int | None] = link("staff.id", null=True, default="harmony.my_staff_id()")
    __table_args__ = (UniqueConstraint("customer_id", "kind"),)


class Objection(Base):
    """An objection (bezwaar, AVG art. 21) by scope; it acts from the moment its row is committed."""

    __tablename__ = "objection"
    id: Mapped[int] = key()
    customer_id: Mapped[int] = link("customer.id")
    scope: Mapped[str] = code(*OBJECTION_SCOPES, mark=CHOICE)
    channel: Mapped[str] = code("phone", "email", "letter", "portal", "other", default="phone")
    registered_by: Mapped[str] = login_name(null=False)
    registered_at: Mapped[dt.datetime] = moment(CHOICE, now=True)
    withdrawn_by: Mapped[str | None] = login_name()
    withdrawn_at: Mapped[dt.datetime | None] = moment(CHOICE)
    __table_args__ = (
        # The other one leaves out what was withdrawn, and a foreign key looks at every row.
        Index("objection_customer_id_idx", "customer_id"),
        Index(
            "objection_one_per_scope",
            "customer_id",
            "scope",
            unique=True,
            postgresql_where=text("withdrawn_at is null"),
        ),
    )
