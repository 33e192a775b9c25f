"""Folding, writing and sorting names: what stored generated columns are built on."""

import psycopg
import pytest

from tests.database import Connection, Database

FOLDED = [
    ("Łukasz", "lukasz"),
    ("Müller-Weiß", "muller weiss"),
    ("Đorđević", "dordevic"),
    ("Æsa Þór Øst", "aesa thor ost"),
    ("İbrahim Işık", "ibrahim isik"),
    ("Ĳsselstein", "ijsselstein"),
    ("ﬁets", "fiets"),
    ("in 't Veld", "int veld"),
    ("in ’t Veld", "int veld"),
    ("in t veld", "int veld"),
    ("intveld", "intveld"),
    ("van't Hof", "vant hof"),
    ("van 't Hof", "vant hof"),
    ("vant hof", "vant hof"),
    ("'t Hart", "t hart"),
    ("Hart, 't", "hart t"),
    ("'s-Gravesande", "s gravesande"),
    ("d'Ancona", "dancona"),
    ("D’ Ancona", "dancona"),
    ("d´Ancona", "dancona"),
    ("O'Brien", "obrien"),
    ("Fem Oennen-Goyaerts van Waderle", "fem oennen goyaerts van waderle"),
    ("J.P./K, L", "j p k l"),
    ("  twee\t woorden\n", "twee woorden"),
    ("a\u2011b\u2013c\u00a0d", "a b c d"),
    ("50% _\\'\"", "50"),
    ("\u202eomgekeerd\u200b", "omgekeerd"),
    ("Иван", ""),
    ("", ""),
]
# first_name, initials, prefix, last_name, partner_prefix, partner_last_name, name_usage, country -> display, sort
WRITTEN = [
    (
        ("Pieter", None, "van der", "Meulen", None, None, "own", "NL"),
        "Pieter van der Meulen",
        "meulen  van der  pieter",
    ),
    (
        ("Pieter", "P.", "Van der", "Meulen", None, None, "own", "NL"),
        "Pieter van der Meulen",
        "meulen  van der  pieter",
    ),
    ((None, "PJ", "van der", "Meulen", None, None, "own", "NL"), "P.J. van der Meulen", "meulen  van der  "),
    ((None, "Th.J.", None, "Smit", None, None, "own", "NL"), "Th.J. Smit", "smit    "),
    ((None, None, "van der", "Meulen", None, None, "own", "NL"), "Van der Meulen", "meulen  van der  "),
    (
        (None, None, "van der", "Meulen", "ten", "Berge", "partner_own", "NL"),
        "Ten Berge-van der Meulen",
        "meulen  van der  ",
    ),
    (("Anna", None, "de", "Vries", "van", "Dijk", "own_partner", "NL"), "Anna de Vries-van Dijk", "vries  de  anna"),
    (("Anna", None, "de", "Vries", "van", "Dijk", "partner_own", "NL"), "Anna van Dijk-de Vries", "vries  de  anna"),
    (("Anna", None, "de", "Vries", "van", "Dijk", "partner", "NL"), "Anna van Dijk", "vries  de  anna"),
    (("Anna", None, "de", "Vries", None, None, "partner", "NL"), "Anna de Vries", "vries  de  anna"),
    (("Anna", None, "de", "Vries", None, "  ", "partner_own", "NL"), "Anna de Vries", "vries  de  anna"),
    ((None, None, "d'", "Ancona", None, None, "own", "NL"), "d'Ancona", "ancona  d  "),
    (("Gabriele", None, "D'", "Ancona", None, None, "own", "NL"), "Gabriele d'Ancona", "ancona  d  gabriele"),
    ((None, None, "in 't", "Veld", None, None, "own", "NL"), "In 't Veld", "veld  int  "),
    (("Sophie", None, "in 't", "Veld", None, None, "own", "NL"), "Sophie in 't Veld", "veld  int  sophie"),
    ((None, None, "'t", "Hart", None, None, "own", "NL"), "'t Hart", "hart  t  "),
    (("Jan", None, None, "'s-Gravesande", None, None, "own", "NL"), "Jan 's-Gravesande", "s gravesande    jan"),
    (
        ("Karel", None, "van den", "Heuvel tot Beichlingen", None, None, "own", "NL"),
        "Karel van den Heuvel tot Beichlingen",
        "heuvel tot beichlingen  van den  karel",
    ),
    (("Jan", None, None, "Vander Laan", None, None, "own", "BE"), "Jan Vander Laan", "vander laan  jan"),
    (("Jan", None, None, "Vandenberg", None, None, "own", "NL"), "Jan Vandenberg", "vandenberg    jan"),
    (("Jan", None, "Van", "Damme", None, None, "own", "BE"), "Jan Van Damme", "van damme  jan"),
    (("Jan", None, None, "van", None, None, "own", "NL"), "Jan van", "van    jan"),
]
ALIKE = [
    ("Jansen", "Janssen"), ("Jansen", "Janzen"), ("Dijkstra", "Dykstra"), ("Dijkstra", "Deikstra"), ("Smit", "Smidt"),
    ("Smit", "Smid"), ("Visser", "Visscher"), ("Bos", "Bosch"), ("Cornelissen", "Kornelissen"), ("Philips", "Filips"),
    ("Thijssen", "Tijsen"), ("Ouwehand", "Auwehand"), ("Huisman", "Huysman"), ("Haak", "Haack"), ("Maas", "Maes"),
    ("Vincent", "Finsent"), ("Jacob", "Jacop"),
]  # fmt: skip
UNLIKE = [("Jansen", "Hansen"), ("Mulder", "Muller"), ("Smit", "Smits"), ("Bakker", "Dekker"), ("Berg", "Burg")]


