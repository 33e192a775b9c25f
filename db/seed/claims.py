"""Claims as they happen to policies: cause, delay, course, outcome, and the repair orders that follow."""

import json
from dataclasses import dataclass
from typing import Final

from db.seed.chance import Weighted, generator, one_of, poisson
from db.seed.company import Company
from db.seed.days import Days, Moment
from db.seed.people import Person
from db.seed.policies import Policy
from db.seed.pools import texts
from db.seed.rows import Rows
from db.seed.staff import Staff

# Claims a policy-year (domain.md 5.2); loss is not covered and reported all the same.
_DAMAGE: Final = {
    "phone": 0.12,
    "tablet": 0.05,
    "laptop": 0.06,
    "bike": 0.05,
    "watch": 0.05,
    "audio": 0.03,
    "other": 0.04,
}
_THEFT: Final = {
    "phone": 0.012,
    "tablet": 0.004,
    "laptop": 0.006,
    "bike": 0.035,
    "watch": 0.004,
    "audio": 0.004,
    "other": 0.004,
}
_LOSS: Final = {"phone": 0.007, "tablet": 0.002, "laptop": 0.001, "audio": 0.01, "watch": 0.003}
# How much likelier a month is than a twelfth of the year: September 11 %, September to November 29 %.
_SEASON: Final = (0, 0.95, 0.93, 0.94, 0.94, 0.95, 0.95, 0.95, 0.95, 1.32, 1.11, 1.05, 0.96)
_BIKE_SEASON: Final = (0, 0.4, 0.4, 0.6, 1.2, 1.4, 1.5, 1.5, 1.5, 1.45, 1.1, 0.5, 0.4)
_OUTCOMES: Final = {
    "damage": Weighted(
        {"repair": 77.5, "replacement": 8.0, "cash": 4.5, "rejected": 3.0, "withdrawn": 4.5, "lapsed": 2.0}
    ),
    "theft": Weighted(
        {"repair": 0.0, "replacement": 50.0, "cash": 32.0, "rejected": 12.0, "withdrawn": 2.0, "lapsed": 4.0}
    ),
    "loss": Weighted({"rejected": 88.0, "withdrawn": 12.0}),
}
_DROP: Final = Weighted({"screen": 83.0, "back": 12.0, "liquid": 5.0})
_AVERAGE_CENTS: Final = {"screen": 19_000, "back": 21_000, "liquid": 33_000, "keyboard": 33_000, "bike": 26_000}
_LETTERS: Final = {"damage": "S", "theft": "D", "loss": "V"}
_ROAD: Final = (
    "sent",
    "accepted",
    "in_transit",
    "received",
    "diagnosed",
    "estimate_received",
    "approved",
    "repaired",
)
_ENDED: Final = frozenset({"settled", "closed", "rejected", "withdrawn", "lapsed"})
FIRST_CLAIM: Final = 200_001
FIRST_ORDER: Final = 40_001


