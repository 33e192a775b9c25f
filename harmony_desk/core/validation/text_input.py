"""The one filter for text that people type or paste, before any other rule looks at it.

PostgreSQL cannot keep NUL, UTF-8 cannot write half a surrogate pair, an index cannot hold a novel:
each of these would otherwise fail far from the field, in words that nobody understands.
"""

import re
import unicodedata

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _

NAME_LENGTH = 200
"""Characters of a name, a street, a subject: what fits on one line."""
NOTE_BYTES = 65_536
"""Bytes of a note in UTF-8."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Marks that turn the direction of reading; a name with one in it can look like another name.
_BIDI = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_HIDDEN = re.compile("[" + "".join(_BIDI) + r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


def line(text: str, *, field: str, label: str, limit: int = NAME_LENGTH, required: bool = False) -> str:
    """One line of text: NFC, without control characters, white space as single spaces.

    `label` is the field's name in the person's language. Direction marks stay (they belong to some
    names) and are shown by `visible`. Raises InvalidInput for half a surrogate pair, for more than
    `limit` characters, and for nothing when `required`.
    """
    # Before anything slow: ordering a megabyte of combining marks takes Python minutes.
    _refuse_longer(text, limit * 4, limit, field, label)
    refuse_surrogates(text, field=field, label=label)
    clean = unicodedata.normalize("NFC", " ".join(_CONTROL.sub("", text).split()))
    _refuse_longer(clean, limit, limit, field, label)
    if required and not clean:
        raise InvalidInput(_("Fill in: {field}.").format(field=label), field=field, code="required")
    return clean


def note(text: str, *, field: str = "note", label: str | None = None) -> str:
    """A text of several lines as it was typed, only without NUL; at most `NOTE_BYTES`.

    Nothing else is changed, so that what is read back is what was written. Raises InvalidInput.
    """
    label = label or _("Note")
    if len(text) <= NOTE_BYTES:
        refuse_surrogates(text, field=field, label=label)
        clean = text.replace("\0", "")
        if len(clean.encode()) <= NOTE_BYTES:
            return clean
    raise InvalidInput(
        _("{field}: this is more than 64 kB. Shorten it, or add it to the file as a document.").format(field=label),
        field=field,
        code="too_long",
    )


def code(text: str, *, field: str, label: str, limit: int = 60, required: bool = True) -> str:
    """A number or code: as `line`, and without the invisible marks that a copy from an address book or
    a PDF brings along. An empty one is refused unless `required` is off."""
    clean = line(text, field=field, label=label, limit=limit)
    visible_only = "".join(c for c in clean if unicodedata.category(c) != "Cf")
    return line(visible_only, field=field, label=label, limit=limit, required=required)


def refuse_surrogates(text: str, *, field: str, label: str) -> None:
    """Raise InvalidInput when half a character is in the text (a broken copy); no database takes it."""
    if _SURROGATE.search(text):
        raise InvalidInput(
            _("{field}: there is half a character in this text. Type it again instead of pasting it.").format(
                field=label
            ),
            field=field,
            code="broken_character",
        )


def visible(text: str) -> str:
    """The text as a screen shows it: direction marks and control characters as words in brackets."""
    return _HIDDEN.sub(lambda found: f"[{_BIDI.get(found[0]) or f'U+{ord(found[0]):04X}'}]", text)


def _refuse_longer(text: str, longest: int, limit: int, field: str, label: str) -> None:
    if len(text) > longest:
        raise InvalidInput(
            _("{field}: at most {limit} characters fit here. Shorten it.").format(field=label, limit=limit),
            field=field,
            code="too_long",
        )
