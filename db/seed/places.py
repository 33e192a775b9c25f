"""Addresses whose postcode, street, number and place belong together, the same for every seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from db.seed.chance import Weighted, one_of
from db.seed.pools import places as pool

# A Dutch postcode never ends in SA, SD or SS; F I O Q U Y are rare and left out. AB comes first.
_LETTERS: Final = "ABCDEGHJKLMNPRTSVWXZ"
_PAIRS: Final = [a + b for a, b in product(sorted(_LETTERS), repeat=2) if a + b not in ("SA", "SD", "SS", "AA")]
_BLOCKS: Final = 8  # a street has at most this many postcodes, each for 32 numbers
_ADDITIONS: Final = ("1", "2", "3", "bis", "H", "I", "II", "III", "hs", "A2", "B")


@dataclass(frozen=True, slots=True)
class Place:
    country: str
    name: str
    area: str
    language: str
    streets: tuple[str, ...]
    first: int
    span: int
    crowded: bool

    def postcode(self, street: int, number: int) -> str:
        """The postcode of a house, as stored: no space."""
        code = self.first + street % self.span
        if self.country != "NL":
            return str(code).zfill(4 if self.country == "BE" else 5)
        return f"{code}{_PAIRS[street // self.span * _BLOCKS + min((number - 1) // 32, _BLOCKS - 1)]}"


@dataclass(frozen=True, slots=True)
class Address:
    place: Place
    street: str
    number: int
    letter: str | None
    addition: str | None
    postcode: str

    @property
    def written_number(self) -> str:
        """'12A-2', as on a repair order."""
        return f"{self.number}{self.letter or ''}{'-' + self.addition if self.addition else ''}"


def _places(country: str, table: str, grown: bool) -> Iterator[tuple[Place, float]]:
    for line in table.strip().splitlines():
        name, codes, area, weight, own = (part.strip() for part in line.split("|"))
        first, last = (int(code) for code in codes.split("-"))
        span, people = last - first + 1, float(weight)
        streets = tuple(street.strip() for street in own.split(","))
        if grown:
            streets = _grown(name, streets, min(span * len(_PAIRS) // _BLOCKS, 60 if people < 60 else 240))
        language = {"NL": "nl", "DE": "de"}.get(country, "fr" if name in pool.FRENCH_SPEAKING else "nl")
        yield Place(country, name, area, language, streets, first, span, people > 150), people


def _grown(name: str, own: tuple[str, ...], most: int) -> tuple[str, ...]:
    """The own streets, then streets that every place has, in an order of this place's own."""
    common = [*pool.DUTCH_STREETS, *(stem + end for stem in pool.DUTCH_STEMS for end in pool.DUTCH_ENDINGS)]
    random.Random(name).shuffle(common)  # noqa: S311 - the map of a town, not a secret
    return tuple(dict.fromkeys([*own, *common]))[:most]


ALL: Final = {
    "NL": list(_places("NL", pool.DUTCH, True)),
    "BE": list(_places("BE", pool.BELGIAN, False)),
    "DE": list(_places("DE", pool.GERMAN, False)),
}
_BY_COUNTRY: Final = {country: Weighted(places) for country, places in ALL.items()}


def address(rng: random.Random, country: str) -> Address:
    """Somewhere to live in a country."""
    place = _BY_COUNTRY[country].pick(rng)
    street = int(rng.random() * len(place.streets))
    number = 1 + int(min(rng.expovariate(1 / 48), 254))
    letter = addition = None
    chance = rng.random()
    if chance < (0.25 if place.crowded else 0.06):
        addition = one_of(rng, _ADDITIONS)
    elif chance > 0.92:
        letter = one_of(rng, "AABBCD")
    return Address(place, place.streets[street], number, letter, addition, place.postcode(street, number))


def house(city: str, street: str, number: int, country: str = "NL", addition: str | None = None) -> Address:
    """A given house; raises KeyError when the table knows no such street there."""
    for place, _ in ALL[country]:
        if place.name == city and street in place.streets:
            code = place.postcode(place.streets.index(street), number)
            return Address(place, street, number, None, addition, code)
    raise KeyError(f"{street}, {city}")