@dataclass(frozen=True, slots=True)
class _Course:
    """How far a claim has come, in days ago; 0: not yet. `finished` may lie in the future."""

    status: str
    settled: int = 0
    ordered: int = 0
    finished: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as its calls see it: times in days ago."""

    id: int
    kind: str
    reported: int
    settled: int  # 0 while it is open
    by_phone: bool
    device: str


class Claims:
    """Makes the claims of one policy after another."""

    def __init__(self, seed: int, days: Days, rows: Rows, company: Company, staff: Staff) -> None:
        self._days, self._rows, self._company = days, rows, company
        self._handlers = staff.of("claims_handler")
        self._rng = generator(seed, "claim")
        self._repairs = generator(seed, "repair")

    def make(self, person: Person, policy: Policy) -> list[Claim]:
        kind = policy.device.model.kind
        years = (policy.started - policy.ended) / 365.25
        made = []
        for claim_kind, rates in (("damage", _DAMAGE), ("theft", _THEFT), ("loss", _LOSS)):
            for _ in range(poisson(self._rng, rates.get(kind, 0.0) * years)):
                claim = self._claim(person, policy, claim_kind)
                if claim:
                    made.append(claim)
        return made

    def _claim(self, person: Person, policy: Policy, kind: str) -> Claim | None:
        """One claim; None when it happened so lately that nobody has heard of it."""
        rng, days = self._rng, self._days
        happened = self._happened(policy, kind)
        delay = min(rng.lognormvariate(0.693, 1.43), 180.0)
        reported = happened - int(delay)
        if reported < 1:
            return None
        by_phone = rng.random() < 0.8
        if by_phone:
            while not days.working[reported]:
                reported -= 1
                if reported < 1:
                    return None
        device = policy.device.model.kind
        cause = "bike" if device == "bike" else _DROP.pick(rng)
        if cause == "liquid" and device == "laptop":
            cause = "keyboard"
        outcome = _OUTCOMES[kind].pick(rng)
        if kind == "theft" and not policy.product.theft and rng.random() < 0.95:
            outcome = "rejected"
        course = self._course(outcome, reported)
        is_open = course.settled == 0
        second = days.office_second(reported, rng.random()) if by_phone else int(3600 * (5 + 17 * rng.random()))
        reserve = (_AVERAGE_CENTS[cause] if kind == "damage" else policy.device.cents) if is_open else 0
        told = self._told(person, kind, cause)
        claim = self.add(person, policy, kind, course.status, happened, (reported, second), told, reserve=reserve)
        if course.ordered:
            ordered, finished = course.ordered, course.finished
            status = "closed" if finished > 0 else self._on_the_road(ordered, finished)
            changed = finished if status == "closed" else max(1, ordered - 1)
            self.add_order(claim, person, policy, told[0], status, ordered, changed)
        return Claim(claim, kind, reported, course.settled, by_phone, policy.device.name)

    def add(
        self, person: Person, policy: Policy, kind: str, status: str, happened: int, reported: Moment,
        told: tuple[str, str], *, number: int | None = None, reserve: int = 0,
    ) -> int:  # fmt: skip
        """Adds a claim; `told` is what is broken and how it came, `reserve` is 0 when nothing is to be paid any more."""
        days = self._days
        year, serial = days.year[reported[0]] % 100, number or FIRST_CLAIM + self._rows.last_id("claim")
        created = days.moment(*reported)
        handler = None if status == "reported" else one_of(self._rng, self._handlers).id
        queue = None if status in _ENDED else "theft" if kind == "theft" else "damage"
        claim = self._rows.add(
            "claim", f"{_LETTERS[kind]}-{year:02d}-{serial}", person.id, policy.id, policy.item_id, kind, status, queue,
            handler, days.text[happened], created, reserve, created,
        )  # fmt: skip
        damage, circumstances = told
        self._rows.add("claim_detail", claim, person.id, circumstances, damage, created)
        return claim

    def _happened(self, policy: Policy, kind: str) -> int:
        """A day on which the policy was in force, by season."""
        rng, month = self._rng, self._days.month
        season = _BIKE_SEASON if kind == "theft" and policy.device.model.kind == "bike" else _SEASON
        while True:
            day = policy.ended + 1 + int(rng.random() * max(policy.started - policy.ended - 1, 1))
            if rng.random() * 1.5 < season[month[day]]:
                return day

    def _course(self, outcome: str, reported: int) -> _Course:
        rng = self._rng
        decided = reported - max(1, round(rng.lognormvariate(1.5, 0.6)))
        if decided < 1:
            return _Course(self._undecided(reported / (reported - decided)))
        if outcome in ("withdrawn", "lapsed"):
            return _Course(outcome, decided)
        if outcome == "rejected":
            return _Course("rejected", decided) if decided > 4 else _Course("intended_rejection")
        ordered = decided if outcome == "repair" else 0
        done = decided - (3 if outcome == "cash" else 6)
        if ordered:
            done = self._days.working_days_later(decided, self._repairs.lognormvariate(1.792, 0.661))
        if done < 1:
            waiting = {"repair": "approved_repair", "replacement": "approved_replacement"}.get(outcome)
            return _Course(waiting or one_of(rng, ("approved_payout", "payment_prepared", "paid")), 0, ordered, done)
        if rng.random() < 0.025 and done < 60:
            return _Course("reopened", 0, ordered, done)
        return _Course("settled" if done < 14 else "closed", done, ordered, done)

    def _undecided(self, share: float) -> str:
        """The status of a claim that is that far on its way to a decision."""
        status = one_of(self._rng, ("reported", "cover_check")) if share < 0.4 else "awaiting_documents"
        if share > 0.7:
            status = "under_review" if self._rng.random() < 0.9 else "additional_check"
        elif status == "cover_check" and self._rng.random() < 0.2:
            status = "awaiting_premium"
        return status

    def _told(self, person: Person, kind: str, cause: str) -> tuple[str, str]:
        """What is broken, and how it came."""
        if kind == "damage":
            return one_of(self._rng, texts.DAMAGE[cause])
        story = one_of(self._rng, texts.THEFT if kind == "theft" else texts.LOSS)
        return "Diefstal" if kind == "theft" else "Verlies", story.replace("{plaats}", person.address.place.name)

    def add_order(
        self, claim: int, person: Person, policy: Policy, damage: str, status: str, ordered: int, changed: int,
        *, number: int | None = None,
    ) -> int:  # fmt: skip
        """Adds a repair order and what the repairer was told: the fields that may be disclosed, and no other."""
        rng, days = self._repairs, self._days
        created = days.moment(ordered, days.office_second(ordered, rng.random()))
        shop = self._company.shops[policy.device.model.kind].pick(rng)
        serial = number or FIRST_ORDER + self._rows.last_id("repair_order")
        number_text = f"R-{days.year[ordered] % 100:02d}-{serial}"
        order = self._rows.add(
            "repair_order", number_text, claim, person.id, shop.id, status, created, days.moment(changed, 60_000)
        )
        address = person.address
        payload = {
            "order_number": number_text, "name": person.display, "street": address.street,
            "house_number": address.written_number, "postcode": address.postcode, "city": address.place.name,
            "phone": person.phone,
            "brand": policy.device.model.brand, "model": policy.device.model.name, "damage_text": damage,
        }  # fmt: skip
        self._rows.add(
            "disclosure", shop.recipient_id, shop.agreement_id, person.id, "repair_order", order,
            json.dumps(payload, ensure_ascii=False), one_of(rng, self._handlers).login, created,
        )  # fmt: skip
        return order

    def _on_the_road(self, ordered: int, finished: int) -> str:
        rng = self._repairs
        chance = rng.random()
        if chance < 0.03:
            return "blocked_activation_lock"
        if chance < 0.11:
            return "awaiting_parts"
        share = min(ordered / (ordered - finished), 0.999)
        return _ROAD[int(share * len(_ROAD))]
