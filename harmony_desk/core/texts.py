"""Sentences for people: `_()`, `ngettext()`, the language, and what a status of the database means.

Message ids are English sentences; `resources/i18n/<language>/LC_MESSAGES/harmony_desk.po` holds the
Dutch. Placeholders have names and are filled afterwards: `_("Ring {name} back.").format(name=name)`.
Dutch is the language unless somebody chose English. The choice is one for the whole process, because
a desk has one person in front of it; a letter, which follows the customer's language, uses
`translate()`.
"""

import gettext
import hashlib
import io
import logging
import re
from functools import cache
from pathlib import Path

log = logging.getLogger(__name__)

DOMAIN = "harmony_desk"
SOURCE_LANGUAGE = "en"
LANGUAGES = ("nl", SOURCE_LANGUAGE)
_language = "nl"


def language() -> str:
    """The language people read now: 'nl' or 'en'."""
    return _language


def use_language(code: str) -> None:
    """Switch the whole process to another language. Raises ValueError for one that we do not have."""
    global _language
    if code not in LANGUAGES:
        raise ValueError(f"no such language, choose from {', '.join(LANGUAGES)}")
    _language = code


def _(message: str) -> str:
    """The sentence in the language of the person at the desk."""
    return translate(message, _language)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The sentence for that many; fill `{count}` yourself."""
    return _catalogue(_language).ngettext(singular, plural, count)


def translate(message: str, code: str) -> str:
    """The sentence in a language of choice, for what is written to a customer."""
    # gettext answers the empty text with the catalogue's header.
    return _catalogue(code).gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a sentence for translation now that is looked up later, as in a table of sentences."""
    return message


def folder() -> Path:
    """Where the catalogues are: beside the package in a checkout and a frozen program, inside it when
    a wheel was built so."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "resources" / "i18n"
    return inside if inside.is_dir() else package.parent / "resources" / "i18n"


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    stem = folder() / code / "LC_MESSAGES" / DOMAIN
    return load(stem.with_suffix(".po"), stem.with_suffix(".mo"))


def load(po: Path, mo: Path) -> gettext.NullTranslations:
    """Read a catalogue: the .mo when it was made from this very .po, else the .po itself.

    So a bare clone speaks Dutch before anything was built, and an edited .po counts at once. Without
    either file people read the English sentences, and the log says so.
    """
    source = po.read_bytes() if po.is_file() else None
    if mo.is_file():
        compiled = gettext.GNUTranslations(io.BytesIO(mo.read_bytes()))
        # Compared by content: times of files say nothing after an installer unpacked them.
        if source is None or compiled.info().get("project-id-version", "").endswith(digest(source)):
            return compiled
    if source is None:
        log.warning("no catalogue of translations; sentences stay English")
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(compile_po(source)))


def digest(source: bytes) -> str:
    """The mark of one text of a .po; line ends do not count, version control may change them."""
    return hashlib.sha256(source.replace(b"\r\n", b"\n")).hexdigest()


def compile_po(source: bytes) -> bytes:
    """The .mo of a .po, with the mark of its source."""
    # Imported here: this is the slow road (about 50 ms), not needed once the .mo was built.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    catalogue = read_po(io.BytesIO(source), domain=DOMAIN)
    # The one header that babel lets us fill: a .mo says which text of the .po it was made from.
    catalogue.version = digest(source)
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


# What the functions of the database answer (`visibility.md`), and what to do then. No sentence may
# let the reader guess at the incident register: a refusal reads the same whatever is behind it.
STATUS_SENTENCES = {
    "ok": N_("Done."),
    "open": N_("The file is open."),
    "motive_required": N_(
        "This file needs a reason of your own. Write in at least 15 characters why it must be opened; "
        "the privacy manager reads it."
    ),
    "refused: no_confidentiality": N_(
        "There is no valid confidentiality statement for this account. Sign a new one and ask the "
        "administrator to record its date."
    ),
    "refused: restricted": N_(
        "This customer's data may not be used for now. Refer the customer to the privacy manager."
    ),
    "refused: unknown": N_(
        "This is not known, or nobody has settled it yet. Check the number, or ask the privacy manager to settle it."
    ),
    "refused: not_allowed": N_(
        "Your role may not do this, or not for this purpose. Choose another purpose, or ask a colleague "
        "with the right role."
    ),
    "refused: objection": N_(
        "The customer has objected to this. Leave it be, and ask the privacy manager when in doubt."
    ),
    "refused: expired": N_(
        "The term has ended. Open the file or ask again; a recording past its 180 days is gone for good."
    ),
    "refused: not_committed": N_("The request was not saved yet. Save it first, then try again."),
    "refused: ticket_old": N_("This permission is older than 15 minutes. Ask for it again."),
    "refused: wrong_isolation": N_(
        "The database shows nothing in this kind of transaction. Use READ COMMITTED; in the window, sign in again."
    ),
    "refused: no_epoch_key": N_(
        "The keys are being loaded. Try again in a minute; call the administrator if it takes longer."
    ),
    "refused: not_verified": N_("The caller is not verified far enough. Ask the next check question first."),
    "refused: no_agreement": N_(
        "There is no valid agreement with this recipient. Ask the privacy manager to record or renew it."
    ),
    "refused: no_authorisation": N_(
        "The customer has not authorised this. Ask the customer for an authorisation and record it first."
    ),
    "refused: rate_limited": N_(
        "That was too often in a short time. Wait a few minutes; ask the team lead if this keeps happening."
    ),
    "refused: too_short": N_(
        "That is too little to search for. Type at least 3 characters, or 2 with a date of birth, postcode or place."
    ),
    "refused: already_done": N_("This was done already. Refresh the screen to see how it stands."),
    "refused: no_role": N_("This account has no role for this. Ask the administrator for the role."),
}

_UNKNOWN_STATUS = N_(
    "The database refused this, for a reason that this version of the desk does not know. Ask the "
    "administrator whether an update is waiting."
)


def status_sentence(status: str) -> str:
    """What a status of the database means and what to do, in the person's language.

    A status that this version does not know gets a sentence of its own instead of a crash: the
    server may be newer than the desk.
    """
    sentence = STATUS_SENTENCES.get(status)
    if sentence is None:
        shape = status if re.fullmatch(r"[a-z_]{1,40}(: [a-z_]{1,40})?", status) else "not a code"
        log.warning("unknown status from the database: %s", shape)
        sentence = _UNKNOWN_STATUS
    return _(sentence)
