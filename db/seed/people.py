"""Customers: who they are, where they live, how to reach them, where they bank."""

import datetime as dt
import random
import unicodedata
from dataclasses import dataclass
from typing import Final

from db.seed import names, numbers, places
from db.seed.chance import Weighted, generator
from db.seed.days import Days
from db.seed.names import Surname
from db.seed.places import Address
from db.seed.rows import Rows

FIRST_NUMBER: Final = 10_100_000  # the cast stands below it
# Numbers of the three callers in the telephone samples: nobody else may have them.
RESERVED: Final = frozenset({"+31612345678", "+31104567890", "+31201234567"})
_COUNTRIES: Final = Weighted({"NL": 88.0, "BE": 11.0, "DE": 1.0})
_AGES: Final[Weighted[tuple[int, int]]] = Weighted(
    [((18, 25), 22), ((25, 35), 27), ((35, 45), 19), ((45, 55), 15), ((55, 65), 10), ((65, 88), 7)]
)
_GENDERS: Final = Weighted({"m": 49.0, "v": 49.0, "x": 0.3, "onbekend": 1.7})
_USAGES: Final = Weighted({"partner": 20.0, "partner_own": 45.0, "own_partner": 10.0, "own": 25.0})
# Reserved for documentation (RFC 2606, RFC 6761): mail to them reaches nobody.
_MAIL: Final = Weighted(
    {
        "example.com": 38.0,
        "example.org": 18.0,
        "example.net": 18.0,
        "post.example": 12.0,
        "mail.example": 10.0,
        "thuis.invalid": 4.0,
    }
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is; `called` is false for who gave initials only."""

    first: str
    initials: str
    surname: Surname
    gender: str
    born: dt.date
    partner: Surname | None = None
    usage: str = "own"
    called: bool = True


@dataclass(slots=True)
class Person:
    """What the rest of the seed needs to know of a customer."""

    id: int
    number: str
    name: str  # as on an account: J.M. de Vries
    display: str  # as on a card, by harmony.display_name: Jolanda Bakker-de Vries
    initials: str
    surname: Surname
    birth: str
    address: Address
    phone: str
    since: int  # days ago
    email: str | None = None
    deceased: bool = False
    recording_objection: int | None = None  # days ago


class People:
    """Makes customers one after another, with their telephone numbers, addresses and accounts."""

    def __init__(self, seed: int, days: Days, rows: Rows) -> None:
        self._seed, self._days, self._rows = seed, days, rows
        self._names = generator(seed, "name")
        self._places = generator(seed, "address")
        self._reach = generator(seed, "reach")
        self._money = generator(seed, "account")
        self._previous: Person | None = None

    def make(self, since: int) -> Person:
        """A new customer whose first policy began `since` days ago."""
        rng, home = self._names, self._places
        family = self._previous if self._previous and home.random() < 0.05 else None
        address = family.address if family else places.address(home, _COUNTRIES.pick(home))
        place = address.place
        low, high = _AGES.pick(rng)
        # Two days more, so that leap years make nobody younger than the youngest of his band.
        born = self._days.date(since) - dt.timedelta(days=2 + (low + (high - low) * rng.random()) * 365.25)
        gender = _GENDERS.pick(rng)
        origin = names.origin_of(rng, place.country, place.language)
        surname = names.surname(rng, origin)
        if family and rng.random() < 0.6:
            surname = family.surname
        first = names.first_name(rng, origin, gender, born.year)
        initials = names.initials(rng, first, origin, gender, born.year)
        partner, usage = self._partner(rng, gender, self._days.today.year - born.year, origin)
        deceased = int(rng.random() * min(since, 300)) if rng.random() < 0.002 and low >= 55 else None
        who = Identity(first, initials, surname, gender, born, partner, usage, called=rng.random() >= 0.07)
        person = self.add(who, address, since, deceased=deceased, restricted=rng.random() < 0.0004)
        self._previous = person
        return person

    def add(
        self, who: Identity, address: Address, since: int, *, number: int | None = None, phone: str | None = None,
        deceased: int | None = None, restricted: bool = False, account_changed: int | None = None,
    ) -> Person:  # fmt: skip
        """Adds a customer; without a `phone` he gets one or two of his own."""
        place, days = address.place, self._days
        created = days.moment(since, int(7 * 3600 + self._reach.random() * 50_000))
        shown = str(number or FIRST_NUMBER + self._rows.last_id("customer"))
        called = who.first if who.called else None
        customer = self._rows.add(
            "customer", shown, who.initials, called, *who.surname, *(who.partner or (None, None)), who.usage,
            who.gender, who.born.isoformat(), None if deceased is None else days.text[deceased], address.street,
            address.number, address.letter, address.addition, address.postcode, place.name, place.country,
            place.language, created if restricted else None, created,
        )  # fmt: skip
        person = Person(
            customer, shown, written(who.initials, who.surname), display(who), who.initials, who.surname,
            who.born.isoformat(), address, phone or "", since, deceased=deceased is not None,
        )  # fmt: skip
        if phone:
            kind = "fixed" if phone.startswith(f"{numbers.CALLING_CODE[place.country]}{place.area[1:]}") else "mobile"
            self._add_phone(person, phone, kind, place.area if kind == "fixed" else None, created)
        else:
            self._give_phones(person, created)
        self._give_mail(person, who.first, created)
        self._give_account(person, created, account_changed)
        return person

    def _partner(self, rng: random.Random, gender: str, age: int, origin: names.Origin) -> tuple[Surname | None, str]:
        share = 0.0 if age < 25 else {"v": 0.12 if age < 45 else 0.42, "m": 0.02}.get(gender, 0.02)
        if rng.random() >= share:
            return None, "own"
        return names.surname(rng, origin), _USAGES.pick(rng)

    def _give_phones(self, person: Person, created: str) -> None:
        rng, place = self._reach, person.address.place
        has_mobile = rng.random() < 0.95
        if has_mobile:
            person.phone = self._mobile(person.id, place.country)
            self._add_phone(person, person.phone, "mobile", None, created)
        if not has_mobile or rng.random() < 0.3:
            number = numbers.fixed(rng, person.address)
            while number in RESERVED:
                number = numbers.fixed(rng, person.address)
            person.phone = person.phone or number
            self._add_phone(person, number, "fixed", place.area, created)

    def _mobile(self, count: int, country: str) -> str:
        number = numbers.mobile(self._seed, count, country)
        # The step meets every number once in sixty million people: what lies that far on is nobody's.
        return numbers.mobile(self._seed, count + 30_000_000, country) if number in RESERVED else number

    def _add_phone(self, person: Person, e164: str, kind: str, area: str | None, created: str) -> None:
        typed = numbers.as_typed(self._reach, e164, area)
        self._rows.add("customer_phone", person.id, e164, typed, kind, created, created)

    def _give_mail(self, person: Person, first: str, created: str) -> None:
        rng = self._reach
        if rng.random() < 0.04:
            return
        last = mail_word("".join(filter(None, person.surname)))
        name = mail_word(first)
        form = rng.random()
        local = f"{name}.{last}" if form < 0.55 else f"{name[0]}{last}" if form < 0.85 else f"{last}.{name}"
        # With the count behind it, as people do whose name is taken: no two are the same.
        person.email = f"{local}{person.id}@{_MAIL.pick(rng)}"
        written_as = person.email.title() if rng.random() < 0.02 else person.email
        self._rows.add("customer_email", person.id, written_as, created)

    def _give_account(self, person: Person, created: str, changed: int | None) -> None:
        """An account, and sometimes one before it; `changed` says how many days ago it was changed."""
        rng = self._money
        if changed is None and rng.random() < 0.03:
            return
        country = person.address.place.country
        iban = numbers.iban(rng, self._seed, person.id, country)
        if changed is None and person.since > 60 and rng.random() < 0.06:
            changed = 5 + int(rng.random() * (person.since - 10))
        if changed is None:
            self._rows.add("bank_account", person.id, iban, person.name, created, None, created)
            return
        then = self._days.moment(changed, 36_000)
        old = numbers.iban(rng, self._seed, person.id + 400_000_000, country)
        self._rows.add("bank_account", person.id, old, person.name, created, then, created)
        self._rows.add("bank_account", person.id, iban, person.name, then, None, then)


def written(initials: str, surname: Surname) -> str:
    """'J.M. de Vries'."""
    return f"{initials} {with_prefix(surname)}"


def with_prefix(surname: Surname) -> str:
    """'de Vries', 'd'Ancona'."""
    prefix, name = surname
    glue = "" if prefix == "d'" else " "
    return name if prefix is None else f"{prefix}{glue}{name}"


def display(who: Identity) -> str:
    """The name in the use the person chose, as `harmony.display_name` writes it after a first name or initials."""
    used = {
        "own": (who.surname,),
        "partner": (who.partner,),
        "partner_own": (who.partner, who.surname),
        "own_partner": (who.surname, who.partner),
    }[who.usage]
    return f"{who.first if who.called else who.initials} {'-'.join(with_prefix(name) for name in used if name)}"


def mail_word(text: str) -> str:
    """What is left of a name in the address of a mailbox: a-z and 0-9."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join([sign for sign in plain if sign.isascii() and sign.isalnum()])


_PLAIN: Final = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae"})
