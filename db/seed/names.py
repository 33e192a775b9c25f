"""Names that people have: surname with prefix, first name by year of birth and origin, initials."""

import random
from dataclasses import dataclass
from typing import Final

from db.seed.chance import Weighted, one_of, zipf
from db.seed.pools import first_names as first
from db.seed.pools import surnames as pool

Surname = tuple[str | None, str]


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in text.replace("\n", " ").split(",") if name.strip()))


def split_prefix(name: str, *, belgian: bool = False) -> Surname:
    """('van den', 'Berg') of 'van den Berg'; Belgian prefixes have capitals and stay as they are."""
    for prefix in pool.PREFIXES:
        glue = "" if prefix == "d'" else " "
        head = name[: len(prefix)]
        if name[: len(prefix) + len(glue)] == head + glue and (head.lower() if belgian else head) == prefix:
            rest = name[len(prefix) + len(glue) :]
            if rest and rest != name:
                return head, rest
    return None, name


def _surnames(text: str, *, belgian: bool = False) -> Weighted[Surname]:
    return zipf([split_prefix(name, belgian=belgian) for name in _listed(text)])


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a name comes from: its surnames, and first names of men and women by year of birth."""

    surnames: Weighted[Surname]
    men: tuple[tuple[int, Weighted[str]], ...]
    women: tuple[tuple[int, Weighted[str]], ...]


def _by_age(names: str | tuple[tuple[int, str], ...]) -> tuple[tuple[int, Weighted[str]], ...]:
    groups = ((9999, names),) if isinstance(names, str) else names
    return tuple((last, zipf(text.split(), 6.0, 1.0)) for last, text in groups)


def _origin(surnames: str, men: str, women: str, *, belgian: bool = False) -> Origin:
    return Origin(_surnames(surnames, belgian=belgian), _by_age(men), _by_age(women))


DUTCH: Final = Origin(_surnames(pool.DUTCH), _by_age(first.DUTCH_MEN), _by_age(first.DUTCH_WOMEN))
_NETHERLANDS: Final = Weighted(
    [
        (DUTCH, 81.0),
        (_origin(pool.FRISIAN, first.FRISIAN_MEN, first.FRISIAN_WOMEN), 4.0),
        (_origin(pool.MOROCCAN, first.MOROCCAN_MEN, first.MOROCCAN_WOMEN), 3.5),
        (_origin(pool.TURKISH, first.TURKISH_MEN, first.TURKISH_WOMEN), 3.5),
        (_origin(pool.SURINAMESE, first.SURINAMESE_MEN, first.SURINAMESE_WOMEN), 3.0),
        (_origin(pool.ELSEWHERE, first.OTHER_MEN, first.OTHER_WOMEN), 5.0),
    ]
)
_FLANDERS: Final = _origin(pool.BELGIAN_DUTCH, first.BELGIAN_MEN, first.BELGIAN_WOMEN, belgian=True)
_WALLONIA: Final = _origin(pool.BELGIAN_FRENCH, first.WALLOON_MEN, first.WALLOON_WOMEN, belgian=True)
_GERMANY: Final = _origin(pool.GERMAN, first.GERMAN_MEN, first.GERMAN_WOMEN)
# How a Dutch name is abbreviated when the first letter is not enough.
_LONG_INITIALS: Final = ("Th", "Ch", "Ph", "IJ")


def origin_of(rng: random.Random, country: str, language: str) -> Origin:
    if country == "NL":
        return _NETHERLANDS.pick(rng)
    return _GERMANY if country == "DE" else _WALLONIA if language == "fr" else _FLANDERS


def surname(rng: random.Random, origin: Origin) -> Surname:
    """A surname of that origin; one Dutch name in five is a rare one, put together from land and water."""
    if origin is DUTCH and rng.random() < 0.2:
        stem = one_of(rng, pool.TAIL_STARTS).capitalize() + one_of(rng, pool.TAIL_ENDS)
        if rng.random() < 0.25:
            return None, stem + one_of(rng, pool.TAIL_SUFFIXES)
        return one_of(rng, pool.TAIL_PREFIXES) or None, stem
    return origin.surnames.pick(rng)


def first_name(rng: random.Random, origin: Origin, gender: str, born: int) -> str:
    groups = origin.men if gender == "m" or (gender != "v" and rng.random() < 0.5) else origin.women
    names = next(names for last, names in groups if born <= last)
    return names.pick(rng)


def initials(rng: random.Random, name: str, origin: Origin, gender: str, born: int) -> str:
    """'J.M.': the first name's letter and those of further first names."""
    names = [name]
    while origin is DUTCH and len(names) < 4 and rng.random() < (0.6 if born < 1980 else 0.35):
        names.append(first_name(rng, origin, gender, 1949))
    return "".join(_initial(each) for each in names)


def _initial(name: str) -> str:
    parts = name.split("-")
    letters = [next((long for long in _LONG_INITIALS if part.startswith(long)), part[0]) for part in parts]
    return "".join(f"{letter}." for letter in letters)
