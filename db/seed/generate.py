"""All rows of a demo, customer after customer, in chunks: the same seed and day give the same rows."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from db.seed import cast, company
from db.seed.calls import Calls
from db.seed.choices import Carrier, Choices
from db.seed.claims import Claims
from db.seed.days import Days
from db.seed.people import People
from db.seed.policies import Policies
from db.seed.rows import Rows
from db.seed.signals import Signals
from db.seed.staff import Staff

CHUNK: Final = 10_000  # customers; what is in memory at a time. No row depends on it.


class Makers:
    """One maker for each kind of row, on common ids."""

    def __init__(self, seed: int, today: dt.date, staff: Staff) -> None:
        self.days = Days(today)
        self.rows = Rows()
        self.staff = staff
        self.company = company.make(self.rows)
        self.people = People(seed, self.days, self.rows)
        self.policies = Policies(seed, self.days, self.rows, self.company)
        self.claims = Claims(seed, self.days, self.rows, self.company, staff)
        self.choices = Choices(seed, self.days, self.rows, staff)
        self.carrier = Carrier(seed, self.days, self.rows, self.company, staff)
        self.calls = Calls(seed, self.days, self.rows, staff)
        self.signals = Signals(seed, self.days, self.rows, staff)

    def customer(self) -> None:
        """One more customer with everything that happened to him."""
        starts = self.policies.starts()
        person = self.people.make(starts[0])
        policies = self.policies.make(person, starts)
        insured = [policy for policy in policies if policy.insured]
        claims = [claim for policy in insured for claim in self.claims.make(person, policy)]
        self.choices.make(person)
        self.carrier.make(person, policies)
        self.calls.make(person, insured, claims)
        self.signals.make(person, policies, claims)


def chunks(customers: int, seed: int, today: dt.date, staff: Staff) -> Iterator[dict[str, list[str]]]:
    """The rows of `customers` customers by table, ready for COPY; the cast comes first and counts."""
    makers = Makers(seed, today, staff)
    cast.play(makers, customers)
    while makers.rows.last_id("customer") < customers:
        until = min(customers, makers.rows.last_id("customer") + CHUNK)
        while makers.rows.last_id("customer") < until:
            makers.customer()
        yield makers.rows.take()
    rest = makers.rows.take()
    if rest:
        yield rest
