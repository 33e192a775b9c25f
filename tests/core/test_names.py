"""Names (domain.md 4.1): prefixes, forms, order, and the key that two spellings share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import names
from harmony_desk.core.validation.names import PersonName, Usage
from tests.core.refusals import anything, near, outcome, refused

NAME_PARTS = near("van", "der", "de", "'t", "in", "d'", "Berg", "Łu", "é", "ß", "-", " ", " ", "’", "IJ", "x", ".")


@pytest.mark.parametrize(
    ("surname", "prefix", "core"),
    [
        ("in 't Veld", "in 't", "Veld"),
        ("'t Hart", "'t", "Hart"),
        ("'s-Gravesande", "", "'s-Gravesande"),
        ("d'Ancona", "d'", "Ancona"),
        ("van den Heuvel tot Beichlingen", "van den", "Heuvel tot Beichlingen"),
        ("Vander Laan", "", "Vander Laan"),
        ("Vandenberg", "", "Vandenberg"),
        ("van", "", "van"),
        ("Van der Valk", "van der", "Valk"),
        ("van der Berg", "van der", "Berg"),
        ("ter Horst", "ter", "Horst"),
        ("op den Kamp", "op den", "Kamp"),
        ("el Amrani", "el", "Amrani"),
        ("Ben Ali", "", "Ben Ali"),
        ("Oennen-Goyaerts van Waderle", "", "Oennen-Goyaerts van Waderle"),
        ("van der Meulen", "van der", "Meulen"),
        ("ten Berge", "ten", "Berge"),
        # beyond the document
        ("van't Veld", "van 't", "Veld"),
        ("Van ’t Hof", "van 't", "Hof"),
        ("van 's-Gravesande", "van", "'s-Gravesande"),
        ("D'Ancona", "d'", "Ancona"),
        ("d' Ancona", "d'", "Ancona"),
        ("de l'Isle", "de l'", "Isle"),
        ("VAN  DER   BERG", "van der", "BERG"),
        ("van der", "", "van der"),
        ("'t", "", "'t"),
        ("d'", "", "d'"),
        ("de Vries", "de", "Vries"),
        ("Devries", "", "Devries"),
        ("O’Brien", "", "O’Brien"),
        ("", "", ""),
    ],
)
def test_the_longest_prefix_is_split_off(surname: str, prefix: str, core: str) -> None:
    assert names.split_prefix(surname) == (prefix, core)


@pytest.mark.parametrize("surname", ["Van den Broeck", "Vander Laan", "De Smet", "D'Hondt", "van den Broeck"])
def test_belgian_spelling_is_kept_exactly(surname: str) -> None:
    assert names.split_prefix(surname, "BE") == ("", surname)
    assert names.surname_alone(names.parse(last_name=surname, country="BE")) == surname


@pytest.mark.parametrize(
    ("parts", "after_first_name", "alone"),
    [
        (("van der", "Meulen"), "van der Meulen", "Van der Meulen"),
        (("d'", "Ancona"), "d'Ancona", "d'Ancona"),
        (("in 't", "Veld"), "in 't Veld", "In 't Veld"),
        (("'t", "Hart"), "'t Hart", "'t Hart"),
        (("de l'", "Isle"), "de l'Isle", "de l'Isle"),
        (("", "van"), "van", "van"),
        (("", "Jansen"), "Jansen", "Jansen"),
    ],
)
def test_the_prefix_has_a_capital_only_when_it_opens_the_name(
    parts: tuple[str, str], after_first_name: str, alone: str
) -> None:
    name = PersonName(prefix=parts[0], last_name=parts[1], first_name="Pieter")

    assert names.surname(name) == after_first_name
    assert names.surname_alone(name) == alone
    assert names.display(name) == f"Pieter {after_first_name}"


@pytest.mark.parametrize(
    ("usage", "after_first_name", "alone"),
    [
        ("own", "van der Meulen", "Van der Meulen"),
        ("partner", "ten Berge", "Ten Berge"),
        ("partner_own", "ten Berge-van der Meulen", "Ten Berge-van der Meulen"),
        ("own_partner", "van der Meulen-ten Berge", "Van der Meulen-ten Berge"),
    ],
)
def test_the_use_of_names_decides_which_surname_is_shown(usage: str, after_first_name: str, alone: str) -> None:
    name = names.parse(initials="p", last_name="van der Meulen", partner_last_name="Ten Berge", usage=usage)

    assert names.surname(name) == after_first_name
    assert names.surname_alone(name) == alone
    assert names.formal(name) == f"P. {after_first_name}"


def test_without_a_partners_name_on_file_the_own_name_is_shown() -> None:
    name = PersonName(prefix="van", last_name="Dam", usage=Usage.PARTNER_OWN)

    assert names.surname_alone(name) == "Van Dam"


def test_a_name_alone_opens_with_a_capital_and_a_given_name_goes_before() -> None:
    alone = PersonName(prefix="van der", last_name="Meulen")
    both = PersonName(prefix="van der", last_name="Meulen", initials="P.J.", first_name="Pieter")

    assert names.display(alone) == names.formal(alone) == "Van der Meulen"
    assert names.display(both) == "Pieter van der Meulen"
    assert names.formal(both) == "P.J. van der Meulen"


@pytest.mark.parametrize(
    ("gender", "salutation", "addressee"),
    [
        ("m", "Geachte heer Van der Meulen,", "De heer P.J. van der Meulen"),
        ("v", "Geachte mevrouw Van der Meulen,", "Mevrouw P.J. van der Meulen"),
        ("x", "Geachte P.J. van der Meulen,", "P.J. van der Meulen"),
        ("onbekend", "Geachte P.J. van der Meulen,", "P.J. van der Meulen"),
    ],
)
def test_a_letter_greets_by_gender_or_by_the_whole_name(gender: str, salutation: str, addressee: str) -> None:
    name = PersonName(prefix="van der", last_name="Meulen", initials="P.J.", first_name="Pieter")

    assert names.salutation(name, gender) == salutation
    assert names.addressee(name, gender) == addressee


def test_a_letter_in_english_follows_the_customer() -> None:
    name = PersonName(prefix="van der", last_name="Meulen", initials="P.J.")

    assert names.salutation(name, "v", "en") == "Dear Ms Van der Meulen,"
    assert names.addressee(name, "m", "en") == "Mr P.J. van der Meulen"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("pj", "P.J."),
        ("PJ", "P.J."),
        ("P J", "P.J."),
        ("P.J", "P.J."),
        ("p.j.", "P.J."),
        ("P. J.", "P.J."),
        ("Th.", "Th."),
        ("Chr.A.", "Chr.A."),
        ("ThA", "Th.A."),
        ("IJ.", "IJ."),
        ("J-P", "J.-P."),
        ("J.-P.", "J.-P."),
        ("é", "É."),
        ("", ""),
    ],
)
def test_initials_get_their_capitals_and_dots(typed: str, kept: str) -> None:
    assert names.normalise_initials(typed) == kept
    assert names.normalise_initials(kept) == kept


def test_initials_must_fit_with_their_dots() -> None:
    assert names.normalise_initials("A" * 20) == "A." * 20
    assert refused(names.normalise_initials, "A" * 21).code == "too_long"


@pytest.mark.parametrize("typed", ["Pieter", "P1", "P.Jansen", "?", "😀", "P/J", "-"])
def test_what_are_no_initials_is_refused(typed: str) -> None:
    assert refused(names.normalise_initials, typed).field == "initials"


def test_typed_parts_are_stored_in_their_own_places() -> None:
    name = names.parse(
        last_name=" Van der Meulen ",
        initials="pj",
        first_name=" Pieter  Jan ",
        partner_last_name="d'Ancona",
        usage="partner_own",
    )

    assert name == PersonName(
        last_name="Meulen",
        prefix="van der",
        initials="P.J.",
        first_name="Pieter Jan",
        partner_prefix="d'",
        partner_last_name="Ancona",
        usage=Usage.PARTNER_OWN,
    )


def test_a_prefix_of_its_own_is_taken_as_typed() -> None:
    name = names.parse(prefix="Van’t", last_name="de Haan")

    assert (name.prefix, name.last_name) == ("van 't", "de Haan")


@pytest.mark.parametrize(
    ("parts", "field", "code"),
    [
        ({"last_name": ""}, "last_name", "required"),
        ({"last_name": "", "prefix": "van"}, "last_name", "required"),
        ({"last_name": "12345"}, "last_name", "invalid"),
        ({"last_name": "x" * 201}, "last_name", "too_long"),
        ({"last_name": "Jansen\ud83d"}, "last_name", "broken_character"),
        ({"last_name": "Jansen", "first_name": "x" * 101}, "first_name", "too_long"),
        ({"last_name": "Jansen", "prefix": "van " * 20}, "prefix", "too_long"),
        ({"last_name": "Jansen", "usage": "partner"}, "partner_last_name", "required"),
        ({"last_name": "Jansen", "partner_prefix": "van"}, "partner_last_name", "required"),
        ({"last_name": "Jansen", "partner_last_name": "?"}, "partner_last_name", "invalid"),
        ({"last_name": "Jansen", "usage": "both"}, "name_usage", "invalid"),
        ({"last_name": "Jansen", "initials": "Pieter"}, "initials", "invalid"),
    ],
)
def test_a_part_that_cannot_be_is_refused_by_name(parts: dict[str, str], field: str, code: str) -> None:
    error = refused(names.parse, **parts)

    assert (error.field, error.code) == (field, code)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("van't", "van 't"),
        ("van 't", "vant"),
        ("Łukasz", "lukasz"),
        ("ŁUKASZ", "Lukasz"),
        ("Søren", "Soren"),
        ("Strauß", "STRAUSS"),
        ("Yıldız", "YILDIZ"),
        ("Æbelø", "aebelo"),
        ("Ĳsselmuiden", "ijsselmuiden"),
        ("Müller-Weiß", "muller weiss"),
        ("d’Ancona", "D'ANCONA"),
        ("Đorđe", "dorde"),
        ("Œuvray", "oeuvray"),
        ("Ｊansen", "jansen"),
        ("Cafe\u0301", "Café"),
        ("İpek", "ipek"),
        ("℡", "tel"),
    ],
)
def test_two_spellings_of_a_name_fold_to_one(one: str, other: str) -> None:
    assert names.fold(one) == names.fold(other) != ""


def test_folding_keeps_the_first_letter_of_lukasz() -> None:
    assert names.fold("Łukasz") == "lukasz"


def test_different_names_stay_different() -> None:
    folded = {names.fold(name) for name in ("Jansen", "Janssen", "Jonssen", "田中", "Ольга", "Berg", "van den Berg")}

    assert len(folded) == 7


def test_the_netherlands_sort_on_the_core_and_belgium_on_the_whole_name() -> None:
    dutch = [names.parse(last_name=n) for n in ("Zwart", "van der Berg", "Aalbers", "de Berg", "Berg", "ten Have")]
    belgian = [names.parse(last_name=n, country="BE") for n in ("Wouters", "Van den Broeck", "Broeck", "De Smet")]

    assert [names.surname(n) for n in sorted(dutch, key=names.sort_key)] == [
        "Aalbers", "Berg", "de Berg", "van der Berg", "ten Have", "Zwart",
    ]  # fmt: skip
    assert [names.surname(n) for n in sorted(belgian, key=names.sort_key)] == [
        "Broeck", "De Smet", "Van den Broeck", "Wouters",
    ]  # fmt: skip


def test_a_belgian_prefix_typed_apart_still_belongs_to_the_whole_name() -> None:
    apart = names.parse(prefix="Van den", last_name="Broeck", country="BE")

    assert apart.prefix == "Van den"
    assert names.sort_key(apart) == names.sort_key(names.parse(last_name="Van den Broeck", country="BE"))
    assert names.surname(apart) == "Van den Broeck"


def test_first_names_decide_between_namesakes() -> None:
    people = [PersonName(last_name="Vries", prefix="de", first_name=first) for first in ("Jan", "Éva", "Anna")]

    assert [p.first_name for p in sorted(people, key=names.sort_key)] == ["Anna", "Éva", "Jan"]


@given(anything | NAME_PARTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


@given(anything | NAME_PARTS, st.sampled_from(["NL", "BE"]))
def test_nothing_of_a_surname_is_lost_by_splitting(text: str, country: str) -> None:
    prefix, core = names.split_prefix(text, country)

    assert names.fold(prefix + core) == names.fold(text)
    assert core or not text.split()


@given(anything | NAME_PARTS, st.sampled_from(["NL", "BE"]))
def test_a_stored_name_is_stored_the_same_again(text: str, country: str) -> None:
    name = outcome(names.parse, last_name=text, country=country)

    if isinstance(name, PersonName):
        assert names.parse(last_name=name.last_name, prefix=name.prefix, country=country) == name
        assert names.surname_alone(name).strip() == names.surname_alone(name) != ""


@given(anything | near("p", "J", ".", " ", "-", "IJ", "Th", "é", "ß", "ǆ", "ŉ"))
def test_initials_are_the_same_when_typed_as_kept(text: str) -> None:
    kept = outcome(names.normalise_initials, text)

    assert not isinstance(kept, str) or names.normalise_initials(kept) == kept
