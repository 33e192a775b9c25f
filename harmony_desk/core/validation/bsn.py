"""Finds what looks like a citizen service number (BSN) in a note, to warn before it is saved.

The company has no ground to keep a BSN, so no function here gives the number back: only how many
there are and where, for the window to underline.
"""

import re
from dataclasses import dataclass

from stdnum.nl import bsn

from harmony_desk.core.texts import ngettext

# Digits in groups with one separator between; a + in front makes the first of them a telephone number.
_RUN = re.compile(r"(?<!\w)\+?[0-9]+(?:[ .\u00a0-][0-9]+)*(?!\w)")
_GROUP = re.compile("[0-9]+")
# How people cut nine digits up: solid, in threes, as on a tax letter (1234.56.789), in two parts.
_SHAPES = {(9,), (3, 3, 3), (4, 2, 3), (3, 2, 2, 2), (2, 2, 2, 3), (4, 5), (5, 4), (3, 6), (6, 3)}
# Old numbers have eight digits, as our customer numbers do: only a word in front tells them apart.
_NAMED = re.compile(r"\b(?:bsn|sofi|burgerservice)[a-z-]*[ :=.#]{0,3}(?:is )?([0-9]{8})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Suspicion:
    """Where in the text possible BSNs stand, as (begin, end) positions; about one in eleven numbers of
    nine digits is there by chance."""

    positions: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.positions)


def suspicion(text: str) -> Suspicion:
    """Where the text has digits that pass the eleven test of a BSN."""
    found = {match.span(1) for match in _NAMED.finditer(text) if bsn.is_valid(match[1])}
    for run in _RUN.finditer(text):
        groups = [(run.start() + g.start(), run.start() + g.end()) for g in _GROUP.finditer(run[0])]
        for first in range(_groups_of_telephone(run[0]), len(groups)):
            found.update(_starting_at(text, groups, first))
    return Suspicion(tuple(sorted(found)))


def warning(text: str) -> str | None:
    """The sentence to show beside the note, or None."""
    count = suspicion(text).count
    if not count:
        return None
    return ngettext(
        "This note seems to hold a citizen service number. Take it out: we may not keep it.",
        "This note seems to hold {count} citizen service numbers. Take them out: we may not keep them.",
        count,
    ).format(count=count)


def _groups_of_telephone(run: str) -> int:
    """How many groups at the begin belong to an international number: until nine digits are passed."""
    if not run.startswith("+"):
        return 0
    digits = 0
    groups = _GROUP.findall(run)
    for used, group in enumerate(groups, start=1):
        digits += len(group)
        if digits >= 9:
            return used
    return len(groups)


def _starting_at(text: str, groups: list[tuple[int, int]], first: int) -> list[tuple[int, int]]:
    for last in range(first, min(first + 4, len(groups))):
        window = groups[first : last + 1]
        shape = tuple(end - begin for begin, end in window)
        digits = "".join(text[begin:end] for begin, end in window)
        if shape in _SHAPES and bsn.is_valid(digits):
            return [(window[0][0], window[-1][1])]
    return []
