"""Claims, repairers and repair orders, as far as a disclosure and a file's reference need them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
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
    moment,
    other,
    words,
)

POLICY, SAID = PersonalData.POLICY, PersonalData.CONVERSATION

CLAIM_STATUSES = (
    "reported",
    "cover_check",
    "awaiting_documents",
    "awaiting_premium",
    "intended_rejection",
    "referred_to_warranty",
    "under_review",
    "lapsed",
    "additional_check",
    "approved_repair",
    "approved_replacement",
    "approved_payout",
    "awaiting_excess",
    "payment_prepared",
    "paid",
    "settled",
    "rejected",
    "withdrawn",
    "closed",
    "reopened",
)
REPAIR_STATUSES = (
    "draft",
    "sent",
    "accepted",
    "refused",
    "in_transit",
    "received",
    "lost_in_transit",
    "blocked_other_device",
    "blocked_activation_lock",
    "diagnosed",
    "estimate_received",
    "estimate_disputed",
    "approved",
    "awaiting_parts",
    "repaired",
    "return_shipped",
    "ready_for_collection",
    "delivered",
    "invoiced",
    "total_loss_reported",
    "warranty_repair",
    "closed",
    "cancelled",
)
_CUSTOMER_CLAIM = ["harmony.claim.customer_id", "harmony.claim.id"]


class Claim(Versioned, Base):
    """A damage, theft or loss claim: codes, dates and cents only; what was told is in `claim_detail`."""

    __tablename__ = "claim"
    id: Mapped[int] = key()
    claim_number: Mapped[str] = words(POLICY, 24, null=False, unique=True)
    customer_id: Mapped[int] = link("customer.id")
    policy_id: Mapped[int] = other(BigInteger, POLICY, null=False)
    insured_item_id: Mapped[int | None] = other(BigInteger, POLICY)
    kind: Mapped[str] = code("damage", "theft", "loss", mark=POLICY)
    status: Mapped[str] = code(*CLAIM_STATUSES, mark=POLICY, default="reported")
    queue: Mapped[str | None] = words(PersonalData.NONE, 80)
    assigned_to: Mapped[int | None] = link("staff.id", null=True)
    happened_on: Mapped[dt.date | None] = other(Date, POLICY)
    reported_at: Mapped[dt.datetime] = moment(POLICY, now=True)
    reserve_cents: Mapped[int] = other(BigInteger, PersonalData.FINANCIAL, null=False, default="0")
    __table_args__ = (
        UniqueConstraint("customer_id", "id"),
        ForeignKeyConstraint(["customer_id", "policy_id"], ["harmony.policy.customer_id", "harmony.policy.id"]),
        ForeignKeyConstraint(
            ["customer_id", "insured_item_id"],
            ["harmony.insured_item.customer_id", "harmony.insured_item.id"],
        ),
        CheckConstraint("reserve_cents >= 0", name="reserve_not_negative"),
        Index("claim_policy_id_idx", "policy_id"),
        Index("claim_assigned_to_idx", "assigned_to"),
    )


class ClaimDetail(Versioned, Base):
    """The free text of a claim: what happened, what is broken."""

    __tablename__ = "claim_detail"
    id: Mapped[int] = key()
    claim_id: Mapped[int] = other(BigInteger, POLICY, null=False)
    customer_id: Mapped[int] = link("customer.id")
    circumstances: Mapped[str | None] = words(SAID, 65536)
    damage_text: Mapped[str | None] = words(SAID, 4000)
    __table_args__ = (
        ForeignKeyConstraint(["customer_id", "claim_id"], _CUSTOMER_CLAIM),
        # With the customer in front: a key on the claim alone would tell an agent which claims of others have one.
        UniqueConstraint("customer_id", "claim_id"),
    )


class Repairer(Versioned, Base):
    """A repair shop; what may be sent there is decided by the agreement with its recipient."""

    __tablename__ = "repairer"
    id: Mapped[int] = key()
    recipient_id: Mapped[int] = link("recipient.id")
    name: Mapped[str] = words(PersonalData.NONE, 120, null=False, unique=True)
    region: Mapped[str | None] = words(PersonalData.NONE, 80)
    active: Mapped[bool] = other(Boolean, null=False, default="true")


class RepairOrder(Versioned, Base):
    """An order to repair one device of one claim."""

    __tablename__ = "repair_order"
    id: Mapped[int] = key()
    order_number: Mapped[str] = words(
        POLICY, 24, null=False, unique=True, server_default=text("harmony.next_number('R')")
    )
    claim_id: Mapped[int] = other(BigInteger, POLICY, null=False)
    customer_id: Mapped[int] = link("customer.id")
    repairer_id: Mapped[int] = link("repairer.id")
    status: Mapped[str] = code(*REPAIR_STATUSES, mark=POLICY, default="draft")
    __table_args__ = (
        UniqueConstraint("customer_id", "id"),
        ForeignKeyConstraint(["customer_id", "claim_id"], _CUSTOMER_CLAIM),
        Index("repair_order_claim_id_idx", "claim_id"),
    )
