"""What people chose and asked: objections, preferences, privacy requests; what the risk carrier was told."""

import json
from typing import Final

from db.seed.chance import Weighted, generator, one_of, poisson
from db.seed.company import Company
from db.seed.days import Days
from db.seed.people import Person
from db.seed.policies import Policy
from db.seed.rows import Rows
from db.seed.staff import Staff

# Customers with a standing objection, by scope (a proposal: the sources give none).
_OBJECTIONS: Final = {
    "marketing": 0.04, "survey": 0.015, "training": 0.008, "recording": 0.006, "analysis": 0.003,
    "agreement": 0.001,
    "other": 0.001,
}  # fmt: skip
_CHANNELS: Final = ("phone", "phone", "email", "portal", "letter")
_REQUESTS: Final = Weighted(
    {"access": 45.0, "erasure": 30.0, "objection": 18.0, "rectification": 5.0, "portability": 2.0}
)
_REQUESTS_A_YEAR: Final = 0.0015
_REQUESTS_KEPT: Final = 1095  # days; 3 years after the answer they go (decisions.md)
_DISCLOSURES_KEPT: Final = 730
FIRST_REQUEST: Final = 1001


class Choices:
    """Makes the choices of one customer after another; before his calls, which heed them."""

    def __init__(self, seed: int, days: Days, rows: Rows, staff: Staff) -> None:
        self._days, self._rows = days, rows
        self._agents = staff.of("agent")
        self._rng = generator(seed, "choice")
        self._requests = generator(seed, "privacy request")

    def make(self, person: Person) -> None:
        rng = self._rng
        for scope, share in _OBJECTIONS.items():
            if rng.random() < share:
                ago = 1 + int(rng.random() * max(person.since - 1, 1))
                withdrawn = max(1, ago - 200) if ago > 230 and rng.random() < 0.05 else None
                self.object_to(person, scope, ago, withdrawn)
        chance = rng.random()
        if chance < 0.45:
            self._prefer(person, "newsletter", "yes" if chance < 0.32 else "no")
        if rng.random() < 0.3:
            self._prefer(person, "channel", one_of(rng, ("email", "email", "phone", "letter", "portal")))
        if rng.random() < 0.08:
            self._prefer(person, "best_time", one_of(rng, ("ochtend", "middag", "na 17:00")))
        for _ in range(poisson(self._requests, _REQUESTS_A_YEAR * min(person.since, _REQUESTS_KEPT) / 365.25)):
            ago = 1 + int(self._requests.random() * min(person.since, _REQUESTS_KEPT))
            self.request(person, _REQUESTS.pick(self._requests), ago)

    def object_to(self, person: Person, scope: str, ago: int, withdrawn: int | None = None) -> None:
        """An objection of that many days ago."""
        rng, moment = self._rng, self._days.moment
        agent = one_of(rng, self._agents).login
        self._rows.add(
            "objection", person.id, scope, one_of(rng, _CHANNELS), agent, moment(ago, 45_000),
            agent if withdrawn else None, moment(withdrawn, 45_000) if withdrawn else None,
        )  # fmt: skip
        if scope == "recording" and withdrawn is None:
            person.recording_objection = ago

    def _prefer(self, person: Person, kind: str, value: str) -> None:
        rng = self._rng
        agent = one_of(rng, self._agents).id if rng.random() < 0.5 else None
        self._rows.add("preference", person.id, kind, value, agent, self._days.moment(person.since, 50_000))

    def request(self, person: Person, kind: str, ago: int, status: str | None = None) -> int:
        """A privacy request of that many days ago; one in a hundred is answered too late or not yet."""
        rng, days = self._requests, self._days
        late = rng.random() < 0.01
        open_for = 40 if late else 2 + int(25 * rng.random() ** 0.7)
        if status is None and ago <= open_for:
            steps = ("received", "identity", "collecting", "reviewing")
            status = steps[min(int(4 * ago / open_for), 3)]
        number = f"PV-{days.year[ago] % 100:02d}-{FIRST_REQUEST + self._rows.last_id('privacy_request'):04d}"
        return self._rows.add(
            "privacy_request", number, person.id, kind, one_of(rng, _CHANNELS), days.text[ago],
            days.due_after(ago),
            status or "closed", days.moment(ago, 40_000),
        )  # fmt: skip


class Carrier:
    """What the risk carrier is told of each policy that was accepted; with the name for two years."""

    def __init__(self, seed: int, days: Days, rows: Rows, company: Company, staff: Staff) -> None:
        self._days, self._rows, self._company = days, rows, company
        self._agents = staff.of("agent")
        self._rng = generator(seed, "carrier")

    def make(self, person: Person, policies: list[Policy]) -> None:
        for policy in policies:
            if policy.insured and 1 < policy.started <= _DISCLOSURES_KEPT:
                self._tell(person, policy)

    def _tell(self, person: Person, policy: Policy) -> None:
        address, days = person.address, self._days
        payload = {
            "name": person.display, "birth_date": person.birth, "street": address.street,
            "house_number": address.written_number, "postcode": address.postcode, "city": address.place.name,
            "product": policy.product.code, "sum_insured_cents": policy.device.cents,
            "starts_on": days.text[policy.started], "policy_number": policy.number,
        }  # fmt: skip
        self._rows.add(
            "disclosure", self._company.carrier_id, self._company.carrier_agreement_id, person.id,
            "risk_carrier_policy",
            policy.id, json.dumps(payload, ensure_ascii=False), one_of(self._rng, self._agents).login,
            days.moment(policy.started - 1, 68_000),
        )  # fmt: skip
