"""What a column of a list can be: the field, its name for people, and how its header is written elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from harmony_desk.core.texts import N_
from harmony_desk.core.validation import names


@dataclass(frozen=True)
class Field:
    """`headers` are separated by commas; accents, capitals, spaces and marks do not count. `many`: more columns fit."""

    label: str
    headers: str
    many: bool = False


FIELDS = {
    "full_name": Field(N_("Whole name"), "naam, volledige naam, klantnaam, name, full name, customer name"),
    "initials": Field(N_("Initials"), "initialen, voorletters, initials, voorletter"),
    "first_name": Field(N_("First name"), "voornaam, roepnaam, first name, given name, firstname"),
    "prefix": Field(N_("Prefix"), "tussenvoegsel, tussenvoegsels, voorvoegsel, voorvoegsels, tv, prefix, infix"),
    "last_name": Field(N_("Surname"), "achternaam, familienaam, last name, surname, family name, lastname"),
    "partner_prefix": Field(
        N_("Partner's prefix"), "tussenvoegsel partner, voorvoegsel partner, partner tussenvoegsel, partner prefix"
    ),
    "partner_last_name": Field(
        N_("Partner's surname"), "achternaam partner, partner achternaam, partnernaam, naam partner, partner last name"
    ),
    "name_usage": Field(N_("Use of names"), "naamgebruik, name usage"),
    "gender": Field(N_("Gender"), "geslacht, aanhef, m/v, mv, m/v/x, gender, sex, titel, salutation"),
    "birth_date": Field(
        N_("Date of birth"), "geboortedatum, geb datum, geboren, gebdat, birth date, date of birth, dob"
    ),
    "address_line": Field(
        N_("Street and number"), "adres, adresregel, adresregel 1, straat en huisnummer, address, address line 1"
    ),
    "street": Field(N_("Street"), "straat, straatnaam, street, street name"),
    "house_number": Field(N_("House number"), "huisnummer, huisnr, nr, nummer, house number, number, house no"),
    "house_letter": Field(N_("House letter"), "huisletter, letter, house letter"),
    "house_addition": Field(
        N_("Addition to the house number"),
        "toevoeging, huisnummertoevoeging, huisnr toevoeging, huisnummer toevoeging, toev, bus, addition, suffix",
    ),
    "postcode": Field(N_("Postcode"), "postcode, pc, postal code, zip, zip code, zipcode, postkode"),
    "city": Field(N_("Place"), "plaats, woonplaats, stad, gemeente, city, town, place"),
    "country": Field(N_("Country"), "land, landcode, country, country code"),
    "language": Field(N_("Language"), "taal, taalcode, language"),
    "phone": Field(
        N_("Telephone number"),
        "telefoon, telefoonnummer, tel, telnr, telefoon 1, telefoon 2, telefoon vast, vast nummer, telefoon thuis,"
        " telefoon mobiel, mobiel, mobiel nummer, mobiele telefoon, mobielnr, gsm, 06, phone, phone number, telephone,"
        " mobile, mobile phone",
        many=True,
    ),
    "email": Field(
        N_("E-mail address"), "e-mail, email, e-mailadres, mail, mailadres, emailadres 2, email address", many=True
    ),
    "iban": Field(
        N_("IBAN"), "iban, rekening, rekeningnummer, bankrekening, bankrekeningnummer, account, account number"
    ),
    "holder_name": Field(
        N_("Account holder"), "tenaamstelling, rekeninghouder, ten name van, t.n.v., account holder, holder"
    ),
}
# A citizen service number may not be kept (UAVG art. 46), so the file that holds one does not come in.
_FORBIDDEN = "bsn, bsn nummer, burgerservicenummer, sofi, sofinummer, rijksregisternummer, insz, citizen service number"


def fold(header: str) -> str:
    """What two spellings of a header have in common."""
    return names.fold(header)


def field_of(header: str) -> str | None:
    """The field that a header names, as far as we know its word."""
    return _known().get(fold(header))


def is_forbidden(header: str) -> bool:
    """Whether the column holds numbers that the company may not have."""
    return fold(header) in {fold(word) for word in _FORBIDDEN.split(",")}


@cache
def _known() -> dict[str, str]:
    return {fold(word): name for name, one in FIELDS.items() for word in one.headers.split(",")}
