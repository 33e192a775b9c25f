"""Policies and the devices on them: when they began, whether they still run, what they cost."""

import math
from dataclasses import dataclass
from typing import Final

from db.seed.chance import Weighted, generator
from db.seed.company import Company, Product, on_day
from db.seed.days import Days
from db.seed.devices import Device, Devices
from db.seed.people import Person
from db.seed.rows import Rows

FIRST_NUMBER: Final = 200_000
_COUNTS: Final = Weighted({1: 82.0, 2: 13.0, 3: 4.0, 4: 1.0})
# An exponential of mean 18 months that ends at 60: this scale gives that mean once the tail is cut.
_SCALE_MONTHS: Final = 22.5
_CUT: Final = 1.0 - math.exp(-60 / _SCALE_MONTHS)
_MONTH: Final = 30.44
_CANCELLED_A_YEAR: Final = 0.0943  # 9 % within a year


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy with its device. In force from `started` to `ended` days ago (0: still)."""

    id: int
    number: str
    item_id: int
    product: Product
    device: Device
    started: int
    ended: int
    status: str
    insured: bool  # whether it ever was in force


class Policies:
    """Makes the policies of one customer after another."""

    def __init__(self, seed: int, days: Days, rows: Rows, company: Company) -> None:
        self._days, self._rows, self._company = days, rows, company
        self._rng = generator(seed, "policy")
        self.devices = Devices(seed)
        self._certificates: dict[int, int] = {}

    def starts(self) -> list[int]:
        """When the policies of the next customer began, in days ago, the oldest first."""
        rng = self._rng
        return sorted((self._age(rng.random()) for _ in range(_COUNTS.pick(rng))), reverse=True)

    def _age(self, chance: float) -> int:
        months = -_SCALE_MONTHS * math.log(1.0 - chance * _CUT)
        return 1 + int(months * _MONTH)

    def make(self, person: Person, starts: list[int]) -> list[Policy]:
        made: list[Policy] = []
        for rank, started in enumerate(starts, 1):
            device = self.devices.make(self._days.year[started], made[0].device if made else None)
            versions = self._company.products[device.model.kind].pick(self._rng)
            product = on_day(versions, self._days.text[started])
            status, ended = self._course(started)
            number = f"P-{FIRST_NUMBER + person.id}-{rank:02d}"
            made.append(self.add(person, number, product, device, started, ended, status))
        return made

    def _course(self, started: int) -> tuple[str, int]:
        """What became of a policy: its status, and how many days ago it ended (0 when it did not)."""
        chance = self._rng.random()
        if chance < 0.06:  # no photos within 14 working days (domain.md 2.5)
            return ("lapsed", started - 21) if started > 22 else ("applied", 0)
        if chance < 0.065:
            return "declined", started
        lived = int(self._rng.expovariate(_CANCELLED_A_YEAR) * 365.25)
        if lived < started - 1 and lived > 14:
            return "ended", started - lived
        return ("suspended" if chance > 0.99 else "active"), 0

    def add(
        self,
        person: Person,
        number: str,
        product: Product,
        device: Device,
        started: int,
        ended: int,
        status: str,
    ) -> Policy:
        """Adds a policy and its device."""
        rng, text = self._rng, self._days.text
        begun = text[started]
        created = self._days.moment(started, int(7 * 3600 + rng.random() * 50_000))
        yearly = device.cents * (0.15 + 0.05 * rng.random()) * (1.0 if product.theft else 0.8)
        premium = min(max(int(yearly / 12) // 5 * 5, 395), 4995)
        policy = self._rows.add(
            "policy", number, self._certificate(started), person.id, product.version_id, status, begun,
            text[ended] if ended else None, premium, created,
        )  # fmt: skip
        bought = text[started + int(rng.random() * 28)] if rng.random() < 0.3 else begun
        model = device.model
        item = self._rows.add(
            "insured_item", person.id, policy, model.kind, device.imei, device.serial, model.brand,
            model.name,
            device.cents, bought, created,
        )  # fmt: skip
        insured = status in ("active", "suspended", "ended")
        return Policy(policy, number, item, product, device, started, ended, status, insured)

    def _certificate(self, started: int) -> str | None:
        """One policy in eight is part of a group policy and has a certificate."""
        if self._rng.random() >= 0.12:
            return None
        year = self._days.year[started]
        self._certificates[year] = count = self._certificates.get(year, 100) + 1
        return f"C-{year}-{count:05d}"
