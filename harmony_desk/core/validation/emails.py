"""E-mail addresses: one @, a domain that can exist, nothing that could end a header."""

import re
import unicodedata

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input

# RFC 5322 dot-atom; quoted local parts exist on paper only. Letters of any script (RFC 6531) are fine.
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST, _LONGEST_LOCAL = 254, 64


def normalise(text: str, *, field: str = "email") -> str:
    """The address as typed with its domain in lower case; the part before the @ is the mailbox's own
    business and stays. Raises InvalidInput."""
    typed = text_input.code(text, field=field, label=_("E-mail address"), limit=_LONGEST)
    typed = re.sub(r"^mailto:", "", typed, flags=re.IGNORECASE)
    local, at, domain = typed.partition("@")
    domain = unicodedata.normalize("NFC", domain.lower())
    address = f"{local}@{domain}"
    if not at or not _LOCAL.fullmatch(local) or not _domain_can_exist(domain):
        raise InvalidInput(
            _("E-mail address: write it as name@example.nl, without spaces."), field=field, code="invalid"
        )
    if len(local.encode()) > _LONGEST_LOCAL or len(address.encode()) > _LONGEST:
        raise InvalidInput(_("E-mail address: this is too long to exist."), field=field, code="too_long")
    return address


def _domain_can_exist(domain: str) -> bool:
    try:
        labels = domain.encode("idna").decode().lower().split(".")
    except UnicodeError:
        return False
    return len(labels) >= 2 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
