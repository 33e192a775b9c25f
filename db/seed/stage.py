"""What the cast is played with: short words for adding a person, a policy, a claim, a call."""

import datetime as dt
from typing import TYPE_CHECKING, Final

from db.seed import names, places
from db.seed.calls import Call
from db.seed.devices import Device, model_named
from db.seed.people import Identity, Person
from db.seed.policies import Policy

if TYPE_CHECKING:
    from db.seed.generate import Makers

# Numbers of the cast: part 7 is customer 10010070, policy P-10570-01, claim S-26-118407, order R-26-30807.
FIRST_NUMBER: Final = 10_010_000
_POLICY, _CLAIM, _ORDER = 10_500, 118_400, 30_800


class Stage:
    """Adds what one part of the cast needs; days are days ago."""

    def __init__(self, makers: "Makers") -> None:
        self.makers = makers
        self.days = makers.days

    def person(
        self, part: float, name: str, gender: str, born: str, home: str, since: int, *, phone: str | None = None,
        country: str = "NL", deceased: int | None = None, account_changed: int | None = None,
    ) -> Person:  # fmt: skip
        """`name` is 'Jolanda van den Berg'; `home` is 'Twijnstraat 14, Utrecht'; part 10.2 is a third of part 10."""
        first, rest = name.split(" ", 1)
        surname = names.split_prefix(rest, belgian=country == "BE")
        street, city = home.split(", ")
        road, house = street.rsplit(" ", 1)
        who = Identity(first, f"{first[0]}.", surname, gender, dt.date.fromisoformat(born))
        return self.makers.people.add(
            who, places.house(city, road, int(house), country), since, number=FIRST_NUMBER + round(part * 10),
            phone=phone, deceased=deceased, account_changed=account_changed,
        )  # fmt: skip

    def policy(
        self, person: Person, part: float, code: str, kind: str, model: str, started: int, *,
        status: str = "active", ended: int = 0, device: Device | None = None,
    ) -> Policy:  # fmt: skip
        """A policy of a product with a device of a model, or with a given `device`."""
        makers = self.makers
        found = model_named(kind, model)
        device = device or makers.policies.devices.of_model(found, found.euros * 100)
        product = makers.company.version_on(code, self.days.text[started])
        number = f"P-{_POLICY + round(part * 10)}-01"
        policy = makers.policies.add(person, number, product, device, started, ended, status)
        if policy.insured:
            makers.carrier.make(person, [policy])
        return policy

    def claim(
        self, person: Person, policy: Policy, part: int, kind: str, status: str, happened: int, reported: int,
        damage: str, story: str, *, reserve: int = 0,
    ) -> int:  # fmt: skip
        """A claim that came in at ten in the morning, UTC."""
        return self.makers.claims.add(
            person, policy, kind, status, happened, (reported, 36_000), (damage, story), number=_CLAIM + part,
            reserve=reserve,
        )  # fmt: skip

    def order(
        self,
        claim: int,
        person: Person,
        policy: Policy,
        part: int,
        damage: str,
        status: str,
        ordered: int,
        changed: int,
    ) -> int:
        """A repair order of a claim."""
        return self.makers.claims.add_order(
            claim, person, policy, damage, status, ordered, changed, number=_ORDER + part
        )

    def call(
        self, person: Person | None, ago: int, topic: str, note: str, *, agent: str = "anna.agent", state: str | None = None,
        device: str = "toestel", direction: str = "in", ani: str | None = None,
    ) -> tuple[int, int]:  # fmt: skip
        """A call in the middle of the morning; its recording is kept unless `state` says otherwise."""
        colleague = self.makers.staff.by_login[agent]
        second = 32_400 + 60 * (self.makers.rows.last_id("call") % 90)
        call = Call(person, ago, second, topic, direction, device, colleague, ani)
        return self.makers.calls.add(call, state or "announced_recorded", note)

    def task(self, person: Person, contact: int, kind: str, text: str, ago: int, agent: str = "anna.agent") -> None:
        """Open work for a member of staff, from a contact of that many days ago."""
        call = Call(person, ago, 40_000, "claim_status", "in", "", self.makers.staff.by_login[agent])
        self.makers.calls.add_task(contact, person.id, call, kind, text)

    def working(self, ago: int) -> int:
        """That day or the last working day before it."""
        while not self.days.working[ago]:
            ago += 1
        return ago
