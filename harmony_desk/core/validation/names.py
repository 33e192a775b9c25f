"""Names of people: parts, prefixes (tussenvoegsels), the forms they are shown in, and what they sort on.

Dutch rules (`domain.md` 4.1): sorted on the core word; the prefix is lower-case after a first name or
initials and has a capital when it stands alone; the second half of a double name is lower-case.
Belgian names are kept exactly as spelled and sort on the whole.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import N_, _, translate
from harmony_desk.core.validation import text_input


class Usage(StrEnum):
    """Which surname somebody goes by (naamgebruik)."""

    OWN = "own"
    PARTNER = "partner"
    PARTNER_OWN = "partner_own"
    OWN_PARTNER = "own_partner"


class Gender(StrEnum):
    """Only for the salutation."""

    MAN = "m"
    WOMAN = "v"
    X = "x"
    UNKNOWN = "onbekend"


@dataclass(frozen=True)
class PersonName:
    """The parts of a name as they are stored; an absent part is ''."""

    last_name: str
    prefix: str = ""
    initials: str = ""
    first_name: str = ""
    partner_prefix: str = ""
    partner_last_name: str = ""
    usage: Usage = Usage.OWN
    country: str = "NL"


# A selection of the register of prefixes of the Dutch population register.
_BEFORE_ARTICLE = "aan bij in onder op over uit uijt uyt van voor"
_ARTICLES = "de den der het ten 't"
_SINGLE = "'s 't al boven d' da das de del della den der des di dos du el het l' la le les te ten ter thoe toe tot"
_FOREIGN = ("de l'", "de la", "de las", "de los", "van la", "vom", "von", "von dem", "von den", "von der")
PREFIXES = frozenset(
    [
        *(f"{word} {article}" for word in _BEFORE_ARTICLE.split() for article in _ARTICLES.split()),
        *_BEFORE_ARTICLE.split(),
        *_SINGLE.split(),
        *_FOREIGN,
        *("de van der", "van 's", "van ter", "zu", "zum", "zur"),
    ]
)
"""Prefixes that are split off a Dutch surname."""
_PREFIX_LENGTH = 40
_INITIALS_LENGTH = 40
_FIRST_NAME_LENGTH = 100
_APOSTROPHES = "'‘’ʼ`´′"
_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
# These are written against the name: d'Ancona, de l'Isle.
_GLUED = ("d'", "l'")


def _prefix_pattern(prefix: str) -> str:
    """What people type for a prefix: any apostrophe, van't for van 't, any white space."""
    typed = re.escape(prefix).replace(r"\ ", " ").replace(" '", r"\s*'").replace(" ", r"\s+")
    typed = typed.replace("'", f"[{_APOSTROPHES}]")
    return typed + (r"\s*" if prefix.endswith(_GLUED) else r"\s+")


_PREFIX = re.compile(
    f"({'|'.join(_prefix_pattern(prefix) for prefix in sorted(PREFIXES, key=len, reverse=True))})(.*\\w.*)",
    re.IGNORECASE,
)


def parse(
    *,
    last_name: str,
    prefix: str = "",
    initials: str = "",
    first_name: str = "",
    partner_prefix: str = "",
    partner_last_name: str = "",
    usage: str = Usage.OWN,
    country: str = "NL",
) -> PersonName:
    """The typed parts as they are stored. Raises InvalidInput naming the part.

    A prefix typed in front of the surname moves to its own part, unless that is filled already.
    """
    own = _surname(prefix, last_name, "prefix", "last_name", country=country)
    partner = _surname(partner_prefix, partner_last_name, "partner_prefix", "partner_last_name", country=country)
    if usage not in tuple(Usage):
        raise InvalidInput(_("Use of names: choose one from the list."), field="name_usage", code="invalid")
    if usage != Usage.OWN and not partner[1]:
        raise InvalidInput(
            _("Partner's surname: fill it in, or choose to use the own name only."),
            field="partner_last_name",
            code="required",
        )
    if not own[1]:
        raise InvalidInput(_("Surname: fill it in."), field="last_name", code="required")
    return PersonName(
        last_name=own[1],
        prefix=own[0],
        initials=normalise_initials(initials),
        first_name=text_input.line(first_name, field="first_name", label=_("First name"), limit=_FIRST_NAME_LENGTH),
        partner_prefix=partner[0],
        partner_last_name=partner[1],
        usage=Usage(usage),
        country=country,
    )


def split_prefix(surname: str, country: str = "NL") -> tuple[str, str]:
    """(prefix, core) of a surname by the longest prefix in our list; something always stays as the core.

    Other countries' names are never split: "Van den Broeck" in Belgium is one name, with its capital.
    """
    surname = " ".join(surname.split())
    found = _PREFIX.fullmatch(surname) if country == "NL" else None
    # 'van' and 'van der' are surnames by themselves.
    if found is None or normalise_prefix(surname) in PREFIXES:
        return "", surname
    return normalise_prefix(found[1]), found[2]


def normalise_prefix(text: str) -> str:
    """A prefix as it is stored: lower-case, plain apostrophes, "van't" as "van 't"."""
    plain = " ".join(text.translate(_PLAIN_APOSTROPHE).lower().split())
    return re.sub(r"(?<=[a-z])'t\b", " 't", plain)


def normalise_initials(text: str, *, field: str = "initials") -> str:
    """'P.J.' from 'pj', 'P J' or 'P.J'; 'Th.', 'Chr.' and 'IJ.' survive when typed with a dot or as one
    capital and small letters. Raises InvalidInput for whole names."""
    typed = text_input.line(text, field=field, label=_("Initials"), limit=_INITIALS_LENGTH)
    parts = [part for word in re.split(r"[. ]+", typed) for part in _initials_of(word, dotted="." in typed)]
    # The second question refuses ligatures, which have no capital of one letter.
    if any(not re.fullmatch(r"-?[^\W\d_]{1,3}", part) or _capitalised(part) != part for part in parts):
        raise InvalidInput(
            _("Initials: use letters only, such as P.J. or Chr.; a first name has a field of its own."),
            field=field,
            code="invalid",
        )
    return text_input.line(
        "".join(f"{part}." for part in parts), field=field, label=_("Initials"), limit=_INITIALS_LENGTH
    )


def surname(name: PersonName) -> str:
    """As it follows a first name or initials: 'van der Meulen', 'ten Berge-van der Meulen'."""
    own = _joined(name.prefix, name.last_name)
    partner = _joined(name.partner_prefix, name.partner_last_name)
    match _usage(name):
        case Usage.PARTNER:
            return partner
        case Usage.PARTNER_OWN:
            return f"{partner}-{own}"
        case Usage.OWN_PARTNER:
            return f"{own}-{partner}"
        case _:
            return own


def surname_alone(name: PersonName) -> str:
    """As it stands alone or after 'mevrouw': 'Van der Meulen'. 't and d' never take a capital."""
    whole = surname(name)
    leading = name.partner_prefix if _usage(name) in (Usage.PARTNER, Usage.PARTNER_OWN) else name.prefix
    if not leading or leading.startswith("'") or leading.endswith(_GLUED):
        return whole
    return whole[0].upper() + whole[1:]


def display(name: PersonName) -> str:
    """First name (else initials) and surname: 'Pieter van der Meulen'."""
    given = name.first_name or name.initials
    return f"{given} {surname(name)}" if given else surname_alone(name)


def formal(name: PersonName) -> str:
    """Initials (else first name) and surname, for envelopes and documents: 'P.J. van der Meulen'."""
    given = name.initials or name.first_name
    return f"{given} {surname(name)}" if given else surname_alone(name)


def salutation(name: PersonName, gender: str, language: str = "nl") -> str:
    """The first line of a letter, in the customer's language: 'Geachte mevrouw Van der Meulen,'."""
    sentence, person = {
        Gender.MAN: (N_("Dear Mr {name},"), surname_alone(name)),
        Gender.WOMAN: (N_("Dear Ms {name},"), surname_alone(name)),
    }.get(Gender(gender), (N_("Dear {name},"), formal(name)))
    return translate(sentence, language).format(name=person)


