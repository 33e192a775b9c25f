"""Countries by their Dutch names, kept as ISO 3166 codes."""

from functools import cache

from babel import Locale

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import names, text_input

# babel also lists groups and reserved codes that no letter can be sent to.
_NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
# The company's own market, first in every list.
_NEIGHBOURS = ("NL", "BE", "DE")


def name(code: str) -> str:
    """'Nederland' for 'NL'; a code that babel does not know is its own name."""
    return _names().get(code, code)


def choices() -> list[tuple[str, str]]:
    """(code, Dutch name) for a list to choose from: the neighbours first, then by the alphabet."""
    others = sorted((code for code in _names() if code not in _NEIGHBOURS), key=lambda c: names.fold(name(c)))
    return [(code, name(code)) for code in (*_NEIGHBOURS, *others)]


def parse(text: str, *, field: str = "country") -> str:
    """The ISO code of a country's Dutch name or of the code itself. Raises InvalidInput."""
    typed = text_input.line(text, field=field, label=_("Country"), limit=80, required=True)
    if typed.upper() in _names():
        return typed.upper()
    code = _codes().get(names.fold(typed))
    if code is None:
        raise InvalidInput(_("Country: choose one from the list."), field=field, code="invalid")
    return code


@cache
def _names() -> dict[str, str]:
    territories = Locale("nl").territories
    return {
        code: str(dutch)
        for code, dutch in territories.items()
        if len(code) == 2 and code.isascii() and code.isalpha() and code not in _NO_COUNTRY
    }


@cache
def _codes() -> dict[str, str]:
    return {names.fold(dutch): code for code, dutch in _names().items()}
