"""The incident register: signals on claims, a few looked into, fewer proven; and bad payers."""

from typing import Final

from db.seed.chance import Weighted, generator, one_of
from db.seed.claims import Claim
from db.seed.days import Days
from db.seed.people import Person
from db.seed.policies import Policy
from db.seed.rows import Rows
from db.seed.staff import Staff

_RULES: Final = Weighted({
    ("claim_soon_after_start", "Schade binnen dertig dagen na de ingangsdatum."): 40.0,
    ("account_changed", "Rekeningnummer gewijzigd binnen veertien dagen voor de schade."): 15.0,
    ("same_imei", "IMEI staat ook op een andere polis."): 15.0,
    ("report_without_imei", "Proces-verbaal zonder IMEI."): 12.0,
    ("receipt_total", "Totaal van de bon wijkt af van de aankoopprijs."): 10.0,
    ("new_model_week", "Schade in de week van een nieuw model."): 8.0,
})  # fmt: skip
_FOUND: Final = ("unfounded", "unfounded", "established")


class Signals:
    """Makes what the fraud investigators see of one customer after another."""

    def __init__(self, seed: int, days: Days, rows: Rows, staff: Staff) -> None:
        self._days, self._rows = days, rows
        self._investigators = staff.of("fraud_investigator")
        self._agents = staff.of("agent")
        self._rng = generator(seed, "signal")

    def make(self, person: Person, policies: list[Policy], claims: list[Claim]) -> None:
        rng, days = self._rng, self._days
        for claim in claims:
            if rng.random() < 0.025:
                rule, explanation = _RULES.pick(rng)
                at = days.moment(claim.reported, 70_000)
                incident = self._investigated(person, claim) if rng.random() < 0.12 else None
                self._rows.add("signal", incident, person.id, rule, explanation, at)
        for policy in policies:
            # Collection: four policies in a thousand that run (domain.md 5.2, arrears funnel).
            if policy.status in ("active", "suspended") and policy.started > 120 and rng.random() < 0.0062:
                ago = 20 + int(rng.random() * 300)
                self.incident(person, "payment_default", "established", min(ago, policy.started), 365)

    def _investigated(self, person: Person, claim: Claim) -> int:
        status = one_of(self._rng, _FOUND) if claim.reported > 45 else "investigation"
        incident = self.incident(person, "fraud", status, claim.reported, 1095)
        who = one_of(self._rng, self._investigators).login
        at = self._days.moment(max(claim.reported - 3, 1), 52_000)
        self._rows.add("incident_note", incident, who, "Stukken opgevraagd bij de winkel; klant wordt gehoord.", at)
        return incident

    def incident(self, person: Person, kind: str, status: str, ago: int, days_kept: int) -> int:
        """An incident about one customer; one that is closed ends on a day."""
        rng, days = self._rng, self._days
        at = days.moment(ago, 71_000)
        ends = days.day(ago - days_kept) if status in ("established", "unfounded", "ended") else None
        incident = self._rows.add("incident", kind, status, one_of(rng, self._agents).login, at, ends, at)
        self._rows.add("incident_subject", incident, person.id, person.display)
        return incident
