"""What the company has before it has a customer: products with their versions, third parties, repairers."""

from dataclasses import dataclass, field
from typing import Final

from db.seed.chance import Weighted
from db.seed.pools import things
from db.seed.rows import Rows

_SINCE: Final = "2019-01-02 08:00:00+00"
_CARRIER: Final = "Noordzee Verzekeringen N.V."
# name, category, role, kinds of disclosure agreed on
_THIRD_PARTIES: Final = (
    (_CARRIER, "risk_carrier", "controller", ("risk_carrier_policy", "risk_carrier_claim")),
    ("Focus Enquêtes B.V.", "survey", "processor", ("survey_sample",)),
    ("Drukkerij De Post", "print_mail", "processor", ("print_mail", "mailing")),
    ("Incassobureau Maas", "collection", "processor", ("debt_collection",)),
    ("Advocaten aan de Singel", "legal", "controller", ("legal_aid",)),
    ("Winkelketen Beeld & Geluid", "partner", "controller", ("partner_status",)),
    ("Telecomwinkels Nederland", "partner", "controller", ()),
    ("Politie, eenheid Midden-Nederland", "authority", "controller", ("authority",)),
    ("Rekencentrum Westpoort", "hosting", "processor", ()),
)


@dataclass(frozen=True, slots=True)
class Product:
    """A product version that can be sold, from a day on."""

    version_id: int
    valid_from: str
    code: str
    theft: bool
    excess: int


@dataclass(frozen=True, slots=True)
class Shop:
    """A repairer, with the agreement under which orders may be sent."""

    id: int
    recipient_id: int
    agreement_id: int
    name: str


@dataclass(slots=True)
class Company:
    """The company's own rows, as far as customers' rows refer to them."""

    carrier_id: int = 0
    carrier_agreement_id: int = 0
    products: dict[str, Weighted[list[Product]]] = field(default_factory=dict)  # by kind of device
    by_code: dict[str, list[Product]] = field(default_factory=dict)
    shops: dict[str, Weighted[Shop]] = field(default_factory=dict)  # by kind of device
    by_name: dict[str, Shop] = field(default_factory=dict)

    def version_on(self, code: str, day: str) -> Product:
        """The version of a product that was sold on that day."""
        return on_day(self.by_code[code], day)


def on_day(versions: list[Product], day: str) -> Product:
    return next((one for one in reversed(versions) if one.valid_from <= day), versions[0])


def make(rows: Rows) -> Company:
    """Adds the company's rows. They are the same for every seed."""
    company = Company()
    _products(rows, company)
    for name, category, role, kinds in _THIRD_PARTIES:
        recipient = rows.add("recipient", name, category, role, True, _SINCE)
        for kind in kinds:
            agreement = _agreement(rows, recipient, kind, None)
            if kind == "risk_carrier_policy":
                company.carrier_id, company.carrier_agreement_id = recipient, agreement
    _repairers(rows, company)
    return company


def _products(rows: Rows, company: Company) -> None:
    by_kind: dict[str, list[tuple[list[Product], float]]] = {}
    for code, name, kinds, theft, excess, waiting, share in things.PRODUCTS:
        product = rows.add("product", code, name)
        versions = company.by_code[code] = []
        for label, valid_from, more in things.VERSIONS:
            version = rows.add(
                "product_version", product, f"PTC-NL-{code}-{label}", valid_from, True, theft, False,
                excess + more,
                waiting, 24 if theft else None,
            )  # fmt: skip
            versions.append(Product(version, valid_from, code, theft, excess + more))
        for kind in kinds:
            by_kind.setdefault(kind, []).append((versions, float(share)))
    company.products = {kind: Weighted(shares) for kind, shares in by_kind.items()}


def _repairers(rows: Rows, company: Company) -> None:
    by_kind: dict[str, list[tuple[Shop, float]]] = {}
    for rank, (name, region, kinds, active) in enumerate(things.REPAIRERS):
        recipient = rows.add("recipient", name, "repairer", "processor", active, _SINCE)
        # The one that is no longer active had an agreement that ran out.
        agreement = _agreement(rows, recipient, "repair_order", None if active else "2024-12-31")
        shop = Shop(rows.add("repairer", recipient, name, region, active, _SINCE), recipient, agreement, name)
        company.by_name[name] = shop
        for kind in kinds if active else ():
            by_kind.setdefault(kind, []).append((shop, 10.0 / (rank + 3)))
    company.shops = {kind: Weighted(shares) for kind, shares in by_kind.items()}
    company.shops["watch"] = company.shops.get("watch", company.shops["phone"])


def _agreement(rows: Rows, recipient: int, kind: str, until: str | None) -> int:
    reference = f"OVK-{recipient:03d}-{kind.split('_')[0]}"
    return rows.add("agreement", recipient, kind, reference, "2019-01-02", "2019-01-02", until, _SINCE)
