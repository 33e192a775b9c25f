"""What other systems write in one cell: a whole name, a whole address, a gender, a language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.validation import addresses, names

GENDERS = {
    names.fold(word): gender
    for gender, known in (
        ("m", "m man male mr mr. heer dhr dhr. deheer meneer"),
        ("v", "v vrouw f female mrs ms mevr mevr. mevrouw mw mw."),
        ("x", "x anders nonbinair nonbinary"),
        ("onbekend", "onbekend o u unknown geen"),
    )
    for word in known.split()
}
LANGUAGES = {
    names.fold(word): language
    for language, known in (
        ("nl", "nl nederlands dutch nld"),
        ("en", "en engels english eng"),
        ("fr", "fr frans french français fra"),
        ("de", "de duits german deutsch deu"),
    )
    for word in known.split()
}
USAGES = {
    names.fold(word): str(usage)
    for usage, known in (
        (names.Usage.OWN, "own eigen e"),
        (names.Usage.PARTNER, "partner p"),
        (names.Usage.PARTNER_OWN, "partner_own partner-eigen v"),
        (names.Usage.OWN_PARTNER, "own_partner eigen-partner n"),
    )
    for word in known.split()
}
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+|[A-Z]{1,4}")


def split_name(whole: str, *, known: Mapping[str, str]) -> dict[str, str]:
    """Initials or first name, prefix and surname of a name in one cell; what is `known` by its own column stays.

    'P.J. van der Meulen', 'Pieter van der Meulen' and 'Meulen, P.J. van der' are read; of 'Anna Maria de Wit' the
    first word is the first name and 'Maria de Wit' the surname: a person sees that in the dry run.
    """
    own_last, comma, rest = (part.strip() for part in whole.partition(","))
    words = (rest if comma else whole).split()
    given: list[str] = []
    if words and (comma or len(words) > 1) and names.fold(words[0]) not in {names.fold(p) for p in names.PREFIXES}:
        given = [words.pop(0)]
        while words and _INITIALS.fullmatch(given[-1]) and "." in words[0] and _INITIALS.fullmatch(words[0]):
            given.append(words.pop(0))
    parts = {"last_name": own_last if comma else " ".join(words)}
    if comma and words:
        parts["prefix"] = known["prefix"] or " ".join(words)
    if given and not known["initials"] and not known["first_name"]:
        kind = "initials" if all(_INITIALS.fullmatch(word) for word in given) else "first_name"
        parts[kind] = " ".join(given)
    return parts


def split_address(line: str) -> tuple[str, str]:
    """(street, house number) of one line; ('line', '') when no house number is at its end.

    The number begins as far left as it can ('Kerkstraat 12 bis'), but a year belongs to the street ('Plein 1944 12').
    """
    words = line.split()
    for place in range(1, len(words)):
        rest = " ".join(words[place:])
        is_year = re.fullmatch(r"(18|19|20)\d\d", words[place]) and place + 1 < len(words)
        if words[place][0].isdigit() and not is_year and _is_house_number(rest):
            return " ".join(words[:place]), rest
    return line.strip(), ""


def _is_house_number(text: str) -> bool:
    try:
        addresses.parse_house_number(text)
    except InvalidInput:
        return False
    return True