def addressee(name: PersonName, gender: str, language: str = "nl") -> str:
    """The first line of an envelope: 'De heer P.J. van der Meulen'."""
    sentence = {Gender.MAN: N_("Mr {name}"), Gender.WOMAN: N_("Ms {name}")}.get(Gender(gender), "{name}")
    return translate(sentence, language).format(name=formal(name))


def sort_key(name: PersonName) -> tuple[str, str, str]:
    """(core, prefix, first name), folded; in Belgium the prefix belongs to the core."""
    if name.country == "BE":
        return fold(name.prefix + name.last_name), "", fold(name.first_name)
    return fold(name.last_name), fold(name.prefix), fold(name.first_name)


# Letters that have no accent to strip. They are replaced after casefold, never before: 'Łukasz' would
# keep its capital Ł, which is not in this list, and lose its first letter.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "\u0131": "i", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th"}
)


def fold(text: str) -> str:
    """What two spellings of a name have in common: no case, accents, spaces or marks ('van 't' = 'vant').

    For comparing in memory. The database's `harmony.fold` keeps words apart and knows only Latin
    letters: never hold the result of one against the other.
    """
    # Twice, because a compatibility letter may hide a capital (the telephone sign) or an accent.
    for _pass in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in text.translate(_LETTERS) if c.isalnum())


def _surname(prefix: str, last_name: str, prefix_field: str, field: str, *, country: str) -> tuple[str, str]:
    label, prefix_label = (
        (_("Surname"), _("Prefix")) if field == "last_name" else (_("Partner's surname"), _("Partner's prefix"))
    )
    core = text_input.line(last_name, field=field, label=label)
    typed = text_input.line(prefix, field=prefix_field, label=prefix_label, limit=_PREFIX_LENGTH)
    if core and not any(c.isalpha() for c in core):
        raise InvalidInput(
            _("{field}: there is no letter in it. Type the name as it is written.").format(field=label),
            field=field,
            code="invalid",
        )
    if typed and not core:
        raise InvalidInput(_("Fill in: {field}.").format(field=label), field=field, code="required")
    if not typed:
        return split_prefix(core, country)
    return (normalise_prefix(typed) if country == "NL" else typed), core


def _usage(name: PersonName) -> Usage:
    """Without a partner's name on file it is always the own one."""
    return name.usage if name.partner_last_name else Usage.OWN


def _joined(prefix: str, core: str) -> str:
    if not prefix:
        return core
    return f"{prefix}{core}" if prefix.endswith(_GLUED) else f"{prefix} {core}"


def _initials_of(word: str, *, dotted: bool) -> list[str]:
    """The initials in one word: one when a dot closed it, by capitals when there are small letters too,
    else each letter. A hyphen stays with the letter after it (J.-P.)."""
    if dotted and len(word.strip("-")) <= 3:
        parts = [word]
    elif word not in (word.lower(), word.upper()):
        parts = re.findall(r"-?[A-Z][^A-Z-]*|.+", word)
    else:
        parts = re.findall(r"-?[^-]", word) or [word]
    return [_capitalised(part) for part in parts if part]


def _capitalised(part: str) -> str:
    if part.upper() == "IJ":
        return "IJ"
    hyphen, letters = ("-", part[1:]) if part.startswith("-") else ("", part)
    return hyphen + letters[:1].title() + letters[1:].lower()
