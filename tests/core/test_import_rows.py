"""Rows of a list: mapped by their headers, checked by the rules of the desk, compared among themselves."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.imports import duplicates, mapping, reading, rows, words
from harmony_desk.core.imports.fields import FIELDS, field_of
from tests import naughty
from tests.core.refusals import anything, refused

TODAY = dt.date(2026, 11, 22)


def checked(header: str, *lines: str, **changes: str | None) -> rows.Checked:
    sheet = reading.read("\n".join([header, *lines]).encode(), delimiter=";")
    return rows.check(sheet, mapping.guess(sheet.header, changes), today=TODAY)


def values(header: str, line: str) -> dict[str, Any]:
    found = checked(header, line)
    assert found.problems == []
    return dict(found.people[0].values)


def problems(header: str, line: str) -> list[tuple[str, str | None]]:
    found = checked(header, line)
    assert found.people == []
    return [(problem.column, problem.code) for problem in found.problems]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Achternaam", "last_name"), ("ACHTERNAAM ", "last_name"), ("E-mailadres", "email"), ("e_mail", "email"),
        ("Geb.datum", "birth_date"), ("Geb datum", "birth_date"), ("Date of Birth", "birth_date"),
        ("Huisnr.", "house_number"), ("Mobiel", "phone"), ("Telefoon 2", "phone"), ("T.n.v.", "holder_name"),
        ("M/V", "gender"), ("Opmerking", None), ("", None),
    ],
)  # fmt: skip
def test_headers_of_other_systems_are_known(header: str, field: str | None) -> None:
    assert field_of(header) == field


def test_no_header_stands_for_two_fields() -> None:
    given_words = [(word.strip(), name) for name, one in FIELDS.items() for word in one.headers.split(",")]

    assert {word: field_of(word) for word, _name in given_words} == dict(given_words)


def test_a_column_can_be_chosen_left_out_and_kept_as_a_profile() -> None:
    header = ("Naam", "Cliëntnaam", "Bel mij op", "Telefoon")

    profile = mapping.guess(header, {"Naam": None, "Cliëntnaam": "last_name", "Bel mij op": "phone"})

    assert dict(profile.columns) == {"Cliëntnaam": "last_name", "Bel mij op": "phone", "Telefoon": "phone"}
    assert mapping.load(mapping.dump(profile)) == profile
    assert mapping.changed(profile, {"Telefoon": None}).columns == {"Cliëntnaam": "last_name", "Bel mij op": "phone"}


@pytest.mark.parametrize(
    ("header", "changes", "code"),
    [
        (("Voornaam", "Plaats"), {}, "no_name_column"),
        (("Jansen", "Edam"), {}, "no_name_column"),
        (("Achternaam", "X"), {"X": "last_name", "Achternaam": "last_name"}, "field_twice"),
        (("Achternaam",), {"Weg": "city"}, "missing_column"),
        (("Achternaam", "X"), {"X": "password"}, "unknown_field"),
        (("Achternaam", "BSN"), {}, "citizen_service_number"),
        (("Achternaam", "Burgerservice-nummer"), {"Burgerservice-nummer": None}, "citizen_service_number"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(
    header: tuple[str, ...], changes: dict[str, str | None], code: str
) -> None:
    assert refused(lambda: mapping.guess(header, changes)).code == code


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "null", "{" * 5000, '{"format": 1}', '{"format": 2, "columns": {}}', '{"format":1,"columns":[]}',
        '{"format":1,"columns":{"a":3}}', '{"format":1,"columns":{},"delimiter":"|"}',
        '{"format":1,"columns":{},"encoding":7}', '{"format":1,"columns":{},"sheet":[]}',
        '{"format":1,"columns":{},"country":1}', " " * 70_000,
    ],
)  # fmt: skip
def test_what_is_no_profile_is_refused(text: str) -> None:
    assert refused(lambda: mapping.load(text)).code == "not_a_profile"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
@settings(max_examples=100, deadline=None)
def test_any_json_is_a_profile_or_a_refusal(kept: object) -> None:
    for text in (
        json.dumps(kept),
        json.dumps({"format": 1, "columns": kept}),
        json.dumps({"format": 1, "columns": {}, "country": kept}),
    ):
        try:
            profile = mapping.load(text)
        except InvalidInput:
            continue
        assert set(profile.columns.values()) <= set(FIELDS)


@pytest.mark.parametrize(
    ("header", "line", "expected"),
    [
        ("Achternaam", "van der Meulen", {"prefix": "van der", "last_name": "Meulen"}),
        ("Tv;Achternaam", "VAN DER;Meulen", {"prefix": "van der", "last_name": "Meulen"}),
        ("Achternaam;Land", "Van den Broeck;België", {"last_name": "Van den Broeck", "country": "BE"}),
        ("Naam", "P.J. van der Meulen", {"initials": "P.J.", "prefix": "van der", "last_name": "Meulen"}),
        ("Naam", "Pieter van der Meulen", {"first_name": "Pieter", "prefix": "van der", "last_name": "Meulen"}),
        ("Naam", "Meulen, P.J. van der", {"initials": "P.J.", "prefix": "van der", "last_name": "Meulen"}),
        ("Naam", "van der Meulen", {"prefix": "van der", "last_name": "Meulen"}),
        ("Naam", "Meulen", {"last_name": "Meulen"}),
        ("Naam;Voornaam", "J. Bos;Joop", {"first_name": "Joop", "last_name": "Bos"}),
        ("Achternaam;Achternaam partner;Naamgebruik", "Bos;de Wit;partner-eigen",
         {"last_name": "Bos", "partner_prefix": "de", "partner_last_name": "Wit", "name_usage": "partner_own"}),
        ("Achternaam;Geslacht", "Bos;Mevr.", {"gender": "v"}),
        ("Achternaam;Taal", "Bos;Engels", {"language": "en"}),
        ("Achternaam;Geboortedatum", "Bos;5-4-87", {"birth_date": "1987-04-05"}),
        ("Achternaam;Adres", "Bos;Kerkstraat 12 bis", {"street": "Kerkstraat", "house_number": 12, "house_addition": "bis"}),
        ("Achternaam;Adres", "Bos;Plein 1944 12", {"street": "Plein 1944", "house_number": 12}),
        ("Achternaam;Adres", "Bos;Laan '40-'45 7a", {"street": "Laan '40-'45", "house_number": 7, "house_letter": "A"}),
        ("Achternaam;Adres", "Bos;Dorpsplein", {"street": "Dorpsplein"}),
        ("Achternaam;Nr;Huisletter;Toev", "Bos;12;a;2", {"house_number": 12, "house_letter": "A", "house_addition": "2"}),
        ("Achternaam;Nr;Toev", "Bos;12;bus 3", {"house_number": 12, "house_addition": "bus3"}),
        ("Achternaam;Nr", "Bos;t/o 12", {"house_number": 12, "house_addition": "t/o"}),
        ("Achternaam;Postcode", "Bos;3511 zk", {"postcode": "3511ZK"}),
        ("Achternaam;Postcode;Land", "Bos;B-1000;BE", {"postcode": "1000"}),
        ("Achternaam;Mail;Mailadres", "Bos;A@EXAMPLE.NL;a@example.nl", {"emails": ["A@example.nl"]}),
        ("Achternaam;Rekening;Tenaamstelling", "Bos;NL91 ABNA 0417 1643 00;J. Bos e/o",
         {"accounts": [{"iban": "NL91ABNA0417164300", "holder_name": "J. Bos e/o"}]}),
    ],
)  # fmt: skip
def test_cells_are_read_as_people_write_them(header: str, line: str, expected: dict[str, Any]) -> None:
    found = values(header, line)

    assert {key: found.get(key) for key in expected} == expected


def test_one_number_in_two_columns_comes_in_once() -> None:
    found = values("Achternaam;Telefoon;Mobiel", "Bos;06 12345678;+31612345678")

    assert [(phone["e164"], phone["kind"]) for phone in found["phones"]] == [("+31612345678", "mobile")]


@pytest.mark.parametrize(
    ("header", "line", "expected"),
    [
        ("Achternaam;Postcode", "Bos;1234 SA", [("Postcode", "invalid")]),
        ("Achternaam;Postcode", ";3511ZK", [("Achternaam", "required")]),
        ("Naam;Plaats", ";Edam", [("Naam", "required")]),
        ("Naam", "123", [("Naam", "invalid")]),
        ("Achternaam;Telefoon;Mobiel", "Bos;112;geen", [("Telefoon", "short_number"), ("Mobiel", "invalid")]),
        ("Achternaam;Geboren", "Bos;31-02-1980", [("Geboren", "no_such_day")]),
        ("Achternaam;Geboren", "Bos;1-1-2030", [("Geboren", "future")]),
        ("Achternaam;IBAN", "Bos;NL91ABNA0417164301", [("IBAN", "invalid")]),
        ("Achternaam;Geslacht", "Bos;misschien", [("Geslacht", "unknown_word")]),
        ("Achternaam;Land", "Bos;Atlantis", [("Land", "invalid")]),
        ("Achternaam;Adres", "Bos;Kerkstraat 0", [("Adres", "invalid")]),
        ("Achternaam;Straat", "Bos;" + "x" * 300, [("Straat", "too_long")]),
        ("Achternaam;Plaats", "=CMD();Edam", [("Achternaam", "formula")]),
        ("Achternaam;Plaats", "Bos;@SUM(A1)", [("Plaats", "formula")]),
        ("Achternaam;Plaats", "Bos;Edam;te veel", [("C", "too_many_cells")]),
        ("Achternaam;Postcode;E-mail", "Bos;x;y", [("Postcode", "invalid"), ("E-mail", "invalid")]),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_a_problem_of_its_own(header: str, line: str, expected: list[tuple[str, str]]) -> None:
    assert problems(header, line) == expected


def test_a_problem_has_the_row_of_the_spreadsheet_and_never_the_value() -> None:
    found = checked("Achternaam;Telefoon", "Bos;0612345678", "", "Zwaluwenburg;08919992")

    assert [(problem.row, problem.column) for problem in found.problems] == [(4, "Telefoon")]
    assert "08919992" not in found.problems[0].sentence
    assert found.rows == 2


@pytest.mark.parametrize("field", [name for name in FIELDS if name != "last_name"])
def test_naughty_and_huge_cells_come_in_or_are_a_problem(field: str) -> None:
    header = ["Achternaam", "Veld"]
    profile = mapping.Profile({"Achternaam": "last_name", "Veld": field})
    if field == "full_name":
        header, profile = ["Veld"], mapping.Profile({"Veld": field})

    for text in [*naughty.strings(), *naughty.LARGE.values()]:
        cells = [text] if field == "full_name" else ["Bos", text]
        person, wrong = rows.check_row(2, cells, header, profile, today=TODAY)

        assert (person is None) == bool(wrong)
        assert all(problem.column == "Veld" for problem in wrong)
        assert not any(len(text) > 5 and text in problem.sentence for problem in wrong)


@given(st.dictionaries(st.sampled_from(list(FIELDS)), anything, min_size=1))
@settings(max_examples=200, deadline=None)
def test_any_row_is_a_person_or_problems(given_cells: dict[str, str]) -> None:
    profile = mapping.Profile({field: field for field in given_cells})

    person, wrong = rows.check_row(2, list(given_cells.values()), list(given_cells), profile, today=TODAY)

    assert (person is None) == bool(wrong)
    if person:
        assert person.values["last_name"].strip()
        # What the database reads as JSON must be JSON that it can store.
        assert "\\u0000" not in json.dumps(dict(person.values))


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_taking_names_and_addresses_apart_loses_no_letter(text: str) -> None:
    parts = words.split_name(text, known={"prefix": "", "initials": "", "first_name": ""})
    street, number = words.split_address(text)

    def letters(value: str) -> list[str]:
        return sorted(value.replace(",", "").replace(" ", "")) if value.isascii() and value.isprintable() else []

    if letters(text):
        assert letters("".join(parts.values())) == letters(text)
        assert letters(street + number) == letters(text)


@pytest.mark.parametrize(
    ("header", "first", "second", "sign"),
    [
        ("Achternaam;Geboren", "de Vries;5-4-1987", "DE VRIES;05-04-87", "birth_date"),
        ("Voornaam;Achternaam;Geboren", "Anna;Bos;5-4-1987", "A;Bos;5-4-1987", "birth_date"),
        ("Voornaam;Achternaam;Geboren", "Anna;Bos;5-4-1987", ";Bos;5-4-1987", "birth_date"),
        ("Voornaam;Achternaam;Geboren", "Anna;Bos;5-4-1987", "Bert;Bos;5-4-1987", None),
        ("Achternaam;Telefoon", "Bos;0612345678", "Wit;+31 6 12345678", "phone"),
        ("Achternaam;Mail", "Bos;A@example.nl", "Wit;a@EXAMPLE.nl", "email"),
        ("Achternaam;IBAN", "Bos;NL91ABNA0417164300", "Wit;NL91 ABNA 0417 1643 00", "iban"),
        ("Achternaam;Postcode;Nr", "Bos;3511ZK;14", "Bós;3511 zk;14-A", "address"),
        ("Achternaam;Postcode;Nr", "Bos;3511ZK;14", "Wit;3511ZK;14", None),
        ("Voornaam;Achternaam;Postcode;Nr", "Anna;Bos;3511ZK;14", "Bert;Bos;3511ZK;14", None),
    ],
)
def test_who_stands_twice_in_a_list_is_found(header: str, first: str, second: str, sign: str | None) -> None:
    found = duplicates.within(checked(header, first, second).people)

    assert [(twin.row, twin.earlier_row, twin.matched_on) for twin in found] == ([(3, 2, sign)] if sign else [])
    assert sign is None or sign in duplicates.SIGNS