@pytest.fixture(scope="module")
def connection(database: Database):
    with database.superuser() as made:
        yield made


def one(connection: Connection, statement: str, *parameters: object) -> object:
    row = connection.execute(statement, parameters).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(("given", "folded"), FOLDED)
def test_a_text_folds_to_comparable_words(connection: Connection, given: str, folded: str) -> None:
    assert one(connection, "select harmony.fold(%s)", given) == folded
    assert one(connection, "select harmony.fold_words(%s)", given) == folded.split()


def test_folding_twice_changes_nothing_more(connection: Connection) -> None:
    for given, folded in FOLDED:
        assert one(connection, "select harmony.fold(harmony.fold(%s))", given) == folded


@pytest.mark.parametrize(("name", "display", "sort"), WRITTEN)
def test_a_name_is_written_and_sorted_by_the_rules_of_its_country(
    connection: Connection, name: tuple[str | None, ...], display: str, sort: str
) -> None:
    first_name, initials, prefix, last_name, partner_prefix, partner, usage, country = name

    assert one(
        connection, "select harmony.display_name(%s, %s, %s, %s, %s, %s, %s, %s)",
        initials, first_name, prefix, last_name, partner_prefix, partner, usage, country,
    ) == display  # fmt: skip
    assert one(
        connection, "select harmony.sort_key(%s, %s, %s, %s)", prefix, last_name, first_name, country
    ) == sort  # fmt: skip


def test_surnames_sort_on_their_core_word_and_then_their_prefix(connection: Connection) -> None:
    names = [("van den", "Berg", "Jan"), (None, "Berg", "Piet"), ("de", "Bergh", "An"), (None, "Berg Dal", "Bo"),
             ("van den", "Berg", "An")]  # fmt: skip

    ordered = connection.execute(
        "select prefix, last_name, first_name from unnest(%s::text[], %s::text[], %s::text[])"
        " as n(prefix, last_name, first_name)"
        " order by harmony.sort_key(prefix, last_name, first_name, 'NL') collate \"C\"",
        [list(column) for column in zip(*names, strict=True)],
    ).fetchall()

    assert ordered == [names[1], names[4], names[0], names[3], names[2]]


@pytest.mark.parametrize(("one_name", "other"), ALIKE)
def test_names_that_sound_alike_share_a_key(connection: Connection, one_name: str, other: str) -> None:
    assert one(connection, "select harmony.sound_key(%s) = harmony.sound_key(%s)", one_name, other)


@pytest.mark.parametrize(("one_name", "other"), UNLIKE)
def test_names_that_sound_different_do_not(connection: Connection, one_name: str, other: str) -> None:
    assert not one(connection, "select harmony.sound_key(%s) = harmony.sound_key(%s)", one_name, other)


@pytest.mark.parametrize(
    ("typed", "meant"), [("janen", "jansen"), ("janssen", "jansen"), ("jamsen", "jansen"), ("jnasen", "jansen")]
)
def test_words_one_slip_apart_share_a_deletion(connection: Connection, typed: str, meant: str) -> None:
    assert one(connection, "select harmony.one_deletions(%s) && harmony.one_deletions(%s)", typed, meant)


def test_every_deletion_of_a_word_is_listed_once(connection: Connection) -> None:
    assert one(connection, "select harmony.one_deletions('jaan')") == ["aan", "jaa", "jaan", "jan"]


def test_names_with_a_nul_are_refused_before_the_server(connection: Connection) -> None:
    with pytest.raises(psycopg.DataError):
        connection.execute("select harmony.fold(%s)", ("a\x00b",))
