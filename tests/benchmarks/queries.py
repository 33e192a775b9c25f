"""What people type: the kinds of input that are measured, made from a synthetic customer."""

import random
from collections.abc import Callable

from tests.benchmarks.people import Person

LETTERS = "abcdefghijklmnoprstuvwz"


def full_surname(person: Person) -> str:
    return " ".join(part for part in (person.prefix, person.last_name) if part)


def called(person: Person) -> str:
    """First name, or else the first initial."""
    return str(person.first_name or person.initials[0])


def slip(word: str, rng: random.Random) -> str:
    """The word with one letter dropped, added, replaced, or changed places with its neighbour."""
    while True:
        place = rng.randrange(len(word))
        slipped = rng.choice(
            (
                word[:place] + word[place + 1 :],
                word[:place] + rng.choice(LETTERS) + word[place:],
                word[:place] + rng.choice(LETTERS) + word[place + 1 :],
                word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :],
            )
        )
        if slipped.lower() != word.lower():
            return slipped


def phone_notation(person: Person, rng: random.Random) -> str:
    """The number as people write it: national, with a dash, or international."""
    digits = person.phone[3:]
    return rng.choice((f"0{digits}", f"0{digits[0]}-{digits[1:]}", f"+31 (0){digits[0]} {digits[1:]}"))


Typed = Callable[[Person, random.Random], str]
# The kinds of quality.md P1.
KINDS: dict[str, Typed] = {
    "name prefix": lambda person, rng: person.last_name[: rng.choice((3, 4, 5))],
    "infix": lambda person, rng: person.last_name[1:-1] if len(person.last_name) > 5 else person.last_name[1:] + "e",
    "two parts": lambda person, rng: rng.choice(
        (f"{called(person)} {full_surname(person)}", f"{full_surname(person)} {called(person)}",
         f"{called(person)} {person.last_name}", f"{person.last_name} {called(person)}")
    ),
    "typo": lambda person, rng: f"{called(person)} {slip(person.last_name, rng)}",
    "postcode+number": lambda person, rng: f"{person.postcode}{person.house_number}",
    "phone": phone_notation,
    "e-mail": lambda person, rng: person.email,
    "customer no.": lambda person, rng: person.customer_number,
    "policy no.": lambda person, rng: person.policy_number,
    "IMEI": lambda person, rng: person.imei,
    "IBAN": lambda person, rng: person.iban,
    "birth date": lambda person, rng: f"{person.birth_date:%d-%m-%Y}",
}  # fmt: skip
