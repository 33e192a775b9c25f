"""Telephone numbers as telephone systems write them, and who is called by which extension."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, Final

import phonenumbers

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.telephony import lines
from harmony_desk.telephony.reasons import Unusable

_WITHHELD: Final = frozenset(
    {"", "anonymous", "unknown", "<unknown>", "restricted", "private", "unavailable", "withheld"}
)
_LOGIN: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
_EXTENSION: Final = re.compile(r"[0-9]{2,5}")


@dataclass(frozen=True)
class Caller:
    """A number as it came, in E.164 when it can be dialled, and whether the caller withheld it."""

    raw: str | None
    e164: str | None
    withheld: bool


def caller(raw: str) -> Caller:
    """Never refuses: what cannot be dialled is kept as it came."""
    if raw.strip().lower() in _WITHHELD:
        return Caller(None, None, True)
    return Caller(raw[:80], e164(raw), False)


def e164(raw: str) -> str | None:
    """'0612345678', '+31612345678' or '0031612345678' as '+31612345678'; None for what is no number."""
    digits = re.sub(r"[\s().-]", "", raw)
    if not re.fullmatch(r"\+?[0-9]{7,15}", digits):
        return None
    try:
        parsed = phonenumbers.parse(digits, "NL")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def is_extension(number: str) -> bool:
    """A short number inside the company."""
    return _EXTENSION.fullmatch(number) is not None


def peer(channel: str) -> str:
    """Who a channel is: 'PJSIP/201-0000001f' and 'Local/agent1@desk-00000005;1' as '201' and 'agent1'."""
    name = channel.partition("/")[2] or channel
    return re.split(r"[@;]", re.sub(r"-[0-9a-f]{6,}(;[12])?$", "", name))[0]


class Agents:
    """Which login answers on an extension, an interface or under a queue name."""

    def __init__(self, logins: Mapping[str, str] = MappingProxyType({})) -> None:
        self._logins = {name.lower(): login for name, login in logins.items()}

    def login(self, name: str | None) -> str | None:
        """The login behind a name; a name that is not in the list counts when it has the form of a login."""
        if not name or name.upper() == "NONE":
            return None
        for known in (name, peer(name)):
            if known.lower() in self._logins:
                return self._logins[known.lower()]
        return name if _LOGIN.fullmatch(name) and "." in name else None


def read_agents(file: BinaryIO) -> Agents:
    """A list of `extension or interface,login` lines. Raises UserError with the line number."""
    found = {}
    for number, text in lines.numbered(file):
        fields = [] if isinstance(text, Unusable) else [field.strip() for field in next(csv.reader([text]), [])]
        if len(fields) != 2 or not fields[0] or not _LOGIN.fullmatch(fields[1]) or fields[0].lower() in found:
            raise UserError(
                _("Line {number} of the list of agents is not an extension, a comma and a login.").format(
                    number=number
                ),
                field="agents",
                code="agents",
            )
        found[fields[0].lower()] = fields[1]
    return Agents(found)
